package templates

import "testing"

func TestAngry(t *testing.T) {
	for want, lines := range map[bool][]string{
		true: {
			"penipu!", "kalian penipu ya", "parah banget tokonya, balikin uang saya", "paket saya mana!! lama banget, penipu ya", "ANJIR LELET BANGET",
			"saya laporkan ke polisi", "saya viralin ini toko", "gak becus banget adminnya", "saya sangat kecewa dengan pelayanan anda", "goblok",
			"MANA PAKET SAYA", "mana barangnya!!!", "udah chat dari kemarin ga dibales", "kecewa bgt sama toko ini", "saya akan somasi", "niat jualan ga sih?", "woi bales dong",
			"tolol banget adminnya", "toko abal2", "saya ketipu", "kapok belanja disini", "lama banget sih balesnya",
		},
		false: {
			"bukan penipu kan kak", "takut ketipu kak", "toko terpercaya gak kak", "anjir enak banget sotonya", "makasih kak", "paket saya mana ya kak", "SAYA MAU PESAN 2",
			"halo kak!!", "lapor kak ada 3 orderan masuk", "lapor udah bayar", "berapa lama kirimnya", "MAU PESAN BAKSO 2", "tidak kecewa beli disini, bagus", "", "👍", "baksonya mantap!!", "rasanya kurang enak",
			"harga berapa", "ASSALAMUALAIKUM KAK", "kak saya lapor order masuk 2", "saya lapor pembayaran modal ya",
		},
	} {
		for _, text := range lines {
			if got := Angry(text); got != want {
				t.Errorf("Angry(%q) = %t", text, got)
			}
		}
	}
}

func TestGoodbye(t *testing.T) {
	for want, lines := range map[bool][]string{
		true: {
			"makasih kak", "oke siap", "👍", "🙏🙏", "terima kasih banyak infonya", "ok", "sip kak nuhun", "siap terima kasih kak", "tq sis", "oke makasih ya", "baik kak",
			"ok kak thank you", "noted kak", "makasih sudah dibantu", ":)", "😂😂😂", "ya sudah makasih",
		},
		false: {
			"", "makasih, tapi barangnya pecah", "oke saya pesan 2", "p", "?", "👍?", "ya", "oke ongkirnya berapa", "makasih kak, resinya mana?", "halo", "1", "baik?", "selamat pagi", "sudah", "terima cod?",
		},
	} {
		for _, text := range lines {
			if got := Goodbye(text); got != want {
				t.Errorf("Goodbye(%q) = %t", text, got)
			}
		}
	}
	for want, lines := range map[bool][]string{true: {"makasih kak", "oke trims", "nuhun"}, false: {"oke siap", "👍", "makasih tapi pecah"}} {
		for _, text := range lines {
			if got := Thanks(text); got != want {
				t.Errorf("Thanks(%q) = %t", text, got)
			}
		}
	}
}

func TestCommand(t *testing.T) {
	for want, lines := range map[string][]string{
		"saldo": {
			"saldo", "SALDO", "cek saldo kak", "sisa saldo saya brp", "limit saya tinggal berapa", "sisa limit", "cek limit dong min", "saldo paylater saya tinggal berapa",
			"limit saya berapa ya", "halo kak, mau cek saldo", "cek sisa limit dong min", "Saldo?", "saldo saya berapa kak", "kak limitku masih brp",
		},
		"bayar 150000": {
			"bayar 150000", "udah tf 150rb", "sudah transfer 150.000 kak", "Bayar Rp150.000", "sudah saya transfer 150 ribu ya kak", "bayar 150k", "konfirmasi pembayaran 150000",
			"udah bayar modal 150.000 toko Rahma Store ya min", "tf 150000 ke bca sudah ya kak",
		},
		"bayar": {
			"sudah transfer kak", "udah lunas ya kak tagihan saya", "bukti transfer modal ya min", "kak saya sudah bayar modal hari ini", "udah bayar", "sdh tf kak", "lapor udah bayar tagihan min",
			"ini bukti bayarnya kak, tolong dicek", "konfirmasi pembayaran modal toko berkah", "udah ditransfer ya kak pembayaran orderan kemarin",
		},
		"": {
			"", "bayar", "bayar modal ke rekening mana", "limit saya habis kak", "saldo shopee saya belum masuk", "udh tf tp blm diproses", "bisa bayar pakai qris?", "nanti saya transfer ya", "belum bayar kak",
			"limit awal paylater berapa", "mau top up limit", "saldo kepotong tapi pesanan masih menunggu", "besok saya bayar", "sudah bayar kok statusnya belum berubah", "transfer kemana kak", "limitnya bisa dinaikin ga",
			"halo kak", "bayar di tempat bisa?", "sudah dibayar belum?", "sudah lunas?", "sudah transfer kak?", "cara tarik saldo shopee", "sudah sampai kak",
		},
	} {
		for _, text := range lines {
			cmd, args, ok := Command(text)
			got := cmd
			if args != "" {
				got += " " + args
			}
			if got != want || ok != (want != "") {
				t.Errorf("Command(%q) = %q, want %q", text, got, want)
			}
		}
	}
}
