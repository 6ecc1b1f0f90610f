package main

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
)

// crashWishes are what the customers of the consent flow say about promos, and
// whether they want them.
var crashWishes = []struct {
	text    string
	granted bool
}{
	{"STOP", false},
	{"berhenti promo", false},
	{"jangan kirim promo lagi kak", false},
	{"MULAI", true},
	{"mau promo lagi kak", true},
	{"langganan promo lagi", true},
}

// consentFlow: customers change their mind about promos. The consents hold
// exactly their acts, in order, and each turn is confirmed once, in the words for
// what it changed.
func consentFlow() flow {
	return flow{
		name: "consent", people: 20,
		config: func(c *Config) { c.Reply.Debounce = 20 * time.Millisecond },
		script: func(dice *rand.Rand, n int) (script []input) {
			for range n {
				script = append(script, input{dice.IntN(20), crashWishes[dice.IntN(len(crashWishes))].text})
			}
			return script
		},
		check: checkConsents,
	}
}

// confirmed is what the confirmation says: of a consent or a withdrawal, that is
// new or was known.
var confirmed = map[[2]bool]string{
	{false, false}: "tidak akan menerima promo lagi",
	{false, true}:  "memang sudah tidak menerima promo",
	{true, false}:  "promo akan kami kirim lagi",
	{true, true}:   "sudah terdaftar untuk menerima promo",
}

func checkConsents(o *outcome) {
	replies := map[int64]string{}
	for _, r := range o.out {
		replies[r.turn] += r.text
	}
	type spoken struct {
		turn int64
		said []told
	}
	var turns []spoken
	for turn, messages := range o.turns() {
		turns = append(turns, spoken{turn, messages})
	}
	slices.SortFunc(turns, func(a, b spoken) int { return cmp.Compare(a.turn, b.turn) })
	state, want := map[string]*bool{}, map[string][]act{}
	for _, turn := range turns {
		last := turn.said[len(turn.said)-1] // the last word of a turn holds
		phone, before := o.phone(last.who), state[o.phone(last.who)]
		for _, said := range turn.said {
			if granted := wants(said.text); state[phone] == nil || *state[phone] != granted {
				want[phone] = append(want[phone], act{phone, said.text, granted})
				state[phone] = &granted
			}
		}
		known := before != nil && *before == wants(last.text)
		if text := confirmed[[2]bool{wants(last.text), known}]; !strings.Contains(replies[turn.turn], text) {
			o.violate("%q of %s was confirmed by %q, want %q", last.text, phone, replies[turn.turn], text)
		}
	}
	got := map[string][]act{}
	for _, a := range o.acts {
		got[a.phone] = append(got[a.phone], a)
	}
	if diff := gocmp.Diff(want, got, gocmp.AllowUnexported(act{})); diff != "" {
		o.violate("consents, want and got: %s", diff)
	}
}

// wants tells what a text of the script asks for.
func wants(text string) bool {
	for _, w := range crashWishes {
		if w.text == text {
			return w.granted
		}
	}
	return false
}

func TestCrashConsent(t *testing.T) { crashTest(t, consentFlow(), 150, 12) }
