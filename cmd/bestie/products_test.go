package main

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bestie/shop"
)

func TestProducts(t *testing.T) {
	source := byteOrderMark + "# ours\r\n- name: Bakso Urat\r\n  aliases: [bakso, urat]\r\n  price: 25000\r\n  cost: Rp18.000\r\n  stock: 40\r\n- {name: soto, price: 22000}\r\n"
	list, err := loadProducts(write(t, t.TempDir(), "p.yaml", source))
	if err != nil {
		t.Fatal(err)
	}
	want := []shop.Product{{Name: "Bakso Urat", Aliases: []string{"bakso", "urat"}, Price: 25000, Cost: 18000, Stock: 40}, {Name: "soto", Price: 22000, Stock: shop.StockUnknown}}
	if diff := cmp.Diff(want, list); diff != "" {
		t.Error(diff)
	}
	if list, err = loadProducts(write(t, t.TempDir(), "empty.yaml", "# none yet\n")); err != nil || len(list) != 0 {
		t.Errorf("an empty list: %v, %v", list, err)
	}
}

// TestProductsRefused: a bad list is refused at once, with the line.
func TestProductsRefused(t *testing.T) {
	two := "- name: soto\n  price: 22000\n  variants:\n    - {name: ori}\n    - name: pedas\n"
	ok := "- name: soto\n  price: 22000\n"
	for source, want := range map[string]string{
		"- name: a\n":                          "F:1: price: is missing",
		"- price: 5\n":                         "F:1: name: is missing",
		ok + ok:                                `F:3: name: "soto" is there twice`,
		ok + "- name: SOTO\n  price: 1\n":      `F:3: name: "SOTO" is there twice`,
		ok + "  price: 1\n":                    "F:3: price: is given twice",
		ok + "  harga: 1\n":                    "F:3: harga: is not known",
		ok + "  stock: -1\n":                   `F:3: stock: "-1" is not a number`,
		ok + "  stock: 99999999999999999999\n": "F:3: stock: ",
		ok + "  cost: 30000\n":                 "F:3: cost: is more than the price, Rp22.000",
		"- name: x\n  price: 1e9\n":            `F:2: price: "1e9" is not an amount`,
		"- name: x\n  price: 0\n":              "F:2: price: is not an amount of 1 to",
		"- name: x\n  price: [1]\n":            "F:2: price: found a list where a single value belongs",
		"- name: " + strings.Repeat("x", 101) + "\n  price: 1\n": "F:1: name: ",
		"- soto\n":                                      `F:1: found "soto" where a product belongs`,
		"soto: 22000\n":                                 "F:1: holds a section where a list of products belongs",
		"- &a {name: x, price: 1}\n- *a\n":              "F:1: uses a YAML feature that is not read here (Anchor)",
		"- name: x\n  price: 1\n  <<: *a\n":             "F:3: uses a YAML feature",
		two + "      price: x\n":                        `F:6: variants[1].price: "x" is not an amount`,
		two + "      stok: 1\n":                         `F:6: variants[1].stok: is not known; known are name, aliases, price, cost, stock`,
		two + "    - name: ORI\n":                       `F:6: variants[2].name: "ORI" is there twice`,
		two + "  stock: 5\n":                            "F:6: stock: belongs to the variants",
		ok + "  bulk: {10: 21000, 5: 20000}\n":          "F:3: bulk: counts pieces from 2 up",
		ok + "  bulk: {10: 21000, x: 20000}\n":          `F:3: bulk: "x: 20000" is not a list of bulk prices such as "10=24000; 50=22000"`,
		ok + "  bulk: 10-21000\n":                       `F:3: bulk: "10-21000" is not a list of bulk prices`,
		ok + "  links:\n    lazada: https://x.y\n":      "F:4: links.lazada: is not a platform; platforms are shopee tokopedia tiktok whatsapp web",
		ok + "  links:\n    shopee: shopee.co.id/x\n":   "F:4: links.shopee: is not a link",
		ok + "  weight: 1,2345 kg\n":                    "F:3: weight: \"1,2345 kg\" is not a weight",
		ok + "  image: no.jpg\n":                        `F:3: image: "no.jpg" cannot be read: no such file`,
		ok + "  image: F\n":                             `F:3: image: "F" is not a JPEG or PNG picture`,
		ok + "- name: [x\n":                             "F:3: is not valid YAML",
		ok + "- " + strings.Repeat("[", 100_000) + "\n": "F:3: nests too deep; allowed: up to 5 levels",
		ok + strings.Repeat("- ", 100_000) + "\n":       "F:3: nests too deep",
		strings.Repeat("a:\n", 30_000):                  "F:20001: has too many lines; allowed: up to 20000 lines",
		"- name: " + strings.Repeat("x", 2<<20):         "F: is too large; allowed: up to 1048576 bytes",
		ok + "\x00\x00":                                 "F:3: is not valid YAML",
	} {
		began := time.Now()
		_, err := loadProducts(write(t, t.TempDir(), "F", source))
		var bad *ConfigError
		if !errors.As(err, &bad) {
			t.Errorf("%.60q: %v", source, err)
			continue
		}
		if got := bad.Error(); !strings.Contains(got, "/"+want) {
			t.Errorf("%.60q: %.300s; want %s", source, got, want)
		}
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("%.60q: refused after %v", source, took)
		}
	}
	if _, err := loadProducts("/dev/zero"); err == nil || !strings.Contains(err.Error(), "is too large") {
		t.Errorf("a file without end: %v", err)
	}
}

// sellable checks that what was taken without a mistake has no fault.
func sellable(t *testing.T, list []listed, mistakes []Mistake) {
	for _, m := range mistakes {
		if m.Problem == "" {
			t.Errorf("a mistake that tells nothing: %+v", m)
		}
	}
	for _, l := range list {
		if faults := l.product.Faults(); len(mistakes) == 0 && faults != nil {
			t.Errorf("taken: %+v, %v", l.product, faults)
		}
	}
}

// Whatever bytes a product list holds, they make products that can be sold or a
// list of mistakes.
func FuzzProducts(f *testing.F) {
	f.Add([]byte("- name: soto\n  aliases: [s, t]\n  price: Rp22.000\n  cost: 1\n  stock: 3\n"))
	f.Add([]byte("- &a {name: x}\n- *a\n- <<: *a\n"))
	f.Add([]byte("[[{"))
	f.Fuzz(func(t *testing.T, src []byte) {
		list, mistakes := readProductYAML(src)
		sellable(t, list, mistakes)
	})
}

func TestPictureProblem(t *testing.T) {
	var wide bytes.Buffer
	if err := png.Encode(&wide, image.NewGray(image.Rect(0, 0, mostPixels+1, 1))); err != nil {
		t.Fatal(err)
	}
	for want, content := range map[string]string{
		"": picture(t), "is not a JPEG or PNG": "GIF89a", "is larger than 1MB": strings.Repeat("x", mostPicture+1), "is 5001 by 1 pixels": wide.String(),
	} {
		if got := pictureProblem(write(t, t.TempDir(), "x", content)); !strings.HasPrefix(got, want) || want == "" && got != "" {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := pictureProblem("/nowhere.png"); !strings.HasPrefix(got, "cannot be read") {
		t.Errorf("a missing file: %q", got)
	}
}
