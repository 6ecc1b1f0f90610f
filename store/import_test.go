package store

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"bestie/shop"
)

// What a turn shows of somebody's interests is kept with it, and when they wrote.
func TestInterestsOfATurn(t *testing.T) {
	l := newLab(t)
	say := func(at time.Time, kind shop.Kind, topic string) {
		m := l.message(1, at, "bakso urat ada kak?")
		m.Kind = kind
		l.receive(at, 0, m)
		l.must(errOf(l.Turns(l.ctx, at, 1, l.newID, func(t shop.Turn) (shop.Outcome, error) {
			out := shop.Outcome{Conversation: t.Conversation}
			if topic != "" {
				out.Conversation.Memory.Topic, out.Conversation.Memory.TopicAt = shop.Topic{Product: topic}, at
			}
			return out, nil
		})))
	}
	hour := func(n int) time.Time { return start.Add(time.Duration(n) * time.Hour) }
	say(hour(1), shop.KindText, "Bakso Urat")
	say(hour(2), shop.KindText, "Siomay")
	say(hour(3), shop.KindText, "")
	say(hour(4), shop.KindCart, "Siomay")
	say(hour(5), shop.KindCart, "")
	l.human(1, hour(6))
	order := func(at time.Time, products ...string) shop.Order {
		o := shop.Order{PersonID: 1, OrderedAt: at}
		for _, p := range products {
			o.Items = append(o.Items, shop.Item{Product: p})
		}
		return o
	}
	l.must(l.tx(l.ctx, func(tx *transaction) error { return noteOrder(l.ctx, tx, order(hour(3), "Siomay", "Kerupuk")) }))
	l.must(l.tx(l.ctx, func(tx *transaction) error { return noteOrder(l.ctx, tx, order(hour(2), "Siomay")) }))
	at := func(n int) int64 {
		if n == 0 {
			return 0
		}
		return ms(hour(n))
	}
	want := fmt.Sprintf(" 0 %d 0\nBakso Urat %d 0 0\nKerupuk 0 0 %d\nSiomay %d %d %d", at(5), at(1), at(3), at(4), at(4), at(3))
	if got := l.rows("SELECT product, asked_at, cart_at, ordered_at FROM interests ORDER BY product"); got != want {
		t.Errorf("%s\nwanted\n%s", got, want)
	}
	if got := l.number("SELECT wrote_at FROM conversations"); got != at(5) {
		t.Errorf("last wrote at %d, not %d: the shop's own words are not theirs", got, at(5))
	}
	if got := l.chosen(hour(7), "last_chat<1d asked:siomay cart<1d ordered<1d", 0); !strings.HasPrefix(got, "1:") {
		t.Errorf("%q", got)
	}
}

// Whoever an import finds: what is known stays, a proof counts once, and a STOP on its
// day or later is stronger.
func TestImportPeople(t *testing.T) {
	l := newLab(t)
	day := func(n int) time.Time { return shop.Midnight(start).AddDate(0, 0, n) }
	l.must(errOf(l.Register(l.ctx, start, "6281200000001", "Rina Toko", "")))
	said := func(phone string, granted bool, at time.Time) {
		p, err := l.Register(l.ctx, start, phone, "", "")
		l.must(err)
		l.must(l.AddConsent(l.ctx, shop.Consent{PersonID: p.ID, Granted: granted, At: at, Source: "chat", Words: "x"}))
	}
	said("6281200000002", false, day(-5).Add(9*time.Hour)) // on the day of the proof
	said("6281200000003", false, day(-9))                  // before it
	said("6281200000004", false, day(-1))                  // after it, and in again since
	said("6281200000004", true, day(0))
	var list []shop.ImportedPerson
	for i := 1; i <= 250; i++ { // more than one chunk
		list = append(list, shop.ImportedPerson{
			Phone: fmt.Sprintf("62812%08d", i), Name: "Nama", Tags: []string{"vip", "kota:Bandung"},
			Proof: &shop.ConsentProof{At: day(-5), How: "formulir", Words: "ya"},
		})
	}
	list[4].Proof = nil
	first, err := l.ImportPeople(l.ctx, start, "list.csv", list)
	l.must(err)
	if got := fmt.Sprint(first); got != "{246 4 247 0 [1 3] 0}" {
		t.Errorf("first: %s", got)
	}
	const all = "SELECT p.id, phone, name, GROUP_CONCAT(tag, ','), (SELECT GROUP_CONCAT(granted || source || at || words, ';') FROM consents WHERE person_id = p.id) FROM people p LEFT JOIN person_tags ON person_id = p.id GROUP BY p.id ORDER BY p.id"
	before := l.rows(all)
	list[0].Tags = []string{"VIP", "kota:bandung"}
	again, err := l.ImportPeople(l.ctx, start.AddDate(0, 0, 1), "list.csv", list)
	l.must(err)
	if got := fmt.Sprint(again); got != "{0 250 0 247 [1 3] 0}" || l.rows(all) != before {
		t.Errorf("again: %s, changed: %v", got, l.rows(all) != before)
	}
	if got := l.rows("SELECT name, granted, source, at, words FROM people p JOIN consents ON person_id = p.id WHERE phone = '6281200000001'"); got != fmt.Sprintf("Rina Toko 1 import %d list.csv: formulir: ya", ms(day(-5))) {
		t.Error(got)
	}
	if got := l.chosen(start, "tag:vip", 0); !strings.HasPrefix(got, "1:never_wrote 2:opted_out 3:never_wrote 4:never_wrote 5:no_consent 6:never_wrote") {
		t.Error(got[:80])
	}
}

func TestSavedSegments(t *testing.T) {
	l := newLab(t)
	save := func(name, query string) error { return l.SaveSegment(l.ctx, start, name, l.segment(query), 0) }
	l.must(save("Bandung  Aktif", "kota:bandung chat<28d"))
	l.must(save("promo", `segment:"bandung aktif" tag:vip`))
	for query, want := range map[string]string{
		`segment:promo`: `the segment "bandung aktif" uses itself`, "segment:lain": `no segment is saved as "lain"`, `-segment:"bandung aktif"`: `the segment "bandung aktif" uses itself`,
	} {
		if err := save("bandung aktif", query); err == nil || err.Error() != want {
			t.Errorf("%s: %v, not %s", query, err, want)
		}
	}
	l.run(`INSERT INTO campaigns (name, audience, wordings, state, created_at) VALUES ('x', 'segment:promo', '["x"]', 'draft', 0)`)
	for _, name := range []string{"bandung aktif", "promo"} {
		var used *shop.Error
		if _, err := l.DeleteSegment(l.ctx, name); !errors.As(err, &used) {
			t.Errorf("%s could be deleted: %v", name, err)
		}
	}
	l.run("UPDATE campaigns SET state = 'cancelled'")
	for name, want := range map[string]bool{"PROMO": true, "lain": false} {
		if ok, err := l.DeleteSegment(l.ctx, name); ok != want || err != nil {
			t.Errorf("%s: %v, %v", name, ok, err)
		}
	}
	if got := l.rows("SELECT name, query FROM segments"); got != "bandung aktif city:bandung last_chat<28d" {
		t.Error(got)
	}
}
