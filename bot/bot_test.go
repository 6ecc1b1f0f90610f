package bot

import (
	"strings"
	"sync"
	"testing"
	"time"

	"bestie/shop"
	"bestie/templates"
)

var now = time.Date(2026, 11, 24, 16, 30, 0, 0, shop.WIB)

// parts are the library and the texts, which take a moment to load.
var parts = sync.OnceValue(func() *Bot {
	library, err := templates.Load()
	if err != nil {
		panic(err)
	}
	texts, err := templates.LoadTexts()
	if err != nil {
		panic(err)
	}
	return &Bot{Library: func() *templates.Library { return library }, Texts: texts}
})

// newBot is a bot with the default policy whose dice always show 0.
func newBot() *Bot {
	b := *parts()
	b.Rand = func(int) int { return 0 }
	b.Policy = Policy{
		Freshness: 15 * time.Minute, ApologyUntil: 12 * time.Hour, Takeover: 4 * time.Hour, Rating: true, AskConsent: true,
		TypingMin: time.Second, TypingMax: 4 * time.Second, Guards: shop.DefaultGuards(),
	}
	return &b
}

var (
	rina = shop.Person{ID: 1, Address: shop.Address{Phone: "6281200000001"}, Name: "Rina"}
	sari = shop.Person{ID: 9, Address: shop.Address{Phone: "6281300000001"}, Name: "Sari", Roles: []shop.Role{shop.RoleDuty}}
	dewi = shop.Person{ID: 8, Address: shop.Address{Phone: "6281300000002"}, Name: "Dewi", Roles: []shop.Role{shop.RoleSecond}}
)

// said is a message of the customer, four seconds old.
func said(text string) shop.Message {
	return shop.Message{Kind: shop.KindText, Text: text, SentAt: now.Add(-4 * time.Second), ReceivedAt: now.Add(-4 * time.Second)}
}

func typedNow(text string) shop.Message {
	m := said(text)
	m.FromMe = true
	return m
}

func ofKind(kind shop.Kind, caption string) shop.Message {
	m := said(caption)
	m.Kind = kind
	return m
}

// aged makes a message older.
func aged(m shop.Message, by time.Duration) shop.Message {
	m.SentAt = now.Add(-by)
	return m
}

// heard is a turn of Rina's in a shop with two products.
func heard(messages ...shop.Message) shop.Turn {
	return shop.Turn{
		Now: now, Person: rina, Messages: messages, NextNumber: 3, Roster: shop.Roster{sari, dewi},
		Products: []shop.Product{{Name: "bakso", Price: 25000, Stock: 40}, {Name: "soto", Price: 22000}},
	}
}

// with changes a turn.
func with(t shop.Turn, edit func(*shop.Turn)) shop.Turn {
	edit(&t)
	return t
}

// outcome is what a test looks at: texts by lane, joined, and the state.
type outcome struct {
	reply, alert string
	replies      int
	answers      bool
	shop.Outcome
}

func decide(t *testing.T, turn shop.Turn) (o outcome) {
	t.Helper()
	out, err := newBot().Decide(turn)
	if err != nil {
		t.Fatal(err)
	}
	o.Outcome = out
	for _, d := range out.Drafts {
		if d.Lane == shop.LaneAlert {
			if d.To != sari.ID {
				t.Errorf("an alert goes to person %d, want the duty admin", d.To)
			}
			o.alert += d.Text + "\n"
			continue
		}
		if d.To != turn.Person.ID {
			t.Errorf("a reply goes to person %d", d.To)
		}
		o.reply += d.Text + "\n"
		o.replies++
		o.answers = o.answers || d.Answers
	}
	return o
}

