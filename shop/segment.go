package shop

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Segment chooses people: those for whom every condition holds. Without conditions it
// chooses everybody. It is written in the language of docs/promos.md.
type Segment []Condition

// Condition is one word of a query: what it looks at, how, and whether it must hold or
// must not.
type Condition struct {
	Key    SegmentKey
	Test   SegmentTest
	Values []string // of SegmentIs: one of them, in lower case
	Days   int      // of SegmentWithin and SegmentBefore: 1 to MostSegmentDays
	Not    bool
}

// SegmentKey is what a condition looks at.
type SegmentKey string

// The keys. Ages count from the last time.
const (
	SegmentRole     SegmentKey = "role"      // customer or dropshipper; the shop's own people are in no segment
	SegmentTag      SegmentKey = "tag"       // what the shop marked a person with
	SegmentCity     SegmentKey = "city"      // where they live
	SegmentBatch    SegmentKey = "batch"     // their group of the course (domain facts, "Business")
	SegmentLastChat SegmentKey = "last_chat" // when they wrote to us
	SegmentAsked    SegmentKey = "asked"     // the products they asked about
	SegmentCart     SegmentKey = "cart"      // … put into a cart
	SegmentOrdered  SegmentKey = "ordered"   // … ordered
	SegmentSaved    SegmentKey = "segment"   // another query, by its name
)

// SegmentTest is how a condition looks at its key.
type SegmentTest string

// The tests, as they are written.
const (
	SegmentIs     SegmentTest = ":" // one of the values; products that contain one of them
	SegmentWithin SegmentTest = "<" // it happened in the last Days times 24 hours
	SegmentBefore SegmentTest = ">" // it happened, but not since
	SegmentNever  SegmentTest = "never"
)

// Beginnings of the tags that say where a person lives and which group of the course
// they are in: "kota:Bandung", "batch:3".
const (
	TagCity  = "kota:"
	TagBatch = "batch:"
)

// Bounds of a query: it is typed in a chat, and what it asks must fit one statement.
const (
	MostSegmentDays       = 3650
	MostSegmentConditions = 30
	MostSegmentValues     = 50
	MostSegmentLetters    = 1000
	mostSegmentValue      = 80
)

// Since is the instant from which on something lies within the days of a condition.
func (c Condition) Since(now time.Time) time.Time {
	return now.Add(-time.Duration(c.Days) * 24 * time.Hour)
}

// segmentAll is the query for everybody.
const segmentAll = "all"

// String is the query in its shortest spelling: ParseSegment reads it back.
func (s Segment) String() string {
	if len(s) == 0 {
		return segmentAll
	}
	words := make([]string, len(s))
	for i, c := range s {
		words[i] = c.String()
	}
	return strings.Join(words, " ")
}

// String is the condition as it is written in a query.
func (c Condition) String() string {
	var b strings.Builder
	if c.Not {
		b.WriteByte('-')
	}
	switch c.Test {
	case SegmentNever:
		b.WriteString(neverWords[c.Key])
	case SegmentWithin, SegmentBefore:
		b.WriteString(string(c.Key) + string(c.Test) + strconv.Itoa(c.Days) + "d")
	default:
		b.WriteString(string(c.Key) + string(SegmentIs))
		for i, v := range c.Values {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(quoteValue(v))
		}
	}
	return b.String()
}

func quoteValue(v string) string {
	if strings.ContainsFunc(v, func(r rune) bool { return !isBare(r) }) || strings.HasPrefix(v, "-") {
		return `"` + v + `"`
	}
	return v
}

// isBare tells that a letter needs no quotes around its value.
func isBare(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || strings.ContainsRune("_-./&+", r)
}

// Uses are the names of the saved segments that a query mentions.
func (s Segment) Uses() (names []string) {
	for _, c := range s {
		if c.Key == SegmentSaved {
			names = append(names, c.Values...)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// segmentKeyRule is what a key may be asked.
type segmentKeyRule struct {
	key   SegmentKey
	tests []SegmentTest
	words []string // other names of it
}

var segmentKeys = []segmentKeyRule{
	{SegmentRole, []SegmentTest{SegmentIs}, []string{"peran"}},
	{SegmentTag, []SegmentTest{SegmentIs}, []string{"label", "tanda"}},
	{SegmentCity, []SegmentTest{SegmentIs}, []string{"kota"}},
	{SegmentBatch, []SegmentTest{SegmentIs}, []string{"angkatan"}},
	{SegmentLastChat, []SegmentTest{SegmentWithin, SegmentBefore}, []string{"chat", "chat_terakhir", "terakhir_chat"}},
	{SegmentAsked, []SegmentTest{SegmentIs, SegmentWithin, SegmentBefore}, []string{"tanya", "ditanya"}},
	{SegmentCart, []SegmentTest{SegmentIs, SegmentWithin, SegmentBefore}, []string{"keranjang"}},
	{SegmentOrdered, []SegmentTest{SegmentIs, SegmentWithin, SegmentBefore}, []string{"order", "pesan", "dipesan"}},
	{SegmentSaved, []SegmentTest{SegmentIs}, []string{"segmen"}},
}

// neverWords are how SegmentNever is written for each key that has it.
var neverWords = map[SegmentKey]string{
	SegmentLastChat: "never_chatted", SegmentAsked: "never_asked", SegmentCart: "never_cart", SegmentOrdered: "never_ordered",
}

// segmentWords are whole words with a meaning of their own, beside the keys.
var segmentWords = map[string]SegmentKey{
	"never_chatted": SegmentLastChat, "belum_chat": SegmentLastChat,
	"never_asked": SegmentAsked, "belum_tanya": SegmentAsked,
	"never_cart": SegmentCart, "belum_keranjang": SegmentCart,
	"never_ordered": SegmentOrdered, "belum_order": SegmentOrdered, "belum_pesan": SegmentOrdered,
}

// segmentRoles are the values of SegmentRole, by the words for them.
var segmentRoles = map[string]string{
	"customer": "customer", "pelanggan": "customer", "pembeli": "customer",
	string(RoleDropshipper): string(RoleDropshipper), "reseller": string(RoleDropshipper), "ds": string(RoleDropshipper),
}
