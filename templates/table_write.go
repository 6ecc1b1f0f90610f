package templates

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// writer writes a template's file line by line.
type writer struct {
	text  strings.Builder
	lines []int
}

func (w *writer) line(s string, cell int) {
	w.text.WriteString(s + "\n")
	w.lines = append(w.lines, cell)
}

// mapping writes the keys of a branch. first is what stands before its first key,
// rest what stands before the others.
func (w *writer) mapping(b *branch, first, rest string) {
	lead := first
	for _, k := range b.kids {
		switch {
		case k.cell >= 0 && slices.Contains(bare, k.key) && b.key != "variables":
			w.line(lead+k.key+": "+bareValue(k.key, k.text), k.cell)
		case k.cell >= 0:
			w.line(lead+quoted(k.key)+": "+quoted(k.text), k.cell)
		case len(k.kids) > 0:
			w.line(lead+quoted(k.key)+":", -1)
			w.below(k, rest+"  ")
		}
		lead = rest
	}
}

// below writes what a key holds: a list of texts, a list of mappings, a mapping.
func (w *writer) below(b *branch, indent string) {
	for _, k := range b.kids {
		_, err := strconv.Atoi(k.key)
		switch {
		case k.key == "":
			w.line(indent+"- "+quoted(k.text), k.cell)
		case err == nil:
			w.mapping(k, indent+"- ", indent+"  ")
		default:
			w.mapping(b, indent, indent)
			return
		}
	}
}

// bareValue writes a number, true or false, also when it is written as a spreadsheet
// or an Indonesian writes it: 1, TRUE, ya; 0,7.
func bareValue(key, text string) string {
	value := strings.ToLower(text)
	if key == "threshold" {
		value = strings.Replace(value, ",", ".", 1)
	} else if known := flagWords[value]; known != "" {
		value = known
	}
	if plainValue.MatchString(value) {
		return value
	}
	return quoted(text)
}

// flagWords are the ways to write true and false; a ticked cell is stored as 1.
var flagWords = map[string]string{"1": "true", "ya": "true", "yes": "true", "0": "false", "tidak": "false", "no": "false"}

var (
	// plainValue is a number, true or false.
	plainValue = regexp.MustCompile(`^(true|false|[0-9.]{1,10})$`)
	// plainText is a text that needs no quotes in YAML, wherever it stands.
	plainText = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9_]*( [a-zA-Z0-9_]+)*$`)
	// notText are words that YAML takes for something else.
	notText = []string{"true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"}
)

// quoted writes a text so that YAML reads the same text.
func quoted(text string) string {
	if plainText.MatchString(text) && !slices.Contains(notText, strings.ToLower(text)) {
		return text
	}
	return `"` + escapes.Replace(text) + `"`
}

var escapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`, "\r", `\r`)

func sortedKeys(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }
