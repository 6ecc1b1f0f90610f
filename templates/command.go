package templates

import (
	"slices"
	"strconv"
	"strings"

	"bestie/shop"
)

// What a dropshipper can ask the books in everyday words.
const (
	CommandBalance = "saldo" // what is left of the limit
	CommandPaid    = "bayar" // reports a payment; only an admin's confirmation books it
)

var (
	balanceWords = wordSet("saldo limit kredit plafon")
	balanceRest  = wordSet(`saldo limit sisa kredit plafon cek info tanya lihat minta mau tolong berapa tinggal masih ada
		saya kak min admin bestie ya dong deh sih paylater dropship sekarang hari ini nya toko punya akun boleh tahu tau
		bisa halo permisi pagi siang sore malam selamat terima kasih jadi saldonya limitnya sisanya untuk ku aku`)
	paidWords = wordSet(`bayar pembayaran transfer bayarnya dibayar ditransfer dibayarkan lunas setor disetor bukti
		transferan tagihan`)
	paidRest = wordSet(`bayar pembayaran pembayarannya transfer bayarnya dibayar ditransfer dibayarkan lunas setor disetor
		bukti transferan tagihan tagihannya sudah sudahkah saya kak min admin bestie ya dong deh ini itu barusan tadi hari
		kemarin pagi siang sore malam modal modalnya konfirmasi lapor mohon tolong cek dicek verifikasi sebesar sejumlah
		total senilai ke bca bank rekening dari toko atas nama a n untuk orderan pesanan order dengan lewat via terima
		kasih halo permisi selamat lagi baru juga semua semuanya lunasi uang oke siap rp rupiah maaf tanggal tgl yang
		m banking mobile mandiri bri bni kami aku pt maya perdagangan nusantara terlampir berikut berhasil sukses selesai`)
	// Words of a payment that has not happened, or of a question about paying.
	notPaid = wordSet(`belum mau nanti besok berapa bagaimana mana apa apakah kapan kenapa bisa boleh cara tapi kok
		tidak jangan gagal`)
	paidMarks = wordSet("sudah bukti lunas konfirmasi lapor berhasil dibayar ditransfer barusan tadi")
)

// Command recognises what a registered dropshipper says about money: "saldo",
// "cek sisa limit dong", "bayar 150000", "udah tf 150rb kak". It returns one of
// the Command constants; args is the reported amount in digits ("150000") or
// empty. Questions about how or where to pay are none.
func Command(text string) (cmd, args string, ok bool) {
	said := Normalise(text)
	if len(said) == 0 || len(said) > 40 {
		return "", "", false
	}
	if only(said, balanceRest) && asksBalance(said) {
		return CommandBalance, "", true
	}
	if !reportsPayment(text, said) {
		return "", "", false
	}
	if sum, found := shop.ParseRupiah(text); found && sum >= smallestPayment {
		args = strconv.FormatInt(int64(sum), 10)
	}
	return CommandPaid, args, true
}

// asksBalance tells whether one of the words is about the balance.
func asksBalance(said []string) bool {
	return slices.ContainsFunc(said, func(w string) bool {
		return balanceWords[strings.TrimSuffix(strings.TrimSuffix(w, "nya"), "ku")]
	})
}

// smallestPayment keeps counts and dates from being read as amounts.
const smallestPayment = 1000

// reportsPayment tells whether a message says that money was sent. After the
// word for paying a shop's name may follow, so only the words before the word
// "toko" must be known ones.
func reportsPayment(text string, said []string) bool {
	if asksAnything(text) || slices.ContainsFunc(said, in(notPaid)) {
		return false
	}
	known := said
	if i := slices.Index(said, "toko"); i >= 0 {
		known = said[:i]
	}
	sum := slices.Contains(said, moneyMask)
	marked := slices.ContainsFunc(said, in(paidMarks))
	return slices.ContainsFunc(said, in(paidWords)) && (sum || marked) && only(known, paidRest)
}

// only tells that every word is in the set, with or without "-nya" and "-ku",
// or a masked number.
func only(said []string, allowed map[string]bool) bool {
	return !slices.ContainsFunc(said, func(w string) bool {
		bare := strings.TrimSuffix(strings.TrimSuffix(w, "nya"), "ku")
		return !allowed[w] && !allowed[bare] && w[0] != '<'
	})
}

func in(set map[string]bool) func(string) bool { return func(w string) bool { return set[w] } }
