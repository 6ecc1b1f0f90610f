package bot

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"bestie/shop"
)

var (
	budi   = shop.Person{ID: 4, Address: shop.Address{Phone: "6281200000002"}, Name: "Budi"}
	gudang = shop.Person{ID: 20, Address: shop.Address{Phone: "6281500000001"}}
	agus   = shop.Person{ID: 7, Address: shop.Address{Phone: "6281300000003"}, Name: "Pak Agus", Roles: []shop.Role{shop.RoleSupervisor}}
)

// desk is what Sari sees: #3 Rina waits, #5 Budi is answered and Dewi's, #6 is a
// payment, #8 was closed.
func desk() *shop.Desk {
	ticket := func(id int64, number int, kind shop.TicketKind, who shop.Person) shop.TicketView {
		return shop.TicketView{Ticket: shop.Ticket{ID: id, Number: number, Kind: kind, PersonID: who.ID, OpenedAt: now.Add(-time.Hour)}, Person: who}
	}
	one, two, three, four := ticket(103, 3, shop.TicketChat, rina), ticket(105, 5, shop.TicketChat, budi), ticket(106, 6, shop.TicketPayment, budi), ticket(108, 8, shop.TicketChat, budi)
	one.Wait = &shop.Wait{ID: 1, PersonID: rina.ID, Number: 3, Since: now.Add(-4 * time.Minute), Words: "titip bingkisan"}
	one.Words, one.Memory = "kurang satu kak\npesanan 2309187654321", shop.Memory{}
	two.ClaimedBy, two.Claimer, two.ClaimedAt, two.Replied = dewi.ID, "Dewi", now.Add(-20*time.Minute), true
	three.Amount = 150_000
	four.ClosedAt = now.Add(-time.Hour)
	return &shop.Desk{
		Tickets: []shop.TicketView{one, two, three, four}, Open: 3, Waiting: 1, Queue: []shop.Queued{{Wait: *one.Wait, Person: rina, Open: true}},
		Status: shop.DeskStatus{Gate: shop.Gate{Until: now.Add(time.Hour), Reason: "463"}},
		Quotes: map[string]shop.Quoted{"PAGE3": {Ticket: 103}, "RELAY5": {Ticket: 105}, "PAGES": {Several: true}, "NOTICE": {}, "PAGE8": {Ticket: 108}},
	}
}

// command lets Sari write, in reply to a message of ours if quoting is not empty.
func command(t *testing.T, d *shop.Desk, mem *shop.DeskMemory, quoting string, texts ...string) shop.Outcome {
	t.Helper()
	turn := heard()
	for i, text := range texts {
		m := said(text)
		m.ID, m.QuotedID = int64(i+1), quoting
		turn.Messages = append(turn.Messages, m)
	}
	turn.Person, turn.Desk, turn.Roster = sari, d, shop.Roster{sari, dewi, agus}
	turn.Divisions = []shop.Division{{Name: "gudang", Person: gudang}}
	turn.Conversation.Memory.Desk = mem
	out, err := newBot().Decide(turn)
	if err != nil {
		t.Fatal(err)
	}
	if out.StartWait {
		t.Errorf("%q starts a clock", texts)
	}
	return out
}

// heardBy joins what a person gets.
func heardBy(out shop.Outcome, person int64) string {
	var texts []string
	for _, d := range out.Drafts {
		if d.To == person {
			texts = append(texts, d.Text)
		}
	}
	return strings.Join(texts, "\n")
}

// deeds are the steps in short: "claim 103 to 9".
func deeds(out shop.Outcome) string {
	var steps []string
	for _, a := range out.Desk {
		s := fmt.Sprintf("%s %d", a.Kind, a.Ticket)
		if a.To != 0 {
			s += fmt.Sprintf(" to %d", a.To)
		}
		if a.Division != "" {
			s += " " + a.Division
		}
		if a.Kind == shop.ActPromise {
			s += " " + shop.Clock(a.Until)
		}
		steps = append(steps, s)
	}
	return strings.Join(steps, ", ")
}

