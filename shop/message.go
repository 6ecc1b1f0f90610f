package shop

import (
	"strings"
	"time"
)

// Kind says what a message is made of. The adapter sets it once; everything
// after it decides by Kind, never by WhatsApp's own types.
type Kind string

// The kinds of message that can reach us.
const (
	KindText        Kind = "text"
	KindImage       Kind = "image"
	KindVideo       Kind = "video"
	KindVoice       Kind = "voice"
	KindAudio       Kind = "audio"
	KindDocument    Kind = "document"
	KindSticker     Kind = "sticker"
	KindLocation    Kind = "location"
	KindContact     Kind = "contact"
	KindPoll        Kind = "poll"
	KindPollVote    Kind = "poll_vote"
	KindReaction    Kind = "reaction"
	KindEdit        Kind = "edit"
	KindRevoke      Kind = "revoke"
	KindButton      Kind = "button"      // a pressed button or a chosen list row; Text holds its visible title
	KindCart        Kind = "cart"        // an order made in the WhatsApp catalogue
	KindProduct     Kind = "product"     // a catalogue item a customer asks about
	KindAlbum       Kind = "album"       // announces several media that follow
	KindViewOnce    Kind = "view_once"   // not delivered to linked devices: ask to send it again
	KindTimer       Kind = "timer"       // the chat's disappearing-message timer changed
	KindCall        Kind = "call"        // a missed or rejected call
	KindPlaceholder Kind = "placeholder" // could not be decrypted yet; the real one follows under the same ID
	KindUnknown     Kind = "unknown"     // something newer than this program
	KindQuarantine  Kind = "quarantine"  // could not be parsed; Raw holds what came
)

// Address is how WhatsApp reaches one person: the hidden ID (LID) first, the
// phone number as an attribute that may be absent (field guide, section 0,
// rule 7). Both are digits only, without server or device part; a group's LID is its
// whole address.
type Address struct {
	LID   string
	Phone string
}

// GroupSuffix ends the address of a WhatsApp group, "120363…@g.us", which stands in the
// place of a LID. Only a division can have one: the bot writes there what it passes on,
// and hears nothing there but answers to that.
const GroupSuffix = "@g.us"

// IsGroup tells that the address is a group's.
func (a Address) IsGroup() bool { return strings.HasSuffix(a.LID, GroupSuffix) }

// Key is the canonical text form of an address, "lid:…" or, while the LID is
// not known, "pn:…".
func (a Address) Key() string {
	if a.LID != "" {
		return "lid:" + a.LID
	}
	return "pn:" + a.Phone
}

// IsZero tells that the address names nobody.
func (a Address) IsZero() bool { return a.LID == "" && a.Phone == "" }

// Incoming is one message as the adapter normalised it: always a direct chat
// with one person; groups, status, channels and bots never get this far.
type Incoming struct {
	Account string  // our own number, digits
	Chat    Address // the person on the other side, also when FromMe
	ID      string  // chosen by the sender: unique only together with Account, Chat and FromMe
	FromMe  bool    // typed by our staff on the shop phone or another linked device
	Device  uint16  // the sender's device; 0 is the phone itself

	PushName     string // chosen by the sender: for display only
	VerifiedName string // set for business senders

	Kind      Kind
	Text      string // text, caption, button title or emoji of a reaction
	FileName  string // of a document, as the sender claims
	QuotedID  string // the message this one replies to, by the sender's claim
	TargetID  string // the message an edit, revoke, reaction or vote is about
	AlbumID   string // the album this medium belongs to
	Forwarded bool   // somebody else's words, passed on
	Expiry    uint32 // disappearing-message timer of the chat in seconds, 0 if off or unknown
	Detail    string // kind-specific: option hashes of a vote, cart ID, vCard, coordinates

	SentAt time.Time // WhatsApp's own time stamp: may be days old after an outage
	Raw    []byte    // the protobuf of media, catalogue and quarantined messages, else nil
}

// ReceiptKind is how far an outgoing message has come at the recipient.
type ReceiptKind string

// Receipts only ever move a message forward: sent, delivered, read.
const (
	ReceiptDelivered ReceiptKind = "delivered"
	ReceiptRead      ReceiptKind = "read"
)

// Receipt reports progress of messages we sent.
type Receipt struct {
	Kind       ReceiptKind
	MessageIDs []string
	At         time.Time
}

// Outgoing is one message on its way to the adapter. ID is committed to the
// outbox before the first try and is the same on every further try.
type Outgoing struct {
	ID     string
	To     Address
	Text   string // the text, or the caption when File is set
	File   *File
	Quote  *Quote
	Expiry uint32 // disappearing-message timer of the chat in seconds
}

// FileKind says how a file is shown in the chat.
type FileKind string

// Files the adapter can send.
const (
	FileImage    FileKind = "image"
	FileDocument FileKind = "document"
)

// File is a picture or a document to send.
type File struct {
	Kind FileKind
	Name string // shown to the recipient of a document
	MIME string
	Path string // on our own disk
}

// Quote makes a message a reply to an earlier one.
type Quote struct {
	MessageID string
	FromMe    bool // the quoted message was ours
	Text      string
}

// Mute kinds are only kept: they ask for nothing, so they start no clock and get
// no answer (domain facts, section 1; field guide, section 3).
func (k Kind) Mute() bool {
	switch k {
	case KindSticker, KindReaction, KindPollVote, KindEdit, KindRevoke, KindTimer, KindAlbum:
		return true
	}
	return false
}

// Content tells whether a message of this kind says something to the other side:
// typed on the shop phone it is an answer, and the chat is taken over.
func (k Kind) Content() bool {
	switch k {
	case KindCall, KindPlaceholder, KindQuarantine, KindUnknown, KindPoll:
		return false
	}
	return !k.Mute()
}
