package people

import (
	"slices"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
)

// Kind is what a message is made of.
type Kind string

// The kinds a person tells apart; what is none of them is Other.
const (
	Text     Kind = "text"
	Image    Kind = "image"
	Video    Kind = "video"
	Audio    Kind = "audio"
	Document Kind = "document"
	Sticker  Kind = "sticker"
	Location Kind = "location"
	Contact  Kind = "contact"
	Poll     Kind = "poll"
	Other    Kind = "other"

	Reaction Kind = "reaction" // of a Sign
	Edit     Kind = "edit"
	Revoke   Kind = "revoke"
	Protocol Kind = "protocol"
)

// Received is one content message that reached a person's device.
type Received struct {
	ID         string
	From       string // the sender's number; its LID while the number is hidden
	FromDevice uint16
	Chat       string // who is on the other side, also when Own; group ID in a group
	Own        bool   // sent by another device of the same account
	Kind       Kind
	Text       string    // text or caption
	FileName   string    // of a document
	QuotedID   string    // the message it replies to
	At         time.Time // the server's time stamp
}

// Sign is a message that is no content: a reaction, an edit, a revocation,
// anything the protocol says to itself.
type Sign struct {
	ID     string
	From   string
	Own    bool
	Kind   Kind
	Text   string // emoji or new text
	Target string // the message it is about
	At     time.Time
}

// ReceiptKind is how far a message has come.
type ReceiptKind string

// The receipts a sender sees: two grey ticks, two blue ticks, and the one that
// asks for the message again.
const (
	Delivered ReceiptKind = "delivered"
	Inactive  ReceiptKind = "inactive" // delivered to a device nobody has open
	Read      ReceiptKind = "read"
	Retry     ReceiptKind = "retry"
)

// Receipt is one device's word on a message of this person.
type Receipt struct {
	Kind ReceiptKind
	From string
	Own  bool // from another device of the same account
	At   time.Time
}

// Received lists the content messages so far, oldest first.
func (p *Person) Received() []Received {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.received)
}

// Signs lists reactions, edits, revocations and protocol messages so far.
func (p *Person) Signs() []Sign {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.signs)
}

// Receipts lists what came back for one message, in order.
func (p *Person) Receipts(messageID string) []Receipt {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.receipts[messageID])
}

// Typing is how often somebody was seen typing to this person.
func (p *Person) Typing() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.typing
}

// handle notes an event. It never fails: a person has no crash to survive.
func (p *Person) handle(evt any) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := evt.(type) {
	case *events.Connected:
		p.up = true
	case *events.Disconnected:
		p.up = false
	case *events.Message:
		p.note(e)
	case *events.Receipt:
		p.noteReceipt(e)
	case *events.ChatPresence:
		if e.State == types.ChatPresenceComposing {
			p.typing++
		}
	}
	p.changed()
	return true
}

func (p *Person) note(e *events.Message) {
	from, chat := p.who(e.Info.Sender, e.Info.SenderAlt), p.who(e.Info.Chat, e.Info.RecipientAlt)
	if e.Info.IsGroup {
		chat = e.Info.Chat.User
	} else if !e.Info.IsFromMe {
		chat = from
	}
	if s, ok := sign(e.Message); ok {
		s.ID, s.From, s.Own, s.At = e.Info.ID, from, e.Info.IsFromMe, e.Info.Timestamp
		p.signs = append(p.signs, s)
		return
	}
	r := read(e.Message)
	r.ID, r.From, r.FromDevice, r.Chat = e.Info.ID, from, e.Info.Sender.Device, chat
	r.Own, r.At = e.Info.IsFromMe, e.Info.Timestamp
	p.received = append(p.received, r)
	if m := media(e.Message); m != nil {
		if p.media == nil {
			p.media = map[string]whatsmeow.DownloadableMessage{}
		}
		p.media[r.ID] = m
	}
}

// who is the number behind an address, or the LID if nobody told the number.
func (p *Person) who(j, alt types.JID) string {
	for _, c := range []types.JID{j, alt} {
		if c.Server == types.DefaultUserServer {
			return c.User
		}
	}
	if pn := p.mem.alias(p.mem.pns, j, types.DefaultUserServer); !pn.IsEmpty() {
		return pn.User
	}
	return j.User
}

func (p *Person) noteReceipt(e *events.Receipt) {
	r := Receipt{From: p.who(e.Sender, e.SenderAlt), Own: e.IsFromMe, At: e.Timestamp}
	switch e.Type {
	case types.ReceiptTypeDelivered:
		r.Kind = Delivered
	case types.ReceiptTypeInactive:
		r.Kind = Inactive
	case types.ReceiptTypeRead:
		r.Kind = Read
	case types.ReceiptTypeRetry:
		r.Kind = Retry
	default:
		return // sender, self: our own devices' bookkeeping
	}
	if p.receipts == nil {
		p.receipts = map[string][]Receipt{}
	}
	for _, id := range e.MessageIDs {
		p.receipts[id] = append(p.receipts[id], r)
	}
}

// sign recognises what is no content.
func sign(m *waE2E.Message) (Sign, bool) {
	if r := m.GetReactionMessage(); r != nil {
		return Sign{Kind: Reaction, Text: r.GetText(), Target: r.GetKey().GetID()}, true
	}
	pm := m.GetProtocolMessage()
	if pm == nil {
		return Sign{}, false
	}
	s := Sign{Kind: Protocol, Target: pm.GetKey().GetID()}
	switch pm.GetType() {
	case waE2E.ProtocolMessage_REVOKE:
		s.Kind = Revoke
	case waE2E.ProtocolMessage_MESSAGE_EDIT:
		s.Kind, s.Text = Edit, read(pm.GetEditedMessage()).Text
	}
	return s, true
}
