package scheduler_test

import (
	"context"
	"errors"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"
	"github.com/rs/zerolog"

	"bestie/scheduler"
)

// eventually waits for a state, with a bound.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-ctx.Done():
			t.Fatal("never: " + what)
		case <-tick.C:
		}
	}
}

func quiet(m *scheduler.Metronome, clock clockwork.Clock) bool {
	names, before := m.Busy(clock.Now())
	again, after := m.Busy(clock.Now())
	return len(names)+len(again) == 0 && before == after
}

func TestMetronomeFiresAtTheDueInstant(t *testing.T) {
	clock := clockwork.NewFakeClockAt(start)
	m, err := scheduler.NewMetronome(clock, zerolog.Nop(), nil)
	if err != nil {
		t.Fatal(err)
	}
	due := []time.Time{start.Add(7 * time.Second), start.Add(3 * time.Minute), start.Add(72 * time.Hour)}
	var ran []time.Time
	m.Add("jobs", func(_ context.Context, now time.Time) (time.Time, error) {
		for len(due) > 0 && !due[0].After(now) {
			ran = append(ran, now)
			due = due[1:]
		}
		if len(due) == 0 {
			return time.Time{}, nil
		}
		return due[0], nil
	})
	want := append([]time.Time{}, due...)
	if err = m.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = m.Stop() }()
	for range want {
		eventually(t, "quiet", func() bool { return quiet(m, clock) })
		next, ok := m.Next()
		if !ok {
			t.Fatal("nothing is due")
		}
		clock.Advance(next.Sub(clock.Now()))
	}
	eventually(t, "quiet", func() bool { return quiet(m, clock) })
	for i := range want {
		if i >= len(ran) || !ran[i].Equal(want[i]) {
			t.Fatalf("ran at %v, want %v", ran, want)
		}
	}
}

// The job is set anew from the very steps that its last run woke, while gocron
// is still putting that run away: no due instant may be skipped, however often.
func TestMetronomeNeverSkipsADueInstant(t *testing.T) {
	clock := clockwork.NewFakeClockAt(start)
	m, err := scheduler.NewMetronome(clock, zerolog.Nop(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var runs atomic.Int64
	for i := range 3 {
		gap := time.Duration(i+1) * 7 * time.Second
		due := start.Add(gap)
		m.Add("jobs", func(_ context.Context, now time.Time) (time.Time, error) {
			for !due.After(now) {
				runs.Add(1)
				due = due.Add(gap)
			}
			return due, nil
		})
	}
	if err = m.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = m.Stop() }()
	for range 3000 {
		eventually(t, "quiet", func() bool { return quiet(m, clock) })
		next, _ := m.Next()
		clock.Advance(next.Sub(clock.Now()))
	}
}

func TestMetronomeBeatsOnTheWallClock(t *testing.T) {
	m, err := scheduler.NewMetronome(clockwork.NewRealClock(), zerolog.Nop(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var runs atomic.Int64
	m.Add("jobs", func(_ context.Context, now time.Time) (time.Time, error) {
		runs.Add(1)
		return now.Add(5 * time.Millisecond), nil // the metronome alone wakes it
	})
	before := runtime.NumGoroutine()
	if err = m.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	eventually(t, "twenty runs", func() bool { return runs.Load() >= 20 })
	if err = m.Stop(); err != nil {
		t.Fatal(err)
	}
	eventually(t, "no goroutine left", func() bool { return runtime.NumGoroutine() <= before })
}

func TestWorkerSurvivesErrorsAndPanics(t *testing.T) {
	clock := clockwork.NewFakeClockAt(start)
	m, err := scheduler.NewMetronome(clock, zerolog.Nop(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var runs atomic.Int64
	m.Add("jobs", func(context.Context, time.Time) (time.Time, error) {
		switch runs.Add(1) {
		case 1:
			return time.Time{}, errors.New("database is locked")
		case 2:
			panic("a bad row")
		}
		return time.Time{}, nil
	})
	if err = m.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = m.Stop() }()
	for want := int64(1); want <= 3; want++ {
		eventually(t, "a run", func() bool { return runs.Load() == want && quiet(m, clock) })
		if next, ok := m.Next(); ok {
			clock.Advance(next.Sub(clock.Now()))
		}
	}
}

// A wake that comes while a step runs is not lost, whatever the timing.
func TestWakeIsNeverLost(t *testing.T) {
	clock := clockwork.NewFakeClockAt(start)
	m, err := scheduler.NewMetronome(clock, zerolog.Nop(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var offered, taken atomic.Int64
	w := m.Add("jobs", func(context.Context, time.Time) (time.Time, error) {
		taken.Store(offered.Load())
		return time.Time{}, nil
	})
	if err = m.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = m.Stop() }()
	for i := range int64(5000) {
		offered.Store(i + 1)
		w.Wake()
		if i%500 != 0 {
			continue
		}
		eventually(t, "quiet", func() bool { return quiet(m, clock) })
		if taken.Load() != i+1 {
			t.Fatalf("quiet at %d, but %d was offered", taken.Load(), i+1)
		}
	}
}

// A job that has fired and was replaced leaves nothing behind: a shop arms the
// metronome thousands of times a day.
func TestMetronomeLeavesNothingBehind(t *testing.T) {
	clock := clockwork.NewFakeClockAt(start)
	m, err := scheduler.NewMetronome(clock, zerolog.Nop(), nil)
	if err != nil {
		t.Fatal(err)
	}
	m.Add("jobs", func(_ context.Context, now time.Time) (time.Time, error) { return now.Add(time.Second), nil })
	if err = m.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = m.Stop() }()
	eventually(t, "quiet", func() bool { return quiet(m, clock) })
	before := runtime.NumGoroutine()
	for range 200 {
		clock.Advance(time.Second)
		eventually(t, "quiet", func() bool { return quiet(m, clock) })
	}
	eventually(t, "no goroutine for each tick", func() bool { return runtime.NumGoroutine() < before+20 })
}

// A tick that fires while another one runs is not lost: the job was set anew for
// an instant that the running one has not seen. A heartbeat that panics ends none
// of them.
func TestMetronomeLosesNoTick(t *testing.T) {
	clock := clockwork.NewFakeClockAt(start)
	hold, beats := make(chan struct{}), atomic.Int32{}
	m, err := scheduler.NewMetronome(clock, zerolog.Nop(), func(context.Context, time.Time) error {
		if beats.Add(1) == 1 {
			<-hold
			panic("a defect")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	w := m.Add("jobs", func(_ context.Context, now time.Time) (time.Time, error) { return now.Add(time.Second), nil })
	if err = m.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = m.Stop() }()
	eventually(t, "quiet", func() bool { return quiet(m, clock) })
	clock.Advance(time.Second)
	eventually(t, "the first beat", func() bool { return beats.Load() == 1 })
	w.Wake() // sets the job anew while the tick still runs
	eventually(t, "quiet", func() bool { return quiet(m, clock) })
	clock.Advance(time.Second) // … and that job fires
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	if err = clock.BlockUntilContext(ctx, 1); err != nil {
		t.Fatal(err)
	}
	close(hold)
	eventually(t, "a second round", func() bool { return beats.Load() > 1 && quiet(m, clock) })
}
