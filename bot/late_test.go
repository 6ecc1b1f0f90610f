package bot

import (
	"strings"
	"testing"
	"time"

	"bestie/shop"
)

// A late message gets one apology for the wait it belongs to; the next wait may get
// another one.
func TestOneApologyAWait(t *testing.T) {
	late := func(text string, c shop.Conversation, w *shop.Wait) shop.Outcome {
		turn := heard(aged(said(text), time.Hour))
		turn.Conversation, turn.Wait = c, w
		out, err := newBot().Decide(turn)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	first := late("stok bakso ada?", shop.Conversation{}, nil)
	if len(first.Drafts) != 1 || !strings.Contains(first.Drafts[0].Text, "baru terbaca") || first.Drafts[0].Answers || !first.NeedsHuman || first.NoPages || !first.Held {
		t.Fatalf("%+v", first)
	}
	again := late("halo kak?", first.Conversation, &shop.Wait{ID: 1, Since: now.Add(-time.Hour), Human: true})
	if len(again.Drafts) != 0 || !again.StartWait || !again.NeedsHuman {
		t.Errorf("a second one: %+v", again.Drafts)
	}
	if next := late("ongkir berapa?", first.Conversation, nil); len(next.Drafts) != 1 {
		t.Errorf("for the next wait: %+v", next.Drafts)
	}
}

// What is too old for an apology is not spoken of; what came with it is, and a person
// sees both.
func TestLateMessagesOfSeveralAges(t *testing.T) {
	old := aged(said("ongkir ke bandung?"), 13*time.Hour)
	out := decide(t, heard(old, aged(said("stok bakso ada?"), time.Hour)))
	if !strings.Contains(out.reply, "1 jam lalu") || strings.Contains(out.reply, "bandung") || out.NoPages || !out.NeedsHuman {
		t.Errorf("with one of an hour: %q %+v", out.reply, out.Outcome)
	}
	out = decide(t, heard(old, said("harga bakso berapa?")))
	if !strings.Contains(out.reply, "25.000") || strings.Contains(out.reply, "baru terbaca") || !out.NeedsHuman || out.NoPages {
		t.Errorf("with a fresh one: %q %+v", out.reply, out.Outcome)
	}
}

// Apologies never leave as a burst, whatever is owed.
func TestApologiesAreSpaced(t *testing.T) {
	b := newBot()
	var last time.Duration
	for i := range 100 {
		out, err := b.Decide(heard(aged(said("stok bakso ada?"), time.Hour)))
		if err != nil || len(out.Drafts) != 1 {
			t.Fatalf("%+v %v", out, err)
		}
		delay := out.Drafts[0].Delay
		if i > 0 && delay-last < 3*time.Second {
			t.Fatalf("apology %d leaves %v after the one before", i, delay-last)
		}
		last = delay
	}
	b.apology = now.AddDate(1, 0, 0) // the clock was ahead
	if d := b.apologyIn(now, time.Second); d != time.Second {
		t.Errorf("after the clock was set right: %v", d)
	}
}

// Whoever says goodbye, or is silent for a day, begins a new conversation.
func TestGoodbyeEndsTheConversation(t *testing.T) {
	out := decide(t, heard(said("makasih kak")))
	if out.Conversation.EndedAt.IsZero() || !out.Conversation.HeardAt.Equal(now.Add(-4*time.Second)) {
		t.Errorf("%+v", out.Conversation)
	}
	out = decide(t, with(heard(said("harga bakso berapa?")), func(t *shop.Turn) { t.Conversation.HeardAt = now.AddDate(0, 0, -3) }))
	if !out.Conversation.EndedAt.Equal(now.AddDate(0, 0, -2)) {
		t.Errorf("after three days: %v", out.Conversation.EndedAt)
	}
	if out = decide(t, heard(said("harga bakso berapa?"))); !out.Conversation.EndedAt.IsZero() {
		t.Errorf("a question ended it: %v", out.Conversation.EndedAt)
	}
}
