package templates

import (
	"time"

	"bestie/shop"
)

// The texts around commands of admins. Number is the ticket's, Name the customer's.

// AdminHint answers words of an admin that are no command.
type AdminHint struct{ Name string }

// Correction answers a command that cannot be read: Example is one that can.
type Correction struct{ Example string }

// AskNumber asks which chat is meant. Kept: the words are remembered, so that the
// number alone sends them.
type AskNumber struct {
	Command string
	Kept    bool
}

// Crossed tells that one chat was quoted and another named.
type Crossed struct{ Quoted, Named int }

// OtherKind tells that a command does not fit what the number stands for.
type OtherKind struct {
	Number        int
	Kind          shop.TicketKind
	Name, Command string
}

// NotSendable tells that the bot cannot pass something on: TooLong says why, else it
// is a picture, a voice note or the like.
type NotSendable struct {
	TooLong bool
}

// How a claim went.
const (
	ClaimNew    = "new"
	ClaimMine   = "mine"   // it was theirs already
	ClaimOther  = "other"  // somebody else has it
	ClaimForced = "forced" // taken from somebody else
	ClaimClosed = "closed" // it is over
)

// Claimed answers "ambil 3". By and Since are about the other admin.
type Claimed struct {
	How    string // one of the Claim constants
	Number int
	Name   string
	Words  string
	By     string
	Since  time.Time
}

// ReplySent confirms "balas 3 ...". By and Since tell that another admin has the chat.
type ReplySent struct {
	Number int
	Name   string
	By     string
	Since  time.Time
	Closed bool // the chat had been closed
}

// Passed confirms "oper 3 ...": To is an admin, or a division.
type Passed struct {
	Number   int
	Name, To string
	Division bool
}

// NobodyCalled answers "oper 3 x" when there is no x.
type NobodyCalled struct {
	Name  string
	Known []string
}

// Promised confirms "nanti 3 10m".
type Promised struct {
	Number int
	Name   string
	Until  time.Time
	Now    time.Time
}

// When is the instant, with its day unless that is today.
func (p Promised) When() string { return when(p.Until, p.Now) }

func when(at, now time.Time) string {
	if shop.Date(at) == shop.Date(now) {
		return shop.Clock(at)
	}
	return shop.DateClock(at)
}

// Closed confirms "selesai 3". Rated: the customer is asked how the service was;
// Already: it was closed before.
type Closed struct {
	Number         int
	Name           string
	Rated, Already bool
}

// AskConfirm asks for "ya 3" before a step that cannot be taken back. Words is what
// the customer still waits for; Amount is 0 when no money moves.
type AskConfirm struct {
	Command string
	Number  int
	Name    string
	Words   string
	Age     time.Duration
	Amount  shop.Rupiah
}

// NoConfirm answers "ya 3" when nothing about #3 is to be confirmed; Open is the
// number for which something is, 0 for none.
type NoConfirm struct{ Number, Open int }

// Status answers "status".
type Status struct {
	Now             time.Time
	Connected       bool
	Waiting         int
	Oldest          time.Duration
	Open, Mine      int
	Replies, Promos int
	Stopped         bool      // promos stand still
	StoppedUntil    time.Time // zero: until somebody writes "promo buka"
	Level           shop.Retreat
	LevelUntil      time.Time // the end of a level beyond the promos
	Slot            time.Time // of the next promo, zero for none
}

// When is when promos go on.
func (s Status) When() string { return when(s.StoppedUntil, s.Now) }

// LevelEnds is when a level beyond the promos is over.
func (s Status) LevelEnds() string { return when(s.LevelUntil, s.Now) }

// SlotAt is when the next promo leaves.
func (s Status) SlotAt() string { return when(s.Slot, s.Now) }

// Relay passes on what a customer writes to the admin who has the chat.
type Relay struct {
	Number int
	Name   string
	Words  string
	Kind   shop.Kind // of what is no text, KindText else
}

