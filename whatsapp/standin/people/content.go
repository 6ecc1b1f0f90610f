package people

import (
	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
)

// read takes the content of a message apart.
func read(m *waE2E.Message) Received {
	switch {
	case m.GetExtendedTextMessage() != nil:
		x := m.GetExtendedTextMessage()
		return Received{Kind: Text, Text: x.GetText(), QuotedID: x.GetContextInfo().GetStanzaID()}
	case m.Conversation != nil:
		return Received{Kind: Text, Text: m.GetConversation()}
	case m.GetImageMessage() != nil:
		x := m.GetImageMessage()
		return Received{Kind: Image, Text: x.GetCaption(), QuotedID: x.GetContextInfo().GetStanzaID()}
	case m.GetVideoMessage() != nil:
		x := m.GetVideoMessage()
		return Received{Kind: Video, Text: x.GetCaption(), QuotedID: x.GetContextInfo().GetStanzaID()}
	case m.GetDocumentMessage() != nil:
		x := m.GetDocumentMessage()
		return Received{Kind: Document, Text: x.GetCaption(), FileName: x.GetFileName(), QuotedID: x.GetContextInfo().GetStanzaID()}
	case m.GetPollCreationMessageV3() != nil:
		return Received{Kind: Poll, Text: m.GetPollCreationMessageV3().GetName()}
	case m.GetPollCreationMessage() != nil:
		return Received{Kind: Poll, Text: m.GetPollCreationMessage().GetName()}
	}
	return Received{Kind: plain(m)}
}

// plain is the kind of a message without text.
func plain(m *waE2E.Message) Kind {
	switch {
	case m.GetAudioMessage() != nil:
		return Audio
	case m.GetStickerMessage() != nil:
		return Sticker
	case m.GetLocationMessage() != nil:
		return Location
	case m.GetContactMessage() != nil:
		return Contact
	}
	return Other
}

// media is the part of a message that can be downloaded, nil if there is none.
func media(m *waE2E.Message) whatsmeow.DownloadableMessage {
	switch {
	case m.GetImageMessage() != nil:
		return m.GetImageMessage()
	case m.GetVideoMessage() != nil:
		return m.GetVideoMessage()
	case m.GetAudioMessage() != nil:
		return m.GetAudioMessage()
	case m.GetDocumentMessage() != nil:
		return m.GetDocumentMessage()
	case m.GetStickerMessage() != nil:
		return m.GetStickerMessage()
	}
	return nil
}
