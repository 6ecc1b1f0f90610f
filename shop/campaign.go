package shop

import "time"

// Campaign is one promo to the people of an audience.
type Campaign struct {
	ID, Ticket int64
	Number     int // that of its ticket, by which people call it
	Name       string
	Kind       CampaignKind
	Audience   string // a query (docs/promos.md)
	Text       string // the first of Wordings
	Wordings   []string
	Offer      string
	Deadline   string
	Call       string
	Image      *File
	Picture    int64     // the message whose picture becomes Image when it has been fetched; 0 for none
	NotBefore  time.Time // zero: from the next slot on
	ExpiresAt  time.Time // nothing leaves from then on; zero: two weeks after it was planned
	State      CampaignState
	CreatedBy  int64
	ApprovedBy int64
	CreatedAt  time.Time
	ApprovedAt time.Time
}

// CampaignKind says what a promo is for (domain facts, section 3).
type CampaignKind string

// The kinds.
const (
	CampaignCart    CampaignKind = "cart"    // a reminder of what was left in the cart
	CampaignProduct CampaignKind = "product" // a new product
	CampaignPromo   CampaignKind = "promo"   // an offer without a voucher
	CampaignVoucher CampaignKind = "voucher" // an offer with one
)

// CampaignState is how far a campaign has come (docs/states.md).
type CampaignState string

// The states. A campaign is approved by a person, scheduled when everybody in it has
// a slot, running from its first slot on. Missed: no slot of it was ever sent.
const (
	CampaignDraft     CampaignState = "draft"
	CampaignApproved  CampaignState = "approved"
	CampaignScheduled CampaignState = "scheduled"
	CampaignRunning   CampaignState = "running"
	CampaignPaused    CampaignState = "paused"
	CampaignFinished  CampaignState = "finished"
	CampaignCancelled CampaignState = "cancelled"
	CampaignMissed    CampaignState = "missed"
)

// Fate is what a campaign does with a person of its audience: they are sent the
// promo, or why they are not (field guide, section 5, requirement 1).
type Fate string

// The fates, in the order in which they are decided.
const (
	FateInvalid    Fate = "invalid"     // no address that can be written to, or one of the shop's own people
	FateOptedOut   Fate = "opted_out"   // said STOP
	FateNoConsent  Fate = "no_consent"  // never agreed to promos
	FateNeverWrote Fate = "never_wrote" // never wrote to us: WhatsApp may refuse with 463
	FateComplaint  Fate = "complaint"   // complained lately
	FateCapped     Fate = "capped"      // no day is left on which their caps allow one before the campaign ends
	FateNoRoom     Fate = "no_room"     // all evenings until the campaign ends are full
	FateMissed     Fate = "missed"      // their slot was missed and an admin left it so, or the campaign ended before it
	FateSafe       Fate = "safe"        // gets the promo
)
