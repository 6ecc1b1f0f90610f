package whatsapp

import (
	"slices"
	"strings"

	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"bestie/shop"
)

// skipReason names why a message is not for us, or "" (field guide, sections 0
// and 3). Order matters: a broadcast list calls itself a group.
func skipReason(info *types.MessageInfo, me self) string {
	chat, sender := info.Chat, info.Sender
	switch {
	case chat == types.StatusBroadcastJID:
		return "status"
	case chat.Server == types.BroadcastServer:
		return "broadcast"
	case chat.Server == types.NewsletterServer:
		return "newsletter"
	case info.IsGroup || chat.Server == types.GroupServer:
		return "group"
	case sender.IsBot() || chat.IsBot():
		return "bot"
	case chat.User == types.PSAJID.User || chat.User == types.OfficialBusinessJID.User:
		return "whatsapp"
	case info.Category == "peer" || me.owns(chat):
		return "self"
	case personOf(info).IsZero():
		return "address"
	case info.IsFromMe && sender.Device != 0 && sender.Device == me.pn.Device:
		return "own echo"
	case !validID(info.ID):
		return "id"
	}
	return ""
}

// answersInGroup tells that a message is a reply to one of ours in a group that we write
// to. Nothing else that is written in any group is looked at (field guide, section 6).
func answersInGroup(evt *events.Message, me self, groups []string) bool {
	info := &evt.Info
	if !slices.Contains(groups, personOf(info).LID) || info.Chat.Server != types.GroupServer || info.IsFromMe || info.Sender.IsBot() || !validID(info.ID) {
		return false
	}
	m := unwrap(evt.Message)
	if m == nil {
		return false
	}
	quoted := contextOf(m)
	author, err := types.ParseJID(quoted.GetParticipant())
	return err == nil && quoted.GetStanzaID() != "" && me.owns(author)
}

// personOf is who a direct chat is with, also when we wrote ourselves; in a group, the
// group.
func personOf(info *types.MessageInfo) shop.Address {
	if info.Chat.Server == types.GroupServer {
		return shop.Address{LID: info.Chat.User + shop.GroupSuffix}
	}
	if info.IsFromMe {
		return addressOf(info.RecipientAlt, info.Chat)
	}
	return addressOf(info.SenderAlt, info.Chat)
}

// envelope is a message without its content.
func envelope(info *types.MessageInfo, me self, chat shop.Address) shop.Incoming {
	in := shop.Incoming{
		Account:  me.pn.User,
		Chat:     chat,
		ID:       info.ID,
		FromMe:   info.IsFromMe,
		Device:   info.Sender.Device,
		PushName: info.PushName,
		SentAt:   info.Timestamp,
	}
	if chat.IsGroup() {
		in.PushName = "" // a member's, not the group's
	}
	if info.VerifiedName != nil {
		in.VerifiedName = info.VerifiedName.Details.GetVerifiedName()
	}
	return in
}

// readers each know one family of content. The first that recognises a message
// fills in what it says.
var readers = []func(*waE2E.Message, *shop.Incoming) bool{
	readText, readMedia, readChoice, readPlace, readTrade, readPoll, readCall,
}

// normalise turns a message of the library into ours, for every kind of the
// field guide's table "What came". It is a function of its arguments only. A
// reason instead of a message means that there is nothing to store.
func normalise(evt *events.Message, in shop.Incoming) (shop.Incoming, string) {
	m := unwrap(evt.Message)
	if m == nil {
		return in, "empty"
	}
	context := contextOf(m)
	in.QuotedID = context.GetStanzaID()
	in.Expiry = context.GetExpiration()
	in.Forwarded = context.GetIsForwarded()
	in.AlbumID = albumOf(m, evt.Message)

	if reason, done := readAbout(m, &in); done {
		return in, reason
	}
	for _, read := range readers {
		if read(m, &in) {
			return in, ""
		}
	}
	names := contentNames(m)
	switch {
	case len(names) == 0 && len(m.ProtoReflect().GetUnknown()) > 0:
		names = append(names, "newer") // than the library: somebody sent something
	case len(names) == 0:
		return in, "empty"
	case allSilent(names):
		return in, string(names[0])
	}
	in.Kind, in.Detail = shop.KindUnknown, joinNames(names)
	return in, ""
}