func TestAdminCommands(t *testing.T) {
	for _, tt := range []struct {
		quoting, text string
		told          string // Sari hears, "" for nothing at all
		customer      string // exactly what Rina or Budi gets
		deeds         string
		other         string // another admin or division hears
	}{
		{"", "antrian", "(1):\n• #3 Rina", "", "", ""},
		{"", "Antrian ya", "Rina", "", "", ""},
		{"", "antrain", "Rina", "", "", ""},
		{"", "status", "Chat terbuka: 3", "", "", ""},
		{"", "bantuan", "ambil 3", "", "", ""},
		{"", "promo on", "romo", "", "", ""},
		{"", "promo buka", "diizinkan jalan lagi", "", "", ""},
		{"", "promo", "promo buka", "", "", ""},

		{"", "ambil 3", "Kakak yang pegang", "", "claim 103 to 9", ""},
		{"", "Ambil #3", "titip bingkisan", "", "claim 103 to 9", ""},
		{"", "ambil no 3", "Kakak yang pegang", "", "claim 103 to 9", ""},
		{"", "ambil nomor 3.", "Kakak yang pegang", "", "claim 103 to 9", ""},
		{"", "anbil 3", "Kakak yang pegang", "", "claim 103 to 9", ""},
		{"", "ambil 5", "dipegang Dewi sejak 16.10", "", "", ""},
		{"", "ambil 5 paksa", "Kakak yang pegang", "", "claim 105 to 9", "dipegang Sari"},
		{"", "ambil 8", "sudah selesai", "", "", ""},
		{"", "ambil 9", "Nomor #9 tidak ada", "", "", ""},
		{"", "ambil", "nomor berapa", "", "", ""},
		{"", "ambil 3 dong besok", "ambil 3", "", "", ""},
		{"", "ambil 6", "Kakak yang pegang", "", "claim 106 to 9", ""},

		{"", "balas 3 Siap  Kak,\nini *rincian*nya:\n1. bakso", "dikirim ke Rina (#3)", "Siap  Kak,\nini *rincian*nya:\n1. bakso", "claim 103 to 9", ""},
		{"", "balas 3: oke", "dikirim", "oke", "claim 103 to 9", ""},
		{"", "Balas\n3\nHalo", "dikirim", "Halo", "claim 103 to 9", ""},
		{"", "bals 3 sudah dikirim", "dikirim", "sudah dikirim", "claim 103 to 9", ""},
		{"", "bales 3 ketik berhenti promo untuk stop", "dikirim", "ketik berhenti promo untuk stop", "claim 103 to 9", ""},
		{"", "bals 9 sudah dikirim", "balas 3", "", "", ""},
		{"", "balas 9 sudah dikirim", "#9", "", "", ""},
		{"", "batas 3 hari ya", "belum terbaca", "", "", ""},
		{"", "balas 3", "balas 3 Siap", "", "", ""},
		{"", "balas siap kak", "Ketik nomornya saja", "", "", ""},
		{"", "balas 5 sudah ya", "dipegang Dewi", "sudah ya", "bot_off 105", "Sari membalas #5"},
		{"", "balas 8 lupa bilang, resinya menyusul", "sudah ditutup", "lupa bilang, resinya menyusul", "", ""},
		{"", "balas 6 sudah masuk", "dikirim", "sudah masuk", "claim 106 to 9", ""},

		{"PAGE3", "Iya kak, ada 3 ya", "dikirim ke Rina", "Iya kak, ada 3 ya", "claim 103 to 9", ""},
		{"PAGE3", "3 pcs ready kak", "dikirim ke Rina", "3 pcs ready kak", "claim 103 to 9", ""},
		{"PAGE3", "ya", "dikirim ke Rina", "ya", "claim 103 to 9", ""},
		{"PAGE3", "oke siap", "dikirim ke Rina", "oke siap", "claim 103 to 9", ""},
		{"PAGE3", "selesai kak, besok dikirim", "dikirim ke Rina", "selesai kak, besok dikirim", "claim 103 to 9", ""},
		{"PAGE3", "ambil di toko saja kak", "dikirim ke Rina", "ambil di toko saja kak", "claim 103 to 9", ""},
		{"PAGE3", "nanti saya kabari ya kak", "dikirim ke Rina", "nanti saya kabari ya kak", "claim 103 to 9", ""},
		{"PAGE3", "balas iya ada", "dikirim ke Rina", "iya ada", "claim 103 to 9", ""},
		{"PAGE3", "balas 3 iya ada", "dikirim ke Rina", "iya ada", "claim 103 to 9", ""},
		{"PAGE3", "balas 5 iya ada", "dikutip tentang #3", "", "", ""},
		{"PAGE3", "ambil", "Kakak yang pegang", "", "claim 103 to 9", ""},
		{"PAGE3", "nanti 10m", "sebelum 16.40", "sebelum 16.40", "claim 103 to 9, promise 103 16.40", ""},
		{"PAGE3", "nanti 3 besok", "nanti 3 10m", "", "", ""},
		{"PAGE3", "anbil", "ambil 3", "", "", ""},
		{"PAGE3", "balas", "balas 3", "", "", ""},
		{"PAGE3", "stop promo", "dikirim ke Rina", "stop promo", "claim 103 to 9", ""},
		{"PAGE3", "antrian", "#3 Rina", "", "", ""},
		{"RELAY5", "siap kak", "dipegang Dewi", "siap kak", "bot_off 105", "Sari membalas #5"},
		{"PAGE8", "resinya menyusul", "sudah ditutup", "resinya menyusul", "", ""},
		{"PAGES", "iya ada kak", "Ketik nomornya saja", "", "", ""},
		{"PAGES", "balas 3 iya ada kak", "dikirim ke Rina", "iya ada kak", "claim 103 to 9", ""},
		{"NOTICE", "iya ada kak", "belum terbaca", "", "", ""},
		{"FORGED", "iya ada kak", "belum terbaca", "", "", ""},

		{"", "oper 3 dewi", "diserahkan ke Dewi", "", "claim 103 to 8", "Sari menyerahkan #3"},
		{"", "oper 3 agus tolong ya", "diserahkan ke Pak Agus", "", "claim 103 to 7", "Catatan: tolong ya"},
		{"", "oper 3 Dwei", "diserahkan ke Dewi", "", "claim 103 to 8", "menunggu 4 menit"},
		{"", "oper 3 gudang cek stok", "diteruskan ke gudang", "", "claim 103 to 9, pass 103 gudang", "No. pesanan: 2309187654321"},
		{"", "oper 3 bejo", `bernama "bejo". Yang bisa dipilih: Sari, Dewi, Pak Agus, gudang`, "", "", ""},
		{"", "oper 3", "oper 3 gudang", "", "", ""},
		{"", "oper 3 sari", "Kakak yang pegang", "", "claim 103 to 9", ""},

		{"", "nanti 3 10m", "sebelum 16.40", "sebelum 16.40", "claim 103 to 9, promise 103 16.40", ""},
		{"", "nanti 3 1 jam", "sebelum 17.30", "sebelum 17.30", "claim 103 to 9, promise 103 17.30", ""},
		{"", "nanti 3 sejam", "17.30", "17.30", "claim 103 to 9, promise 103 17.30", ""},
		{"", "nanti 3 jam 18.15", "18.15", "18.15", "claim 103 to 9, promise 103 18.15", ""},
		{"", "nanti 3 9.00", "Rabu, 25 Nov 09.00", "Rabu, 25 Nov 09.00", "claim 103 to 9, promise 103 09.00", ""},
		{"", "nanti 3 20", "16.50", "16.50", "claim 103 to 9, promise 103 16.50", ""},
		{"", "nanti 3", "nanti 3 10m", "", "", ""},
		{"", "nanti 3 0m", "nanti 3 10m", "", "", ""},
		{"", "nanti 3 48 jam", "nanti 3 10m", "", "", ""},
		{"", "nanti 3 25.00", "nanti 3 10m", "", "", ""},

		{"", "selesai 3", "ketik: ya 3", "", "", ""},
		{"", "slesai 5", "selesai", "angka 1", "close 105, ask 105", ""},
		{"", "selesai 8", "memang sudah selesai", "", "", ""},
		{"", "selesai 6", "#6 adalah pembayaran dari Budi", "", "", ""},
		{"", "bot 3 on", "aktif lagi di chat Rina", "", "bot_on 103", ""},
		{"", "bot #3 OFF", "diam di chat Rina", "", "bot_off 103", ""},
		{"", "bot 3", "bot 3 on", "", "", ""},
		{"", "bot 6 on", "#6 adalah pembayaran", "", "", ""},
		{"", "bot 99999999999999999999 on", "bot 3 on", "", "", ""},
		{"", "bot -1 off", "#-1", "", "", ""},
		{"", "bot 3 off; bot 5 off", "bot 3 on", "", "", ""},
		{"", strings.Repeat("bot 3 off ", 1000), "bot 3 on", "", "", ""},
		{"", "ya 3", "Tidak ada yang perlu dikonfirmasi", "", "", ""},
		{"", "ya", "", "", "", ""},
		{"", "oke makasih", "", "", "", ""},
		{"", "harga bakso berapa?", "belum terbaca", "", "", ""},
		{"", "balas 3 " + strings.Repeat("a", 4096), "terlalu panjang", "", "", ""},
	} {
		out := command(t, desk(), nil, tt.quoting, tt.text)
		name := fmt.Sprintf("%s %.60q", tt.quoting, tt.text)
		if told := heardBy(out, sari.ID); !strings.Contains(told, tt.told) || (tt.told == "") != (told == "") {
			t.Errorf("%s: told %q, want %q", name, told, tt.told)
		}
		if got := deeds(out); got != tt.deeds {
			t.Errorf("%s: did %q, want %q", name, got, tt.deeds)
		}
		toCustomer := heardBy(out, rina.ID) + heardBy(out, budi.ID)
		if tt.customer != toCustomer && (tt.customer == "" || !strings.Contains(toCustomer, tt.customer) || strings.Contains(tt.told, "dikirim")) {
			t.Errorf("%s: the customer gets %q, want %q", name, toCustomer, tt.customer)
		}
		others := heardBy(out, dewi.ID) + heardBy(out, agus.ID) + heardBy(out, gudang.ID)
		if !strings.Contains(others, tt.other) || (tt.other == "") != (others == "") {
			t.Errorf("%s: others hear %q, want %q", name, others, tt.other)
		}
		for _, d := range out.Drafts {
			if own := d.Author == sari.ID; own != d.Answers || own != (d.Text == tt.customer && tt.customer != "" && !strings.HasPrefix(tt.deeds, "claim 103 to 9, promise")) || !d.Exempt {
				t.Errorf("%s: draft %+v", name, d)
			}
		}
		if opens := tt.text == "promo on" || tt.text == "promo buka"; opens != out.OpenPromos || len(out.Consents) > 0 {
			t.Errorf("%s: %+v", name, out)
		}
	}
}

