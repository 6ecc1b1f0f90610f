package main

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"bestie/shop"
)

// picture is a small PNG.
func picture(t testing.TB) string {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 4, 4))); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestProductSheet(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "urat.png", picture(t))
	csv := "Nama;Alias;Varian;Alias Varian;Harga (Rp);Modal;Stok;Grosir;Berat;Shopee;Tokopedia;Cara Pakai;Masa Simpan;Halal;BPOM;Gambar;# rak\n" +
		"Bakso Urat;bakso, urat;Original;ori;Rp 25.000;18rb;20;10=24000; 50=22000;0,5 kg;https://shopee.co.id/u;;\"Rebus\n5 menit\";6 bulan;'-1;;urat.png;A3\n"
	csv = strings.ReplaceAll(csv, "10=24000; 50=22000", "\"10=24000; 50=22000\"")
	csv += "bakso urat;;Keju;;28000;20000;0;;;;;;;;;;\n\nSoto;;;;22,000;;;;;;;;;;;;B1\n"
	want := []shop.Product{
		{
			Name: "Bakso Urat", Aliases: []string{"bakso", "urat"}, Price: 25000, Cost: 18000, Stock: shop.StockUnknown, Weight: 500,
			Variants: []shop.Variant{{Name: "Original", Aliases: []string{"ori"}, Stock: 20}, {Name: "Keju", Price: 28000, Cost: 20000}},
			Tiers:    []shop.Tier{{From: 10, Price: 24000}, {From: 50, Price: 22000}}, Links: []shop.Link{{Platform: "shopee", URL: "https://shopee.co.id/u"}},
			Usage: "Rebus\n5 menit", ShelfLife: "6 bulan", Halal: "-1", Image: filepath.Join(dir, "urat.png"),
		},
		{Name: "Soto", Price: 22000, Stock: shop.StockUnknown},
	}
	list, err := loadProducts(write(t, dir, "p.csv", csv))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, list); diff != "" {
		t.Error(diff)
	}
	book := excelize.NewFile()
	for i, row := range [][]any{{"name", "price", "stock", "variant", "bulk"}, {"Soto", 22000, 7, nil, "10: 20rb"}, {nil}, {"Bakso", 25000.0, nil, "Pedas"}, {"Bakso", nil, 3, "Keju"}} {
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(dir, "p.xlsx")
	if err = book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	if list, err = loadProducts(path); err != nil {
		t.Fatal(err)
	}
	want = []shop.Product{
		{Name: "Soto", Price: 22000, Stock: 7, Tiers: []shop.Tier{{From: 10, Price: 20000}}},
		{Name: "Bakso", Price: 25000, Stock: shop.StockUnknown, Variants: []shop.Variant{{Name: "Pedas", Stock: shop.StockUnknown}, {Name: "Keju", Stock: 3}}},
	}
	if diff := cmp.Diff(want, list); diff != "" {
		t.Error(diff)
	}
}

// TestProductSheetRefused: every mistake is told with its row and column, and
// nothing is taken.
func TestProductSheetRefused(t *testing.T) {
	for source, want := range map[string]string{
		"nama,hrga\nsoto,1\n":                                 `F.csv: row 1, column B: the heading "hrga" is not known; allowed: varian, alias varian, nama, alias, harga, modal, stok`,
		"nama,stok\nsoto,1\n":                                 "F.csv: row 1: has no heading nama or no heading harga",
		"nama,harga,price\nsoto,1,1\n":                        `F.csv: row 1, column C: the heading "price" is there twice`,
		"nama,harga\nsoto,\n":                                 "F.csv: row 2, column B (harga): is missing",
		"nama,harga\nsoto,mahal\n":                            `F.csv: row 2, column B (harga): "mahal" is not an amount`,
		"nama,harga,stok\n,5000,3\n":                          "F.csv: row 2, column A: nama is missing; allowed: a name in every row; cells that are merged",
		"nama,harga\nsoto,1\nSoto,2\n":                        `F.csv: row 3, column A: "Soto" is in row 2 too; allowed: one row for each product`,
		"nama,harga,varian\nsoto,9,a\nsoto,9,A\n":             `F.csv: row 3, column C (varian): "A" is there twice`,
		"nama,harga,varian,bahan\nsoto,9,a,x\nsoto,9,b,y\n":   "F.csv: row 3, column D: bahan is not what row 2 says",
		"nama,harga,varian,modal\nsoto,9,a,1\nsoto,9,b,10\n":  "F.csv: row 3, column D (modal): is more than the price, Rp9",
		"nama,harga,stok\nsoto,9,\nbakso,9,banyak\n":          `F.csv: row 3, column C (stok): "banyak" is not a number of 0 to 1000000 pieces; leave it out if nobody counted`,
		"nama,harga\nsoto,9,x\n":                              `F.csv: row 2, column C: "x" stands under no heading`,
		"nama,harga,alias varian\nsoto,9,x\n":                 "F.csv: row 2, column C: alias varian stands beside no varian",
		"nama,harga,shopee\nsoto,9,http:x\n":                  "F.csv: row 2, column C (shopee): is not a link",
		"nama,harga,varian,stok\nsoto,9,,4\nsoto,9,pedas,1\n": "F.csv: row 2, column D (stok): belongs to the variants",
		"nama,harga\nsoto,9\nbakso\xe9,9\n":                   "F.csv:3: is not UTF-8",
	} {
		list, err := loadProducts(write(t, t.TempDir(), "F.csv", source))
		var bad *ConfigError
		if list != nil || !errors.As(err, &bad) {
			t.Errorf("%q: %v, %v", source, list, err)
			continue
		}
		if got := bad.Error(); !strings.Contains(got, "/"+want) {
			t.Errorf("%q:\n%s\nwant\n%s", source, got, want)
		}
	}
	both := "nama,harga,stok\nsoto,x,y\nbakso,z,1\n"
	if _, err := loadProducts(write(t, t.TempDir(), "F.csv", both)); err == nil || strings.Count(err.Error(), "\n") != 2 {
		t.Errorf("not every mistake is told: %v", err)
	}
	if _, err := loadProducts(write(t, t.TempDir(), "F.ods", "x")); err == nil || !strings.Contains(err.Error(), "saved as .xlsx") {
		t.Errorf("a foreign kind: %v", err)
	}
}

