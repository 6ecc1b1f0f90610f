package bot

import (
	"testing"
	"time"

	"bestie/shop"
)

func TestReportCommand(t *testing.T) {
	from := func(who shop.Person, text string) shop.Turn {
		return with(heard(said(text)), func(t *shop.Turn) { t.Person = who })
	}
	forwarded := from(sari, "laporan")
	forwarded.Messages[0].Forwarded = true
	for _, tt := range []struct {
		name  string
		turn  shop.Turn
		span  shop.Span
		reply bool
	}{
		{"alone", from(sari, "laporan"), shop.SpanDay, false},
		{"a day", from(sari, "Laporan Hari"), shop.SpanDay, false},
		{"a week", from(dewi, "laporan minggu"), shop.SpanWeek, false},
		{"a month", from(sari, "laporan bulan"), shop.SpanMonth, false},
		{"no span", from(sari, "laporan tahun"), "", true},
		{"too much", from(sari, "laporan minggu lalu"), "", true},
		{"a customer", from(rina, "laporan minggu"), "", true},
		{"forwarded", forwarded, "", false},
	} {
		if o := decide(t, tt.turn); o.Report != tt.span || (o.reply != "") != tt.reply {
			t.Errorf("%s: report %q, reply %q", tt.name, o.Report, o.reply)
		}
	}
}

// TestWaitIntent: what a question is about stands in its wait, for the reports.
func TestWaitIntent(t *testing.T) {
	paused := func(t *shop.Turn) { t.Conversation.PausedUntil = now.Add(time.Hour) }
	for _, tt := range []struct {
		name string
		turn shop.Turn
		want string
	}{
		{"answered", heard(said("harga bakso berapa kak?")), "tanya_harga"},
		{"the first of two", heard(said("harga bakso berapa? ongkir ke bandung berapa?")), "tanya_harga"},
		{"asked back", heard(said("harganya berapa kak")), "tanya_harga"},
		{"a greeting is about nothing", heard(said("halo kak")), ""},
		{"nobody knows", heard(said("kak bisa bantu urus paspor ga?")), ""},
		{"left to a person", with(heard(said("harga bakso berapa kak?")), paused), "tanya_harga"},
		{"too old", heard(aged(said("harga bakso berapa kak?"), time.Hour)), "tanya_harga"},
		{"a wish for a person", heard(said("mau bicara sama admin dong")), personIntent},
		{"paid", heard(said("bayar 150000")), paymentIntent},
		{"balance", heard(said("saldo")), balanceIntent},
		{"a picture", heard(ofKind(shop.KindImage, "")), ""},
	} {
		if o := decide(t, tt.turn); o.WaitIntent != tt.want {
			t.Errorf("%s: about %q, want %q", tt.name, o.WaitIntent, tt.want)
		}
	}
}
