package templates

import (
	"time"

	"bestie/shop"
)

// ReasonErasure is a page about a customer who wants their data erased.
const ReasonErasure = "erasure"

// ErasureAsked tells a customer that a person looks at the wish to have their data erased.
type ErasureAsked struct{ Name string }

// ErasureTold tells a customer that their data are about to be erased.
type ErasureTold struct{ Name string }

// AskErasure asks an admin once more before a customer's data are erased.
type AskErasure struct {
	Number      int
	Name, Phone string
}

// ErasureGranted tells an admin when a customer's data go, and what is left to do by hand.
type ErasureGranted struct {
	Number int
	Name   string
	At     time.Time
}

// Why an erasure is refused.
const (
	ErasureNotAllowed = "not_allowed" // only the owner and the supervisor may
	ErasureTied       = "tied"        // by open business
	ErasureDone       = "done"        // already
)

// ErasureRefused tells an admin why a customer's data are not erased.
type ErasureRefused struct {
	Number int
	Name   string
	Why    string
	Ties   shop.Ties
}

func erasureSamples() []Text {
	at := time.Date(2026, 11, 25, 17, 0, 0, 0, shop.WIB)
	return []Text{
		ErasureAsked{"Rina"},
		ErasureAsked{},
		ErasureTold{"Rina"},
		ErasureTold{},
		AskErasure{3, "Rina", "6281200000001"},
		AskErasure{Number: 3},
		ErasureGranted{3, "Rina", at},
		ErasureGranted{Number: 3, At: at},
		ErasureRefused{3, "Rina", ErasureNotAllowed, shop.Ties{}},
		ErasureRefused{3, "", ErasureDone, shop.Ties{}},
		ErasureRefused{3, "Rina", ErasureTied, shop.Ties{Staff: true}},
		ErasureRefused{3, "Rina", ErasureTied, shop.Ties{Owes: 150_000, Deposit: 20_000, Pending: 1, Orders: 2}},
		Urgent{Number: 3, Name: "Rina", Phone: "6281200000001", Age: 4 * time.Second, Words: "hapus data saya", Reason: ReasonErasure},
	}
}

func (ErasureAsked) text() string   { return "erasure_asked" }
func (ErasureTold) text() string    { return "erasure_told" }
func (AskErasure) text() string     { return "ask_erasure" }
func (ErasureGranted) text() string { return "erasure_granted" }
func (ErasureRefused) text() string { return "erasure_refused" }
