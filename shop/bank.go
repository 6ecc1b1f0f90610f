package shop

import "strings"

// BankLine is money that came in, as a bank's own list has it.
type BankLine struct {
	Row    int // of the file, as a spreadsheet counts
	Day    Day
	Amount Rupiah
	Note   string
}

// BankPair is a line of the bank with the payment that it most likely is.
type BankPair struct {
	Line    BankLine
	Payment Payment
}

// BankMatch compares a bank's list with the payments of a day.
type BankMatch struct {
	Matched     []BankPair // confirmed by the very amount that came in
	Unconfirmed []BankPair // came in, but the payment waits, was rejected or forgotten
	OnlyBank    []BankLine // of the day; no payment has that amount
	OnlyLedger  []Payment  // confirmed on the day; the bank has no such amount
}

// BankDays is how many days lie at most between a line of the bank and the payment: one that
// came in at night is confirmed in the morning, and after a weekend on Monday.
const BankDays = 3

// MatchBank pairs what came in with payments by amount and code, nearest days first; of
// several alike the one whose shop the note names. A line and a payment are paired once.
func MatchBank(day Day, lines []BankLine, payments []Payment) (m BankMatch) {
	seen, taken := make([]bool, len(lines)), make([]bool, len(payments))
	pair := func(confirmed bool) (out []BankPair) {
		for apart := range Day(BankDays + 1) {
			for _, named := range []bool{true, false} {
				for i, l := range lines {
					for k, p := range payments {
						if !seen[i] && !taken[k] && p.fits(l, confirmed, apart) && (!named || p.named(l.Note)) {
							seen[i], taken[k] = true, true
							out = append(out, BankPair{l, p})
						}
					}
				}
			}
		}
		return out
	}
	m.Matched, m.Unconfirmed = pair(true), pair(false)
	for i, l := range lines {
		if !seen[i] && l.Day == day {
			m.OnlyBank = append(m.OnlyBank, l)
		}
	}
	for i, p := range payments {
		if !taken[i] && p.State == PaymentPosted && DayOf(p.ClosedAt) == day {
			m.OnlyLedger = append(m.OnlyLedger, p)
		}
	}
	return m
}

// fits tells that a line may be the payment: the same amount, so many days apart.
func (p Payment) fits(l BankLine, confirmed bool, apart Day) bool {
	sum, at := p.Transfer(), p.OpenedAt
	if p.State == PaymentPosted {
		sum, at = p.Received, p.ClosedAt
	}
	d := DayOf(at) - l.Day
	return confirmed == (p.State == PaymentPosted) && sum == l.Amount && max(d, -d) == apart
}

// named tells that a note names the shop.
func (p Payment) named(note string) bool {
	words := shopWords(p.Shop)
	return len(words) > 0 && strings.Contains(" "+strings.Join(shopWords(note), " ")+" ", " "+strings.Join(words, " ")+" ")
}
