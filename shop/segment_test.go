package shop

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParseSegment(t *testing.T) {
	for query, want := range map[string]string{
		"all":                     "all",
		" Semua ":                 "all",
		"role:customer":           "role:customer",
		"peran:Pelanggan":         "role:customer",
		"role:ds,customer":        "role:dropshipper,customer",
		"last_chat<28d":           "last_chat<28d",
		"chat<4minggu":            "last_chat<28d",
		"order>2bulan":            "ordered>60d",
		"tag:Bakso -tag:VIP":      "tag:bakso -tag:vip",
		`asked:"Bakso  Urat"`:     `asked:"bakso urat"`,
		"tanya:“bakso urat”":      `asked:"bakso urat"`,
		"kota:bandung,Jakarta":    "city:bandung,jakarta",
		"city:bandung,bandung":    "city:bandung",
		`city:"kota batu",malang`: `city:"kota batu",malang`,
		"batch:03":                "batch:3",
		"never_ordered":           "never_ordered",
		"-belum_pesan":            "-never_ordered",
		"segment:bandung-aktif":   "segment:bandung-aktif",
		"\tcart<7d\n\nasked<1w ":  "cart<7d asked<7d",
		"role:customer last_chat<28d tag:bakso -tag:komplain": "role:customer last_chat<28d tag:bakso -tag:komplain",
	} {
		s, err := ParseSegment(query)
		if err != nil || s.String() != want {
			t.Errorf("%q is %q (%v), not %q", query, s, err, want)
		}
	}
}

func TestSegmentMistakes(t *testing.T) {
	for _, c := range []struct {
		query   string
		problem SegmentProblem
		column  int
		near    string
	}{
		{"", SegmentEmpty, 0, ""},
		{"  ", SegmentEmpty, 0, ""},
		{"tga:bakso", SegmentUnknown, 1, "tag"},
		{"role:customer kotaa:bandung", SegmentUnknown, 15, "kota"},
		{"xyzzy:1", SegmentUnknown, 1, ""},
		{"role:customer bakso", SegmentAlone, 15, ""},
		{"tag", SegmentAlone, 1, "tag:…"},
		{"never_orderd", SegmentAlone, 1, "never_ordered"},
		{"tag=bakso", SegmentTestNot, 1, "tag:…"},
		{"tag<3d", SegmentTestNot, 1, ""},
		{"last_chat:28d", SegmentTestNot, 1, ""},
		{"tag:", SegmentNoValue, 5, ""},
		{"tag: bakso", SegmentNoValue, 5, ""},
		{"tag:a,,b", SegmentNoValue, 7, ""},
		{`tag:""`, SegmentNoValue, 5, ""},
		{`asked:"bakso urat`, SegmentUnclosed, 7, ""},
		{"role:custmer", SegmentBadValue, 6, "customer"},
		{"role:owner", SegmentBadValue, 6, ""},
		{"batch:tiga", SegmentBadValue, 7, ""},
		{"batch:0", SegmentBadValue, 7, ""},
		{"tag:a:b", SegmentBadValue, 6, ""},
		{"last_chat<", SegmentBadAge, 11, ""},
		{"last_chat<28", SegmentBadAge, 11, "last_chat<28d"},
		{"last_chat<-3d", SegmentBadAge, 11, ""},
		{"last_chat<0d", SegmentBadAge, 11, ""},
		{"last_chat<9999d", SegmentBadAge, 11, ""},
		{"last_chat<99999999999999999999d", SegmentBadAge, 11, ""},
		{"last_chat<28d,", SegmentBadValue, 14, ""},
		{"all tag:x", SegmentAllAndMore, 1, ""},
		{"--tag:x", SegmentUnknown, 2, "tag"},
		{"tag:x -", SegmentAlone, 8, ""},
		{"tag:" + strings.Repeat("x", 81), SegmentBadValue, 5, ""},
		{strings.Repeat("tag:x ", 31), SegmentTooLong, 0, ""},
		{strings.Repeat("x", 1001), SegmentTooLong, 0, ""},
		{"tag:x\xff", SegmentTooLong, 0, ""},
	} {
		_, err := ParseSegment(c.query)
		wrong, plain := new(SegmentError), new(Error)
		if !errors.As(err, &wrong) || wrong.Problem != c.problem || wrong.Column != c.column || wrong.Near != c.near {
			t.Errorf("%q: %+v, wanted %s at %d, near %q", c.query, wrong, c.problem, c.column, c.near)
		}
		if !errors.As(err, &plain) || plain.Sentence == "" || c.column > 0 && !strings.HasPrefix(plain.Sentence, "column ") {
			t.Errorf("%q: as an error of ours it is %+v", c.query, plain)
		}
	}
}

