package whatsapp

import (
	"maps"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.mau.fi/whatsmeow/proto/waCommon"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"bestie/shop"
)

var (
	rinaLID = types.JID{User: "123456789012345", Server: types.HiddenUserServer, Device: 3}
	rinaPN  = types.JID{User: "6281200000001", Server: types.DefaultUserServer, Device: 3}
	me      = self{
		pn:  types.JID{User: "628111000111", Server: types.DefaultUserServer, Device: 7},
		lid: types.JID{User: "999999999999999", Server: types.HiddenUserServer, Device: 7},
	}
	sentAt = time.Date(2026, 1, 5, 3, 0, 0, 0, time.UTC)
	rina   = shop.Address{LID: rinaLID.User, Phone: rinaPN.User}
)

// event is a message of Rina's as the library hands it over.
func event(m *waE2E.Message) *events.Message {
	evt := &events.Message{RawMessage: m, Info: types.MessageInfo{
		MessageSource: types.MessageSource{Chat: rinaLID.ToNonAD(), Sender: rinaLID, SenderAlt: rinaPN},
		ID:            "3EB0AA", PushName: "Rina", Timestamp: sentAt,
	}}
	return evt.UnwrapRaw()
}

// content normalises what Rina wrote.
func content(m *waE2E.Message) (shop.Incoming, string) {
	evt := event(m)
	return normalise(evt, envelope(&evt.Info, me, personOf(&evt.Info)))
}

func key(fromMe bool) *waCommon.MessageKey {
	return &waCommon.MessageKey{FromMe: proto.Bool(fromMe), ID: proto.String("TARGET")}
}

func future(m *waE2E.Message) *waE2E.FutureProofMessage { return &waE2E.FutureProofMessage{Message: m} }

func text(s string) *waE2E.Message { return &waE2E.Message{Conversation: proto.String(s)} }

// inboundRow is one row of the field guide's table "What came".
type inboundRow struct {
	in   *waE2E.Message
	want shop.Incoming // content only
}

func inboundRows() map[string]inboundRow {
	rows := map[string]inboundRow{}
	for _, theme := range []map[string]inboundRow{writtenRows(), aboutRows(), choiceRows(), placeRows(), pollRows()} {
		maps.Copy(rows, theme)
	}
	return rows
}

// quote is what a reply carries about the message it answers.
var quote = &waE2E.ContextInfo{
	StanzaID: s("QUOTED"), Participant: s("628@s.whatsapp.net"), QuotedMessage: text("x"), Expiration: proto.Uint32(86400),
}

func s(v string) *string { return &v }

