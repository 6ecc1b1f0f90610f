package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bestie/shop"
)

// files are the names in a folder, hidden ones too.
func files(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// A restore brings back what was known when the copy was made, and says nothing
// twice: what had still to be sent, answered, paged or promoted is over.
func TestRestore(t *testing.T) {
	dir := t.TempDir()
	l := openLab(t, dir)
	l.ask(1, start, answer("sudah"))
	l.send(start)
	l.ask(2, start, answer("belum"))
	l.ask(3, start, answer("sedang"))
	l.claim(l.next(start), start)
	l.receive(start, 0, l.message(4, start, "tanya"))
	rina := l.person(1)
	l.must(l.AddConsent(l.ctx, shop.Consent{PersonID: rina.ID, Granted: true, At: start, Source: "test", Words: "ya"}))
	l.slot(start.Add(time.Hour))
	file := filepath.Join(t.TempDir(), "copy.db")
	l.must(l.Backup(l.ctx, file))
	if got := files(t, filepath.Dir(file)); len(got) != 1 {
		t.Errorf("beside the copy stands %v", got)
	}
	header, err := os.ReadFile(file)
	l.must(err)
	if header[18] != 1 || header[19] != 1 { // 2: needs a log beside it, which a medium for reading alone cannot hold
		t.Error("the copy needs a write-ahead log")
	}

	later := start.Add(24 * time.Hour)
	l.ask(5, later, answer("sesudahnya"))
	l.must(l.AddConsent(l.ctx, shop.Consent{PersonID: rina.ID, Granted: false, At: later, Source: "test", Words: "stop"}))
	budi := l.person(2)
	l.must(l.AddConsent(l.ctx, shop.Consent{PersonID: budi.ID, Granted: true, At: later, Source: "chat", Question: "Boleh?", Words: "iya"}))
	l.must(l.AddConsent(l.ctx, shop.Consent{PersonID: l.person(3).ID, Granted: true, At: later, Source: "import", Words: "ya"}))
	l.run("INSERT INTO consent_asks (person_id, at, words) VALUES ($1, $2, 'Boleh?')", budi.ID, ms(later))
	l.must(l.Close())

	now := later.Add(time.Hour)
	r, err := Restore(t.Context(), dir, file, now)
	if err != nil {
		t.Fatal(err)
	}
	aside := filepath.Join(dir, "app-before-restore-20260106-110000.db")
	if diff := cmp.Diff(Restored{Aside: aside, Messages: 2, Waits: 2, Slots: 1, OptOuts: 1}, r); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{filepath.Base(aside), FileName}, files(t, dir)); diff != "" {
		t.Error(diff)
	}
	again := openLab(t, dir)
	if got := again.rows("SELECT text, status FROM outbox ORDER BY id"); got != "sudah sent\nbelum unknown\nsedang cancelled" && got != "sudah sent\nbelum cancelled\nsedang unknown" {
		t.Errorf("rows on their way out:\n%s", got)
	}
	if n := again.number("SELECT COUNT(*) FROM inbox WHERE due_at IS NOT NULL"); n != 0 {
		t.Errorf("%d messages would be answered once more", n)
	}
	if _, due, err := again.NextOutDue(again.ctx); due || err != nil {
		t.Errorf("something would be sent: %v", err)
	}
	if got := again.rows("SELECT granted, question, words FROM consents ORDER BY id"); got != "1  ya\n0  stop\n1 Boleh? iya" {
		t.Errorf("consents:\n%s", got)
	}
	if got := again.rows("SELECT person_id, words FROM consent_asks"); got != fmt.Sprint(budi.ID, " Boleh?") {
		t.Errorf("asked: %s", got)
	}
	if g, err := again.Gate(again.ctx, shop.LanePromo); err != nil || !g.Until.Equal(now.Add(promoRest)) {
		t.Errorf("promos rest until %v, %v", g.Until, err)
	}
	kept := filepath.Join(t.TempDir())
	l.must(os.Rename(aside, filepath.Join(kept, FileName)))
	if n := openLab(t, kept).number("SELECT COUNT(*) FROM outbox"); n != 4 {
		t.Errorf("the file that was set aside has %d rows, want all 4", n)
	}
}

