// Package hostile makes messages that nobody should send: what broken apps, bored
// strangers and attackers may put into a chat, in named classes, each with what
// must become of it. The same classes are played as events and through the wire.
// Everything follows from a seed.
package hostile

import (
	"hash/fnv"
	"math/rand/v2"
	"time"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"google.golang.org/protobuf/proto"

	"bestie/shop"
)

// Reply is what a chat may get back for messages of a class.
type Reply int

// The replies. Whatever comes in a burst is one turn, and a turn gets at most one
// message; the loop guards bound them all.
const (
	Silence Reply = iota // nothing at all
	Any                  // an answer or a holding reply, at most one for a turn
	Once                 // one reply, however many come
)

// Class is one kind of malice.
type Class struct {
	Name    string
	Kinds   []shop.Kind // stored as one of these, nil: never
	Skipped []string    // skipped for one of these reasons, nil: never
	Refused bool        // by the library, which answers with an error code: there is no event
	Same    bool        // all of them are one message, sent again: one is stored
	Reply   Reply
	Says    string // part of the reply to a first message; "" when wordings differ
	Why     string // for docs/hostile-input.md

	content func(m *dice) *waE2E.Message
	info    func(m *dice, info *types.MessageInfo)    // as an event
	event   func(m *dice, info types.MessageInfo) any // as another event than a message
	stanza  func(m *dice, n *waBinary.Node)           // through the wire
	few     int                                       // at most so many through the wire; 0: any number
	wire    bool                                      // goes through the wire at all
}

// EventCount is how many of n messages of the class exist as events.
func (c *Class) EventCount(n int) int {
	if c.Refused {
		return 0
	}
	return n
}

// WireCount is how many of n messages of the class go through the wire.
func (c *Class) WireCount(n int) int {
	switch {
	case !c.wire:
		return 0
	case c.few > 0:
		return min(n, c.few)
	}
	return n
}

// dice makes the choices of one message: always the same for the same seed, class
// and number.
type dice struct {
	*rand.Rand
	i   int // the number of the message in its class
	now time.Time
	me  Self
}

// Self is who the messages are sent to.
type Self struct{ PN, LID types.JID }

func (c *Class) dice(seed uint64, i int) *dice {
	h := fnv.New64a()
	_, _ = h.Write([]byte(c.Name)) // never fails
	return &dice{Rand: rand.New(rand.NewPCG(seed, h.Sum64()+uint64(i))), i: i}
}

// one picks one of several.
func one[T any](m *dice, of ...T) T { return of[m.IntN(len(of))] }

// bytes are random ones.
func (m *dice) bytes(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(m.Uint32())
	}
	return b
}

// id is a message ID as WhatsApp's apps make them.
func (m *dice) id() string {
	const hex = "0123456789ABCDEF"
	b := []byte("3A")
	for range 18 {
		b = append(b, hex[m.IntN(16)])
	}
	return string(b)
}

// repeat cuts or repeats a piece to exactly n bytes.
func repeat(piece string, n int) string {
	b := make([]byte, 0, n+len(piece))
	for len(b) < n {
		b = append(b, piece...)
	}
	return string(b[:n])
}

func str(s string) *string { return proto.String(s) }

func text(s string) *waE2E.Message { return &waE2E.Message{Conversation: proto.String(s)} }

// Classes are all of them.
func Classes() []*Class {
	var all []*Class
	for _, theme := range [][]*Class{words(), shapes(), media(), about(), envelopes(), strangers()} {
		all = append(all, theme...)
	}
	return all
}
