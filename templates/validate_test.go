package templates

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"
)

// goodFile is a template without a mistake; cases below spoil it.
const goodFile = `intent: ongkir
title: Ongkos kirim
roles: [customer]
examples:
  - ongkir berapa
  - ongkirnya ke bandung
  - biaya kirim berapa
  - kirim ke solo kena berapa
  - tarif kirim
variables:
  sapaan: Halo
replies:
  - needs: [kota]
    answers: true
    wordings:
      - "Ke {{kota}} gratis, {{kak}}."
      - "{{sapaan}}, gratis ke {{kota}}."
  - answers: false
    wordings: ["Saya cek dulu ya {{kak}}.", "Sebentar ya {{kak}}."]
tests:
  positive: [ongkirnya ke jogja piro kak]
`

func TestMistakes(t *testing.T) {
	for name, c := range map[string]struct{ old, new, want string }{
		"unknown key":          {"title:", "titel:", `x/ongkir.yaml:2: unknown key "titel"; allowed: intent, title,`},
		"no title":             {"title: Ongkos kirim\n", "", "x/ongkir.yaml:1: title is missing"},
		"key twice":            {"title: Ongkos kirim", "title: a\ntitle: b", "title"},
		"not YAML":             {"roles: [customer]", "roles: [customer", "not valid YAML"},
		"unknown role":         {"[customer]", "[pembeli]", "x/ongkir.yaml:3: roles knows no pembeli; allowed: customer, dropshipper"},
		"wrong intent":         {"intent: ongkir", "intent: ongkoskirim", "x/ongkir.yaml:1: intent must be the file's name, ongkir"},
		"intent spelling":      {"intent: ongkir", "intent: Ongkir!", "x/ongkir.yaml:1: intent must be written like tanya_harga"},
		"number as example":    {"- tarif kirim", "- 12", "x/ongkir.yaml:9: every line of examples must be a text"},
		"too few examples":     {"  - tarif kirim\n", "", "x/ongkir.yaml:5: examples must be at least 5 ways to say it"},
		"list wanted":          {"roles: [customer]", "roles: customer", "x/ongkir.yaml:3: roles must be a list"},
		"flag wanted":          {"answers: true", "answers: yes please", "x/ongkir.yaml:14: answers must be true or false"},
		"flag missing":         {"  - answers: false\n    wordings", "  - wordings", "answers is missing"},
		"share wanted":         {"title: Ongkos kirim", "title: a\nthreshold: 7", "x/ongkir.yaml:3: threshold must be a number from 0 to 1"},
		"one wording":          {`["Saya cek dulu ya {{kak}}.", "Sebentar ya {{kak}}."]`, `["Saya cek."]`, "x/ongkir.yaml:18: a reply has 2 to 4 wordings, this one 1"},
		"unknown variable":     {"{{sapaan}}, gratis", "{{sapan}}, gratis", `x/ongkir.yaml:13: unknown variable "sapan"; allowed: kak, sapaan,`},
		"unneeded variable":    {"Saya cek dulu ya {{kak}}", "Ke {{kota}} saya cek", "x/ongkir.yaml:18: {{kota}} may be unknown"},
		"unknown need":         {"needs: [kota]", "needs: [kotta]", `x/ongkir.yaml:13: unknown variable "kotta"`},
		"unknown fallback":     {"  sapaan: Halo", "  salam: Halo", `x/ongkir.yaml:11: unknown variable "salam"`},
		"brace":                {"Sebentar ya {{kak}}", "Sebentar ya {kak}", "a brace is left over"},
		"never sent":           {"  - needs: [kota]\n    answers", "  - answers", "x/ongkir.yaml:13: this reply needs nothing, so the ones after it are never sent"},
		"too long":             {"Sebentar ya", strings.Repeat("panjang ", 90), "is too long for a chat; at most 600"},
		"no tests":             {"  positive: [ongkirnya ke jogja piro kak]", "  negative: [halo]", "tests must hold at least one positive line"},
		"test is example":      {"[ongkirnya ke jogja piro kak]", "[ONGKIR BERAPA]", `x/ongkir.yaml:21: "ONGKIR BERAPA" is an example too`},
		"example twice":        {"- tarif kirim", "- Ongkir berapa", `x/ongkir.yaml:9: "Ongkir berapa" is already an example of ongkir`},
		"reply's role":         {"  - needs: [kota]\n", "  - needs: [kota]\n    roles: [admin]\n", "x/ongkir.yaml:13: roles knows no admin; allowed: customer, dropshipper"},
		"last for everybody":   {"  - answers: false\n", "  - answers: false\n    roles: [customer]\n", "x/ongkir.yaml:18: the last reply must be for everybody"},
		"two calls":            {"    answers: true\n", "    answers: true\n    call_to_action: [\"Mau? Jadi?\"]\n", `x/ongkir.yaml:13: "Mau? Jadi?" asks two things: one call to action`},
		"call's variable":      {"    answers: true\n", "    answers: true\n    call_to_action: [\"Ke {{produk}} ya\"]\n", "x/ongkir.yaml:13: {{produk}} may be unknown"},
		"no picture":           {"    answers: true\n", "    answers: true\n    image: a/b.jpg\n", `x/ongkir.yaml:13: the picture "a/b.jpg" is not in the library`},
		"picture is text":      {"    answers: true\n", "    answers: true\n    image: x/ongkir.yaml\n", "is no JPEG and no PNG"},
		"menu to nowhere":      {"variables:", "menu: [ongkir, tanya_stok]\nvariables:", `the menu offers "tanya_stok", which no template answers`},
		"menu of one":          {"variables:", "menu: [ongkir]\nvariables:", "a menu has 2 to 5 choices, this one 1"},
		"menu of careful":      {"variables:", "careful: true\nmenu: [ongkir, ongkir]\nvariables:", `the menu offers "ongkir", which is careful`},
		"form without done":    {"tests:", "form:\n  fields:\n    - {name: pesanan, kind: order, ask: Nomor pesanannya berapa?}\ntests:", "x/ongkir.yaml:21: done has 1 to 4 wordings, this one 0"},
		"form without fields":  {"tests:", "form:\n  done: [Siap]\ntests:", "a form has at least one of fields"},
		"field's kind":         {"tests:", "form:\n  fields:\n    - name: pesanan\n      kind: nomor\n      ask: Berapa?\n  done: [Siap]\ntests:", "x/ongkir.yaml:22: a field's kind must be one of order, photo, text"},
		"field without ask":    {"tests:", "form:\n  fields:\n    - name: pesanan\n      kind: order\n  done: [Siap]\ntests:", "x/ongkir.yaml:22: ask is missing"},
		"field twice":          {"tests:", "form:\n  fields:\n    - {name: foto, kind: photo, ask: a}\n    - {name: foto, kind: photo, ask: a}\n  done: [Siap]\ntests:", "x/ongkir.yaml:23: the field foto is there twice"},
		"field left out":       {"tests:", "form:\n  fields:\n    - {name: merek, kind: text, ask: Merek apa?}\n  done: [\"Siap {{merek}}\"]\ntests:", "x/ongkir.yaml:21: one of done must do without what is asked for"},
		"mapping wanted":       {"variables:\n  sapaan: Halo", "variables: [sapaan]", "x/ongkir.yaml:10: variables must be a list of key: value lines"},
		"example elsewhere":    {"- tarif kirim", "- mau refund", `"mau refund" is already an example of ongkir (x/ongkir.yaml)`},
		"respelt elsewhere":    {"- biaya kirim berapa", "- balikin uang ya", `"balikin duit y" is`},
		"empty file":           {goodFile, "", "x/ongkir.yaml: is empty"},
		"unknown key of reply": {"needs: [kota]", "need: [kota]", `unknown key "need"; allowed: needs, roles, answers, asks, wordings`},
	} {
		spoilt := strings.Replace(goodFile, c.old, c.new, 1)
		if spoilt == goodFile {
			t.Fatalf("%s: nothing to spoil", name)
		}
		_, err := LoadFS(fstest.MapFS{
			"x/ongkir.yaml": {Data: []byte(spoilt)},
			"other.yaml":    {Data: []byte("refund_saja: [mau refund, balikin duit y]\n")},
		})
		var mistakes Mistakes
		if !errors.As(err, &mistakes) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got\n%v\nwant %s", name, err, c.want)
		}
	}
}

