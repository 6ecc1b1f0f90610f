package store

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bestie/shop"
)

// soul is a person as the naive test knows them.
type soul struct {
	lid, phone string
	role       string // one of person_roles or "division"; "" for a customer
	tags       []string
	wrote      int64 // last chat, 0 for never
	inbox      bool
	complaint  int64
	consents   []bool
	interests  map[string][3]int64 // asked, cart, ordered by product
}

// aSoul draws somebody; instants are days before now, some of them on the border.
func aSoul(t *rapid.T, now time.Time) soul {
	when := rapid.Custom(func(t *rapid.T) int64 {
		if rapid.Bool().Draw(t, "never") {
			return 0
		}
		return ms(now) - int64(rapid.IntRange(0, 50).Draw(t, "days"))*86_400_000 - int64(rapid.IntRange(-1, 1).Draw(t, "ms"))
	})
	s := soul{
		lid: rapid.SampledFrom([]string{"", "9"}).Draw(t, "lid"), phone: rapid.SampledFrom([]string{"62812", "7"}).Draw(t, "phone"),
		role:  rapid.SampledFrom([]string{"", "", "", "dropshipper", "duty", "division"}).Draw(t, "role"),
		tags:  rapid.SliceOfDistinct(rapid.SampledFrom([]string{"bakso", "VIP", "kota:Bandung", "kota:jakarta", "batch:3", "batch:33"}), rapid.ID).Draw(t, "tags"),
		wrote: when.Draw(t, "wrote"), inbox: rapid.Bool().Draw(t, "inbox"), complaint: when.Draw(t, "complaint"),
		consents: rapid.SliceOfN(rapid.Bool(), 0, 3).Draw(t, "consents"), interests: map[string][3]int64{},
	}
	for _, product := range rapid.SliceOfDistinct(rapid.SampledFrom([]string{"Bakso Urat", "Bakso Halus", "Siomay", ""}), rapid.ID).Draw(t, "products") {
		s.interests[product] = [3]int64{when.Draw(t, "asked"), when.Draw(t, "cart"), when.Draw(t, "ordered")}
	}
	return s
}

// holds evaluates one condition by looking.
func (s soul) holds(c shop.Condition, now time.Time, saved map[string]shop.Segment) bool {
	is := func(v string) bool {
		switch c.Key {
		case shop.SegmentRole:
			return v == cmp.Or(s.role, "customer")
		case shop.SegmentTag:
			return slices.ContainsFunc(s.tags, func(tag string) bool { return strings.EqualFold(tag, v) })
		case shop.SegmentCity:
			return slices.ContainsFunc(s.tags, func(tag string) bool { return strings.EqualFold(tag, "kota:"+v) })
		case shop.SegmentBatch:
			return slices.Contains(s.tags, "batch:"+v)
		case shop.SegmentSaved:
			return s.chosen(saved[v], now, saved)
		}
		for product, at := range s.interests {
			if at[place[c.Key]] > 0 && strings.Contains(strings.ToLower(product), v) {
				return true
			}
		}
		return false
	}
	last := s.wrote
	if c.Key != shop.SegmentLastChat {
		last = 0
		for _, at := range s.interests {
			last = max(last, at[place[c.Key]])
		}
	}
	switch age := ms(now) - last; c.Test {
	case shop.SegmentWithin:
		return c.Not != (last > 0 && age < int64(c.Days)*86_400_000)
	case shop.SegmentBefore:
		return c.Not != (last > 0 && age >= int64(c.Days)*86_400_000)
	case shop.SegmentNever:
		return c.Not != (last == 0)
	}
	return c.Not != slices.ContainsFunc(c.Values, is)
}

var place = map[shop.SegmentKey]int{shop.SegmentAsked: 0, shop.SegmentCart: 1, shop.SegmentOrdered: 2}

func (s soul) chosen(q shop.Segment, now time.Time, saved map[string]shop.Segment) bool {
	return !slices.ContainsFunc(q, func(c shop.Condition) bool { return !s.holds(c, now, saved) })
}

// fate is what requirement 1 of the field guide, section 5, says of them.
func (s soul) fate(now time.Time) shop.Fate {
	switch {
	case s.lid == "" && s.phone == "7":
		return shop.FateInvalid
	case len(s.consents) > 0 && !s.consents[len(s.consents)-1]:
		return shop.FateOptedOut
	case len(s.consents) == 0:
		return shop.FateNoConsent
	case !s.inbox:
		return shop.FateNeverWrote
	case s.complaint > 0 && ms(now)-s.complaint < 7*86_400_000:
		return shop.FateComplaint
	}
	return shop.FateSafe
}