// TestDecide is the table of rules: what is said, what is paged, which clock runs.
func TestDecide(t *testing.T) {
	open := &shop.Wait{ID: 5, Since: now.Add(-time.Minute), Words: "titip bingkisan"}
	numbered := &shop.Wait{ID: 5, Since: now.Add(-3 * time.Minute), Number: 2, Paged: 1}
	paused := func(t *shop.Turn) { t.Conversation.PausedUntil = now.Add(time.Hour) }
	for _, tt := range []struct {
		name    string
		turn    shop.Turn
		reply   []string // all of these, "" for no reply at all
		alert   string   // part of the alert, "" for none
		wait    bool     // a clock starts or goes on
		answers bool
		human   bool // only a person ends the wait
	}{
		{"price", heard(said("harga bakso berapa kak?")), []string{"Halo Kak Rina", "Rp25.000"}, "", true, true, false},
		{"greeted already", with(heard(said("harga bakso berapa kak?")), func(t *shop.Turn) { t.Conversation.GreetedAt = now.Add(-time.Hour) }), []string{"Rp25.000"}, "", true, true, false},
		{"burst", heard(said("kak"), said("harga bakso"), said("berapa?")), []string{"Rp25.000"}, "", true, true, false},
		{"two questions", heard(said("harga bakso berapa? ongkir ke bandung berapa?")), []string{"Rp25.000", "Bandung"}, "", true, true, false},
		{"one of two unknown", heard(said("harga bakso berapa kak? bisa custom logo di kemasannya ga?")), []string{"Rp25.000", "cek dulu"}, "", true, false, true},
		{"unknown", heard(said("kak bisa bantu urus paspor ga?")), []string{"cek dulu"}, "", true, false, true},
		{"greeting alone holds", heard(said("halo kak")), []string{"Kak Rina"}, "", true, false, false},
		{"question back holds", heard(said("harganya berapa kak")), []string{"yang mana", "Bakso"}, "", true, false, false},
		{"sold out answers", heard(said("soto masih ada kak?")), []string{"soto", "Kak Rina"}, "", true, true, false},
		{"wish for a person", heard(said("mau bicara sama admin dong")), []string{"admin"}, "minta bicara", true, false, true},
		{"angry and a wish", heard(said("PENIPU!! mana paket saya")), []string{"maaf", "nomor pesanan"}, "marah", true, false, true},
		{"threat", heard(said("saya lapor polisi ya")), []string{"maaf"}, "mengancam", true, false, true},
		{"payment", heard(said("sudah transfer 75rb ya kak")), []string{"Rp75.000", "diverifikasi"}, "lapor pembayaran", true, false, true},
		{"payment with proof", heard(ofKind(shop.KindImage, "sudah transfer 75rb ya kak")), []string{"bukti", "diverifikasi"}, "lapor pembayaran", true, false, true},
		{"page keeps its number", with(heard(said("mana adminnya, mau bicara sama admin")), func(t *shop.Turn) { t.Wait = numbered }), []string{"admin"}, "#2", true, false, true},
		{"balance of a stranger", heard(said("saldo")), []string{"belum terdaftar"}, "", true, false, false},
		{"balance", with(heard(said("saldo")), func(t *shop.Turn) {
			t.Account = &shop.Account{Dropshipper: shop.Dropshipper{Shop: "Toko Melati", Limit: 300000, Used: 88468}}
		}), []string{"Rp300.000", "Rp88.468", "Rp211.532"}, "", true, true, false},
		{"picture", heard(ofKind(shop.KindImage, "")), []string{"oto"}, "", true, false, true},
		{"picture of a dropshipper", with(heard(ofKind(shop.KindImage, "")), func(t *shop.Turn) { t.Dropshipper = &shop.Dropshipper{Shop: "Toko Melati"} }), []string{"bukti"}, "lapor pembayaran", true, false, true},
		{"picture with a question", heard(ofKind(shop.KindImage, "ini harga bakso berapa kak?")), []string{"Rp25.000"}, "", true, true, false},
		{"view once", heard(ofKind(shop.KindViewOnce, "")), []string{"kirim ulang"}, "", true, false, false},
		{"call", heard(ofKind(shop.KindCall, "")), []string{"telepon"}, "", false, false, false},
		{"second call of the day", with(heard(ofKind(shop.KindCall, "")), func(t *shop.Turn) { t.Conversation.LastCallAt = now.Add(-time.Hour) }), nil, "", false, false, false},
		{"sticker", heard(ofKind(shop.KindSticker, "")), nil, "", false, false, false},
		{"reaction to nothing", heard(ofKind(shop.KindReaction, "👍")), nil, "", false, false, false},
		{"emoji", heard(said("🙏🙏")), nil, "", false, false, false},
		{"thanks", heard(said("makasih kak")), []string{"Kak Rina"}, "", false, false, false},
		{"agreement", heard(said("oke siap")), nil, "", false, false, false},
		{"late", heard(aged(said("stok bakso ada?"), 35*time.Minute+4*time.Second)), []string{"35 menit lalu", "stok bakso ada?"}, "", true, false, true},
		{"just fresh", heard(aged(said("stok bakso ada?"), 15*time.Minute)), []string{"40"}, "", true, true, false},
		{"very late", heard(aged(said("stok bakso ada?"), 13*time.Hour)), nil, "", true, false, true},
		{"paused", with(heard(said("harga bakso berapa")), paused), nil, "", true, false, false},
		{"paused and thanked", with(heard(said("makasih kak")), paused), nil, "", false, false, false},
		{"opt-out while paused", with(heard(said("stop promo")), paused), []string{"tidak akan menerima promo"}, "", false, false, false},
		{"opt-out and a question", heard(said("stop promo"), said("harga bakso berapa kak?")), []string{"tidak akan menerima promo", "Rp25.000"}, "", true, true, false},
		{"opt-out of an admin", with(heard(said("stop promo")), func(t *shop.Turn) { t.Person = sari }), []string{"tidak akan menerima promo"}, "", false, false, false},
		{"not an opt-out", heard(said("stop kontak ada?")), []string{"cek dulu"}, "", true, false, true},
		{"muted", with(heard(said("harga bakso berapa")), func(t *shop.Turn) { t.Conversation.MutedUntil = now.Add(time.Hour) }), nil, "", false, false, false},
		{"same question at once", with(heard(said("harga bakso berapa")), func(t *shop.Turn) {
			t.Conversation.LastInText, t.Conversation.LastInAt = "harga bakso berapa", now.Add(-30*time.Second)
		}), nil, "", false, false, false},
		{"away text", heard(said("Terima kasih telah menghubungi Toko Sebelah. Kami segera membalas.")), nil, "", false, false, false},
		{"verified business again", with(heard(func() shop.Message { m := said("harga bakso berapa"); m.Verified = true; return m }()), func(t *shop.Turn) {
			t.Recent = []shop.Said{{At: now.Add(-time.Hour), Text: "x"}}
		}), nil, "", false, false, false},
		{"admin asks", with(heard(said("harga bakso berapa")), func(t *shop.Turn) { t.Person = sari }), []string{"antrian"}, "", false, false, false},
		{"admin thanks", with(heard(said("oke makasih")), func(t *shop.Turn) { t.Person = sari }), nil, "", false, false, false},
		{"more of an open wait", with(heard(said("harga bakso berapa")), func(t *shop.Turn) { t.Wait = open }), []string{"Rp25.000"}, "", true, true, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := decide(t, tt.turn)
			if len(tt.reply) == 0 && o.replies > 0 {
				t.Errorf("replied %q, want silence", o.reply)
			}
			for _, want := range tt.reply {
				if !strings.Contains(o.reply, want) {
					t.Errorf("reply %q lacks %q", o.reply, want)
				}
			}
			if (tt.alert == "") != (o.alert == "") || !strings.Contains(o.alert, tt.alert) {
				t.Errorf("alert %q, want %q", o.alert, tt.alert)
			}
			if o.StartWait != tt.wait || o.answers != tt.answers || o.NeedsHuman != tt.human {
				t.Errorf("wait %v, answers %v, only a person %v; want %v, %v, %v\n%s",
					o.StartWait, o.answers, o.NeedsHuman, tt.wait, tt.answers, tt.human, o.reply)
			}
		})
	}
}

