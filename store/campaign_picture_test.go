package store

import (
	"testing"
	"time"

	"bestie/shop"
)

// TestCampaignPicture: the latest picture counts, only a draft takes one, and whoever sent
// it is told once.
func TestCampaignPicture(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	l.ask(1, start)
	sari := l.person(1)
	var messages []int64
	for range 3 {
		l.receive(start, 0, l.message(1, start, "promo gambar 1"))
		l.turn(start, shop.Outcome{})
		messages = append(messages, l.number("SELECT MAX(id) FROM inbox"))
	}
	id, err := l.AddCampaign(l.ctx, shop.Campaign{Name: "Diskon", Text: "Diskon", CreatedBy: sari.ID, CreatedAt: start, Number: 1, Picture: messages[0]})
	l.must(err)
	due := func() shop.PromoPicture {
		t.Helper()
		p, ok, err := l.DuePicture(l.ctx, start.Add(time.Minute))
		l.must(err)
		if !ok {
			t.Fatal("no picture is due")
		}
		return p
	}
	send := func(message int64) {
		l.must(l.tx(l.ctx, func(tx *transaction) error { return awaitPicture(l.ctx, tx, start, id, sari.ID, message) }))
	}
	first := due()
	send(messages[1])
	told := []shop.Draft{{To: sari.ID, Lane: shop.LaneReply, Text: "terpasang"}}
	take := func(p shop.PromoPicture, path, want string, messages int64) {
		t.Helper()
		l.must(l.PictureTaken(l.ctx, start, p, &shop.File{Kind: shop.FileImage, Path: path}, l.newID, told))
		if got := l.rows("SELECT COALESCE(json_extract(NULLIF(image, ''), '$.Path'), '') FROM campaigns"); got != want {
			t.Errorf("the picture is %q, want %q", got, want)
		}
		if n := l.number("SELECT COUNT(*) FROM outbox WHERE text = 'terpasang'"); n != messages {
			t.Errorf("told %d times, want %d", n, messages)
		}
	}
	take(first, "/first", "", 0) // another one took its place
	p := due()
	take(p, "/second", "/second", 1)
	take(p, "/second", "/second", 1)
	send(messages[2])
	l.run("UPDATE campaigns SET approved_at = 1, state = 'approved'")
	take(due(), "/third", "/second", 2) // approved as it was
	if _, ok, err := l.NextPicture(l.ctx); ok || err != nil {
		t.Error("a picture is still awaited", err)
	}
}
