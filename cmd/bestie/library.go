package main

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/rs/zerolog"

	"bestie/scheduler"
	"bestie/shop"
	"bestie/templates"
)

// keeper keeps the reply library in force: the shipped one with the owner's folder
// (templates_dir) over it. It looks at the folder when the watch wakes it and at
// every beat; a library with a mistake or a red test never takes the place of a
// good one.
type keeper struct {
	dir    string
	judge  judge
	alert  func(ctx context.Context, now time.Time, text templates.Text) error
	log    zerolog.Logger
	aim    func(folders []string) // where the watch looks; nil without one
	inUse  atomic.Pointer[templates.Library]
	seen   string    // the folder as last judged
	coming string    // the folder as last seen, while it is still being written
	since  time.Time // since when it looks like coming
	fault  error     // why the folder as it is now is not in force; nil when it is
	told   time.Time // when an admin was last told
	owed   bool      // an admin was told of a fault, and not yet of its end
	news   bool      // there is something to tell
}

// settle is how long a folder must hold still before it is read: an editor writes
// a file in several steps, a copy many files.
const settle = 500 * time.Millisecond

// tellEvery is the least time between two messages to an admin about the library.
const tellEvery = time.Minute

// open reads the library for the start. A broken folder does not keep the shop
// silent: the shipped library answers until it is mended.
func (k *keeper) open() error {
	if k.dir != "" {
		k.seen = fingerprint(k.dir)
		if library, err := k.load(nil); err == nil {
			k.inUse.Store(library)
			return nil
		} else {
			k.note(err, "the shipped library alone is in force")
		}
	}
	library, err := shipped()
	if err != nil {
		return fmt.Errorf("reply library: %w", err)
	}
	k.inUse.Store(library)
	return nil
}

// load reads, checks and tests what the folder holds now.
func (k *keeper) load(before *templates.Library) (*templates.Library, error) {
	library, err := templates.LoadOver(k.dir, before)
	if err != nil {
		return nil, err
	}
	red, err := k.judge.broke(library)
	if err != nil {
		return nil, err
	}
	if len(red) > 0 {
		return nil, red
	}
	return library, nil
}

// step takes over a folder that has changed and then held still, and tells the
// duty admin when it cannot be used, and when it can again.
func (k *keeper) step(ctx context.Context, now time.Time) (time.Time, error) {
	if k.aim != nil {
		k.aim(foldersOf(k.dir))
	}
	switch print := fingerprint(k.dir); {
	case print == k.seen:
		k.coming = ""
	case print != k.coming || now.Before(k.since): // the clock may go back
		k.coming, k.since = print, now
		return now.Add(settle), nil
	case now.Before(k.since.Add(settle)): // woken again, by the same change
		return k.since.Add(settle), nil
	default:
		k.seen, k.coming = print, ""
		k.take()
	}
	return k.tell(ctx, now)
}

// take puts the folder in force if it is sound.
func (k *keeper) take() {
	library, err := k.load(k.current())
	if err != nil {
		k.note(err, "the library before it stays in force")
		return
	}
	k.inUse.Store(library)
	debug.FreeOSMemory()
	k.news, k.fault = k.owed, nil
	k.log.Info().Int("templates", len(library.Templates())).Msg("the reply library was changed and is in force")
}

// note keeps why a folder cannot be used.
func (k *keeper) note(err error, meanwhile string) {
	k.fault, k.news = err, true
	first, more := firstMistake(err)
	k.log.Error().Str("first", first).Int("more", more).Msg("the reply library in templates_dir cannot be used; " + meanwhile)
}

// tell sends what an admin does not know yet, at most once in tellEvery.
func (k *keeper) tell(ctx context.Context, now time.Time) (time.Time, error) {
	if !k.news {
		return time.Time{}, nil
	}
	if next := k.told.Add(tellEvery); now.Before(next) {
		return next, nil
	}
	var text templates.Text = templates.LibraryMended{}
	if k.fault != nil {
		first, more := firstMistake(k.fault)
		text = templates.LibraryBroken{First: first, More: more}
	}
	if err := k.alert(ctx, now, text); err != nil {
		return time.Time{}, err
	}
	k.told, k.owed, k.news = now, k.fault != nil, false
	return time.Time{}, nil
}

// firstMistake is the first thing wrong, with its place, and how many follow.
func firstMistake(err error) (first string, more int) {
	var mistakes templates.Mistakes
	var red testFailures
	switch {
	case errors.As(err, &mistakes) && len(mistakes) > 0:
		return mistakes[0].String(), len(mistakes) - 1
	case errors.As(err, &red) && len(red) > 0:
		return red[0].String(), len(red) - 1
	}
	return err.Error(), 0
}

// current is the library in force.
func (k *keeper) current() *templates.Library { return k.inUse.Load() }

// shipped is the library that comes with the program. It never changes, so a
// process that restarts the program within itself lets it learn only once.
var shipped = sync.OnceValues(func() (*templates.Library, error) {
	library, err := templates.Load()
	debug.FreeOSMemory() // learning takes several times what stays of it
	return library, err
})

// openLibrary puts a reply library in force.
func (a *App) openLibrary(ctx context.Context) error {
	products, err := a.db.Products(ctx)
	if err != nil {
		return err
	}
	c := a.opt.Config
	a.library = &keeper{dir: c.TemplatesDir, judge: newJudge(c, a.texts, products, a.clock.Now()), alert: a.tellAdmin, log: a.log}
	return a.library.open()
}

// watchLibrary keeps the library in step with the owner's folder.
func (a *App) watchLibrary() {
	if a.library.dir == "" {
		return
	}
	keeping := a.worker("library", a.library.step)
	watch, err := newWatch(a.library.dir, a.log, keeping.Wake)
	if err != nil {
		a.log.Warn().Err(err).Msg("templates_dir cannot be watched; changes are found with the next beat")
		return
	}
	a.watch, a.library.aim = watch, watch.aim
}

// tellAdmin queues a text for the duty admin.
func (a *App) tellAdmin(ctx context.Context, now time.Time, text templates.Text) error {
	r, err := a.texts.Render(text, nil)
	if err != nil {
		return err
	}
	roster, err := a.db.Roster(ctx, now)
	if err != nil {
		return err
	}
	defer a.outbox.Wake()
	return a.db.Alert(ctx, now, a.wa.NewMessageID, scheduler.Alerts(roster, shop.RankDuty, r.Text))
}
