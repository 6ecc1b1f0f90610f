package templates

import (
	"slices"
	"strings"
)

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
	wish, _ := readWish(text)
	return wish
}

// OptRest is what a message says besides what OptWish finds in it: the clauses that are
// about something else, one in a line. It is "" for a message without such a wish.
func OptRest(text string) string {
	wish, rest := readWish(text)
	if wish == WishNone {
		return ""
	}
	return strings.Join(rest, "\n")
}

func readWish(text string) (wish Wish, rest []string) {
	parts := splitWish(text)
	near := surroundings(parts)
	for _, p := range parts {
		got := p.wish(near)
		if got == WishNone {
			rest = append(rest, p.said)
			continue
		}
		if wish != WishNone && wish != got {
			return WishNone, nil // says both
		}
		wish = got
	}
	return wish, rest
}

// wishNear is what the message as a whole says around a clause.
type wishNear struct {
	only  bool // nothing about anything else
	alone bool // that, or talk about promos: a bare "stop!" is then no longer in doubt
	goods bool // speaks of money or goods
}

func surroundings(parts []wishClause) wishNear {
	near := wishNear{only: true}
	promo, asks := false, false
	for _, c := range parts {
		near.only = near.only && (!c.alien || len(parts) == 1)
		near.goods = near.goods || c.goods
		promo = promo || c.words["promo"] || c.words["spam"]
		asks = asks || c.alien && c.asks
	}
	near.alone = near.only || promo && !asks
	return near
}

// wishClause is one clause of a message, reduced to the words that matter.
type wishClause struct {
	said  string // as it was written, if it is a whole sentence
	words map[string]bool
	count int
	alien bool // holds a word that has no place in such a wish
	asks  bool // ends in a question mark
	goods bool // holds a word for money or goods
	keeps bool // a "don't" before a word for stopping: "jangan berhenti"
	ended bool // says that the promo is over: "promo udah stop"
}

// wishBreaks separate clauses like punctuation does: what follows is a reason or
// another topic.
var wishBreaks = map[string]bool{
	"karena": true, "sebab": true, "soalnya": true, "tapi": true, "biar": true, "jadi": true, "because": true,
}

// splitWish cuts a message into clauses at punctuation and at wishBreaks.
func splitWish(text string) []wishClause {
	var out []wishClause
	for _, s := range sentences(clip(text, maxText)) {
		var run []string
		first := len(out)
		flush := func() {
			if len(run) > 0 {
				out = append(out, newWishClause(run, s.asks))
			}
			run = nil
		}
		said := clearWish(Normalise(s.text))
		for i := 0; i < len(said); i++ {
			w := said[i]
			if i+1 < len(said) {
				if one, found := wishPairs[[2]string{w, said[i+1]}]; found {
					i++
					w = one
				}
			}
			if w == "" {
				continue // thanks say nothing about promos
			}
			if wishBreaks[w] && !(w == "biar" && slices.Contains(run, "bagaimana")) {
				flush()
				continue
			}
			run = append(run, w)
		}
		if flush(); len(out) == first+1 {
			out[first].said = s.text
		}
		for i := range out[first:] {
			if s.asks {
				out[first+i].said += "?"
			}
		}
	}
	return out
}

