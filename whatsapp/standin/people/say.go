package people

import (
	"context"
	"fmt"

	"google.golang.org/protobuf/proto"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
)

// Raw sends any message to a number or a LID and returns its ID once the server
// has taken it. It is for tests of message kinds that have no verb here.
func (p *Person) Raw(ctx context.Context, to string, m *waE2E.Message) (string, error) {
	p.count(+1)
	defer p.count(-1)
	p.mem.ratchet.Lock() // held until the acknowledgement; the client hears nothing meanwhile
	defer p.mem.ratchet.Unlock()
	resp, err := p.cli.SendMessage(ctx, p.address(to), m)
	if err != nil {
		return "", fmt.Errorf("people: %s: %w", p.name, err)
	}
	return resp.ID, nil
}

func (p *Person) count(by int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sending += by
}

// address makes a WhatsApp address of a number, or of a LID the person has seen.
func (p *Person) address(to string) types.JID {
	if p.world.srv.Phone(to) != "" {
		return types.NewJID(to, types.HiddenUserServer)
	}
	return types.NewJID(to, types.DefaultUserServer)
}

// Say sends a text.
func (p *Person) Say(ctx context.Context, to, text string) (messageID string, err error) {
	return p.Raw(ctx, to, &waE2E.Message{Conversation: proto.String(text)})
}

// Reply sends a text as an answer to a message the other side wrote.
func (p *Person) Reply(ctx context.Context, to, quotedID, quotedText, text string) (messageID string, err error) {
	return p.Raw(ctx, to, &waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{
		Text: proto.String(text),
		ContextInfo: &waE2E.ContextInfo{
			StanzaID: proto.String(quotedID), Participant: proto.String(p.address(to).String()),
			QuotedMessage: &waE2E.Message{Conversation: proto.String(quotedText)},
		},
	}})
}

// SayInGroup makes a group with these numbers and sends a text there.
func (p *Person) SayInGroup(ctx context.Context, members []string, text string) (messageID string, err error) {
	group, err := p.MakeGroup(ctx, members)
	if err != nil {
		return "", err
	}
	return p.InGroup(ctx, group, &waE2E.Message{Conversation: proto.String(text)})
}

// ReplyInGroup answers a message that somebody, a number, wrote in a group.
func (p *Person) ReplyInGroup(ctx context.Context, group, author, quotedID, text string) (messageID string, err error) {
	return p.InGroup(ctx, group, &waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{
		Text: proto.String(text),
		ContextInfo: &waE2E.ContextInfo{
			StanzaID: proto.String(quotedID), Participant: proto.String(p.address(author).String()), QuotedMessage: &waE2E.Message{Conversation: proto.String("…")},
		},
	}})
}

// MakeGroup makes a group with these numbers and returns its address.
func (p *Person) MakeGroup(ctx context.Context, members []string) (group string, err error) {
	var all []types.JID
	for _, m := range members {
		all = append(all, p.address(m))
	}
	p.count(+1)
	defer p.count(-1)
	made, err := p.cli.CreateGroup(ctx, whatsmeow.ReqCreateGroup{Name: "Grup", Participants: all})
	if err != nil {
		return "", fmt.Errorf("people: %s: %w", p.name, err)
	}
	return made.JID.String(), nil
}

// InGroup sends a message of any kind in a group.
func (p *Person) InGroup(ctx context.Context, group string, m *waE2E.Message) (messageID string, err error) {
	jid, err := types.ParseJID(group)
	if err != nil {
		return "", fmt.Errorf("people: %s: %w", p.name, err)
	}
	p.count(+1)
	defer p.count(-1)
	p.mem.ratchet.Lock()
	defer p.mem.ratchet.Unlock()
	sent, err := p.cli.SendMessage(ctx, jid, m)
	if err != nil {
		return "", fmt.Errorf("people: %s: %w", p.name, err)
	}
	return sent.ID, nil
}

