package whatsapp

import (
	"go.mau.fi/whatsmeow/proto/waCommon"
	"go.mau.fi/whatsmeow/proto/waE2E"

	"bestie/shop"
)

// readAbout reads messages that are about another message or about the chat:
// edits, deletions, reactions, the timer. It returns a reason when such a
// message is not to be stored.
func readAbout(m *waE2E.Message, in *shop.Incoming) (reason string, done bool) {
	if r := m.GetReactionMessage(); r != nil {
		in.Kind, in.TargetID, in.Text = shop.KindReaction, r.GetKey().GetID(), r.GetText()
		return "", true
	}
	p := m.GetProtocolMessage()
	if p == nil {
		return "", false
	}
	switch p.GetType() {
	case waE2E.ProtocolMessage_MESSAGE_EDIT:
		if !ownsTarget(p.GetKey()) {
			return "foreign edit", true
		}
		edited := unwrap(p.GetEditedMessage())
		readFirst(edited, in) // text and detail of the new content
		in.Kind, in.TargetID, in.Raw = shop.KindEdit, p.GetKey().GetID(), nil
		return "", true
	case waE2E.ProtocolMessage_REVOKE:
		if !ownsTarget(p.GetKey()) {
			return "foreign revoke", true
		}
		in.Kind, in.TargetID = shop.KindRevoke, p.GetKey().GetID()
		return "", true
	case waE2E.ProtocolMessage_EPHEMERAL_SETTING:
		in.Kind, in.Expiry = shop.KindTimer, p.GetEphemeralExpiration()
		return "", true
	default: // keys, history, peer data: between our own devices
		return "protocol", true
	}
}

// readFirst fills in content of a message that replaces another one.
func readFirst(m *waE2E.Message, in *shop.Incoming) {
	if m == nil {
		return
	}
	for _, read := range readers {
		if read(m, in) {
			return
		}
	}
}

// ownsTarget tells that the sender calls the target their own. In a direct chat
// nobody may change what the other side wrote; that the target really is theirs
// is checked again where it is looked up, among messages of this sender only.
func ownsTarget(key *waCommon.MessageKey) bool { return key.GetFromMe() && key.GetID() != "" }

// albumOf is the ID of the message that this one belongs to: an album's
// announcement, or the picture in standard quality of which this is the better
// copy. One answer is enough for all of them.
func albumOf(candidates ...*waE2E.Message) string {
	for _, m := range candidates {
		a := m.GetMessageContextInfo().GetMessageAssociation()
		switch a.GetAssociationType() {
		case waE2E.MessageAssociation_MEDIA_ALBUM,
			waE2E.MessageAssociation_HD_IMAGE_DUAL_UPLOAD,
			waE2E.MessageAssociation_HD_VIDEO_DUAL_UPLOAD,
			waE2E.MessageAssociation_HEVC_VIDEO_DUAL_UPLOAD,
			waE2E.MessageAssociation_MOTION_PHOTO:
			if id := a.GetParentMessageKey().GetID(); id != "" {
				return id
			}
		}
	}
	return ""
}
