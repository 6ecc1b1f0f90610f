package main

import (
	_ "embed" // the demo's list
	"path/filepath"
	"strings"

	"bestie/shop"
)

// demoList is the sample shop: an ordinary list, with every fact in it.
//
//go:embed demo-products.yaml
var demoList []byte

// demoProducts are the products of the demo, and of scripts that ask for them.
func demoProducts() ([]shop.Product, error) {
	list, mistakes := readProductYAML(demoList)
	if len(mistakes) > 0 {
		return nil, &ConfigError{mistakes}
	}
	return productsOf(list), nil
}

// loadProducts reads a product list: YAML, or a spreadsheet (XLSX, CSV). Every
// mistake is named with its line, or its row and column, in a *ConfigError; a list
// with one is not taken. Pictures are looked for beside the list.
func loadProducts(path string) ([]shop.Product, error) {
	list, mistakes := readProductFile(path)
	folder, err := filepath.Abs(filepath.Dir(path))
	if err != nil {
		return nil, err
	}
	for i := range list {
		if image := list[i].product.Image; image != "" {
			if !filepath.IsAbs(image) {
				image = filepath.Join(folder, image)
			}
			if problem := pictureProblem(image); problem != "" {
				mistakes = append(mistakes, list[i].mistake(-1, "image", quote(list[i].product.Image)+" "+problem))
			}
			list[i].product.Image = image
		}
	}
	if len(mistakes) > 0 {
		for i := range mistakes {
			mistakes[i].Source = path
		}
		return nil, &ConfigError{mistakes}
	}
	return productsOf(list), nil
}

func productsOf(list []listed) []shop.Product {
	products := make([]shop.Product, len(list))
	for i := range list {
		products[i] = list[i].product
	}
	return products
}

func readProductFile(path string) ([]listed, []Mistake) {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".xlsx", ".csv":
		src, err := bounds{bytes: mostSheetBytes}.read(path)
		if err != nil {
			return nil, []Mistake{{Key: "products_file", Problem: fileProblem(err)}}
		}
		s, mistake := parseSheet(path, src)
		if mistake != nil {
			return nil, []Mistake{*mistake}
		}
		return readProductSheet(s)
	case ".xls", ".ods", ".numbers":
		return nil, []Mistake{{Problem: "is a spreadsheet of a kind that is not read", Allowed: "a file saved as .xlsx, or as .csv in UTF-8; or a .yaml file"}}
	}
	src, err := productBounds.read(path)
	if err != nil {
		return nil, []Mistake{{Key: "products_file", Problem: fileProblem(err)}}
	}
	return readProductYAML(src)
}

// listed is a product of a list, and where each of its fields stands there.
type listed struct {
	product shop.Product
	// at names the place of a field of the product (-1) or of one of its variants.
	at  func(variant int, field string) Mistake
	bad map[fieldOf]bool // what was not understood, and needs no second word
}

// fieldOf is a field of the product (-1) or of one of its variants.
type fieldOf struct {
	variant int
	field   string
}

func (l *listed) mistake(variant int, field, problem string) Mistake {
	m := l.at(variant, field)
	m.Problem = problem
	l.bad[fieldOf{variant, field}] = true
	return m
}

// check tidies a product and lists what is wrong with it. seen are the names of
// those before it, in small letters.
func (l *listed) check(seen map[string]bool) (out []Mistake) {
	l.tidy()
	if key := strings.ToLower(l.product.Name); key != "" && seen[key] {
		out = append(out, l.mistake(-1, "name", quote(l.product.Name)+" is there twice"))
	} else {
		seen[key] = true
	}
	for _, f := range l.product.Faults() {
		if !l.bad[fieldOf{f.Variant, f.Field}] {
			out = append(out, l.mistake(f.Variant, f.Field, f.Problem))
		}
	}
	return out
}

// tidy drops from a variant the price and cost that are the product's anyway.
func (l *listed) tidy() {
	p := &l.product
	for i := range p.Variants {
		v := &p.Variants[i]
		if v.Price == p.Price {
			v.Price = 0
		}
		if v.Price == 0 && v.Cost == p.Cost {
			v.Cost = 0
		}
	}
}
