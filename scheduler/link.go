package scheduler

import (
	"context"
	"sync"
	"time"

	"bestie/templates"
)

// Link is the connection to WhatsApp as an alarm tells it.
type Link struct {
	State    string // its name
	Sentence string // in Indonesian
	Hint     string // what a person has to do, in Indonesian, "" for nothing
	Online   bool
	Person   bool // it does not come back by itself
}

// LinkStore is what the watch on the connection needs of the database.
type LinkStore interface {
	LinkLost(ctx context.Context, now, since time.Time, state, text string) error
	LinkBack(ctx context.Context, now time.Time, compose func(away time.Duration) (string, error)) error
}

// LinkWatch raises an alarm when the connection is lost, at once if only a person can
// bring it back, else after two minutes, and another one when it is back.
type LinkWatch struct {
	Store  LinkStore
	Texts  *templates.Texts
	Now    func() Link
	Alarms *Worker

	mu   sync.Mutex // the end of the program looks beside the worker
	away time.Time  // since when it is lost, zero while it is not
}

// linkPatience is how long a connection may be lost before somebody is told: it comes
// back by itself after a restart of the router.
const linkPatience = 2 * time.Minute

// lost is the state of every loss that may end by itself.
const lost = "away"

// Step looks at the connection.
func (w *LinkWatch) Step(ctx context.Context, now time.Time) (time.Time, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	link := w.Now()
	defer w.Alarms.Wake()
	if link.Online {
		w.away = time.Time{}
		return time.Time{}, w.Store.LinkBack(ctx, now, func(away time.Duration) (string, error) {
			return w.write(templates.Restored{Down: away})
		})
	}
	if w.away.IsZero() || w.away.After(now) {
		w.away = now
	}
	state := lost
	if link.Person {
		state = link.State
	} else if told := w.away.Add(linkPatience); told.After(now) {
		return told, nil
	}
	text, err := w.write(templates.Connection{Sentence: link.Sentence, Hint: link.Hint, Since: w.away})
	if err != nil {
		return time.Time{}, err
	}
	return time.Time{}, w.Store.LinkLost(ctx, now, w.away, state, text)
}

func (w *LinkWatch) write(t templates.Text) (string, error) {
	r, err := w.Texts.Render(t, nil)
	return r.Text, err
}
