package main

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"bestie/shop"
)

// Script is a conversation written down to be played against the whole program
// on a virtual clock. ParseScript defines the format.
type Script struct {
	Name  string    // as given to ParseScript, for messages
	Start time.Time // where the clock begins, in WIB
	Lines []Line    // without comments and blank lines
}

// Line is one line that does something.
type Line struct {
	Number  int    // in the file, from 1
	Text    string // as written, without the spaces around it
	Command Command
}

// Command is what a line does: one of the …Line types below.
type Command interface {
	// String is the line in its canonical spelling; parsing it again gives the
	// same command.
	String() string
}

// AtLine moves the clock to an instant: `at 2026-11-24 16:30` (WIB). With Start
// it is where the clock begins (Script.Start) and nothing is walked through.
type AtLine struct {
	At    time.Time
	Start bool
}

// AdvanceLine moves the clock forward: `+3m`, `+1d2h`.
type AdvanceLine struct {
	By time.Duration // whole seconds, more than 0
}

// PersonKind is the word that declares a person.
type PersonKind string

// The people of a script.
const (
	PersonContact     PersonKind = "contact"
	PersonAdmin       PersonKind = "admin" // on duty at all hours; the first is the duty admin, the second the second
	PersonDropshipper PersonKind = "dropshipper"
)

// PersonLine declares a person: `contact rina 6281200000001 "Rina"`.
type PersonLine struct {
	Kind    PersonKind
	Name    string // how the script calls them
	Phone   string // international digits
	Display string // their push name, or the dropshipper's shop

	// Of dropshippers alone.
	Limit       shop.Rupiah // credit limit; counts only with LimitGiven
	LimitGiven  bool        // else the setting dropship.limit holds
	BankAccount string      // "" when not given
}

// ProductLine puts a product on the list, or changes it when its name is there
// already: `product bakso 25000 18000 40`.
type ProductLine struct {
	Product shop.Product
}

// ProductsLine takes a product list, YAML or a spreadsheet, in the place of all
// products: `products FILE`; `products demo` is the sample shop of the demo.
type ProductsLine struct {
	File string // relative to the script's folder
}

func (l ProductsLine) load(folder string) ([]shop.Product, error) {
	if l.File == "demo" {
		return demoProducts()
	}
	return loadProducts(filepath.Join(folder, l.File))
}

// OptInLine records that a person agreed to promos: `optin rina`.
type OptInLine struct {
	Name string
}

// PromoLine approves a campaign to everybody eligible: `promo "TEXT"`.
type PromoLine struct {
	Text string
}

// Spoken is what somebody writes: a text, or a picture with the text as caption.
type Spoken struct {
	Text    string
	Quotes  string // part of the message that is replied to, "" for none
	Forward bool   // somebody else's words, passed on

	Image bool
	File  string // picture relative to the script's folder, "" for a sample picture
}

// SayLine is a person writing to the shop: `rina> halo kak`.
type SayLine struct {
	Name string
	Spoken
}

// PhoneLine is somebody typing on the shop phone: `phone> rina Sebentar ya kak`.
type PhoneLine struct {
	To string
	Spoken
}

// Expectation says which of the waiting messages an ExpectLine is about.
type Expectation string

// The three ways to expect.
const (
	ExpectNext    Expectation = "<"  // the oldest unmatched message matches
	ExpectSome    Expectation = "<<" // some unmatched message matches; it and those before it are consumed
	ExpectNothing Expectation = "<!" // no unmatched message matches; without a pattern none is waiting
)

// ExpectLine is what must have reached a person: `rina< ongkir`.
type ExpectLine struct {
	Name    string
	Want    Expectation
	Text    string         // contained in the message, letter case ignored; "" with Pattern
	Pattern *regexp.Regexp // RE2, as written behind ~; nil with Text
}

// Match tells whether a message that reached the person, its text, caption or
// file name, fits. An ExpectNothing without a pattern fits every message.
func (l ExpectLine) Match(message string) bool {
	if l.Pattern != nil {
		return l.Pattern.MatchString(message)
	}
	return strings.Contains(strings.ToLower(message), strings.ToLower(l.Text))
}

// Network is what happens to the bot's connection.
type Network string

// The words for it, each a line of its own.
const (
	NetworkOffline Network = "offline" // the connection is lost and refused
	NetworkOnline  Network = "online"  // it is back
	NetworkRestart Network = "restart" // the bot is killed and started on the same data
)

// NetworkLine is one of these words.
type NetworkLine struct {
	Event Network
}

// FaultLine makes WhatsApp refuse the bot's next sends: `fault send 463 2`.
type FaultLine struct {
	Code  int
	Times int // at least 1
}

// ConfigLine changes a setting for this script: `config sla.warn 2m`. It has
// been tried on the default configuration, so Config.Set takes it.
type ConfigLine struct {
	Key   string
	Value string
}

// Settings are the script's config lines. They all stand before the first
// message and hold from the start.
func (s *Script) Settings() []ConfigLine {
	var out []ConfigLine
	for _, line := range s.Lines {
		if c, ok := line.Command.(ConfigLine); ok {
			out = append(out, c)
		}
	}
	return out
}

// String is the script in canonical form: without comments and blank lines, one
// way to write each command.
func (s *Script) String() string {
	var b strings.Builder
	for _, line := range s.Lines {
		b.WriteString(line.Command.String() + "\n")
	}
	return b.String()
}

// ScriptMistake is one line that does not follow the format.
type ScriptMistake struct {
	Script  string // its name
	Line    int
	Message string
}

// String is file:line: message.
func (m ScriptMistake) String() string {
	return fmt.Sprintf("%s:%d: %s", m.Script, m.Line, m.Message)
}

// ScriptError is every mistake found in one script. The program ends with exit
// code 2.
type ScriptError struct {
	Mistakes []ScriptMistake
}

// Error lists the mistakes, one on a line.
func (e *ScriptError) Error() string {
	lines := make([]string, len(e.Mistakes))
	for i, m := range e.Mistakes {
		lines[i] = m.String()
	}
	return strings.Join(lines, "\n")
}
