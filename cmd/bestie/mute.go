package main

import (
	"context"
	"time"

	"bestie/scheduler"
	"bestie/whatsapp"
)

// A program that starts in a copied data folder must not connect: it would throw
// the original out of WhatsApp and spoil the session of both, and what the copy
// has queued may have been sent long ago. It is muted until a person vouches for
// the folder (ADR 8).

// lookAround decides at the start whether the program is muted. A folder without
// a home is new and becomes one.
func (a *App) lookAround(ctx context.Context, now time.Time) error {
	moved, err := a.db.Moved(ctx)
	if err != nil {
		return err
	}
	a.muted.Store(moved)
	if !moved {
		_, err = a.db.Settle(ctx, now, a.opt.Config.Reply.Freshness)
		return err
	}
	s := whatsapp.StateMuted
	a.log.Warn().Str("state", string(s)).Str("hint", s.Hint()).Msg(s.English())
	return nil
}

// Muted tells whether the program holds still because its data folder is a copy.
func (a *App) Muted() bool { return a.muted.Load() }

// Status is the condition of the connection; StateMuted while none is wanted.
func (a *App) Status() whatsapp.Status {
	status := a.wa.Status()
	if a.Muted() && status.State != whatsapp.StateClosed {
		status.State, status.Detail = whatsapp.StateMuted, "copied data folder"
	}
	return status
}

// unmute connects once somebody has vouched for the folder, in this process or by
// `bestie confirm`. It runs with every heartbeat, after which all workers look for
// work.
func (a *App) unmute(ctx context.Context) error {
	if !a.Muted() {
		return nil
	}
	moved, err := a.db.Moved(ctx)
	if err != nil || moved {
		return err
	}
	a.log.Info().Msg("a person vouched for the data folder")
	a.muted.Store(false)
	return a.wa.Connect(ctx)
}

// confirm makes the folder the program's home, by the word of a person.
func (a *App) confirm(ctx context.Context) error {
	_, err := a.db.Settle(ctx, a.clock.Now(), a.opt.Config.Reply.Freshness)
	return err
}

// worker adds a worker that rests while the program is muted.
func (a *App) worker(name string, step scheduler.Step) *scheduler.Worker {
	return a.metro.Add(name, func(ctx context.Context, now time.Time) (time.Time, error) {
		if a.Muted() {
			return time.Time{}, nil // the heartbeat that ends it wakes everybody
		}
		return step(ctx, now)
	})
}
