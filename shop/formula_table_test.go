package shop_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"bestie/shop"
)

// labelled are wordings as authors write them, each behind what is wrong with it: "good",
// or the problems in order. The line that says how to stop is added where it says nothing
// about that. <200B> is a sign that an editor would not show.
const labelled = `
good | Diskon 25% semua bakso cuma hari ini. Yuk order!
good | DISKON 25% SEMUA BAKSO CUMA HARI INI!!! YUK ORDER!!!
good | Kak {nama}, potongan Rp10.000 untuk {produk} sampai Jumat. Langsung balas ya
good | Promo Rabu ceria: beli 2 gratis 1, berlaku s/d 19.00. Chat kami sekarang
good | Hai {nama}! {tawaran} {batas}. {ajakan} ya kak
good | Harga spesial buat warga {kota}, hanya sampai besok. Pesan sekarang, Kak
good | Siomay isi 50 jadi 45rb aja, khusus weekend ini. Buruan checkout!
good | Free ongkir se-Jawa sampe Minggu malam, gaskeun order kak
good | Cashback 10 ribu, batasnya jam 9 malam. Klik https://bestie.co.id/promo
good | Flash sale 2 jam lagi habis! Harga mulai 15k. Serbu sekarang
good | Produk baru: bakso keju. Harga perkenalan sampai akhir bulan. Cobain yuk
good | Keranjang Kakak masih ada isinya, kami simpan sampai besok. Yuk selesaikan pesanannya
good | Voucher BAKSO10 potong 10rb, berlaku hingga 27 November. Pakai sekarang ya
good | Voucher khusus {toko}: 15% s.d. Jumat. Balas MAU untuk ambil
good | Paket hemat keluarga 99rb, stok terbatas. Balas MAU
good | Turun harga! Bakso urat dari 50rb jadi 40rb sampai tgl 30. Borong sekarang kak
good | Beli 3 bayar 2, tinggal hari ini. Mampir ke toko ya
good | Bonus sambal tiap pembelian 5 pak, cuma minggu ini. Hubungi kami ya kak
good | Rasa baru siomay ayam udah ready, promo perkenalan cuma 3 hari. Kuy dicoba
good | Disc 20% all item, last day today. Order now kak
good | Gratis es batu, maks. Jumat pukul 19.00. Ketik PESAN untuk order
good | Harga grosir untuk 10 pak ke atas sampai 30/11. Tanya stok dulu boleh, langsung balas ya
good | Ada diskon gajian lho kak, besok terakhir. Jangan sampai kehabisan, cek katalognya ya
good | Promo akhir tahun sampai 31 Des 2026. Tap link ini https://shopee.co.id/bestie
good | Potongan 5%, deadline Jumat malam. Klaim lewat wa.me/6281234567890
good | Hemat 12rb kalau pesan sebelum Sabtu. Simpan nomor kami lalu kabari ya, atau order sekarang
good | Diskon 25% hari ini 🎉🔥 yuk order 👩<200D>🍳👍🏽 1<FE0F>⃣ 2<FE0F>⃣ ‼<FE0F> ℹ<FE0F> ©<FE0F> 🇮🇩
good | Diskon 25%–30% sampai Jum’at, “yuk” order… Café Bestie
good | Bestie bagi-bagi hadiah s/d Minggu. Ikutan yuk, ketik IKUT
good | Ongkir 0 rupiah malam ini saja, gas pesan
good | Kirim STOP bila tak ingin promo. Diskon 10% besok saja, yuk pesan
good | Diskon 10% besok saja, yuk pesan. Tidak mau promo lagi? Balas STOP
good | Diskon 10% besok saja, yuk pesan. Ketik "STOP" untuk berhenti ya kak
good | Diskon 10% besok saja, yuk pesan. Mau berhenti menerima promo? Cukup balas *BERHENTI*
good | Diskon 10% besok saja, yuk pesan. Balas dengan kata STOP untuk berhenti
good | Diskon 10% besok saja, yuk pesan. Untuk berhenti, balas: STOP
no_offer | Halo kak, sampai Jumat ya. Yuk order!
no_offer | Hari Rabu ini toko buka. Langsung mampir ya kak
no_offer | Sudah lama Kakak tidak belanja. Sebelum Jumat yuk chat kami lagi
no_offer | Stok tinggal sedikit, order sekarang ya
no_deadline | Diskon 25% semua bakso. Yuk order!
no_deadline | Gratis ongkir ke {kota}, pesan sekarang ya kak
no_deadline | Potongan 10rb untuk {nama}. Langsung checkout
no_deadline | Produk baru sudah datang, cobain yuk
no_deadline | Voucher BAKSO10 buat Kakak, balas MAU
no_deadline | Beli 2 gratis 1. Klik https://bestie.co.id
no_deadline | Harga spesial {produk}, hubungi kami
no_deadline | {tawaran} kak, {ajakan}
no_deadline | Rumah makan dan warung: paket hemat, order di sini
no_call | Diskon 25% hari ini, info di https://bestie.co.id/order/yuk
no_call | Diskon 25% hari ini, info di bestie.co.id
no_deadline | Diskon sampai 50% semua bakso, yuk order
no_deadline | Potongan hingga Rp20.000 buat Kakak, yuk order
no_deadline | Diskon 25% hanya di Bestie, yuk order
no_deadline | Diskon 25%, jangan sampai kehabisan
no_offer | Bakso 100% daging sapi, sampai Jumat. Yuk order
good | Diskon sampai 50% cuma sampai Jumat, yuk order
no_call | Diskon 25% semua bakso hari ini.
no_call | Gratis ongkir ke {kota} sampai Jumat.
no_call | Voucher 10rb berlaku sampai besok
no_call | {tawaran} {batas}
no_call | Menu baru hadir, terbatas hingga 30 November
no_call | Harga spesial hanya malam ini untuk {nama}
no_call | Promo pesanan antar berlaku sampai Jumat
no_deadline no_call | Ada diskon bakso, Kak
no_deadline no_call | Kami punya promo untuk {nama}
no_offer no_call | Sampai jumpa hari Jumat, Kak
no_offer no_deadline | Yuk order lagi, Kak
no_offer no_deadline | Halo {nama}, apa kabar? Balas ya
no_offer no_deadline no_call | Terima kasih sudah belanja di Bestie
no_offer no_deadline no_call | Halo Kak {nama}
no_opt_out | Diskon 25% hari ini, yuk order! Non-stop
no_opt_out | Diskon 25% hari ini, yuk order. Jangan stop di sini
no_opt_out | Diskon 25% hari ini, yuk order. Promo ini berhenti besok
no_opt_out | Diskon 25% hari ini, yuk order dan balas pesan ini sebelum stop
short_link | Diskon 25% hari ini, order di bit.ly/bestie
short_link | Diskon 25% hari ini, order di BIT.LY/bestie.
short_link | Diskon 25% hari ini, order (https://www.bit.ly/bestie)
short_link | Diskon 25% hari ini, order di tinyurl.com/abc, ya
short_link | Diskon 25% hari ini, order di http://s.id/abc
short_link | Diskon 25% hari ini, order di cutt.ly/abc?x=1
short_link | Diskon 25% hari ini, order:t.co/abc
short_link | Diskon 25% hari ini, order "is.gd/abc"
short_link | Diskon 25% hari ini, order *rebrand.ly/abc*
short_link | Diskon 25% hari ini, order di bit.ly?x
good | Diskon 25% hari ini, order di https://tokopedia.com/bestie
good | Diskon 25% hari ini, order di https://bit.lyon.id/x
good | Diskon 25% hari ini, order di promo@s.id.example.com
variable | Halo {nmaa}, diskon 25% hari ini, yuk order
variable | Halo { nama }, diskon 25% hari ini, yuk order
variable | Halo {Nama Kakak}, diskon 25% hari ini, yuk order
variable | Halo {nama, diskon 25% hari ini, yuk order
variable | Halo nama}, diskon 25% hari ini, yuk order
variable variable | Halo {{nama}}, diskon 25% hari ini, yuk order
variable | Halo {}, diskon 25% hari ini, yuk order
good | Halo {Nama}, diskon 25% hari ini, yuk order
hidden | Diskon<200B> 25% hari ini, yuk order
hidden | Diskon<202E> 25% hari ini, yuk order
hidden | Diskоn 25% promo hari ini, yuk order
hidden | Dіѕkon 25% promo hari ini, yuk order
hidden | Diskon<FE0F> 25% hari ini, yuk order
hidden | Diskon 25% hari ini 🎉<200D>yuk order
hidden | Diskon 25% hari ini <3164> yuk order
hidden | Diskon<2060> 25% hari ini, yuk order
`

var unseenSign = regexp.MustCompile(`<[0-9A-F]{4}>`)

// TestLabelled finds in each wording what its label says, and nothing else.
func TestLabelled(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(labelled), "\n")
	for _, line := range lines {
		want, text, _ := strings.Cut(line, " | ")
		text = unseenSign.ReplaceAllStringFunc(text, func(code string) string {
			n, _ := strconv.ParseUint(code[1:len(code)-1], 16, 32)
			return string(rune(n))
		})
		if want == "good" {
			want = ""
		}
		if low := strings.ToLower(text); !strings.Contains(low, "stop") && !strings.Contains(low, "berhenti") {
			text += stopLine
		}
		c := shop.Campaign{
			Name: "x", Audience: "all", Kind: shop.CampaignPromo, Offer: "diskon", Deadline: "besok", Call: "yuk pesan",
			Wordings: []string{text, "Gratis ongkir besok saja, ayo beli." + stopLine},
		}
		var got []string
		for _, m := range c.Mistakes(noon) {
			got = append(got, string(m.Problem))
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q: has %q, want %q", text, s, want)
		}
	}
	t.Logf("%d wordings", len(lines))
}
