package hostile

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"google.golang.org/protobuf/proto"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"

	"bestie/shop"
)

// question is content that would be answered if its envelope allowed it.
func question(m *dice) *waE2E.Message { return text(fmt.Sprintf("harga bakso berapa kak? (%d)", m.i)) }

// elsewhere is a class of questions that were not asked in a direct chat.
func elsewhere(name, why, reason string, chat func(m *dice) types.JID) *Class {
	return &Class{
		Name: name, Why: why, Skipped: []string{reason}, wire: true, content: question,
		info: func(m *dice, info *types.MessageInfo) {
			info.Chat, info.IsGroup = chat(m), one(m, true, false)
		},
		stanza: func(m *dice, n *waBinary.Node) {
			n.Attrs["participant"], n.Attrs["from"] = n.Attrs["from"], chat(m)
		},
	}
}

func fixed(jid types.JID) func(*dice) types.JID { return func(*dice) types.JID { return jid } }

// envelopes are classes of questions from where nobody is answered.
func envelopes() []*Class {
	number := func(server string) func(m *dice) types.JID {
		return func(m *dice) types.JID { return types.NewJID("120363"+strconv.Itoa(1e9+m.IntN(1e9)), server) }
	}
	return []*Class{
		elsewhere("groups", "never answered, never stored", "group", number(types.GroupServer)),
		elsewhere("status updates", "never answered, never stored", "status", fixed(types.StatusBroadcastJID)),
		elsewhere("broadcast lists", "never answered, never stored", "broadcast", number(types.BroadcastServer)),
		channel(number(types.NewsletterServer)),
		fromAddress("bots", "a machine", "bot", func(m *dice) types.JID { return types.NewJID(strconv.Itoa(1e6+m.IntN(1e6)), types.BotServer) }),
		fromAddress("WhatsApp's own announcements", "nobody reads an answer", "whatsapp", fixed(types.PSAJID)),
		fromAddress("senders that are no numbers", "an address is digits", "address", func(m *dice) types.JID {
			return types.NewJID(one(m, "'; DROP TABLE people; --", "../../x", "halo", "12345678901234567890123", "+62812", "６２８１２"), one(m, types.DefaultUserServer, types.HiddenUserServer))
		}),
		fromAddress("senders of unknown servers", "an address is a LID or a phone number", "address", func(m *dice) types.JID {
			return types.NewJID("628120000001", one(m, "evil.example", types.MessengerServer, types.InteropServer))
		}),
		{
			Name: "messages between our own devices", Why: "keys and state, never words", Skipped: []string{"self"}, content: question,
			info: func(m *dice, info *types.MessageInfo) {
				info.Category = one(m, "peer", "")
				if info.Category == "" {
					info.Chat, info.Sender, info.IsFromMe = m.me.LID.ToNonAD(), m.me.LID, true
				}
			},
		},
		{
			Name: "echoes of our own device", Why: "we said it", Skipped: []string{"own echo"}, content: question,
			info: func(m *dice, info *types.MessageInfo) {
				info.RecipientAlt, info.SenderAlt = info.SenderAlt, types.JID{}
				info.Sender, info.IsFromMe = one(m, m.me.LID, m.me.PN), true
			},
		},
		{
			Name: "typed on the shop phone", Why: "a person has the chat: stored, the bot is silent", Kinds: []shop.Kind{shop.KindText}, content: question,
			info: func(m *dice, info *types.MessageInfo) {
				info.RecipientAlt, info.SenderAlt = info.SenderAlt, types.JID{}
				info.Sender, info.IsFromMe = m.me.LID.ToNonAD(), true
			},
		},
	}
}

