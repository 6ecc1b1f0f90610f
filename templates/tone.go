package templates

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// tone is what words/tone.txt says: lists of phrases.
type tone struct{ threat, insult, anger, calm phrases }

// phrases are phrases as words, by their first word.
type phrases map[string][][]string

func (p phrases) add(words ...string) { p[words[0]] = append(p[words[0]], words) }

var tones = sync.OnceValue(func() *tone {
	t := &tone{phrases{}, phrases{}, phrases{}, phrases{}}
	lists := map[string]phrases{"THREAT": t.threat, "INSULT": t.insult, "ANGER": t.anger, "CALM": t.calm}
	err := readWords("words/tone.txt", func(head string, rest []string) error {
		list := lists[head]
		if list == nil {
			return fmt.Errorf("unknown list %q; allowed: THREAT, INSULT, ANGER, CALM", head)
		}
		for phrase := range strings.SplitSeq(strings.Join(rest, " "), "|") {
			list.add(strings.Fields(phrase)...)
		}
		return nil
	})
	if err != nil {
		panic(err) // a mistake in the program's own file, as in words
	}
	return t
})

// Threat tells whether a message threatens the shop with the police, a lawyer,
// a report or the public. A person is paged at once (domain facts, section 1).
func Threat(text string) bool { return threatens(Normalise(text)) }

func threatens(said []string) bool { return tones().threat.in(said) && !harmlessReports.in(said) }

// harmlessReports use the word for reporting without a threat: "jangan lapor",
// and what a dropshipper reports every day.
var harmlessReports = phrases{
	"tidak": {{"tidak", "lapor"}}, "jangan": {{"jangan", "lapor"}},
	"lapor": {
		{"lapor", "order"}, {"lapor", "pesanan"}, {"lapor", "bayar"}, {"lapor", "pembayaran"}, {"lapor", "modal"}, {"lapor", "setoran"},
	},
}

// furious are words of anger that no friendly word takes back.
var furious = phrases{"kecewa": {{"kecewa", "banget"}}, "parah": {{"parah", "banget"}}}

// Angry tells whether a message is a threat, an insult or furious, whatever it
// wishes besides: "penipu, mana paket saya!!" is a question about a parcel and
// angry. An angry message gets empathy first and a person at once (domain facts,
// section 2). A worried question ("bukan penipu kan?") is not angry, nor is a
// wild word of joy ("anjir enak banget").
func Angry(text string) bool {
	said, t := Normalise(text), tones()
	if threatens(said) {
		return true
	}
	calm := t.calm.in(said)
	switch {
	case t.insult.in(said):
		return !calm
	case t.anger.in(said):
		return !calm || furious.in(said)
	}
	return shouts(text) && !calm && complains(said)
}

// in tells whether any of the phrases occurs in the words, word by word.
func (p phrases) in(said []string) bool {
	for i, w := range said {
		for _, first := range [...]string{w, strings.TrimSuffix(w, "nya"), strings.TrimSuffix(w, "lah"), strings.TrimSuffix(w, "lu")} {
			for _, phrase := range p[first] {
				if i+len(phrase) <= len(said) && sameRoots(said[i:i+len(phrase)], phrase) {
					return true
				}
			}
		}
	}
	return false
}

// sameRoots compares word by word, forgiving "-nya" and the like.
func sameRoots(said, phrase []string) bool {
	for i, w := range phrase {
		end, ok := strings.CutPrefix(said[i], w)
		if !ok || end != "" && end != "nya" && end != "lah" && end != "lu" {
			return false
		}
	}
	return true
}

// shouts tells whether a message is written in capitals or ends its sentences
// with several exclamation marks. "SAYA MAU PESAN 2" does so too: shouting alone
// is no anger.
func shouts(text string) bool {
	if strings.Contains(text, "!!") {
		return true
	}
	upper, letters := 0, 0
	for _, r := range clip(text, maxText) {
		if unicode.IsLetter(r) {
			letters++
			if unicode.IsUpper(r) {
				upper++
			}
		}
	}
	return letters >= 8 && upper*10 >= letters*8
}

// complaints are words that turn shouting into anger.
var complaints = map[string]bool{
	"lama": true, "lelet": true, "belum": true, "mana": true, "kecewa": true, "parah": true, "jelek": true,
	"rusak": true, "bohong": true, "payah": true, "woi": true, "woy": true, "kenapa": true, "kok": true, "bagaimana": true,
}

func complains(said []string) bool {
	return slices.ContainsFunc(said, func(w string) bool { return complaints[w] })
}