// anyProduct draws a product that can be sold, however odd.
func anyProduct(name string, image string) *rapid.Generator[shop.Product] {
	return rapid.Custom(func(t *rapid.T) shop.Product {
		text := func(label string) string {
			return strings.TrimSpace(rapid.StringOfN(rapid.SampledFrom([]rune("=+-@'\"#:;,\n[]{}&*!|>%ab01é😊＝_x\\~?")), 0, 10, -1).Draw(t, label))
		}
		word := func(label string) string { return strings.NewReplacer("\n", "", ",", "", ";", "").Replace(text(label)) }
		names := func(label string) (out []string) {
			for i := range rapid.IntRange(0, 3).Draw(t, label) {
				out = append(out, fmt.Sprint(strings.TrimSpace(word(label)), i))
			}
			return out
		}
		p := shop.Product{
			Name: strings.TrimSpace(word("name")) + name, Aliases: names("aliases"), Price: shop.Rupiah(rapid.IntRange(1000, 1_000_000).Draw(t, "price")),
			Weight: rapid.IntRange(0, 3000).Draw(t, "weight"), Usage: text("usage"), Ingredients: text("ingredients"), ShelfLife: text("shelf"),
			Storage: text("storage"), Halal: text("halal"), Permit: text("permit"), Note: text("note"), Stock: rapid.IntRange(-1, 9).Draw(t, "stock"),
		}
		p.Cost = shop.Rupiah(rapid.IntRange(0, 900).Draw(t, "cost"))
		p.Image = rapid.SampledFrom([]string{"", image}).Draw(t, "image")
		each := p.Price
		for i := range rapid.IntRange(0, 3).Draw(t, "tiers") {
			each--
			p.Tiers = append(p.Tiers, shop.Tier{From: 2 + 10*i, Price: each})
		}
		for _, on := range shop.Platforms {
			if rapid.Bool().Draw(t, "link") {
				p.Links = append(p.Links, shop.Link{Platform: on, URL: "https://x.id/?a=1&b=%20#" + string(on)})
			}
		}
		for i := range rapid.IntRange(0, 3).Draw(t, "variants") {
			p.Stock = shop.StockUnknown
			v := shop.Variant{Name: fmt.Sprint(strings.TrimSpace(word("variant")), i), Aliases: names("variant aliases"), Stock: rapid.IntRange(-1, 9).Draw(t, "of variant")}
			if rapid.Bool().Draw(t, "own price") {
				v.Price, v.Cost = p.Price+1, shop.Rupiah(rapid.IntRange(0, 900).Draw(t, "own cost"))
			}
			p.Variants = append(p.Variants, v)
		}
		return p
	})
}

// TestProductsRoundTrip: what is exported is imported again without loss, in every
// kind of file.
func TestProductsRoundTrip(t *testing.T) {
	dir := t.TempDir()
	photo := write(t, dir, "foto.png", picture(t))
	rapid.Check(t, func(t *rapid.T) {
		var want []shop.Product
		for i := range rapid.IntRange(0, 4).Draw(t, "products") {
			want = append(want, anyProduct(fmt.Sprint("n", i), photo).Draw(t, "product"))
		}
		for _, p := range want {
			if faults := p.Faults(); faults != nil {
				t.Skip(faults)
			}
		}
		for _, kind := range []string{"p.csv", "p.xlsx", "p.yaml"} {
			path := filepath.Join(dir, kind)
			_ = os.Remove(path) // of a check that failed
			if err := writeProducts(path, want); err != nil {
				t.Fatal(err)
			}
			got, err := loadProducts(path)
			if err != nil {
				b, _ := os.ReadFile(path)
				t.Fatalf("%s: %v\n%s", kind, err, b)
			}
			if len(want)+len(got) > 0 {
				if diff := cmp.Diff(want, got); diff != "" {
					t.Fatalf("%s: %s", kind, diff)
				}
			}
		}
	})
}

// Whatever a spreadsheet holds, it makes products that can be sold or a list of
// mistakes.
func FuzzProductSheet(f *testing.F) {
	f.Add([]byte("nama,harga,varian,stok,grosir\nsoto,22rb,,3,10=20000\nbakso,1,a\nbakso,2,b\n"))
	f.Add([]byte("name;price;alias varian;#x\n;;\n'=1;25.000;y\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		s, m := parseSheet("x.csv", src)
		if m != nil {
			return
		}
		list, mistakes := readProductSheet(s)
		sellable(t, list, mistakes)
	})
}