// TestKeptWords: the words of a reply wait for their number, five minutes and once.
func TestKeptWords(t *testing.T) {
	out := command(t, desk(), nil, "PAGES", "iya ada  kak")
	kept := out.Conversation.Memory.Desk
	if kept == nil || kept.Reply != "iya ada  kak" {
		t.Fatalf("kept %+v", kept)
	}
	for _, number := range []string{"3", "#3", "no 3"} {
		again := *kept
		out = command(t, desk(), &again, "", number)
		if heardBy(out, rina.ID) != "iya ada  kak" || out.Conversation.Memory.Desk != nil {
			t.Errorf("%s: %+v", number, out)
		}
	}
	again := *kept
	if out = command(t, desk(), &again, "", "9"); heardBy(out, rina.ID) != "" || out.Conversation.Memory.Desk == nil {
		t.Errorf("an unknown number: %+v", out)
	}
	old := *kept
	old.At = now.Add(-shop.DeskMemoryLife)
	if out = command(t, desk(), &old, "", "3"); heardBy(out, rina.ID) != "" {
		t.Errorf("after five minutes: %+v", out)
	}
}

// TestConfirmation: "ya 3" counts for this ticket, kind and amount, for five minutes.
func TestConfirmation(t *testing.T) {
	asked := command(t, desk(), nil, "", "selesai 3")
	pending := asked.Conversation.Memory.Desk
	if pending == nil || len(asked.Desk) != 0 || !strings.Contains(heardBy(asked, sari.ID), "titip bingkisan") {
		t.Fatalf("%+v", asked)
	}
	try := func(text string, change func(*shop.DeskMemory, *shop.Desk)) shop.Outcome {
		m, d := *pending, desk()
		change(&m, d)
		return command(t, d, &m, "", text)
	}
	nothing := func(*shop.DeskMemory, *shop.Desk) {}
	if out := try("ya 3", nothing); deeds(out) != "close 103" || heardBy(out, rina.ID) != "" || out.Conversation.Memory.Desk != nil {
		t.Errorf("confirmed: %q, the customer gets %q", deeds(out), heardBy(out, rina.ID))
	}
	if out := try("ya 5", nothing); len(out.Desk) != 0 || !strings.Contains(heardBy(out, sari.ID), "adalah #3") {
		t.Errorf("another number: %+v", out)
	}
	if out := try("ya", nothing); len(out.Desk) != 0 || !strings.Contains(heardBy(out, sari.ID), "ya 3") {
		t.Errorf("no number: %+v", out)
	}
	for name, change := range map[string]func(*shop.DeskMemory, *shop.Desk){
		"late":         func(m *shop.DeskMemory, _ *shop.Desk) { m.At = now.Add(-5 * time.Minute) },
		"other ticket": func(_ *shop.DeskMemory, d *shop.Desk) { d.Tickets[0].ID = 999 },
		"other kind":   func(_ *shop.DeskMemory, d *shop.Desk) { d.Tickets[0].Kind = shop.TicketPayment },
		"other amount": func(_ *shop.DeskMemory, d *shop.Desk) { d.Tickets[0].Amount = 1 },
	} {
		if out := try("ya 3", change); len(out.Desk) != 0 {
			t.Errorf("%s: %s", name, deeds(out))
		}
	}
}

