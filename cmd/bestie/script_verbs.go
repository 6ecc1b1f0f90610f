package main

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"bestie/shop"
)

// mostAdvance bounds one jump of the clock.
const mostAdvance = 3660 * day

func (p *scriptParser) advance(text string) (Command, error) {
	by, err := parseSpan(strings.TrimSpace(text))
	if err != nil {
		return nil, fmt.Errorf("%s %w; write +90s, +3m, +2h, +5d or +1h30m", quote("+"+text), err)
	}
	if by <= 0 || by > mostAdvance {
		return nil, fmt.Errorf("%s does not move the clock by 1s to %s", quote("+"+text), formatSpan(mostAdvance))
	}
	p.now, p.moved = p.now.Add(by), true
	return AdvanceLine{by}, nil
}

func (p *scriptParser) at(words []word) (Command, error) {
	const form = "at YYYY-MM-DD HH:MM or HH:MM:SS, in WIB"
	if len(words) != 2 {
		return nil, errors.New("write " + form)
	}
	written := words[0].text + " " + words[1].text
	at, err := time.ParseInLocation("2006-01-02 15:04", written, shop.WIB)
	if err != nil {
		at, err = time.ParseInLocation(time.DateTime, written, shop.WIB)
	}
	if err != nil || at.Nanosecond() != 0 || at.Year() < 2000 || at.Year() > 2100 {
		return nil, fmt.Errorf("%s is not an instant; write %s", quote(written), form)
	}
	start := !p.moved && len(p.names) == 0
	if start {
		p.script.Start = at
	} else if at.Before(p.now) {
		return nil, fmt.Errorf("the clock only goes forward: it is %s here already", p.now.Format(time.DateTime))
	}
	p.now, p.moved = at, true
	return AtLine{at, start}, nil
}

var (
	nameForm  = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	phoneForm = regexp.MustCompile(`^[1-9][0-9]{6,14}$`)
)

// reservedName is the shop phone, which no person may be called.
const reservedName = "phone"

func (p *scriptParser) person(kind PersonKind, words []word) (Command, error) {
	if len(words) < 3 || !words[2].quoted {
		return nil, fmt.Errorf(`write %s NAME PHONE "Name", such as %s rina 6281200000001 "Rina"`, kind, kind)
	}
	l := PersonLine{Kind: kind, Name: words[0].text, Phone: words[1].text, Display: words[2].text}
	switch {
	case !nameForm.MatchString(l.Name) || words[0].quoted:
		return nil, fmt.Errorf("%s is not a name; names are small letters, digits and _, beginning with a letter", quote(l.Name))
	case l.Name == reservedName:
		return nil, errors.New("phone is the shop phone; call the person something else")
	case p.names[l.Name]:
		return nil, fmt.Errorf("%s is declared already", l.Name)
	case !phoneForm.MatchString(l.Phone):
		return nil, fmt.Errorf("%s is not a phone number; write international digits such as 6281200000001", quote(l.Phone))
	case p.phones[l.Phone] != "":
		return nil, fmt.Errorf("%s has the phone number %s already", p.phones[l.Phone], l.Phone)
	case strings.TrimSpace(l.Display) == "":
		return nil, fmt.Errorf("the quoted name of %s is empty", l.Name)
	}
	if err := l.options(words[3:]); err != nil {
		return nil, err
	}
	p.names[l.Name], p.phones[l.Phone] = true, l.Name
	return l, nil
}

