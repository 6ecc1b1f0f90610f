package templates

import (
	"fmt"
	"strings"

	"bestie/shop"
)

// SegmentText says in Indonesian whom a segment chooses: "pelanggan yang chat dalam 28
// hari terakhir, bertanda bakso".
type SegmentText struct{ Segment shop.Segment }

func (SegmentText) text() string { return "segment" }

// Clauses are its conditions, none for everybody.
func (s SegmentText) Clauses() []string {
	list := make([]string, len(s.Segment))
	for i, c := range s.Segment {
		list[i] = clauseOf(c)
	}
	return list
}

// PreflightText is the table of fates that an admin sees before anything is sent. Room
// says how many fit into which evening, "" while nobody has reckoned it.
type PreflightText struct {
	Segment shop.Segment
	shop.Preflight
	Room string
}

func (PreflightText) text() string { return "preflight" }

// Who is the audience in words.
func (p PreflightText) Who() string {
	if clauses := (SegmentText{p.Segment}).Clauses(); len(clauses) > 0 {
		return strings.Join(clauses, ", ")
	}
	return "semua orang"
}

// Safe is how many get the promo.
func (p PreflightText) Safe() int { return p.Fates[shop.FateSafe] }

// FateLine is one line of the table.
type FateLine struct {
	Label  string
	People int
}

// Lines are the fates that somebody has; who is safe stands first, also if nobody is.
func (p PreflightText) Lines() (lines []FateLine) {
	for _, f := range shop.Fates {
		if n := p.Fates[f]; n > 0 || f == shop.FateSafe {
			lines = append(lines, FateLine{fateLabels[f], n})
		}
	}
	return lines
}

var fateLabels = map[shop.Fate]string{
	shop.FateSafe: "aman dikirimi", shop.FateCapped: "kena batas promo mingguan", shop.FateNoRoom: "tidak muat sampai promo berakhir",
	shop.FateNoConsent: "belum setuju menerima promo", shop.FateNeverWrote: "belum pernah chat kita (berisiko ditolak WhatsApp, kode 463)",
	shop.FateComplaint: "sedang ada komplain", shop.FateOptedOut: "minta berhenti (STOP)", shop.FateInvalid: "nomor tidak bisa dikirimi",
}

// SegmentMistake tells an admin what is wrong with a query they wrote.
type SegmentMistake struct{ *shop.SegmentError }

func (SegmentMistake) text() string { return "segment_mistake" }

// Place is where the mistake stands, "" when it is nowhere in particular.
func (m SegmentMistake) Place() string {
	if m.Column == 0 {
		return ""
	}
	return fmt.Sprintf("huruf ke-%d", m.Column)
}

// What says what is wrong.
func (m SegmentMistake) What() string {
	word := plain(m.Word)
	switch m.Problem {
	case shop.SegmentEmpty:
		return "masih kosong, tulis *semua* untuk semua orang"
	case shop.SegmentTooLong:
		return "terlalu panjang"
	case shop.SegmentAlone:
		return "“" + word + "” berdiri sendiri"
	case shop.SegmentUnknown:
		return "tidak ada kata kunci “" + word + "”"
	case shop.SegmentNoValue:
		return "belum ada isi setelah “" + word + "”"
	case shop.SegmentBadAge:
		return "“" + word + "” bukan lama waktu"
	case shop.SegmentUnclosed:
		return "tanda kutipnya belum ditutup"
	case shop.SegmentNotSaved:
		return "belum ada segmen bernama “" + word + "”"
	case shop.SegmentBadName:
		return "“" + word + "” tidak bisa jadi nama segmen"
	case shop.SegmentCycle:
		return "segmen “" + word + "” memakai dirinya sendiri"
	case shop.SegmentAllAndMore:
		return "*semua* tidak bisa digabung dengan syarat lain"
	}
	return "“" + word + "” tidak bisa dipakai di sini"
}

// clauseOf is one condition in Indonesian.
func clauseOf(c shop.Condition) string {
	bukan := ""
	if c.Not {
		bukan = "tidak "
	}
	verb := segmentVerbs[c.Key]
	switch c.Test {
	case shop.SegmentWithin:
		return fmt.Sprintf("%s%s dalam %d hari terakhir", bukan, verb, c.Days)
	case shop.SegmentBefore:
		if c.Not {
			return fmt.Sprintf("%s dalam %d hari terakhir atau belum pernah", verb, c.Days)
		}
		return fmt.Sprintf("terakhir %s %d hari lalu atau lebih", verb, c.Days)
	case shop.SegmentNever:
		if c.Not {
			return "pernah " + verb
		}
		return "belum pernah " + verb
	}
	if c.Not && c.Key == shop.SegmentRole {
		bukan = "bukan "
	}
	return bukan + segmentNouns[c.Key] + atau(c)
}

var segmentVerbs = map[shop.SegmentKey]string{
	shop.SegmentLastChat: "chat", shop.SegmentAsked: "tanya produk", shop.SegmentCart: "isi keranjang", shop.SegmentOrdered: "pesan",
}

var segmentNouns = map[shop.SegmentKey]string{
	shop.SegmentTag: "bertanda ", shop.SegmentCity: "tinggal di ", shop.SegmentBatch: "ikut batch ", shop.SegmentSaved: "masuk segmen ",
	shop.SegmentAsked: "pernah tanya ", shop.SegmentCart: "pernah isi keranjang ", shop.SegmentOrdered: "pernah pesan ",
}

// atau joins the values of a condition as people write them.
func atau(c shop.Condition) string {
	values := make([]string, len(c.Values))
	for i, v := range c.Values {
		values[i] = plain(v)
		if c.Key == shop.SegmentRole && v == "customer" {
			values[i] = "pelanggan"
		}
	}
	return strings.Join(values, " atau ")
}

func audienceSamples() []Text {
	read := func(query string) shop.Segment {
		s, err := shop.ParseSegment(query)
		if err != nil {
			panic(err) // samples are right
		}
		return s
	}
	full := read(`role:customer -role:dropshipper last_chat<28d -last_chat>90d tag:bakso -tag:komplain city:bandung,jakarta batch:3 asked:"bakso urat" cart<7d ordered>30d never_ordered -never_cart segment:aktif`)
	out := []Text{
		SegmentText{},
		SegmentText{full},
		PreflightText{Segment: read("tag:bakso chat<28d"), Preflight: shop.Preflight{Chosen: 412, Fates: map[shop.Fate]int{
			shop.FateSafe: 355, shop.FateCapped: 12, shop.FateNoRoom: 5, shop.FateNoConsent: 20, shop.FateNeverWrote: 9, shop.FateComplaint: 3, shop.FateOptedOut: 7, shop.FateInvalid: 1,
		}}, Room: "160 muat malam ini, sisanya Jumat."},
		PreflightText{},
	}
	for _, query := range []string{"", strings.Repeat("x", shop.MostSegmentLetters+1), "bakso", "tga:x", "tag<3d", "tag:", "role:owner", "last_chat<28", `tag:"x`, "all tag:x"} {
		_, err := shop.ParseSegment(query)
		wrong, ok := err.(*shop.SegmentError)
		if !ok {
			panic(query + " is no mistake")
		}
		out = append(out, SegmentMistake{wrong})
	}
	for _, problem := range []shop.SegmentProblem{shop.SegmentNotSaved, shop.SegmentBadName, shop.SegmentCycle} {
		out = append(out, SegmentMistake{&shop.SegmentError{Problem: problem, Word: "aktif"}})
	}
	return out
}
