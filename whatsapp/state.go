package whatsapp

import (
	"time"

	"bestie/shop"
)

// State is the condition of the connection to WhatsApp, by name.
type State string

// All states. What leads from one to the next is told in keeper.go and
// connection.go; docs/states.md draws it.
const (
	StateUnpaired     State = "unpaired"     // no session: nobody has linked this program yet
	StatePairing      State = "pairing"      // a code is shown, the phone has not confirmed it yet
	StateConnecting   State = "connecting"   // dialling or logging in
	StateSyncing      State = "syncing"      // logged in; messages of the time away are still arriving
	StateOnline       State = "online"       // logged in and up to date: the only state that sends
	StateDegraded     State = "degraded"     // connected, but pings go unanswered
	StateDisconnected State = "disconnected" // the connection was lost; reconnecting
	StateLoggedOut    State = "logged_out"   // the link was removed on the phone or by WhatsApp
	StateReplaced     State = "replaced"     // another process uses the same session
	StateOutdated     State = "outdated"     // WhatsApp refuses this client version
	StateBanned       State = "banned"       // the account is banned for a time
	StateFailed       State = "failed"       // WhatsApp refused for a reason we do not know
	StateClosed       State = "closed"       // this program closed the connection
	StateMuted        State = "muted"        // the program does not connect: its data folder is a copy (set by cmd, not by Client)
)

// States lists all states, in the order in which they are usually met.
func States() []State {
	return []State{
		StateUnpaired, StatePairing, StateConnecting, StateSyncing, StateOnline, StateDegraded, StateDisconnected,
		StateLoggedOut, StateReplaced, StateOutdated, StateBanned, StateFailed, StateClosed, StateMuted,
	}
}

// words are what the two readers of a state are told.
type words struct{ indonesian, english, hint string }

var stateWords = map[State]words{
	StateUnpaired: {
		"Bot belum ditautkan ke nomor WhatsApp toko.",
		"No WhatsApp number is linked yet.",
		"Link it with: bestie pair",
	},
	StatePairing: {
		"Bot menunggu kode dipindai dari HP toko.",
		"Waiting for the code to be confirmed on the phone.",
		"On the phone: WhatsApp > Linked devices > Link a device.",
	},
	StateConnecting: {
		"Bot sedang menyambung ke WhatsApp.",
		"Connecting to WhatsApp.",
		"Wait; it is tried again by itself.",
	},
	StateSyncing: {
		"Bot tersambung dan sedang mengambil pesan yang tertinggal.",
		"Connected; messages of the time away are arriving.",
		"Wait; replies start when the backlog is in, at most a minute later.",
	},
	StateOnline: {
		"Bot tersambung ke WhatsApp.",
		"Connected to WhatsApp.",
		"Nothing to do.",
	},
	StateDegraded: {
		"Koneksi WhatsApp sedang tidak stabil, kiriman ditahan dulu.",
		"Connected, but WhatsApp does not answer; sending is on hold.",
		"Look at the network if this lasts longer than a few minutes.",
	},
	StateDisconnected: {
		"Koneksi WhatsApp terputus, bot sedang menyambung lagi.",
		"The connection was lost; reconnecting.",
		"Look at the network if this lasts longer than a few minutes.",
	},
	StateLoggedOut: {
		"Tautan bot dilepas dari WhatsApp. Mohon tautkan lagi dari HP toko.",
		"The link to the phone was removed.",
		"Stop the bot, link it again with: bestie pair. Nothing of our own data is lost.",
	},
	StateReplaced: {
		"Sesi WhatsApp dipakai program lain, bot berhenti.",
		"Another process took over this session.",
		"Find the second copy and stop it for good before starting this one again.",
	},
	StateOutdated: {
		"WhatsApp menolak versi bot ini, perlu pembaruan.",
		"WhatsApp refuses this client version.",
		"Install a newer build of bestie; the link to the phone stays valid.",
	},
	StateBanned: {
		"Nomor WhatsApp toko dibatasi sementara, semua kiriman dihentikan.",
		"The account is banned for a time.",
		"Wait until it ends; promos stay off until a person allows them again. Answer customers from the phone if it still can.",
	},
	StateFailed: {
		"WhatsApp menolak sambungan bot, dicoba lagi beberapa menit lagi.",
		"WhatsApp refused the connection; it is tried again in some minutes.",
		"If it does not pass, look in the log for the reason code.",
	},
	StateClosed: {
		"Bot sedang dimatikan.",
		"The connection was closed by this program.",
		"Start the bot with: bestie run",
	},
	StateMuted: {
		"Data bot ini salinan dari tempat lain, jadi bot diam dulu.",
		"The data folder was copied or restored: the bot stays silent until a person vouches for it.",
		"If no other copy is running, type the last four digits of the business number: bestie confirm NNNN",
	},
}

// Indonesian is one sentence for the owner and the admins.
func (s State) Indonesian() string { return stateWords[s].indonesian }

// English is one sentence for logs and the command line.
func (s State) English() string { return stateWords[s].english }

// Hint tells the operator what to do.
func (s State) Hint() string { return stateWords[s].hint }

// Sends tells that messages may go out: only when online, which includes that
// the backlog of an outage has arrived (field guide, section 2).
func (s State) Sends() bool { return s == StateOnline }

// Permanent tells that this program will not reconnect by itself any more: a
// person has to act first.
func (s State) Permanent() bool {
	return s == StateLoggedOut || s == StateReplaced || s == StateOutdated
}

// waits tells that reconnecting is not allowed before Status.Until.
func (s State) waits() bool { return s == StateBanned || s == StateFailed }

// Status is the present state and what is known about it.
type Status struct {
	State  State
	Since  time.Time // by Options.Now
	Until  time.Time // end of a ban or of a back-off; zero: none, or WhatsApp did not say
	Detail string    // reason in a few words for the log, never a number or a text of a person
}

// Problem is the status as an error for the command line, or nil when the state
// is one of a healthy program.
func (s Status) Problem() *shop.Error {
	switch s.State {
	case StateConnecting, StateSyncing, StateOnline, StatePairing, StateClosed:
		return nil
	default:
		return &shop.Error{Code: string(s.State), Sentence: s.State.English(), Hint: s.State.Hint()}
	}
}
