package templates

import (
	"maps"
	"slices"
	"strings"
)

// wishMeanings maps every word that may stand in a wish to what it does there.
// A word that is not here makes the clause about something else.
var wishMeanings = invert(map[string]string{
	"stop":   "stop berhenti hentikan berhentikan distop dihentikan stopkan stopin unsub unsubs unsubscribe unsubscribed unsubcribe optout end quit matikan nonaktifkan",
	"no":     "jangan tidak",
	"dont":   "jangan",
	"need":   "usah perlu mau minat dont",
	"send":   "kirim dikirim kirimi dikirimi mengirim kirimin dikirimin pengiriman kasih dikasih share sebar terima menerima nerima dapat dapet mendapat mendapatkan dapatkan masuk send tawarkan tawarin nawarin tawari",
	"reach":  "chat hubungi menghubungi dihubungi whatsapp chatin contact ganggu japri",
	"spam":   "spam nyepam spamming dispam",
	"promo":  "promo broadcast bc iklan newsletter blast siaran brosur",
	"sub":    "langganan berlangganan subscribe subscription",
	"join":   "daftar mendaftar",
	"text":   "pesan info informasi notif notifikasi penawaran tawaran message messages chatan diskon",
	"list":   "daftar list kontak database data",
	"number": "nomor number nomorku nomerku",
	"remove": "hapus keluarkan keluarin dihapus hapuskan dikeluarkan remove coret hapusin cabut delete",
	"again":  "lagi kembali ulang again more",
	"start":  "mulai start unstop mulailah resume aktifkan nyalakan",
	"me":     "saya ini me my kami",
	"how":    "bagaimana cara caranya",
	"can":    "bisa boleh could can",
	"first":  "dulu",
	"filler": `kak min sis gan bro mas mbak bang pak bu bos om tante admin bestie ya dong deh sih ikut
		tolong saja juga oke maaf ke dari di yang untuk terus mulu melulu semua segala apa pun
		apapun ada nya itu dengan and the from to for a any lah woi woy halo permisi selamat pagi
		siang sore malam tentang soal sekarang hari banget sangat sebentar yuk ayo donk masih is
		jadi sering tiap berupa dalam hp`,
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
	for _, end := range [...]string{"nya", "in", "lah", "ku"} {
		if bare, cut := strings.CutSuffix(word, end); cut && wishMeanings[bare] != nil {
			return bare
		}
	}
	return word
}
