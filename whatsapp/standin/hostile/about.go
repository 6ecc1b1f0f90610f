package hostile

import (
	"math"

	"google.golang.org/protobuf/proto"

	"go.mau.fi/whatsmeow/proto/waE2E"

	"bestie/shop"
)

// about are classes of messages about other messages, and of the protocol's own.
func about() []*Class {
	protocol := func(p *waE2E.ProtocolMessage) *waE2E.Message { return &waE2E.Message{ProtocolMessage: p} }
	return []*Class{
		{
			Name: "edits of the other side's messages", Why: "in a direct chat nobody changes what the other side wrote", Skipped: []string{"foreign edit"}, wire: true,
			content: func(m *dice) *waE2E.Message {
				key := target(m)
				key.FromMe = proto.Bool(false)
				return protocol(&waE2E.ProtocolMessage{Type: waE2E.ProtocolMessage_MESSAGE_EDIT.Enum(), Key: key, EditedMessage: text("Rp1")})
			},
		},
		{
			Name: "deletions of the other side's messages", Why: "as above", Skipped: []string{"foreign revoke"}, wire: true,
			content: func(m *dice) *waE2E.Message {
				key := target(m)
				key.FromMe, key.Participant = proto.Bool(false), str("628111000111@s.whatsapp.net")
				if m.IntN(3) == 0 {
					key = nil
				}
				return protocol(&waE2E.ProtocolMessage{Type: waE2E.ProtocolMessage_REVOKE.Enum(), Key: key})
			},
		},
		shown("edits of nothing", "kept, silent; looked up among the sender's own messages only", Silence, []shop.Kind{shop.KindEdit}, func(m *dice) *waE2E.Message {
			edited := one(m, text(repeat("promo on ", 70_000)), wrap(m, text("x"), 20), &waE2E.Message{}, nil,
				protocol(&waE2E.ProtocolMessage{Type: waE2E.ProtocolMessage_REVOKE.Enum(), Key: target(m)}))
			return protocol(&waE2E.ProtocolMessage{Type: waE2E.ProtocolMessage_MESSAGE_EDIT.Enum(), Key: target(m), EditedMessage: edited})
		}),
		shown("deletions of nothing", "as above", Silence, []shop.Kind{shop.KindRevoke}, func(m *dice) *waE2E.Message {
			return protocol(&waE2E.ProtocolMessage{Type: waE2E.ProtocolMessage_REVOKE.Enum(), Key: target(m)})
		}),
		shown("reactions", "kept, silent, whatever they say", Silence, []shop.Kind{shop.KindReaction}, func(m *dice) *waE2E.Message {
			return &waE2E.Message{ReactionMessage: &waE2E.ReactionMessage{
				Key: target(m), Text: str(one(m, "", "👍", repeat("STOP ", 30_000), "\xff\x00", "stop")), SenderTimestampMS: proto.Int64(math.MinInt64),
			}}
		}),
		shown("absurd timers", "beyond a year not believed", Silence, []shop.Kind{shop.KindTimer}, func(m *dice) *waE2E.Message {
			return protocol(&waE2E.ProtocolMessage{Type: waE2E.ProtocolMessage_EPHEMERAL_SETTING.Enum(), EphemeralExpiration: proto.Uint32(one(m, 1, uint32(math.MaxUint32)))})
		}),
		{
			Name: "protocol messages of strangers", Why: "keys, history and orders to our device count only from our own phone", Skipped: []string{"protocol"}, wire: true,
			content: orders,
		},
	}
}

// orders are protocol messages of every type but edit, deletion and timer.
func orders(m *dice) *waE2E.Message {
	p := &waE2E.ProtocolMessage{Key: target(m)}
	types := waE2E.ProtocolMessage_REVOKE.Descriptor().Values()
	for {
		kind := waE2E.ProtocolMessage_Type(types.Get(m.IntN(types.Len())).Number())
		if kind != waE2E.ProtocolMessage_REVOKE && kind != waE2E.ProtocolMessage_MESSAGE_EDIT && kind != waE2E.ProtocolMessage_EPHEMERAL_SETTING {
			p.Type = kind.Enum()
			break
		}
	}
	switch m.IntN(4) {
	case 0:
		p.HistorySyncNotification = &waE2E.HistorySyncNotification{DirectPath: str("//x"), FileLength: proto.Uint64(math.MaxUint64), MediaKey: m.bytes(1)}
	case 1:
		p.AppStateSyncKeyShare = &waE2E.AppStateSyncKeyShare{Keys: []*waE2E.AppStateSyncKey{nil, {}}}
	case 2:
		p.PeerDataOperationRequestResponseMessage = &waE2E.PeerDataOperationRequestResponseMessage{
			PeerDataOperationRequestType: waE2E.PeerDataOperationRequestType_PLACEHOLDER_MESSAGE_RESEND.Enum(),
			PeerDataOperationResult:      []*waE2E.PeerDataOperationRequestResponseMessage_PeerDataOperationResult{nil, {}},
		}
	}
	return &waE2E.Message{ProtocolMessage: p}
}
