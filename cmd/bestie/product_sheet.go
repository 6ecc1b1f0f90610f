package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"bestie/shop"
)

// readProductSheet reads a product list from a spreadsheet: a row of headings, then
// one row for each product. More rows of the same name are its variants; what they
// leave empty is as in the first.
func readProductSheet(s sheet) ([]listed, []Mistake) {
	if len(s.rows) == 0 {
		return nil, nil
	}
	r := sheetProducts{sheet: s, seen: map[string]int{}}
	if r.heads(s.rows[0]); len(r.mistakes) > 0 {
		return nil, r.mistakes
	}
	for _, row := range s.rows[1:] {
		r.row(row)
	}
	seen := map[string]bool{}
	for i := range r.list {
		r.mistakes = append(r.mistakes, r.list[i].check(seen)...)
	}
	return r.list, r.mistakes
}

// sheetProducts is a product list while it is read from a spreadsheet.
type sheetProducts struct {
	sheet
	columns  []productColumn // by place in the sheet; one without a key is passed over
	places   map[string]int  // key of a column -> its place, from 0
	list     []listed
	rows     [][]int        // of each product: its own row and those of its variants
	seen     map[string]int // name in small letters -> index in list
	mistakes []Mistake
}

// Keys of the two columns that are about variants alone.
const (
	variantKey      = "variant"
	variantAliasKey = "variant aliases"
)

func (r *sheetProducts) refuse(row, column int, problem, allowed string) {
	r.mistakes = append(r.mistakes, *r.sheet.refuse(row, column, problem, allowed))
}

// note in brackets behind a heading: "Berat (gram)".
var headNote = regexp.MustCompile(`\s*\([^)]*\)\s*$`)

// heads reads the headings. One that begins with # is passed over, as is its
// column.
func (r *sheetProducts) heads(row sheetRow) {
	r.columns, r.places = make([]productColumn, len(row.cells)), map[string]int{}
	for i, head := range row.cells {
		if head == "" || head[0] == '#' {
			continue
		}
		c, known := columnOf(head)
		if !known {
			r.refuse(row.number, i, "the heading "+quote(head)+" is not known", headings()+"; put # before one that is only for you")
			continue
		}
		if _, twice := r.places[c.key]; twice {
			r.refuse(row.number, i, "the heading "+quote(head)+" is there twice", "")
		}
		r.places[c.key], r.columns[i] = i, c
	}
	for _, key := range []string{"name", "price"} {
		if _, there := r.places[key]; !there && len(r.mistakes) == 0 {
			r.refuse(row.number, -1, "has no heading nama or no heading harga", headings())
		}
	}
}

// headWord is a heading as it is compared: "No_HP (WA)" is "no hp".
func headWord(head string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(strings.ToLower(headNote.ReplaceAllString(head, "")), "_", " ")), " ")
}

func columnOf(head string) (productColumn, bool) {
	head = headWord(head)
	switch {
	case slices.Contains(variantHeads, head):
		return productColumn{key: variantKey}, true
	case slices.Contains(variantAliasHeads, head):
		return productColumn{key: variantAliasKey}, true
	}
	for _, c := range productColumns {
		if slices.Contains(c.heads, head) {
			return c, true
		}
	}
	return productColumn{}, false
}

func headings() string {
	all := []string{variantHeads[0], variantAliasHeads[0]}
	for _, c := range productColumns {
		all = append(all, c.heads[0])
	}
	return strings.Join(all, ", ")
}

func (r *sheetProducts) row(row sheetRow) {
	for i, text := range row.cells {
		if text != "" && r.sheet.rows[0].cell(i) == "" {
			r.refuse(row.number, i, quote(text)+" stands under no heading", "")
		}
	}
	name := row.cell(r.places["name"])
	if name == "" {
		r.refuse(row.number, r.places["name"], "nama is missing", "a name in every row; cells that are merged hold it once only")
		return
	}
	at, known := r.seen[strings.ToLower(name)]
	switch {
	case !known:
		r.seen[strings.ToLower(name)] = len(r.list)
		r.first(row)
	case r.variant(row) == "":
		r.refuse(row.number, r.places["name"], fmt.Sprintf("%s is in row %d too", quote(name), r.rows[at][0]), "one row for each product, or one for each of its variants with its varian")
	default:
		r.again(at, row)
	}
}