// The -wal file of a bot that was killed is not read into the restored file, and
// goes aside with its own.
func TestRestoreAfterACrash(t *testing.T) {
	l := newLab(t)
	l.ask(1, start, answer("lama"))
	file := filepath.Join(t.TempDir(), "copy.db")
	l.must(l.Backup(l.ctx, file))
	l.ask(2, start, answer("baru"))
	dir := t.TempDir()
	for _, suffix := range []string{"", "-wal"} {
		data, err := os.ReadFile(l.Path() + suffix)
		l.must(err)
		l.must(os.WriteFile(filepath.Join(dir, FileName+suffix), data, 0o600))
	}
	r, err := Restore(t.Context(), dir, file, start)
	l.must(err)
	if got := openLab(t, dir).rows("SELECT text FROM outbox"); got != "lama" {
		t.Errorf("restored %q", got)
	}
	kept := t.TempDir()
	l.must(os.Rename(r.Aside, filepath.Join(kept, FileName)))
	if got := openLab(t, kept).rows("SELECT text FROM outbox ORDER BY id"); got != "lama\nbaru" {
		t.Errorf("kept %q", got)
	}
}

// A damaged database is set aside as it is. Who opted out since is not known then,
// so promos wait for a person.
func TestRestoreOverADamagedFile(t *testing.T) {
	l := newLab(t)
	l.ask(1, start, answer("ya"))
	file := filepath.Join(t.TempDir(), "copy.db")
	l.must(l.Backup(l.ctx, file))
	for name, content := range map[string]string{"damaged": strings.Repeat("not a database ", 1000), "none": ""} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			want := []string{FileName}
			if content != "" {
				want = []string{"app-before-restore-20260105-100000.db", FileName}
				l.must(os.WriteFile(filepath.Join(dir, FileName), []byte(content), 0o600))
			}
			r, err := Restore(t.Context(), dir, file, start)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, files(t, dir)); diff != "" {
				t.Error(diff)
			}
			if r.Forgot == nil {
				t.Error("the opt-outs of an unreadable file are said to be taken over")
			}
			again := openLab(t, dir)
			if g, err := again.Gate(again.ctx, shop.LanePromo); err != nil || !g.Until.Equal(start.Add(shop.UntilAllowed)) {
				t.Errorf("promos rest until %v, %v", g.Until, err)
			}
		})
	}
}

// What is no copy of ours replaces nothing.
func TestRestoreRefuses(t *testing.T) {
	dir, other := t.TempDir(), t.TempDir()
	l := openLab(t, dir)
	l.ask(1, start, answer("ya"))
	newer := openLab(t, other)
	newer.run("UPDATE version SET version = 99, compat = 99")
	l.must(newer.Close())
	l.must(l.Close())
	junk := filepath.Join(t.TempDir(), "junk.db")
	l.must(os.WriteFile(junk, []byte(strings.Repeat("junk", 1000)), 0o600))
	for name, tc := range map[string]struct{ file, want string }{
		"no file":    {filepath.Join(dir, "none.db"), "the copy cannot be read"},
		"itself":     {filepath.Join(dir, FileName), "is the database in use itself"},
		"junk":       {junk, "not a database"},
		"newer file": {filepath.Join(other, FileName), "upgrading"},
	} {
		if _, err := Restore(t.Context(), dir, tc.file, start); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v, want %q", name, err, tc.want)
		}
		if diff := cmp.Diff([]string{FileName}, files(t, dir)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	if got := openLab(t, dir).rows("SELECT text FROM outbox"); got != "ya" {
		t.Errorf("the database holds %q", got)
	}
}

// Root restores for the bot, which is another user: the file and the lock are the
// bot's.
func TestRestoreForAnotherUser(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root may give files away")
	}
	const bot = 65532
	l := newLab(t)
	file := filepath.Join(t.TempDir(), "copy.db")
	l.must(l.Backup(l.ctx, file))
	dir := t.TempDir()
	l.must(os.Chown(dir, bot, bot))
	lock, err := TakeLock(dir, "root")
	l.must(err)
	_, err = Restore(t.Context(), dir, file, start)
	l.must(errors.Join(err, lock.Release()))
	for _, name := range files(t, dir) {
		info, err := os.Stat(filepath.Join(dir, name))
		l.must(err)
		if owner, ok := info.Sys().(*syscall.Stat_t); !ok || owner.Uid != bot || owner.Gid != bot {
			t.Errorf("%s belongs to user %d", name, owner.Uid)
		}
	}
}
