package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"bestie/shop"
	"bestie/store"
	"bestie/whatsapp"
)

// dials counts the connections that the program asks for.
type dials struct {
	http.RoundTripper
	n atomic.Int64
}

func (d *dials) RoundTrip(r *http.Request) (*http.Response, error) {
	d.n.Add(1)
	return d.RoundTripper.RoundTrip(r)
}

// wake opens and starts the stage's program, which was ended before.
func (s *Stage) wake(t *testing.T) {
	t.Helper()
	if err := s.open(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.app.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// shut ends the stage's program in order.
func (s *Stage) shut(t *testing.T) {
	t.Helper()
	if err := s.app.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// vouch runs `bestie confirm` beside the stage's program.
func (s *Stage) vouch(t *testing.T, digits string) (code int, said string) {
	t.Helper()
	var out strings.Builder
	code = execute(t.Context(), []string{"confirm", digits}, &Environment{
		In: strings.NewReader(""), Out: &out, Err: &out,
		Environ: []string{"BESTIE_DATA_DIR=" + s.dir, "BESTIE_BUSINESS_NUMBER=" + stageNumber},
	})
	return code, out.String()
}

// TestCopiedFolder starts the program on a copy of its folder: it holds still,
// without one connection, until a person types the digits; then it works, and
// what the copy had queued long ago is not sent.
func TestCopiedFolder(t *testing.T) {
	t.Parallel()
	s, _ := newStage(t)
	log := s.listen(t)
	counter := &dials{RoundTripper: s.net.Transport}
	s.net = &http.Client{Transport: counter}
	rina := newPerson(t, s, "6281200000001", "Rina")
	if _, err := rina.Say(t.Context(), stageNumber, question); err != nil {
		t.Fatal(err)
	}
	pass(t, s, s.opt.Config.Reply.Debounce) // decided, not sent
	s.shut(t)

	original, copied := s.dir, filepath.Join(t.TempDir(), "copy")
	if err := os.CopyFS(copied, os.DirFS(original)); err != nil {
		t.Fatal(err)
	}
	s.dir = copied
	t.Cleanup(func() { _ = os.RemoveAll(original) })
	s.clock.Advance(time.Hour)
	s.wake(t)
	pass(t, s, 10*time.Minute)
	if s.app.Status().State != whatsapp.StateMuted || counter.n.Load() != 0 {
		t.Fatalf("the copy is %s and dialled %d times", s.app.Status().State, counter.n.Load())
	}
	s.beats(t)
	if state, err := s.app.db.Setting(t.Context(), store.SettingState); err != nil || state != string(whatsapp.StateMuted) {
		t.Errorf("health reads the state %q, %v", state, err)
	}
	if !log.has("stays silent until a person vouches") || !log.has("bestie confirm") {
		t.Errorf("the log does not say what to do:\n%s", log)
	}

	if code, said := s.vouch(t, "9999"); code != exitFailed || !strings.Contains(said, "not the last four digits") {
		t.Errorf("wrong digits: exit code %d, %s", code, said)
	}
	pass(t, s, time.Minute)
	s.beats(t)
	if counter.n.Load() != 0 {
		t.Fatal("wrong digits made it connect")
	}
	if code, said := s.vouch(t, "0000"); code != exitOK || !strings.Contains(said, "1 queued messages") {
		t.Errorf("right digits: exit code %d, %s", code, said)
	}
	pass(t, s, time.Minute)
	s.await(t, whatsapp.StateOnline)
	if rows := s.outbox(t, "reply"); fmt.Sprint(rows) != "[cancelled: the data folder was copied]" {
		t.Errorf("what the copy had queued is now %v", rows)
	}
	ask(t, s, rina, "stok bakso masih ada kak?")
	if got(rina, "40 pcs") != 1 || got(rina, price) != 0 {
		t.Errorf("after the confirmation Rina got %v", rina.Received())
	}
	if err := s.Restart(t.Context()); err != nil || s.app.Muted() {
		t.Errorf("a plain restart is muted: %v, %v", s.app.Muted(), err)
	}
}

// TestRestoredBackup puts a backup over the database it was made of.
func TestRestoredBackup(t *testing.T) {
	t.Parallel()
	s, _ := newStage(t)
	backup := filepath.Join(t.TempDir(), "backup.db")
	if err := s.app.db.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	s.shut(t)
	data, err := os.ReadFile(backup)
	if err == nil {
		err = os.WriteFile(filepath.Join(s.dir, store.FileName), data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	s.wake(t)
	if !s.app.Muted() {
		t.Fatal("a restored backup connects by itself")
	}
	var prompt syncBuffer
	askAtTerminal(t.Context(), &Environment{In: strings.NewReader("nol\n0000\n"), Out: &prompt, Err: &prompt}, s.app)
	pass(t, s, time.Minute)
	s.await(t, whatsapp.StateOnline)
	if !prompt.has("not the last four digits") || !prompt.has("Confirmed") {
		t.Errorf("the terminal shows:\n%s", &prompt)
	}
}

// TestCopiedFolderAndPromos: a copy whose slot has passed meanwhile sends nothing while it is
// muted, and nothing of what was missed after the confirmation either.
func TestCopiedFolderAndPromos(t *testing.T) {
	t.Parallel()
	s, sari := newStage(t)
	rina := newPerson(t, s, "6281200000001", "Rina")
	ask(t, s, rina, "makasih kak")
	person, _, err := s.app.db.PersonByPhone(t.Context(), "6281200000001")
	if err == nil {
		err = s.app.db.AddConsent(t.Context(), shop.Consent{PersonID: person.ID, Granted: true, At: s.clock.Now(), Source: "test", Words: "mulai"})
	}
	if err == nil {
		_, err = s.app.db.AddCampaign(t.Context(), shop.Campaign{Name: "promo", Text: "Diskon 25% hari ini saja!", ApprovedAt: s.clock.Now()})
	}
	if err != nil {
		t.Fatal(err)
	}
	s.app.promos.Wake()
	slot := promoSlot(s.clock.Now())
	pass(t, s, slot.Add(-time.Hour).Sub(s.clock.Now())) // planned, not written
	s.shut(t)
	original, copied := s.dir, filepath.Join(t.TempDir(), "copy")
	if err = os.CopyFS(copied, os.DirFS(original)); err != nil {
		t.Fatal(err)
	}
	s.dir = copied
	t.Cleanup(func() { _ = os.RemoveAll(original) })
	s.clock.Advance(time.Hour)
	s.wake(t)
	pass(t, s, 3*time.Hour+time.Minute) // past both slots
	if !s.app.Muted() || got(rina, "Diskon") != 0 {
		t.Fatalf("muted %v, Rina got %v", s.app.Muted(), rina.Received())
	}
	if code, said := s.vouch(t, "0000"); code != exitOK || !strings.Contains(said, "1") {
		t.Fatalf("exit code %d, %s", code, said)
	}
	pass(t, s, time.Minute)
	s.await(t, whatsapp.StateOnline)
	pass(t, s, 14*24*time.Hour)
	if got(rina, "Diskon") != 0 || got(sari, "belum terkirim") != 0 {
		t.Errorf("after the confirmation Rina got %v", rina.Received())
	}
	if rows := s.outbox(t, "promo"); len(rows) != 0 {
		t.Errorf("promos %v", rows)
	}
}