func (r *sheetProducts) variant(row sheetRow) string {
	if at, there := r.places[variantKey]; there {
		return row.cell(at)
	}
	return ""
}

// first begins a product.
func (r *sheetProducts) first(row sheetRow) {
	index := len(r.list)
	l := listed{bad: map[fieldOf]bool{}}
	l.product.Stock = shop.StockUnknown
	l.at = func(variant int, field string) Mistake { return r.at(index, variant, field) }
	r.list, r.rows = append(r.list, l), append(r.rows, []int{row.number})
	if v := r.variant(row); v != "" {
		r.addVariant(index, row, true)
	} else if at, there := r.places[variantAliasKey]; there && row.cell(at) != "" {
		r.refuse(row.number, at, "alias varian stands beside no varian", "")
	}
	own := len(r.list[index].product.Variants) > 0
	for i, c := range r.columns {
		if c.read != nil && row.cell(i) != "" && (c.key != "stock" || !own) {
			r.read(index, -1, c.key, c.read(&r.list[index].product, row.cell(i)), row.cell(i))
		}
	}
	if row.cell(r.places["price"]) == "" {
		r.read(index, -1, "price", refusal("is missing"), "")
	}
}

// again adds a variant; what its row says of the product must be what the first
// row says.
func (r *sheetProducts) again(index int, row sheetRow) {
	r.rows[index] = append(r.rows[index], row.number)
	r.addVariant(index, row, false)
	for i, c := range r.columns {
		text := row.cell(i)
		if text == "" || c.read == nil || c.readVariant != nil || c.key == "name" {
			continue
		}
		var same shop.Product
		if err := c.read(&same, text); err != nil || c.show(same) != c.show(r.list[index].product) {
			r.refuse(row.number, i, fmt.Sprintf("%s is not what row %d says", c.heads[0], r.rows[index][0]), "the same, or nothing: only varian, alias varian, harga, modal and stok differ")
		}
	}
}

// addVariant reads what a row says of its variant. In the first row of a product
// price and cost are the product's.
func (r *sheetProducts) addVariant(index int, row sheetRow, first bool) {
	if first { // the product's own row and its first variant's are one
		r.rows[index] = append(r.rows[index], row.number)
	}
	v := shop.Variant{Name: r.variant(row), Stock: shop.StockUnknown}
	at := len(r.list[index].product.Variants)
	if place, there := r.places[variantAliasKey]; there {
		v.Aliases = parseNames(row.cell(place))
	}
	for i, c := range r.columns {
		if text := row.cell(i); text != "" && c.readVariant != nil && (!first || c.key == "stock") {
			r.read(index, at, c.key, c.readVariant(&v, text), text)
		}
	}
	r.list[index].product.Variants = append(r.list[index].product.Variants, v)
}

func (r *sheetProducts) read(index, variant int, key string, err error, text string) {
	if err == nil {
		return
	}
	problem := err.Error()
	if text != "" {
		problem = quote(text) + " " + problem
	}
	r.mistakes = append(r.mistakes, r.list[index].mistake(variant, key, problem))
}

// at is the cell of a field, as far as the sheet has a column for it.
func (r *sheetProducts) at(index, variant int, field string) Mistake {
	rows := r.rows[index]
	row := rows[0]
	if variant >= 0 {
		row = rows[min(variant+1, len(rows)-1)]
		switch field {
		case "name":
			field = variantKey
		case "aliases":
			field = variantAliasKey
		}
	}
	column, there := r.places[field]
	if !there {
		column = -1
	}
	m := Mistake{Key: r.place(row, column)}
	if there {
		m.Key += " (" + r.sheet.rows[0].cell(column) + ")"
	}
	return m
}