// writtenRows are texts and media.
func writtenRows() map[string]inboundRow {
	child := func(m *waE2E.Message, kind waE2E.MessageAssociation_AssociationType) *waE2E.Message {
		m.MessageContextInfo = &waE2E.MessageContextInfo{MessageAssociation: &waE2E.MessageAssociation{
			AssociationType: &kind, ParentMessageKey: &waCommon.MessageKey{ID: s("ALBUM")},
		}}
		return m
	}
	return map[string]inboundRow{
		"text":          {text("halo"), shop.Incoming{Kind: shop.KindText, Text: "halo"}},
		"text extended": {&waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{Text: s("halo")}}, shop.Incoming{Kind: shop.KindText, Text: "halo"}},
		"reply": {
			&waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{Text: s("iya"), ContextInfo: quote}},
			shop.Incoming{Kind: shop.KindText, Text: "iya", QuotedID: "QUOTED", Expiry: 86400},
		},
		"passed on": {
			&waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{Text: s("promo on"), ContextInfo: &waE2E.ContextInfo{IsForwarded: proto.Bool(true)}}},
			shop.Incoming{Kind: shop.KindText, Text: "promo on", Forwarded: true},
		},
		"image":      {&waE2E.Message{ImageMessage: &waE2E.ImageMessage{Caption: s("bukti"), ContextInfo: quote}}, shop.Incoming{Kind: shop.KindImage, Text: "bukti", QuotedID: "QUOTED", Expiry: 86400}},
		"video":      {&waE2E.Message{VideoMessage: &waE2E.VideoMessage{Caption: s("unboxing")}}, shop.Incoming{Kind: shop.KindVideo, Text: "unboxing"}},
		"video note": {&waE2E.Message{PtvMessage: &waE2E.VideoMessage{}}, shop.Incoming{Kind: shop.KindVideo}},
		"document":   {&waE2E.Message{DocumentMessage: &waE2E.DocumentMessage{Caption: s("resi"), FileName: s("../resi.pdf")}}, shop.Incoming{Kind: shop.KindDocument, Text: "resi", FileName: "../resi.pdf"}},
		"document with caption": {
			&waE2E.Message{DocumentWithCaptionMessage: future(&waE2E.Message{DocumentMessage: &waE2E.DocumentMessage{Caption: s("resi")}})},
			shop.Incoming{Kind: shop.KindDocument, Text: "resi"},
		},
		"voice":        {&waE2E.Message{AudioMessage: &waE2E.AudioMessage{PTT: proto.Bool(true)}}, shop.Incoming{Kind: shop.KindVoice}},
		"audio":        {&waE2E.Message{AudioMessage: &waE2E.AudioMessage{}}, shop.Incoming{Kind: shop.KindAudio}},
		"music":        {&waE2E.Message{MusicMessage: &waE2E.MusicMessage{}}, shop.Incoming{Kind: shop.KindAudio}},
		"sticker":      {&waE2E.Message{StickerMessage: &waE2E.StickerMessage{}}, shop.Incoming{Kind: shop.KindSticker}},
		"sticker pack": {&waE2E.Message{StickerPackMessage: &waE2E.StickerPackMessage{Caption: s("lucu")}}, shop.Incoming{Kind: shop.KindSticker, Text: "lucu"}},
		"album":        {&waE2E.Message{AlbumMessage: &waE2E.AlbumMessage{ExpectedImageCount: proto.Uint32(2)}}, shop.Incoming{Kind: shop.KindAlbum}},
		"album child": {
			child(&waE2E.Message{ImageMessage: &waE2E.ImageMessage{}}, waE2E.MessageAssociation_MEDIA_ALBUM),
			shop.Incoming{Kind: shop.KindImage, AlbumID: "ALBUM"},
		},
		"wrapped album child": {
			child(&waE2E.Message{AssociatedChildMessage: future(&waE2E.Message{ImageMessage: &waE2E.ImageMessage{}})}, waE2E.MessageAssociation_HD_IMAGE_DUAL_UPLOAD),
			shop.Incoming{Kind: shop.KindImage, AlbumID: "ALBUM"},
		},
		"view once that came": {&waE2E.Message{ViewOnceMessageV2: future(&waE2E.Message{ImageMessage: &waE2E.ImageMessage{}})}, shop.Incoming{Kind: shop.KindImage}},
		"ephemeral":           {&waE2E.Message{EphemeralMessage: future(text("halo"))}, shop.Incoming{Kind: shop.KindText, Text: "halo"}},
	}
}

// aboutRows are about other messages or the chat.
func aboutRows() map[string]inboundRow {
	protocol := func(p *waE2E.ProtocolMessage) *waE2E.Message { return &waE2E.Message{ProtocolMessage: p} }
	return map[string]inboundRow{
		"timer": {
			protocol(&waE2E.ProtocolMessage{Type: waE2E.ProtocolMessage_EPHEMERAL_SETTING.Enum(), EphemeralExpiration: proto.Uint32(604800)}),
			shop.Incoming{Kind: shop.KindTimer, Expiry: 604800},
		},
		"edit": {&waE2E.Message{EditedMessage: future(protocol(&waE2E.ProtocolMessage{
			Type: waE2E.ProtocolMessage_MESSAGE_EDIT.Enum(), Key: key(true), EditedMessage: text("dua kotak"),
		}))}, shop.Incoming{Kind: shop.KindEdit, TargetID: "TARGET", Text: "dua kotak"}},
		"edit of a caption": {protocol(&waE2E.ProtocolMessage{
			Type: waE2E.ProtocolMessage_MESSAGE_EDIT.Enum(), Key: key(true), EditedMessage: &waE2E.Message{ImageMessage: &waE2E.ImageMessage{Caption: s("baru")}},
		}), shop.Incoming{Kind: shop.KindEdit, TargetID: "TARGET", Text: "baru"}},
		"revoke": {
			protocol(&waE2E.ProtocolMessage{Type: waE2E.ProtocolMessage_REVOKE.Enum(), Key: key(true)}),
			shop.Incoming{Kind: shop.KindRevoke, TargetID: "TARGET"},
		},
		"reaction":         {&waE2E.Message{ReactionMessage: &waE2E.ReactionMessage{Key: key(false), Text: s("👍")}}, shop.Incoming{Kind: shop.KindReaction, TargetID: "TARGET", Text: "👍"}},
		"reaction removed": {&waE2E.Message{ReactionMessage: &waE2E.ReactionMessage{Key: key(false), Text: s("")}}, shop.Incoming{Kind: shop.KindReaction, TargetID: "TARGET"}},
	}
}

