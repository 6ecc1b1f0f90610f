package templates

import (
	"slices"
	"strconv"
	"strings"

	"bestie/shop"
)

// mostPieces is the largest number that is taken for a count of pieces.
const mostPieces = 99_999

// count gives the goods the numbers of pieces that a message asks for ("bakso 3
// soto 2", "3 bungkus jadi berapa"): in order, if there is one for each.
func count(list []goods, text string) {
	counts := pieces(text, list)
	if len(counts) != len(list) {
		return
	}
	for i := range list {
		list[i].count = counts[i]
	}
}

// pieces finds the numbers of a text that count pieces, in order: followed by a
// unit of pieces, or bare and neither a size, a time nor a number of something.
func pieces(text string, list []goods) (out []int) {
	all := tokens(text)
	for i := 0; i < len(all); i++ {
		n, unit, next, ok := number(all, i)
		if !ok {
			continue
		}
		before := ""
		if i > 0 {
			before = all[i-1]
		}
		spelt := !digitFirst(all[i])
		i = next - 1
		if unit == "" && next < len(all) {
			unit = all[next]
		}
		times := pieceUnits[unit]
		switch {
		case times > 0:
			n *= times
		case otherUnits[unit] || numbered[before] || n >= 1000 || spelt && !orders[before] || inName(n, list):
			continue
		}
		if n >= 1 && n <= mostPieces {
			out = append(out, n)
		}
	}
	return out
}

// inName tells that a number is part of what some goods are called: "Kopi 3 in 1".
func inName(n int, list []goods) bool {
	return slices.ContainsFunc(list, func(g goods) bool { return slices.Contains(productWords(g.name()), strconv.Itoa(n)) })
}

// number reads the number that begins at a word, in figures ("3", "3pcs", "1.000")
// or in words ("dua puluh", "selusin"); unit are the letters written onto it.
func number(all []string, at int) (n int, unit string, next int, ok bool) {
	token := all[at]
	if digitFirst(token) {
		unit = strings.TrimLeft(token, "0123456789.,")
		figures := token[:len(token)-len(unit)]
		if thousands := strings.Split(figures, "."); len(thousands) == 2 && len(thousands[1]) == 3 {
			figures = thousands[0] + thousands[1]
		}
		n, err := strconv.Atoi(figures)
		return n, unit, at + 1, err == nil && len(figures) <= 5
	}
	if rest, one := strings.CutPrefix(token, "se"); one && pieceUnits[rest] > 0 {
		return 1, rest, at + 1, true // "sebungkus", "selusin"
	}
	n, next = numberWords[token], at+1
	if n == 0 {
		return 0, "", next, false
	}
	for next < len(all) {
		switch all[next] {
		case "belas":
			n += 10
		case "puluh":
			n *= 10
		case "ratus":
			n *= 100
		default:
			return n, "", next, true
		}
		next++
	}
	return n, "", next, true
}

// pieceUnits are how people count pieces, and how many of them a unit is. A box
// is none of them: how much it holds is not known.
var pieceUnits = map[string]int{
	"pcs": 1, "pc": 1, "pieces": 1, "piece": 1, "bungkus": 1, "bks": 1, "bgks": 1, "bngks": 1, "bungkusnya": 1, "pack": 1, "pak": 1, "pck": 1,
	"porsi": 1, "biji": 1, "bj": 1, "buah": 1, "item": 1, "botol": 1, "btl": 1, "toples": 1, "sachet": 1, "saset": 1, "pouch": 1, "cup": 1,
	"mangkok": 1, "kemasan": 1, "lembar": 1, "ekor": 1, "x": 1, "lusin": 12, "lsn": 12, "kodi": 20,
}

var (
	// otherUnits follow a number that counts something else than pieces.
	otherUnits = wordSet("g gr grm gram kg kilo kilogram ons ml l lt liter cm mm m meter hari jam menit mnt detik minggu bulan bln " +
		"tahun thn th orang org anak kali rb ribu rbu k jt juta persen wib wita wit pagi siang sore malam dus dos box karton krat bal ball koli in")
	// numbered stand before a number that names something.
	numbered = wordSet("jam pukul tgl tanggal no nomor nomer rt rw ke batch jl jln jalan gang gg blok size ukuran uk isi level lv lvl kode " +
		"resi hp wa umur usia per kelas lantai unit februari januari maret april mei juni juli agustus september oktober november desember")
	// orders stand before a number in words that counts pieces.
	orders = wordSet("beli pesan pesen order ambil mau minta co checkout pesenin tambah plus kalau kalo klo")

	numberWords = map[string]int{
		"satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9,
		"sepuluh": 10, "sebelas": 11, "seratus": 100,
	}
)

// AsksPriceOf tells that a message asks how much and counts pieces of a product, the
// one it names or the one the talk is about: whether its price is meant or the bulk
// price, both are the price of that many ("kalau beli 10 berapa").
func AsksPriceOf(text string, products []shop.Product, about shop.Topic) bool {
	if said := Normalise(text); len(products) == 0 || !slices.Contains(said, "berapa") && !slices.Contains(said, "harga") {
		return false
	}
	list, _ := catalogueOf(products).wanted(text, about)
	return len(list) > 0 && len(list) <= maxListed && len(pieces(text, list)) > 0
}
