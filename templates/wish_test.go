package templates

import (
	"slices"
	"testing"
)

func TestOptWish(t *testing.T) {
	for wish, lines := range map[Wish][]string{
		WishOut: {
			"stop", "STOP", "Stop.", "stop!", "stopp", "STOOOP", "setop", "stop ya", "stop kak", "stop dong min", "tolong stop ya kak",
			"berhenti", "BERHENTI", "brenti", "berenti kak", "saya mau berhenti", "unsub", "UNSUBSCRIBE", "unsubscribe dong",
			"stop promo", "STOP PROMO", "jangan promo lagi", "jangan promo terus dong kak", "saya ga mau promo lagi ya", "ga perlu promo", "ogah promo", "stop promo ya kak", "promo stop dong", "berhenti promo", "berhenti kirim promo", "stop kirim promo ke nomor saya",
			"hentikan promonya", "tolong hentikan kirim pesan promo", "jangan kirim promo lagi", "jangan kirim promo", "jgn kirim promo lg kak", "jangan kirimin promo lagi ya min",
			"gak usah kirim2 lagi kak", "ga usah kirim promo lagi", "gausah kirim promo", "jangan kirim pesan lagi", "jangan kirim lagi",
			"ga mau terima promo", "gamau dapet promo lagi", "saya tidak mau menerima pesan promosi", "saya gamau dapet broadcast lagi", "tidak mau promo",
			"tolong hapus nomor saya dari broadcast", "tolong hapus nomor saya dari daftar", "hapus nomor saya", "keluarin saya dari list", "keluarkan saya dari daftar broadcast", "tolong keluarkan nomor saya dari list promo ya",
			"jangan wa saya lagi", "jangan chat saya lagi", "jangan hubungi saya lagi", "ga usah chat saya lagi", "jangan spam", "jangan spam saya dong", "stop spam",
			"berhenti langganan", "mau berhenti langganan promo", "cara berhenti langganan promo gimana kak", "bisa stop kirim promo gak kak?", "stop dulu promonya kak",
			"jangan kirim promo lagi kak, ganggu banget", "maaf kak, tolong hapus nomor saya dari broadcast ya, terima kasih", "Stop kirim promo. Saya sudah tidak jualan",
			"tolong nomor saya dihapus dari broadcast karena saya sudah pindah", "kok masih kirim promo, stop!", "jangan broadcast terus", "matikan promo", "stop iklan", "ga perlu kirim promo lagi min", "remove my number",
			"promonya jangan dikirim lagi", "stop broadcast ke nomor ini", "jangan kirim iklan ke saya",
		},
		WishIn: {
			"mulai", "MULAI", "mulai lagi", "START", "start kak", "daftar promo", "DAFTAR PROMO", "langganan lagi promonya", "langganan promo lagi", "mau promo lagi kak",
			"kirim promo lagi ya", "kirimin promo lagi dong kak", "saya mau terima promo lagi", "boleh kirim promo lagi", "mau dapet info promo", "aktifkan promo lagi", "unstop",
			"mau langganan promo lagi kak", "saya mau terima promo", "ikut langganan promo", "mulai promo lagi ya", "subscribe lagi kak", "mulai lagi promonya", "aktifkan lagi promonya kak",
		},
		WishNone: {
			"", "👍", "barangnya saya tolak, saya ga mau dikirim lagi", "saya langganan disini", "saya langganan", "promonya apa kak, stop ongkir?",
			"lagi promo ga min, jadi berapa harganya", "lagi promo ga min", "ada promo ga kak", "promo lagi gak", "ga ada promo ya kak", "gak ada promo kak?", "saya ga dapet promonya kak", "belum dapat promo",
			"tidak dapat promo", "kok ga ada promo lagi", "ga mau ketinggalan promo", "ga mau promo ini, ada promo yang merah ga?", "jangan lupa kirim promo ya", "jangan kirim sekarang ya",
			"jangan promo lagi?", "ga perlu promo?", "stop order dulu", "saya mau stop langganan wifi", "promo udah berhenti ya kak", "tidak ada promo lagi kak", "jangan dikirim dulu", "tidak mau kirim ke sini", "tidak perlu dikirim lagi barangnya", "stop kontak ada?", "stop kontak", "ada stop kontak gak kak", "jangan berhenti produksi ya", "kapan promo berhenti?", "promo berhenti kapan", "promonya udah stop?", "promo stop?", "kok promonya stop kak",
			"jangan stop promonya ya kak", "jangan berhenti kirim promo ya", "berhenti di halte mana", "hujan berhenti", "stop dulu ordernya", "jangan kirim dulu ya kak", "jangan kirim pesanan saya", "jangan kirim dulu",
			"barangnya jangan kirim lagi", "hapus pesanan saya", "hapus nomor resi", "batal promo", "ada promo lagi?", "promo apa lagi kak", "mau promonya kak", "mau ikut promonya", "promo lagi dong kak",
			"mulai kapan promonya?", "kapan mulai promo", "mulai dari harga berapa", "daftar", "daftar harga", "daftar dropship", "langganan saya disini", "mau daftar dropship kak",
			"keluarkan saya dari grup", "ga mau yang merah", "jangan lupa ya kak", "ga usah kak", "tidak jadi", "tidak mau", "jangan", "bisa kirim lagi?", "kirim lagi kak", "kirim ulang", "kirim pesan ke pembeli gimana", "cara stop broadcast di shopee",
			"berhenti jadi dropshipper gimana", "saya berhenti kerja", "nonstop kak?", "unstoppable", "stok ada?", "stok promo ada?", "harga promo berapa", "info promo dong", "ada info promo", "promo", "start dari berapa harganya", "jangan kirim ke alamat lama ya", "nomor saya ganti",
			"kirim ke nomor saya ya", "terima promo gak?", "belum terima barangnya", "tidak terima barang", "saya tidak terima pesan apa apa dari kurir", "stop, mulai", "stop makan pedes", "bakso berhenti diproduksi?", "kurirnya berhenti dimana", "jangan chat ke nomor lama, pakai nomor ini",
		},
	} {
		for _, text := range lines {
			if got := OptWish(text); got != wish {
				t.Errorf("OptWish(%q) = %v, want %v", text, got, wish)
			}
		}
	}
}

