package bot

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"bestie/shop"
	"bestie/templates"
)

// saldoShown answers "saldo".
func (c *turn) saldoShown(r request) []templates.Text {
	said, _, ok := templates.Command(r.text)
	bare := len(r.rest) == 0 && r.word == "saldo" && !r.asksSomething()
	if !bare && (!ok || said != templates.CommandBalance) {
		return nil
	}
	return []templates.Text{templates.BalanceOf(c.name(), c.Account)}
}

const (
	fewLines  = 10 // of a statement, unless more are asked for
	mostLines = 30 // in one answer: five messages
)

// mutasi answers "mutasi", "mutasi 20", "mutasi November", "mutasi bulan lalu".
func (c *turn) mutasi(r request) []templates.Text {
	lines, n := c.Account.Lines, fewLines
	if r.asksSomething() {
		return nil
	}
	if len(r.rest) > 0 {
		from, to, month := monthOf(r.rest, c.Now)
		count, err := strconv.Atoi(bare(r.rest[0]))
		switch {
		case month:
			lines, n = shop.LinesOf(lines, from, to), mostLines
		case len(r.rest) > 1:
			return nil
		case err != nil || count < 1:
			return c.usage(r)
		default:
			n = min(count, mostLines)
		}
	}
	return statementParts(c.name(), "", c.Account.Lines, lines, n)
}

// monthNames are the months by their first three letters.
var monthNames = []string{"jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des"}

// monthOf is the month that words name, the last one of that name: "november", "bulan
// lalu".
func monthOf(said []string, now time.Time) (from, to time.Time, ok bool) {
	text := strings.ToLower(strings.Join(said, " "))
	today := now.In(shop.WIB)
	from = time.Date(today.Year(), today.Month(), 1, 0, 0, 0, 0, shop.WIB)
	switch text {
	case "bulan", "bulan ini", "bln ini":
		return from, from.AddDate(0, 1, 0), true
	case "bulan lalu", "bln lalu", "bulan kemarin", "bln kemarin":
		return from.AddDate(0, -1, 0), from, true
	}
	text = strings.TrimPrefix(strings.TrimPrefix(text, "bulan "), "bln ")
	if len(text) < 3 || len(text) > 9 {
		return from, to, false
	}
	at := slices.Index(monthNames, text[:3])
	if at < 0 || strings.ContainsAny(text, " 0123456789") {
		return from, to, false
	}
	from = time.Date(today.Year(), time.Month(at+1), 1, 0, 0, 0, 0, shop.WIB)
	if from.After(now) {
		from = from.AddDate(-1, 0, 0)
	}
	return from, from.AddDate(0, 1, 0), true
}

// leastPaid is the smallest payment; less is a count or half an amount.
const leastPaid shop.Rupiah = 1_000

// mostPaid is the largest payment that is believed: ten times the highest limit there is.
const mostPaid = 10 * shop.MostLimit

// reported are words of a payment that was made already: a report, no announcement.
var reported = words("sudah udah udh sdh barusan tadi ditransfer dibayar lunas belum besok nanti ga gak tidak kok kan dulu bisa")

// pay answers "bayar 150000 [toko]" and "topup 150000": the payment is expected from now
// on, and nothing that is owed changes before an admin confirms it.
func (c *turn) pay(r request) []templates.Text {
	if r.asksSomething() || slices.ContainsFunc(r.rest, func(w string) bool { return reported[bare(w)] }) {
		return nil
	}
	if len(r.rest) == 0 {
		if r.word == "topup" && !r.sure {
			return nil
		}
		return c.usage(r)
	}
	amount, from, err := c.amountFirst(r.rest)
	if err == shop.AmountNone && (len(r.rest) > 2 || !r.sure) {
		return nil
	}
	if problem, wrong := err.(shop.AmountProblem); wrong {
		return []templates.Text{templates.AmountRefused{Name: c.name(), Problem: problem, Example: shopCommandOf(r.word).example}}
	}
	if len(from) > mostShopName || len(strings.Fields(from)) > 5 {
		return nil
	}
	code, ok := c.Account.FreeCode(c.roll)
	if !ok {
		return []templates.Text{templates.PaymentBusy{Name: c.name()}}
	}
	b := c.Account.Announce(amount, from, code, c.Now, r.source)
	if len(b.Payments) == 0 {
		return nil
	}
	c.out.Bookings = append(c.out.Bookings, b)
	return []templates.Text{templates.PaymentOpened{Name: c.name(), Payment: b.Payments[0], Ahead: r.word == "topup" && c.Account.Used == 0}}
}