// TestTakeover: what a person typed answers and silences, and takes no wish away.
func TestTakeover(t *testing.T) {
	o := decide(t, heard(said("harga bakso berapa"), typedNow("Sebentar ya kak")))
	if o.replies > 0 || !o.Cancel || !o.Human.Equal(now.Add(-4*time.Second)) {
		t.Errorf("replies %d, cancel %v, human %v", o.replies, o.Cancel, o.Human)
	}
	if want := o.Human.Add(4 * time.Hour); !o.Conversation.PausedUntil.Equal(want) {
		t.Errorf("paused until %v, want %v", o.Conversation.PausedUntil, want)
	}
	o = decide(t, heard(said("stop promo"), typedNow("Sebentar ya kak")))
	if len(o.Consents) != 1 || o.Consents[0].Granted || o.Human.IsZero() || o.replies != 1 {
		t.Errorf("consent %v, human %v, %d replies; want both and the confirmation", o.Consents, o.Human, o.replies)
	}
	o = decide(t, heard(func() shop.Message { m := typedNow(""); m.Kind = shop.KindReaction; return m }()))
	if !o.Human.IsZero() || o.Conversation.PausedUntil.After(now) {
		t.Error("a thumb from the shop phone is no word of a person")
	}
}

// TestGoodbyeEndsTheClock only if something was answered, and never one that
// waits for a person.
func TestGoodbyeEndsTheClock(t *testing.T) {
	for _, tt := range []struct {
		name     string
		wait     *shop.Wait
		answered bool
		want     bool
	}{
		{"nobody waits", nil, true, false},
		{"nothing was answered", &shop.Wait{ID: 1}, false, false},
		{"answered", &shop.Wait{ID: 1}, true, true},
		{"a person was promised", &shop.Wait{ID: 1, Human: true}, true, false},
	} {
		o := decide(t, with(heard(said("makasih kak")), func(t *shop.Turn) { t.Wait, t.Conversation.Answered = tt.wait, tt.answered }))
		if o.CancelWait != tt.want || o.StartWait || o.Conversation.Answered {
			t.Errorf("%s: ends %v, starts %v, still answered %v; want ends %v", tt.name, o.CancelWait, o.StartWait, o.Conversation.Answered, tt.want)
		}
	}
}

