package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"bestie/whatsapp/standin/people"
)

// TestFullDisk fills the disk under both databases while messages arrive: they
// are not acknowledged while they cannot be written, and are answered when there
// is room again. It needs the right to mount a small disk.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	disk := t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=4m"); err != nil {
		t.Skipf("no small disk can be mounted here (%v); TestFileLimit plays the same", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(disk, 0); err != nil {
			t.Error(err)
		}
	})
	filler := filepath.Join(disk, "filler")
	playNoRoom(t, filepath.Join(disk, "data"), func() { fill(t, filler) }, func() {
		if err := os.Remove(filler); err != nil {
			t.Fatal(err)
		}
	})
}

// fill writes a file until not one byte more fits.
func fill(t *testing.T, file string) {
	t.Helper()
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for block := make([]byte, 1<<16); len(block) > 0; {
		if _, err = f.Write(block); errors.Is(err, syscall.ENOSPC) {
			block = block[:len(block)/2]
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

// playNoRoom takes the room away, lets three people write, and gives it back.
func playNoRoom(t *testing.T, dir string, full, room func()) {
	t.Helper()
	log := &syncBuffer{}
	s, _ := newStage(t, func(o *StageOptions) { o.Timing, o.Dir, o.Log = quick, dir, logTo(log) })
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("log:\n%s", log)
		}
	})
	var customers []*people.Person
	for i, name := range []string{"Rina", "Budi", "Citra"} {
		p := newPerson(t, s, "628120000000"+string(rune('1'+i)), name)
		ask(t, s, p, "stok bakso masih ada kak?")
		customers = append(customers, p)
	}
	stored := s.number(t, "SELECT COUNT(*) FROM inbox")
	full()
	for _, p := range customers {
		if _, err := p.Say(t.Context(), stageNumber, question); err != nil {
			t.Fatal(err)
		}
	}
	eventually(t, "the log says so", func() bool { return log.has("not stored") })
	lines := log.count("not stored") + log.count("work failed")
	for range 20 { // ten minutes of heartbeats and tries
		s.clock.Advance(30 * time.Second)
		for range 5 { // each tick its turn
			runtime.Gosched()
			time.Sleep(look)
		}
	}
	if n := s.number(t, "SELECT COUNT(*) FROM inbox"); n != stored {
		t.Errorf("%d messages were stored on a full disk", n-stored)
	}
	eventually(t, "the messages still wait at WhatsApp", func() bool { return strings.Contains(fmt.Sprint(s.srv.Busy()), "3 unacked") })
	if beat, err := s.app.db.LastBeat(t.Context()); err != nil || s.clock.Since(beat) <= stale {
		t.Errorf("`bestie health` reads a heartbeat of %s, %v", beat, err)
	}
	if more := log.count("not stored") + log.count("work failed") - lines; more > 3 {
		t.Errorf("%d further complaints in ten minutes", more)
	}
	room()
	pass(t, s, time.Minute)
	for _, p := range customers {
		if n := got(p, price); n != 1 {
			t.Errorf("%s was answered %d times", p.Name(), n)
		}
	}
}

// TestFileLimit is TestFullDisk where nothing may be mounted: no file of the
// process may grow. The limit holds for a whole process, so it gets one of its own.
func TestFileLimit(t *testing.T) {
	if !inOwnProcess(t) {
		return
	}
	var old syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
		t.Fatal(err)
	}
	limit := func(size uint64) {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: size, Max: old.Max}); err != nil {
			t.Fatal(err)
		}
	}
	playNoRoom(t, "", func() { limit(0) }, func() { limit(old.Cur) })
}
