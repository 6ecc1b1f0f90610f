package main

import (
	"strings"
	"testing"
)

// TestDivisionSettings: what is refused, and by which words.
func TestDivisionSettings(t *testing.T) {
	for text, want := range map[string]string{
		`{gudang: "0812-3333-4444", keuangan: "0812-5555-6666"}`:                     "",
		`{gudang: "120363041234567890@g.us", toko: "6281233334444-1520000000@g.us"}`: "",
		`{gudang: "gudang@g.us"}`: "is not the address of a group",
		`{gudang: "120363041234567890@g.us", toko: "120363041234567890@g.us"}`: "is there twice",
		`{}`:                                "",
		`{gudang: "abc"}`:                   "divisions.gudang",
		`{"gudang satu": "0812-3333-4444"}`: "is not a name",
		`{gudang: "081233334444", toko: "081233334444"}`: "is there twice",
		`[gudang]`:                   "cannot be read as a section",
		`{sari: "0812-3333-4444"}`:   "also the name of an admin",
		`{gudang: "0812-1111-2222"}`: "the number of an admin",
	} {
		c := DefaultConfig()
		c.Admins = []Admin{{Name: "Mbak Sari", Phone: "6281211112222"}}
		err := c.Set("divisions", text)
		if err == nil {
			err = c.Check()
		}
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}