// Handed tells an admin that a chat is theirs now: By passed it on.
type Handed struct {
	Number   int
	Name, By string
	Words    string
	Note     string
	Phone    string
	Waiting  time.Duration // 0 when nobody waits
}

// TakenAway tells an admin that By took a chat over that was theirs.
type TakenAway struct {
	Number   int
	Name, By string
}

// AnsweredFor tells the admin who has a chat that By answered in it.
type AnsweredFor struct {
	Number   int
	Name, By string
	Words    string
}

// DivisionCase is what a division is asked.
type DivisionCase struct {
	Number   int
	Name, By string
	Order    string // number of the order, "" when unknown
	Words    string // what the customer wrote
	Note     string // what the admin adds
	Group    bool   // it goes to a group, where only replies to it are read
}

// DivisionAnswer is what a division says, on its way to the admin.
type DivisionAnswer struct {
	Number         int
	Name, Division string
	Words          string
}

// DivisionThanks confirms that to the division.
type DivisionThanks struct {
	Number int
	To     string
	Closed bool // the chat is closed already
}

// PromiseDue reminds of a promise: first the admin, then (Late) the supervisor.
type PromiseDue struct {
	Number      int
	Name, Phone string
	Admin       string
	Due         time.Time
	Late        bool
}

// PromiseDueOf is the reminder of a promise.
func PromiseDueOf(p shop.Promise) PromiseDue {
	return PromiseDue{
		Number: p.Ticket.Number, Name: p.Person.CallName(), Phone: p.Person.Phone, Admin: p.Admin.CallName(), Due: p.Due, Late: p.Reminded,
	}
}

// Clock is when the customer was to hear from us.
func (p PromiseDue) Clock() string { return shop.Clock(p.Due) }

// LowRating tells the supervisor of a customer who was not content.
type LowRating struct {
	Number      int
	Name, Phone string
	Score       int
	Comment     string // when that comes later, Score is that of before
}

// For customers.

// WillCall tells a customer until when somebody writes to them.
type WillCall struct {
	Name       string
	Until, Now time.Time
}

// When is the instant, with its day unless that is today.
func (w WillCall) When() string { return when(w.Until, w.Now) }

// AskRating asks how the service was.
type AskRating struct{ Name string }

// RatingThanks answers the score.
type RatingThanks struct {
	Name string
	Low  bool
	More bool // another question follows instead of one for a comment
}

// CommentThanks answers the comment.
type CommentThanks struct{ Name string }

func (AdminHint) text() string      { return "admin_hint" }
func (Correction) text() string     { return "correction" }
func (AskNumber) text() string      { return "ask_number" }
func (Crossed) text() string        { return "crossed" }
func (OtherKind) text() string      { return "other_kind" }
func (NotSendable) text() string    { return "not_sendable" }
func (Claimed) text() string        { return "claimed" }
func (ReplySent) text() string      { return "reply_sent" }
func (Passed) text() string         { return "passed" }
func (NobodyCalled) text() string   { return "nobody_called" }
func (Promised) text() string       { return "promised" }
func (Closed) text() string         { return "closed" }
func (AskConfirm) text() string     { return "ask_confirm" }
func (NoConfirm) text() string      { return "no_confirm" }
func (Status) text() string         { return "status" }
func (Relay) text() string          { return "relay" }
func (Handed) text() string         { return "handed" }
func (TakenAway) text() string      { return "taken_away" }
func (AnsweredFor) text() string    { return "answered_for" }
func (DivisionCase) text() string   { return "division_case" }
func (DivisionAnswer) text() string { return "division_answer" }
func (DivisionThanks) text() string { return "division_thanks" }
func (PromiseDue) text() string     { return "promise_due" }
func (LowRating) text() string      { return "low_rating" }
func (WillCall) text() string       { return "will_call" }
func (AskRating) text() string      { return "ask_rating" }
func (RatingThanks) text() string   { return "rating_thanks" }
func (CommentThanks) text() string  { return "comment_thanks" }