// TestConsent: recorded once, confirmed always.
func TestConsent(t *testing.T) {
	for _, tt := range []struct {
		text   string
		before shop.ConsentState
		record bool
		grant  bool
		reply  string
	}{
		{"stop promo", shop.ConsentIn, true, false, "tidak akan"},
		{"STOP", shop.ConsentNone, true, false, "tidak akan"},
		{"stop promo", shop.ConsentOut, false, false, "memang sudah"},
		{"mulai", shop.ConsentOut, true, true, "kirim lagi"},
		{"mulai", shop.ConsentIn, false, true, "sudah terdaftar"},
	} {
		o := decide(t, with(heard(said(tt.text)), func(t *shop.Turn) { t.Consent = tt.before }))
		if (len(o.Consents) == 1) != tt.record || tt.record && o.Consents[0].Granted != tt.grant || !strings.Contains(o.reply, tt.reply) {
			t.Errorf("%s after %v: consent %v, reply %q", tt.text, tt.before, o.Consents, o.reply)
		}
	}
}

// TestLoopGuard: the ninth reply in two minutes is the last; a person is told.
func TestLoopGuard(t *testing.T) {
	replies := func(n int) shop.Turn {
		return with(heard(said("harga bakso berapa")), func(t *shop.Turn) {
			for i := range n {
				t.Recent = append(t.Recent, shop.Said{At: now.Add(-time.Duration(i) * 10 * time.Second), Text: "x"})
			}
		})
	}
	if o := decide(t, replies(8)); o.replies != 1 || o.alert != "" {
		t.Errorf("after 8 replies: %d replies, alert %q", o.replies, o.alert)
	}
	o := decide(t, replies(9))
	if o.replies != 0 || !strings.Contains(o.alert, "robot") || !o.Conversation.MutedUntil.Equal(now.Add(6*time.Hour)) {
		t.Errorf("after 9 replies: %d replies, alert %q, muted until %v", o.replies, o.alert, o.Conversation.MutedUntil)
	}
}

// TestAnotherWording: the same answer is not said twice in the same words.
func TestAnotherWording(t *testing.T) {
	greeted := func(t *shop.Turn) { t.Conversation.GreetedAt = now.Add(-time.Hour) }
	first := decide(t, with(heard(said("harga bakso berapa")), greeted)).Drafts[0].Text
	again := decide(t, with(heard(said("harga baksonya berapa ya")), func(t *shop.Turn) {
		greeted(t)
		t.Recent = []shop.Said{{At: now.Add(-time.Minute), Text: first}}
	})).Drafts[0].Text
	if again == first || !strings.Contains(again, "Rp25.000") {
		t.Errorf("said %q after %q", again, first)
	}
}

// TestTyping: longer texts take longer, within bounds.
func TestTyping(t *testing.T) {
	c := newCase(newBot(), heard(said("x")))
	last := time.Duration(0)
	for n := range 1000 {
		d := c.typing(strings.Repeat("a", n))
		if d < last || d < time.Second || d > 4*time.Second {
			t.Fatalf("%d letters take %v, the shorter text %v", n, d, last)
		}
		last = d
	}
	if last != 4*time.Second {
		t.Errorf("the longest takes %v", last)
	}
}

// A defect in a rule must not keep a chat, and all others behind it, for ever.
func TestDefectEndsInAHoldingReplyAndAPerson(t *testing.T) {
	b := newBot()
	b.Library = func() *templates.Library { return nil } // every question now panics
	asked := shop.Message{Kind: shop.KindText, Text: "harga bakso brp?", SentAt: now}
	out, err := b.Decide(shop.Turn{Now: now, Person: shop.Person{ID: 7, PushName: "Rina"}, Messages: []shop.Message{asked}})
	if err != nil || !out.StartWait || !out.NeedsHuman || !out.WaitSince.Equal(now) {
		t.Fatalf("%+v, %v", out, err)
	}
	if len(out.Drafts) != 1 || out.Drafts[0].To != 7 || out.Drafts[0].Answers || !strings.Contains(out.Drafts[0].Text, "Kak Rina") {
		t.Errorf("the customer gets %+v", out.Drafts)
	}
	typedByUs := shop.Message{Kind: shop.KindText, FromMe: true, Text: "sebentar", SentAt: now}
	b.Texts = nil
	if out, err = b.Decide(shop.Turn{Now: now, Person: shop.Person{ID: 7}, Messages: []shop.Message{asked, typedByUs, asked}}); err != nil || len(out.Drafts) != 0 {
		t.Errorf("without any text: %+v, %v", out, err)
	}
}
