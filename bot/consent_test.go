package bot

import (
	"slices"
	"strings"
	"testing"
	"time"

	"bestie/shop"
)

// thanked is a customer who says thanks after an answer: the moment for the question.
func thanked(words string) shop.Turn {
	return with(heard(said(words)), func(t *shop.Turn) { t.Conversation.Answered, t.Consent = true, shop.ConsentNone })
}

// TestAskConsent: asked once after a solved question, and at no other moment.
func TestAskConsent(t *testing.T) {
	complaint := func(age time.Duration) func(*shop.Turn) {
		return func(t *shop.Turn) { t.Conversation.ComplaintAt = now.Add(-age) }
	}
	for _, tt := range []struct {
		name string
		edit func(*shop.Turn)
		want bool
	}{
		{"solved", func(*shop.Turn) {}, true},
		{"a dropshipper", func(t *shop.Turn) { t.Person.Roles = []shop.Role{shop.RoleDropshipper} }, true},
		{"nothing was answered", func(t *shop.Turn) { t.Conversation.Answered = false }, false},
		{"only an oke", func(t *shop.Turn) { t.Messages = []shop.Message{said("oke")} }, false},
		{"asked before", func(t *shop.Turn) { t.Asking.Asked = true }, false},
		{"consented", func(t *shop.Turn) { t.Consent = shop.ConsentIn }, false},
		{"opted out", func(t *shop.Turn) { t.Consent = shop.ConsentOut }, false},
		{"says so in the same turn", func(t *shop.Turn) { t.Messages = []shop.Message{said("stop promo"), said("makasih kak")} }, false},
		{"rating asked today", func(t *shop.Turn) { t.Asking.RatingAt = now.Add(-time.Hour) }, false},
		{"rating asked yesterday", func(t *shop.Turn) { t.Asking.RatingAt = now.AddDate(0, 0, -1) }, true},
		{"low score lately", func(t *shop.Turn) { t.Asking.LowRating = now.AddDate(0, 0, -6) }, false},
		{"low score long ago", func(t *shop.Turn) { t.Asking.LowRating = now.AddDate(0, 0, -7) }, true},
		{"complaint lately", complaint(6 * 24 * time.Hour), false},
		{"complaint long ago", complaint(8 * 24 * time.Hour), true},
		{"waits for a person", func(t *shop.Turn) { t.Wait = &shop.Wait{ID: 1, Human: true} }, false},
		{"the answer ends the wait", func(t *shop.Turn) { t.Wait = &shop.Wait{ID: 1} }, true},
		{"open ticket", func(t *shop.Turn) { t.Ticket = &shop.Ticket{ID: 1} }, false},
		{"open menu", func(t *shop.Turn) {
			t.Conversation.Memory.Menu = &shop.OpenMenu{Intents: []string{"ongkir"}, At: now.Add(-time.Minute)}
		}, false},
		{"form under way", func(t *shop.Turn) {
			t.Conversation.Memory.Form = &shop.OpenForm{Intent: "retur", At: now.Add(-time.Minute)}
		}, false},
		{"order under way", func(t *shop.Turn) { t.Conversation.Memory.Order = &shop.OpenOrder{At: now.Add(-time.Minute)} }, false},
		{"a person has the chat", func(t *shop.Turn) { t.Conversation.PausedUntil = now.Add(time.Hour) }, false},
		{"an admin", func(t *shop.Turn) { t.Person = sari }, false},
		{"a division", func(t *shop.Turn) { t.Divisions = []shop.Division{{Name: "gudang", Person: rina}} }, false},
		{"another business", func(t *shop.Turn) { t.Messages[0].Verified = true }, false},
		{"forwarded", func(t *shop.Turn) { t.Messages[0].Forwarded = true }, false},
		{"read late", func(t *shop.Turn) { t.Messages[0] = aged(t.Messages[0], time.Hour) }, false},
	} {
		o := decide(t, with(thanked("makasih kak"), tt.edit))
		ask := o.Conversation.Memory.Ask
		if asked := o.AskConsent != ""; asked != tt.want || asked != (ask != nil) || asked && (!strings.Contains(o.reply, o.AskConsent) || ask.Words != o.AskConsent || o.replies != 1) {
			t.Errorf("%s: asked %q, reply %q, remembered %v", tt.name, o.AskConsent, o.reply, ask)
		}
	}
	off := newBot()
	off.Policy.AskConsent = false
	if out, err := off.Decide(thanked("makasih kak")); err != nil || out.AskConsent != "" {
		t.Errorf("asked although the settings say no: %q, %v", out.AskConsent, err)
	}
}

// TestAskAfterRating: a good score for yesterday's talk is a fitting moment too, one for
// today's is not, and a middling one never.
func TestAskAfterRating(t *testing.T) {
	for _, tt := range []struct {
		score string
		asked time.Time
		want  bool
	}{
		{"5", now.Add(-18 * time.Hour), true},
		{"5", now.Add(-time.Hour), false},
		{"3", now.Add(-18 * time.Hour), false},
		{"1", now.Add(-18 * time.Hour), false},
	} {
		o := decide(t, with(heard(said(tt.score)), func(t *shop.Turn) {
			t.Consent, t.Asking.RatingAt = shop.ConsentNone, tt.asked
			t.Conversation.Memory.Rating = &shop.OpenRating{Ticket: 1, AskedAt: tt.asked}
		}))
		if asked := o.AskConsent != ""; asked != tt.want || asked && !strings.Contains(o.reply, o.AskConsent) {
			t.Errorf("score %s of %v: asked %q, reply %q", tt.score, tt.asked, o.AskConsent, o.reply)
		}
	}
}