// choiceRows are buttons, carts and the cards of other businesses.
func choiceRows() map[string]inboundRow {
	return map[string]inboundRow{
		"button":          {&waE2E.Message{ButtonsResponseMessage: &waE2E.ButtonsResponseMessage{SelectedButtonID: s("b1"), Response: &waE2E.ButtonsResponseMessage_SelectedDisplayText{SelectedDisplayText: "Pesan"}, ContextInfo: quote}}, shop.Incoming{Kind: shop.KindButton, Text: "Pesan", Detail: "b1", QuotedID: "QUOTED", Expiry: 86400}},
		"list":            {&waE2E.Message{ListResponseMessage: &waE2E.ListResponseMessage{Title: s("Bakso"), SingleSelectReply: &waE2E.ListResponseMessage_SingleSelectReply{SelectedRowID: s("r1")}}}, shop.Incoming{Kind: shop.KindButton, Text: "Bakso", Detail: "r1"}},
		"template button": {&waE2E.Message{TemplateButtonReplyMessage: &waE2E.TemplateButtonReplyMessage{SelectedID: s("t1"), SelectedDisplayText: s("Ya")}}, shop.Incoming{Kind: shop.KindButton, Text: "Ya", Detail: "t1"}},
		"interactive response": {&waE2E.Message{InteractiveResponseMessage: &waE2E.InteractiveResponseMessage{
			Body:                       &waE2E.InteractiveResponseMessage_Body{Text: s("Pilih")},
			InteractiveResponseMessage: &waE2E.InteractiveResponseMessage_NativeFlowResponseMessage_{NativeFlowResponseMessage: &waE2E.InteractiveResponseMessage_NativeFlowResponseMessage{ParamsJSON: s(`{"id":1}`)}},
		}}, shop.Incoming{Kind: shop.KindButton, Text: "Pilih", Detail: `{"id":1}`}},
		"cart": {
			&waE2E.Message{OrderMessage: &waE2E.OrderMessage{OrderID: s("O1"), Token: s("tok"), OrderTitle: s("Toko"), Message: s("tolong ya")}},
			shop.Incoming{Kind: shop.KindCart, Text: "Toko\ntolong ya", Detail: "O1"},
		},
		"product": {
			&waE2E.Message{ProductMessage: &waE2E.ProductMessage{Product: &waE2E.ProductMessage_ProductSnapshot{ProductID: s("P1"), Title: s("Bakso")}, Body: s("ada?")}},
			shop.Incoming{Kind: shop.KindProduct, Text: "Bakso\nada?", Detail: "P1"},
		},
		"card with buttons":  {&waE2E.Message{ButtonsMessage: &waE2E.ButtonsMessage{ContentText: s("Resi 1")}}, shop.Incoming{Kind: shop.KindText, Text: "Resi 1"}},
		"card with list":     {&waE2E.Message{ListMessage: &waE2E.ListMessage{Title: s("Menu"), Description: s("Pilih")}}, shop.Incoming{Kind: shop.KindText, Text: "Menu\nPilih"}},
		"card from template": {&waE2E.Message{TemplateMessage: &waE2E.TemplateMessage{HydratedTemplate: &waE2E.TemplateMessage_HydratedFourRowTemplate{HydratedContentText: s("Paket dikirim")}}}, shop.Incoming{Kind: shop.KindText, Text: "Paket dikirim"}},
		"interactive card":   {&waE2E.Message{InteractiveMessage: &waE2E.InteractiveMessage{Body: &waE2E.InteractiveMessage_Body{Text: s("Isi")}}}, shop.Incoming{Kind: shop.KindText, Text: "Isi"}},
		"comment":            {&waE2E.Message{CommentMessage: &waE2E.CommentMessage{Message: text("komentar")}}, shop.Incoming{Kind: shop.KindText, Text: "komentar"}},
	}
}

