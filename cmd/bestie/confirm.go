package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/rs/zerolog"

	"bestie/scheduler"
	"bestie/shop"
	"bestie/store"
)

// ConfirmCommand vouches for a data folder that was copied or restored.
type ConfirmCommand struct {
	Digits string `arg:"" help:"The last four digits of the business number, to show that you know whose bot this is."`
}

// Run records the folder as the bot's home. A muted bot that runs on it notices
// at its next heartbeat, within 30 seconds, and goes on.
func (c *ConfirmCommand) Run(ctx context.Context, env *Environment) (err error) {
	config, err := env.load(true)
	if err != nil {
		return err
	}
	if err = checkDigits(config, c.Digits); err != nil {
		return err
	}
	db, err := env.openBooks(ctx, config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	moved, err := db.Moved(ctx)
	if err != nil {
		return err
	}
	if !moved {
		_, err = fmt.Fprintln(env.Out, "Nothing to confirm: the data folder is where the bot last ran.")
		return err
	}
	gone, err := db.Settle(ctx, time.Now(), config.Reply.Freshness)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(env.Out, "Confirmed. Not sent again: %d queued messages, %d promo slots. A running bot goes on within %s; else start it with: bestie run\n",
		gone.Messages, gone.Slots, scheduler.Beat)
	return err
}

// openBooks opens app.db for writing, beside a bot that may be running. It makes
// none where none is.
func (env *Environment) openBooks(ctx context.Context, config *Config) (*store.DB, error) {
	present, err := store.Look(ctx, config.DataDir)
	if err != nil {
		return nil, err
	}
	if err = present.Close(); err != nil {
		return nil, err
	}
	return store.Open(ctx, config.DataDir, zerolog.Nop())
}

// checkDigits compares what a person typed with the business number.
func checkDigits(config *Config, typed string) error {
	number := config.Business.Number
	if len(typed) != 4 || !strings.HasSuffix(number, typed) {
		return &shop.Error{
			Code: "wrong_digits", Sentence: "These are not the last four digits of the business number.",
			Hint: "They stand at the end of business.number in the configuration of the shop whose bot this is.",
		}
	}
	return nil
}

// askAtTerminal lets the person at the terminal vouch for the folder instead of
// in another window. It ends with the answer or with the process.
func askAtTerminal(ctx context.Context, env *Environment, app *App) {
	for app.Muted() && ctx.Err() == nil {
		fmt.Fprint(env.Out, "This data folder was copied or restored. If no other copy is running, type the last four digits of the business number: ")
		line, err := readLine(env.In)
		if err != nil || !app.Muted() {
			return
		}
		if err = checkDigits(app.opt.Config, line); err == nil {
			err = app.confirm(ctx)
		}
		if err != nil {
			report(env, err)
			continue
		}
		fmt.Fprintf(env.Out, "Confirmed. The bot goes on within %s.\n", scheduler.Beat)
		return
	}
}
