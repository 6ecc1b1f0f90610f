package templates

import (
	"time"

	"bestie/shop"
)

// Greet is the line put before an answer when the customer has not been greeted
// today: "Halo Kak Rina 👋". Word comes from Greeting.
type Greet struct{ Word, Name string }

// Holding says honestly that the answer is not known and will come: for every
// message that is not understood.
type Holding struct{ Name string }

// UnsetFact holds when the owner has not set the asked fact; About names it in
// Indonesian ("jam buka") or is empty.
type UnsetFact struct{ Name, About string }

// Rest closes an answer when the message asked something else too.
type Rest struct{ Name string }

// Empathy opens the answer to an angry message with a concrete wish.
type Empathy struct{ Name string }

// Media acknowledges what the bot cannot read.
type Media struct {
	Name string
	Kind shop.Kind
}

// ViewOnce asks to send a view-once picture again; it never reaches us.
type ViewOnce struct{ Name string }

// CallRejected answers a call, which was rejected.
type CallRejected struct{ Name string }

// AskConsent asks once whether promos are welcome: what comes, how often at most, and how
// to end it (UU PDP; field guide, section 5, point 8).
type AskConsent struct{ Name string }

// OptedOut confirms that no promo will come; Before tells that it was so already, Asked
// that they answered AskConsent.
type OptedOut struct {
	Name   string
	Before bool
	Asked  bool
}

// OptedIn confirms that promos are welcome again; Before tells that it was so
// already, Asked that they answered AskConsent.
type OptedIn struct {
	Name   string
	Before bool
	Asked  bool
}

// Late apologises for a message that was read too late to be answered by the
// bot, and names it (field guide, section 6).
type Late struct {
	Name     string
	Question string
	Age      time.Duration
}

// PromoFooter ends every promo.
type PromoFooter struct{}

// Balance tells a dropshipper what is left of the limit.
type Balance struct {
	Name, Shop        string
	Limit, Used, Free shop.Rupiah
	Pending, Deposit  shop.Rupiah
	Parked            int         // orders that wait for the limit
	Waiting, Missing  shop.Rupiah // what these cost, and what has to be paid for them
	DueSince          time.Time   // zero when nothing is owed
	Suspended         bool
}

// BalanceOf is what the books say.
func BalanceOf(name string, a *shop.Account) Balance {
	b := Balance{
		Name: name, Shop: a.Shop, Limit: a.Limit, Used: a.Used, Free: a.Free(), Pending: a.Pending, Deposit: a.Deposit,
		Parked: len(a.Parked), DueSince: a.DueSince, Suspended: !a.Suspended.IsZero(),
	}
	for _, o := range a.Parked {
		b.Waiting += o.Total
	}
	if b.Parked > 0 {
		b.Missing = a.Missing(0)
	}
	return b
}

// BalanceUnknown answers "saldo" from a number that is no dropshipper's.
type BalanceUnknown struct{ Name string }

// PaymentReported acknowledges a reported payment and confirms nothing: only an
// admin books it (domain facts, section 4). Amount 0 means not told.
// Proof tells that the picture of the transfer came with it.
type PaymentReported struct {
	Name   string
	Amount shop.Rupiah
	Proof  bool
}

func (Greet) text() string           { return "greet" }
func (Holding) text() string         { return "holding" }
func (UnsetFact) text() string       { return "unset_fact" }
func (Rest) text() string            { return "rest" }
func (Empathy) text() string         { return "empathy" }
func (Media) text() string           { return "media" }
func (ViewOnce) text() string        { return "view_once" }
func (CallRejected) text() string    { return "call_rejected" }
func (AskConsent) text() string      { return "ask_consent" }
func (OptedOut) text() string        { return "opted_out" }
func (OptedIn) text() string         { return "opted_in" }
func (Late) text() string            { return "late" }
func (PromoFooter) text() string     { return "promo_footer" }
func (Balance) text() string         { return "balance" }
func (BalanceUnknown) text() string  { return "balance_unknown" }
func (PaymentReported) text() string { return "payment_reported" }

func (OptedOut) answers() {}
func (OptedIn) answers()  {}
func (Balance) answers()  {}

// What names the medium in Indonesian.
func (m Media) What() string {
	if what := mediaNames[m.Kind]; what != "" {
		return what
	}
	return "kirimannya"
}

var mediaNames = map[shop.Kind]string{
	shop.KindImage: "fotonya", shop.KindVideo: "videonya", shop.KindVoice: "pesan suaranya", shop.KindAudio: "audionya",
	shop.KindDocument: "dokumennya", shop.KindSticker: "stikernya", shop.KindLocation: "lokasinya",
	shop.KindContact: "kontaknya", shop.KindAlbum: "foto-fotonya", shop.KindCart: "keranjangnya",
	shop.KindProduct: "produknya", shop.KindPoll: "polling-nya",
}
