package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"bestie/shop"
)

// Transcript writes down a play: one line for every message, with the instant,
// the person and the direction.
type Transcript struct {
	w     io.Writer
	day   string
	err   error // the first error of w; nothing is written after it
	Lines int   // messages written down
	wide  bool  // give every line of a message a line of its own
}

// NewTranscript writes to w.
func NewTranscript(w io.Writer) *Transcript { return &Transcript{w: w} }

// Err is the first error of the writer.
func (t *Transcript) Err() error { return t.err }

func (t *Transcript) print(format string, args ...any) {
	if t.err == nil {
		_, t.err = fmt.Fprintf(t.w, format, args...)
	}
}

func (t *Transcript) begin(name string, now time.Time) {
	t.day = ""
	t.print("# %s\n", name)
	t.turn(now)
}

// turn writes the date when it has changed.
func (t *Transcript) turn(now time.Time) {
	if day := now.In(shop.WIB).Format("Monday 2 January 2006"); day != t.day {
		t.day = day
		t.print("-- %s --\n", day)
	}
}

func (t *Transcript) line(now time.Time, who, arrow, text string) {
	t.turn(now)
	head := fmt.Sprintf("%s  %s %s ", now.In(shop.WIB).Format("15:04:05"), who, arrow)
	if t.wide {
		t.print("%s%s\n", head, strings.ReplaceAll(text, "\n", "\n"+strings.Repeat(" ", len(head))))
		return
	}
	t.print("%s%s\n", head, escape(text))
}

// says notes what a person writes, or what is typed on the shop phone to one.
func (t *Transcript) says(now time.Time, who, to string, s Spoken) {
	text := s.Text
	if s.Image {
		text = strings.TrimSpace("[image] " + text)
	}
	if to != "" {
		text = to + " " + text
	}
	t.Lines++
	t.line(now, who, ">", text)
}

// reaches notes what the bot sent to a person.
func (t *Transcript) reaches(now time.Time, who, kind, text string) {
	if kind != "text" {
		text = "[" + kind + "] " + text
	}
	t.Lines++
	t.line(now, who, "<", text)
}

// event notes something that is no message.
func (t *Transcript) event(now time.Time, what string) {
	t.turn(now)
	t.print("%s  * %s\n", now.In(shop.WIB).Format("15:04:05"), what)
}