// TestOneTicketNeedsNoNumber: the one that is mine, else the one that is open.
func TestOneTicketNeedsNoNumber(t *testing.T) {
	d := desk()
	d.Tickets[0].ClaimedBy, d.Tickets[0].Claimer = sari.ID, "Sari"
	if out := command(t, d, nil, "", "balas siap kak"); heardBy(out, rina.ID) != "siap kak" {
		t.Errorf("mine: %+v", out)
	}
	d = desk()
	d.Tickets[0].ClaimedBy, d.Free = sari.ID, true
	if out := command(t, d, nil, "", "balas siap kak"); heardBy(out, rina.ID) != "" {
		t.Errorf("mine, but another one waits: %+v", out)
	}
	d = desk()
	d.Tickets, d.Open = d.Tickets[:1], 1
	if out := command(t, d, nil, "", "balas siap kak"); heardBy(out, rina.ID) != "siap kak" {
		t.Errorf("the only one: %+v", out)
	}
	d = desk()
	d.Tickets, d.Open = d.Tickets[:1], 2
	if out := command(t, d, nil, "", "balas siap kak"); heardBy(out, rina.ID) != "" {
		t.Errorf("one of two: %+v", out)
	}
}

// TestSeveralCommands: each message of a turn is a command of its own, and the later
// ones know of the earlier.
func TestSeveralCommands(t *testing.T) {
	out := command(t, desk(), nil, "", "ambil 3", "balas 3 sudah ya kak", "selesai 3")
	if got := deeds(out); got != "claim 103 to 9, bot_off 103, close 103, ask 103" {
		t.Error(got)
	}
	if got := heardBy(out, rina.ID); !strings.HasPrefix(got, "sudah ya kak\n") || !strings.Contains(got, "angka 1") {
		t.Error(got)
	}
}

