package templates

import (
	"maps"
	"slices"
	"strings"
)

// wishMeanings maps every word that may stand in a wish to what it does there.
// A word that is not here makes the clause about something else.
var wishMeanings = invert(map[string]string{
	"stop": `stop berhenti hentikan berhentikan distop dihentikan stopkan stopin unsub unsubs unsubscribe unsubscribed
		unsubcribe optout end quit matikan matiin dimatikan dimatiin nonaktifkan dinonaktifkan hentiin eureunan berentiin berhentilah henti`,
	"leave":  "off dioff offkan leave left mundur optout out opt",
	"exit":   "keluar kaluar metu",
	"cancel": "batal dibatalkan",
	"enough": "cukup udahan cekap",
	"no":     "jangan ampun tidak dont ra tong entong jan nomore",
	"dont":   "jangan ampun dont tong entong jan nomore",
	"need":   "usah perlu mau minat berminat tertarik butuh want need wish gelem kersa kedah kudu paralu sah payah bersedia",
	"please": "tolong harap kindly",
	"send": `kirim dikirim kirimi dikirimi mengirim mengirimi kirimin dikirimin ngirimi kasih dikasih share sebar terima
		menerima nerima dapat dapet mendapat mendapatkan dapatkan nampi nompo masuk masukkan masukin dimasukkan dimasukin
		ikutkan diikutkan ikutin ikutsertakan send sending receive get getting tawarkan tawarin nawarin tawari ditawari
		ditawarin ditawani nawani menawarkan dikirimkan nyebar`,
	"give":   "kirim mengirim mengirimi send sending menawarkan share sebar nyebar",
	"see":    "lihat baca see read",
	"reach":  "chat dichat diwa tag hubungi menghubungi dihubungi whatsapp chatin contact ganggu mengganggu japri texting messaging message messages bother",
	"spam":   "spam nyepam spamming dispam",
	"upset":  "keberatan risih terganggu malas capek bosan bosen muak kesal lelah",
	"promo":  "promo promosinya promos promotion promotions promotional broadcast broadcasts bc iklan ads newsletter blast siaran brosur ngepromo mempromosikan",
	"sub":    "langganan berlangganan subscribe subscription unsub unsubs unsubscribe unsubscribed unsubcribe optout",
	"join":   "daftar mendaftar",
	"text":   "pesan info informasi notif notifikasi penawaran tawaran message messages chatan diskon",
	"list":   "daftar sistem list kontak database data",
	"number": "nomor number nomorku nomerku",
	"remove": "hapus keluarkan keluarin dihapus hapuskan dikeluarkan dikeluarin remove coret dicoret hapusin cabut dicabut delete copot dibusak",
	"skip":   "blok blokir skip lewati lewatin",
	"enrol":  "masuk masukkan masukin dimasukkan dimasukin ikutkan diikutkan ikutin ikutsertakan",
	"again":  "lagi kembali again more anymore nomore",
	"start":  "mulai start unstop mulailah resume aktifkan aktifin nyalakan nyalain hidupkan hidupin",
	"me":     "saya ini me my kami nama us this",
	"how":    "bagaimana how cara caranya",
	"way":    "cara caranya",
	"so":     "biar",
	"can":    "bisa boleh could can",
	"first":  "dulu",
	"done":   "sudah mpun sampun",
	"from":   "dari from tina saking saka",
	"parcel": "pengiriman",
	"filler": `kak min sis gan bro mas mbak bang pak bu bos om tante admin bestie ya dong deh sih ikut
		saja juga oke maaf ke di yang untuk terus mulu melulu semua segala apa pun
		apapun ada nya itu dengan and the for a any lah woi woy halo permisi selamat pagi
		siang sore malam tentang soal sekarang hari banget sangat sebentar yuk ayo donk masih is
		sering tiap berupa dalam hp kepada sini mah atuh teh aje juo kau kamu mi da ning nang kan minta bantu
		izin beginian begini begitu penerima bilang kali ketiga kedua kemarin hormat sebelumnya kalau i to you your of
		just on in with would like im am nah lho loh sama pada take yo do bah
		ibu dinas teng oh eh btw kang mang koh bun bunda cik ci
		senin selasa rabu kamis jumat sabtu minggu`,
})

// invert turns meaning -> "word word" into word -> meanings.
func invert(table map[string]string) map[string][]string {
	out := map[string][]string{}
	for _, meaning := range slices.Sorted(maps.Keys(table)) {
		for _, w := range strings.Fields(table[meaning]) {
			out[w] = append(out[w], meaning)
		}
	}
	return out
}

// bareWish takes "-nya" and the like off a word when what remains is known:
// "promonya", "broadcastnya".
func bareWish(word string) string {
	if wishMeanings[word] != nil {
		return word
	}
	for _, end := range [...]string{"nya", "in", "lah", "ku", "kan", "ne", "nye", "na", "mi"} {
		if bare, cut := strings.CutSuffix(word, end); cut && wishMeanings[bare] != nil {
			return bare
		}
	}
	return word
}

// wishPairs are two words that mean one thing, as they come out of Normalise:
// "no more" is read as "nomor more".
var wishPairs = map[[2]string]string{
	{"nomor", "more"}: "nomore", {"don", "t"}: "dont", {"do", "not"}: "dont", {"opt", "out"}: "optout", {"terima", "kasih"}: "",
	{"malam", "malam"}: "malam-malam", {"pagi", "pagi"}: "pagi-pagi", {"siang", "siang"}: "siang-siang",
	{"seperti", "begini"}: "begini", {"seperti", "begitu"}: "begitu", {"seperti", "ini"}: "begini",
	{"ya", "ampun"}: "", {"pesan", "jualan"}: "promo",
}

// wishGoods are what else is sent: who speaks of them and says "don't send it any
// more" may mean the parcel.
var wishGoods = wordSet(`uang refund retur barang paket pesanan order resi voucher ongkir kembalikan balikin dibalikin
	kembaliin dikembalikan duitnya uangnya barangnya paketnya pesanannya pengganti penggantinya produk bukti invoice`)
