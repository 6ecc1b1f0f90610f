package shop

import "fmt"

// Audit is what the verification of the whole ledger found.
type Audit struct {
	Postings    int64
	Entries     int64
	Outstanding Rupiah // what all dropshippers owe together
	Head        Hash   // of the last posting
	Broken      *Break // the first entry that is not as it was booked; nil: all are
}

// Break is a place where the ledger is not what was booked.
type Break struct {
	Number    int64  // of the posting; 0: no posting, but what is kept beside them
	Line      int    // of the entry in it; 0: the posting itself
	Reference string // of the posting, as it stands there
	What      string
	Digest    bool // the ledger agrees with itself, and not with the last digest
}

func (b Break) String() string {
	switch {
	case b.Number == 0:
		return b.What
	case b.Line == 0:
		return fmt.Sprintf("posting %d (%s): %s", b.Number, b.Reference, b.What)
	}
	return fmt.Sprintf("posting %d (%s), entry %d: %s", b.Number, b.Reference, b.Line, b.What)
}

// Mark is a digest that was sent out: at so many postings the ledger ended in this hash.
type Mark struct {
	Day      string
	Postings int64
	Entries  int64
	Head     Hash
}

// Auditor recomputes a ledger from its postings in order. It keeps one balance for each
// account and nothing else.
type Auditor struct {
	Audit
	balances map[string]Rupiah
	counts   map[string]int64
	mark     *Mark
	unmet    *Break
}

// NewAuditor begins before the first posting. The ledger has to agree with the last
// digest that was sent, if there is one.
func NewAuditor(last *Mark) *Auditor {
	return &Auditor{balances: map[string]Rupiah{}, counts: map[string]int64{}, mark: last}
}

// Booked is an entry as it stands in the ledger.
type Booked struct {
	Entry
	Line    int
	Balance Rupiah // of its account after it
}

// Next looks at the next posting and its entries. After a break it only says that there is one.
func (a *Auditor) Next(p Posting, entries []Booked) (ok bool) {
	broken := func(line int, format string, args ...any) bool {
		a.Broken = &Break{Number: p.Number, Line: line, Reference: p.Reference, What: fmt.Sprintf(format, args...)}
		return false
	}
	if a.Broken != nil {
		return false
	}
	if p.Number != a.Postings+1 {
		return broken(0, "it follows on posting %d: a number is missing", a.Postings)
	}
	p.Entries = nil
	for i, e := range entries {
		if e.Line != i+1 {
			return broken(i+1, "it is numbered %d: an entry is missing", e.Line)
		}
		if after := a.balances[e.Account] + e.Amount; after != e.Balance {
			return broken(e.Line, "with it the account %s stands at %s, not at %s", e.Account, after, e.Balance)
		}
		a.balances[e.Account] = e.Balance
		a.counts[e.Account]++
		p.Entries = append(p.Entries, e.Entry)
	}
	if err := p.Check(); err != nil {
		return broken(0, "%v", err)
	}
	if hash := p.Chained(a.Head); hash != p.Hash {
		return broken(0, "its hash is %.12s, not %.12s: something in it was changed", p.Hash, hash)
	}
	a.Postings, a.Entries, a.Head = p.Number, a.Entries+int64(len(entries)), p.Hash
	if m := a.mark; m != nil && m.Postings == a.Postings && (m.Head != a.Head || m.Entries != a.Entries) {
		a.unmet = &Break{Number: p.Number, Reference: p.Reference, Digest: true, What: fmt.Sprintf(
			"the digest of %s ends in %.12s here, the ledger in %.12s: it was rewritten", m.Day, m.Head, a.Head)}
	}
	return true
}

// Kept compares a balance that is kept beside the ledger.
func (a *Auditor) Kept(account string, amount Rupiah, entries int64) {
	if a.Broken == nil && (a.balances[account] != amount || a.counts[account] != entries) {
		a.lost("the balance of %s is kept as %s after %d entries; the ledger says %s after %d", account, amount, entries, a.balances[account], a.counts[account])
	}
	delete(a.balances, account)
}

// End closes the books: nothing may be left over.
func (a *Auditor) End(outstanding Rupiah) Audit {
	a.Outstanding = outstanding
	for account := range a.balances {
		a.lost("no balance is kept of %s", account)
	}
	if m := a.mark; m != nil && m.Postings > a.Postings {
		a.unmet = &Break{Digest: true, What: fmt.Sprintf(
			"the digest of %s was sent after %d postings, the ledger ends at %d: an older backup was restored, or postings are gone", m.Day, m.Postings, a.Postings)}
	}
	if a.Broken == nil {
		a.Broken = a.unmet
	}
	return a.Audit
}

func (a *Auditor) lost(format string, args ...any) {
	if a.Broken == nil {
		a.Broken = &Break{What: fmt.Sprintf(format, args...)}
	}
}
