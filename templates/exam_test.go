package templates

import (
	"slices"
	"testing"
)

func TestExamCounts(t *testing.T) {
	var e Exam
	for _, p := range []Paper{
		{Want: []string{"ongkir"}, Got: []string{"ongkir"}, Ranked: []string{"ongkir", "cod"}},
		{Want: []string{"ongkir"}, Got: []string{"ongkir", "cod"}, Ranked: []string{"cod", "ongkir"}}, // answered, but also wrong
		{Want: []string{"cod"}, Ranked: []string{"a", "b", "cod"}, Menu: []string{"a", "cod"}},
		{Want: []string{"cod"}, Ranked: []string{"a", "b", "c"}, Menu: []string{"a", "b"}},
		{Want: []string{Unknown}},
		{Want: []string{Unknown}, Got: []string{"cod"}, Menu: []string{"cod"}},
	} {
		e.Add(p)
	}
	m := e.Marks()
	if m.N != 6 || m.Top1 != 0.25 || m.Top3 != 0.75 || m.AnsweredRate != 0.5 || m.MenuRightRate != 0.5 || m.UnknownRecall != 0.5 {
		t.Errorf("%+v", m)
	}
	if want := 2.0 / 6; m.WrongRate != want || m.Accuracy != want {
		t.Errorf("wrong %v, accuracy %v", m.WrongRate, m.Accuracy)
	}
	// ongkir: 1 right of 2 wanted and 1 given; cod: none; unknown: 1 of 2 wanted and 3 given.
	if want := (2.0/3 + 0 + 2.0/5) / 3; m.MacroF1 < want-1e-9 || m.MacroF1 > want+1e-9 {
		t.Errorf("macro F1 %v, want %v", m.MacroF1, want)
	}
	if c := e.Confusions(); len(c) != 3 || c[0] != (Confusion{"cod", Unknown, 2}) {
		t.Errorf("%+v", c)
	}
	if (&Exam{}).Marks() != (Marks{}) {
		t.Error("an empty exam has marks")
	}
}

func TestMarkMulti(t *testing.T) {
	ask := []string{"ongkir", "cod"}
	m := MarkMulti([]Paper{
		{Want: ask, Got: []string{"ongkir", "cod"}}, {Want: ask, Got: []string{"cod", "ongkir"}}, // all, but not in order
		{Want: ask, Got: []string{"cod"}}, {Want: ask, Got: []string{"cod", "salam"}}, {Want: ask},
	})
	if m != (MultiMarks{5, 0.2, 0.6}) {
		t.Errorf("%+v", m)
	}
}

// TestRepair: a slip in a long word is put right when there is no doubt.
func TestRepair(t *testing.T) {
	r := newRepairs([]string{"pengembalian", "kadaluarsa", "transfer", "warung", "sarung", "harga"})
	for said, want := range map[string]string{
		"penegmbalian": "pengembalian", "kadaluarss": "kadaluarsa", "trannsfer": "transfer", "trasfer": "transfer",
		"barung": "barung", // the first letter is hardly ever wrong
		"haga":   "haga",   // too short
		"harxx":  "harxx", "transfer": "transfer", "": "", "<produk>": "<produk>",
	} {
		if got := r.repair(said); got != want {
			t.Errorf("%q is repaired to %q, want %q", said, got, want)
		}
	}
	if got := newRepairs([]string{"warung", "waruna"}).repair("warunb"); got != "warunb" {
		t.Errorf("a doubtful slip became %q", got)
	}
}

// TestWithoutGreeting: a greeting counts only where nothing follows it.
func TestWithoutGreeting(t *testing.T) {
	for text, want := range map[string][]string{
		"halo kak, mau refund":             {"mau", "refund"},
		"assalamualaikum selamat pagi kak": {"assalamualaikum", "selamat", "pagi", "kak"},
		"halo mau refund":                  {"mau", "refund"},
		"pagi kak ongkir brp":              {"ongkir", "berapa"},
		"sore ini dikirim?":                {"sore", "ini", "dikirim"},
		"halo":                             {"halo"},
		"":                                 nil,
	} {
		if got := withoutGreeting(Normalise(text)); !slices.Equal(got, want) {
			t.Errorf("%q is read as %q, want %q", text, got, want)
		}
	}
}

// TestAPieceIsNoQuestion: most messages that can be cut are one wish.
func TestAPieceIsNoQuestion(t *testing.T) {
	lib := library(t)
	for text, want := range map[string][]string{
		"udah tf tapi blm diproses kak, statusnya masih menunggu pembayaran": {"sudah_bayar_menunggu"},
		"lupa ganti alamat kak, masih bisa?":                                 {"ubah_alamat"},
		"limit saya habis, mau top up 200rb caranya gimana":                  {"limit_habis", "topup_limit"},
		"ready gak kak? varian apa aja? harganya brp?":                       {"tanya_stok", "tanya_varian", "tanya_harga"},
	} {
		var got []string
		for _, p := range lib.Match(text).Parts {
			got = append(got, p.Intent)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q asks %v, want %v", text, got, want)
		}
	}
}

// TestCalibration: a careful template never answers below its own threshold, and a
// model that is always right is sharpened.
func TestCalibration(t *testing.T) {
	lib := library(t)
	for _, tp := range lib.Templates() {
		if th := lib.matcher.threshold(tp.Intent); tp.Careful && th < carefulThreshold || th < lib.Threshold() && tp.Threshold == 0 {
			t.Errorf("%s answers from %v", tp.Intent, th)
		}
	}
	if s := sharpest([]rehearsed{{[]float32{1, 0}, 0}, {[]float32{1, 0}, 0}}); s < 2.9 {
		t.Errorf("a model that is always right is sharpened by %v only", s)
	}
}