// TestNoCommand: what others write, what is passed on, edited or no text does nothing.
func TestNoCommand(t *testing.T) {
	for name, change := range map[string]func(*shop.Turn){
		"stranger":  func(t *shop.Turn) { t.Person = shop.Person{ID: 66, Name: "Sari"} },
		"forwarded": func(t *shop.Turn) { t.Messages[0].Forwarded = true },
		"edited":    func(t *shop.Turn) { t.Messages[0].Kind = shop.KindEdit },
		"caption":   func(t *shop.Turn) { t.Messages[0].Kind = shop.KindImage },
		"division":  func(t *shop.Turn) { t.Person = gudang },
	} {
		for _, text := range []string{"ambil 3", "balas 3 halo", "selesai 5", "bot 3 off", "promo on", "oper 3 dewi", "nanti 3 10m"} {
			turn := heard(said(text))
			turn.Messages[0].ID = 1
			turn.Person, turn.Desk, turn.Divisions = sari, desk(), []shop.Division{{Name: "gudang", Person: gudang}}
			if change(&turn); !turn.Person.IsAdmin() && name != "division" {
				turn.Desk = nil
			}
			out, err := newBot().Decide(turn)
			if err != nil {
				t.Fatal(err)
			}
			if len(out.Desk) != 0 || out.OpenPromos || heardBy(out, rina.ID) != "" || heardBy(out, dewi.ID) != "" {
				t.Errorf("%s %q: %+v", name, text, out)
			}
		}
	}
}