// amountFirst reads the amount that words begin with, as many of them as make one, and the
// shop behind it.
func (c *turn) amountFirst(said []string) (amount shop.Rupiah, from string, err error) {
	for n := min(len(said), 8); n > 0; n-- {
		amount, err = shop.ParseAmount(strings.Join(said[:n], " "))
		if err == shop.AmountNone {
			continue
		}
		rest := said[n:]
		for len(rest) > 0 && payFor[bare(rest[0])] {
			rest = rest[1:]
		}
		from = strings.Join(rest, " ")
		if err == nil && amount > mostPaid {
			err = shop.AmountTooMuch
		}
		if err == nil && (amount < leastPaid || from != "" && strings.ContainsAny(from[:1], "0123456789.,+-*/%")) {
			err = shop.AmountAmbiguous
		}
		return amount, from, err
	}
	return 0, "", shop.AmountNone
}

var payFor = words("untuk utk buat dari dr atas nama a.n an")

// due answers "tagihan".
func (c *turn) due(r request) []templates.Text {
	if len(r.rest) > 0 || r.asksSomething() {
		return nil
	}
	const shown = 6
	all := c.Account.Unpaid
	return []templates.Text{templates.Due{Name: c.name(), Account: c.Account, Lines: all[:min(shown, len(all))], More: max(0, len(all)-shown)}}
}

// shopMenu answers "menu".
func (c *turn) shopMenu(r request) []templates.Text {
	if len(r.rest) > 0 || r.asksSomething() {
		return nil
	}
	return []templates.Text{templates.DropshipMenu{Name: c.name()}}
}

// fromLibrary says what the library knows, so that a command and a question get the same
// answer.
func (c *turn) fromLibrary(intent string) []templates.Text {
	if c.library.Template(intent) == nil {
		return nil
	}
	if err := c.respond(templates.Match{Parts: []templates.Part{{Intent: intent, Confidence: 1}}}); err != nil {
		c.bot.Log.Error().Err(err).Msg("a command could not be answered from the library")
		return nil
	}
	for i := range c.out.Drafts {
		c.out.Drafts[i].Exempt = true
	}
	return nil
}

// withdraw answers "tarik shopee".
func (c *turn) withdraw(r request) []templates.Text {
	if r.asksSomething() || len(r.rest) > 2 {
		return nil
	}
	if len(r.rest) == 0 {
		return c.usage(r)
	}
	switch p, _ := shop.PlatformNamed(r.rest[len(r.rest)-1]); p {
	case shop.PlatformShopee:
		return c.fromLibrary("tarik_dana_shopee")
	case shop.PlatformTokopedia, shop.PlatformTikTok:
		return c.fromLibrary("tarik_dana_tokopedia_tiktok")
	}
	return nil
}

// steps answers "alur".
func (c *turn) steps(r request) []templates.Text {
	if len(r.rest) > 1 || r.asksSomething() || len(r.rest) == 1 && bare(r.rest[0]) != "dropship" {
		return nil
	}
	return c.fromLibrary("alur_dropship")
}

// bankAccount answers "rekening".
func (c *turn) bankAccount(r request) []templates.Text {
	if len(r.rest) > 0 || r.asksSomething() {
		return nil
	}
	return c.fromLibrary("rekening_pembayaran")
}
