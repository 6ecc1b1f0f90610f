package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/goccy/go-yaml"

	"bestie/shop"
)

// productEntry is one product of the product list, as its owner writes it.
type productEntry struct {
	Name    string   `yaml:"name"`
	Aliases []string `yaml:"aliases"`
	Price   int64    `yaml:"price"`
	Cost    int64    `yaml:"cost"`
	Stock   int      `yaml:"stock"`
}

// loadProducts reads a product list: a YAML list of name, aliases, price, cost
// and stock, amounts in whole rupiah. Every mistake is named; a list with one is
// not taken.
func loadProducts(path string) ([]shop.Product, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, &UsageError{fmt.Errorf("products_file: %w", err)}
	}
	var list []productEntry
	if err = yaml.UnmarshalWithOptions(data, &list, yaml.Strict()); err != nil {
		return nil, &UsageError{fmt.Errorf("%s: %s", path, yaml.FormatError(err, false, true))}
	}
	var wrong []error
	names := map[string]bool{}
	products := make([]shop.Product, 0, len(list))
	for i, e := range list {
		if problem := e.problem(); problem != "" {
			wrong = append(wrong, fmt.Errorf("%s: product %d (%s): %s", path, i+1, e.Name, problem))
		}
		if key := strings.ToLower(e.Name); names[key] {
			wrong = append(wrong, fmt.Errorf("%s: product %d: %s is there twice", path, i+1, e.Name))
		} else {
			names[key] = true
		}
		products = append(products, shop.Product{
			Name: e.Name, Aliases: e.Aliases, Price: shop.Rupiah(e.Price), Cost: shop.Rupiah(e.Cost), Stock: e.Stock,
		})
	}
	if len(wrong) > 0 {
		return nil, &UsageError{errors.Join(wrong...)}
	}
	return products, nil
}

func (e productEntry) problem() string {
	switch {
	case strings.TrimSpace(e.Name) == "":
		return "has no name"
	case e.Price <= 0 || e.Price > mostRupiah:
		return fmt.Sprintf("price must be 1 to %d rupiah", mostRupiah)
	case e.Cost < 0 || e.Cost > e.Price:
		return "cost must be 0 up to the price"
	case e.Stock < 0:
		return "stock cannot be negative"
	}
	return ""
}
