package main

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"bestie/shop"
)

// mostProductName is how many letters a product's name or alias may have.
const mostProductName = 100

// loadProducts reads a product list: a YAML list of name, aliases, price, cost
// and stock, amounts in whole rupiah. Every mistake is named with its line, in a
// *ConfigError; a list with one is not taken.
func loadProducts(path string) ([]shop.Product, error) {
	src, err := productBounds.read(path)
	if err != nil {
		return nil, &ConfigError{[]Mistake{{Source: path, Key: "products_file", Problem: fileProblem(err)}}}
	}
	list, mistakes := readProducts(src)
	if len(mistakes) == 0 {
		return list, nil
	}
	for i := range mistakes {
		mistakes[i].Source = path
	}
	return nil, &ConfigError{mistakes}
}

func readProducts(src []byte) ([]shop.Product, []Mistake) {
	root, mistakes := readYAML(src, productBounds)
	r := productReader{names: map[string]bool{}, mistakes: mistakes}
	if root.shape != shapeList && root.shape != shapeNone {
		r.refuse(root.line, "", "holds "+root.found()+" where a list of products belongs")
	}
	var list []shop.Product
	for _, item := range root.items {
		list = append(list, r.product(item))
	}
	return list, r.mistakes
}

// productReader collects what is wrong with a product list.
type productReader struct {
	names    map[string]bool
	mistakes []Mistake
}

func (r *productReader) refuse(line int, key, problem string) {
	r.mistakes = append(r.mistakes, Mistake{Line: line, Key: key, Problem: problem})
}

func (r *productReader) product(v rawValue) (p shop.Product) {
	if v.shape != shapeMap {
		r.refuse(v.line, "", "found "+v.found()+" where a product belongs: name, aliases, price, cost, stock")
		return p
	}
	given := map[string]bool{}
	for _, f := range v.fields {
		if given[f.key] {
			r.refuse(f.line, f.key, "is given twice")
			continue
		}
		given[f.key] = true
		r.field(&p, f)
	}
	key := strings.ToLower(p.Name)
	switch {
	case p.Name == "":
		r.refuse(v.line, "name", "is missing")
	case r.names[key]:
		r.refuse(v.line, "name", quote(p.Name)+" is there twice")
	case !given["price"]:
		r.refuse(v.line, "price", "is missing")
	case p.Cost > p.Price:
		r.refuse(v.line, "cost", "is more than the price")
	}
	r.names[key] = true
	return p
}

func (r *productReader) field(p *shop.Product, f rawField) {
	switch f.key {
	case "name":
		p.Name = r.name(f.key, f.value)
	case "aliases":
		for _, alias := range f.value.items {
			p.Aliases = append(p.Aliases, r.name(f.key, alias))
		}
		if f.value.shape != shapeList && f.value.shape != shapeNone {
			r.refuse(f.line, f.key, "found "+f.value.found()+" where a list belongs")
		}
	case "price":
		p.Price = r.amount(f, 1)
	case "cost":
		p.Cost = r.amount(f, 0)
	case "stock":
		n, err := strconv.Atoi(f.value.text)
		if err != nil || n < 0 {
			r.refuse(f.line, f.key, f.value.found()+" is not a number of pieces, 0 or more")
		}
		p.Stock = n
	default:
		r.refuse(f.line, f.key, "is not known; known are name, aliases, price, cost, stock")
	}
}

func (r *productReader) name(key string, v rawValue) string {
	if n := utf8.RuneCountInString(v.text); v.shape != shapeScalar || n == 0 || n > mostProductName {
		r.refuse(v.line, key, v.found()+fmt.Sprintf(" is not a name of 1 to %d letters", mostProductName))
	}
	return v.text
}

func (r *productReader) amount(f rawField, least shop.Rupiah) shop.Rupiah {
	n, err := parseBoundRupiah(f.value.text, mostRupiah)
	if err != nil || n < least {
		r.refuse(f.line, f.key, f.value.found()+fmt.Sprintf(" is not an amount of %d to %d rupiah", least, mostRupiah))
	}
	return n
}
