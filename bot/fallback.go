package bot

import (
	"context"
	"fmt"
	"time"

	"bestie/shop"
	"bestie/templates"
)

// Decide turns a turn into an outcome. It never fails: a defect in a rule or a
// template must not keep one chat from being handled, and with it all the others.
// The customer then gets a holding reply and a person is called, in the same
// transaction; the error goes to the log.
func (b *Bot) Decide(t shop.Turn) (shop.Outcome, error) {
	if b.doubtful[t.Person.ID] {
		return b.fallback(t), nil
	}
	out, err := guarded(func() (shop.Outcome, error) { return b.decide(t) })
	if err == nil {
		return out, nil
	}
	b.Log.Error().Err(err).Int64("person", t.Person.ID).Msg("a turn could not be decided; a person is called")
	return b.fallback(t), nil
}

// rest is how long a chat is left alone of which not even the fallback can be written.
const rest = 10 * time.Minute

// setAside keeps a chat whose outcome cannot be written from holding up the others:
// first it gets the fallback, and if that fails too it waits. Doctor and the
// health check show a message that has waited so long.
func (b *Bot) setAside(ctx context.Context, now time.Time, failed *shop.TurnError) error {
	person := failed.Person
	if !b.doubtful[person] {
		b.Log.Error().Err(failed).Msg("an outcome could not be written; a person is called")
		if b.doubtful == nil {
			b.doubtful = map[int64]bool{}
		}
		b.doubtful[person] = true
		return nil
	}
	b.Log.Error().Err(failed).Stringer("for", rest).Msg("not even a holding reply could be written; the chat is put off")
	delete(b.doubtful, person)
	return b.Store.PutOff(ctx, person, now.Add(rest))
}

// fallback is the outcome for a turn that no rule could decide.
func (b *Bot) fallback(t shop.Turn) shop.Outcome {
	out := shop.Outcome{Conversation: t.Conversation}
	var asked *shop.Message
	for i, m := range t.Messages {
		switch {
		case typed(m):
			out.Human, asked = m.SentAt, nil
		case !m.FromMe && !m.Kind.Mute() && asked == nil:
			asked = &t.Messages[i]
		}
	}
	if asked == nil || t.Person.IsAdmin() {
		return out
	}
	out.StartWait, out.NeedsHuman, out.WaitSince, out.WaitWords = true, true, asked.SentAt, templates.Excerpt(asked.Text)
	if !t.Conversation.Silent(t.Now) {
		if text := b.spare(templates.Holding{Name: t.Person.CallName()}); text != "" {
			out.Drafts = append(out.Drafts, shop.Draft{To: t.Person.ID, Lane: shop.LaneReply, Text: text, Parts: says("fallback")})
		}
	}
	return out
}

// spare renders a text, or nothing if even that fails.
func (b *Bot) spare(text templates.Text) string {
	r, err := guarded(func() (templates.Reply, error) { return b.Texts.Render(text, nil) })
	if err != nil {
		b.Log.Error().Err(err).Msg("not even the holding reply can be written")
		return ""
	}
	return r.Text
}

// guarded turns a panic into an error.
func guarded[T any](fn func() (T, error)) (v T, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return fn()
}
