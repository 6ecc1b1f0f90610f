package whatsapp

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
	"google.golang.org/protobuf/proto"

	"bestie/shop"
	"bestie/whatsapp/standin/hostile"
)

// kinds are all that may be stored of what a stranger sends.
var kinds = []shop.Kind{
	shop.KindText, shop.KindImage, shop.KindVideo, shop.KindVoice, shop.KindAudio, shop.KindDocument, shop.KindSticker,
	shop.KindLocation, shop.KindContact, shop.KindPoll, shop.KindPollVote, shop.KindReaction, shop.KindEdit, shop.KindRevoke,
	shop.KindButton, shop.KindCart, shop.KindProduct, shop.KindAlbum, shop.KindTimer, shop.KindCall, shop.KindUnknown,
}

// servers are where an address can lie.
var servers = []string{
	types.HiddenUserServer, types.DefaultUserServer, types.GroupServer, types.BroadcastServer, types.NewsletterServer,
	types.BotServer, types.HostedServer, types.HostedLIDServer, types.LegacyUserServer, types.MessengerServer, "x",
}

// FuzzInbound gives the normaliser any protobuf in any envelope, without the
// recover around it: no panic, and what is stored is a bounded, clean message of a
// known kind from one person.
func FuzzInbound(f *testing.F) {
	for _, class := range hostile.Classes() {
		for i := range 3 {
			evt, ok := class.Event(1, i, hostile.Self{PN: me.pn, LID: me.lid}, stranger(i), sentAt).(*events.Message)
			if !ok {
				continue
			}
			data, err := proto.Marshal(evt.RawMessage)
			if err != nil || len(data) > 10_000 {
				continue
			}
			f.Add(data, evt.Info.Sender.User, uint8(slices.Index(servers, evt.Info.Chat.Server)), evt.Info.ID, evt.Info.PushName, evt.Info.Timestamp.Unix(), uint8(i))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte, user string, server uint8, id, name string, at int64, flags uint8) {
		var m waE2E.Message
		if proto.Unmarshal(data, &m) != nil {
			return
		}
		jid := types.JID{User: user, Server: servers[int(server)%len(servers)], Device: uint16(flags)}
		info := types.MessageInfo{
			MessageSource: types.MessageSource{Chat: jid.ToNonAD(), Sender: jid, IsFromMe: flags&1 != 0, IsGroup: flags&2 != 0},
			ID:            id, PushName: name, Timestamp: time.Unix(at, 0),
		}
		if flags&4 != 0 {
			info.SenderAlt, info.RecipientAlt = rinaPN, rinaPN
		}
		if flags&8 != 0 {
			info.Category = "peer"
		}
		if flags&16 != 0 {
			info.Chat = me.lid.ToNonAD()
		}
		evt := (&events.Message{RawMessage: &m, Info: info}).UnwrapRaw()
		if skipReason(&evt.Info, me) != "" {
			return
		}
		in, skip := normalise(evt, envelope(&evt.Info, me, personOf(&evt.Info)))
		if skip != "" {
			return
		}
		if in = bounded(in, sentAt); info.IsGroup || info.Category == "peer" || flags&16 != 0 {
			t.Fatalf("stored: %+v", in)
		}
		if problem := unfit(in); problem != "" {
			t.Fatalf("%s: %+v", problem, in)
		}
	})
}

// unfit is what is wrong with a message that is to be stored, or "".
func unfit(in shop.Incoming) string {
	for what, s := range map[string]string{
		"text": in.Text, "detail": in.Detail, "file name": in.FileName, "push name": in.PushName, "verified name": in.VerifiedName,
	} {
		if !utf8.ValidString(s) || strings.ContainsAny(s, "\x00\x1b\u202e") {
			return what + " is not clean"
		}
	}
	switch {
	case !slices.Contains(kinds, in.Kind):
		return "unknown kind"
	case !validID(in.ID) || len(in.QuotedID)+len(in.TargetID)+len(in.AlbumID) > 3*maxID:
		return "ID"
	case in.Chat.IsZero() || strings.Trim(in.Chat.LID+in.Chat.Phone, "0123456789") != "":
		return "address"
	case len(in.Text) > maxText || len(in.Detail) > maxDetail || len(in.Raw) > maxRaw:
		return "too long"
	case len(in.FileName) > maxName || len(in.PushName) > maxName || strings.ContainsAny(in.FileName, "/\\\n") || strings.ContainsRune(in.PushName, '\n'):
		return "name"
	case in.SentAt.After(sentAt) || in.SentAt.UnixMilli() < 0 || in.Expiry > maxExpiry:
		return "date"
	}
	return ""
}

var (
	leakedNumber = regexp.MustCompile(`[0-9A-Za-z]*[0-9]{8,}[0-9A-Za-z]*`)
	leakedName   = regexp.MustCompile(`\b(notify|name)="[^"…]`)
)

// FuzzRedact: whatever a library says, no number of eight digits or more and no
// quoted push name stays, but in message IDs.
func FuzzRedact(f *testing.F) {
	for _, seed := range []string{
		"sending to 6281234567789@s.whatsapp.net", "LID 123456789012345:3@lid", "session with 123456789012345_1:0", `notify="Rina"`,
		"kontak6281234567890x", "3EB0123456789012AB", `name="a\"b" 123456789`, "12345678123456781234567812345678", strings.Repeat("9", 2000),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		clean := redact(s)
		for _, token := range leakedNumber.FindAllString(clean, -1) {
			if !messageID.MatchString(token) || strings.Trim(token, "0123456789") == "" {
				t.Fatalf("%q became %q: %q is whole", s, clean, token)
			}
		}
		if leakedName.MatchString(clean) {
			t.Fatalf("%q became %q", s, clean)
		}
		if len(clean) > maxSentence+len(s) {
			t.Fatalf("%d bytes became %d", len(s), len(clean))
		}
	})
}

// FuzzAssertion: whatever is pasted is an answer with all its parts or a mistake
// that a person can read.
func FuzzAssertion(f *testing.F) {
	f.Add([]byte(`{"rawId":"AQ","response":{"clientDataJSON":"AQ","authenticatorData":"AQ","signature":"AQ"}}`))
	f.Add([]byte(`{"rawId":null}`))
	f.Add([]byte(strings.Repeat("[", 1000)))
	f.Fuzz(func(t *testing.T, pasted []byte) {
		answer, err := parseAssertion(pasted)
		var known *shop.Error
		if err != nil && (!errors.As(err, &known) || known.Sentence == "" || known.Hint == "") {
			t.Fatalf("%v", fmt.Errorf("no sentence: %w", err))
		}
		if err == nil && (len(answer.RawID) == 0 || len(answer.Response.Signature) == 0) {
			t.Fatalf("taken: %+v", answer)
		}
	})
}
