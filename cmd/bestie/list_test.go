package main

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"bestie/shop"
)

func TestListDays(t *testing.T) {
	want := time.Date(2026, 3, 4, 0, 0, 0, 0, shop.WIB)
	for _, text := range []string{"2026-03-04", "2026-03-04 17:00:00", "4/3/2026", "04/03/2026", "4-3-2026", "4.3.2026", "4/3/2026 17.30", "4 Mar 2026", "4 March 2026", "4 Maret 2026", "04  MARET 2026", "46085", "46085.75"} {
		if got, ok := parseListDay(text); !ok || !got.Equal(want) {
			t.Errorf("%q is %s, %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "kemarin", "4/3", "31/2/2026", "13/13/2026", "2026", "1e999", "nan", "03-04-26"} {
		if got, ok := parseListDay(text); ok {
			t.Errorf("%q is %s", text, got)
		}
	}
}

// An XLSX file as Excel stores it: numbers without their zero, days as numbers.
func TestImportXLSX(t *testing.T) {
	book := excelize.NewFile()
	for i, row := range [][]any{
		{"No HP", "Nama", "Kota", "#catatan", "Tanggal setuju", "Cara setuju", "Kata setuju (persis)"},
		{81234567890, "Rina", "Kota Batu", "x", time.Date(2026, 3, 4, 0, 0, 0, 0, time.UTC), "formulir", "ya, mau"},
		{"0812-3456-7891", "Budi"},
		{6281234567892, "Sari", "", "", "4 Maret 2026", "formulir"},
	} {
		if err := book.SetSheetRow("Sheet1", "A"+string(rune('1'+i)), &row); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "list.xlsx")
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	list, err := openList(path, peopleColumns)
	if err != nil {
		t.Fatal(err)
	}
	people, numbers := readPeople(list, false, time.Date(2026, 4, 1, 0, 0, 0, 0, shop.WIB))
	proof := shop.ConsentProof{At: time.Date(2026, 3, 4, 0, 0, 0, 0, shop.WIB), How: "formulir", Words: "ya, mau"}
	want := []shop.ImportedPerson{{Phone: "6281234567890", Name: "Rina", Tags: []string{"kota:Kota Batu"}, Proof: &proof}, {Phone: "6281234567891", Name: "Budi"}}
	if diff := cmp.Diff(want, people); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]int{2, 3}, numbers); diff != "" {
		t.Error(diff)
	}
	if got := list.failed("list.xlsx").Error(); got != `list.xlsx: sheet "Sheet1", row 4, column G (Kata setuju (persis)): is missing; allowed: the words that they agreed to` {
		t.Error(got)
	}
}