// Forward passes somebody else's words on.
func (p *Person) Forward(ctx context.Context, to, text string) (messageID string, err error) {
	return p.Raw(ctx, to, &waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{
		Text: proto.String(text), ContextInfo: &waE2E.ContextInfo{IsForwarded: proto.Bool(true), ForwardingScore: proto.Uint32(1)},
	}})
}

// Image sends a picture with a caption, which may be empty.
func (p *Person) Image(ctx context.Context, to string, data []byte, mime, caption string) (messageID string, err error) {
	up, err := p.upload(ctx, data, whatsmeow.MediaImage)
	if err != nil {
		return "", err
	}
	return p.Raw(ctx, to, &waE2E.Message{ImageMessage: &waE2E.ImageMessage{
		Caption: proto.String(caption), Mimetype: proto.String(mime),
		URL: &up.URL, DirectPath: &up.DirectPath, MediaKey: up.MediaKey,
		FileEncSHA256: up.FileEncSHA256, FileSHA256: up.FileSHA256, FileLength: &up.FileLength,
	}})
}

// Document sends a file with a name and a caption, which may be empty.
func (p *Person) Document(ctx context.Context, to string, data []byte, name, mime, caption string) (messageID string, err error) {
	up, err := p.upload(ctx, data, whatsmeow.MediaDocument)
	if err != nil {
		return "", err
	}
	return p.Raw(ctx, to, &waE2E.Message{DocumentMessage: &waE2E.DocumentMessage{
		Caption: proto.String(caption), Mimetype: proto.String(mime), FileName: proto.String(name), Title: proto.String(name),
		URL: &up.URL, DirectPath: &up.DirectPath, MediaKey: up.MediaKey,
		FileEncSHA256: up.FileEncSHA256, FileSHA256: up.FileSHA256, FileLength: &up.FileLength,
	}})
}

func (p *Person) upload(ctx context.Context, data []byte, kind whatsmeow.MediaType) (whatsmeow.UploadResponse, error) {
	p.count(+1)
	defer p.count(-1)
	up, err := p.cli.Upload(ctx, data, kind)
	if err != nil {
		return up, fmt.Errorf("people: %s: %w", p.name, err)
	}
	return up, nil
}

// React puts an emoji on a message the other side wrote; "" takes it away.
func (p *Person) React(ctx context.Context, to, targetID, emoji string) (messageID string, err error) {
	chat := p.address(to)
	return p.Raw(ctx, to, p.cli.BuildReaction(chat, chat, targetID, emoji))
}

// Edit replaces the text of an own message.
func (p *Person) Edit(ctx context.Context, to, targetID, text string) (messageID string, err error) {
	return p.Raw(ctx, to, p.cli.BuildEdit(p.address(to), targetID, &waE2E.Message{Conversation: proto.String(text)}))
}

// Revoke deletes an own message for everybody.
func (p *Person) Revoke(ctx context.Context, to, targetID string) (messageID string, err error) {
	return p.Raw(ctx, to, p.cli.BuildRevoke(p.address(to), types.EmptyJID, targetID))
}

// MarkRead tells the other side that its messages were read (blue ticks).
func (p *Person) MarkRead(ctx context.Context, r ...Received) error {
	for _, one := range r {
		from := p.address(one.From)
		if lid, err := p.mem.GetLIDForPN(ctx, from); err == nil && !lid.IsEmpty() {
			from = lid
		}
		if err := p.cli.MarkRead(ctx, []string{one.ID}, one.At, from, from); err != nil {
			return err
		}
	}
	return nil
}

// Compose shows "typing …" to the other side, or takes it away.
func (p *Person) Compose(ctx context.Context, to string, on bool) error {
	state := types.ChatPresencePaused
	if on {
		state = types.ChatPresenceComposing
	}
	return p.cli.SendChatPresence(ctx, p.address(to), state, types.ChatPresenceMediaText)
}

// TextOf is a message of plain text.
func TextOf(text string) *waE2E.Message { return &waE2E.Message{Conversation: proto.String(text)} }
