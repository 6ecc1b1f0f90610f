package main

import (
	"fmt"
	"strings"

	"bestie/shop"
)

// settings looks for what only the owner can give.
func (p *patient) settings() {
	if p.config.Business.Number == "" {
		p.red("number", "business.number is not set", "run and pair need the shop's WhatsApp Business number")
	}
	p.roster()
	for _, f := range p.config.UnsetFacts() {
		p.red(f.Key, "fact not set: "+f.Key, f.What+" Until it is set, customers get a holding reply and an admin is paged.")
	}
	if len(p.config.UnsetFacts()) == 0 {
		p.ok("facts", "every fact is set")
	}
	p.products()
}

// ranks are who is paged, in order, and what happens where nobody has the role.
var ranks = []struct {
	role   shop.Role
	name   string
	absent string
}{
	{shop.RoleDuty, "admin", "the first person of the list is paged first"},
	{shop.RoleSecond, "second", "nobody is added at the second level"},
	{shop.RoleSupervisor, "supervisor", "the duty admin is paged in their place"},
	{shop.RoleOwner, "owner", "a broken promise reaches the duty admin alone"},
}

func (p *patient) roster() {
	if len(p.config.Admins) == 0 {
		p.red("roster", "nobody is paged when a customer waits", "name at least one person under admins")
		return
	}
	have := map[shop.Role]bool{}
	for _, a := range p.config.Admins {
		have[a.Role] = true
	}
	var missing, absent []string
	for _, rank := range ranks {
		if !have[rank.role] {
			missing = append(missing, rank.name)
			absent = append(absent, rank.absent)
		}
	}
	if len(missing) > 0 {
		p.note("roster", "roster: no "+strings.Join(missing, ", "), strings.Join(absent, "; "))
		return
	}
	p.ok("roster", "roster is complete")
}

func (p *patient) products() {
	path := p.config.ProductsFile
	if path == "" {
		p.note("products", "no products_file", "price and stock questions get a holding reply")
		return
	}
	list, err := loadProducts(path)
	switch {
	case err != nil:
		p.red("products", "the product list cannot be used", err.Error())
	case len(list) == 0:
		p.note("products", path+" lists no product", "price and stock questions get a holding reply")
	default:
		p.ok("products", "product list: %s", plural(len(list), "product"))
	}
}

// plural counts a thing: 1 product, 2 products.
func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	if thing == "person" {
		return fmt.Sprintf("%d people", n)
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
