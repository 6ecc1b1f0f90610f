package main

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

// texts is a table without its numbers.
func (s sheet) texts() (out [][]string) {
	for _, r := range s.rows {
		out = append(out, r.cells)
	}
	return out
}

func TestReadCSV(t *testing.T) {
	for name, c := range map[string]struct {
		source string
		want   []sheetRow
	}{
		"commas":            {"nama,harga\nsoto,\"22,000\"\n", []sheetRow{{1, []string{"nama", "harga"}}, {2, []string{"soto", "22,000"}}}},
		"semicolons":        {"nama;harga\r\nsoto;22000\r\n", []sheetRow{{1, []string{"nama", "harga"}}, {2, []string{"soto", "22000"}}}},
		"tabs, mark":        {byteOrderMark + "nama\tharga\nsoto\t22000", []sheetRow{{1, []string{"nama", "harga"}}, {2, []string{"soto", "22000"}}}},
		"utf-16":            {"\xff\xfen\x00;\x00a\x00\n\x00=\xd8\x00\xdeb\x00", []sheetRow{{1, []string{"n", "a"}}, {2, []string{"😀b"}}}},
		"utf-16, big end":   {"\xfe\xff\x00n\x00;\x00a", []sheetRow{{1, []string{"n", "a"}}}},
		"quoted separators": {"\"a;b;c\",x\n1,2\n", []sheetRow{{1, []string{"a;b;c", "x"}}, {2, []string{"1", "2"}}}},
		"rows are counted as a spreadsheet counts": {"a,b\n\n\n\"two\nlines\",c\n,\nd\n", []sheetRow{{1, []string{"a", "b"}}, {4, []string{"two\nlines", "c"}}, {6, []string{"d"}}}},
		"escaped": {"'=1+1,' =x,'',it's\n", []sheetRow{{1, []string{"=1+1", "' =x", "''", "it's"}}}},
		"spaces":  {"  a  , b\n", []sheetRow{{1, []string{"a", "b"}}}},
		"empty":   {"", nil},
	} {
		s, m := parseSheet("x.CSV", []byte(c.source))
		if m != nil {
			t.Errorf("%s: %v", name, m)
			continue
		}
		if diff := cmp.Diff(c.want, s.rows, cmp.AllowUnexported(sheetRow{})); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestSheetsRefused(t *testing.T) {
	wide, far := excelize.NewFile(), excelize.NewFile()
	if err := wide.SetCellStr("Sheet1", "ZZ3", "x"); err != nil {
		t.Fatal(err)
	}
	for i := range mostSheetRows + 1 {
		cell, _ := excelize.CoordinatesToCellName(1, i+1)
		if err := far.SetCellInt("Sheet1", cell, 1); err != nil {
			t.Fatal(err)
		}
	}
	saved := func(f *excelize.File) string {
		b, err := f.WriteToBuffer()
		if err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	var bomb bytes.Buffer
	z := zip.NewWriter(&bomb)
	part, err := z.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	if _, err = part.Write(make([]byte, mostUnzipped+1)); err != nil {
		t.Fatal(err)
	}
	if err = z.Close(); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ file, source, want string }{
		"unpacks to too much": {"a.xlsx", bomb.String(), "unzip size exceeds"},
		"windows":             {"a.csv", "nama\nkerupuk\xe9\n", `:2: is not UTF-8 (Windows-1252?); allowed: UTF-8; in Excel: Save as, "CSV UTF-8"`},
		"utf-16 cut short":    {"a.csv", "\xff\xfen\x00a", ":1: is not UTF-8"},
		"half a pair":         {"a.csv", "\xff\xfe\x00\xd8", ":1: is not UTF-8"},
		"quote":               {"a.csv", "a,b\nc,\"d\n", ":2: is not a CSV row: extraneous or missing \" in quoted-field"},
		"invisible":           {"a.csv", "a,b\nc,d\x00\n", "row 2, column B: holds the invisible sign U+0000; allowed: delete it"},
		"large":               {"a.csv", strings.Repeat("x", mostSheetBytes+1), "is too large"},
		"rows":                {"a.csv", strings.Repeat("x\n", mostSheetRows+1), "row 20001, column A: is in one row too many"},
		"columns":             {"a.csv", strings.Repeat(",", 300) + "x", "row 1, column KO: is too far to the right"},
		"cell":                {"a.csv", "a," + strings.Repeat("x", mostSheetCell+1), "row 1, column B: has too many letters"},
		"no zip":              {"a.xlsx", "nama,harga", "cannot be read as a spreadsheet"},
		"old kind":            {"a.xlsx", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600), "allowed: a file saved as .xlsx"},
		"cut off":             {"a.xlsx", saved(excelize.NewFile())[:900], "cannot be read as a spreadsheet"},
		"xlsx, columns":       {"a.xlsx", saved(wide), `sheet "Sheet1", row 3, column ZZ: is too far to the right`},
		"xlsx, rows":          {"a.xlsx", saved(far), `sheet "Sheet1", row 20001, column A: is in one row too many`},
	} {
		_, err := readSheet(write(t, t.TempDir(), c.file, c.source))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; want %s", name, err, c.want)
		}
	}
	if _, err := readSheet(filepath.Join(t.TempDir(), "no.csv")); err == nil {
		t.Error("a missing file was read")
	}
}

