package shop

import "strings"

var (
	amountDigits = map[string]Rupiah{
		"nol": 0, "kosong": 0, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9,
	}
	amountOnes   = map[string][2]string{"sepuluh": {"satu", "puluh"}, "sebelas": {"satu", "belas"}, "seratus": {"satu", "ratus"}, "seribu": {"satu", "ribu"}, "sejuta": {"satu", "juta"}, "semiliar": {"satu", "miliar"}}
	amountScales = map[string]Rupiah{"ribu": 1_000, "juta": 1_000_000, "miliar": 1_000_000_000, "milyar": 1_000_000_000}
)

// spelt reads a number in words: "seratus lima puluh ribu", "satu setengah juta".
func spelt(text string) (Rupiah, error) {
	var words []string
	for _, w := range strings.Fields(text) {
		if two, ok := amountOnes[w]; ok {
			words = append(words, two[0], two[1])
			continue
		}
		words = append(words, w)
	}
	var total, group, digit Rupiah
	scale, place, any, open := MostPosted, Rupiah(1_000), false, false
	for i, w := range words {
		n, figure := amountDigits[w]
		unit, thousands := amountScales[w]
		switch {
		case figure && !open:
			digit, open, any = n, true, true
		case w == "setengah" && i+1 < len(words) && amountScales[words[i+1]] >= 1_000:
			digit, group, open, any = 0, group+digit, false, true
			if half := amountScales[words[i+1]] / 2; half < scale {
				total += half
			}
		case w == "belas" && open && digit > 0 && place > 10:
			group, digit, place, open = group+10+digit, 0, 1, false
		case w == "puluh" && open && digit > 0 && place > 10:
			group, digit, place, open = group+10*digit, 0, 10, false
		case w == "ratus" && open && digit > 0 && place > 100:
			group, digit, place, open = group+100*digit, 0, 100, false
		case thousands && unit < scale && (open || group > 0 || i > 0 && words[i-1] == "setengah"):
			total += (group + digit) * unit
			scale, place, group, digit, open = unit, 1_000, 0, 0, false
		default:
			return 0, AmountNone
		}
		if open && place <= 1 {
			return 0, AmountNone
		}
	}
	if !any || total > 0 && scale == MostPosted {
		return 0, AmountNone
	}
	return total + group + digit, nil
}