// asking is the next turn of a customer who was asked an hour ago.
func asking(messages ...shop.Message) shop.Turn {
	return with(heard(messages...), func(t *shop.Turn) {
		const words = "Boleh kami kabari kalau ada promo, Kak Rina?"
		t.Asking.Asked = true
		t.Conversation.Memory.Ask = &shop.OpenAsk{Words: words, At: now.Add(-time.Hour)}
		t.LastSaid = &shop.Said{At: now.Add(-time.Hour + 3*time.Second), Text: "Sama-sama Kak\n\n" + words}
	})
}

// TestConsentAnswered: the next message answers, with the question on record, and nothing
// later, nothing said to somebody else, and nothing after another word of ours.
func TestConsentAnswered(t *testing.T) {
	forwarded, typed := said("mau"), typedNow("mau ya kak?")
	forwarded.Forwarded = true
	for _, tt := range []struct {
		name     string
		messages []shop.Message
		edit     func(*shop.Turn)
		want     []bool
		reply    string
	}{
		{"yes", []shop.Message{said("iya kak")}, nil, []bool{true}, "kami kabari"},
		{"no", []shop.Message{said("ga usah kak")}, nil, []bool{false}, "tidak kami kirim"},
		{"yes, then no", []shop.Message{said("boleh"), said("eh ga usah deh")}, nil, []bool{true, false}, "tidak kami kirim"},
		{"other words", []shop.Message{said("mau terima promo kak")}, nil, []bool{true}, "kami kabari"},
		{"something else first", []shop.Message{said("harga bakso berapa kak?"), said("boleh")}, nil, nil, "25.000"},
		{"something else after it", []shop.Message{said("boleh"), said("harga bakso berapa kak?")}, nil, []bool{true}, "25.000"},
		{"forwarded", []shop.Message{forwarded}, nil, nil, ""},
		{"typed on the shop phone before", []shop.Message{typed, said("boleh")}, nil, nil, ""},
		{"written before the question left", []shop.Message{said("boleh")}, func(t *shop.Turn) { t.LastSaid.At = now }, nil, ""},
		{"something else was said since", []shop.Message{said("boleh")}, func(t *shop.Turn) { t.LastSaid.Text = "Mau yang pedas, Kak?" }, nil, ""},
		{"the question never left", []shop.Message{said("boleh")}, func(t *shop.Turn) { t.LastSaid = nil }, nil, ""},
		{"a day later", []shop.Message{said("boleh")}, func(t *shop.Turn) { t.Conversation.Memory.Ask.At = now.Add(-24 * time.Hour) }, nil, ""},
	} {
		turn := asking(tt.messages...)
		if tt.edit != nil {
			tt.edit(&turn)
		}
		o := decide(t, turn)
		var got []bool
		for _, c := range o.Consents {
			got = append(got, c.Granted)
			if c.Question != "Boleh kami kabari kalau ada promo, Kak Rina?" || c.Words == "" || c.Source != "chat" || !c.At.Equal(now) {
				t.Errorf("%s: proof %+v", tt.name, c)
			}
		}
		if !slices.Equal(got, tt.want) || !strings.Contains(o.reply, tt.reply) || o.Conversation.Memory.Ask != nil {
			t.Errorf("%s: consents %v, want %v; reply %q, still asking %v", tt.name, got, tt.want, o.reply, o.Conversation.Memory.Ask)
		}
	}
}

// TestConsentBeside: of a STOP and a MULAI in one burst the last holds and both stand on
// record; what is asked in the same message is answered, a reason is not.
func TestConsentBeside(t *testing.T) {
	for _, tt := range []struct {
		name    string
		before  shop.ConsentState
		words   []string
		want    []bool
		replies int
		reply   string
	}{
		{"stop, start", shop.ConsentIn, []string{"STOP", "MULAI"}, []bool{false, true}, 1, "sudah terdaftar"},
		{"start, stop", shop.ConsentNone, []string{"mulai", "stop"}, []bool{true, false}, 1, "tidak akan"},
		{"stop twice", shop.ConsentIn, []string{"stop", "stop promo"}, []bool{false}, 1, "tidak akan"},
		{"again", shop.ConsentOut, []string{"stop"}, nil, 1, "memang sudah"},
		{"and a question", shop.ConsentIn, []string{"stop promo ya kak. Harga bakso berapa?"}, []bool{false}, 2, "25.000"},
		{"and a question behind a comma", shop.ConsentIn, []string{"jangan kirim promo lagi ya, harga bakso berapa"}, []bool{false}, 2, "25.000"},
		{"a question first", shop.ConsentIn, []string{"harga bakso berapa kak? oh ya stop promo ya"}, []bool{false}, 2, "25.000"},
		{"and a reason", shop.ConsentIn, []string{"stop promo kak, saya sudah pindah ke luar negeri"}, []bool{false}, 1, "tidak akan"},
		{"and thanks", shop.ConsentIn, []string{"stop promo ya kak, terima kasih"}, []bool{false}, 1, "tidak akan"},
	} {
		var messages []shop.Message
		for _, w := range tt.words {
			messages = append(messages, said(w))
		}
		o := decide(t, with(heard(messages...), func(t *shop.Turn) { t.Consent = tt.before }))
		var got []bool
		for _, c := range o.Consents {
			got = append(got, c.Granted)
		}
		if !slices.Equal(got, tt.want) || o.replies != tt.replies || !strings.Contains(o.reply, tt.reply) {
			t.Errorf("%s: consents %v, want %v; %d replies: %q", tt.name, got, tt.want, o.replies, o.reply)
		}
	}
}
