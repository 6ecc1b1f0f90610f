package main

import (
	"context"
	"time"

	"bestie/whatsapp"
)

// watchOutages tells the watch since when the program was away: since the last sign of
// the life before, or since now if there was none or a clock was ahead then. It comes
// before the first heartbeat.
func (a *App) watchOutages(ctx context.Context, now time.Time) error {
	since, err := a.db.LastSign(ctx)
	if err != nil {
		return err
	}
	if since.IsZero() || since.After(now) {
		since = now
	}
	state := a.wa.Status().State
	if state.Sends() { // it has just been linked
		since = now
	}
	a.outages.Changed(state.Sends(), since, "not running")
	return nil
}

// linkChanged passes a change of the connection on to the watch.
func (a *App) linkChanged(s whatsapp.Status) {
	a.outages.Changed(s.State.Sends(), s.Since, string(s.State))
	a.away.Wake()
}

// sayAway puts an orderly end on record as the beginning of an outage, so that the
// pause until the next start is known to the second.
func (a *App) sayAway(ctx context.Context, now time.Time) error {
	last, err := a.db.LastBeat(ctx)
	if err != nil || last.IsZero() {
		return err // it never worked: `bestie pair` in a new folder
	}
	return a.db.OpenOutage(ctx, now, "not running")
}
