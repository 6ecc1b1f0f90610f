package bot

import (
	"strings"
	"testing"

	"bestie/shop"
)

// TestBooksAreForFew: whoever keeps the books sees them; a quote of a chat, another admin and
// an admin's own shop are something else.
func TestBooksAreForFew(t *testing.T) {
	melati := shop.ShopAccount{
		Name:    shop.ShopName{Person: 4, Shop: "Toko Melati", Phone: "6281400000001"},
		Account: &shop.Account{Dropshipper: shop.Dropshipper{Shop: "Toko Melati", Limit: 300_000, Used: 60_000}},
	}
	for name, c := range map[string]struct {
		roles   []shop.Role
		quoting string
		own     bool // the admin has a shop
		text    string
		found   []shop.ShopAccount
		want    string
		not     string
	}{
		"on duty":             {roles: []shop.Role{shop.RoleDuty}, text: "saldo melati", found: []shop.ShopAccount{melati}, want: "• Terpakai: Rp60.000"},
		"owner":               {roles: []shop.Role{shop.RoleOwner}, text: "saldo melati", found: []shop.ShopAccount{melati}, want: "• Terpakai: Rp60.000"},
		"supervisor":          {roles: []shop.Role{shop.RoleSupervisor}, text: "saldo melati", found: []shop.ShopAccount{melati}, want: "• Terpakai: Rp60.000"},
		"not on duty":         {roles: []shop.Role{shop.RoleStaff}, text: "saldo melati", found: []shop.ShopAccount{melati}, want: "hanya untuk owner", not: "Rp60"},
		"not on duty, aging":  {roles: []shop.Role{shop.RoleStaff}, text: "piutang", want: "hanya untuk owner"},
		"several":             {roles: []shop.Role{shop.RoleDuty}, text: "saldo m", found: []shop.ShopAccount{melati, melati}, want: "toko yang mana", not: "Rp60"},
		"nobody":              {roles: []shop.Role{shop.RoleDuty}, text: "saldo mawar", want: "tidak ada di daftar"},
		"an empty statement":  {roles: []shop.Role{shop.RoleDuty}, text: "mutasi melati", found: []shop.ShopAccount{melati}, want: "Belum ada mutasi"},
		"words for a chat":    {roles: []shop.Role{shop.RoleDuty}, quoting: "PAGE3", text: "saldo melati", found: []shop.ShopAccount{melati}, not: "Rp60"},
		"their own shop":      {roles: []shop.Role{shop.RoleStaff}, own: true, text: "saldo", want: "Toko Sari", not: "hanya untuk"},
		"another than theirs": {roles: []shop.Role{shop.RoleDuty}, own: true, text: "saldo melati", found: []shop.ShopAccount{melati}, want: "Toko Melati", not: "Toko Sari"},
	} {
		turn := heard()
		m := said(c.text)
		m.ID, m.QuotedID = 1, c.quoting
		turn.Messages = append(turn.Messages, m)
		turn.Person, turn.Desk, turn.Roster = sari, desk(), shop.Roster{dewi, agus}
		turn.Person.Roles = c.roles
		turn.Desk.Books = map[string]shop.Books{m.MessageID: {Found: c.found}}
		if c.own {
			turn.Account = &shop.Account{Dropshipper: shop.Dropshipper{Shop: "Toko Sari", Limit: 300_000}}
		}
		out, err := newBot().Decide(turn)
		if err != nil {
			t.Fatal(err)
		}
		if got := heardBy(out, sari.ID); !strings.Contains(got, c.want) || c.not != "" && strings.Contains(got, c.not) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestCaptionsOfProofs(t *testing.T) {
	for caption, want := range map[string]bool{
		"ini buktinya kak": true, "Bukti TF, tolong dicek ya": true, "sudah ya kak": true, "nih": true, "🙏": false,
		"ini barangnya rusak kak": false, "bukti transfernya yang mana ya kak?": false, "harga ini berapa": false, "warna merah": false,
	} {
		if got := namesProof(caption); got != want {
			t.Errorf("%q: %v", caption, got)
		}
	}
}