func orderSamples() []Text {
	at := time.Date(2026, 11, 25, 17, 10, 0, 0, shop.WIB)
	now := at.Add(-10 * time.Minute)
	out := []Text{
		AdminHint{"Sari"},
		AdminHint{},
		Correction{"balas 3 Siap Kak, kami cek dulu."},
		AskNumber{"selesai", false},
		AskNumber{"balas", true},
		Crossed{7, 3},
		NotSendable{true},
		NotSendable{},
		ReplySent{3, "Rina", "", time.Time{}, false},
		ReplySent{3, "", "Dewi", now, true},
		Passed{3, "Rina", "Dewi", false},
		Passed{3, "", "gudang", true},
		NobodyCalled{"bejo", []string{"Sari", "gudang"}},
		NobodyCalled{"bejo", nil},
		Promised{3, "Rina", at, now},
		Promised{3, "", at.AddDate(0, 0, 1), now},
		Closed{3, "Rina", true, false},
		Closed{3, "", false, false},
		Closed{3, "Rina", false, true},
		AskConfirm{"selesai", 3, "Rina", "kapan dikirim?", 4 * time.Minute, 0},
		AskConfirm{"bayar", 3, "", "", 0, 150_000},
		NoConfirm{3, 0},
		NoConfirm{3, 7},
		Status{Now: now, Connected: true},
		Status{now, false, 3, 4 * time.Minute, 5, 1, 2, 40, true, at, 0, at, at},
		Status{Now: now, Stopped: true, Level: shop.RetreatKnown, LevelUntil: at},
		Status{Now: now, Stopped: true, Level: shop.RetreatReplies, LevelUntil: at},
		Status{Now: now, Stopped: true, Level: shop.RetreatSilence, LevelUntil: at},
		Status{Now: now, Stopped: true, Promos: 3},
		Handed{3, "Rina", "Sari", "kurang satu kak", "tolong ya", "6281200000001", 4 * time.Minute},
		Handed{Number: 3},
		TakenAway{3, "Rina", "Dewi"},
		AnsweredFor{3, "Rina", "Dewi", "siap kak"},
		DivisionCase{3, "Rina", "Sari", "2309187654321", "kurang satu kak\nfotonya menyusul", "tolong cek", false},
		DivisionCase{Number: 3, Group: true},
		DivisionAnswer{3, "Rina", "gudang", "sudah dikirim ulang"},
		DivisionThanks{3, "Sari", false},
		DivisionThanks{3, "", true},
		PromiseDue{3, "Rina", "6281200000001", "Sari", at, false},
		PromiseDue{3, "", "", "", at, true},
		LowRating{3, "Rina", "6281200000001", 1, ""},
		LowRating{3, "", "", 2, "lama sekali"},
		WillCall{"Rina", at, now},
		WillCall{"", at.AddDate(0, 0, 1), now},
		AskRating{"Rina"},
		AskRating{},
		RatingThanks{Name: "Rina"},
		RatingThanks{Low: true},
		RatingThanks{More: true},
		CommentThanks{"Rina"},
	}
	for _, how := range []string{ClaimNew, ClaimMine, ClaimOther, ClaimForced, ClaimClosed} {
		out = append(out, Claimed{how, 3, "Rina", "kurang satu", "Dewi", now}, Claimed{How: how, Number: 3})
	}
	for _, kind := range []shop.TicketKind{shop.TicketChat, shop.TicketPayment, shop.TicketCase, shop.TicketPromo} {
		out = append(out, OtherKind{3, kind, "Rina", "ambil"})
	}
	for _, kind := range []shop.Kind{shop.KindText, shop.KindImage, shop.KindVoice, shop.KindLocation} {
		out = append(out, Relay{3, "Rina", "sudah sampai?", kind}, Relay{Number: 3, Kind: kind})
	}
	return out
}
