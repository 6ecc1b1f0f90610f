package whatsapp

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types/events"
	"google.golang.org/protobuf/proto"
)

// openSealed returns the message with its sealed part opened, or nil if nothing
// in it is sealed. The keys are secrets of the earlier message, which the
// library keeps. What is sealed wrongly stays closed: the library panics over a
// nonce of another length and over a missing type.
func openSealed(ctx context.Context, wa *whatsmeow.Client, evt *events.Message) (*waE2E.Message, error) {
	m := evt.Message
	switch {
	case m.GetEncReactionMessage() != nil:
		if !sealedWell(m.GetEncReactionMessage()) {
			return nil, errSealedWrongly
		}
		reaction, err := wa.DecryptReaction(ctx, evt)
		if err != nil {
			return nil, err
		}
		reaction.Key = m.GetEncReactionMessage().GetTargetMessageKey()
		return &waE2E.Message{ReactionMessage: reaction, MessageContextInfo: m.MessageContextInfo}, nil
	case m.GetSecretEncryptedMessage() != nil:
		sealed := m.GetSecretEncryptedMessage()
		if !sealedWell(sealed) || sealed.SecretEncType == nil {
			return nil, errSealedWrongly
		}
		opened, err := wa.DecryptSecretEncryptedMessage(ctx, evt)
		if err != nil {
			return nil, err
		}
		if sealed.GetSecretEncType() != waE2E.SecretEncryptedMessage_MESSAGE_EDIT || opened.GetProtocolMessage() != nil {
			return opened, nil
		}
		return &waE2E.Message{ProtocolMessage: &waE2E.ProtocolMessage{
			Type: waE2E.ProtocolMessage_MESSAGE_EDIT.Enum(), Key: sealed.GetTargetMessageKey(), EditedMessage: opened,
		}}, nil
	case m.GetPollUpdateMessage() != nil:
		if !sealedWell(m.GetPollUpdateMessage().GetVote()) {
			return nil, errSealedWrongly
		}
		vote, err := wa.DecryptPollVote(ctx, evt)
		if err != nil {
			return nil, err
		}
		return withVote(m, vote)
	}
	return nil, nil
}

var errSealedWrongly = errors.New("sealed wrongly")

// sealedWell tells whether a sealed part has the nonce that AES-GCM needs.
func sealedWell(part interface{ GetEncIV() []byte }) bool { return len(part.GetEncIV()) == 12 }

// withVote puts an opened vote where the sealed one was, so that the normaliser
// sees one form only: the plain protobuf in EncPayload, without IV.
func withVote(m *waE2E.Message, vote *waE2E.PollVoteMessage) (*waE2E.Message, error) {
	plain, err := proto.Marshal(vote)
	if err != nil {
		return nil, fmt.Errorf("poll vote: %w", err)
	}
	opened := proto.Clone(m).(*waE2E.Message)
	opened.PollUpdateMessage.Vote = &waE2E.PollEncValue{EncPayload: plain}
	return opened, nil
}

// voteHashes reads an opened vote: the SHA-256 of each chosen option in hex, ""
// when the vote was taken back. False: the vote is still sealed.
func voteHashes(update *waE2E.PollUpdateMessage) ([]string, bool) {
	value := update.GetVote()
	if value == nil || len(value.GetEncIV()) > 0 {
		return nil, false
	}
	var vote waE2E.PollVoteMessage
	if proto.Unmarshal(value.GetEncPayload(), &vote) != nil {
		return nil, false
	}
	hashes := make([]string, len(vote.GetSelectedOptions()))
	for i, option := range vote.GetSelectedOptions() {
		hashes[i] = hex.EncodeToString(option)
	}
	return hashes, true
}
