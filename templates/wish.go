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

// wishMeanings maps every word that may stand in a wish to what it does there.
// A word that is not here makes the clause about something else.
var wishMeanings = invert(map[string]string{
	"stop":   "stop setop berhenti brenti hentikan berhentikan distop dihentikan stopkan stopin unsub unsubs unsubscribe unsubscribed unsubcribe optout end quit matikan nonaktifkan",
	"no":     "jangan tidak",
	"dont":   "jangan",
	"need":   "usah perlu mau minat dont",
	"send":   "kirim dikirim kirimi dikirimi kirimkan mengirim kirimin dikirimin pengiriman kasih dikasih share sebar terima menerima nerima dapat dapet mendapat mendapatkan dapatkan masuk send tawarkan tawarin nawarin tawari",
	"reach":  "chat hubungi menghubungi dihubungi whatsapp chatin contact ganggu japri",
	"spam":   "spam nyepam spamming dispam",
	"promo":  "promo broadcast bc iklan promosi newsletter blast siaran brosur",
	"sub":    "langganan berlangganan subscribe subscription",
	"join":   "daftar mendaftar",
	"text":   "pesan info informasi notif notifikasi penawaran tawaran message messages chatan diskon",
	"list":   "daftar list kontak database data",
	"number": "nomor nomer number nomorku nomerku",
	"remove": "hapus keluarkan keluarin dihapus hapuskan dikeluarkan remove coret hapusin cabut delete",
	"again":  "lagi kembali ulang again more",
	"start":  "mulai start unstop mulailah resume aktifkan nyalakan",
	"me":     "saya ini me my kami",
	"how":    "bagaimana cara caranya",
	"can":    "bisa boleh could can",
	"first":  "dulu",
	"filler": "kak min sis gan bro mas mbak bang pak bu bos om tante admin bestie ya dong deh sih ikut tolong saja juga oke maaf ke dari di yang untuk terus mulu melulu semua segala apa pun apapun ada nya itu tu dengan and the from to for a any please pls lah kek tuh nih woi woy hei halo permisi selamat pagi siang sore malam terima kasih tentang soal sekarang hari banget sangat sebentar yuk ayo donk doang to masih is jadi aku sering tiap berupa dalam hp wa",
})

// invert turns meaning -> "word word" into word -> meanings.
func invert(table map[string]string) map[string][]string {
	out := map[string][]string{}
	for meaning, list := range table {
		for _, w := range strings.Fields(list) {
			out[w] = append(out[w], meaning)
		}
	}
	return out
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
		for _, w := range Normalise(s.text) {
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

// bareWish takes "-nya" and the like off a word when what remains is known:
// "promonya", "broadcastnya".
func bareWish(word string) string {
	if wishMeanings[word] != nil {
		return word
	}
	for _, end := range [...]string{"nya", "in", "lah", "ku"} {
		if bare, cut := strings.CutSuffix(word, end); cut && wishMeanings[bare] != nil {
			return bare
		}
	}
	return word
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
// not.
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
	return w["send"] && (w["again"] && !w["number"] || w["text"])
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
