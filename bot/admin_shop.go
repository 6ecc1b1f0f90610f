package bot

import (
	"regexp"
	"slices"
	"strings"

	"bestie/shop"
	"bestie/templates"
)

// shopWords are the commands about dropshippers. Only the owner and the supervisor may
// give them.
var shopWords = map[string]shop.ShopChangeKind{
	"daftar": shop.ShopEnrol, "daftarkan": shop.ShopEnrol, "limit": shop.ShopLimit, "bekukan": shop.ShopSuspend, "blokir": shop.ShopSuspend,
	"aktifkan": shop.ShopResume, "bukakan": shop.ShopResume,
}

// shopExamples are commands written well.
var shopExamples = map[shop.ShopChangeKind]string{
	shop.ShopEnrol:   "daftar 081234567890 Toko Melati limit 300000 rek BCA 1234567890",
	shop.ShopLimit:   "limit 081234567890 500000 pembayaran selalu lancar",
	shop.ShopSuspend: "bekukan 081234567890 tagihan lewat 7 hari",
	shop.ShopResume:  "aktifkan 081234567890 tagihan sudah lunas",
}

var (
	leadingPhone = regexp.MustCompile(`^\s*(\+?\d[\d.()-]{7,20}\d)(?:\s+|$)`)
	limitPart    = regexp.MustCompile(`(?i)\s*\blimit\s+(\S+)`)
	accountPart  = regexp.MustCompile(`(?i)\s*\brek(?:ening)?\s+(.+)$`)
)

// changeShop answers a command about a dropshipper: it says what is about to change and
// asks for a second word, for a limit is money.
func (o *order) changeShop(kind shop.ShopChangeKind) templates.Text {
	if !o.c.Person.Has(shop.RoleOwner) && !o.c.Person.Has(shop.RoleSupervisor) {
		return templates.ShopRefused{Why: templates.ShopNotAllowed}
	}
	change, ok := readShopChange(kind, o.rest, o.c.bot.Policy.Limit)
	if !ok {
		return templates.Correction{Example: shopExamples[kind]}
	}
	v := o.c.Desk.ShopOf(change.Phone)
	if v == nil {
		return templates.Correction{Example: shopExamples[kind]}
	}
	if why := change.Misfit(*v); why != nil {
		told := templates.ShopRefused{Why: misfits[why.Code], Phone: change.Phone}
		if v.Dropshipper != nil {
			told.Shop = v.Dropshipper.Shop
		}
		return told
	}
	o.c.mem().Desk = &shop.DeskMemory{Command: string(kind), Change: &change, At: o.c.Now}
	return shopTold(v, change, false)
}

// misfits are the reasons of shop.ShopChange.Misfit as texts know them.
var misfits = map[string]string{"shop_known": templates.ShopKnown, "shop_unknown": templates.ShopUnknown, "shop_already": templates.ShopAlready}

func shopTold(v *shop.ShopView, c shop.ShopChange, done bool) templates.ShopChanged {
	told := templates.ShopChanged{Kind: c.Kind, Phone: c.Phone, Shop: c.Shop, Limit: c.Limit, Account: c.Account, Reason: c.Reason, Done: done, Wrote: v.Wrote}
	if d := v.Dropshipper; d != nil {
		told.Shop, told.Old = d.Shop, d.Limit
	}
	return told
}

// readShopChange takes the rest of a command apart. A limit and a standing need a reason:
// whoever asks later finds it.
func readShopChange(kind shop.ShopChangeKind, rest string, usual shop.Rupiah) (c shop.ShopChange, ok bool) {
	m := leadingPhone.FindStringSubmatch(rest)
	if m == nil {
		return c, false
	}
	c.Kind = kind
	if c.Phone, ok = shop.PhoneNumber(m[1]); !ok {
		return c, false
	}
	rest = strings.TrimSpace(rest[len(m[0]):])
	switch kind {
	case shop.ShopEnrol:
		return readEnrolment(c, rest, usual)
	case shop.ShopLimit:
		first, reason := rest, ""
		if i := strings.IndexAny(rest, " \n"); i >= 0 {
			first, reason = rest[:i], rest[i:]
		}
		if c.Limit, ok = limitOf(first); !ok {
			return c, false
		}
		rest = reason
	}
	c.Reason = strings.TrimSpace(rest)
	return c, c.Reason != ""
}

func readEnrolment(c shop.ShopChange, rest string, usual shop.Rupiah) (shop.ShopChange, bool) {
	c.Limit = usual
	if m := accountPart.FindStringSubmatch(rest); m != nil {
		c.Account = strings.TrimSpace(m[1])
		rest = strings.TrimSuffix(rest, m[0])
	}
	if m := limitPart.FindStringSubmatch(rest); m != nil {
		limit, ok := limitOf(m[1])
		if !ok {
			return c, false
		}
		c.Limit = limit
		rest = strings.Replace(rest, m[0], "", 1)
	}
	c.Shop = strings.Join(strings.Fields(rest), " ")
	return c, c.Shop != "" && len(c.Shop) <= mostShopName
}

// mostShopName bounds a shop's name, in bytes.
const mostShopName = 60

// limitOf reads an amount that may be nothing: no credit at all.
func limitOf(text string) (shop.Rupiah, bool) {
	if slices.Contains([]string{"0", "rp0", "nol"}, strings.ToLower(text)) {
		return 0, true
	}
	r, ok := shop.ParseRupiah(text)
	return r, ok && r <= shop.MostLimit
}

// confirmChange does a change when its second word comes: "ya" and the last four digits
// of the phone number. nil when the message is something else.
func (o *order) confirmChange() templates.Text {
	asked := o.c.mem().Desk
	if asked == nil || asked.Change == nil || o.word != "ya" && o.word != "iya" {
		return nil
	}
	c := *asked.Change
	last := c.Phone[len(c.Phone)-4:]
	if strings.TrimSpace(o.rest) != last {
		return templates.Correction{Example: "ya " + last}
	}
	o.c.mem().Desk = nil
	v := o.c.Desk.ShopOf(c.Phone)
	if v == nil || c.Misfit(*v) != nil {
		return templates.ShopRefused{Why: templates.ShopAlready, Phone: c.Phone, Shop: c.Shop}
	}
	o.c.out.Shops = append(o.c.out.Shops, c)
	if v.Wrote {
		name := v.CallName()
		text, err := o.c.write(templates.ShopNotice{Kind: c.Kind, Name: name, Shop: shopTold(v, c, true).Shop, Limit: c.Limit})
		o.err = err
		o.c.out.Drafts = append(o.c.out.Drafts, shop.Draft{To: v.ID, Lane: shop.LaneReply, Text: text, Exempt: true, Parts: says("limit")})
	}
	return shopTold(v, c, true)
}
