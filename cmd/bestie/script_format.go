package main

import (
	"fmt"
	"strings"
	"time"
)

var quoter = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

func quoteWord(s string) string { return `"` + quoter.Replace(s) + `"` }

// String implements Command.
func (l AtLine) String() string { return "at " + l.At.Format(time.DateTime) }

// String implements Command.
func (l AdvanceLine) String() string { return "+" + formatSpan(l.By) }

// String implements Command.
func (l PersonLine) String() string {
	s := fmt.Sprintf("%s %s %s %s", l.Kind, l.Name, l.Phone, quoteWord(l.Display))
	if l.LimitGiven {
		s += fmt.Sprintf(" limit %d", int64(l.Limit))
	}
	if l.BankAccount != "" {
		s += " account " + quoteWord(l.BankAccount)
	}
	return s
}

// String implements Command.
func (l ProductLine) String() string {
	p := l.Product
	return fmt.Sprintf("product %s %d %d %d", quoteWord(p.Name), int64(p.Price), int64(p.Cost), p.Stock)
}

// String implements Command.
func (l ProductsLine) String() string { return "products " + quoteWord(l.File) }

// String implements Command.
func (l OptInLine) String() string { return "optin " + l.Name }

// String implements Command.
func (l PromoLine) String() string { return "promo " + quoteWord(l.Text) }

// String is the text as a script writes it.
func (s Spoken) String() string {
	text := escape(s.Text)
	switch {
	case s.Quotes != "":
		return "[reply " + s.Quotes + "] " + text
	case s.Forward:
		return "[forward] " + text
	case s.Image && s.File != "":
		return strings.TrimSpace("[image " + s.File + "] " + text)
	case s.Image:
		return strings.TrimSpace("[image] " + text)
	}
	return text
}

// String implements Command.
func (l SayLine) String() string { return l.Name + "> " + l.Spoken.String() }

// String implements Command.
func (l PhoneLine) String() string { return "phone> " + l.To + " " + l.Spoken.String() }

// String implements Command.
func (l ExpectLine) String() string {
	rest := escape(l.Text)
	if l.Pattern != nil {
		rest = "~" + l.Pattern.String()
	}
	return strings.TrimSpace(l.Name + string(l.Want) + " " + rest)
}

// String implements Command.
func (l NetworkLine) String() string { return string(l.Event) }

// String implements Command.
func (l FaultLine) String() string { return fmt.Sprintf("fault send %d %d", l.Code, l.Times) }

// String implements Command.
func (l ConfigLine) String() string { return "config " + l.Key + " " + l.Value }
