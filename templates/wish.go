package templates

import "slices"

// Wish is what a message says about receiving promos.
type Wish int

// The wishes. None means that the message is about something else or leaves a
// doubt: nobody is opted in or out on a doubt.
const (
	WishNone Wish = iota
	WishOut       // stop the promos, at once and for every campaign
	WishIn        // promos are welcome again
)

// OptWish tells whether a message opts out of promos or in again. It is decided
// before every other rule (field guide, section 5, requirement 6) and it is
// exact: a clause counts only when every word of it belongs to such a wish, so
// that "stop kontak ada?", "jangan berhenti produksi ya" or "kapan promo
// berhenti?" opt nobody out.
func OptWish(text string) Wish {
	parts := splitWish(text)
	// A bare "stop!" next to words about promos is no longer in doubt.
	alone := len(parts) == 1 || !asksElse(parts) && slices.ContainsFunc(parts, func(c wishClause) bool { return c.words["promo"] || c.words["spam"] })
	wish := WishNone
	for _, p := range parts {
		got := p.wish(alone)
		if got == WishNone {
			continue
		}
		if wish != WishNone && wish != got {
			return WishNone // says both
		}
		wish = got
	}
	return wish
}

// asksElse tells that some clause is a question about something else.
func asksElse(parts []wishClause) bool {
	return slices.ContainsFunc(parts, func(c wishClause) bool { return c.alien && c.asks })
}

// wishClause is one clause of a message, reduced to the words that matter.
type wishClause struct {
	words map[string]bool
	count int
	alien bool // holds a word that has no place in such a wish
	asks  bool // ends in a question mark
}

// wishBreaks separate clauses like punctuation does: what follows is a reason or
// another topic.
var wishBreaks = map[string]bool{
	"karena": true, "sebab": true, "soalnya": true, "tapi": true, "kalau": true, "supaya": true, "biar": true,
	"because": true,
}

// splitWish cuts a message into clauses at punctuation and at wishBreaks.
func splitWish(text string) []wishClause {
	var out []wishClause
	for _, s := range sentences(clip(text, maxText)) {
		var run []string
		flush := func() {
			if len(run) > 0 {
				out = append(out, newWishClause(run, s.asks))
			}
			run = nil
		}
		said := Normalise(s.text)
		for i := 0; i < len(said); i++ {
			w := said[i]
			if w == "terima" && i+1 < len(said) && said[i+1] == "kasih" {
				i++ // thanks say nothing about promos
				continue
			}
			if wishBreaks[w] {
				flush()
				continue
			}
			run = append(run, w)
		}
		flush()
	}
	return out
}

func newWishClause(words []string, asks bool) wishClause {
	c := wishClause{words: map[string]bool{}, asks: asks}
	for i, w := range words {
		meanings := wishMeanings[bareWish(w)]
		switch {
		case meanings == nil:
			c.alien = true
		case w == "tidak" && (c.words["can"] || onlyFiller(words[i+1:])): // "ada promo gak": a question
			c.asks = c.asks || !c.words["can"]
			continue
		case meanings[0] == "filler":
			continue
		}
		for _, m := range meanings {
			c.words[m] = true
		}
		c.count++
	}
	return c
}

// onlyFiller tells that nothing but filler follows.
func onlyFiller(words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool {
		m := wishMeanings[bareWish(w)]
		return m == nil || m[0] != "filler"
	})
}

// wish decides one clause. alone tells that the message is nothing else.
func (c wishClause) wish(alone bool) Wish {
	w := c.words
	if c.alien || c.count == 0 {
		return WishNone
	}
	promo := w["promo"] || w["sub"] || w["text"] && w["send"] || w["spam"]
	switch {
	case w["stop"] && (w["no"] || w["start"]), w["no"] && w["remove"]: // "jangan berhenti": which?
		return WishNone
	case w["stop"]:
		return outIf(c.stops(alone, promo))
	case w["remove"]:
		return outIf(w["number"] || w["list"] && (w["me"] || w["promo"]))
	case w["no"]:
		return outIf(c.refuses(alone, promo))
	case w["how"], c.asks:
		return WishNone
	}
	if c.welcomes(alone) {
		return WishIn
	}
	return WishNone
}

// stops decides a clause with a word for stopping.
func (c wishClause) stops(alone, promo bool) bool {
	w := c.words
	switch {
	case promo:
		return !c.asks || w["send"] || w["can"]
	case c.asks || w["how"]:
		return false
	case w["text"] || w["reach"] || w["send"]:
		return !w["first"]
	}
	return alone && c.count <= 3 && !w["first"] && !w["again"] && !w["number"] && !w["list"]
}

// refuses decides a clause with "don't" or "not". "Jangan" refuses by itself;
// "tidak" only with a word of wanting: "tidak dapat promo" complains, "tidak mau
// dapat promo" refuses. "Jangan kirim dulu" is about goods, "jangan kirim lagi" is
// not, unless the message is about something else besides.
func (c wishClause) refuses(alone, promo bool) bool {
	w := c.words
	switch {
	case c.asks || w["first"] || w["how"] || w["can"] || !w["dont"] && !w["need"]:
		return false
	case promo:
		return alone || w["send"] || w["again"] || w["spam"] || w["text"] || w["reach"]
	case w["reach"]:
		return w["again"] || w["me"]
	}
	return w["send"] && (w["again"] && !w["number"] && (alone || w["me"] && w["dont"]) || w["text"])
}

// welcomes decides a clause without any refusal: "mulai", "langganan lagi". To
// want a promo is not yet to want promos: "mau promonya kak" asks for the offer.
func (c wishClause) welcomes(alone bool) bool {
	w := c.words
	switch {
	case w["start"]:
		return w["promo"] || alone && c.count <= 2 && !w["number"]
	case w["sub"]:
		return w["promo"] || w["again"]
	case w["promo"] && !w["spam"]:
		return w["again"] && (w["send"] || w["need"] || w["can"]) || w["send"] && w["need"] ||
			w["join"] && alone && c.count <= 3
	}
	return false
}

func outIf(yes bool) Wish {
	if yes {
		return WishOut
	}
	return WishNone
}
