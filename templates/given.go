package templates

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"bestie/shop"
)

// Given finds in a message what a field of a form takes. asked tells that the field
// was asked for just now: then a bare answer counts ("Rina", "3"), else only what is
// told by its form or by the words around it ("atas nama Rina", "3 pcs"). Pictures
// are no text: FieldPhoto finds nothing. The value is as the customer wrote it; ""
// when there is none.
func Given(kind FieldKind, text string, asked bool, products []shop.Product) string {
	text = strings.TrimSpace(clip(text, maxText))
	switch kind {
	case FieldOrder:
		return givenOrder(text, asked)
	case FieldPhone:
		return strings.TrimSpace(phoneNumber.FindString(text))
	case FieldNumber:
		return givenNumber(text, asked)
	case FieldProduct:
		return givenProduct(text, asked, products)
	case FieldPlace:
		return givenPlace(text, asked)
	case FieldName:
		return givenName(text, asked)
	case FieldAddress:
		return givenAddress(text, asked)
	case FieldText:
		if asked && !EmojiOnly(text) {
			return text
		}
	}
	return ""
}

var (
	phoneNumber = regexp.MustCompile(`(?:\+?62|\b0)[ -]?8\d(?:[ -]?\d){7,11}\b`)
	fewDigits   = regexp.MustCompile(`\b\d{5,}\b`)
	anyNumber   = regexp.MustCompile(`\b\d{1,3}(?:\.\d{3})+\b|\b\d{1,9}\b`)
	ownName     = regexp.MustCompile(`(?i)\b(?:atas nama\b|a/n\b|a\.n\.?|an\.|nama(?:\s*(?:saya|aku|penerima|penerimanya|lengkap))?|namaku|namanya|panggil(?:\s+(?:saya|aku))?|penerima(?:nya)?|dengan)(?:\b|[\s:=-])[\s:=-]*(?:adalah |itu |ya |kak |bapak |ibu |pak |bu )*(\p{L}[\p{L}'. ]{1,40})`)
	iAm         = regexp.MustCompile(`(?i)^(?:halo|hai|hi|pagi|siang|sore|malam|permisi|kak|min|,|\s)*(?:saya|aku|ini|sy)\s+(\p{L}[\p{L}']{1,14})\b`)
	address     = regexp.MustCompile(`(?i)\b(?:jl|jln|jalan|rt|rw|kec|kel|kelurahan|kecamatan|desa|dusun|perum|perumahan|komplek|kompleks|gang|gg|blok|kab|kabupaten)\b`)
)

func givenOrder(text string, asked bool) string {
	if phone := phoneNumber.FindString(text); phone != "" {
		text = strings.ReplaceAll(text, phone, " ")
	}
	if n := OrderNumber(text); n != "" || !asked {
		return n
	}
	return fewDigits.FindString(text)
}

func givenNumber(text string, asked bool) string {
	if n := pieces(text, nil); len(n) > 0 {
		return strconv.Itoa(n[0])
	}
	if !asked {
		return ""
	}
	if sum, ok := shop.ParseRupiah(text); ok && sum >= smallestPayment {
		return sum.String()
	}
	if n := anyNumber.FindString(text); n != "" {
		return n
	}
	all := tokens(text)
	for i := range all {
		if n, _, _, ok := number(all, i); ok {
			return strconv.Itoa(n)
		}
	}
	return ""
}

func givenProduct(text string, asked bool, products []shop.Product) string {
	var found []string
	for _, p := range FindProducts(text, products) {
		found = append(found, p.Name)
	}
	if len(found) > 0 && len(found) <= maxListed {
		return join(found)
	}
	if asked && !Asks(text) && wordCount(text) <= 8 && letters(text) >= 3 {
		return text
	}
	return ""
}

func givenPlace(text string, asked bool) string {
	if place := Place(text); place != "" {
		if asked && wordCount(text) <= 6 && !Asks(text) {
			return text // with its district, as the customer wrote it
		}
		return place
	}
	if asked && !Asks(text) && wordCount(text) <= 6 && letters(text) >= 3 {
		return text
	}
	return ""
}