// TestWishWordsAreClear: a filler that also means something would be read one way
// or the other by chance.
func TestWishWordsAreClear(t *testing.T) {
	for w, meanings := range wishMeanings {
		if len(meanings) > 1 && slices.Contains(meanings, "filler") {
			t.Errorf("%q is a filler and %v", w, meanings)
		}
		if got := Normalise(w); len(got) != 1 || got[0] != w {
			t.Errorf("%q is never met: it is read as %v", w, got)
		}
	}
}

// TestNoOtherWishOpts reads every phrase the library knows for other wishes: none
// may opt anybody in or out. And of its phrases for opting out all must be found
// but the few that stand in the file only for the matcher.
func TestNoOtherWishOpts(t *testing.T) {
	s := readShelf(t)
	for _, tp := range s.templates {
		s.others[tp.Intent] = tp.examples
	}
	for intent, lines := range s.others {
		for _, l := range lines {
			got := OptWish(l.text)
			if intent == intentOptOut && got != WishOut || intent != intentOptOut && got != WishNone {
				t.Errorf("%s: OptWish(%q) = %v", intent, l.text, got)
			}
		}
	}
	for _, l := range readLabelled(t, "testdata/unseen.tsv") {
		if got := OptWish(l.text); (got == WishOut) != (l.intents[0] == intentOptOut) || got == WishIn {
			t.Errorf("%s: OptWish(%q) = %v", l.intents[0], l.text, got)
		}
	}
}

// TestNoQuestionIsGoodbyeOrCommand does the same for goodbyes and money.
func TestNoQuestionIsGoodbyeOrCommand(t *testing.T) {
	money := []string{"konfirmasi_bayar", "limit_paylater", "topup_limit", "sudah_bayar_menunggu", "status_pesanan"}
	goodbyes := []string{"terima_kasih", "unknown", "komplain_marah", "ulasan_positif"}
	s := readShelf(t)
	for _, tp := range s.templates {
		s.others[tp.Intent] = tp.examples
	}
	for intent, lines := range s.others {
		for _, l := range lines {
			if cmd, _, ok := Command(l.text); ok && !slices.Contains(money, intent) {
				t.Errorf("%s: Command(%q) = %s", intent, l.text, cmd)
			}
			if Goodbye(l.text) && !slices.Contains(goodbyes, intent) {
				t.Errorf("%s: %q says goodbye", intent, l.text)
			}
			if Threat(l.text) && intent != intentAngry {
				t.Errorf("%s: %q threatens", intent, l.text)
			}
			if Angry(l.text) && intent != intentAngry {
				t.Errorf("%s: %q is angry", intent, l.text)
			}
		}
	}
}
