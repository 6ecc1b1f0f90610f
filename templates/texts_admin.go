package templates

import (
	"slices"
	"time"

	"bestie/shop"
)

// Reasons for a page that leaves at once (domain facts, section 1).
const (
	ReasonPerson  = "person"  // wants to talk to a person
	ReasonAngry   = "angry"   // complains or insults
	ReasonThreat  = "threat"  // threatens with police, lawyers, the public
	ReasonPayment = "payment" // reports a payment
	ReasonHalf    = "half"    // began a complaint and did not finish it
	ReasonForm    = "form"    // gave what a form asked for, or as much as could be had
)

// Urgent is a page that leaves at once, before the first level.
type Urgent struct {
	Number int
	Name   string
	Phone  string
	Age    time.Duration
	Words  string
	Reason string // one of the Reason constants
	Title  string // of the form
	Data   []shop.Given
}

// UrgentOf is the text of an urgent page.
func UrgentOf(u shop.Urgent) Urgent {
	return Urgent{
		Number: u.Number, Name: u.Person.CallName(), Phone: u.Person.Phone,
		Age: u.Age, Words: u.Words, Reason: u.Reason, Title: u.Title, Data: u.Data,
	}
}

// SendFailed tells that a message did not leave, or (Unknown) that nobody knows.
type SendFailed struct {
	Name, Phone string
	Words       string // of the message that failed
	Unknown     bool
}

// PromoMissed asks what shall become of a campaign whose slot passed unsent.
type PromoMissed struct {
	Number   int // 0 when it has none: then it can only be planned anew
	Campaign string
	Slot     time.Time
}

// PromoPlanned tells what a campaign will do with its audience.
type PromoPlanned struct {
	Number   int
	Campaign string
	Plan     shop.CampaignPlan
}

// Causes that stop promos (field guide, section 5).
const (
	CauseTimelock = "timelock"
	Cause463      = "463"
	Cause429      = "429"
	CauseBan      = "ban"
	CauseLogout   = "logged_out"
	CauseDelivery = "delivery" // too few promos arrive
	CauseOptOut   = "optout"   // too many people opt out
	CausePace     = "pace"     // replies to customers had to wait
)

// PromoStopped tells that promos stopped by themselves. Until is zero when
// WhatsApp named no end.
type PromoStopped struct {
	Cause      string // one of the Cause constants, or a sentence
	Until      time.Time
	Level      shop.Retreat // beyond the promos, until LevelUntil; 0 for none
	LevelUntil time.Time
	Sent, Left int
}

// Connection tells that the bot cannot work: Sentence is the state's Indonesian
// sentence, Hint what to do, in Indonesian, may be empty.
type Connection struct {
	Sentence, Hint string
	Since          time.Time
}

// Restored tells that the connection is back, after how long, and how many
// chats came in meanwhile.
type Restored struct {
	Down   time.Duration
	Missed int
}

func (Urgent) text() string       { return "urgent" }
func (SendFailed) text() string   { return "send_failed" }
func (PromoMissed) text() string  { return "promo_missed" }
func (PromoPlanned) text() string { return "promo_planned" }
func (PromoStopped) text() string { return "promo_stopped" }
func (Connection) text() string   { return "connection" }
func (Restored) text() string     { return "restored" }

// textSamples is every text at least once, in all its branches: what LoadTexts
// writes to find mistakes.
var textSamples = samples()

