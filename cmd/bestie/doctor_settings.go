package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"

	"bestie/shop"
	"bestie/templates"
)

// settings looks for what only the owner can give.
func (p *patient) settings() {
	if p.config.Business.Number == "" {
		p.red("number", "business.number is not set", "run and pair need the shop's WhatsApp Business number")
	}
	p.roster()
	p.hours()
	for _, f := range p.config.UnsetFacts() {
		p.red(f.Key, "fact not set: "+f.Key, f.What+" Until it is set, customers get a holding reply and an admin is paged.")
	}
	if len(p.config.UnsetFacts()) == 0 {
		p.ok("facts", "every fact is set")
	}
	p.products()
}

// products looks at the list that the configuration names; without one, at what
// was imported (doctor_books.go).
func (p *patient) products() {
	path := p.config.ProductsFile
	if path == "" {
		return
	}
	list, err := loadProducts(path)
	if err != nil {
		p.red("products", "the product list cannot be used", err.Error())
		return
	}
	p.listed(list)
}

// ownTemplates looks at the folder that the configuration names.
func (p *patient) ownTemplates() {
	dir := p.config.TemplatesDir
	if dir == "" {
		return
	}
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		p.note("templates_dir", "templates_dir "+dir+" does not exist yet", "the shipped library answers; what appears there is taken over by itself")
		return
	}
	if _, err := templates.ReadOver(dir); err != nil {
		p.red("templates_dir", "templates_dir cannot be used: customers get the replies of before", err.Error())
		return
	}
	p.ok("templates_dir", "templates_dir %s has no mistake (bestie template test runs its tests)", dir)
}

// listed tells how much of what customers ask about products has an answer.
func (p *patient) listed(list []shop.Product) {
	if len(list) == 0 {
		p.note("products", "there are no products", "price and stock questions get a holding reply; take a list with: bestie products import FILE")
		return
	}
	p.ok("products", "product list: %s", plural(len(list), "product"))
	missing := map[string]int{}
	for _, product := range list {
		for _, fact := range unsaid(product) {
			missing[fact]++
		}
		if product.OnHand() == shop.StockUnknown {
			missing["stock"]++
		}
	}
	var parts []string
	for _, fact := range slices.Sorted(maps.Keys(missing)) {
		parts = append(parts, fmt.Sprintf("%s of %d", fact, missing[fact]))
	}
	if len(parts) > 0 {
		p.note("product facts", "the product list does not say: "+strings.Join(parts, ", "), "questions about them get a holding reply; see: bestie products list")
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
