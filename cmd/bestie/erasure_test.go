package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"bestie/shop"
)

// TestErasureLeavesNothing: two hours after a person of the shop granted it, no file of the
// running program holds a word or the name of the customer, WhatsApp's session included;
// and who comes back is answered as anybody is.
func TestErasureLeavesNothing(t *testing.T) {
	t.Parallel()
	tr := newTrial(t, quick)
	const name, secret = "Zebrawati", "jerapahkuning"
	zebra := newPerson(t, tr.Stage, "6281200000077", name)
	if _, err := tr.app.db.Register(t.Context(), tr.clock.Now(), "6281300000001", "Sari", shop.RoleOwner); err != nil {
		t.Fatal(err)
	}
	say := func(words string) {
		t.Helper()
		_, err := zebra.Say(t.Context(), stageNumber, words)
		tr.must(err)
		pass(t, tr.Stage, 30*time.Second)
	}
	order := func(words string) {
		t.Helper()
		_, err := tr.sari.Say(t.Context(), stageNumber, words)
		tr.must(err)
		pass(t, tr.Stage, 20*time.Second)
	}
	say("kak bisa bantu bikin spanduk " + secret + "?")
	say("tolong hapus data saya ya kak")
	if held := tr.holding(name, secret); len(held) == 0 {
		t.Fatal("nothing to erase")
	}
	order("lupakan 1")
	order("ya 1")
	tr.reached(zebra, "segera kami hapus", 1)
	pass(t, tr.Stage, 2*time.Hour)
	if held := tr.holding(name, secret); len(held) > 0 {
		t.Errorf("still held in %v", held)
	}
	say("kak, " + price)
	if n := tr.number(t, "SELECT COUNT(*) FROM people WHERE push_name = $1", name); n != 1 {
		t.Errorf("%d rows of who came back", n)
	}
}

// holding are the files of the data folder in which one of the words stands.
func (tr *trial) holding(words ...string) (files []string) {
	tr.Helper()
	tr.must(filepath.WalkDir(tr.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		for _, w := range words {
			if bytes.Contains(b, []byte(w)) {
				files = append(files, filepath.Base(path)+": "+w)
			}
		}
		return err
	}))
	return files
}
