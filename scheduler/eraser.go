package scheduler

import (
	"context"
	"time"

	"github.com/rs/zerolog"

	"bestie/shop"
)

// ErasureStore is what the eraser needs of the database.
type ErasureStore interface {
	NextErasure(ctx context.Context) (time.Time, bool, error)
	DueErasure(ctx context.Context, now, later time.Time) (shop.Erasure, bool, error)
	Erase(ctx context.Context, now time.Time, person int64) error
}

// Eraser erases the data of people for whom that was granted (UU PDP).
type Eraser struct {
	Store ErasureStore
	// Clean removes what stands outside the database: pictures, and what WhatsApp's session
	// knows of the person. It comes first, so that a crash between the two repeats both.
	Clean func(ctx context.Context, e shop.Erasure) error
	Log   zerolog.Logger
}

// Step erases whoever is due, one after the other.
func (e *Eraser) Step(ctx context.Context, now time.Time) (time.Time, error) {
	for ctx.Err() == nil {
		due, ok, err := e.Store.DueErasure(ctx, now, now.Add(shop.ErasureAgain))
		if err != nil {
			return time.Time{}, err
		}
		if !ok {
			next, _, err := e.Store.NextErasure(ctx)
			return next, err
		}
		if err = e.Clean(ctx, due); err != nil {
			return time.Time{}, err
		}
		if err = e.Store.Erase(ctx, now, due.Person.ID); err != nil {
			return time.Time{}, err
		}
		e.Log.Info().Int64("person", due.Person.ID).Msg("the data of a person were erased on request")
	}
	return time.Time{}, nil
}
