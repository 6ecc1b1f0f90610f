package whatsapp

import (
	"strings"

	"go.mau.fi/whatsmeow/proto/waE2E"
	"google.golang.org/protobuf/proto"

	"bestie/shop"
)

// readText reads plain text, in both forms that occur, and the text of cards
// that other businesses send.
func readText(m *waE2E.Message, in *shop.Incoming) bool {
	var text string
	switch {
	case m.Conversation != nil:
		text = m.GetConversation()
	case m.ExtendedTextMessage != nil:
		text = m.GetExtendedTextMessage().GetText()
	case m.ButtonsMessage != nil:
		text = m.GetButtonsMessage().GetContentText()
	case m.ListMessage != nil:
		text = lines(m.GetListMessage().GetTitle(), m.GetListMessage().GetDescription())
	case m.TemplateMessage != nil:
		text = templateText(m.GetTemplateMessage())
	case m.InteractiveMessage != nil:
		text = lines(m.GetInteractiveMessage().GetHeader().GetTitle(), m.GetInteractiveMessage().GetBody().GetText())
	case m.CommentMessage != nil:
		text = lines(m.GetCommentMessage().GetMessage().GetConversation(),
			m.GetCommentMessage().GetMessage().GetExtendedTextMessage().GetText())
	default:
		return false
	}
	in.Kind, in.Text = shop.KindText, text
	return true
}

func templateText(t *waE2E.TemplateMessage) string {
	card := t.GetHydratedTemplate()
	if card == nil {
		card = t.GetHydratedFourRowTemplate()
	}
	return lines(card.GetHydratedTitleText(), card.GetHydratedContentText())
}

// readMedia reads everything with a file behind it. Raw keeps what a download
// needs.
func readMedia(m *waE2E.Message, in *shop.Incoming) bool {
	switch {
	case m.ImageMessage != nil:
		in.Kind, in.Text = shop.KindImage, m.GetImageMessage().GetCaption()
	case m.VideoMessage != nil:
		in.Kind, in.Text = shop.KindVideo, m.GetVideoMessage().GetCaption()
	case m.PtvMessage != nil: // a round video note
		in.Kind, in.Text = shop.KindVideo, m.GetPtvMessage().GetCaption()
	case m.AudioMessage != nil:
		in.Kind = shop.KindAudio
		if m.GetAudioMessage().GetPTT() {
			in.Kind = shop.KindVoice
		}
	case m.MusicMessage != nil:
		in.Kind = shop.KindAudio
	case m.DocumentMessage != nil:
		d := m.GetDocumentMessage()
		in.Kind, in.Text, in.FileName = shop.KindDocument, d.GetCaption(), d.GetFileName()
	case m.StickerMessage != nil:
		in.Kind = shop.KindSticker
	case m.StickerPackMessage != nil:
		in.Kind, in.Text = shop.KindSticker, m.GetStickerPackMessage().GetCaption()
	case m.AlbumMessage != nil: // the media follow, each with AlbumID
		in.Kind = shop.KindAlbum
		return true
	default:
		return false
	}
	in.Raw = raw(m)
	return true
}

// raw keeps a message as it came. It cannot fail for one that was just parsed;
// if it did, the message would go to quarantine.
func raw(m *waE2E.Message) []byte {
	data, err := proto.Marshal(m)
	if err != nil {
		panic(err)
	}
	return data
}

// lines joins the parts that are not empty, one on each line.
func lines(parts ...string) string {
	var kept []string
	for _, part := range parts {
		if part = strings.TrimSpace(part); part != "" {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, "\n")
}
