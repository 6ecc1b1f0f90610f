package templates

import (
	"errors"
	"maps"
	"strings"
	"testing"
	"testing/fstest"
)

// everything is a value for every variable.
func everything() Vars {
	vars := Vars{}
	for _, name := range variables {
		vars[name] = "Isi " + name + "."
	}
	maps.Copy(vars, Vars{
		VarKak: "Kak Rina", VarGreeting: "Selamat pagi", VarProduct: "bakso", VarPrices: "Harga bakso Rp25.000.",
		VarStock: "Bakso ready, sisa 40 pcs.", VarSoldOut: "bakso", VarProductList: "• Bakso\n• Soto",
		VarCity: "Bandung", VarCityRate: "Rp12.000", VarOrder: "240611ABCD",
		VarHours: "Senin-Sabtu 08.00-17.00 WIB", VarCOD: "Bisa COD lewat Shopee ya Kak.", VarPayment: "transfer BCA atau QRIS",
		VarMinimum: "Beli 1 pun boleh.", VarGroups: "https://chat.whatsapp.com/x", VarSignup: "Isi formulir di situs kami.",
	})
	return vars
}

// TestEveryTemplateRenders sends every wording of every reply, with a name and
// without.
func TestEveryTemplateRenders(t *testing.T) {
	lib := library(t)
	for _, tp := range lib.Templates() {
		for _, a := range tp.Answers {
			for _, name := range []string{"Kak Rina", ""} {
				vars := Vars{VarKak: name}
				for _, need := range a.Needs {
					vars[need] = everything()[need]
				}
				reader := RoleCustomer
				if len(a.Roles) > 0 {
					reader = a.Roles[0]
				}
				for i, want := range a.Wordings {
					r, err := lib.Render(tp.Intent, reader, vars, func(int) int { return i })
					if err != nil {
						t.Fatal(err)
					}
					if r.Wording != i || r.Answers != a.Stops || r.Template != tp.ID() {
						t.Errorf("%s: reply %+v for wording %q", tp.ID(), r, want)
					}
					t.Logf("--- %s answers=%t\n%s", tp.ID(), r.Answers, r.Text)
					checkReadable(t, tp.ID(), r.Text)
				}
			}
		}
	}
}

func TestRenderChoosesByWhatIsKnown(t *testing.T) {
	lib := library(t)
	for _, c := range []struct {
		intent, want string
		vars         Vars
		answers      bool
	}{
		{"ongkir", "Rp12.000", Vars{VarCity: "Bandung", VarCityRate: "Rp12.000"}, true},
		{"ongkir", "Bandung", Vars{VarCity: "Bandung"}, true},
		{"ongkir", "gratis ongkir", Vars{VarCityRate: "Rp12.000"}, true},
		{"tanya_harga", "Harga bakso Rp25.000", Vars{VarPrices: "Harga bakso Rp25.000."}, true},
		{"tanya_harga", "• Bakso", Vars{VarProductList: "• Bakso"}, false},
		{"tanya_harga", "cek dulu", nil, false},
		{"tanya_stok", "sedang habis", Vars{VarSoldOut: "bakso", VarProductList: "• Bakso"}, true},
		{"tanya_stok", "cek dulu", Vars{}, false},
		{"salam", "Halo Kak 👋", Vars{}, false},
	} {
		r, err := lib.Render(c.intent, RoleCustomer, c.vars, nil)
		if err != nil || !strings.Contains(r.Text, c.want) || r.Answers != c.answers {
			t.Errorf("Render(%s, %v) = %+v, %v; want %q", c.intent, c.vars, r, err, c.want)
		}
	}
}

func TestRenderFails(t *testing.T) {
	needy := strings.Replace(goodFile, "  - answers: false\n", "  - needs: [tarif]\n    answers: false\n", 1)
	lib, err := LoadFS(fstest.MapFS{"x/ongkir.yaml": {Data: []byte(needy)}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := lib.Render("ongkir", RoleCustomer, nil, nil); !errors.Is(err, ErrMissing) || !strings.Contains(err.Error(), "tarif") {
		t.Errorf("without a variable: %v", err)
	}
	if _, err := lib.Render("refund_saja", RoleCustomer, nil, nil); !errors.Is(err, ErrNoTemplate) {
		t.Errorf("without a template: %v", err)
	}
	if r, err := lib.Render("ongkir", RoleCustomer, Vars{VarCity: "Solo"}, func(int) int { return 99 }); err != nil || r.Wording != 0 {
		t.Errorf("a wild pick: %+v, %v", r, err)
	}
}

func TestRules(t *testing.T) {
	lib := library(t)
	for intent, want := range map[string]struct{ handOver, closes, greets bool }{
		"bicara_admin": {handOver: true}, "komplain_marah": {handOver: true}, "terima_kasih": {closes: true}, "salam": {greets: true},
		"ongkir": {}, "status_pesanan": {}, "berhenti": {},
	} {
		r, err := lib.Render(intent, RoleCustomer, everything(), nil)
		if err != nil || r.HandOver != want.handOver || r.Closes != want.closes || r.Greets != want.greets {
			t.Errorf("%s: %+v, %v", intent, r, err)
		}
	}
}
