package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"bestie/templates"
	"bestie/whatsapp/standin/people"
)

// outcome is what became of a flow: what was said, what is in the database, what
// the phones really received.
type outcome struct {
	*crash
	in       []inRow
	out      []outRow
	acts     []act
	waiting  []string                     // phones whose last question counts as open
	screens  map[string][]people.Received // by phone, from the shop
	campaign string                       // how far the first campaign has come, "" without any
	wrong    []string                     // violations
	unknown  int                          // rows of unknown fate
	repeated int                          // messages that a phone was shown more than once under one ID
	retried  int                          // rows that were tried more than once
	answers  int                          // turns that were answered
}

// outcome reads the database of the dead program and every screen.
func (c *crash) outcome() *outcome {
	c.tb.Helper()
	db := c.openBooks()
	defer db.Close()
	o := &outcome{
		crash: c, in: db.received(c.tb), out: db.written(c.tb), acts: db.acts(c.tb), waiting: db.waiting(c.tb), campaign: db.campaign(c.tb), screens: map[string][]people.Received{},
	}
	o.look(crashAdmin, c.sari)
	for i, p := range c.crowd {
		o.look(o.phone(i), p)
	}
	return o
}

// look notes what the shop's number brought to a phone.
func (o *outcome) look(phone string, p *people.Person) {
	for _, r := range p.Received() {
		if r.Chat == stageNumber && !r.Own {
			o.screens[phone] = append(o.screens[phone], r)
		}
	}
}

// phone is the number of a customer.
func (o *outcome) phone(who int) string { return fmt.Sprintf(crashPhone, who+1) }

// seen is how often a phone was shown a message.
func (o *outcome) seen(phone, id string) (n int) {
	for _, r := range o.screens[phone] {
		if r.ID == id {
			n++
		}
	}
	return n
}

// violate notes that something is not as it must be.
func (o *outcome) violate(format string, args ...any) {
	o.wrong = append(o.wrong, fmt.Sprintf(format, args...))
}

// common is what is true of every flow: each message that was said is one row, no
// row is stuck, and what the outbox believes of a message is what its phone saw.
func (o *outcome) common() {
	rows := map[string]int{}
	for _, r := range o.in {
		rows[r.phone+" "+r.messageID]++
	}
	for _, m := range o.mouth {
		if n := rows[o.phone(m.who)+" "+m.id]; n != 1 {
			o.violate("%q of %s is %d rows of the inbox", m.text, o.phone(m.who), n)
		}
	}
	if len(o.in) != len(o.mouth) {
		o.violate("the inbox has %d rows, %d messages were said", len(o.in), len(o.mouth))
	}
	ours := map[string]string{} // phone and text by message ID
	for _, r := range o.out {
		ours[r.messageID] = r.phone + " " + r.text
		o.fate(r)
	}
	for phone, screen := range o.screens {
		for _, r := range screen {
			if ours[r.ID] != phone+" "+r.Text {
				o.violate("%s received %q (%s), of which the outbox knows %q", phone, r.Text, r.ID, ours[r.ID])
			}
		}
	}
}

// fate compares one row of the outbox with the phone it went to.
func (o *outcome) fate(r outRow) {
	n := o.seen(r.phone, r.messageID)
	if r.tries > 1 {
		o.retried++
	}
	if n > 1 {
		o.repeated++
		o.violate("%s was shown %s %d times: %q", r.phone, r.messageID, n, r.text)
	}
	switch r.status {
	case "sent", "delivered", "read":
		if n == 0 {
			o.violate("row %d is %s, but %s never saw it: %q", r.id, r.status, r.phone, r.text)
		}
	case "unknown":
		o.unknown++
		if n == 0 && r.lane == "reply" && !o.toldAbout(r) {
			o.violate("row %d is unknown, %s never saw it and no admin was told: %q", r.id, r.phone, r.text)
		}
	case "failed", "cancelled":
		if n > 0 {
			o.violate("row %d is %s (%s), but %s saw it: %q", r.id, r.status, r.why, r.phone, r.text)
		}
	default:
		o.violate("row %d is stuck in %s: %q", r.id, r.status, r.text)
	}
}