// wrappers hold another message. The library opens the older ones itself
// (events.Message.UnwrapRaw).
var wrappers = map[protoreflect.Name]bool{
	"groupMentionedMessage": true, "associatedChildMessage": true, "pollCreationMessageV4": true,
	"spoilerMessage": true, "questionMessage": true, "questionReplyMessage": true, "botForwardedMessage": true,
	"pollCreationOptionImageMessage": true, "eventCoverImage": true,
	"ephemeralMessage": true, "viewOnceMessage": true, "viewOnceMessageV2": true, "viewOnceMessageV2Extension": true,
	"documentWithCaptionMessage": true, "lottieStickerMessage": true, "editedMessage": true, "botInvokeMessage": true,
}

// unwrap opens wrappers, a few of them inside each other at most.
func unwrap(m *waE2E.Message) *waE2E.Message {
	for range 4 {
		inner := wrapped(m)
		if inner == nil {
			break
		}
		if inner.MessageContextInfo == nil {
			inner = proto.Clone(inner).(*waE2E.Message)
			inner.MessageContextInfo = m.GetMessageContextInfo()
		}
		m = inner
	}
	return m
}

func wrapped(m *waE2E.Message) (inner *waE2E.Message) {
	m.ProtoReflect().Range(func(field protoreflect.FieldDescriptor, value protoreflect.Value) bool {
		if wrappers[field.Name()] {
			if box, ok := value.Message().Interface().(*waE2E.FutureProofMessage); ok {
				inner = box.GetMessage()
			}
		}
		return inner == nil
	})
	return inner
}

// silent kinds of content are housekeeping between apps: nobody wrote anything,
// so nobody gets an answer.
var silent = map[protoreflect.Name]bool{
	"messageContextInfo": true, "senderKeyDistributionMessage": true, "fastRatchetKeySenderKeyDistributionMessage": true,
	"protocolMessage": true, "chat": true, "deviceSentMessage": true, "pinInChatMessage": true, "keepInChatMessage": true,
	"stickerSyncRmrMessage": true, "messageHistoryBundle": true, "messageHistoryNotice": true, "placeholderMessage": true,
	"groupRootKeyShare": true, "rootSecretDistributeMessage": true, "limitSharingMessage": true, "botTaskMessage": true,
	"statusMentionMessage": true, "groupStatusMentionMessage": true, "statusAddYours": true, "groupStatusMessage": true,
	"groupStatusMessageV2": true, "statusNotificationMessage": true, "statusQuestionAnswerMessage": true,
	"statusQuotedMessage": true, "statusStickerInteractionMessage": true, "statusLinkPreviewMetadata": true,
	"newsletterAdminProfileMessage": true, "newsletterAdminProfileStatusMessage": true,
	"botPlatformRegistrationSuccessMessage": true, "encReactionMessage": true, "encCommentMessage": true,
	"pollAddOptionMessage": true, "pollResultSnapshotMessage": true, "pollResultSnapshotMessageV3": true,
	"encEventResponseMessage": true,
}

// contentNames lists what a message is made of, by the protobuf's own names.
func contentNames(m *waE2E.Message) []protoreflect.Name {
	var names []protoreflect.Name
	m.ProtoReflect().Range(func(field protoreflect.FieldDescriptor, _ protoreflect.Value) bool {
		if field.Name() != "messageContextInfo" {
			names = append(names, field.Name())
		}
		return true
	})
	return names
}

func joinNames(names []protoreflect.Name) string {
	all := make([]string, len(names))
	for i, name := range names {
		all[i] = string(name)
	}
	return strings.Join(all, ",")
}

func allSilent(names []protoreflect.Name) bool {
	for _, name := range names {
		if !silent[name] {
			return false
		}
	}
	return true
}

// contextOf finds the ContextInfo (quote, timer) of whatever content there is.
func contextOf(m *waE2E.Message) (found *waE2E.ContextInfo) {
	m.ProtoReflect().Range(func(field protoreflect.FieldDescriptor, value protoreflect.Value) bool {
		if field.Message() == nil {
			return true
		}
		inner := field.Message().Fields().ByName("contextInfo")
		if inner != nil {
			found, _ = value.Message().Get(inner).Message().Interface().(*waE2E.ContextInfo)
		}
		return found == nil
	})
	return found
}
