package templates

import (
	"slices"
	"unicode"
)

// closers are the words that may stand in a goodbye: thanks, agreement, who is
// meant. One word of anything else makes it a message to be read.
var closers = wordSet(`terima kasih nuhun suwun syukron jazakallah arigato alhamdulillah
	oke baik siap sip sipp ya yaudah yasudah sudah jelas paham mengerti ngerti mantap bagus noted gpp aman
	banyak banget sekali ya deh lah kak min sis gan bro mas mbak bang pak bu om tante admin bestie dong
	atas info infonya informasinya informasi bantuan bantuannya responnya penjelasannya balasannya waktunya
	sama sama-sama juga untuk dibantu membantu bantu dijelaskan dijelasin dijawab atas untuk sudah you
	nanti saya kabari lagi sampai jumpa dadah bye selamat`)

// thanks are the words without which a goodbye is only an agreement.
var thanks = wordSet(`terima nuhun suwun syukron jazakallah arigato oke baik siap sip sipp noted paham jelas
	yaudah yasudah bye dadah`)

// Goodbye tells whether a message only closes the talk: thanks, "oke siap",
// a lone emoji or a sticker's text. Nothing is answered to it but a short
// goodbye, and it starts no clock. A message that also asks something is none.
func Goodbye(text string) bool {
	if EmojiOnly(text) {
		return true
	}
	if len(text) > longestGoodbye {
		return false
	}
	said := Normalise(text)
	closing := false
	for _, w := range said {
		if !closers[w] {
			return false
		}
		closing = closing || thanks[w]
	}
	return closing && len(said) <= 12 && !asksAnything(text)
}

// longestGoodbye is how long a goodbye may be, in bytes; twelve words are shorter.
const longestGoodbye = 400

// Thanks tells whether a goodbye says thanks, so that it deserves an answer;
// "oke" and a thumb do not.
func Thanks(text string) bool {
	if !Goodbye(text) {
		return false
	}
	for _, w := range Normalise(text) {
		if w == "terima" || plainThanks[w] {
			return true
		}
	}
	return false
}

// souring are words after thanks that turn them into a complaint.
var souring = wordSet("tapi cuma hanya sayang sayangnya padahal kok kenapa kecewa rusak pecah bocor salah kurang hilang jangan batal batalkan")

// OpensWithThanks tells whether a message says thanks first and then goes on about something
// else: "makasih ya kak. kalau ke tegal berapa hari". Thanks before a complaint are none
// worth an answer.
func OpensWithThanks(text string) bool {
	said := Normalise(text)
	open := 0
	thanked := false
	for open < len(said) && closers[said[open]] {
		thanked = thanked || plainThanks[said[open]] || said[open] == "kasih" && open > 0 && said[open-1] == "terima"
		open++
	}
	return thanked && open < len(said) && !slices.ContainsFunc(said[open:], func(w string) bool { return souring[w] })
}

// plainThanks are the words that thank by themselves.
var plainThanks = wordSet("nuhun suwun syukron jazakallah arigato")

// EmojiOnly tells that a message holds signs but no letter and no digit: "👍",
// "🙏🙏", ":)". A lone question or exclamation mark is not: it asks for an answer.
func EmojiOnly(text string) bool {
	signs := false
	for _, r := range clip(text, maxText) {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '?', r == '!':
			return false
		case !unicode.IsSpace(r):
			signs = true
		}
	}
	return signs
}

func asksAnything(text string) bool {
	for _, s := range sentences(clip(text, maxText)) {
		if s.asks {
			return true
		}
	}
	return false
}

// wordSet makes a set of the words of a text.
func wordSet(text string) map[string]bool {
	out := map[string]bool{}
	for _, w := range tokens(text) {
		out[w] = true
	}
	return out
}
