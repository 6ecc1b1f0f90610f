package shop

import "time"

// ImportedPerson is one row of a list of people. Without a proof they are known, and get
// no promos.
type ImportedPerson struct {
	Phone string // international digits
	Name  string
	Tags  []string // with those of the city and the batch
	Proof *ConsentProof
}

// ConsentProof is how somebody agreed to promos outside the chat (UU PDP asks for proof).
type ConsentProof struct {
	At    time.Time // the day on which they did, from its midnight WIB
	How   string    // "formulir Kampus Bestie", "Shopee chat"
	Words string    // what they agreed to, or wrote
}

// ImportedCart is one row of a list of carts that were left.
type ImportedCart struct {
	Phone   string
	Product string
	At      time.Time
}

// ImportResult is what an import changed.
type ImportResult struct {
	New       int // people nobody knew before
	Known     int
	Consents  int   // proofs written
	OnRecord  int   // proofs that were there already
	StayedOut []int // places in the list of those who opted out after their proof
	Carts     int   // carts written or made newer
}

// SourceImport is the source of a consent that a list proved.
const SourceImport = "import"
