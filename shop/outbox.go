package shop

import "time"

// OutRow is one outgoing message as it waits in the outbox.
type OutRow struct {
	ID        int64
	MessageID string // committed before the first try; the same on every try
	Person    Person
	Lane      Lane
	Text      string
	File      *File // sent with Text as its caption; nil for none
	QuoteID   string
	Created   time.Time // the instant of the turn or tick that wrote it
	Attempts  int       // tries so far
	Unknown   bool      // the last try may have been delivered: this is the one retry
	Exempt    bool
	Answers   bool
	Author    int64 // the admin whose words these are, 0 when the bot speaks
	Campaign  int64
	Purchase  int64     // number of the purchase order it is about, 0 for none
	Expiry    uint32    // disappearing-message timer of the chat in seconds
	SentAt    time.Time // when the server took it; zero before
}

// ReplyFacts is what the loop guards look at (field guide, section 6).
type ReplyFacts struct {
	LastAt     time.Time // the last reply to this chat
	Minute     int       // replies to this chat in the last minute, hour, day
	Hour       int
	Day        int
	Global     int       // replies to everybody in the last minute
	SameTextAt time.Time // when the same text last went to this chat
}

// PromoFacts is what decides whether and when a promo may go to a person.
type PromoFacts struct {
	Consent   ConsentState
	Wrote     bool // an inbound message exists
	Unread    bool // … that nobody has dealt with: it may be a STOP
	Complaint bool
	History   PromoHistory
	SentToday int // promos to everybody today

	Campaign   CampaignState // "" when it belongs to none
	Expires    time.Time     // when its campaign ends; zero for no end
	Unanswered int           // customers who wait for an answer
}

// Guards are the limits on replies (field guide, section 6). None may be zero or
// unlimited in a configuration file; the zero Guards, which only Go code can set,
// is no guards at all.
type Guards struct {
	PerChatGap    time.Duration
	PerChatMinute int
	PerChatHour   int
	PerChatDay    int
	GlobalMinute  int
	SameText      time.Duration
	LoopExchanges int // more replies than this within LoopWindow are a loop
	LoopWindow    time.Duration
	LoopMute      time.Duration
	BusinessDay   int // replies a day to verified businesses and away texts
}

// DefaultGuards are the limits of the field guide.
func DefaultGuards() Guards {
	return Guards{
		PerChatGap: 3 * time.Second, PerChatMinute: 6, PerChatHour: 30, PerChatDay: 100, GlobalMinute: 30,
		SameText: 10 * time.Minute, LoopExchanges: 8, LoopWindow: 2 * time.Minute, LoopMute: 6 * time.Hour, BusinessDay: 1,
	}
}

// Off tells that there are no guards.
func (g Guards) Off() bool { return g == Guards{} }

// ReplyAt returns now if the limits let a reply pass, else the instant at which
// to ask again: the end of the gap, or a short wait while a count is full. drop is
// true when the same text went to the chat just before.
func (g Guards) ReplyAt(f ReplyFacts, now time.Time) (at time.Time, drop bool) {
	if !f.SameTextAt.IsZero() && now.Sub(f.SameTextAt) < g.SameText {
		return now, true
	}
	at = now
	if gap := f.LastAt.Add(g.PerChatGap); !f.LastAt.IsZero() && gap.After(at) {
		at = gap
	}
	for _, limit := range []struct {
		used, max int
		wait      time.Duration
	}{{f.Minute, g.PerChatMinute, 10 * time.Second}, {f.Hour, g.PerChatHour, 5 * time.Minute}, {f.Day, g.PerChatDay, time.Hour}, {f.Global, g.GlobalMinute, 2 * time.Second}} {
		if later := now.Add(limit.wait); limit.used >= limit.max && later.After(at) {
			at = later
		}
	}
	return at, false
}
