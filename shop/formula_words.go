package shop

import "regexp"

// What the formula is found by. The words are those of Indonesian shops' promos, also in
// the English that they mix in (domain facts, section 3); an ending may follow them.
var (
	braces     = regexp.MustCompile(`\{[^{}\n]{0,30}\}|\{[^{}\s]*|\}`)
	links      = regexp.MustCompile(`https?://\S+|\b(?:[a-z0-9-]+\.)+(?:com|co|id|me|net|org|link|shop|store)\b(?:/\S*)?`)
	optOutLine = regexp.MustCompile(`(?i)\b(?:balas|ketik|kirim|jawab|tulis|reply)\s*:?\s*(?:dengan\s+)?(?:kata\s+)?["“”'*_(]*\s*(?:stop|berhenti)\b["“”'*_)]*[^.!?\n]*`)
	shortLinks = regexp.MustCompile(`(?:^|[^\pL\pN.@-])(?:www\.)?(bit\.ly|bitly\.com|s\.id|tinyurl\.com|tiny\.cc|cutt\.ly|t\.co|goo\.gl|rebrand\.ly|is\.gd|v\.gd|ow\.ly|shorturl\.at|t\.ly|rb\.gy|linkby\.id|adf\.ly|buff\.ly|` +
		`soo\.gd|bl\.ink|short\.gy|u\.to|qr\.ae|n9\.cl|gg\.gg)(?:[^\pL\pN.-]|\.(?:[^\pL\pN]|$)|$)`)

	offerWords = wordList(`diskon|disc|discount|potongan|promo|hemat|gratis|free|cashback|voucher|vocer|kupon|bonus|hadiah|murah|harga (?:spesial|khusus|teman|coret|grosir|perkenalan|promo|mulai|turun)|turun harga|spesial|flash ?sale|sale|obral|bundling|paket|beli \d+|`+
		`produk baru|menu baru|rasa baru|varian baru|baru (?:datang|rilis|hadir)|hadir|launching|rilis|restock|ready lagi|keranjang|potong ongkir|ongkir`,
		`nya|in|kan|lah|an|ya`, `\d ?%|rp ?\.?\d|\d+ ?(?:rb|ribu|k)\b`)
	// noOffer looks like one: what the goods are made of.
	noOffer = regexp.MustCompile(`\b100 ?(?:%|persen)`)

	deadlineWords = wordList(`(?:hari|malam|sore|siang|pagi|minggu|pekan|bulan) ini|besok|lusa|weekend|akhir (?:pekan|bulan|minggu|tahun)|sampai|sampe|s/d|sd|s\.d|hingga|berlaku|terakhir|batas|sebelum|selama (?:stok|persediaan)|terbatas|`+
		`mumpung|periode|deadline|maks|today|tonight|tomorrow|last day|until|jam \d+|pukul \d+|tanggal \d+|tgl \d+|senin|selasa|rabu|kamis|jumat|jum['’]at|sabtu|ahad|(?:stok|stoknya|tinggal|sisa) (?:sedikit|dikit|terakhir)`,
		`nya|lah|an|ya`, `\d+ ?(?:jam|hari|menit) (?:lagi|saja|aja)|(?:cuma|hanya|tinggal|sisa) +\d+ *(?:hari|jam|menit|orang|pembeli|pak|bungkus|porsi|pcs|paket|box|dus|slot)`)
	// noDeadline looks like one: how much, and not until when.
	noDeadline = regexp.MustCompile(`\b(?:sampai|sampe|hingga|s/d|sd)(?: dengan)? (?:rp ?\.?)?\d[\d.,]* ?(?:%|persen|rb\b|ribu|k\b|juta|jt\b)|\b(?:sampai|sampe|hingga) rp ?\.?[\d.]+|\bjangan samp(?:ai|e)\b|\bsamp(?:ai|e) (?:jumpa|ketemu|di|ke|rumah)\b|\btanpa batas|\bberlaku (?:untuk|bagi|di|buat)\b`)

	callWords = wordList(`yuk|yuuk|ayo|ayok|kuy|buruan|segera|order|pesan|pesen|beli|borong|klik|tap|balas|bales|chat|checkout|check out|co|langsung|cek|ketik|ambil|klaim|pakai|pake|serbu|sikat|amankan|daftar|hubungi|kunjungi|mampir|cobain|coba|`+
		`jangan lewatkan|jangan sampai (?:kehabisan|ketinggalan)|kepoin|wa|gas|gaskeun|lanjutkan|selesaikan|bayar`, `in|kan|lah|ya`, ``)
)

// wordList finds whole words, also with one of some endings, or one of some patterns.
func wordList(words, endings, patterns string) *regexp.Regexp {
	expr := `(?:^|[^\pL\pN])(?:` + words + `)(?:` + endings + `)?(?:[^\pL\pN]|$)`
	if patterns != "" {
		expr += `|` + patterns
	}
	return regexp.MustCompile(expr)
}
