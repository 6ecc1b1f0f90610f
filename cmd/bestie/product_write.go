package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"bestie/shop"
)

// writeProducts writes a product list into a new file, YAML or a spreadsheet by the
// ending of its name; loadProducts gives the same list back. A picture is named
// from the file's folder where it lies below it.
func writeProducts(path string, list []shop.Product) error {
	list = append([]shop.Product(nil), list...)
	for i := range list {
		list[i].Image = nameFrom(path, list[i].Image)
	}
	if isSheet(path) {
		return writeSheet(path, "Produk", productRows(list))
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(productYAML(list))
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}

func nameFrom(list, image string) string {
	if image == "" {
		return ""
	}
	dir, err := filepath.Abs(filepath.Dir(list))
	if err != nil {
		return image
	}
	if name, err := filepath.Rel(dir, image); err == nil && filepath.IsLocal(name) {
		return name
	}
	return image
}

// productRows are the rows of a spreadsheet: headings, then for each product its
// own row and one for each variant.
func productRows(list []shop.Product) [][]string {
	heads := []string{productColumns[0].heads[0], variantHeads[0], variantAliasHeads[0]}
	for _, c := range productColumns[1:] {
		heads = append(heads, c.heads[0])
	}
	rows := [][]string{heads}
	for _, p := range list {
		row := []string{p.Name, "", ""}
		for _, c := range productColumns[1:] {
			row = append(row, c.show(p))
		}
		rows = append(rows, row)
		for _, v := range p.Variants {
			row := []string{p.Name, v.Name, strings.Join(v.Aliases, ", ")}
			for _, c := range productColumns[1:] {
				cell := ""
				if c.showVariant != nil {
					cell = c.showVariant(v)
				}
				row = append(row, cell)
			}
			rows = append(rows, row)
		}
	}
	return rows
}

// productYAML writes every text in double quotes, as JSON does: no sign in it means
// anything to YAML there.
func productYAML(list []shop.Product) []byte {
	var b bytes.Buffer
	line := func(indent, key, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s%s: %s\n", indent, key, value)
		}
	}
	for _, p := range list {
		fmt.Fprintf(&b, "- name: %s\n", quoted(p.Name))
		line("  ", "aliases", quotedList(p.Aliases))
		for _, c := range productColumns[2:] {
			switch value := c.show(p); {
			case value == "" || p.Link(shop.Platform(c.key)) != "":
			case c.key == "bulk", !plain(value):
				line("  ", c.key, quoted(value))
			default:
				line("  ", c.key, value)
			}
		}
		if len(p.Links) > 0 {
			b.WriteString("  links:\n")
		}
		for _, l := range p.Links {
			line("    ", string(l.Platform), quoted(l.URL))
		}
		if len(p.Variants) > 0 {
			b.WriteString("  variants:\n")
		}
		for _, v := range p.Variants {
			fmt.Fprintf(&b, "    - name: %s\n", quoted(v.Name))
			line("      ", "aliases", quotedList(v.Aliases))
			line("      ", "price", showAmount(v.Price))
			line("      ", "cost", showAmount(v.Cost))
			line("      ", "stock", showStock(v.Stock))
		}
	}
	return b.Bytes()
}

// plain tells that a value is a whole number, which needs no quotes.
func plain(value string) bool { return strings.Trim(value, "0123456789") == "" && len(value) < 10 }

func quoted(text string) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(text) // a string always can be
	return unnested.Replace(strings.TrimSpace(b.String()))
}

// unnested hides the signs that bounds takes for nesting wherever they stand.
var unnested = strings.NewReplacer("[", `\u005b`, "]", `\u005d`, "{", `\u007b`, "}", `\u007d`)

func quotedList(names []string) string {
	if len(names) == 0 {
		return ""
	}
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = quoted(n)
	}
	return "[" + strings.Join(out, ", ") + "]"
}
