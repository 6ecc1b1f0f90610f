package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/rs/zerolog"

	"bestie/shop"
	"bestie/store"
)

// BackupCommand copies app.db.
type BackupCommand struct {
	File string `arg:"" help:"New file to write; it must not exist."`
}

// Run copies app.db while the bot may be running. WhatsApp's session is left out
// on purpose: restoring an old one breaks every chat.
func (c *BackupCommand) Run(ctx context.Context, env *Environment) (err error) {
	db, err := env.openBooks(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err = db.Backup(ctx, c.File); err != nil {
		return err
	}
	_, err = fmt.Fprintf(env.Out, "app.db was copied to %s. The WhatsApp session is not part of it: after a loss, link again with `bestie pair`.\n", c.File)
	return err
}

// openBooks opens app.db beside a bot that may be running.
func (env *Environment) openBooks(ctx context.Context) (*store.DB, error) {
	config, err := env.load(false)
	if err != nil {
		return nil, err
	}
	if _, err = os.Stat(filepath.Join(config.DataDir, store.FileName)); err != nil {
		return nil, &shop.Error{
			Code: "no_data", Sentence: "there is no " + store.FileName + " in " + config.DataDir,
			Hint: "set data_dir in the configuration, or start the bot once", Cause: err,
		}
	}
	return store.Open(ctx, config.DataDir, zerolog.Nop())
}

// HealthCommand asks whether a running bot is well.
type HealthCommand struct{}

// stale is how old the last heartbeat of a healthy bot may be: it beats every 30
// seconds.
const stale = 2 * time.Minute

// Run reads the heartbeat of a running bot; exit code 1 when it is missing or old.
func (c *HealthCommand) Run(ctx context.Context, env *Environment) (err error) {
	db, err := env.openBooks(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	beat, err := db.LastBeat(ctx)
	if err != nil {
		return err
	}
	depth, err := db.Depth(ctx)
	if err != nil {
		return err
	}
	state, err := db.Setting(ctx, store.SettingState)
	if err != nil {
		return err
	}
	age := time.Since(beat)
	if beat.IsZero() || age > stale {
		return &shop.Error{Code: "unwell", Sentence: "no heartbeat for " + sinceText(beat, age), Hint: "start the bot with: bestie run"}
	}
	_, err = fmt.Fprintf(env.Out, "ok: heartbeat %s ago, connection %s, inbox %d, outbox %d, waiting %d\n",
		age.Round(time.Second), state, depth.Inbox, depth.Outbox, depth.Waits)
	return err
}

func sinceText(beat time.Time, age time.Duration) string {
	if beat.IsZero() {
		return "ever"
	}
	return age.Round(time.Second).String()
}
