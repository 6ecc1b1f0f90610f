package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/jonboulle/clockwork"
	"github.com/mdp/qrterminal/v3"
	"github.com/rs/zerolog"

	"bestie/store"
	"bestie/whatsapp"
	"bestie/whatsapp/standin"
)

// farewell bounds an orderly end: longer than one send may take (90 s), and short
// enough that all is over after 100 s, when a supervisor kills the process.
const farewell = 95 * time.Second

// RunCommand runs the bot.
type RunCommand struct{}

// Run works until the process is told to stop or the session ends.
func (c *RunCommand) Run(ctx context.Context, env *Environment) error {
	return withSession(ctx, env, "bestie run", func(app *App) error {
		if !app.wa.Paired() {
			return app.wa.Status().Problem()
		}
		if err := app.Start(ctx); err != nil {
			return err
		}
		if env.TTY {
			go askAtTerminal(ctx, env, app)
		}
		return app.Wait(ctx)
	})
}

// PairCommand links the number.
type PairCommand struct {
	Phone string `help:"Link with a code typed on this phone (the business number) instead of a QR code." placeholder:"N"`
}

// Run shows codes until the phone has confirmed one.
func (c *PairCommand) Run(ctx context.Context, env *Environment) error {
	return withSession(ctx, env, "bestie pair", func(app *App) (err error) {
		if c.Phone != "" {
			err = c.byPhone(ctx, env, app)
		} else {
			fmt.Fprintln(env.Out, "On the shop phone: WhatsApp > Linked devices > Link a device, then scan this code.")
			err = app.wa.PairQR(ctx, func(code string) { showQR(env.Out, code) })
		}
		if err == nil {
			err = app.confirm(ctx)
		}
		if err != nil {
			return err
		}
		fmt.Fprintln(env.Out, "Linked. Start the bot with: bestie run")
		return nil
	})
}

func (c *PairCommand) byPhone(ctx context.Context, env *Environment, app *App) error {
	number, err := parsePhone(c.Phone)
	if err != nil {
		return &UsageError{fmt.Errorf("--phone: %w", err)}
	}
	if number != app.opt.Config.Business.Number {
		return &UsageError{errors.New("--phone is not business.number of the configuration; only that number may be linked")}
	}
	return app.wa.PairPhone(ctx, func(code string) {
		fmt.Fprintf(env.Out, "On the shop phone: WhatsApp > Linked devices > Link with phone number instead, then type:\n\n    %s\n\n", code)
	})
}

func showQR(w io.Writer, code string) {
	fmt.Fprintln(w)
	qrterminal.GenerateHalfBlock(code, qrterminal.L, w)
}

// withSession works on the real WhatsApp.
func withSession(ctx context.Context, env *Environment, who string, work func(*App) error) error {
	config, err := env.load(true)
	if err != nil {
		return err
	}
	if !standin.Forbid() {
		return errors.New("a stand-in for WhatsApp runs in this process")
	}
	return attend(ctx, who, AppOptions{
		Config: config, Dir: config.DataDir, Clock: clockwork.NewRealClock(), Seed: uint64(time.Now().UnixNano()),
		Log: newLogger(env, config), Passkey: passkeyPrompt(env), Alert: channels(config.Alerts),
	}, work)
}

// attend opens the program, alone on its data folder, lets it work and closes it
// in order.
func attend(ctx context.Context, who string, opt AppOptions, work func(*App) error) (err error) {
	lock, err := store.TakeLock(opt.Dir, fmt.Sprintf("%s (process %d)", who, os.Getpid()))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	app, err := NewApp(ctx, opt)
	if err != nil {
		return err
	}
	err = work(app)
	app.log.Info().Bool("told_to_stop", ctx.Err() != nil).Msg("ending: no new work")
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), farewell)
	defer cancel()
	return errors.Join(err, app.Close(end))
}

// load reads the configuration this process was given: by --config, by
// BESTIE_CONFIG, or bestie.yaml where it was started.
func (env *Environment) load(needNumber bool) (*Config, error) {
	path := env.Config
	for _, pair := range env.Environ {
		if name, value, _ := strings.Cut(pair, "="); name == envConfig && path == "" {
			path = value
		}
	}
	if path == "" {
		if _, err := os.Stat(defaultConfig); err == nil {
			path = defaultConfig
		}
	}
	return LoadConfig(path, env.Environ, needNumber)
}

// defaultConfig is read when no --config is given, if it exists.
const defaultConfig = "bestie.yaml"

// newLogger writes JSON lines, or readable ones on a terminal.
func newLogger(env *Environment, config *Config) zerolog.Logger {
	var w io.Writer = env.Err
	if config.Log.Format == "console" || config.Log.Format == "auto" && env.TTY {
		w = zerolog.ConsoleWriter{Out: env.Err, TimeFormat: time.TimeOnly, NoColor: !env.TTY}
	}
	return zerolog.New(w).Level(config.Log.Level).With().Timestamp().Logger()
}

// passkeyPrompt asks the person at the terminal when WhatsApp wants a passkey.
func passkeyPrompt(env *Environment) whatsapp.Passkey {
	return whatsapp.Passkey{
		Answer: func(_ context.Context, request []byte) ([]byte, error) {
			fmt.Fprintf(env.Out, "WhatsApp asks for the owner's passkey (relying party whatsapp.com, valid 5 minutes). Request:\n\n%s\n\n"+
				"Have it signed in a browser that holds the passkey, then paste the assertion as one line of JSON:\n", request)
			line, err := readLine(env.In)
			return []byte(line), err
		},
		Same: func(_ context.Context, code string) (bool, error) {
			fmt.Fprintf(env.Out, "Does the phone show %s too? Type yes or no: ", code)
			line, err := readLine(env.In)
			return strings.EqualFold(line, "yes") || strings.EqualFold(line, "ya"), err
		},
	}
}

// readLine reads up to a line break, byte by byte, so that nothing behind it is
// lost to a buffer.
func readLine(r io.Reader) (string, error) {
	var line []byte
	buf := make([]byte, 1)
	for {
		n, err := r.Read(buf)
		if n == 1 && buf[0] == '\n' || err == io.EOF && len(line) > 0 {
			return strings.TrimSpace(string(line)), nil
		}
		if err != nil {
			return "", err
		}
		line = append(line, buf[:n]...)
	}
}
