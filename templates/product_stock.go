package templates

import (
	"fmt"
	"slices"
)

// stock fills what is on the shelf: VarStock when something is, VarSoldOut when
// nothing is, neither when a count is missing.
func (f facts) stock(vars Vars) {
	var ready, gone []string
	for _, g := range f.list {
		line, left := onShelf(g)
		switch {
		case !left && line == "":
			return
		case left:
			ready = append(ready, capital(line))
		default:
			gone = append(gone, line)
		}
	}
	if len(ready) == 0 {
		vars[VarSoldOut] = join(gone)
		return
	}
	for _, name := range gone {
		ready = append(ready, capital(name)+" sedang habis")
	}
	vars[VarStock] = bullets(ready)
}

// onShelf tells what is left of one of the goods. left: something of the product
// is, and line says what; else line names what is sold out, "" when nobody counted.
func onShelf(g goods) (line string, left bool) {
	p := g.product
	if g.variant == nil && len(p.Variants) == 0 {
		return ofStock(g.name(), p.Stock)
	}
	var ready, gone []string
	for _, v := range p.Variants {
		switch {
		case v.Stock > 0 && g.variant == nil:
			ready = append(ready, fmt.Sprintf("%s (sisa %d pcs)", v.Name, v.Stock))
		case v.Stock > 0:
			ready = append(ready, v.Name)
		case v.Stock == 0:
			gone = append(gone, v.Name)
		}
	}
	switch {
	case g.variant != nil && (g.variant.Stock != 0 || len(ready) == 0):
		return ofStock(g.name(), g.variant.Stock)
	case g.variant != nil:
		return fmt.Sprintf("%s sedang habis, yang ready: %s", g.name(), few(ready)), true
	case len(ready) == 0 && len(gone) == len(p.Variants):
		return p.Name, false
	case len(ready) == 0:
		return "", false
	}
	line = p.Name + " ready: " + few(ready)
	if len(gone) > 0 {
		line += "; " + few(gone) + " sedang habis"
	}
	return line, true
}

func ofStock(name string, n int) (line string, left bool) {
	switch {
	case n > 0:
		return fmt.Sprintf("%s ready, sisa %d pcs", name, n), true
	case n == 0:
		return name, false
	}
	return "", false
}

// mostNamed is how many variants of a product a reply names.
const mostNamed = 12

// few names the first of many.
func few(names []string) string {
	if len(names) > mostNamed {
		names = append(slices.Clone(names[:mostNamed]), "lainnya")
	}
	return join(names)
}

// variants lists the kinds of a product; "" when it is sold in one kind only.
func variants(g goods) string {
	var there, gone []string
	for _, v := range g.product.Variants {
		if v.Stock == 0 {
			gone = append(gone, v.Name)
		} else {
			there = append(there, v.Name)
		}
	}
	switch {
	case len(there)+len(gone) == 0:
		return ""
	case len(there) == 0:
		return fmt.Sprintf("%s: %s, semuanya sedang habis", g.product.Name, few(gone))
	case len(gone) == 0:
		return fmt.Sprintf("%s: %s", g.product.Name, few(there))
	}
	return fmt.Sprintf("%s: %s; %s sedang habis", g.product.Name, few(there), few(gone))
}