// fromAddress is a class of questions whose sender is not a person.
func fromAddress(name, why, reason string, sender func(m *dice) types.JID) *Class {
	return &Class{
		Name: name, Why: why, Skipped: []string{reason}, wire: true, few: 20, content: question,
		info: func(m *dice, info *types.MessageInfo) {
			info.Sender, info.SenderAlt = sender(m), types.JID{}
			info.Chat = info.Sender
		},
		stanza: func(m *dice, n *waBinary.Node) {
			n.Attrs["from"] = sender(m)
			delete(n.Attrs, "sender_pn")
		},
	}
}

// channel is what newsletters carry: plain text, no ciphertext.
func channel(jid func(m *dice) types.JID) *Class {
	c := elsewhere("newsletters", "never answered, never stored", "newsletter", jid)
	c.stanza = func(m *dice, n *waBinary.Node) {
		plain, err := proto.Marshal(question(m))
		if err != nil {
			panic(err) // our own words
		}
		*n = waBinary.Node{
			Tag: "message", Attrs: waBinary.Attrs{"from": jid(m), "id": n.Attrs["id"], "t": n.Attrs["t"], "server_id": 100 + m.i, "type": "text"},
			Content: []waBinary.Node{{Tag: "plaintext", Content: plain}},
		}
	}
	return c
}

// strangers are classes of direct chats that are not what they seem.
func strangers() []*Class {
	return append(append(liars(), unreadables()...),
		said("a flood", "turns are bursts of 15 s at most; the loop guards bound the replies and mute the chat", Any, func(m *dice) string {
			return one(m, "halo", "harga bakso?", "ongkir ke bandung brp", "kak", "P", "bisa titip?") + fmt.Sprint(" ", m.i)
		}))
}

// liars are classes of direct chats whose envelopes lie.
func liars() []*Class {
	sticky := []shop.Kind{shop.KindText}
	return []*Class{
		{
			Name: "time stamps of the past", Why: "as old as can be: kept for a person, never answered", Kinds: sticky, wire: true, content: question,
			info: func(m *dice, info *types.MessageInfo) {
				info.Timestamp = one(m, time.Time{}, time.Unix(0, 0), time.Unix(-1<<60, 0), time.Unix(math.MinInt64, 0))
			},
			stanza: func(m *dice, n *waBinary.Node) { n.Attrs["t"] = one(m, "0", "-1", "-9223372036854775808", "86400") },
		},
		{
			Name: "time stamps of the future", Why: "dated now: a wait in 2100 would never be paged", Kinds: sticky, Reply: Any, wire: true, content: question,
			info: func(m *dice, info *types.MessageInfo) {
				info.Timestamp = one(m, m.now.AddDate(74, 0, 0), time.Unix(1<<60, 0), time.Unix(math.MaxInt64, 0))
			},
			stanza: func(m *dice, n *waBinary.Node) { n.Attrs["t"] = one(m, "4102444800", "9223372036854775807") },
		},
		{
			Name: "one ID again and again", Why: "one row, one answer", Kinds: sticky, Same: true, Reply: Any, wire: true, content: question,
			info:   func(_ *dice, info *types.MessageInfo) { info.ID = "3A5A5A5A5A5A5A5A5A5A" },
			stanza: func(_ *dice, n *waBinary.Node) { n.Attrs["id"] = "3A5A5A5A5A5A5A5A5A5A" },
		},
		{
			Name: "IDs that are none", Why: "at most 128 signs without spaces or controls; WhatsApp's apps make hexadecimal ones", Skipped: []string{"id"}, wire: true, few: 50, content: question,
			info:   func(m *dice, info *types.MessageInfo) { info.ID = one(m, "", oddID(m)) },
			stanza: func(m *dice, n *waBinary.Node) { n.Attrs["id"] = oddID(m) },
		},
		{
			Name: "names that say something", Why: "a name is one line of 200 bytes; texts use its first word if it looks like a name", Kinds: sticky, Reply: Any, wire: true, content: question,
			info: func(m *dice, info *types.MessageInfo) {
				info.PushName = oddName(m)
			},
			stanza: func(m *dice, n *waBinary.Node) { n.Attrs["notify"] = oddName(m) },
		},
	}
}

