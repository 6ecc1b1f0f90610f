package main

import (
	"time"

	"github.com/rs/zerolog"

	"bestie/shop"
)

// Config is everything an owner may decide. Its fields are filled from one
// table, settings (config_table.go), which also knows every default, bound and
// doc sentence; bestie.example.yaml shows the same table to people.
type Config struct {
	Business     BusinessConfig
	DataDir      string // folder of both database files
	ProductsFile string // product list, "" when there is none
	TemplatesDir string // the owner's part of the reply library, "" when there is none
	Log          LogConfig
	Admins       []Admin
	Roster       []ShiftItem
	Absences     []AbsenceItem
	Divisions    []Division
	Warehouse    WarehouseConfig
	SLA          shop.SLA
	Alerts       []string // addresses of the second channels: secrets
	Reply        ReplyConfig
	Takeover     TakeoverConfig
	Rating       RatingConfig
	Guards       GuardsConfig
	Send         SendConfig
	Promo        shop.Promo
	SecondPerson string // promo.second_person: "on" or "off"
	AskConsent   string // promo.ask_consent
	Dropship     DropshipConfig
	Facts        Facts
	Media        MediaConfig
	Link         LinkConfig
	Report       ReportConfig
}

// BusinessConfig names the shop and its WhatsApp number.
type BusinessConfig struct {
	Number string // international digits, "" when not given
	Name   string
}

// LogConfig says how much is logged, and for whom.
type LogConfig struct {
	Level  zerolog.Level
	Format string // "auto", "json" or "console"
}

// Admin is somebody of the shop who is paged on their own WhatsApp number.
type Admin struct {
	Name  string
	Phone string      // international digits
	Roles []shop.Role // at all hours; none for who is paged only when a shift names them
}

// ReplyConfig times the bot's answers.
type ReplyConfig struct {
	Debounce             time.Duration // wait for the rest of a burst of messages
	TypingMin, TypingMax time.Duration // how long "typing…" is shown before an answer
	Freshness            time.Duration // older messages are never answered by the bot
	ApologyUntil         time.Duration // up to this age a late message gets one apology
}

// TakeoverConfig is about chats that a person took over.
type TakeoverConfig struct {
	Pause time.Duration // the bot's silence after a message typed by a person
}

// RatingConfig is about asking customers how the service was.
type RatingConfig struct {
	Ask string // "on" or "off"
}

// GuardsConfig bounds the bot's replies (field guide, section 6).
type GuardsConfig struct {
	PerChatGap        time.Duration // least time between two replies in a chat
	PerChatMinute     int
	PerChatHour       int
	PerChatDay        int
	GlobalMinute      int           // replies a minute over all chats
	SameText          time.Duration // the same text goes to a chat once in this time
	LoopExchanges     int           // more replies than this within LoopWindow are a loop
	LoopWindow        time.Duration
	LoopMute          time.Duration // how long a looping chat is left alone
	BusinessSenderDay int           // replies a day to verified businesses and away texts
}

// SendConfig is about messages on their way out.
type SendConfig struct {
	RetryUnknownWithin time.Duration // replies of unknown fate are tried again up to this age
}

// WarehouseConfig is about the orders that the warehouse packs and sends.
type WarehouseConfig struct {
	To     string        // name of a division, a number or a group; "" when orders are passed on by hand
	Cutoff time.Duration // until when an order leaves the same day, since midnight (WIB)
	Remind time.Duration // when what would miss it is named; negative: never
}

// DropshipConfig is about dropshippers.
type DropshipConfig struct {
	Limit     shop.Rupiah   // initial credit limit
	Terms     time.Duration // how long after an order its cost is due
	Remind    time.Duration // when dropshippers are reminded of what is due, since midnight (WIB); negative: never
	Reminders int           // most reminders one gets in seven days
	Digest    time.Duration // when the owner is told where the ledger stands; negative: never
}

// MediaConfig is about files that customers send.
type MediaConfig struct {
	Max int64 // bytes
}

// LinkConfig describes the link to WhatsApp where it is played, not real.
type LinkConfig struct {
	Age time.Duration // how old a rehearsal pretends the link to be
}

// Facts are what no document of the shop tells and the bot must not invent. An
// unset fact is "" or nil: the bot answers with a holding reply instead.
type Facts struct {
	OpeningHours   string
	COD            string
	PaymentMethods string
	MinimumOrder   string
	GroupLinks     string
	SignupSteps    string
	DeliveryTimes  string
	DispatchCutoff string // "15.00 WIB" unless the owner says otherwise (domain facts, section 6)
	CurrentPromo   string
	OrderLinks     string
	Wholesale      string
	ReturnRules    string
	ExchangeRules  string
	About          string
	WebsiteLogin   string
	Certificates   string
	WithdrawalFees string
	CityRates      map[string]shop.Rupiah // by city, in lower case
}

// DefaultConfig is the configuration of an owner who decided nothing.
func DefaultConfig() *Config {
	c := &Config{}
	for _, s := range settings {
		if s.def == "" {
			continue
		}
		if err := c.Set(s.path, s.def); err != nil {
			panic(err) // a wrong table; the tests load it
		}
	}
	return c
}

// Set changes one setting by its path, such as "sla.warn", to a value as a
// rehearsal script or the environment spells it: scalars as they are, lists with
// commas ("1m, 2m"), maps as "city: amount" with commas, or both as YAML. The
// error is a *ConfigError that names the allowed values. Rules over several
// settings are left to Check, so that a script may change one after the other.
func (c *Config) Set(path, text string) error {
	s := findSetting(path)
	if s == nil {
		return &ConfigError{[]Mistake{unknownKey(path)}}
	}
	v, err := readText(s.kind.shape, text)
	if err != nil {
		return &ConfigError{[]Mistake{{Key: path, Problem: s.unread(err), Allowed: s.kind.allowed}}}
	}
	if mistakes := s.apply(c, v); len(mistakes) > 0 {
		return &ConfigError{mistakes}
	}
	return nil
}

// Fact is something about the shop that only its owner can tell.
type Fact struct {
	Key  string // path in bestie.yaml
	What string // what customers ask about it
}

// UnsetFacts lists the facts that the owner has not given yet, in the order of
// the table. Customers who ask for one get a holding reply.
func (c *Config) UnsetFacts() []Fact {
	var out []Fact
	for _, s := range settings {
		if s.fact && s.kind.show(c) == "" {
			out = append(out, Fact{s.path, s.doc})
		}
	}
	return out
}
