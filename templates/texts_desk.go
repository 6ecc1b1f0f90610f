package templates

import (
	"time"

	"bestie/shop"
)

// AdminHelp tells an admin what the bot understands from them.
type AdminHelp struct{ Name string }

// Queue answers "antrian": who waits, longest first.
type Queue struct {
	Now   time.Time
	Chats []shop.Queued
}

// Age is how long a chat of the queue has waited.
func (q Queue) Age(c shop.Queued) time.Duration { return q.Now.Sub(c.Wait.Since) }

// BotSwitched confirms "bot 3 on" or "bot 3 off"; Until is the end of a pause.
type BotSwitched struct {
	Name  string
	On    bool
	Until time.Time
}

// NoSuchNumber answers a command about a number that is not in the queue.
type NoSuchNumber struct{ Number int }

// PromosOn confirms "promo on": a person allowed promos again.
type PromosOn struct{}

// Held tells that the guards keep an answer back for longer than a customer
// should wait (field guide, section 6).
type Held struct {
	Name, Phone string
	For         time.Duration
}

// LoopMuted tells that a chat went back and forth too fast and was silenced.
type LoopMuted struct {
	Name, Phone string
	For         time.Duration
}

// PhoneAway warns that the shop phone has not been seen for long.
type PhoneAway struct{ For time.Duration }

func (PhoneAway) text() string    { return "phone_away" }
func (AdminHelp) text() string    { return "admin_help" }
func (Queue) text() string        { return "queue" }
func (BotSwitched) text() string  { return "bot_switched" }
func (NoSuchNumber) text() string { return "no_such_number" }
func (PromosOn) text() string     { return "promos_on" }
func (Held) text() string         { return "held" }
func (LoopMuted) text() string    { return "loop_muted" }

func deskSamples() []Text {
	at := time.Date(2026, 11, 25, 17, 0, 0, 0, shop.WIB)
	chat := shop.Queued{
		Wait:   shop.Wait{Number: 3, Since: at.Add(-2 * time.Minute), Words: "halo kak"},
		Person: shop.Person{Name: "Rina", Address: shop.Address{Phone: "6281200000001"}},
	}
	return []Text{
		AdminHelp{"Sari"},
		AdminHelp{},
		Queue{Now: at},
		Queue{at, []shop.Queued{chat, {}}},
		BotSwitched{"Rina", true, time.Time{}},
		BotSwitched{"", false, at},
		NoSuchNumber{7},
		PromosOn{},
		Held{"Rina", "6281200000001", 2 * time.Minute},
		Held{},
		LoopMuted{"Rina", "6281200000001", 6 * time.Hour},
		LoopMuted{},
		PhoneAway{7 * 24 * time.Hour},
	}
}
