package templates

import (
	"math"
	"slices"
)

// Features of a message come in three blocks, each scaled to length one, so that
// a long message does not shout and no block drowns the others.
type block int

const (
	charBlock    block = iota // runs of three and four letters inside a word: forgives spelling
	wordBlock                 // words and pairs of words, stemmed
	conceptBlock              // tags: PECAH, BOCOR, SOBEK are all RUSAK
	blocks
)

// negations change the meaning of the next word; they are joined with it
// ("tidak_rekomendasi"), or "jangan refund" would look like "refund".
var negations = map[string]bool{"tidak": true, "jangan": true, "belum": true, "bukan": true, "tanpa": true}

// feature calls emit for every feature of a message given as normalised words.
func (l *lexicon) features(words []string, emit func(b block, name string)) {
	previous := "^"
	for i, w := range words {
		if l.places[w] != "" {
			emit(conceptBlock, "KOTA")
			w = placeMask
		}
		l.chars(w, emit)
		root := l.stem(w)
		emit(wordBlock, root)
		emit(wordBlock, previous+" "+root)
		if root != w {
			emit(wordBlock, w)
		}
		if i > 0 && negations[words[i-1]] {
			emit(wordBlock, "!"+root)
		}
		l.tags(w, root, emit)
		previous = root
	}
	emit(wordBlock, previous+" $")
}

// chars emits runs of letters of one word, with its bounds marked.
func (l *lexicon) chars(word string, emit func(b block, name string)) {
	if word[0] == '<' {
		emit(charBlock, word)
		return
	}
	marked := "_" + word + "_"
	starts := make([]int, 0, 32) // of its letters, in bytes
	for at := range marked {
		starts = append(starts, at)
	}
	starts = append(starts, len(marked))
	for n := 3; n <= 4; n++ {
		for i := 0; i+n < len(starts); i++ {
			emit(charBlock, marked[starts[i]:starts[i+n]])
		}
	}
}

// tags emits the concepts of a word, by itself and by its root.
func (l *lexicon) tags(word, root string, emit func(b block, name string)) {
	for _, tag := range l.concepts[word] {
		emit(conceptBlock, tag)
	}
	if root != word {
		for _, tag := range l.concepts[root] {
			emit(conceptBlock, tag)
		}
	}
}

// sparse is a message as the model sees it.
type sparse []entry

type entry struct {
	feature int32
	value   float32
}

// vectoriser numbers the features that occurred in training. A feature that did
// not still counts for the length of its block: a message of mostly unknown
// words is a weak message.
type vectoriser struct {
	lex   *lexicon
	index [blocks]map[string]int32
	seen  map[string]int // word -> training messages that hold it
	size  int32
	slips repairs
}

func newVectoriser(lex *lexicon) *vectoriser {
	v := &vectoriser{lex: lex, seen: map[string]int{}}
	for b := range v.index {
		v.index[b] = map[string]int32{}
	}
	return v
}

// count notes the words of a training message.
func (v *vectoriser) count(words []string) {
	for i, w := range words {
		if slices.Index(words, w) == i {
			v.seen[w]++
		}
	}
}

// learn numbers the features of a counted training message.
func (v *vectoriser) learn(words []string) {
	v.each(words, 1, func(b block, name string) {
		if _, ok := v.index[b][name]; !ok {
			v.index[b][name] = v.size
			v.size++
		}
	})
}

// vocabulary notes which words a mistyped one may be meant as.
func (v *vectoriser) vocabulary() {
	var all []string
	for w, messages := range v.seen {
		if messages > 1 {
			all = append(all, w)
		}
	}
	for w := range v.lex.roots {
		all = append(all, w)
	}
	v.slips = newRepairs(all)
}

// put repairs the words that nobody knows. The words are not changed in place.
func (v *vectoriser) put(words []string) []string {
	out := words
	for i, w := range words {
		if v.seen[w] > 0 || v.lex.known(w) || !repairable(w) {
			continue
		}
		if right := v.slips.repair(w); right != w && v.lex.stem(w) == w {
			if &out[0] == &words[0] {
				out = slices.Clone(words)
			}
			out[i] = right
		}
	}
	return out
}

// each emits the features of a message, and the mark of a strange word for
// every word that at most own training messages hold. In training, where a
// message has met its own words, own is 1: the model so learns what messages
// with never-heard words mostly are (nothing for us).
func (v *vectoriser) each(words []string, own int, emit func(b block, name string)) {
	v.lex.features(words, emit)
	for _, w := range words {
		if w[0] != '<' && len(w) > 2 && v.seen[w] <= own && !v.lex.known(w) && v.seen[v.lex.stem(w)] <= own {
			emit(conceptBlock, strangeMark)
		}
	}
}

// strangeMark is the feature of a word the shop never heard.
const strangeMark = "?"

// vector is a message in one piece; own is 1 for training messages.
func (v *vectoriser) vector(words []string, own int) sparse {
	b := v.blocks(words, own)
	return slices.Concat(b[:]...)
}

// blocks scales the features of a message, block by block.
func (v *vectoriser) blocks(words []string, own int) (out [blocks]sparse) {
	var strange [blocks]float64
	v.each(words, own, func(b block, name string) {
		id, ok := v.index[b][name]
		if !ok {
			strange[b]++
			return
		}
		for i := range out[b] {
			if out[b][i].feature == id {
				return // said twice counts once
			}
		}
		out[b] = append(out[b], entry{id, 1})
	})
	for b, part := range out {
		norm := math.Sqrt(float64(len(part))+strangeWeight*strange[b]) / blockWeights[b]
		for i := range part {
			part[i].value = float32(1 / norm)
		}
	}
	return out
}

// blockWeights is how much each block may say.
var blockWeights = [blocks]float64{0.7, 1, 0.8}

// strangeWeight is how much an unknown feature weakens the known ones.
const strangeWeight = 0.7