func givenAddress(text string, asked bool) string {
	marked := address.MatchString(text) && wordCount(text) >= 4
	if marked || asked && wordCount(text) >= 3 && utf8.RuneCountInString(text) >= 12 && !Asks(text) {
		return text
	}
	return ""
}

// givenName finds a name. "saya Rina" is one only if the word is none that people
// chat with and begins large: "saya bingung" is not.
func givenName(text string, asked bool) string {
	if m := ownName.FindStringSubmatch(text); m != nil {
		if name := cutName(m[1]); name != "" {
			return name
		}
	}
	if m := iAm.FindStringSubmatch(text); m != nil {
		if name := cutName(m[1]); name != "" && strings.Contains(text, name) { // written large
			return name
		}
	}
	if asked && !Asks(text) && wordCount(text) <= 5 && !strings.ContainsFunc(text, unicode.IsDigit) {
		return cutName(text)
	}
	return ""
}

// notNamed are words that stand where a name might but are none.
var notNamed = wordSet(`saya aku kak min ya dong aja saja kok mau yang sudah belum tidak ga gak nggak di ke dari dan sama toko bapak ibu
	siapa apa benar betul bener alamat nomor no hp pesanan order barang paket produk untuk dengan ini itu tadi adalah admin bestie
	lagi masih baru juga bisa punya kirim tanya nanya pesan beli tadinya deh nih sih mohon tolong hormat senang`)

// cutName keeps the words that look like a name, up to four.
func cutName(text string) string {
	lex := words()
	var kept []string
	for _, w := range strings.Fields(text) {
		w = strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) })
		low := strings.ToLower(w)
		said := Normalise(low)
		large := strings.ToUpper(w) != w && unicode.IsUpper([]rune(w + " ")[0])
		everyday := !large && len(said) == 1 && (lex.roots[lex.stem(said[0])] || lex.known(said[0]))
		if len(kept) == 0 && notNames[low] && low != "toko" {
			continue // "Kak Rina", "Bu Dewi"
		}
		if len(kept) == 4 || utf8.RuneCountInString(w) < 2 || notNamed[low] || vocatives[low] || everyday {
			break
		}
		kept = append(kept, capital(w))
	}
	return strings.Join(kept, " ")
}

// Declines tells that somebody cannot or will not give what was asked for: "ga
// ada", "lupa kak", "nanti ya", "skip".
func Declines(text string) bool {
	said := Normalise(text)
	if len(said) == 0 || len(said) > 14 || Asks(text) {
		return false
	}
	has := func(w string) bool { return slices.Contains(said, w) }
	switch {
	case slices.ContainsFunc(said, in(declining)):
		return true
	case has("tidak") || has("belum") || has("kurang"):
		return slices.ContainsFunc(said, in(lacking))
	}
	return false
}

var (
	declining = wordSet("lupa nanti skip lewati ntar entar hilang kehapus terhapus dihapus kebuang dibuang menyusul rahasia")
	lacking   = wordSet("ada punya bisa tahu tau ingat inget mau usah sempat simpan nyimpan foto fotonya videonya video nomor nomornya nomernya hafal hapal kefoto")
)

// Asks tells that a message asks something: by its mark or by a word.
func Asks(text string) bool {
	return asksAnything(text) || slices.ContainsFunc(Normalise(text), in(askWords))
}

// Begs tells that a message asks for something to be done.
func Begs(text string) bool { return slices.ContainsFunc(Normalise(text), in(begWords)) }

var begWords = wordSet("tolong minta mohon bantu bantuin cek cekin")

var askWords = wordSet("berapa apa apakah kapan bagaimana gimana mana dimana kemana kenapa mengapa siapa bisakah bolehkah adakah")

func wordCount(text string) int { return len(strings.Fields(text)) }

func letters(text string) (n int) {
	for _, r := range text {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}
