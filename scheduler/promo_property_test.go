package scheduler_test

import (
	"flag"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bestie/shop"
)

// market is a random history of campaigns with what every person said and got, noted
// beside the database.
type market struct {
	*desk
	t       *rapid.T
	people  []shop.Person
	wants   map[string]bool        // who agreed and has not said STOP, by phone
	got     map[string][]time.Time // promos that may have arrived
	had     map[string]bool        // phone and text
	tickets []int64                // of the campaigns
	fates   func(n int) error      // of the next sends
	sends   int
	pace    time.Duration
}

const marketCrowd = 6

// marketDays are more than the shop's own, with which nobody could get a third promo in a week.
var marketDays = append(shop.DefaultSlots(), shop.Slot{Weekday: time.Thursday, Hour: 17}, shop.Slot{Weekday: time.Saturday, Hour: 19})

// rules are those of this history: a slow pace leaves promos waiting when the evening ends
// or the clock jumps.
func (m *market) rules() {
	m.out.Policy.Guards = shop.Guards{}
	m.out.Policy.Promo.Slots, m.promos.Promo.Slots = marketDays, marketDays
	m.out.Policy.Promo.PaceMin, m.out.Policy.Promo.PaceMax = m.pace, m.pace
}

// watch judges every promo at the instant at which it leaves.
func (m *market) watch() {
	m.wire.answer = func(out shop.Outgoing) error {
		if !strings.HasPrefix(out.Text, "diskon") {
			return nil
		}
		m.sends++
		err := m.fates(m.sends)
		if failure, ok := err.(*shop.SendError); ok && failure.Fate != shop.FateUnknown {
			return err // it did not arrive
		}
		m.judge(out.To.Phone, out.Text, m.clock.Now())
		return err
	}
}

func (m *market) judge(phone, text string, now time.Time) {
	if !m.wants[phone] {
		m.t.Errorf("%s got %q at %s without consent", phone, text, now)
	}
	if h := now.In(shop.WIB).Hour(); h < 8 || h >= 21 {
		m.t.Errorf("%s got %q in quiet hours, at %s", phone, text, now)
	}
	if key := phone + text; m.had[key] {
		m.t.Errorf("%s got %q twice", phone, text)
	} else {
		m.had[key] = true
	}
	m.got[phone] = append(m.got[phone], now)
	days := map[int]int{}
	for _, at := range m.got[phone] {
		days[int(at.In(shop.WIB).Sub(shop.Midnight(start)).Hours())/24]++
	}
	for day, n := range days {
		if n > 1 {
			m.t.Errorf("%s got %d promos on one day: %v", phone, n, m.got[phone])
		}
		on := 0
		for i := range 7 {
			if days[day+i] > 0 {
				on++
			}
		}
		if on > 2 {
			m.t.Errorf("%s got promos on %d days of seven: %v", phone, on, m.got[phone])
		}
	}
}

// say lets somebody write; their turn comes only with the next step: until then what
// they said has only been received.
func (m *market) say(n int, in bool) {
	p := m.people[n]
	m.wants[p.Phone] = m.wants[p.Phone] && in
	if _, err := m.db.Receive(m.Context(), m.clock.Now(), 0, shop.Incoming{
		Account: "628110000000", Chat: p.Address, ID: m.wire.NewMessageID(), Kind: shop.KindText, Text: "stop", SentAt: m.clock.Now(),
	}); err != nil {
		m.Fatal(err)
	}
	if !in && rapid.Bool().Draw(m.t, "unread") {
		m.advance(rapid.SampledFrom([]time.Duration{time.Second, time.Minute, 6 * time.Hour}).Draw(m.t, "slow")) // the turn takes its time
	}
	m.turn(m.clock.Now(), shop.Outcome{Consents: []shop.Consent{{PersonID: p.ID, Granted: in, At: m.clock.Now(), Source: "chat", Words: "stop"}}})
	m.wants[p.Phone] = in
}

// decide lets an admin say something about a campaign.
func (m *market) decide(kind shop.ActionKind, to shop.CampaignState) {
	if len(m.tickets) == 0 {
		return
	}
	a := shop.Action{Kind: kind, Ticket: rapid.SampledFrom(m.tickets).Draw(m.t, "ticket"), Admin: m.admin.ID, State: to}
	m.receiveFrom(90, shop.Outcome{Desk: []shop.Action{a}})
}

