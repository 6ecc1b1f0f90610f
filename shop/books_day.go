package shop

// BooksOfDay compares three records of one day: the ledger, the dropshippers' own reports
// and the payments that were confirmed as received (domain facts, section 4, "Daily
// reconciliation").
type BooksOfDay struct {
	Day   Day
	Shops []ShopDay // with anything to tell, by the name of the shop
	Cash  Rupiah    // what the ledger booked on AccountCash
}

// ShopDay is the day of one dropshipper.
type ShopDay struct {
	ShopName
	Booked    int    // orders that the ledger booked on the day and that still stand
	Cost      Rupiah // of these
	TakenBack int    // orders that were booked on the day and cancelled or returned since
	Waiting   int    // orders of the day that wait for the limit
	Reports   int    // platforms that were reported; 0: no report
	Reported  int    // orders on these
	Cancelled int    // … of which cancelled
	Sales     Rupiah
	Payments  int    // confirmed on the day
	Paid      Rupiah // by what arrived
	Open      int    // payments announced on the day that nobody confirmed yet
	Announced Rupiah // by these
}

// DayGap is what does not fit in a dropshipper's day.
type DayGap string

// The gaps. Orders that wait for the limit are no orders that are missing.
const (
	GapNone     DayGap = ""
	GapNoReport DayGap = "no_report" // orders are booked, nothing was reported
	GapMissing  DayGap = "missing"   // more were sold than ordered here
	GapMore     DayGap = "more"      // more were ordered here than sold
)

// Sold is how many orders a dropshipper reports that were not cancelled.
func (s ShopDay) Sold() int { return s.Reported - s.Cancelled }

// Gap is what does not fit, and by how many orders.
func (s ShopDay) Gap() (DayGap, int) {
	here := s.Booked + s.Waiting
	switch {
	case s.Reports == 0 && here > 0:
		return GapNoReport, here
	case s.Reports > 0 && s.Sold() > here:
		return GapMissing, s.Sold() - here
	case s.Reports > 0 && s.Sold() < here:
		return GapMore, here - s.Sold()
	}
	return GapNone, 0
}

// Fits tells that nothing of the day needs to be looked at.
func (s ShopDay) Fits() bool {
	gap, _ := s.Gap()
	return gap == GapNone && s.Open == 0
}

// Sum adds up all dropshippers.
func (b BooksOfDay) Sum() (sum ShopDay) {
	for _, s := range b.Shops {
		sum.Booked += s.Booked
		sum.Cost += s.Cost
		sum.TakenBack += s.TakenBack
		sum.Waiting += s.Waiting
		sum.Reports += s.Reports
		sum.Reported += s.Reported
		sum.Cancelled += s.Cancelled
		sum.Sales += s.Sales
		sum.Payments += s.Payments
		sum.Paid += s.Paid
		sum.Open += s.Open
		sum.Announced += s.Announced
	}
	return sum
}
