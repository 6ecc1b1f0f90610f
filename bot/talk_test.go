package bot

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"bestie/shop"
)

// talk is a conversation of several turns with one customer.
type talk struct {
	t    *testing.T
	now  time.Time
	conv shop.Conversation
	wait *shop.Wait
}

func newTalk(t *testing.T) *talk {
	return &talk{t: t, now: now, conv: shop.Conversation{GreetedAt: now.Add(-time.Hour)}}
}

// say takes one turn of messages half a minute later.
func (k *talk) say(messages ...shop.Message) outcome {
	k.t.Helper()
	k.now = k.now.Add(30 * time.Second)
	for i := range messages {
		messages[i].SentAt, messages[i].ReceivedAt = k.now.Add(-4*time.Second), k.now.Add(-4*time.Second)
	}
	o := decide(k.t, with(heard(messages...), func(turn *shop.Turn) {
		turn.Now, turn.Conversation, turn.Wait, turn.Person.Name = k.now, k.conv, k.wait, ""
	}))
	k.conv = o.Conversation
	if o.NeedsHuman && k.wait == nil {
		k.wait = &shop.Wait{ID: 1, Since: k.now, Human: true, Called: o.Number != 0, Number: o.Number}
	}
	return o
}

func (k *talk) text(s string) outcome { k.t.Helper(); return k.say(said(s)) }

// expect checks what was said and paged: each want in the reply, "" for no alert.
func (k *talk) expect(o outcome, alert string, wants ...string) {
	k.t.Helper()
	for _, want := range wants {
		if !strings.Contains(o.reply, want) {
			k.t.Errorf("reply %q lacks %q", o.reply, want)
		}
	}
	if (alert == "") != (o.alert == "") || !strings.Contains(o.alert, alert) {
		k.t.Errorf("alert %q, want %q", o.alert, alert)
	}
}

// offered puts a menu into the conversation, as an unsure bot does.
func (k *talk) offered(text string, intents ...string) {
	k.conv.Memory = k.conv.Memory.Fresh(k.now)
	k.conv.Memory.Offer(intents, text, true, k.now)
}

func TestMenuIsAnswered(t *testing.T) {
	for _, tt := range []struct{ answer, reply, alert string }{
		{"2", "Rp25.000", ""},
		{"yang kedua kak", "Rp25.000", ""},
		{"no 2", "Rp25.000", ""},
		{"tanya harga", "Rp25.000", ""},
		{"satu", "Bandung", ""},
		{"1 dan 2", "Rp25.000", ""},
		{"0", "admin", "minta bicara"},
	} {
		k := newTalk(t)
		k.offered("bakso kirim bandung", "ongkir", "tanya_harga")
		o := k.text(tt.answer)
		k.expect(o, tt.alert, tt.reply)
		if k.conv.Memory.Menu != nil || tt.alert == "" && !o.answers {
			t.Errorf("after %q the menu is %+v, answers %v", tt.answer, k.conv.Memory.Menu, o.answers)
		}
	}
}

// vague finds a message that the matcher has choices for.
func vague(t *testing.T) string {
	t.Helper()
	for _, text := range []string{"barang datang tapi aneh", "promo ongkir", "paket", "ga sesuai kak", "kak pesanannya gimana ya jadinya"} {
		if m := parts().Library().Match(text); len(m.Parts) == 0 && len(m.Menu) > 1 {
			return text
		}
	}
	t.Fatal("nothing is vague any more: find another message")
	return ""
}

func TestMenuIsOffered(t *testing.T) {
	k := newTalk(t)
	o := k.text(vague(t))
	k.expect(o, "", "1. ", "2. ", "0. Bicara dengan admin")
	if p := o.Drafts[0].Parts; len(p) != 1 || p[0].Intent != "menu" || o.answers || o.NeedsHuman || !o.StartWait || !k.conv.Memory.Menu.Unsure {
		t.Errorf("a menu only holds: %+v, answers %v, a person %v, wait %v", p, o.answers, o.NeedsHuman, o.StartWait)
	}
	o = k.text(vague(t) + " kak")
	k.expect(o, "", "cek dulu")
	if k.conv.Memory.Menu != nil || !o.NeedsHuman {
		t.Errorf("not understood twice, and offered again: %q", o.reply)
	}
}

func TestMenuIsMissed(t *testing.T) {
	k := newTalk(t)
	k.offered("bakso kirim bandung", "ongkir", "tanya_harga")
	o := k.text("bukan itu kak")
	k.expect(o, "", "cek dulu")
	if !o.NeedsHuman || o.answers || k.conv.Memory.Menu != nil {
		t.Errorf("the second miss: a person %v, answers %v", o.NeedsHuman, o.answers)
	}
	k = newTalk(t)
	k.offered("bakso kirim bandung", "ongkir", "tanya_harga")
	k.expect(k.text("harga soto berapa kak"), "", "Rp22.000")
	if o = k.text("2"); strings.Contains(o.reply, "Rp25.000") {
		t.Errorf("an old menu caught a number: %q", o.reply)
	}
	k = newTalk(t)
	k.offered("bakso kirim bandung", "ongkir", "tanya_harga")
	k.now = k.now.Add(shop.MemoryLife)
	if o = k.text("2"); strings.Contains(o.reply, "Rp25.000") {
		t.Errorf("yesterday's menu caught a number: %q", o.reply)
	}
}

