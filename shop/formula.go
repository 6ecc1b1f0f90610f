package shop

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// PromoProblem is what is wrong with a campaign, so that every reader can be told in their
// language.
type PromoProblem string

// The problems. Each wording carries the whole formula: what is offered, until when, and
// what to do (domain facts, section 3).
const (
	PromoNoName     PromoProblem = "no_name"
	PromoFewTexts   PromoProblem = "few_wordings"  // fewer than LeastWordings
	PromoManyTexts  PromoProblem = "many_wordings" // more than MostWordings
	PromoSameText   PromoProblem = "same_wording"  // says what an earlier one says
	PromoNoOffer    PromoProblem = "no_offer"
	PromoNoDeadline PromoProblem = "no_deadline"
	PromoNoCall     PromoProblem = "no_call"
	PromoNoOptOut   PromoProblem = "no_opt_out"
	PromoShortLink  PromoProblem = "short_link" // Word hides where it leads
	PromoVariable   PromoProblem = "variable"   // nobody knows {Word}
	PromoNoValue    PromoProblem = "no_value"   // {Word} is used, but the campaign has none
	PromoHidden     PromoProblem = "hidden"     // signs that nobody sees, or that pose as others
	PromoTooLong    PromoProblem = "too_long"
	PromoAudience   PromoProblem = "audience" // the query cannot be read
	PromoPast       PromoProblem = "past"     // it ends before it begins, or is over
)

// PromoMistake is one mistake of a campaign.
type PromoMistake struct {
	Problem PromoProblem
	Wording int    // which one, from 1; 0: the campaign
	Word    string // what stands there
}

// Bounds of a campaign. Fewer wordings would be the same message to everybody, which
// WhatsApp takes for spam (field guide, section 5); more than fits under a picture is cut.
const (
	LeastWordings = 2
	MostWordings  = 5
	mostCaption   = 1024
	mostText      = 4096
)

// PromoVariables are what a wording may hold in braces.
var PromoVariables = []string{"nama", "produk", "kota", "toko", "tawaran", "batas", "ajakan"}

// Mistakes are all that speaks against sending a campaign as it is, in order.
func (c Campaign) Mistakes(now time.Time) (out []PromoMistake) {
	add := func(p PromoProblem, wording int, word string) { out = append(out, PromoMistake{p, wording, word}) }
	if strings.TrimSpace(c.Name) == "" {
		add(PromoNoName, 0, "")
	}
	if _, err := ParseSegment(c.Audience); err != nil {
		add(PromoAudience, 0, c.Audience)
	}
	if !c.ExpiresAt.IsZero() && (!c.ExpiresAt.After(now) || !c.ExpiresAt.After(c.NotBefore)) {
		add(PromoPast, 0, DateClock(c.ExpiresAt))
	}
	switch n := len(c.Wordings); {
	case n < LeastWordings:
		add(PromoFewTexts, 0, "")
	case n > MostWordings:
		add(PromoManyTexts, 0, "")
	}
	for i, w := range c.Wordings {
		for _, m := range c.wordingMistakes(w) {
			m.Wording = i + 1
			out = append(out, m)
		}
		if slices.ContainsFunc(c.Wordings[:i], func(before string) bool { return sameWording(before, w) }) {
			add(PromoSameText, i+1, "")
		}
	}
	return out
}

func (c Campaign) wordingMistakes(w string) (out []PromoMistake) {
	add := func(p PromoProblem, word string) { out = append(out, PromoMistake{Problem: p, Word: word}) }
	if word := hiddenIn(w); word != "" {
		add(PromoHidden, word)
	}
	said := strings.ToLower(optOutLine.ReplaceAllString(w, " "))
	for _, part := range []struct {
		problem PromoProblem
		words   *regexp.Regexp
		name    string
	}{{PromoNoOffer, offerWords, "{tawaran}"}, {PromoNoDeadline, deadlineWords, "{batas}"}, {PromoNoCall, callWords, "{ajakan}"}} {
		if !part.words.MatchString(said) && !strings.Contains(said, part.name) {
			add(part.problem, "")
		}
	}
	if !optOutLine.MatchString(w) {
		add(PromoNoOptOut, "")
	}
	if link := shortLinks.FindString(strings.ToLower(w)); link != "" {
		add(PromoShortLink, strings.Trim(link, " /:"))
	}
	for _, v := range variables.FindAllStringSubmatch(w, -1) {
		value, own := map[string]string{"tawaran": c.Offer, "batas": c.Deadline, "ajakan": c.Call}[v[1]]
		switch {
		case !slices.Contains(PromoVariables, v[1]):
			add(PromoVariable, v[1])
		case own && strings.TrimSpace(value) == "":
			add(PromoNoValue, v[1])
		}
	}
	most := mostText
	if c.Image != nil {
		most = mostCaption
	}
	if utf8.RuneCountInString(c.Render(Candidate{}, slices.Index(c.Wordings, w))) > most {
		add(PromoTooLong, "")
	}
	return out
}

