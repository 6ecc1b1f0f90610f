package templates

import "bestie/shop"

// The texts around dropshippers as admins change them.

// ShopChanged says what is about to change and asks for "ya" with the last digits of the
// phone number, or, if Done, what has changed.
type ShopChanged struct {
	Kind    shop.ShopChangeKind
	Phone   string
	Shop    string
	Limit   shop.Rupiah
	Old     shop.Rupiah // the limit before
	Account string
	Reason  string
	Done    bool
	Wrote   bool // they have written to us, so that they are told
}

// Last is the end of the phone number, by which a change is confirmed.
func (s ShopChanged) Last() string { return s.Phone[max(0, len(s.Phone)-4):] }

// Why a change to a dropshipper is refused.
const (
	ShopNotAllowed = "not_allowed"
	ShopKnown      = "known"
	ShopUnknown    = "unknown"
	ShopAlready    = "already"
	ShopNotBooks   = "not_books" // the books are not for everybody either
)

// ShopRefused says why nothing changed.
type ShopRefused struct{ Why, Phone, Shop string }

// ShopNotice tells a dropshipper what has changed for them.
type ShopNotice struct {
	Kind       shop.ShopChangeKind
	Name, Shop string
	Limit      shop.Rupiah
}

func (ShopChanged) text() string { return "shop_changed" }
func (ShopRefused) text() string { return "shop_refused" }
func (ShopNotice) text() string  { return "shop_notice" }

func shopSamples() (out []Text) {
	for _, kind := range []shop.ShopChangeKind{shop.ShopEnrol, shop.ShopLimit, shop.ShopSuspend, shop.ShopResume} {
		out = append(out,
			ShopChanged{kind, "6281234567890", "Toko Melati", 500_000, 300_000, "BCA 1234567890", "lancar", false, true},
			ShopChanged{kind, "6281234567890", "Toko Melati", 0, 300_000, "", "lancar", true, false},
			ShopNotice{kind, "Dina", "Toko Melati", 500_000}, ShopNotice{kind, "", "Toko Melati", 0})
	}
	for _, why := range []string{ShopNotAllowed, ShopNotBooks, ShopKnown, ShopUnknown, ShopAlready} {
		out = append(out, ShopRefused{why, "6281234567890", "Toko Melati"}, ShopRefused{why, "6281234567890", ""})
	}
	return out
}
