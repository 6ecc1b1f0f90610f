package templates

import "testing"

func TestErasureWish(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"hapus data saya", "Tolong hapus data saya kak", "hapusin dataku dong min", "mohon data pribadi saya dihapus dari sistem",
		"bisa hapus semua data saya?", "saya mau data saya dihapus", "min, tlg hps data sy", "tolong hapus data pribadi saya sesuai UU PDP",
		"halo kak. saya ingin mengajukan penghapusan data pribadi. terima kasih", "hapus riwayat chat saya dong", "delete my data please",
		"tolong hapus data saya karena saya sudah tidak mau belanja lagi", "gimana cara hapus data saya?", "hapus seluruh data diri saya dari database kalian ya",
		"tolong hapuskan data2 saya", "hapus data gw dong", "HAPUS DATA SAYA!!!", "punten, nyuwun data kula dibusak",
	} {
		if !ErasureWish(text) {
			t.Errorf("%q: no wish found in %q", text, Normalise(text))
		}
	}
	for _, text := range []string{
		"hapus data pesanan saya", "jangan hapus data saya", "data saya dihapus?", "hapus alamat lama di pesanan saya", "tolong hapus pesanan saya",
		"data saya sudah dikirim ya kak", "hapus promo", "berhenti promo", "kuota data saya habis", "data resi saya mana", "hapus satu item di keranjang saya",
		"kenapa data saya hilang", "saya tidak mau data saya dihapus", "stok bakso dihapus dari data toko saya kak",
	} {
		if ErasureWish(text) {
			t.Errorf("%q: a wish was found", text)
		}
	}
}