func samples() []Text {
	at := time.Date(2026, 11, 25, 17, 0, 0, 0, shop.WIB)
	out := []Text{
		Greet{"Halo", "Rina"},
		Greet{"Selamat pagi", ""},
		Holding{"Rina"},
		Holding{},
		UnsetFact{"Rina", "jam buka"},
		UnsetFact{},
		Rest{"Rina"},
		Rest{},
		Empathy{"Rina"},
		Empathy{},
		Media{"Rina", shop.KindImage},
		Media{"", shop.KindUnknown},
		ViewOnce{"Rina"},
		ViewOnce{},
		CallRejected{"Rina"},
		CallRejected{},
		AskConsent{"Rina"},
		AskConsent{},
		OptedOut{Name: "Rina"},
		OptedOut{Before: true},
		OptedOut{Asked: true},
		OptedIn{Name: "Rina"},
		OptedIn{Before: true},
		OptedIn{Asked: true},
		Late{"Rina", "ongkir ke bandung berapa?", 3 * time.Hour},
		Late{"", "", time.Hour},
		PromoFooter{},
		Balance{Name: "Dina", Shop: "Toko Dina", Limit: 300_000, Used: 88_468, Free: 211_532, DueSince: at},
		Balance{Shop: "Toko Dina", Limit: 300_000, Used: 310_000, Free: -10_000},
		Balance{"Dina", "Toko Dina", 300_000, 290_000, 10_000, 150_123, 5_000, 2, 40_000, 25_000, at, true},
		BalanceUnknown{"Rina"},
		BalanceUnknown{},
		PaymentReported{"Dina", 150_000, false},
		PaymentReported{Proof: true},
		PaymentReported{},
		SendFailed{"Rina", "6281200000001", "Ongkir ke Bandung Rp12.000", false},
		SendFailed{"", "", "x", true},
		PromoMissed{7, "Diskon 25%", at},
		PromoMissed{0, "Diskon 25%", at},
		PromoPlanned{7, "Diskon 25%", shop.CampaignPlan{At: at, Chosen: 412, Fates: map[shop.Fate]int{shop.FateSafe: 333, shop.FateNoRoom: 12, shop.FateCapped: 10, shop.FateNoConsent: 57}, Slots: []shop.SlotPlan{{At: at, People: 160}, {At: at.AddDate(0, 0, 2), People: 173}}}},
		PromoPlanned{0, "Diskon 25%", shop.CampaignPlan{At: at, Chosen: 3, Fates: map[shop.Fate]int{shop.FateNoConsent: 3}}},
		Connection{"Bot terputus dari WhatsApp.", "", at},
		Connection{"Tautan dilepas.", "tautkan ulang dari HP toko.", at},
		Restored{7 * time.Minute, 3},
		Restored{time.Hour, 0},
	}
	for _, reason := range []string{ReasonPerson, ReasonAngry, ReasonThreat, ReasonPayment} {
		out = append(out, Urgent{Number: 3, Name: "Rina", Phone: "6281200000001", Age: 4 * time.Second, Words: "mau bicara admin", Reason: reason})
	}
	data := []shop.Given{{Name: "pesanan", Value: "2309187654321"}, {Name: "nomor_hp"}}
	out = append(out, Urgent{3, "Rina", "6281200000001", 30 * time.Minute, "pecah kak", ReasonHalf, "", data},
		Urgent{3, "Rina", "6281200000001", 4 * time.Second, "pecah kak", ReasonForm, "Barang rusak", data},
		Urgent{Number: 3, Reason: ReasonAngry, Title: "Barang rusak", Data: data})
	for _, cause := range []string{CauseTimelock, Cause463, Cause429, CauseBan, CauseLogout, CauseDelivery, CauseOptOut, CausePace, "lainnya"} {
		out = append(out, PromoStopped{Cause: cause, Until: at, Sent: 12, Left: 30}, PromoStopped{Cause: cause})
	}
	for level := range shop.RetreatSilence + 1 {
		out = append(out, PromoStopped{Cause: Cause463, Until: at, Level: level, LevelUntil: at}, PromosOn{level, at})
	}
	return slices.Concat(out, deskSamples(), talkSamples(), rosterSamples(), reportSamples(), orderSamples(), pageSamples(), paymentSamples(), shopSamples(), audienceSamples(),
		booksSamples(), promoSamples(), dropshipSamples(), dropOrderSamples(), ownOrderSamples(), warehouseSamples(), accountSamples(), erasureSamples())
}