// What is written is read again, and nothing in the file is a formula.
func TestSheetRoundTrip(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(
			rapid.StringOfN(rapid.SampledFrom([]rune("=+-@'\";,\n ab0é😊＝_x")), 0, 12, -1),
			rapid.StringMatching(`a?(_x00[46][0-9A-Fa-f]_?|_x005F_|x){0,4}`),
		)
		rows := rapid.SliceOfN(rapid.SliceOfN(text, 1, 5), 0, 6).Draw(t, "rows")
		var want [][]string
		for _, row := range rows {
			for i := range row {
				row[i] = strings.TrimSpace(row[i])
			}
			kept := row
			for len(kept) > 0 && kept[len(kept)-1] == "" {
				kept = kept[:len(kept)-1]
			}
			if len(kept) > 0 {
				want = append(want, kept)
			}
		}
		for _, kind := range []string{"x.csv", "x.xlsx"} {
			path := filepath.Join(dir, kind)
			if err := writeSheet(path, "Produk", rows); err != nil {
				t.Fatal(err)
			}
			got, err := readSheet(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got.texts()); diff != "" {
				t.Fatalf("%s: %s", kind, diff)
			}
			if runs := runnable(t, path); runs != "" {
				t.Fatalf("%s: a spreadsheet would run %q", kind, runs)
			}
			if err = os.Remove(path); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// runnable is a cell of a CSV file that a spreadsheet would take for a formula.
func runnable(t *rapid.T, path string) string {
	if !strings.HasSuffix(path, ".csv") {
		return ""
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(raw, []byte(byteOrderMark))))
	r.FieldsPerRecord = -1
	all, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, cell := range slices.Concat(all...) {
		if cell != "" && strings.ContainsRune(formulaSigns, firstRune(cell)) {
			return cell
		}
	}
	return ""
}

func TestEscapeFormula(t *testing.T) {
	for text, want := range map[string]string{
		"=1+1": "'=1+1", "+62": "'+62", "-5": "'-5", "@a": "'@a", "'=1": "''=1", "it's": "it's", "'": "'", "": "", "a=b": "a=b", "＝1": "'＝1", "\t=1": "'\t=1",
	} {
		if got := escapeFormula(text); got != want {
			t.Errorf("escapeFormula(%q) = %q, want %q", text, got, want)
		}
		if got := unescapeFormula(want); got != text {
			t.Errorf("unescapeFormula(%q) = %q, want %q", want, got, text)
		}
	}
}

func TestWriteSheetKeepsWhatIsThere(t *testing.T) {
	path := write(t, t.TempDir(), "mine.csv", "mine")
	if err := writeSheet(path, "x", nil); err == nil {
		t.Error("a file was overwritten")
	}
	if b, err := os.ReadFile(path); err != nil || string(b) != "mine" {
		t.Errorf("the file now holds %q, %v", b, err)
	}
	if err := writeSheet(filepath.Join(t.TempDir(), "bell.csv"), "x", [][]string{{"a", "b\a"}}); err == nil || !strings.Contains(err.Error(), "row 1, column B holds the invisible sign U+0007") {
		t.Errorf("a sign that XML cannot hold: %v", err)
	}
	long := filepath.Join(t.TempDir(), "long.xlsx")
	if err := writeSheet(long, "x", [][]string{{"a", strings.Repeat("x", 40_000)}}); err == nil || !strings.Contains(err.Error(), "row 1, column B") {
		t.Errorf("a cell that Excel would cut: %v", err)
	}
}

func TestPlainNumber(t *testing.T) {
	for cell, want := range map[string]string{
		"1.5110012345678E+13": "15110012345678", "1.5110012345678E13": "15110012345678", "1.234567E+20": "1.234567E+20", "1E5": "1E5", "1.2345678E2": "1.2345678E2", "25000": "25000", "x": "x",
	} {
		if got := plainNumber(cell); got != want {
			t.Errorf("plainNumber(%q) = %q, want %q", cell, got, want)
		}
	}
}

func TestColumnName(t *testing.T) {
	for n, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 51: "AZ", 52: "BA", 701: "ZZ", 702: "AAA"} {
		if got := columnName(n); got != want {
			t.Errorf("columnName(%d) = %q, want %q", n, got, want)
		}
	}
}

// Whatever bytes a spreadsheet holds, they make rows within the bounds or one
// mistake that tells what to do.
func FuzzSheet(f *testing.F) {
	book := excelize.NewFile()
	if err := book.SetSheetRow("Sheet1", "A1", &[]any{"nama", "harga", 25000, true}); err != nil {
		f.Fatal(err)
	}
	b, err := book.WriteToBuffer()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(true, b.Bytes())
	f.Add(false, []byte("nama;harga\n\"a\nb\";'=1\n"))
	f.Add(false, []byte("\ufeffa\tb\n\n\"\"\"\"\n"))
	f.Fuzz(func(t *testing.T, xlsx bool, src []byte) {
		name := "x.csv"
		if xlsx {
			name = "x.xlsx"
		}
		s, m := parseSheet(name, src)
		if m != nil && m.Problem == "" {
			t.Errorf("a mistake that tells nothing: %+v", m)
		}
		last := 0
		for _, r := range s.rows {
			if r.number <= last || len(r.cells) == 0 || len(r.cells) > mostSheetColumns {
				t.Fatalf("row %d after %d with %d cells", r.number, last, len(r.cells))
			}
			last = r.number
			for _, c := range r.cells {
				if utf8.RuneCountInString(c) > mostSheetCell {
					t.Fatal("a cell beyond the bound")
				}
			}
		}
	})
}