func TestFormOneByOne(t *testing.T) {
	k := newTalk(t)
	o := k.text("paket saya kok belum datang ya kak")
	k.expect(o, "", "nomor pesanan")
	if f := k.conv.Memory.Form; f == nil || f.Intent != "status_pesanan" || f.Asked != "pesanan" {
		t.Fatalf("the form is %+v", f)
	}
	k.expect(k.text("23091822ABCDEF"), "", "siapa")
	if k.conv.Memory.Known("pesanan") != "23091822ABCDEF" {
		t.Errorf("remembered %+v", k.conv.Memory.Facts)
	}
	o = k.text("Dewi Lestari")
	k.expect(o, "data pelanggan sudah masuk", "Kak Dewi")
	for _, want := range []string{"Pesanan: 23091822ABCDEF", "Nama: Dewi Lestari"} {
		if !strings.Contains(o.alert, want) {
			t.Errorf("the page %q lacks %q", o.alert, want)
		}
	}
	if !o.NeedsHuman || k.conv.Memory.Form != nil {
		t.Errorf("done: a person %v, form %+v", o.NeedsHuman, k.conv.Memory.Form)
	}
}

func TestFormSkipsWhatIsKnown(t *testing.T) {
	k := newTalk(t)
	o := k.say(said("paket saya belum datang kak, nomor pesanan 23091822ABCDEF atas nama Dewi"))
	k.expect(o, "Nama: Dewi")
	if k.conv.Memory.Form != nil {
		t.Errorf("still asks: %+v", k.conv.Memory.Form)
	}
	o = k.text("voucher gratis ongkir saya tidak bisa dipakai, kenapa ya")
	k.expect(o, "", "screenshot")
	k.expect(k.say(ofKind(shop.KindImage, "")), "Foto: ada di chat")
	k = newTalk(t)
	k.expect(k.say(ofKind(shop.KindImage, "")), "", "oto")
	k.expect(k.text("voucher gratis ongkir saya tidak bisa dipakai, kenapa ya"), "Foto: ada di chat")
}

func TestFormIsNoTrap(t *testing.T) {
	start := func() *talk {
		k := newTalk(t)
		k.expect(k.text("paket saya kok belum datang ya kak"), "", "nomor pesanan")
		return k
	}
	k := start()
	k.expect(k.text("lupa nomornya kak"), "", "siapa")
	k.expect(k.text("ga ada"), "Pesanan: belum ada", "")

	k = start()
	k.expect(k.text("harga bakso berapa kak?"), "", "Rp25.000", "nomor pesanan")
	o := k.text("kalau soto harganya berapa?")
	k.expect(o, "", "Rp22.000")
	if strings.Contains(o.reply, "nomor pesanan") || k.conv.Memory.Form == nil {
		t.Errorf("asked a third time, or forgotten: %q", o.reply)
	}
	k.expect(k.text("23091822ABCDEF"), "", "siapa")

	k = start()
	k.expect(k.text("hmm"), "", "nomor pesanan")
	k.expect(k.text("hmm hmm"), "data pelanggan", "cek dulu")
	if k.conv.Memory.Form != nil {
		t.Error("a second miss goes on asking")
	}

	k = start()
	o = k.text("PENIPU kalian semua!!")
	if !strings.Contains(o.alert, "marah") && !strings.Contains(o.alert, "mengancam") || !strings.Contains(o.alert, "Cek pesanan") {
		t.Errorf("the page of the angry is %q", o.alert)
	}
	if f := k.conv.Memory.Form; f != nil {
		t.Errorf("the angry are still asked: %+v", f)
	}
}

func TestOneCallToAction(t *testing.T) {
	k := newTalk(t)
	o := k.text("harga bakso berapa? terus stok soto ada?")
	if n := len(o.Drafts[0].Parts); n != 2 {
		t.Fatalf("%d parts in %q", n, o.reply)
	}
	if last := strings.Split(strings.TrimSpace(o.reply), "\n\n"); len(last) != 3 {
		t.Errorf("the message has %d paragraphs, want two answers and one call to action: %q", len(last), o.reply)
	}
}

func TestProductIsKept(t *testing.T) {
	k := newTalk(t)
	k.expect(k.text("harga bakso berapa kak"), "", "Rp25.000")
	k.expect(k.text("stoknya masih ada?"), "", "akso ready, sisa 40")
	k.now = k.now.Add(shop.MemoryLife)
	if o := k.text("stoknya masih ada kak?"); strings.Contains(o.reply, "sisa 40") {
		t.Errorf("yesterday's product: %q", o.reply)
	}
}

