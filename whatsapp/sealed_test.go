package whatsapp

import (
	"context"
	"testing"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waAdv"
	"go.mau.fi/whatsmeow/proto/waCommon"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"google.golang.org/protobuf/proto"

	"bestie/shop"
)

// sealer is Rina's own client, as far as sealing goes; both sides know the
// secret of the message TARGET that everything here is about.
type sealer struct {
	t    *testing.T
	c    *Client
	hers *whatsmeow.Client
}

func newSealer(t *testing.T) sealer {
	t.Helper()
	c, _, _ := offline(t)
	other, _, _ := offline(t)
	ours := types.JID{User: me.lid.User, Server: types.HiddenUserServer}
	secret := make([]byte, 32)
	identify(t, c, me.pn, me.lid)
	identify(t, other, rinaPN, rinaLID)
	for client, chat := range map[*Client]types.JID{c: rinaLID.ToNonAD(), other: ours} {
		for _, author := range []types.JID{ours, rinaLID.ToNonAD()} {
			if err := client.wa.Store.MsgSecrets.PutMessageSecret(context.Background(), chat, author, "TARGET", secret); err != nil {
				t.Fatal(err)
			}
		}
	}
	return sealer{t, c, other.wa}
}

func identify(t *testing.T, c *Client, pn, lid types.JID) {
	t.Helper()
	device := c.wa.Store
	device.ID, device.LID, device.PushName = &pn, lid, "x"
	device.Account = &waAdv.ADVSignedDeviceIdentity{
		Details: []byte{1}, AccountSignature: make([]byte, 64), AccountSignatureKey: make([]byte, 32), DeviceSignature: make([]byte, 64),
	}
	if err := device.Save(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// target is the key of our message, as she names it, or of her own.
func (s sealer) target(hers bool) *waCommon.MessageKey {
	return &waCommon.MessageKey{
		FromMe: proto.Bool(hers), ID: proto.String("TARGET"), RemoteJID: proto.String(me.lid.ToNonAD().String()),
	}
}

func (s sealer) open(m *waE2E.Message) (shop.Incoming, string) {
	s.t.Helper()
	evt := event(m)
	s.c.unseal(evt)
	return normalise(evt, envelope(&evt.Info, me, rina))
}

func (s sealer) seal(use whatsmeow.MsgSecretType, author types.JID, plain proto.Message) (payload, iv []byte) {
	s.t.Helper()
	data, err := proto.Marshal(plain)
	if err != nil {
		s.t.Fatal(err)
	}
	ours := types.JID{User: me.lid.User, Server: types.HiddenUserServer}
	//lint:ignore SA1019 the library can seal, but only from inside
	payload, iv, err = s.hers.DangerousInternals().EncryptMsgSecret(context.Background(), rinaLID, ours, author, "TARGET", use, data)
	if err != nil {
		s.t.Fatal(err)
	}
	return payload, iv
}

func TestSealedReaction(t *testing.T) {
	s := newSealer(t)
	payload, iv := s.seal(whatsmeow.EncSecretReaction, me.lid.ToNonAD(), &waE2E.ReactionMessage{Text: proto.String("🙏")})
	sealed := &waE2E.Message{EncReactionMessage: &waE2E.EncReactionMessage{TargetMessageKey: s.target(false), EncPayload: payload, EncIV: iv}}
	if got, skip := s.open(sealed); skip != "" || got.Kind != shop.KindReaction || got.Text != "🙏" || got.TargetID != "TARGET" {
		t.Errorf("%+v, skipped %q", got, skip)
	}
	sealed.EncReactionMessage.TargetMessageKey.ID = proto.String("FORGOTTEN")
	if got, skip := s.open(sealed); skip != "encReactionMessage" {
		t.Errorf("unreadable: %+v, skipped %q", got, skip)
	}
}

func TestSealedVote(t *testing.T) {
	s := newSealer(t)
	payload, iv := s.seal(whatsmeow.EncSecretPollVote, me.lid.ToNonAD(), &waE2E.PollVoteMessage{SelectedOptions: [][]byte{{0xab}}})
	sealed := &waE2E.Message{PollUpdateMessage: &waE2E.PollUpdateMessage{
		PollCreationMessageKey: s.target(false), Vote: &waE2E.PollEncValue{EncPayload: payload, EncIV: iv},
	}}
	if got, skip := s.open(sealed); skip != "" || got.Kind != shop.KindPollVote || got.Detail != "ab" || got.TargetID != "TARGET" {
		t.Errorf("%+v, skipped %q", got, skip)
	}
	sealed.PollUpdateMessage.Vote.EncPayload[0] ^= 1
	if got, skip := s.open(sealed); skip != "" || got.Detail != voteUnreadable {
		t.Errorf("forged: %+v, skipped %q", got, skip)
	}
}

func TestSealedEdit(t *testing.T) {
	s := newSealer(t)
	for name, plain := range map[string]*waE2E.Message{
		"new content": text("tiga kotak"),
		"whole edit": {ProtocolMessage: &waE2E.ProtocolMessage{
			Type: waE2E.ProtocolMessage_MESSAGE_EDIT.Enum(), Key: s.target(true), EditedMessage: text("tiga kotak"),
		}},
	} {
		payload, iv := s.seal(whatsmeow.EncSecretMessageEdit, rinaLID, plain)
		sealed := &waE2E.Message{SecretEncryptedMessage: &waE2E.SecretEncryptedMessage{
			TargetMessageKey: s.target(true), EncPayload: payload, EncIV: iv,
			SecretEncType: waE2E.SecretEncryptedMessage_MESSAGE_EDIT.Enum(),
		}}
		if got, skip := s.open(sealed); skip != "" || got.Kind != shop.KindEdit || got.Text != "tiga kotak" || got.TargetID != "TARGET" {
			t.Errorf("%s: %+v, skipped %q", name, got, skip)
		}
	}
}

// What is sealed wrongly is taken all the same: the library panics over a nonce
// of another length and over a missing type, and a message that is refused comes
// back for ever.
func TestSealedWrongly(t *testing.T) {
	s := newSealer(t)
	for name, m := range map[string]*waE2E.Message{
		"vote, no nonce":       {PollUpdateMessage: &waE2E.PollUpdateMessage{PollCreationMessageKey: s.target(false), Vote: &waE2E.PollEncValue{EncPayload: []byte("x")}}},
		"vote, short nonce":    {PollUpdateMessage: &waE2E.PollUpdateMessage{PollCreationMessageKey: s.target(false), Vote: &waE2E.PollEncValue{EncIV: []byte{1}}}},
		"vote, nothing":        {PollUpdateMessage: &waE2E.PollUpdateMessage{PollCreationMessageKey: s.target(false)}},
		"reaction":             {EncReactionMessage: &waE2E.EncReactionMessage{TargetMessageKey: s.target(false), EncIV: make([]byte, 13)}},
		"edit, short nonce":    {SecretEncryptedMessage: &waE2E.SecretEncryptedMessage{TargetMessageKey: s.target(true), EncIV: []byte{1}, SecretEncType: waE2E.SecretEncryptedMessage_MESSAGE_EDIT.Enum()}},
		"edit, no type":        {SecretEncryptedMessage: &waE2E.SecretEncryptedMessage{EncIV: make([]byte, 12)}},
		"edit, unknown type":   {SecretEncryptedMessage: &waE2E.SecretEncryptedMessage{EncIV: make([]byte, 12), SecretEncType: waE2E.SecretEncryptedMessage_SecretEncType(99).Enum()}},
		"edit, nothing at all": {SecretEncryptedMessage: &waE2E.SecretEncryptedMessage{}},
	} {
		if !s.c.handle(event(m)) {
			t.Errorf("%s: refused", name)
		}
		if got, skip := s.open(m); got.Kind == shop.KindQuarantine {
			t.Errorf("%s: %+v, skipped %q", name, got, skip)
		}
	}
}