func TestEveryMistakeIsTold(t *testing.T) {
	_, err := LoadFS(fstest.MapFS{
		"ongkir.yaml":  {Data: []byte(goodFile)},
		"a/salam.yaml": {Data: []byte("intent: salam\nroles: [customer]\nfoo: 1\n")},
		"b/salam.yaml": {Data: []byte("intent: salam\n")},
	})
	var mistakes Mistakes
	if !errors.As(err, &mistakes) {
		t.Fatal(err)
	}
	for _, want := range []string{
		"ongkir.yaml:1: intent stands in the wrong place", "a/salam.yaml:3: unknown key", "a/salam.yaml:1: title is missing",
		"a/salam.yaml:1: replies is missing", `b/salam.yaml:1: intent "salam" is in a/salam.yaml already`,
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("not told: %s\n%v", want, err)
		}
	}
	for i := 1; i < len(mistakes); i++ {
		a, b := mistakes[i-1], mistakes[i]
		if a.File > b.File || a.File == b.File && a.Line > b.Line {
			t.Errorf("%v stands before %v", a, b)
		}
	}
}

func TestGoodFileLoads(t *testing.T) {
	lib, err := LoadFS(fstest.MapFS{"x/ongkir.yaml": {Data: []byte(goodFile)}})
	if err != nil {
		t.Fatal(err)
	}
	if got := lib.Template("ongkir"); got == nil || got.ID() != "x/ongkir" {
		t.Errorf("template %v", got)
	}
}
