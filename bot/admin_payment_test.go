package bot

import (
	"strings"
	"testing"
	"time"

	"bestie/shop"
)

// cashDesk is desk with the books behind payment #6: Budi's shop owes Rp250.000 of
// Rp300.000, and an order of Rp100.000 waits.
func cashDesk(state shop.PaymentState) *shop.Desk {
	d := desk()
	v := d.Numbered(6)
	p := shop.Payment{ID: 12, Ticket: v.ID, Number: 6, PersonID: budi.ID, Amount: 150_000, Code: 123, Shop: "Toko Budi", State: state, OpenedAt: now}
	placed := shop.Order{ID: 7, PersonID: budi.ID, Total: 250_000, State: shop.OrderPlaced, PlacedAt: now}
	v.Payment, v.Amount = &p, p.Transfer()
	v.Books = &shop.Account{
		Dropshipper: shop.Dropshipper{PersonID: budi.ID, Shop: "Toko Budi", Limit: 300_000, Used: 250_000, BankAccount: "BCA 1234567890"},
		Unpaid:      []shop.Unpaid{{Order: placed, Rest: 250_000}}, Open: []shop.Order{placed},
		Parked: []shop.Order{{ID: 8, PersonID: budi.ID, Total: 100_000, State: shop.OrderParked}}, Head: 40, NextOrder: 9, NextPayment: 13,
	}
	if state == shop.PaymentPending {
		v.Books.Payments = []shop.Payment{p}
	}
	return d
}

// TestPaymentsArePostedByASecondWord: nothing is booked before it, and then exactly what
// was repeated.
func TestPaymentsArePostedByASecondWord(t *testing.T) {
	for words, c := range map[string]struct {
		asked  string
		sum    shop.Rupiah
		orders int
		told   string
		payer  string
	}{
		"terima 6":                    {"#6, Toko Budi, Rp150.123?", 150_123, 1, "Rp150.123 dibukukan, baris 41. Order 8 langsung diproses.", "Sisa tagihan Rp199.877."},
		"terima 6 20000":              {"Rp20.000 (seharusnya Rp150.123)?", 20_000, 0, "1 order masih menunggu (kurang Rp30.000)", "Sisa tagihan Rp230.000. 1 order masih menunggu, kurang Rp30.000."},
		"trima 6 400rb":               {"Rp400.000 (seharusnya", 400_000, 1, "Titipan sekarang Rp50.000", "Titipan Kakak sekarang Rp50.000."},
		"terima 6 dari 9999999999":    {"Rekening pengirim beda", 150_123, 1, "baris 41", "baris 41"},
		"terima 6 dari 123-456-7890 ": {"Kalau uangnya benar sudah masuk, ketik: ya 6", 150_123, 1, "baris 41", "baris 41"},
	} {
		asked := command(t, cashDesk(shop.PaymentPending), nil, "", words)
		if len(asked.Bookings) != 0 || !strings.Contains(heardBy(asked, sari.ID), c.asked) {
			t.Errorf("%s: %d bookings, %q", words, len(asked.Bookings), heardBy(asked, sari.ID))
			continue
		}
		if strings.Contains(words, "7890") && strings.Contains(heardBy(asked, sari.ID), "⚠️") {
			t.Errorf("%s: the registered account is flagged: %q", words, heardBy(asked, sari.ID))
		}
		memory := asked.Conversation.Memory.Desk
		out := command(t, cashDesk(shop.PaymentPending), memory, "", "ya 6")
		if len(out.Bookings) != 1 || out.Bookings[0].Payments[0].Received != c.sum || len(out.Bookings[0].Orders) != c.orders || out.Bookings[0].Payments[0].ClosedBy != sari.ID {
			t.Errorf("%s: %+v", words, out.Bookings)
		}
		if !strings.Contains(heardBy(out, sari.ID), c.told) || !strings.Contains(heardBy(out, budi.ID), c.payer) {
			t.Errorf("%s: the admin hears %q, the payer %q", words, heardBy(out, sari.ID), heardBy(out, budi.ID))
		}
		late := *memory
		late.At = now.Add(-shop.DeskMemoryLife - time.Second)
		if out = command(t, cashDesk(shop.PaymentPending), &late, "", "ya 6"); len(out.Bookings) != 0 {
			t.Errorf("%s: confirmed too late, and booked", words)
		}
	}
}

func TestPaymentsThatAreNotPosted(t *testing.T) {
	for _, c := range []struct {
		words  string
		state  shop.PaymentState
		booked int
		told   string
	}{
		{"tolak 6 uangnya belum masuk", shop.PaymentPending, 1, "ditolak, baris 41. Alasan: uangnya belum masuk"},
		{"tolak 6", shop.PaymentPending, 0, "tolak 15 uangnya belum masuk"},
		{"terima 6 ya", shop.PaymentPending, 0, "Contoh"},
		{"terima 6 0", shop.PaymentPending, 0, "Contoh"},
		{"terima 6 -5", shop.PaymentPending, 0, "Contoh"},
		{"terima 6", shop.PaymentPosted, 0, "tidak ada yang diubah"},
		{"tolak 6 salah", shop.PaymentRejected, 0, "tidak ada yang diubah"},
		{"terima 3", shop.PaymentPending, 0, "#3 adalah chat"},
		{"ya 6", shop.PaymentPending, 0, "Tidak ada yang perlu dikonfirmasi"},
	} {
		out := command(t, cashDesk(c.state), nil, "", c.words)
		if len(out.Bookings) != c.booked || !strings.Contains(heardBy(out, sari.ID), c.told) {
			t.Errorf("%s: %d bookings, %q", c.words, len(out.Bookings), heardBy(out, sari.ID))
		}
		if (c.booked > 0) != (heardBy(out, budi.ID) != "") {
			t.Errorf("%s: the payer hears %q", c.words, heardBy(out, budi.ID))
		}
	}
	if out := command(t, cashDesk(shop.PaymentPending), nil, "", "tolak 6 belum masuk", "tolak 6 belum masuk"); len(out.Bookings) != 1 {
		t.Errorf("twice in a turn: %d bookings", len(out.Bookings))
	}
}

// TestProofOfAPayment: a dropshipper's picture goes to the payment that is open, and is
// read for what is typed below it; without one it stays what it was.
func TestProofOfAPayment(t *testing.T) {
	open := []shop.Payment{{ID: 12, Number: 6, Amount: 150_000, Code: 123}, {ID: 13, Number: 7, Amount: 80_000, Code: 5}}
	for words, want := range map[string]int64{"": 13, "bukti tf 150.123 kak": 12, "udah bayar kak": 13, "ref 99887766": 13, "kak ini barangnya rusak": 0} {
		turn := with(heard(ofKind(shop.KindImage, words)), func(t *shop.Turn) {
			t.Account = &shop.Account{Dropshipper: shop.Dropshipper{Shop: "Toko Budi"}, Payments: open}
			t.Dropshipper = &t.Account.Dropshipper
		})
		out, err := newBot().Decide(turn)
		if err != nil {
			t.Fatal(err)
		}
		got := int64(0)
		if len(out.Proofs) > 0 {
			got = out.Proofs[0].Payment
		}
		if got != want || len(out.Bookings) != 0 {
			t.Errorf("%q: for payment %d, want %d", words, got, want)
		}
	}
}