func newWishClause(words []string, asks bool) wishClause {
	c := wishClause{said: strings.Join(words, " "), words: map[string]bool{}, asks: asks}
	for i, w := range words {
		meanings := wishMeanings[bareWish(w)]
		has := func(m string) bool { return slices.Contains(meanings, m) }
		after := func(word string) bool { return i > 0 && words[i-1] == word }
		c.goods = c.goods || wishGoods[w]
		switch {
		case meanings == nil,
			has("promo") && after("yang"),     // "jangan yang promo": picks goods
			has("enough") && c.words["promo"]: // "promonya cukup menarik"
			c.alien = true
		case w == "tidak" && (c.words["can"] || onlyFiller(words[i+1:])): // "ada promo gak": a question
			c.asks = c.asks || !c.words["can"]
			continue
		case has("filler"):
			continue
		}
		c.keeps = c.keeps || c.words["no"] && (has("stop") || has("remove") || has("leave") || has("exit") || has("cancel") || has("upset"))
		c.ended = c.ended || c.words["promo"] && after("sudah") && (has("stop") || has("leave"))
		for _, m := range meanings {
			c.words[m] = true
		}
		if !has("please") && !has("from") && !has("done") {
			c.count++
		}
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

// wish decides one clause.
func (c wishClause) wish(near wishNear) Wish {
	w := c.words
	if c.alien || c.ended || c.count == 0 {
		return WishNone
	}
	promo := w["promo"] || w["sub"] || w["text"] && w["send"] || w["spam"]
	switch {
	case w["parcel"] && !w["promo"]: // "hentikan pengiriman"
		return WishNone
	case c.keeps, w["stop"] && w["start"]:
		return WishNone
	case w["no"]:
		return outIf(c.refuses(near, promo))
	case w["stop"]:
		return outIf(c.stops(near.alone, promo))
	case w["remove"] && c.asks && !w["can"] && !w["please"]: // "nomor saya dihapus ya?"
		return WishNone
	case w["remove"]:
		return outIf(w["number"] || w["list"] && (w["me"] || w["promo"]) || w["me"] && w["promo"])
	case c.leaves():
		return WishOut
	case w["how"], c.asks, w["done"]:
		return WishNone
	}
	if c.welcomes(near.alone) {
		return WishIn
	}
	return WishNone
}

// leaves decides a clause that gets out of the promos without a word for stopping
// them: "keluar dari broadcast", "batalin langganan", "cukup promonya", "saya risih
// dikirimi promo".
func (c wishClause) leaves() bool {
	w := c.words
	listed := w["promo"] || w["sub"] || w["list"] && w["me"]
	switch {
	case c.asks:
		return false
	case w["leave"]:
		return listed
	case w["exit"]:
		return listed && w["from"] // "promonya udah keluar" is news
	case w["cancel"]:
		return w["sub"]
	case w["skip"]:
		return w["promo"] && w["number"]
	case w["enough"]:
		return w["promo"]
	}
	return w["upset"] && w["promo"] && w["send"]
}

// stops decides a clause with a word for stopping.
func (c wishClause) stops(alone, promo bool) bool {
	w := c.words
	switch {
	case promo:
		return !c.asks || w["send"] || w["can"] || w["way"]
	case c.asks || w["how"]:
		return false
	case w["text"] || w["reach"] || w["send"]:
		return !w["first"]
	}
	return alone && c.count <= 3 && !w["first"] && !w["again"] && !w["number"] && !w["list"]
}

// refuses decides a clause with "don't" or "not". "Jangan" refuses by itself;
// "tidak" only with a word of wanting or of asking a favour: "tidak dapat promo"
// complains, "tidak mau dapat promo" and "mohon tidak kirim promo" refuse. "Jangan
// kirim dulu" is about goods, "jangan kirim lagi" is not, unless the message is
// about something else besides.
func (c wishClause) refuses(near wishNear, promo bool) bool {
	w := c.words
	switch {
	case w["so"]: // "gimana biar ga dapet promo lagi"
		return w["how"] && w["send"] && promo && (w["again"] || w["me"])
	case c.asks && !(w["can"] && w["dont"]), w["first"], w["how"], w["see"] && w["reach"], w["can"] && !w["dont"]:
		return false
	case !w["dont"] && !w["need"] && !(w["please"] && w["give"]):
		return false
	case promo:
		return near.only || w["send"] || w["again"] || w["spam"] || w["text"] || w["reach"]
	case w["reach"]:
		return w["again"] || w["me"]
	case near.goods:
		return false
	}
	return w["send"] && (w["again"] && !w["number"] && (near.alone || w["me"] && w["dont"]) || w["text"])
}

// welcomes decides a clause without any refusal: "mulai", "langganan lagi". To
// want a promo is not yet to want promos: "mau promonya kak" asks for the offer, and
// who wants to send promos is a seller.
func (c wishClause) welcomes(alone bool) bool {
	w := c.words
	switch {
	case w["see"], w["give"] && w["need"]:
		return false
	case w["start"]:
		return w["promo"] || alone && c.count <= 2 && !w["number"]
	case w["sub"]:
		return w["promo"] || w["again"]
	case w["enrol"] && (w["me"] || w["number"]):
		return w["promo"]
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
