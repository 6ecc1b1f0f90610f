package templates

import (
	"time"

	"bestie/shop"
)

// AdminHelp tells an admin what the bot understands from them.
type AdminHelp struct{ Name string }

// Queue is who waits, longest first.
type Queue struct {
	Now   time.Time
	Chats []shop.Queued
}

// Age is how long a chat of the queue has waited.
func (q Queue) Age(c shop.Queued) time.Duration { return q.Now.Sub(c.Wait.Since) }

// QueueHead answers "antrian": those who have waited longest, of Waiting in all.
type QueueHead struct {
	Queue
	Waiting int
}

// More is how many are not shown.
func (q QueueHead) More() int { return max(0, q.Waiting-len(q.Chats)) }

// BotSwitched confirms "bot 3 on" or "bot 3 off"; Until is the end of a pause.
type BotSwitched struct {
	Name  string
	On    bool
	Until time.Time
}

// NoSuchNumber answers a command about a number that is not in the queue.
type NoSuchNumber struct{ Number int }

// MissedSlot confirms "kirim 7" and "lewati 7": what becomes of the slots of a promo that
// were missed; Slots is 0 if there were none.
type MissedSlot struct {
	Number int
	Send   bool
	Slots  int
}

// PromosOn answers "promo buka": a person allowed promos again. Level is that of before;
// one beyond the promos stays until its own end.
type PromosOn struct {
	Level shop.Retreat
	Until time.Time
}

// Held tells that the guards keep an answer back for longer than a customer
// should wait (field guide, section 6).
type Held struct {
	Name, Phone string
	For         time.Duration
	More        int // how many other replies wait
}

// Stale names the people whose replies were not sent, because they had waited for
// longer than After.
type Stale struct {
	People []shop.Person
	After  time.Duration
}

// LoopMuted tells that a chat went back and forth too fast and was silenced.
type LoopMuted struct {
	Name, Phone string
	For         time.Duration
}

// PhoneAway warns that the shop phone has not been seen for long.
type PhoneAway struct{ For time.Duration }

// LibraryBroken tells that the owner's change of the reply library is not in
// force: the first mistake with its place, and how many more there are.
type LibraryBroken struct {
	First string
	More  int
}

// LibraryMended tells that it is in force after all.
type LibraryMended struct{}

func (LibraryBroken) text() string { return "library_broken" }
func (LibraryMended) text() string { return "library_mended" }
func (PhoneAway) text() string     { return "phone_away" }
func (AdminHelp) text() string     { return "admin_help" }
func (QueueHead) text() string     { return "queue" }
func (BotSwitched) text() string   { return "bot_switched" }
func (NoSuchNumber) text() string  { return "no_such_number" }
func (PromosOn) text() string      { return "promos_on" }
func (MissedSlot) text() string    { return "missed_slot" }
func (Held) text() string          { return "held" }
func (Stale) text() string         { return "stale" }
func (LoopMuted) text() string     { return "loop_muted" }

func deskSamples() []Text {
	at := time.Date(2026, 11, 25, 17, 0, 0, 0, shop.WIB)
	chat := shop.Queued{
		Wait:   shop.Wait{Number: 3, Since: at.Add(-2 * time.Minute), Words: "halo kak"},
		Person: shop.Person{Name: "Rina", Address: shop.Address{Phone: "6281200000001"}},
	}
	return []Text{
		AdminHelp{"Sari"},
		AdminHelp{},
		QueueHead{},
		QueueHead{Queue{at, []shop.Queued{chat, {}}}, 2},
		QueueHead{Queue{at, []shop.Queued{chat, {}}}, 100_000},
		BotSwitched{"Rina", true, time.Time{}},
		BotSwitched{"", false, at},
		NoSuchNumber{7},
		MissedSlot{7, true, 1},
		MissedSlot{7, false, 1},
		MissedSlot{7, true, 0},
		Held{"Rina", "6281200000001", 2 * time.Minute, 0},
		Held{"", "", 2 * time.Minute, 41},
		Stale{[]shop.Person{chat.Person, {}}, 12 * time.Hour},
		Stale{make([]shop.Person, 40), 12 * time.Hour},
		Held{},
		LoopMuted{"Rina", "6281200000001", 6 * time.Hour},
		LoopMuted{},
		PhoneAway{7 * 24 * time.Hour},
		LibraryBroken{"templates/layanan/jam.yaml:3: title is missing", 2},
		LibraryBroken{"templates/layanan/jam.yaml:3: title is missing", 0},
		LibraryMended{},
	}
}
