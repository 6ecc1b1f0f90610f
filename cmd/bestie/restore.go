package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"bestie/store"
)

// RestoreCommand puts a backup in the place of app.db.
type RestoreCommand struct {
	File string `arg:"" help:"A file that backup wrote. It stays as it is."`
}

// Run replaces app.db while no bot runs and says what a person has to look after.
func (c *RestoreCommand) Run(ctx context.Context, env *Environment) (err error) {
	config, err := env.load(false)
	if err != nil {
		return err
	}
	lock, err := store.TakeLock(config.DataDir, fmt.Sprintf("bestie restore (process %d)", os.Getpid()))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	r, err := store.Restore(ctx, config.DataDir, c.File, time.Now())
	if err != nil {
		return err
	}
	fmt.Fprintf(env.Out, "app.db was restored from %s.\n", c.File)
	if r.Aside != "" {
		fmt.Fprintf(env.Out, "The file of before is kept as %s.\n", r.Aside)
	}
	fmt.Fprintf(env.Out, "Nothing that the copy had still to say is sent: %s and %s were cancelled.\n",
		plural(r.Messages, "message"), plural(r.Slots, "promo slot"))
	if r.Forgot == nil {
		fmt.Fprintf(env.Out, "Promos rest for 7 days. %s since the copy was made; that holds.\n", plural(r.OptOuts, "person")+" opted out")
	} else {
		fmt.Fprintf(env.Out, "Who opted out since the copy was made is not known (%v): promos rest until an admin writes \"promo buka\" to the shop's number.\n", r.Forgot)
	}
	if r.Erased > 0 {
		fmt.Fprintf(env.Out, "The data of %s were erased since the copy was made, and are erased again.\n", plural(r.Erased, "person"))
	}
	fmt.Fprintf(env.Out, "Look on the shop phone at every chat since the copy was made; %s waited then.\n", plural(r.Waits, "customer"))
	_, err = fmt.Fprintln(env.Out, "Start the bot with: bestie run. It stays silent until you vouch for the folder: bestie confirm NNNN (the last four digits of the number).")
	return err
}