// TestMayRate: when the customer is not asked how the service was.
func TestMayRate(t *testing.T) {
	for name, change := range map[string]func(*shop.TicketView){
		"promo today": func(v *shop.TicketView) { v.Promo = true },
		"angry":       func(v *shop.TicketView) { v.Complaint = true },
		"asked":       func(v *shop.TicketView) { v.Asked = true },
		"unanswered":  func(v *shop.TicketView) { v.Replied = false },
	} {
		d := desk()
		change(&d.Tickets[1])
		if out := command(t, d, nil, "", "selesai 5"); deeds(out) != "close 105" || heardBy(out, budi.ID) != "" {
			t.Errorf("%s: %s, %q", name, deeds(out), heardBy(out, budi.ID))
		}
	}
}

// TestDivision: who answers for a division writes about what was passed to it; the
// words go to the admin who has the chat.
func TestDivision(t *testing.T) {
	for _, tt := range []struct {
		quoting, text, want string
	}{
		{"", "balas 5 sudah dikirim ulang", "sudah dikirim ulang"},
		{"RELAY5", "sudah dikirim ulang", "sudah dikirim ulang"},
		{"RELAY5", "balas sudah dikirim ulang", "sudah dikirim ulang"},
		{"", "balas 3 sudah", ""},
		{"PAGE3", "sudah", ""},
		{"", "ambil 5", ""},
		{"", "halo kak", ""},
	} {
		m := said(tt.text)
		m.ID, m.QuotedID = 1, tt.quoting
		turn := heard(m)
		turn.Person, turn.Desk, turn.Divisions = gudang, desk(), []shop.Division{{Name: "gudang", Person: gudang}}
		turn.Desk.Tickets[1].Division = "gudang"
		out, err := newBot().Decide(turn)
		if err != nil {
			t.Fatal(err)
		}
		got := heardBy(out, dewi.ID)
		if !strings.Contains(got, tt.want) || (tt.want == "") != (got == "") || out.StartWait != (tt.want == "") {
			t.Errorf("%+v: Dewi hears %q, clock %v", tt, got, out.StartWait)
		}
	}
}

// TestRelay: a customer of a chat that an admin has is heard by that admin.
func TestRelay(t *testing.T) {
	turn := heard(said("jadi ya kak"), said("sama tambah 2"))
	turn.Ticket = &shop.Ticket{ID: 103, Number: 3, ClaimedBy: dewi.ID}
	if out, _ := newBot().Decide(turn); heardBy(out, dewi.ID) != "" {
		t.Errorf("the bot speaks there, yet: %+v", out)
	}
	turn.Conversation.PausedUntil = now.Add(time.Hour)
	out, err := newBot().Decide(turn)
	if err != nil {
		t.Fatal(err)
	}
	if got := heardBy(out, dewi.ID); !strings.Contains(got, "jadi ya kak\nsama tambah 2") || !out.StartWait || out.Drafts[0].Ticket != 103 || len(out.Drafts) != 1 {
		t.Errorf("%q %+v", got, out)
	}
	turn.Messages = []shop.Message{ofKind(shop.KindImage, "")}
	if out, _ = newBot().Decide(turn); !strings.Contains(heardBy(out, dewi.ID), "gambar") {
		t.Errorf("%+v", out)
	}
}

