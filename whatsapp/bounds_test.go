package whatsapp

import (
	"math"
	"strings"
	"testing"
	"time"

	"bestie/shop"
)

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"halo\tkak\nya":                 "halo\tkak\nya",
		"a\x00b\x1b[31mc\x7f\u0085\r\n": "ab[31mc\n",
		"\u202eniab\u2066x\u2069":       "niabx",
		"halo\xff\xc3":                  "halo\uFFFD",
		"👨‍👩‍👧 \u200bx":                 "👨‍👩‍👧 \u200bx",
		strings.Repeat("é", 50):         strings.Repeat("é", 50),
		strings.Repeat("é", 51):         strings.Repeat("é", 50),
		strings.Repeat("😀", 26):         strings.Repeat("😀", 25),
		"x" + strings.Repeat("😀", 25):   "x" + strings.Repeat("😀", 24),
		strings.Repeat("\x80", 200):     "\uFFFD",
		strings.Repeat("a\xff", 60):     strings.Repeat("a\uFFFD", 25),
		strings.Repeat("\x00", 101):     "",
		"":                              "",
	} {
		if got := clean(in, 100); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestFileName(t *testing.T) {
	for in, want := range map[string]string{
		"resi.pdf": "resi.pdf", "../../etc/passwd": "passwd", `C:\x\y.exe`: "y.exe", "a/": "", "..": "..",
		"bukti\n\ttf.jpg": "bukti tf.jpg", "\u202egpj.exe": "gpj.exe", strings.Repeat("x", 300): strings.Repeat("x", maxName), "": "",
	} {
		if got := fileName(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestValidID(t *testing.T) {
	for id, want := range map[string]bool{
		"3EB0C767D26A1B2C3D": true, "3A5F": true, "1612345678-12": true, strings.Repeat("A", maxID): true,
		"": false, strings.Repeat("A", maxID+1): false, "a b": false, "a\n": false, "\x00": false, "é": false, "\xff": false,
	} {
		if validID(id) != want {
			t.Errorf("%q: %t", id, !want)
		}
	}
}

func TestBelievable(t *testing.T) {
	now, epoch := sentAt, time.Unix(0, 0)
	for name, row := range map[string]struct{ at, want time.Time }{
		"just now":    {now.Add(-time.Second), now.Add(-time.Second)},
		"ahead":       {now.Add(time.Second), now},
		"2100":        {time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC), now},
		"1970":        {epoch, epoch},
		"1969":        {time.Unix(-1, 0), epoch},
		"zero":        {time.Time{}, epoch},
		"end of time": {time.Unix(math.MaxInt64, 0), now},
		"its wrap":    {time.Unix(math.MinInt64, 0), epoch},
	} {
		if got := believable(row.at, now); !got.Equal(row.want) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestBoundedRaw(t *testing.T) {
	raw := make([]byte, maxRaw+1)
	if in := bounded(shop.Incoming{Kind: shop.KindQuarantine, Raw: raw}, sentAt); len(in.Raw) != maxRaw {
		t.Errorf("%d bytes in quarantine", len(in.Raw))
	}
	if in := bounded(shop.Incoming{Kind: shop.KindImage, Raw: raw}, sentAt); in.Raw != nil {
		t.Error("half a picture")
	}
	if in := bounded(shop.Incoming{Kind: shop.KindImage, Raw: raw[1:]}, sentAt); len(in.Raw) != maxRaw {
		t.Error("a whole picture is lost")
	}
	if in := bounded(shop.Incoming{Expiry: maxExpiry + 1}, sentAt); in.Expiry != 0 {
		t.Error("a timer of more than a year")
	}
}
