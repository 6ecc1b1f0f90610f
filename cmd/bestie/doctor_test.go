package main

import (
	"math"
	"strings"
	"testing"
	"time"
)

// said is what a doctor has found, a level and a sentence a line.
func (p *patient) said() string {
	var b strings.Builder
	for _, f := range p.list {
		b.WriteString(f.Level + " " + f.What + "\n")
	}
	return b.String()
}

// A clock that stands before this build was made cannot be right.
func TestDoctorClock(t *testing.T) {
	since := thisBuild().Since
	if since.IsZero() {
		t.Fatal("this build does not know its libraries")
	}
	for now, want := range map[time.Time]string{
		since.Add(-time.Hour): "red the clock says",
		since.Add(time.Hour):  "clock", // a machine without NTP gets a note
	} {
		p := &patient{config: DefaultConfig(), now: now}
		p.host()
		if !strings.Contains(p.said(), want) || strings.Contains(p.said(), "red the clock") != strings.HasPrefix(want, "red") {
			t.Errorf("at %s: %s", now, p.said())
		}
	}
}

func TestDoctorLibrary(t *testing.T) {
	made, ok := thisBuild().libraryDate()
	if !ok {
		t.Fatal("the library has no date")
	}
	for age, want := range map[time.Duration]string{
		oldLibrary - day: "ok WhatsApp library of " + made.Format(time.DateOnly),
		oldLibrary + day: "note the WhatsApp library is of " + made.Format(time.DateOnly) + ", 91d old",
	} {
		p := &patient{config: DefaultConfig(), now: made.Add(age)}
		p.program()
		if !strings.Contains(p.said(), want) {
			t.Errorf("%s, want %q", p.said(), want)
		}
	}
}

// The room is that of the nearest folder that exists.
func TestDoctorRoom(t *testing.T) {
	dir := t.TempDir() + "/not/yet/there"
	p := &patient{}
	p.room("data folder", dir, 1, p.red, "make room")
	p.room("data folder", dir, math.MaxUint64, p.red, "make room")
	p.room("temporary folder", dir, math.MaxUint64, p.note, "TMPDIR")
	lines := strings.Split(p.said(), "\n")
	for i, want := range []string{"ok data folder: ", "red data folder: only ", "note temporary folder: only "} {
		if !strings.HasPrefix(lines[i], want) {
			t.Errorf("%q, want %q", lines[i], want)
		}
	}
}