func (m *market) act() {
	kinds := []string{"campaign", "campaign", "stop", "in", "restart", "jump", "back", "away", "kirim", "kirim", "lewati", "jeda", "lanjut", "batal", "buka", "fate", "pass", "pass", "pass", "slot", "slot", "slot"}
	switch kind := rapid.SampledFrom(kinds).Draw(m.t, "act"); kind {
	case "campaign":
		text := fmt.Sprintf("diskon %d", len(m.tickets))
		id, err := m.db.AddCampaign(m.Context(), shop.Campaign{Name: text, Text: text, ApprovedAt: m.clock.Now(), CreatedBy: m.admin.ID})
		if err != nil {
			m.Fatal(err)
		}
		c, _, err := m.db.Campaign(m.Context(), id)
		if err != nil {
			m.Fatal(err)
		}
		m.tickets = append(m.tickets, c.Ticket)
	case "stop", "in":
		m.say(rapid.IntRange(0, marketCrowd-1).Draw(m.t, "who"), kind == "in")
	case "restart":
		m.open()
		m.rules()
		if err := m.db.Recover(m.Context(), m.clock.Now()); err != nil {
			m.Fatal(err)
		}
	case "jump": // nothing runs meanwhile
		m.clock.Advance(time.Duration(rapid.IntRange(1, 4000).Draw(m.t, "minutes")) * time.Minute)
	case "back":
		m.clock.Advance(-time.Duration(rapid.IntRange(1, 600).Draw(m.t, "minutes")) * time.Minute)
	case "away":
		m.wire.ready = false
		m.advance(time.Duration(rapid.IntRange(1, 600).Draw(m.t, "minutes")) * time.Minute)
		m.wire.ready = true
	case "kirim":
		m.decide(shop.ActPromoSend, "")
	case "lewati":
		m.decide(shop.ActPromoSkip, "")
	case "jeda":
		m.decide(shop.ActPromoMove, shop.CampaignPaused)
	case "lanjut":
		m.decide(shop.ActPromoMove, shop.CampaignApproved)
	case "batal":
		m.decide(shop.ActPromoMove, shop.CampaignCancelled)
	case "buka":
		m.receiveFrom(91, shop.Outcome{OpenPromos: true})
	case "fate":
		every := rapid.IntRange(1, 4).Draw(m.t, "every")
		err := rapid.SampledFrom([]error{nil, errUnknown, refuse(463), refuse(429), refuse(479)}).Draw(m.t, "fate")
		m.fates = func(n int) error {
			if err != nil && n%every == 0 {
				return err
			}
			return nil
		}
	case "pass":
		m.advance(time.Duration(rapid.IntRange(1, 2000).Draw(m.t, "minutes")) * time.Minute)
	case "slot":
		next := rapid.SampledFrom(marketDays).Draw(m.t, "slot").NextAfter(m.clock.Now())
		m.advance(next.Sub(m.clock.Now()) + time.Duration(rapid.IntRange(0, 90).Draw(m.t, "minutes"))*time.Minute)
	}
}

// Whatever happens, nobody gets more than one promo a day or on more than two of any
// seven days, none without consent or after a STOP that was received, none in quiet
// hours, none twice.
func TestNobodyGetsTooMuch(t *testing.T) {
	if checks := flag.Lookup("rapid.checks"); checks.Value.String() == checks.DefValue { // a history takes a second
		defer func() { _ = checks.Value.Set(checks.DefValue) }()
		if err := checks.Value.Set("12"); err != nil {
			t.Fatal(err)
		}
	}
	sent, plays := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		m := &market{desk: newDesk(t), t: rt, wants: map[string]bool{}, got: map[string][]time.Time{}, had: map[string]bool{}, fates: func(int) error { return nil }}
		m.watch()
		m.pace = rapid.SampledFrom([]time.Duration{20 * time.Second, 25 * time.Minute}).Draw(rt, "pace")
		m.rules()
		for n := range marketCrowd {
			p := m.customer(n, start.Add(-time.Duration(n)*5*time.Hour))
			if n > 0 { // one never agreed
				m.consent(p)
			}
			m.people, m.wants[p.Phone] = append(m.people, p), n > 0
		}
		for range rapid.IntRange(10, 40).Draw(rt, "acts") {
			m.act()
		}
		m.advance(10 * 24 * time.Hour)
		for _, list := range m.got {
			sent += len(list)
		}
		plays++
	})
	t.Logf("%d promos in %d histories", sent, plays)
	if sent < plays {
		t.Errorf("%d promos in %d histories: they show nothing", sent, plays)
	}
}
