package shop

import (
	"strings"
	"testing"
	"time"
)

func TestMemoryExpires(t *testing.T) {
	start := time.Date(2026, 11, 24, 16, 30, 0, 0, WIB)
	var m Memory
	m.Topic, m.TopicAt, m.PhotoAt = Topic{Product: "Bakso"}, start, start
	m.Note("nama", "Rina", start)
	m.Note("pesanan", " ", start)
	m.Offer([]string{"ongkir"}, "kak\nongkir", true, start)
	m.Form = &OpenForm{Intent: "barang_rusak", At: start}
	m.Form.Give("pesanan", strings.Repeat("1", 1000))
	if got := m.Fresh(start.Add(MemoryLife - time.Second)); got.Known("nama") != "Rina" || got.Menu == nil || got.Menu.Text != "kak ongkir" ||
		got.Form == nil || len(got.Form.Given["pesanan"]) != mostGiven || got.Topic.Product != "Bakso" || got.PhotoAt.IsZero() || len(got.Facts) != 1 {
		t.Errorf("a second before its end: %+v", got)
	}
	if got := m.Fresh(start.Add(MemoryLife)); !got.IsZero() {
		t.Errorf("at its end: %+v", got)
	}
	m.Offer(nil, strings.Repeat("é", 10_000), true, start)
	m.Note("kota", strings.Repeat("é", 10_000), start)
	if len([]rune(m.Menu.Text)) != mostAbout || len([]rune(m.Known("kota"))) != mostFact {
		t.Errorf("keeps %d and %d characters", len([]rune(m.Menu.Text)), len([]rune(m.Known("kota"))))
	}
	copied := m.Fresh(start)
	copied.Note("nama", "Budi", start)
	copied.Form.Give("foto", "ada")
	copied.Menu.Text = "x"
	if m.Known("nama") != "Rina" || len(m.Form.Given) != 1 || m.Menu.Text == "x" {
		t.Error("a changed copy changed the original")
	}
}
