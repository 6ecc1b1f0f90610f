package main

import (
	"fmt"
	"slices"
	"strings"

	"bestie/shop"
)

// readProductYAML reads a YAML list of products (docs/products.md).
func readProductYAML(src []byte) ([]listed, []Mistake) {
	root, mistakes := readYAML(src, productBounds)
	if root.shape != shapeList && root.shape != shapeNone {
		return nil, append(mistakes, Mistake{Line: root.line, Problem: "holds " + root.found() + " where a list of products belongs"})
	}
	var list []listed
	seen := map[string]bool{}
	for _, item := range root.items {
		y := newYAMLProduct(item)
		y.fill(item)
		mistakes = append(mistakes, y.mistakes...)
		mistakes = append(mistakes, y.check(seen)...)
		list = append(list, y.listed)
	}
	return list, mistakes
}

// yamlProduct is one product while it is read.
type yamlProduct struct {
	listed
	lines    map[fieldOf]int
	mistakes []Mistake
}

func newYAMLProduct(v rawValue) *yamlProduct {
	y := &yamlProduct{lines: map[fieldOf]int{}}
	y.product.Stock = shop.StockUnknown
	y.bad = map[fieldOf]bool{}
	y.at = func(variant int, field string) Mistake {
		m := Mistake{Line: v.line, Key: field}
		if variant >= 0 {
			m.Key = fmt.Sprintf("variants[%d].%s", variant, field)
			m.Line = y.lines[fieldOf{variant, ""}]
		} else if slices.Contains(shop.Platforms, shop.Platform(field)) {
			m.Key = "links." + field
		}
		if line := y.lines[fieldOf{variant, field}]; line > 0 {
			m.Line = line
		}
		return m
	}
	return y
}

func (y *yamlProduct) refuse(variant int, field string, line int, problem string) {
	y.lines[fieldOf{variant, field}] = line
	y.mistakes = append(y.mistakes, y.mistake(variant, field, problem))
}

const productKeys = "name, aliases, variants, price, cost, bulk, weight, links, usage, ingredients, shelf_life, storage, halal, bpom, stock, note, image"

func (y *yamlProduct) fill(v rawValue) {
	if v.shape != shapeMap {
		y.mistakes = append(y.mistakes, Mistake{Line: v.line, Problem: "found " + v.found() + " where a product belongs: " + productKeys})
		y.bad[fieldOf{-1, "name"}], y.bad[fieldOf{-1, "price"}] = true, true
		return
	}
	for _, f := range y.fields(-1, v) {
		switch f.key {
		case "variants":
			y.variants(f)
		case "links":
			y.links(f)
		default:
			y.column(f)
		}
	}
	for _, field := range []string{"name", "price"} {
		if y.lines[fieldOf{-1, field}] == 0 {
			y.refuse(-1, field, v.line, "is missing")
		}
	}
}

// fields are the keys of a section, each once.
func (y *yamlProduct) fields(variant int, v rawValue) (out []rawField) {
	for _, f := range v.fields {
		if y.lines[fieldOf{variant, f.key}] > 0 {
			y.refuse(variant, f.key, f.line, "is given twice")
			continue
		}
		y.lines[fieldOf{variant, f.key}] = max(1, f.line)
		out = append(out, f)
	}
	return out
}

// column reads what a spreadsheet has in one cell, written as one value, or as the
// list or section that YAML offers for it.
func (y *yamlProduct) column(f rawField) {
	i := slices.IndexFunc(productColumns, func(c productColumn) bool { return c.key == f.key })
	if i < 0 || slices.Contains(shop.Platforms, shop.Platform(f.key)) {
		y.refuse(-1, f.key, f.line, "is not known; known are "+productKeys)
		return
	}
	column := productColumns[i]
	switch v := f.value; {
	case v.shape == shapeNone:
	case v.shape == shapeScalar:
		if err := column.read(&y.product, v.text); err != nil {
			y.refuse(-1, f.key, f.line, v.found()+" "+err.Error())
		}
	case f.key == "aliases" && v.shape == shapeList:
		y.product.Aliases = y.names(-1, f)
	case f.key == "bulk" && v.shape == shapeMap:
		for _, step := range v.fields {
			tier, err := parseTier(step.key, step.value.text, step.value.shape == shapeScalar)
			if err != nil {
				y.refuse(-1, f.key, step.line, quote(step.key+": "+step.value.text)+" "+err.Error())
			}
			y.product.Tiers = append(y.product.Tiers, tier)
		}
	default:
		y.refuse(-1, f.key, f.line, "found "+v.found()+" where a single value belongs")
	}
}

func (y *yamlProduct) names(variant int, f rawField) (out []string) {
	for _, item := range f.value.items {
		if item.shape != shapeScalar {
			y.refuse(variant, f.key, item.line, item.found()+" is not a name")
		}
		out = append(out, item.text)
	}
	return out
}

func (y *yamlProduct) links(f rawField) {
	if f.value.shape != shapeMap && f.value.shape != shapeNone {
		y.refuse(-1, f.key, f.line, "found "+f.value.found()+" where platforms with their links belong")
	}
	urls := map[string]string{}
	for _, l := range y.fields(-1, f.value) {
		if !slices.Contains(shop.Platforms, shop.Platform(l.key)) {
			y.refuse(-1, "links."+l.key, l.line, fmt.Sprintf("is not a platform; platforms are %s", strings.Trim(fmt.Sprint(shop.Platforms), "[]")))
			continue
		}
		urls[l.key] = l.value.text
	}
	for _, c := range linkColumns() {
		if url, given := urls[c.key]; given {
			_ = c.read(&y.product, url) // takes any text; Faults judges it
		}
	}
}

func (y *yamlProduct) variants(f rawField) {
	if f.value.shape != shapeList && f.value.shape != shapeNone {
		y.refuse(-1, f.key, f.line, "found "+f.value.found()+" where a list of variants belongs")
	}
	for i, item := range f.value.items {
		variant := shop.Variant{Stock: shop.StockUnknown}
		y.lines[fieldOf{i, ""}] = item.line
		if item.shape == shapeScalar {
			variant.Name = item.text // "variants: [pedas, keju]"
		} else if item.shape != shapeMap {
			y.refuse(i, "name", item.line, "is missing")
		}
		for _, g := range y.fields(i, item) {
			y.ofVariant(i, &variant, g)
		}
		y.product.Variants = append(y.product.Variants, variant)
	}
}

func (y *yamlProduct) ofVariant(i int, v *shop.Variant, f rawField) {
	at := slices.IndexFunc(productColumns, func(c productColumn) bool { return c.key == f.key && c.readVariant != nil })
	switch {
	case f.value.shape == shapeNone:
	case f.key == "name" && f.value.shape == shapeScalar:
		v.Name = f.value.text
	case f.key == "aliases" && f.value.shape == shapeList:
		v.Aliases = y.names(i, f)
	case f.key == "aliases" && f.value.shape == shapeScalar:
		v.Aliases = parseNames(f.value.text)
	case at >= 0 && f.value.shape == shapeScalar:
		if err := productColumns[at].readVariant(v, f.value.text); err != nil {
			y.refuse(i, f.key, f.line, f.value.found()+" "+err.Error())
		}
	case at >= 0 || f.key == "name" || f.key == "aliases":
		y.refuse(i, f.key, f.line, "found "+f.value.found()+" where a single value belongs")
	default:
		y.refuse(i, f.key, f.line, "is not known; known are name, aliases, price, cost, stock")
	}
}
