package hostile

import (
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"go.mau.fi/whatsmeow/proto/waE2E"

	"bestie/shop"
)

// shapes are classes of messages that are built wrongly, or of something new.
func shapes() []*Class { return append(wrongly(), anew()...) }

// wrongly are classes of messages that are built wrongly.
func wrongly() []*Class {
	return []*Class{
		{
			Name: "wrappers in wrappers", Why: "a few levels are opened, 100 are not: one generic answer",
			Kinds: []shop.Kind{shop.KindText, shop.KindUnknown}, Reply: Any, wire: true,
			content: func(m *dice) *waE2E.Message { return wrap(m, text("halo kak"), one(m, 1, 2, 3, 4, 5, 8, 16, 100)) },
		},
		{
			Name: "empty wrappers", Why: "nothing in it", Skipped: []string{"empty"}, Kinds: []shop.Kind{shop.KindUnknown}, Reply: Any, wire: true,
			content: func(m *dice) *waE2E.Message { return wrap(m, &waE2E.Message{}, 1+m.IntN(6)) },
		},
		{
			Name: "sent by a device of a stranger", Why: "who sent it says the envelope, never the content",
			Kinds: []shop.Kind{shop.KindText}, Reply: Any, wire: true,
			content: func(m *dice) *waE2E.Message {
				return &waE2E.Message{DeviceSentMessage: &waE2E.DeviceSentMessage{
					DestinationJID: str(one(m, "628111000111@s.whatsapp.net", "", "\x00@lid", "status@broadcast")), Message: text("promo on"),
				}}
			},
		},
		{
			Name: "nothing", Why: "no content at all", Skipped: []string{"empty"}, wire: true,
			content: func(*dice) *waE2E.Message { return &waE2E.Message{} },
		},
		{
			Name: "broken protobuf", Why: "encrypted rightly around bytes that are no message", Refused: true, wire: true,
			content: func(m *dice) *waE2E.Message {
				broken := text("halo")
				broken.ProtoReflect().SetUnknown(one(m, []byte{0xff}, []byte{0x0a, 0xff, 0xff, 0xff, 0x7f}, append([]byte{0xf2, 0xff, 0xff, 0xff, 0xff, 0xff}, m.bytes(100)...)))
				return broken
			},
		},
	}
}

// anew are classes of messages whose content has no name here.
func anew() []*Class {
	return []*Class{
		{
			Name: "newer than the library", Why: "somebody sent something: one generic answer, never silence",
			Kinds: []shop.Kind{shop.KindUnknown}, Reply: Any, Says: "kirimannya", wire: true,
			content: func(m *dice) *waE2E.Message {
				newer := &waE2E.Message{}
				b := protowire.AppendTag(nil, protowire.Number(5000+m.IntN(1000)), protowire.BytesType)
				newer.ProtoReflect().SetUnknown(protowire.AppendBytes(b, m.bytes(m.IntN(2000))))
				return newer
			},
		},
		{
			Name: "content without a name here", Why: "one generic answer, the type in the row",
			Kinds: []shop.Kind{shop.KindUnknown}, Reply: Any, Says: "kirimannya", wire: true,
			content: func(m *dice) *waE2E.Message {
				return one(m,
					&waE2E.Message{GroupInviteMessage: &waE2E.GroupInviteMessage{GroupName: str(repeat("grup ", 5000)), InviteCode: str("x")}},
					&waE2E.Message{SendPaymentMessage: &waE2E.SendPaymentMessage{NoteMessage: text("Rp1")}},
					&waE2E.Message{InvoiceMessage: &waE2E.InvoiceMessage{Note: str("\xff"), Token: str("../..")}},
					&waE2E.Message{EventMessage: &waE2E.EventMessage{Name: str("x"), StartTime: proto.Int64(-1 << 62)}},
					&waE2E.Message{SecretEncryptedMessage: &waE2E.SecretEncryptedMessage{}},
					&waE2E.Message{SecretEncryptedMessage: &waE2E.SecretEncryptedMessage{
						SecretEncType: waE2E.SecretEncryptedMessage_MESSAGE_EDIT.Enum(), EncIV: m.bytes(m.IntN(20)), EncPayload: m.bytes(40),
					}},
				)
			},
		},
		{
			Name: "housekeeping", Why: "apps talk to each other; nobody wrote anything", wire: true,
			Skipped: []string{"senderKeyDistributionMessage", "keepInChatMessage", "pinInChatMessage", "encReactionMessage", "placeholderMessage", "chat", "deviceSentMessage"},
			content: housekeeping,
		},
		{
			Name: "bombs in the context", Why: "quotes are not read, forwarding is noted, timers beyond a year are not believed",
			Kinds: []shop.Kind{shop.KindText}, Reply: Any, wire: true,
			content: func(m *dice) *waE2E.Message {
				c := &waE2E.ContextInfo{
					StanzaID: str(one(m, "", "x\n\x00", repeat("A", 10_000), "3EB0")), Participant: str("bukan alamat"),
					QuotedMessage: wrap(m, text(repeat("promo on ", 3000)), 50), IsForwarded: proto.Bool(true),
					ForwardingScore: proto.Uint32(1 << 31), Expiration: proto.Uint32(m.Uint32()),
				}
				for range m.IntN(500) {
					c.MentionedJID = append(c.MentionedJID, "628111000111@s.whatsapp.net")
				}
				return &waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{Text: str("titip bingkisan kak"), ContextInfo: c}}
			},
		},
	}
}

// wrap puts a message into n wrappers of all kinds.
func wrap(m *dice, inner *waE2E.Message, n int) *waE2E.Message {
	names := []protoreflect.Name{
		"ephemeralMessage", "viewOnceMessage", "viewOnceMessageV2", "documentWithCaptionMessage", "editedMessage",
		"groupMentionedMessage", "botInvokeMessage", "associatedChildMessage", "lottieStickerMessage",
	}
	for range n {
		outer := &waE2E.Message{}
		field := outer.ProtoReflect().Descriptor().Fields().ByName(one(m, names...))
		outer.ProtoReflect().Set(field, protoreflect.ValueOfMessage((&waE2E.FutureProofMessage{Message: inner}).ProtoReflect()))
		inner = outer
	}
	return inner
}

func housekeeping(m *dice) *waE2E.Message {
	return one(m,
		&waE2E.Message{SenderKeyDistributionMessage: &waE2E.SenderKeyDistributionMessage{
			GroupID: str("status@broadcast"), AxolotlSenderKeyDistributionMessage: m.bytes(40),
		}},
		&waE2E.Message{KeepInChatMessage: &waE2E.KeepInChatMessage{}},
		&waE2E.Message{PinInChatMessage: &waE2E.PinInChatMessage{}},
		&waE2E.Message{EncReactionMessage: &waE2E.EncReactionMessage{EncIV: m.bytes(m.IntN(20)), EncPayload: m.bytes(20)}},
		&waE2E.Message{PlaceholderMessage: &waE2E.PlaceholderMessage{}},
		&waE2E.Message{Chat: &waE2E.Chat{DisplayName: str("x")}},
		&waE2E.Message{DeviceSentMessage: &waE2E.DeviceSentMessage{}},
	)
}