// aSegment makes any segment that a query can say.
func aSegment() *rapid.Generator[Segment] {
	return rapid.Custom(func(t *rapid.T) Segment {
		s := Segment{}
		for range rapid.IntRange(0, 5).Draw(t, "conditions") {
			s = append(s, aCondition(t))
		}
		return s
	})
}

func aCondition(t *rapid.T) Condition {
	rule := rapid.SampledFrom(segmentKeys).Draw(t, "key")
	tests := slices.Clone(rule.tests)
	if neverWords[rule.key] != "" {
		tests = append(tests, SegmentNever)
	}
	c := Condition{Key: rule.key, Test: rapid.SampledFrom(tests).Draw(t, "test"), Not: rapid.Bool().Draw(t, "not")}
	switch c.Test {
	case SegmentWithin, SegmentBefore:
		c.Days = rapid.IntRange(1, MostSegmentDays).Draw(t, "days")
	case SegmentIs:
		value := rapid.StringMatching(`[a-z0-9é,:<>() _.'-]{1,12}`).Filter(func(v string) bool { return foldValue(v) == v && v != "" })
		switch rule.key {
		case SegmentRole:
			value = rapid.SampledFrom([]string{"customer", "dropshipper"})
		case SegmentBatch:
			value = rapid.StringMatching(`[1-9][0-9]{0,3}`)
		}
		c.Values = rapid.SliceOfNDistinct(value, 1, 3, rapid.ID).Draw(t, "values")
		if rule.key == SegmentRole {
			c.Values = c.Values[:1]
		}
	}
	return c
}

// What a segment is written as is read as the same segment.
func TestSegmentRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := aSegment().Draw(t, "segment")
		got, err := ParseSegment(want.String())
		if err != nil || got.String() != want.String() || len(got) != len(want) {
			t.Fatalf("%q became %q (%v)", want, got, err)
		}
		for i := range got {
			if got[i].Not != want[i].Not || got[i].Key != want[i].Key || got[i].Test != want[i].Test || got[i].Days != want[i].Days || !slices.Equal(got[i].Values, want[i].Values) {
				t.Fatalf("%+v became %+v", want[i], got[i])
			}
		}
	})
}

// Whatever is typed: a segment that is read back as itself, or a mistake whose place lies in the query.
func FuzzParseSegment(f *testing.F) {
	for _, seed := range []string{"all", `role:customer last_chat<28d tag:bakso -tag:komplain city:bandung batch:3 asked:"bakso urat" cart<7d never_ordered`, `tag:“x`, "tag:a,b,-c", "-", "tag=1", "segment:a"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, query string) {
		s, err := ParseSegment(query)
		if wrong := new(SegmentError); errors.As(err, &wrong) {
			if wrong.Column < 0 || wrong.Column > len([]rune(query))+1 || wrong.Error() == "" {
				t.Fatalf("%q: %+v", query, wrong)
			}
			return
		}
		if err != nil {
			t.Fatalf("%q: %v", query, err)
		}
		if again, err := ParseSegment(s.String()); err != nil || again.String() != s.String() {
			t.Fatalf("%q is %q, which is read as %q (%v)", query, s, again, err)
		}
	})
}

func TestExpandSegment(t *testing.T) {
	saved := map[string]string{"a": "segment:b tag:x", "b": "city:bandung", "loop": "segment:round", "round": "-segment:loop", "bad": "tga:x"}
	for level, name := range []string{"l1", "l2", "l3", "l4", "l5"} { // each stands ten times in the next
		saved[name] = strings.Repeat("segment:"+[]string{"b", "l1", "l2", "l3", "l4"}[level]+" ", 10)
	}
	look := func(name string) (string, bool, error) { q, ok := saved[name]; return q, ok, nil }
	for query, want := range map[string]string{
		"all": "", "segment:a": "", "segment:a segment:b": "", "segment:loop": `the segment "loop" uses itself`, "segment:nix": `no segment is saved as "nix"`,
		"segment:bad": `in the segment "bad": column 1 of the query: there is no key "tga"`, "segment:l5": "the query is too long",
	} {
		s, err := ParseSegment(query)
		if err != nil {
			t.Fatal(err)
		}
		found, err := ExpandSegment(s, look)
		if got := errorText(err); want == "" && got != "" || !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q, not %q", query, got, want)
		}
		if query == "segment:a" && len(found) != 2 {
			t.Errorf("%s uses %v", query, found)
		}
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