// placeRows are places, people and calls.
func placeRows() map[string]inboundRow {
	return map[string]inboundRow{
		"location": {
			&waE2E.Message{LocationMessage: &waE2E.LocationMessage{DegreesLatitude: proto.Float64(-6.2), DegreesLongitude: proto.Float64(106.816666), Name: s("Monas"), Address: s("Jakarta")}},
			shop.Incoming{Kind: shop.KindLocation, Text: "Monas\nJakarta", Detail: "-6.200000,106.816666"},
		},
		"live location": {
			&waE2E.Message{LiveLocationMessage: &waE2E.LiveLocationMessage{DegreesLatitude: proto.Float64(-6.2), DegreesLongitude: proto.Float64(106.8), Caption: s("di sini")}},
			shop.Incoming{Kind: shop.KindLocation, Text: "di sini", Detail: "-6.200000,106.800000"},
		},
		"nowhere":   {&waE2E.Message{LocationMessage: &waE2E.LocationMessage{DegreesLatitude: proto.Float64(math.NaN()), DegreesLongitude: proto.Float64(106)}}, shop.Incoming{Kind: shop.KindLocation}},
		"off Earth": {&waE2E.Message{LocationMessage: &waE2E.LocationMessage{DegreesLatitude: proto.Float64(91), DegreesLongitude: proto.Float64(1e308)}}, shop.Incoming{Kind: shop.KindLocation}},
		"contact":   {&waE2E.Message{ContactMessage: &waE2E.ContactMessage{DisplayName: s("Budi"), Vcard: s("BEGIN:VCARD")}}, shop.Incoming{Kind: shop.KindContact, Text: "Budi", Detail: "BEGIN:VCARD"}},
		"contacts": {
			&waE2E.Message{ContactsArrayMessage: &waE2E.ContactsArrayMessage{Contacts: []*waE2E.ContactMessage{{DisplayName: s("A"), Vcard: s("1")}, {DisplayName: s("B"), Vcard: s("2")}}}},
			shop.Incoming{Kind: shop.KindContact, Text: "A\nB", Detail: "1\n2"},
		},
		"call log":      {&waE2E.Message{CallLogMesssage: &waE2E.CallLogMessage{}}, shop.Incoming{Kind: shop.KindCall}},
		"call key":      {&waE2E.Message{Call: &waE2E.Call{}}, shop.Incoming{Kind: shop.KindCall}},
		"business call": {&waE2E.Message{BcallMessage: &waE2E.BCallMessage{}}, shop.Incoming{Kind: shop.KindCall}},
	}
}

func pollRows() map[string]inboundRow {
	poll := &waE2E.PollCreationMessage{Name: s("Rasa?"), Options: []*waE2E.PollCreationMessage_Option{{OptionName: s("pedas")}, {OptionName: s("asin")}}}
	polled := shop.Incoming{Kind: shop.KindPoll, Text: "Rasa?", Detail: "pedas\nasin"}
	opened, err := withVote(&waE2E.Message{PollUpdateMessage: &waE2E.PollUpdateMessage{PollCreationMessageKey: key(false)}},
		&waE2E.PollVoteMessage{SelectedOptions: [][]byte{{0xab}, {0x01}}})
	if err != nil {
		panic(err)
	}
	return map[string]inboundRow{
		"poll": {&waE2E.Message{PollCreationMessage: poll}, polled}, "poll 2": {&waE2E.Message{PollCreationMessageV2: poll}, polled},
		"poll 3": {&waE2E.Message{PollCreationMessageV3: poll}, polled}, "poll 5": {&waE2E.Message{PollCreationMessageV5: poll}, polled},
		"poll 6": {&waE2E.Message{PollCreationMessageV6: poll}, polled}, "poll 4": {&waE2E.Message{PollCreationMessageV4: future(&waE2E.Message{PollCreationMessage: poll})}, polled},
		"vote": {opened, shop.Incoming{Kind: shop.KindPollVote, TargetID: "TARGET", Detail: "ab,01"}},
		"sealed vote": {
			&waE2E.Message{PollUpdateMessage: &waE2E.PollUpdateMessage{PollCreationMessageKey: key(false), Vote: &waE2E.PollEncValue{EncIV: []byte{1}, EncPayload: []byte{1}}}},
			shop.Incoming{Kind: shop.KindPollVote, TargetID: "TARGET", Detail: voteUnreadable},
		},
	}
}

