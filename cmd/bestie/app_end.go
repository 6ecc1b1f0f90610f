package main

import (
	"context"
	"errors"
	"time"

	"bestie/store"
	"bestie/whatsapp"
)

// Close ends everything in order: no new work, the message that is on its way
// goes out and is put on record, the farewell to WhatsApp, the databases. What is
// not over when ctx ends is cut off as by Kill; a message is of unknown fate then.
// Each phase is a line of the log.
func (a *App) Close(ctx context.Context) (err error) {
	a.closed.Do(func() {
		began := time.Now()
		cut := context.AfterFunc(ctx, a.wa.Kill)
		defer cut()
		last := a.wa.Status().State
		err = errors.Join(
			a.phase("work ended", a.metro.Stop),
			a.watch.close(),
			a.phase("connection closed", func() error { return a.wa.Close(ctx) }),
			a.phase("databases closed", func() error {
				return errors.Join(a.sayClosed(ctx, last), a.sayAway(context.WithoutCancel(ctx), a.clock.Now()), a.db.Close())
			}),
		)
		a.log.Info().Int64("took_ms", time.Since(began).Milliseconds()).Bool("cut_off", ctx.Err() != nil).Msg("ended in order")
	})
	return err
}

// phase does one part of the end and logs how long it took.
func (a *App) phase(what string, do func() error) error {
	began := time.Now()
	err := do()
	a.log.Info().Int64("took_ms", time.Since(began).Milliseconds()).Bool("ok", err == nil).Msg(what)
	return err
}

// sayClosed notes for health and doctor that nobody is meant to be running any
// more. A state that needs a person stays on record.
func (a *App) sayClosed(ctx context.Context, last whatsapp.State) error {
	if last.Permanent() || last == whatsapp.StateUnpaired {
		return nil
	}
	return a.db.SetSetting(context.WithoutCancel(ctx), store.SettingState, string(whatsapp.StateClosed))
}

// Kill ends everything as a crash would: nothing is finished, nobody is told.
func (a *App) Kill() (err error) {
	a.closed.Do(func() {
		a.wa.Kill()
		err = errors.Join(a.metro.Stop(), a.watch.close(), a.db.Close())
	})
	return err
}