var (
	variables  = regexp.MustCompile(`\{([^{}\s]*)\}`)
	optOutLine = regexp.MustCompile(`(?i)\b(?:balas|ketik|kirim|jawab|tulis|reply)\s*(?:dengan\s+)?["“”'*_(]*\s*(?:stop|berhenti)\b["“”'*_)]*[^.!?\n]*`)
	shortLinks = regexp.MustCompile(`(?:^|[\s/(:])(?:bit\.ly|bitly\.com|s\.id|tinyurl\.com|tiny\.cc|cutt\.ly|t\.co|goo\.gl|rebrand\.ly|is\.gd|v\.gd|ow\.ly|shorturl\.at|t\.ly|rb\.gy|linkby\.id|adf\.ly|buff\.ly|soo\.gd|bl\.ink|short\.gy|u\.to|qr\.ae|n9\.cl)(?:/|\s|$)`)

	offerWords = wordList(`diskon|disc|potongan|promo|hemat|gratis|free|cashback|voucher|vocer|kupon|bonus|hadiah|murah|harga (?:spesial|khusus|teman|coret)|spesial|flash ?sale|sale|obral|bundling|paket|beli \d+|`+
		`produk baru|menu baru|rasa baru|varian baru|baru (?:datang|rilis|hadir)|hadir|launching|rilis|restock|ready lagi|keranjang|potong ongkir|ongkir`,
		`\d ?%|rp ?\.?\d|\d+ ?(?:rb|ribu|k)\b`)
	deadlineWords = wordList(`hari ini|malam ini|sore ini|besok|lusa|minggu ini|pekan ini|bulan ini|weekend|akhir (?:pekan|bulan|minggu)|sampai|sampe|s/d|sd|hingga|berlaku|terakhir|batas|sebelum|selama (?:stok|persediaan)|stok terbatas|terbatas|`+
		`cuma|hanya|tinggal|mumpung|periode|deadline|jam \d+|pukul \d+|tanggal \d+|tgl \d+|senin|selasa|rabu|kamis|jumat|sabtu|ahad`, `\d+ ?(?:jam|hari|menit) (?:lagi|saja|aja)`)
	callWords = wordList(`yuk|yuuk|ayo|ayok|buruan|segera|order|pesan|pesen|beli|borong|klik|balas|bales|chat|checkout|check out|co|langsung|cek|ketik|ambil|serbu|sikat|amankan|daftar|hubungi|kunjungi|mampir|cobain|coba|jangan lewatkan|kepoin|wa|gas|lanjutkan|selesaikan|bayar`, ``)
)

// wordList finds whole words, or one of some patterns.
func wordList(words, patterns string) *regexp.Regexp {
	expr := `(?:^|[^\pL\pN])(?:` + words + `)(?:nya|in|kan|lah|an|ya)?(?:[^\pL\pN]|$)`
	if patterns != "" {
		expr += `|` + patterns
	}
	return regexp.MustCompile(expr)
}

// sameWording tells that two wordings say the same but for signs, order and a word or two:
// of all their words nine in ten are in both.
func sameWording(a, b string) bool {
	in := func(s string) map[string]bool {
		set := map[string]bool{}
		for _, w := range strings.FieldsFunc(strings.ToLower(optOutLine.ReplaceAllString(s, " ")), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }) {
			set[w] = true
		}
		return set
	}
	one, two, both := in(a), in(b), 0
	for w := range one {
		if two[w] {
			both++
		}
	}
	return 10*both >= 9*(len(one)+len(two)-both)
}

// hiddenIn finds a sign that nobody sees, or a word whose letters pose as others, "" for
// none. Signs that hold emoji together are fine.
func hiddenIn(s string) string {
	rs := []rune(s)
	for i, r := range rs {
		emoji := i > 0 && (unicode.Is(unicode.So, rs[i-1]) || unicode.Is(unicode.Sk, rs[i-1]) || rs[i-1] == 0xFE0F || rs[i-1] < 0x7F && i+1 < len(rs) && rs[i+1] == 0x20E3)
		switch {
		case (r == 0x200D || r == 0xFE0F) && emoji:
		case r == '\n' || r == '\t':
		case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Cc, r), unicode.Is(unicode.Variation_Selector, r), r == 0x034F, r == 0x115F, r == 0x1160, r == 0x3164, r == 0xFFA0, r == 0x2800:
			return string(r)
		}
	}
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }) {
		latin := strings.ContainsFunc(w, func(r rune) bool { return unicode.Is(unicode.Latin, r) })
		if latin && strings.ContainsFunc(w, func(r rune) bool { return !unicode.Is(unicode.Latin, r) }) || strings.ContainsFunc(w, mathLetter) {
			return w
		}
	}
	return ""
}

// mathLetter tells letters that only look like ours (𝗗𝗶𝘀𝗸𝗼𝗻): readers read them aloud sign
// by sign, and filters take them for a trick.
func mathLetter(r rune) bool { return r >= 0x1D400 && r <= 0x1D7FF || r >= 0xFF21 && r <= 0xFF5A }