func TestRating(t *testing.T) {
	ask := func(edit func(*shop.Turn), texts ...string) shop.Outcome {
		t.Helper()
		turn := heard()
		for _, text := range texts {
			turn.Messages = append(turn.Messages, said(text))
		}
		turn.Roster = shop.Roster{sari, dewi, agus}
		turn.Conversation.Memory.Rating = &shop.OpenRating{Ticket: 103, Number: 3, AskedAt: now.Add(-time.Hour)}
		if edit != nil {
			edit(&turn)
		}
		out, err := newBot().Decide(turn)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	rated := func(m *shop.Turn) {
		m.Conversation.Memory.Rating.Score, m.Conversation.Memory.Rating.RatedAt = 2, now.Add(-5*time.Minute)
	}
	if out := ask(nil, "5 kak makasih"); out.Rating == nil || out.Rating.Score != 5 || out.StartWait || heardBy(out, agus.ID) != "" || !strings.Contains(heardBy(out, rina.ID), "nilainya") {
		t.Errorf("%+v", out)
	}
	if out := ask(nil, "😡"); out.Rating == nil || out.Rating.Score != 1 || !strings.Contains(heardBy(out, agus.ID), "nilai 1 dari 5 untuk chat #3") || !strings.Contains(heardBy(out, rina.ID), "ceritakan") {
		t.Errorf("%+v", out)
	}
	for name, edit := range map[string]func(*shop.Turn){
		"a newer menu": func(t *shop.Turn) {
			t.Conversation.Memory.Offer([]string{"tanya_harga", "tanya_stok"}, "bakso", true, now)
		},
		"a newer form": func(t *shop.Turn) {
			t.Conversation.Memory.Form = &shop.OpenForm{Intent: "retur_refund", Asked: "pesanan", At: now}
		},
		"a day later":   func(t *shop.Turn) { t.Conversation.Memory.Rating.AskedAt = now.Add(-24 * time.Hour) },
		"a person asks": func(t *shop.Turn) { t.Conversation.PausedUntil = now.Add(time.Hour) },
	} {
		if out := ask(edit, "2"); out.Rating != nil {
			t.Errorf("%s: %+v", name, out.Rating)
		}
	}
	if out := ask(nil, "harga bakso berapa?"); out.Rating != nil || !strings.Contains(heardBy(out, rina.ID), "Rp25.000") {
		t.Errorf("%+v", out)
	}
	if out := ask(rated, "nunggunya kelamaan"); out.Rating == nil || out.Rating.Comment != "nunggunya kelamaan" || !strings.Contains(heardBy(out, agus.ID), "nunggunya kelamaan") || out.StartWait {
		t.Errorf("%+v", out)
	}
	if out := ask(rated, "harga bakso berapa?"); out.Rating != nil {
		t.Errorf("%+v", out.Rating)
	}
	if out := ask(rated, "barang saya pecah semua"); out.Rating == nil || !out.StartWait {
		t.Errorf("a complaint after the score is answered as well: %+v", out)
	}
	if out := ask(func(m *shop.Turn) { rated(m); m.Conversation.Memory.Rating.RatedAt = now.Add(-11 * time.Minute) }, "nunggunya kelamaan"); out.Rating != nil {
		t.Errorf("%+v", out.Rating)
	}
}

// TestMistypedCommandsAreFew: the words of everyday chat are no commands.
func TestMistypedCommandsAreFew(t *testing.T) {
	for _, text := range []string{"bulan 3 promo apa", "malas 3 kali", "belas kasihan", "bahas 3 hal", "ganti 3 10m", "opor 3 porsi"} {
		out := command(t, desk(), nil, "", text)
		if slices.ContainsFunc(out.Drafts, func(d shop.Draft) bool { return d.To == rina.ID }) || len(out.Desk) != 0 {
			t.Errorf("%q: %+v", text, out)
		}
	}
}
