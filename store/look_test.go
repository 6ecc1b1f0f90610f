package store

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bestie/shop"
)

// A look changes nothing: not a byte of the file, not the schema, and it sees what
// a running bot has committed.
func TestLookBesideABot(t *testing.T) {
	dir := t.TempDir()
	l := openLab(t, dir)
	l.ask(1, start, answer("ya"))
	l.receive(start.Add(time.Minute), 0, l.message(2, start, "halo"))
	l.must(l.Beat(l.ctx, start))
	l.must(l.SetSetting(l.ctx, SettingState, "online"))

	seen, err := Look(t.Context(), dir)
	l.must(err)
	v, err := seen.Vitals(t.Context())
	l.must(err)
	want := Vitals{
		Beat: start, State: "online", Depth: Depth{Inbox: 1, Outbox: 1, Waits: 1},
		Inbox: start.Add(time.Minute), Outbox: start,
	}
	if !v.Beat.Equal(want.Beat) || v.State != want.State || v.Depth != want.Depth || !v.Inbox.Equal(want.Inbox) || !v.Outbox.Equal(want.Outbox) {
		t.Errorf("saw %+v, want %+v", v, want)
	}
	if err = seen.SetSetting(t.Context(), "x", "y"); err == nil || !strings.Contains(err.Error(), "readonly") {
		t.Errorf("a look may write: %v", err)
	}
	l.must(seen.Check(t.Context()))
	l.must(seen.Close())
	l.turn(start.Add(2*time.Minute), shop.Outcome{}) // and the bot works on
}

// After a crash the last commits stand in the -wal file; a look sees them too.
func TestLookAfterACrash(t *testing.T) {
	l := newLab(t)
	l.receive(start, 0, l.message(1, start, "halo"))
	dir := t.TempDir()
	for _, suffix := range []string{"", "-wal"} { // as a crash leaves them
		data, err := os.ReadFile(l.Path() + suffix)
		l.must(err)
		l.must(os.WriteFile(filepath.Join(dir, FileName+suffix), data, 0o600))
	}
	seen, err := Look(t.Context(), dir)
	l.must(err)
	defer seen.Close()
	v, err := seen.Vitals(t.Context())
	l.must(err)
	if v.Depth.Inbox != 1 {
		t.Errorf("saw %+v, want the message", v)
	}
}

func TestLookRefusesWhatIsNotOurs(t *testing.T) {
	dir := t.TempDir()
	_, err := Look(t.Context(), dir)
	var known *shop.Error
	if !errors.As(err, &known) || known.Code != CodeNoData {
		t.Errorf("an empty folder: %v", err)
	}
	for name, content := range map[string]string{"empty": "", "other": "no database at all, but long enough to be taken for one, perhaps"} {
		if err = os.WriteFile(filepath.Join(dir, FileName), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err = Look(t.Context(), dir); err == nil || !strings.Contains(err.Error(), "app.db is not a database of bestie") {
			t.Errorf("%s: %v", name, err)
		}
	}
	l := newLab(t)
	l.run("UPDATE database_owner SET owner = 'somebody'")
	if _, err = Look(t.Context(), filepath.Dir(l.Path())); err == nil || !strings.Contains(err.Error(), "belongs to somebody") {
		t.Errorf("a file of another program: %v", err)
	}
}

// Admins who never wrote and never got anything are strangers to the bot.
func TestStrangers(t *testing.T) {
	l := newLab(t)
	l.must(l.SetRoster(l.ctx, start, []shop.Person{
		{Name: "Sari", Address: address(1), Roles: []shop.Role{shop.RoleDuty}},
		{Name: "Budi", Address: address(2), Roles: []shop.Role{shop.RoleOwner}},
		{Name: "Tuti", Address: address(3), Roles: []shop.Role{shop.RoleSecond}},
	}))
	l.receive(start, 0, l.message(1, start, "siap"))
	l.must(l.Alert(l.ctx, start, l.newID, []shop.Draft{{To: l.person(2).ID, Lane: shop.LaneAlert, Text: "halo", Exempt: true}}))
	row := l.send(start)
	l.must(l.Receipt(l.ctx, shop.Receipt{Kind: shop.ReceiptDelivered, MessageIDs: []string{row.MessageID}, At: start}))
	names, err := l.Strangers(l.ctx)
	if err != nil || strings.Join(names, ",") != "Tuti" {
		t.Errorf("strangers %v, %v; want Tuti", names, err)
	}
}
