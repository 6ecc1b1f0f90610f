package shop

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ParseSegment reads a query. The error is a *SegmentError, which names the place and
// what may stand there, and unwraps to a *Error. Saved segments are not looked up here:
// see ExpandSegment.
func ParseSegment(query string) (Segment, error) {
	if !utf8.ValidString(query) || utf8.RuneCountInString(query) > MostSegmentLetters {
		return nil, &SegmentError{Problem: SegmentTooLong}
	}
	p := &segmentParser{text: []rune(query)}
	s := Segment{}
	all := 0 // where "all" stands
	for p.spaces(); !p.done(); p.spaces() {
		start := p.at
		if p.accept(segmentAll) || p.accept("semua") {
			all = start + 1
			continue
		}
		c, err := p.condition()
		if err != nil {
			return nil, err
		}
		if s = append(s, c); len(s) > MostSegmentConditions {
			return nil, &SegmentError{Problem: SegmentTooLong}
		}
	}
	switch {
	case all == 0 && len(s) == 0:
		return nil, &SegmentError{Problem: SegmentEmpty}
	case all > 0 && len(s) > 0:
		return nil, &SegmentError{Problem: SegmentAllAndMore, Column: all, Word: segmentAll}
	}
	return s, nil
}

// segmentParser walks through a query.
type segmentParser struct {
	text []rune
	at   int
}

func (p *segmentParser) done() bool { return p.at >= len(p.text) }

// next is the letter at the place, 0 at the end.
func (p *segmentParser) next() rune {
	if p.done() {
		return 0
	}
	return p.text[p.at]
}

func (p *segmentParser) spaces() {
	for !p.done() && unicode.IsSpace(p.next()) {
		p.at++
	}
}

// accept takes a whole word, written in any case.
func (p *segmentParser) accept(word string) bool {
	end := p.at + len(word)
	if end > len(p.text) || !strings.EqualFold(string(p.text[p.at:end]), word) || end < len(p.text) && !unicode.IsSpace(p.text[end]) {
		return false
	}
	p.at = end
	return true
}

// take reads while the letters may stand in a bare word.
func (p *segmentParser) take() string {
	start := p.at
	for !p.done() && isBare(p.next()) {
		p.at++
	}
	return string(p.text[start:p.at])
}

// wrong is a mistake at a place.
func (p *segmentParser) wrong(problem SegmentProblem, at int, word string) *SegmentError {
	return &SegmentError{Problem: problem, Column: at + 1, Word: brief(word, 40)}
}

// condition reads one word of the query.
func (p *segmentParser) condition() (c Condition, err error) {
	if p.next() == '-' {
		c.Not = true
		p.at++
	}
	start := p.at
	word := strings.ToLower(p.take())
	test := SegmentTest(string(p.next()))
	if never, ok := segmentWords[word]; ok && (p.done() || unicode.IsSpace(p.next())) {
		c.Key, c.Test = never, SegmentNever
		return c, nil
	}
	if !slices.Contains([]SegmentTest{SegmentIs, SegmentWithin, SegmentBefore}, test) {
		return c, p.noKey(start, word)
	}
	i := slices.IndexFunc(segmentKeys, func(k segmentKeyRule) bool { return string(k.key) == word || slices.Contains(k.words, word) })
	if i < 0 {
		e := p.wrong(SegmentUnknown, start, word)
		e.Near, e.Allowed = near(word, segmentNames()), segmentKeyNames()
		return c, e
	}
	rule := segmentKeys[i]
	c.Key, c.Test = rule.key, test
	if !slices.Contains(rule.tests, test) {
		e := p.wrong(SegmentTestNot, start, word+string(test))
		e.Allowed = rule.examples()
		return c, e
	}
	p.at++
	if test == SegmentIs {
		c.Values, err = p.values(c.Key)
	} else {
		c.Days, err = p.age(c.Key, test)
	}
	return c, err
}

// noKey is the mistake of a word after which no test stands.
func (p *segmentParser) noKey(start int, word string) error {
	if r := p.next(); r == '=' {
		e := p.wrong(SegmentTestNot, start, word+"=")
		e.Near = word + ":…"
		return e
	} else if word == "" && !p.done() && !unicode.IsSpace(r) {
		word = string(r)
	}
	e := p.wrong(SegmentAlone, start, word)
	if e.Near = near(word, segmentNames()); slices.ContainsFunc(segmentKeys, func(k segmentKeyRule) bool { return string(k.key) == e.Near || slices.Contains(k.words, e.Near) }) {
		e.Near += ":…"
	}
	e.Allowed = segmentKeyNames()
	return e
}

