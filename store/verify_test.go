package store

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"bestie/shop"
)

// threePostings books an announced payment, an order and the payment's end.
func threePostings(t *testing.T) *lab {
	l := newLab(t)
	for i, amount := range []shop.Rupiah{150_123, 88_468, 20_000} {
		p := posting(fmt.Sprint("r:", i+1), shop.Entry{Account: "a", Amount: amount}, shop.Entry{Account: "b", Amount: -amount})
		p.Source = "3EB0"
		if ok, err := l.Post(l.ctx, p); !ok || err != nil {
			t.Fatal(ok, err)
		}
	}
	found, err := l.Verify(l.ctx)
	l.must(err)
	if found.Broken != nil || found.Postings != 3 || found.Entries != 6 {
		t.Fatalf("%+v", found)
	}
	return l
}

// Whatever column of whatever row is edited behind the program's back, verify names the
// place.
func TestVerifyNamesTheEditedEntry(t *testing.T) {
	for _, c := range []struct {
		edit   string
		number int64
		line   int
	}{
		{"UPDATE postings SET reference = 'x' WHERE id = 2", 2, 0},
		{"UPDATE postings SET reason = 'x' WHERE id = 2", 2, 0},
		{"UPDATE postings SET actor = 'x' WHERE id = 2", 2, 0},
		{"UPDATE postings SET source = 'x' WHERE id = 2", 2, 0},
		{"UPDATE postings SET at = at + 1 WHERE id = 2", 2, 0},
		{"UPDATE postings SET hash = x'00' WHERE id = 2", 2, 0},
		{"UPDATE postings SET hash = zeroblob(32) WHERE id = 3", 3, 0},
		{"UPDATE postings SET id = 9 WHERE id = 2", 3, 0}, // 2 is gone: 3 follows on 1
		{"UPDATE entries SET posting_id = 3, line = 3 WHERE posting_id = 2 AND line = 2", 2, 0},
		{"UPDATE entries SET line = 5 WHERE posting_id = 2 AND line = 2", 2, 2},
		{"UPDATE entries SET account = 'c' WHERE posting_id = 2 AND line = 1", 2, 1},
		{"UPDATE entries SET amount = amount + 1 WHERE posting_id = 2 AND line = 2", 2, 2},
		{"UPDATE entries SET balance = balance + 1 WHERE posting_id = 2 AND line = 1", 2, 1},
		{"DELETE FROM entries WHERE posting_id = 2", 2, 0},
		{"DELETE FROM postings WHERE id = 2", 3, 0},
		{"DELETE FROM postings WHERE id = 3", 0, 0}, // only the balances know of it
		{"UPDATE balances SET amount = amount - 1 WHERE account = 'a'", 0, 0},
		{"UPDATE balances SET entries = entries + 1 WHERE account = 'a'", 0, 0},
		{"DELETE FROM balances WHERE account = 'b'", 0, 0},
		{"INSERT INTO entries VALUES (3, 3, 'a', 5, 258596)", 3, 0},
	} {
		l := threePostings(t)
		l.run("PRAGMA foreign_keys = OFF")
		for _, name := range []string{"postings_no_update", "postings_no_delete", "entries_no_update", "entries_no_delete"} {
			l.run("DROP TRIGGER " + name)
		}
		l.run(c.edit)
		found, err := l.Verify(l.ctx)
		l.must(err)
		if b := found.Broken; b == nil || b.Number != c.number || b.Line != c.line {
			t.Errorf("%s: %+v", c.edit, b)
		}
	}
}

// A ledger that was rewritten from one place on, hashes and all, is consistent; the
// digest that the owner was sent is not in it.
func TestVerifyHoldsTheLedgerToItsDigests(t *testing.T) {
	l := threePostings(t)
	l.run("INSERT INTO ledger_digests SELECT '2026-01-05', 1, 2, 4, 0, hash FROM postings WHERE id = 2")
	for edit, number := range map[string]int64{
		"UPDATE ledger_digests SET postings = 2":        -1, // nothing is changed
		"UPDATE ledger_digests SET head = zeroblob(32)": 2,
		"UPDATE ledger_digests SET entries = 5":         2,
		"UPDATE ledger_digests SET postings = 4":        0, // postings are gone
	} {
		l.run(edit)
		found, err := l.Verify(l.ctx)
		l.must(err)
		if b := found.Broken; (b == nil) != (number < 0) || b != nil && (b.Number != number || !b.Digest) {
			t.Errorf("%s: %+v", edit, b)
		} else if found.Postings != 3 {
			t.Errorf("%s: it stopped at %d", edit, found.Postings)
		}
		l.run("DELETE FROM ledger_digests")
		l.run("INSERT INTO ledger_digests SELECT '2026-01-05', 1, 2, 4, 0, hash FROM postings WHERE id = 2")
	}
}

// A copy that is older than the last digest is found to be behind it: the digests of the
// file that it replaces come along.
func TestRestoreBehindTheDigest(t *testing.T) {
	dir := t.TempDir()
	l := openLab(t, dir)
	book := func(reference string) {
		l.must(errOf(l.Post(l.ctx, posting(reference, shop.Entry{Account: "a", Amount: 1}, shop.Entry{Account: "b", Amount: -1}))))
	}
	book("r:1")
	file := filepath.Join(t.TempDir(), "copy.db")
	l.must(l.Backup(l.ctx, file))
	book("r:2")
	found, err := l.Verify(l.ctx)
	l.must(err)
	l.must(l.Digest(l.ctx, start, start, found, l.newID, nil, ""))
	l.must(l.Close())
	l.must(errOf(Restore(t.Context(), dir, file, start.Add(time.Hour))))
	l = openLab(t, dir)
	if found, err = l.Verify(l.ctx); err != nil || found.Broken == nil || !found.Broken.Digest {
		t.Fatalf("%+v %v", found, err)
	}
	later := start.AddDate(0, 0, 1)
	l.must(l.Digest(l.ctx, later, later, found, l.newID, nil, "")) // the owner knows: it begins anew
	if found, err = l.Verify(l.ctx); err != nil || found.Broken != nil {
		t.Errorf("%+v %v", found.Broken, err)
	}
}