// options reads what may follow a dropshipper: limit N and account "TEXT".
func (l *PersonLine) options(words []word) error {
	for len(words) > 0 {
		option := words[0].text
		if l.Kind != PersonDropshipper || words[0].quoted || option != "limit" && option != "account" {
			return fmt.Errorf("%s is too much here", quote(option))
		}
		if len(words) < 2 {
			return fmt.Errorf("%s has no value", option)
		}
		given := words[1]
		switch {
		case option == "limit" && !l.LimitGiven:
			n, err := parseNumber(given.text, mostRupiah)
			if err != nil {
				return fmt.Errorf("limit %w", err)
			}
			l.Limit, l.LimitGiven = shop.Rupiah(n), true
		case option == "account" && l.BankAccount == "" && given.text != "":
			l.BankAccount = given.text
		case option == "account" && given.text == "":
			return errors.New("the account is empty")
		default:
			return fmt.Errorf("%s is given twice", option)
		}
		words = words[2:]
	}
	return nil
}

func (p *scriptParser) product(words []word) (Command, error) {
	if len(words) != 4 || words[0].text == "" {
		return nil, errors.New("write product NAME PRICE COST STOCK, such as product bakso 25000 18000 40")
	}
	var n [3]int64
	for i, part := range []string{"price", "cost", "stock"} {
		var err error
		if n[i], err = parseNumber(words[i+1].text, mostRupiah); err != nil {
			return nil, fmt.Errorf("%s %w", part, err)
		}
	}
	return ProductLine{shop.Product{Name: words[0].text, Price: shop.Rupiah(n[0]), Cost: shop.Rupiah(n[1]), Stock: int(n[2])}}, nil
}

// parseNumber reads plain digits.
func parseNumber(s string, most int64) (int64, error) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 || s[0] == '+' {
		return 0, fmt.Errorf("%s is not a whole number in plain digits", quote(s))
	}
	if n > most {
		return 0, fmt.Errorf("%d is more than %d", n, most)
	}
	return n, nil
}

func (p *scriptParser) optIn(words []word) (Command, error) {
	if len(words) != 1 {
		return nil, errors.New("write optin NAME")
	}
	if err := p.declared(words[0].text); err != nil {
		return nil, err
	}
	return OptInLine{words[0].text}, nil
}

// declared refuses a name that nobody has at this line.
func (p *scriptParser) declared(name string) error {
	if p.names[name] {
		return nil
	}
	return fmt.Errorf("nobody is called %s here; declare them above with contact, admin or dropshipper", quote(name))
}

func (p *scriptParser) promo(rest string) (Command, error) {
	words, err := splitWords(rest)
	if err != nil {
		return nil, err
	}
	if len(words) != 1 || !words[0].quoted || strings.TrimSpace(words[0].text) == "" {
		return nil, errors.New(`write promo "TEXT", with the text in double quotes`)
	}
	return PromoLine{words[0].text}, nil
}

func (p *scriptParser) fault(words []word) (Command, error) {
	const form = "write fault send CODE or fault send CODE TIMES, such as fault send 463 2"
	if len(words) < 2 || len(words) > 3 || words[0].text != "send" {
		return nil, errors.New(form)
	}
	l := FaultLine{Times: 1}
	code, err := parseNumber(words[1].text, 999)
	if err != nil || code < 100 {
		return nil, fmt.Errorf("%s is not a code of 100 to 999; %s", quote(words[1].text), form)
	}
	l.Code = int(code)
	if len(words) == 3 {
		times, err := parseNumber(words[2].text, 1000)
		if err != nil || times < 1 {
			return nil, fmt.Errorf("%s is not a number of 1 to 1000; %s", quote(words[2].text), form)
		}
		l.Times = int(times)
	}
	return l, nil
}

func (p *scriptParser) setting(number int, rest string) (Command, error) {
	key, text, _ := strings.Cut(strings.ReplaceAll(rest, "\t", " "), " ")
	l := ConfigLine{key, strings.TrimSpace(text)}
	if key == "" || l.Value == "" {
		return nil, errors.New("write config KEY VALUE, such as config sla.warn 2m")
	}
	if p.said {
		return nil, errors.New("config stands before the first message")
	}
	if err := p.config.Set(l.Key, l.Value); err != nil {
		return nil, err
	}
	p.lastConfig = number
	return l, nil
}