func TestCityIsKept(t *testing.T) {
	k := newTalk(t)
	o := k.text("ongkir ke bdg berapa kak")
	if len(o.Tags) != 1 || o.Tags[0] != "kota:Bandung" {
		t.Errorf("tags %v", o.Tags)
	}
	if o = k.text("kalau estimasi kirimnya berapa hari kak?"); len(o.Tags) > 0 {
		t.Errorf("tagged again: %v", o.Tags)
	}
	if o = newTalk(t).text("kak saya orang bandung, harga bakso berapa"); len(o.Tags) > 0 {
		t.Errorf("a place that no parcel goes to is a tag: %v", o.Tags)
	}
}

func TestTakeoverClosesFormAndMenu(t *testing.T) {
	k := newTalk(t)
	k.text("paket saya kok belum datang ya kak")
	k.say(typedNow("sebentar kak"))
	if k.conv.Memory.Form != nil {
		t.Error("the bot goes on asking after a person took over")
	}
}

// TestShippingAsksForThePlace: known, it answers at once; asked, it answers then.
func TestShippingAsksForThePlace(t *testing.T) {
	for _, place := range []string{"Bandung", "Cibodas Raya"} {
		k := newTalk(t)
		k.expect(k.text("ongkirnya berapa ya kak"), "", "kecamatan")
		o := k.text(place)
		k.expect(o, "", place)
		if k.conv.Memory.Form != nil || !o.answers || o.NeedsHuman {
			t.Errorf("after %s: form %+v, answers %v, a person %v", place, k.conv.Memory.Form, o.answers, o.NeedsHuman)
		}
	}
	k := newTalk(t)
	o := k.text("ongkir ke bandung berapa")
	k.expect(o, "", "Bandung")
	if k.conv.Memory.Form != nil || !o.answers {
		t.Errorf("asks for what it knows: %q", o.reply)
	}
}

// TestTemplateMenu: a template may offer what to do next; a number is answered, and
// anything else is read like any message.
func TestTemplateMenu(t *testing.T) {
	k := newTalk(t)
	greeting := parts().Library().Template("salam")
	defer func(menu []string) { greeting.Menu = menu }(greeting.Menu)
	greeting.Menu = []string{"tanya_harga", "daftar_dropship"}
	o := k.text("halo kak")
	k.expect(o, "", "1. Cek harga\n2. ")
	if o.replies != 1 || strings.Contains(o.reply, "0. ") || strings.Contains(o.reply, "ditanyakan") || k.conv.Memory.Menu.Unsure {
		t.Errorf("offered %q, menu %+v", o.reply, k.conv.Memory.Menu)
	}
	k.expect(k.text("1"), "", "yang mana")
	k.text("selamat malam kak")
	k.expect(k.text("harga soto berapa kak"), "", "Rp22.000")
}

// TestRandomTalk: whatever is said in whatever order, every turn is decided, what is
// remembered stays small, and no message asks for two things.
func TestRandomTalk(t *testing.T) {
	var lines []string
	for _, tmpl := range parts().Library().Templates() {
		lines = append(lines, tmpl.Examples[:3]...)
	}
	lines = append(lines, "1", "2", "0", "yang kedua", "lupa", "ga ada", "nanti ya", "23091822ABCDEF", "Dewi Lestari", "3 bungkus", "Bandung",
		"Jl. Kenanga 5 RT 03 Cicendo", "081234567890", "hmm", "barang datang tapi aneh", strings.Repeat("panjang sekali ", 200), "\x00\u202e<b>", "??")
	media := []shop.Kind{shop.KindImage, shop.KindVoice, shop.KindVideo, shop.KindLocation, shop.KindSticker}
	dice := rand.New(rand.NewPCG(1, 2))
	for range 40 {
		k := newTalk(t)
		for range 50 {
			k.now = k.now.Add(time.Duration(dice.IntN(100)) * time.Minute)
			m := said(lines[dice.IntN(len(lines))])
			if dice.IntN(8) == 0 {
				m = ofKind(media[dice.IntN(len(media))], m.Text[:dice.IntN(2)*len(m.Text)])
			}
			o := k.say(m)
			memory, err := json.Marshal(k.conv.Memory)
			if err != nil || len(memory) > 8192 {
				t.Fatalf("%d bytes are remembered after %q (%v)", len(memory), m.Text, err)
			}
			for _, d := range o.Drafts {
				if len(d.Parts) > 0 && d.Parts[0].Intent == "fallback" {
					t.Fatalf("%q could not be decided with %s", m.Text, memory)
				}
				if strings.Contains(d.Text, "{{") || strings.Contains(d.Text, "<no value>") || d.Text == "" {
					t.Fatalf("%q is answered %q", m.Text, d.Text)
				}
			}
		}
	}
}