// toldAbout tells that the admin's phone shows an alert about a row.
func (o *outcome) toldAbout(r outRow) bool {
	return slices.ContainsFunc(o.screens[crashAdmin], func(m people.Received) bool {
		return strings.Contains(m.Text, "+"+r.phone) && strings.Contains(m.Text, templates.Excerpt(r.text))
	})
}

// turns checks that every message belongs to exactly one turn, that the turns of a
// person take the messages in order, and that each has exactly one answer, which
// the phone saw or about which an admin was told. It returns, for each turn, what
// was said in it.
func (o *outcome) turns() map[int64][]told {
	answers := map[int64][]outRow{}
	for _, r := range o.out {
		if r.lane == "reply" {
			answers[r.turn] = append(answers[r.turn], r)
		}
	}
	handled := map[string]inRow{}
	for _, r := range o.in {
		handled[r.messageID] = r
	}
	turns, last := map[int64][]told{}, map[int]int64{}
	for _, m := range o.mouth {
		turn := handled[m.id].turn
		if turn == 0 || turn < last[m.who] {
			o.violate("%q of %s was handled in turn %d after turn %d", m.text, o.phone(m.who), turn, last[m.who])
		}
		last[m.who] = turn
		turns[turn] = append(turns[turn], m)
	}
	for turn, messages := range turns {
		got := answers[turn]
		if len(got) != 1 || got[0].phone != o.phone(messages[0].who) {
			o.violate("turn %d (%v) has %d answers: %v", turn, messages, len(got), got)
		} else if o.seen(got[0].phone, got[0].messageID) > 0 {
			o.answers++
		} else if !o.toldAbout(got[0]) {
			o.violate("the answer to turn %d (%v) never arrived: %v", turn, messages, got[0])
		}
	}
	for turn, rows := range answers {
		if turns[turn] == nil {
			o.violate("%v answers nothing that was said", rows)
		}
	}
	o.order()
	return turns
}

// nobodyWaits checks that no question counts as open but those whose answer may
// not have arrived.
func (o *outcome) nobodyWaits() {
	for _, phone := range o.waiting {
		if !slices.ContainsFunc(o.out, func(r outRow) bool { return r.phone == phone && r.status == "unknown" }) {
			o.violate("%s counts as waiting, though everything was answered", phone)
		}
	}
}

// order checks that each phone saw the answers in the order in which they were
// written.
func (o *outcome) order() {
	row := map[string]int64{}
	for _, r := range o.out {
		row[r.messageID] = r.id
	}
	for phone, screen := range o.screens {
		last := int64(0)
		for _, r := range screen {
			if now := row[r.ID]; phone != crashAdmin && now < last {
				o.violate("%s saw row %d after row %d", phone, now, last)
			} else {
				last = now
			}
		}
	}
}

// mostWrong bounds how many violations a test prints.
const mostWrong = 20

// report prints the line that sums a run up, and every violation.
func (o *outcome) report(took time.Duration, seed uint64) {
	tb := o.tb.(*testing.T)
	tb.Helper()
	turns := map[int64]bool{}
	for _, r := range o.in {
		turns[r.turn] = true
	}
	tb.Logf("crash %s: seed %d, %d kills %s: %d messages (%d delivered anew), %d turns, %d answered, %d rows (%d tried anew, %d shown twice, %d of unknown fate), %d violations, %.1f s",
		o.flow.name, seed, o.kills, o.when, len(o.mouth), o.srv.Stats().Redelivered, len(turns), o.answers,
		len(o.out), o.retried, o.repeated, o.unknown, len(o.wrong), took.Seconds())
	for i, w := range o.wrong {
		if i == mostWrong {
			tb.Errorf("… and %d more", len(o.wrong)-i)
			break
		}
		tb.Error(w)
	}
}