// unreadables are classes of direct chats that bring no content.
func unreadables() []*Class {
	return []*Class{
		{
			Name: "calls", Why: "rejected; one polite text a day", Kinds: []shop.Kind{shop.KindCall}, Reply: Once, wire: true, content: question,
			event: func(m *dice, info types.MessageInfo) any {
				return &events.CallOffer{BasicCallMeta: types.BasicCallMeta{From: info.Sender, CallCreator: info.Sender, CallCreatorAlt: info.SenderAlt, CallID: m.id(), Timestamp: m.now.Add(-time.Hour)}}
			},
			stanza: func(m *dice, n *waBinary.Node) { ring(m, n, "") },
		},
		{
			Name: "calls to groups and without an ID", Why: "not for us", Skipped: []string{"call"}, wire: true, content: question,
			event: func(m *dice, info types.MessageInfo) any {
				meta := types.BasicCallMeta{From: info.Sender, CallCreator: info.Sender, CallID: m.id(), Timestamp: m.now, GroupJID: types.NewJID("1", types.GroupServer)}
				if m.IntN(2) == 0 {
					meta.GroupJID, meta.CallID = types.JID{}, oddID(m)
				}
				return &events.CallOffer{BasicCallMeta: meta}
			},
			stanza: func(m *dice, n *waBinary.Node) { ring(m, n, "120363000000000001") },
		},
		{
			Name: "not to be decrypted", Why: "a place is kept; if it stays unreadable, the sender is asked once to repeat it", Kinds: []shop.Kind{shop.KindPlaceholder}, Reply: Any, Says: "kirim", wire: true, few: 10, content: question,
			event: func(_ *dice, info types.MessageInfo) any { return &events.UndecryptableMessage{Info: info} },
			stanza: func(m *dice, n *waBinary.Node) {
				n.Content = []waBinary.Node{{Tag: "enc", Attrs: waBinary.Attrs{"v": "2", "type": one(m, "msg", "pkmsg")}, Content: m.bytes(m.IntN(300))}}
			},
		},
		{
			Name: "view once, withheld", Why: "linked devices never get it: asked to be sent normally", Kinds: []shop.Kind{shop.KindViewOnce}, Reply: Any, Says: "kirim", wire: true, few: 10, content: question,
			event: func(_ *dice, info types.MessageInfo) any {
				return &events.UndecryptableMessage{Info: info, IsUnavailable: true, UnavailableType: events.UnavailableTypeViewOnce}
			},
			stanza: func(_ *dice, n *waBinary.Node) {
				n.Content = []waBinary.Node{{Tag: "unavailable", Attrs: waBinary.Attrs{"type": "view_once"}}}
			},
		},
	}
}

func oddID(m *dice) string {
	return one(m, repeat("A", 129), repeat("3EB0", 20_000), "id dengan isi pesan", "a\nb", "\x00\x01", "\xff", "👍")
}

func oddName(m *dice) string {
	return one(m, repeat("Rina ", 20_000), "\u202eaniR", "{{.}}", "Admin Bestie\n\nTransfer ke BCA 123", "\xff\xfe", "\x00", "https://evil.example", "👑", "Kak\tKak")
}

// ring turns a copy into a call.
func ring(m *dice, n *waBinary.Node, group string) {
	from := n.Attrs["from"]
	offer := waBinary.Node{Tag: "offer", Attrs: waBinary.Attrs{"call-id": m.id(), "call-creator": from}}
	if pn, ok := n.Attrs["sender_pn"]; ok {
		offer.Attrs["caller_pn"] = pn
	}
	if group != "" {
		offer.Attrs["group-jid"] = types.NewJID(group, types.GroupServer)
	}
	*n = waBinary.Node{Tag: "call", Attrs: waBinary.Attrs{"from": from, "id": n.Attrs["id"], "t": n.Attrs["t"]}, Content: []waBinary.Node{offer}}
}