// values reads what stands after the colon: one or more, with commas between them.
func (p *segmentParser) values(key SegmentKey) (values []string, err error) {
	for {
		start := p.at
		v, err := p.value()
		if err != nil {
			return nil, err
		}
		if v == "" {
			return nil, p.wrong(SegmentNoValue, start, string(p.text[max(0, start-20):start]))
		}
		if v, err = p.valid(key, start, v); err != nil {
			return nil, err
		}
		if !slices.Contains(values, v) {
			values = append(values, v)
		}
		if len(values) > MostSegmentValues {
			return nil, &SegmentError{Problem: SegmentTooLong}
		}
		if p.next() != ',' {
			return values, p.ends()
		}
		p.at++
	}
}

// ends makes sure that a space or the end follows.
func (p *segmentParser) ends() error {
	if p.done() || unicode.IsSpace(p.next()) {
		return nil
	}
	return p.wrong(SegmentBadValue, p.at, string(p.next()))
}

// quotes are the marks that phones write, each with the ones that may end it.
const quotes = `"“”„`

// value reads a bare or quoted value in lower case, its spaces made single.
func (p *segmentParser) value() (string, error) {
	if !strings.ContainsRune(quotes, p.next()) || p.done() {
		return foldValue(p.take()), nil
	}
	start := p.at
	for p.at++; !p.done(); p.at++ {
		if strings.ContainsRune(quotes, p.next()) {
			p.at++
			return foldValue(string(p.text[start+1 : p.at-1])), nil
		}
	}
	return "", p.wrong(SegmentUnclosed, start, string(p.text[start:]))
}

// foldValue is a value as it is compared. Control characters and the marks of quotation
// have no place in one.
func foldValue(v string) string {
	v = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsGraphic(r) || strings.ContainsRune(quotes, r):
			return -1
		}
		return unicode.ToLower(r)
	}, v)
	return strings.Join(strings.Fields(v), " ")
}

// valid checks a value of a key and gives it its one spelling.
func (p *segmentParser) valid(key SegmentKey, at int, v string) (string, error) {
	e := p.wrong(SegmentBadValue, at, v)
	switch {
	case utf8.RuneCountInString(v) > mostSegmentValue:
		e.Allowed = []string{"1…" + strconv.Itoa(mostSegmentValue) + " letters"}
		return "", e
	case key == SegmentRole:
		if role, ok := segmentRoles[v]; ok {
			return role, nil
		}
		e.Near, e.Allowed = near(v, []string{"customer", "pelanggan", "dropshipper", "reseller"}), []string{"customer", "dropshipper"}
		return "", e
	case key == SegmentBatch:
		n, err := strconv.Atoi(v)
		if err != nil || n < 1 || n > MostBatch {
			e.Allowed = []string{"1…" + strconv.Itoa(MostBatch)}
			return "", e
		}
		return strconv.Itoa(n), nil
	}
	return v, nil
}

// MostBatch is more than the course will have groups (domain facts, "Business").
const MostBatch = 9999

// segmentUnits are the ages that may be written, in days.
var segmentUnits = []struct {
	days  int
	words []string
}{
	{1, []string{"d", "day", "days", "hari"}},
	{7, []string{"w", "week", "weeks", "minggu", "mg"}},
	{30, []string{"month", "months", "bulan", "bln"}},
}

// age reads a span such as 28d, 4minggu or 2bulan, in days.
func (p *segmentParser) age(key SegmentKey, test SegmentTest) (int, error) {
	start := p.at
	word := strings.ToLower(p.take())
	digits := strings.TrimRightFunc(word, unicode.IsLetter)
	n, err := strconv.Atoi(digits)
	for _, unit := range segmentUnits {
		if err == nil && slices.Contains(unit.words, word[len(digits):]) && n >= 1 && n <= MostSegmentDays/unit.days {
			return n * unit.days, p.ends()
		}
	}
	if word == "" {
		word = string(p.text[p.at:min(p.at+1, len(p.text))])
	}
	e := p.wrong(SegmentBadAge, start, word)
	if err == nil && len(digits) == len(word) && n >= 1 && n <= MostSegmentDays {
		e.Near = string(key) + string(test) + digits + "d"
	}
	e.Allowed = []string{string(key) + string(test) + "28d", "4w", "28hari", "4minggu", "2bulan", "1d…" + strconv.Itoa(MostSegmentDays) + "d"}
	return 0, e
}