// aQuery draws a query of words that can hold for a soul.
func aQuery(t *rapid.T, saved []string) string {
	words := []string{
		"role:customer", "role:dropshipper", "role:customer,dropshipper", "tag:bakso", "tag:vip", "tag:bakso,vip", "city:bandung", "city:jakarta,bandung",
		"batch:3", "batch:33", `asked:"bakso urat"`, "asked:bakso", "asked:halus,siomay", "cart:siomay", "ordered:bakso", "never_chatted", "never_asked", "never_cart", "never_ordered",
		"last_chat<28d", "last_chat>28d", "asked<7d", "asked>7d", "cart<30d", "cart>30d", "ordered<2d", "ordered>45d",
	}
	for _, name := range saved {
		words = append(words, "segment:"+name)
	}
	var query []string
	for range rapid.IntRange(1, 4).Draw(t, "conditions") {
		query = append(query, rapid.SampledFrom([]string{"", "", "-"}).Draw(t, "not")+rapid.SampledFrom(words).Draw(t, "word"))
	}
	return strings.Join(query, " ")
}

// settle writes a soul with an id into the books.
func (l *lab) settle(id int, s soul) {
	l.Helper()
	lid, phone := any(nil), s.phone
	if s.lid != "" {
		lid = s.lid + strconv.Itoa(id)
	}
	if phone == "7" {
		phone += strconv.Itoa(id)
	} else {
		phone += fmt.Sprintf("%08d", id)
	}
	l.run("INSERT INTO people (id, lid, phone, created_at) VALUES ($1, $2, $3, 0)", id, lid, phone)
	switch s.role {
	case "":
	case "division":
		l.run("INSERT INTO divisions (name, person_id) VALUES ($1, $2)", "d"+strconv.Itoa(id), id)
	default:
		l.run("INSERT INTO person_roles VALUES ($1, $2)", id, s.role)
	}
	for _, tag := range s.tags {
		l.run("INSERT INTO person_tags VALUES ($1, $2)", id, tag)
	}
	if s.wrote+s.complaint > 0 {
		l.run("INSERT INTO conversations (person_id, wrote_at, complaint_at) VALUES ($1, $2, $3)", id, s.wrote, s.complaint)
	}
	if s.inbox {
		l.wroteOnce(id)
	}
	for _, granted := range s.consents {
		l.run("INSERT INTO consents (person_id, granted, at, source, words) VALUES ($1, $2, 1, 'chat', 'x')", id, granted)
	}
	for product, at := range s.interests {
		l.run("INSERT INTO interests VALUES ($1, $2, $3, $4, $5)", id, product, at[0], at[1], at[2])
	}
}

// wroteOnce puts a message of a person into the inbox.
func (l *lab) wroteOnce(id int) {
	l.Helper()
	l.run(`INSERT INTO inbox (account, person_id, from_me, message_id, device, kind, text, file_name, quoted_id, target_id, detail, verified, forwarded, sent_at, received_at, handled_at)
		VALUES ('1', $1, 0, 'M', 0, 'text', '', '', '', '', '', '', 0, 1, 1, 1)`, id)
}

// empty leaves nobody in the books. Consents and the like refuse to go one by one.
func (l *lab) empty() {
	l.Helper()
	for _, stmt := range []string{"DROP TRIGGER IF EXISTS consents_no_delete", "DELETE FROM consents", "DELETE FROM inbox", "DELETE FROM outbox", "DELETE FROM campaign_people", "DELETE FROM campaigns", "DELETE FROM conversations", "DELETE FROM interests", "DELETE FROM person_tags", "DELETE FROM person_roles", "DELETE FROM divisions", "DELETE FROM segments", "DELETE FROM people"} {
		l.run(stmt)
	}
}

// Whom the statement chooses is whom somebody would choose who looked at everybody, and
// what speaks against each is the same.
func TestAudienceEqualsLookingAtEverybody(t *testing.T) {
	base := newLab(t)
	now := start
	rapid.Check(t, func(t *rapid.T) {
		l := base.with(t)
		l.empty()
		souls := map[int]soul{}
		for i := range rapid.IntRange(1, 12).Draw(t, "people") {
			souls[i+1] = aSoul(t, now)
			l.settle(i+1, souls[i+1])
		}
		saved := map[string]shop.Segment{}
		for i, name := range []string{"satu", "dua"} {
			saved[name] = l.segment(aQuery(t, []string{"satu"}[:i]))
			l.must(l.SaveSegment(l.ctx, now, name, saved[name], 0))
		}
		query := aQuery(t, []string{"satu", "dua"})
		var want []string
		for _, id := range slices.Sorted(maps.Keys(souls)) {
			s := souls[id]
			if s.role != "duty" && s.role != "division" && s.chosen(l.segment(query), now, saved) {
				want = append(want, fmt.Sprintf("%d:%s", id, s.fate(now)))
			}
		}
		if got := l.chosen(now, query, 0); got != strings.Join(want, " ") {
			t.Fatalf("%s\nchooses     %s\nlooking: %s", query, got, strings.Join(want, " "))
		}
	})
}