func TestNormalise(t *testing.T) {
	for name, row := range inboundRows() {
		t.Run(name, func(t *testing.T) {
			got, skip := content(row.in)
			if skip != "" {
				t.Fatalf("skipped: %s", skip)
			}
			if keepsRaw := len(got.Raw) > 0; keepsRaw != wantsRaw[got.Kind] {
				t.Errorf("raw kept: %v", keepsRaw)
			}
			want := row.want
			want.Account, want.Chat, want.ID, want.Device = me.pn.User, rina, "3EB0AA", 3
			want.PushName, want.SentAt, want.Raw = "Rina", sentAt, got.Raw
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// wantsRaw are the kinds with something behind them that is fetched later.
var wantsRaw = map[shop.Kind]bool{
	shop.KindImage: true, shop.KindVideo: true, shop.KindVoice: true, shop.KindAudio: true, shop.KindDocument: true,
	shop.KindSticker: true, shop.KindCart: true, shop.KindProduct: true,
}

// unknownOnPurpose are kinds of content that people can send but that we have no
// name for: they get the one generic answer.
var unknownOnPurpose = map[protoreflect.Name]bool{
	"highlyStructuredMessage": true, "sendPaymentMessage": true, "requestPaymentMessage": true,
	"declinePaymentRequestMessage": true, "cancelPaymentRequestMessage": true, "groupInviteMessage": true,
	"invoiceMessage": true, "paymentInviteMessage": true, "requestPhoneNumberMessage": true,
	"scheduledCallCreationMessage": true, "scheduledCallEditMessage": true, "eventMessage": true,
	"newsletterAdminInviteMessage": true, "secretEncryptedMessage": true, "richResponseMessage": true,
	"questionResponseMessage": true, "newsletterFollowerInviteMessageV2": true, "conditionalRevealMessage": true,
	"eventInviteMessage": true, "paymentReminderMessage": true, "splitPaymentMessage": true, "splitPaymentUpdateMessage": true,
}

// Every field that a message can have is decided about. A newer library brings
// new ones: this test says which.
func TestNormaliseKnowsEveryContent(t *testing.T) {
	tested := map[protoreflect.Name]bool{}
	for _, row := range inboundRows() {
		for m := row.in; m != nil; m = wrapped(m) {
			for _, name := range contentNames(m) {
				tested[name] = true
			}
		}
	}
	fields := (&waE2E.Message{}).ProtoReflect().Descriptor().Fields()
	for i := range fields.Len() {
		field := fields.Get(i)
		name := field.Name()
		m := &waE2E.Message{}
		if field.Message() != nil {
			m.ProtoReflect().Set(field, m.ProtoReflect().NewField(field))
		}
		switch {
		case wrappers[name]:
			box := future(text("di dalam"))
			m.ProtoReflect().Set(field, protoreflect.ValueOfMessage(box.ProtoReflect()))
			if got, skip := content(m); got.Text != "di dalam" || skip != "" {
				t.Errorf("%s: %q, skipped %q", name, got.Text, skip)
			}
		case silent[name]:
			if got, skip := content(m); skip == "" {
				t.Errorf("%s: stored as %s", name, got.Kind)
			}
		case unknownOnPurpose[name]:
			if got, skip := content(m); got.Kind != shop.KindUnknown || got.Detail != string(name) || skip != "" {
				t.Errorf("%s: %s %q, skipped %q", name, got.Kind, got.Detail, skip)
			}
		case !tested[name]:
			t.Errorf("nobody decided about %s", name)
		}
	}
}

func TestNotStored(t *testing.T) {
	protocol := func(kind waE2E.ProtocolMessage_Type, fromMe bool) *waE2E.Message {
		return &waE2E.Message{ProtocolMessage: &waE2E.ProtocolMessage{Type: kind.Enum(), Key: key(fromMe)}}
	}
	for want, m := range map[string]*waE2E.Message{
		"foreign edit":      protocol(waE2E.ProtocolMessage_MESSAGE_EDIT, false),
		"foreign revoke":    protocol(waE2E.ProtocolMessage_REVOKE, false),
		"protocol":          protocol(waE2E.ProtocolMessage_HISTORY_SYNC_NOTIFICATION, true),
		"empty":             {},
		"keepInChatMessage": {KeepInChatMessage: &waE2E.KeepInChatMessage{}},
	} {
		if got, skip := content(m); skip != want {
			t.Errorf("%s: %q, kind %q", want, skip, got.Kind)
		}
	}
	if _, skip := content(nil); skip != "empty" {
		t.Errorf("nil: %q", skip)
	}
}

// What is newer than the library is no silence: it is stored without a name.
func TestNormaliseNewerContent(t *testing.T) {
	m := &waE2E.Message{}
	m.ProtoReflect().SetUnknown(protowire.AppendVarint(protowire.AppendTag(nil, 9999, protowire.VarintType), 1))
	if got, skip := content(m); got.Kind != shop.KindUnknown || got.Detail != "newer" || skip != "" {
		t.Errorf("%s %q, skipped %q", got.Kind, got.Detail, skip)
	}
}
