package templates

import (
	"time"

	"bestie/shop"
)

// Page tells an admin that a customer waits. Level 1 is the first page, 2 the
// second, 3 the supervisor's, 4 and above the breach of the promise.
type Page struct {
	Level  int
	Round  int // how often the last page was repeated
	Number int // the chat's, shown as #3; 0 for none
	Name   string
	Phone  string // digits; empty while WhatsApp hides it
	Age    time.Duration
	Words  string // the message; only its first words are quoted
	Menu   bool   // the customer was offered choices and has not chosen
}

// PageOf is the page about one wait.
func PageOf(p shop.Page) Page {
	level := int(p.Rank)
	if p.Breach {
		level = int(shop.RankOwner)
	}
	return Page{
		Level: level, Round: p.Round, Number: p.Wait.Number, Name: p.Person.CallName(), Phone: p.Person.Phone,
		Age: p.Now.Sub(p.Wait.Since), Words: p.Wait.Words, Menu: p.Menu,
	}
}

// Pages is one page about several chats, the longest waiting first.
type Pages struct {
	Now    time.Time
	Chats  []shop.Page
	All    int  // how many there are
	Breach bool // the promise is broken for one of them at least
}

// mostLines bounds the chats that a page names.
const mostLines = 30

// PagesOf is the page about all chats, of which the pages are the longest waiting.
func PagesOf(pages []shop.Page, all int) (p Pages) {
	p.All = all
	for _, page := range pages {
		p.Now = page.Now
		p.Breach = p.Breach || page.Breach
	}
	p.Chats = pages[:min(len(pages), mostLines)]
	return p
}

// Age is how long a chat has waited.
func (p Pages) Age(c shop.Page) time.Duration { return p.Now.Sub(c.Wait.Since) }

// Oldest is how long the first of them has waited.
func (p Pages) Oldest() (age time.Duration) {
	for _, c := range p.Chats {
		age = max(age, p.Age(c))
	}
	return age
}

// More is how many chats are not named.
func (p Pages) More() int { return p.All - len(p.Chats) }

// First is the number of the chat that has waited longest.
func (p Pages) First() int {
	for _, c := range p.Chats {
		if c.Wait.Number != 0 {
			return c.Wait.Number
		}
	}
	return 0
}

// PageAlarm is the same for the second channels, which are not ours: it names neither
// numbers of people nor what they wrote.
type PageAlarm struct{ Pages }

// Hold is what a customer is told who waits for an answer of a person.
type Hold struct{ Name string }

// AlarmTest is the message with which a second channel is tried.
type AlarmTest struct{ Shop string }

func (Page) text() string      { return "page" }
func (Pages) text() string     { return "pages" }
func (PageAlarm) text() string { return "page_alarm" }
func (Hold) text() string      { return "hold" }
func (AlarmTest) text() string { return "alarm_test" }

func pageSamples() (out []Text) {
	at := time.Date(2026, 11, 25, 17, 0, 0, 0, shop.WIB)
	chat := shop.Page{
		Now: at, Wait: shop.Wait{Number: 3, Since: at.Add(-5 * time.Minute), Words: "halo kak"}, Breach: true,
		Person: shop.Person{Name: "Rina", Address: shop.Address{Phone: "6281200000001"}},
	}
	for level := 1; level <= 4; level++ {
		out = append(out, Page{level, level / 4, 3, "Rina", "6281200000001", 150 * time.Second, "halo kak, ini halal?", level == 1}, Page{Level: level})
	}
	for _, p := range []Pages{PagesOf([]shop.Page{chat, {Now: at}}, 2), PagesOf(make([]shop.Page, 8), 700)} {
		out = append(out, p, PageAlarm{p})
	}
	return append(out, Hold{"Rina"}, Hold{}, AlarmTest{"Bestie Sejahtera"})
}
