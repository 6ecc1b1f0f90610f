package templates

import "slices"

// The words of a wish to have one's data erased. One of each of the first three makes it
// one; erasureBeside may stand beside them and change nothing.
var (
	erasureVerbs = wordSet(`hapus hps hpus apus apusin hapuskan hapusin hapusan menghapus dihapus dihapuskan dihapusin penghapusan terhapus hilangkan hilangin dihilangkan
		musnahkan dimusnahkan delete deleted erase remove busak busek dibusak mupus pupus`)
	erasureData = wordSet(`data datanya dataku datakku datasaya riwayat riwayatku history identitas akun akunku informasi personal rekaman`)
	erasureMine = wordSet(`saya aku ku dataku datakku datasaya akunku riwayatku kula kulo abdi simkuring pribadi diri my mine me gua gue gw kita`)

	erasureBeside = wordSet(`tolong mohon harap minta meminta bisa boleh dapatkah bisakah dong ya iya kak min sis gan bro mas mbak bang pak bu om tante admin bestie kakak
		please can you want would like to halo hai hi permisi maaf selamat pagi siang sore malam
		semua seluruh segala semuanya seluruhnya all sampai bersih habis total permanen selamanya segera sekarang juga secepatnya saja aja
		dari di dalam pada sistem system database server toko kalian kamu anda sini situ from the your of hp wa whatsapp chat chatnya obrolan percakapan kontak nomor nomer nomorku nomernya
		number daftar list pelanggan customer tentang mengenai terkait yang ada tersimpan disimpan dipunya punya milik dimiliki
		sesuai uu pdp undang undang-undang hak atas berdasarkan ketentuan aturan hukum perlindungan
		mau ingin pengen kepingin hendak mengajukan permintaan permohonan untuk agar supaya biar dan serta beserta sama dengan
		ini itu nya kok lah deh sih nih terima kasih makasih cara caranya gimana bagaimana how nyuwun punten mugi panjenengan`)
	// erasureAsks make a question a request: "data saya dihapus?" is none.
	erasureAsks = wordSet(`tolong mohon harap minta bisa boleh bisakah dapatkah mau ingin pengen cara caranya gimana bagaimana can how please want nyuwun punten`)
)

// ErasureWish tells whether a message asks to erase the writer's data (UU PDP). Like
// OptWish it is exact: one sentence has to consist of such a wish, so that "hapus data
// pesanan saya" and "jangan hapus data saya" are read by a person instead. A reason may
// follow it.
func ErasureWish(text string) bool {
	return slices.ContainsFunc(sentences(clip(text, maxText)), func(s sentence) bool {
		verb, data, mine, asks := false, false, false, false
		for _, w := range Normalise(s.text) {
			if wishBreaks[w] && verb && data {
				break // the reason
			}
			if !erasureVerbs[w] && !erasureData[w] && !erasureMine[w] && !erasureBeside[w] {
				return false
			}
			verb, data, mine, asks = verb || erasureVerbs[w], data || erasureData[w], mine || erasureMine[w], asks || erasureAsks[w]
		}
		return verb && data && mine && (asks || !s.asks)
	})
}
