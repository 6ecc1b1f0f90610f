package whatsapp

import (
	"strings"
	"sync"
	"testing"
	"time"
)

func TestEveryStateHasItsWords(t *testing.T) {
	if len(States()) != len(stateWords) {
		t.Errorf("%d states, words for %d", len(States()), len(stateWords))
	}
	sentences := map[string]State{}
	for _, s := range States() {
		for _, text := range []string{s.Indonesian(), s.English(), s.Hint()} {
			if !strings.HasSuffix(text, ".") && !strings.Contains(text, "bestie ") || text == "" {
				t.Errorf("%s: %q is no sentence", s, text)
			}
		}
		for _, text := range []string{s.Indonesian(), s.English()} {
			if other, twice := sentences[text]; twice {
				t.Errorf("%s and %s say the same", s, other)
			}
			sentences[text] = s
		}
		if s.Sends() != (s == StateOnline) {
			t.Errorf("%s: sends %v", s, s.Sends())
		}
		if s.Permanent() && s.waits() {
			t.Errorf("%s both waits and is permanent", s)
		}
		if problem := (Status{State: s}).Problem(); (s.Permanent() || s.waits() || s == StateUnpaired) && problem == nil {
			t.Errorf("%s is no problem", s)
		}
	}
}

func TestBoard(t *testing.T) {
	for _, test := range []struct {
		name  string
		steps func(*board)
		want  State
	}{
		{"ordinary life", func(b *board) { b.advance(StateConnecting, ""); b.advance(StateOnline, "") }, StateOnline},
		{"a late event hides no ban", func(b *board) { b.set(StateBanned, "", time.Time{}); b.advance(StateDisconnected, "") }, StateBanned},
		{"a ban ends by dialling", func(b *board) { b.set(StateBanned, "", time.Time{}); b.set(StateConnecting, "", time.Time{}) }, StateConnecting},
		{"permanent is permanent", func(b *board) { b.set(StateReplaced, "", time.Time{}); b.set(StateConnecting, "", time.Time{}) }, StateReplaced},
		{"closed is the end", func(b *board) {
			b.set(StateLoggedOut, "", time.Time{})
			b.set(StateClosed, "", time.Time{})
			b.advance(StateOnline, "")
		}, StateClosed},
	} {
		b := newBoard(time.Now, func(Status) {}, StateUnpaired)
		test.steps(b)
		if got := b.status().State; got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

// Changes are told in the order in which they happened, also from many
// goroutines, and the last one told is the one that stands.
func TestBoardTellsInOrder(t *testing.T) {
	var told []Status
	var b *board
	b = newBoard(time.Now, func(s Status) {
		if b.status() != s {
			t.Error("told something else than what stands")
		}
		told = append(told, s)
	}, StateUnpaired)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 100 {
				b.advance(StateOnline, "")
				b.advance(StateDisconnected, "")
			}
		})
	}
	all.Wait()
	for i := 1; i < len(told); i++ {
		if told[i].State == told[i-1].State {
			t.Fatalf("%s told twice", told[i].State)
		}
	}
	b.set(StateReplaced, "", time.Time{})
	b.set(StateReplaced, "again", time.Time{})
	<-b.ended // closed once
}
