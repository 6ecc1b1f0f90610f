package bot

import (
	"slices"
	"strconv"
	"strings"

	"bestie/shop"
	"bestie/templates"
)

// keepsBooks tells that the books are shown to the person: to owner and supervisor, and to
// who is asked to confirm payments now.
func (c *turn) keepsBooks() bool {
	roles := c.Person.Roles
	if i := slices.IndexFunc(c.Roster, func(p shop.Person) bool { return p.ID == c.Person.ID }); i >= 0 {
		roles = append(slices.Clone(roles), c.Roster[i].Roles...)
	}
	return slices.ContainsFunc(roles, func(r shop.Role) bool {
		return r == shop.RoleOwner || r == shop.RoleSupervisor || r == shop.RoleDuty || r == shop.RoleSecond
	})
}

// showBooks answers "piutang", "saldo TOKO", "mutasi TOKO 20" and "rekonsiliasi kemarin";
// nothing when a message is not about that, or about the admin's own shop.
func (c *turn) showBooks(m shop.Message) []templates.Text {
	b, ok := c.Desk.Books[m.MessageID]
	if q := c.Desk.Quotes[m.QuotedID]; !ok || q.Ticket != 0 || q.Several || m.Kind != shop.KindText {
		return nil
	}
	kind, said := shop.WantsBooks(m.Text), shop.AfterWord(m.Text)
	if of := kind == shop.BooksStatement || kind == shop.BooksBalance; of && c.Account != nil && len(b.Found) == 0 {
		return nil
	}
	if !c.keepsBooks() {
		return []templates.Text{templates.ShopRefused{Why: templates.ShopNotBooks}}
	}
	switch {
	case kind == shop.BooksAging && said != "":
		return []templates.Text{templates.Correction{Example: "piutang"}}
	case kind == shop.BooksAging:
		return templates.AgingOf(b.Debtors, c.bot.Policy.Terms, c.Now)
	case kind == shop.BooksDay && b.Day == nil:
		return []templates.Text{templates.Correction{Example: "rekonsiliasi " + shop.DayOf(c.Now).Start().Format("2/1")}}
	case kind == shop.BooksDay:
		return templates.BooksOf(*b.Day)
	case said == "":
		return []templates.Text{templates.Correction{Example: string(kind) + " Toko Melati"}}
	case len(b.Found) == 0:
		return []templates.Text{templates.ShopUnfound{Command: string(kind), Said: said}}
	case len(b.Found) > 1:
		return []templates.Text{templates.ShopWhich{Command: string(kind), Found: b.Found, Rest: b.Rest}}
	case kind == shop.BooksBalance && b.Rest != "":
		return []templates.Text{templates.Correction{Example: "saldo " + b.Found[0].Shop}}
	case kind == shop.BooksBalance:
		return []templates.Text{templates.ShopBalance{ShopAccount: b.Found[0], Due: b.Found[0].Due(c.bot.Policy.Terms), Now: c.Now}}
	}
	return c.shopStatement(b.Found[0], strings.Fields(b.Rest))
}

// shopStatement is the statement of a dropshipper: the last lines, so many, or a month.
func (c *turn) shopStatement(of shop.ShopAccount, said []string) []templates.Text {
	lines, n := of.Lines, fewLines
	if len(said) > 0 {
		from, to, month := monthOf(said, c.Now)
		count, err := strconv.Atoi(said[0])
		switch {
		case month:
			lines, n = shop.LinesOf(lines, from, to), mostLines
		case len(said) > 1 || err != nil || count < 1:
			return []templates.Text{templates.Correction{Example: "mutasi " + of.Shop + " 20"}}
		default:
			n = min(count, mostLines)
		}
	}
	return statementParts(c.name(), of.Shop, of.Lines, lines, n)
}

// statementParts are the last n of some lines among all in messages of a length that is
// read; of is whose they are if it is somebody else's statement.
func statementParts(name, of string, all, lines []shop.Line, n int) (out []templates.Text) {
	if len(lines) == 0 {
		return []templates.Text{templates.StatementEmpty{Name: name, Of: of, Never: len(all) == 0}}
	}
	older := len(lines) > n
	lines = lines[max(0, len(lines)-n):]
	owed := lines[len(lines)-1].Owed
	parts := slices.Collect(slices.Chunk(lines, templates.StatementPart))
	for i, part := range parts {
		out = append(out, templates.Statement{Of: of, Lines: part, Part: i + 1, Parts: len(parts), Owed: owed, Now: all[len(all)-1].Owed, Older: older})
	}
	return out
}
