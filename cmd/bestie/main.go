// Command bestie answers customers of Bestie Sejahtera on WhatsApp, pages an
// admin before the five minutes are over, sends promos in their slots and tells
// dropshippers their credit. One binary, one folder of data.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
	_ "golang.org/x/crypto/x509roots/fallback" // a container from scratch has no certificates
	"golang.org/x/term"

	"bestie/shop"
	"bestie/store"
)

// Exit codes of every command.
const (
	exitOK     = 0
	exitFailed = 1 // what was asked for did not succeed
	exitUsage  = 2 // wrong arguments, configuration or script
	exitLocked = 3 // another process runs on this data folder
)

// UsageError is a mistake in what the caller wrote.
type UsageError struct{ Cause error }

func (e *UsageError) Error() string { return e.Cause.Error() }
func (e *UsageError) Unwrap() error { return e.Cause }

// Failure is an outcome that has been told in full already; only the exit code
// and one closing line are left.
type Failure struct{ Cause error }

func (e *Failure) Error() string { return e.Cause.Error() }
func (e *Failure) Unwrap() error { return e.Cause }

// Environment is what a command may touch of its process.
type Environment struct {
	In      io.Reader
	Out     io.Writer
	Err     io.Writer
	Environ []string
	TTY     bool // Out is a terminal and In is too
	Config  string
}

// CLI is the command line.
type CLI struct {
	Config string `help:"Configuration file. Default: that of BESTIE_CONFIG, or bestie.yaml if there is one." placeholder:"FILE"`

	Run       RunCommand       `cmd:"" help:"Run the bot: answer, page, send promos, until it is told to stop."`
	Confirm   ConfirmCommand   `cmd:"" help:"Vouch for a data folder that was copied or restored, so that the bot may connect."`
	Pair      PairCommand      `cmd:"" help:"Link the bot to the shop's WhatsApp number."`
	Demo      DemoCommand      `cmd:"" help:"Show everything without a phone or a network: a tour, then a prompt."`
	Rehearse  RehearseCommand  `cmd:"" help:"Play conversation scripts against the whole program."`
	Template  TemplateCommand  `cmd:"" help:"Work with the reply library."`
	Products  ProductsCommand  `cmd:"" help:"Work with the product list."`
	Dropship  DropshipCommand  `cmd:"" help:"Register dropshippers, change limits, suspend."`
	Broadcast BroadcastCommand `cmd:"" help:"Work with promos."`
	Consent   ConsentCommand   `cmd:"" help:"Show and export the proofs of who agreed to promos."`
	Person    PersonCommand    `cmd:"" help:"Show or erase what is kept about a person."`
	Segment   SegmentCommand   `cmd:"" help:"Work with saved queries that choose people."`
	Ledger    LedgerCommand    `cmd:"" help:"Verify, show and export the ledger of dropshippers."`
	Report    ReportCommand    `cmd:"" help:"Print the desk's figures, also while the bot runs."`
	Doctor    DoctorCommand    `cmd:"" help:"Check everything and say what to do about it."`
	Health    HealthCommand    `cmd:"" help:"Tell whether a running bot is well (for a container's health check)."`
	Backup    BackupCommand    `cmd:"" help:"Copy app.db to a new file while the bot runs."`
	Restore   RestoreCommand   `cmd:"" help:"Put a copy made by backup in the place of app.db."`
	Version   VersionCommand   `cmd:"" help:"Print the version."`
}

const description = `WhatsApp answers, pages and promos for Bestie Sejahtera.

Examples:
  bestie demo                        see it work, no phone needed
  bestie pair                        link the number by QR code
  bestie run                         run the bot
  bestie rehearse scripts/           play every script of a folder
  bestie template match "ongkir brp" see what would be answered
  bestie products import list.xlsx   take a new product list

Exit codes: 0 ok, 1 failed, 2 usage or configuration, 3 the data folder is in use,
130 or 143 ended at once by a second Ctrl-C or SIGTERM.`

func main() {
	ctx := untilTold()
	code := execute(ctx, os.Args[1:], &Environment{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Environ: os.Environ(), TTY: isTerminal(os.Stdin) && isTerminal(os.Stdout),
	})
	os.Exit(code)
}

// untilTold is a context that ends with the first SIGINT or SIGTERM, after which
// the command ends in order. The second one ends the process at once, with the
// shell's exit code for it: 130 or 143.
func untilTold() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	told := make(chan os.Signal, 2)
	signal.Notify(told, syscall.SIGINT, syscall.SIGTERM)
	go func() {
		<-told
		cancel()
		code := 128 + int(syscall.SIGTERM)
		if <-told == syscall.SIGINT {
			code = 128 + int(syscall.SIGINT)
		}
		os.Exit(code)
	}()
	return ctx
}

// exited carries kong's own exits (--help) out of the parser.
type exited struct{ code int }

// execute runs one command line and returns the exit code.
func execute(ctx context.Context, args []string, env *Environment) (code int) {
	defer func() {
		if e, ok := recover().(exited); ok {
			code = e.code
		} else if e := recover(); e != nil {
			panic(e)
		}
	}()
	var cli CLI
	parser, err := kong.New(&cli, kong.Name("bestie"), kong.Description(description), kong.UsageOnError(),
		kong.Writers(env.Out, env.Err), kong.Exit(func(code int) { panic(exited{code}) }),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(env), kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err != nil {
		return report(env, err)
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		return report(env, &UsageError{fmt.Errorf("%w\nHint: bestie --help", err)})
	}
	env.Config = cli.Config
	return report(env, parsed.Run())
}

// report is the one edge at which an error becomes words and an exit code.
func report(env *Environment, err error) int {
	if err == nil {
		return exitOK
	}
	code := exitFailed
	var (
		config *ConfigError
		script *ScriptError
		usage  *UsageError
		known  *shop.Error
	)
	switch {
	case errors.As(err, &config), errors.As(err, &script), errors.As(err, &usage):
		code = exitUsage
	case errors.As(err, &known) && known.Code == store.CodeLocked:
		code = exitLocked
	}
	fmt.Fprintf(env.Err, "bestie: %v\n", err)
	if errors.As(err, &known) && known.Hint != "" {
		fmt.Fprintf(env.Err, "Hint: %s\n", known.Hint)
	}
	return code
}

func isTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }
