package templates

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
)

// The memory gives back what it was given, forgets the oldest, and never grows
// beyond two generations.
func TestMemory(t *testing.T) {
	t.Parallel()
	var m memory
	var all sync.WaitGroup
	for w := range 4 {
		all.Go(func() {
			for i := range 3 * generation {
				text := fmt.Sprint(w, " ", i)
				m.put(text, []string{text})
				if said, ok := m.get(text); ok && !slices.Equal(said, []string{text}) {
					t.Errorf("%s became %v", text, said)
				}
			}
		})
	}
	all.Wait()
	if n := len(m.young) + len(m.aged); n > 2*generation {
		t.Errorf("%d texts are kept", n)
	}
	if _, ok := m.get("0 0"); ok {
		t.Error("the oldest text is still there")
	}
	m.put("lama", nil)
	for i := range 3 * generation {
		m.put(fmt.Sprint("baru ", i), nil)
		if _, ok := m.get("lama"); !ok {
			t.Fatal("a text in use was forgotten")
		}
	}
	long, longer := strings.Repeat("x", longestKept+1), strings.Repeat("x", longestKept+2)
	m.put(long, []string{"long"})
	if said, ok := m.get(long); !ok || said[0] != "long" {
		t.Error("a long text is not remembered for the rules that ask next")
	}
	m.put(longer, nil)
	if _, ok := m.get(long); ok {
		t.Error("two long texts were kept")
	}
}

// Whoever asks again gets the same words, though the first one is done with them.
func TestNormaliseTwice(t *testing.T) {
	t.Parallel()
	const text = "brp hrg bakso 150rb kak??"
	want := normalise(text)
	for range 3 {
		if got := Normalise(text); !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	}
}
