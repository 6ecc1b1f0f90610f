package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"bestie/store"
)

// BackupCommand copies app.db.
type BackupCommand struct {
	File string `arg:"" help:"New file to write; it must not exist."`
}

// Run copies app.db while the bot may be running, and notes in it when. WhatsApp's
// session is left out on purpose: restoring an old one breaks every chat.
func (c *BackupCommand) Run(ctx context.Context, env *Environment) (err error) {
	db, err := env.look(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	began := time.Now()
	if err = db.Backup(ctx, c.File); err != nil {
		return err
	}
	info, err := os.Stat(c.File)
	if err != nil {
		return err
	}
	if err = store.NoteBackup(ctx, db.Path(), began); err != nil {
		return fmt.Errorf("%s is complete, but its time could not be noted for `bestie doctor`: %w", c.File, err)
	}
	_, err = fmt.Fprintf(env.Out, "app.db was copied to %s (%s, checked). The WhatsApp session is not part of it: after a loss, link again with `bestie pair`.\n",
		c.File, megabytes(info.Size()))
	return err
}

// megabytes shows a size to a person.
func megabytes(bytes int64) string { return fmt.Sprintf("%.1f MB", float64(bytes)/megabyte) }

// look opens app.db for reading, beside a bot that may be running.
func (env *Environment) look(ctx context.Context) (*store.DB, error) {
	config, err := env.load(false)
	if err != nil {
		return nil, err
	}
	return store.Look(ctx, config.DataDir)
}
