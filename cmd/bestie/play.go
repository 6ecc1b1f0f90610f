package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"bestie/shop"
	"bestie/whatsapp/standin/people"
)

// Mismatch is an expectation of a script that was not met.
type Mismatch struct {
	Script   string
	Line     int
	Expected string
	Got      string
}

// Error is file:line with what was expected and what was there.
func (m *Mismatch) Error() string {
	return fmt.Sprintf("%s:%d: expected %s, got %s", m.Script, m.Line, m.Expected, m.Got)
}

// actor is a person of a script.
type actor struct {
	PersonLine
	person  *people.Person
	seen    int      // messages already noted in the transcript
	waiting []string // content that no expectation has consumed
}

// Player plays a script on a stage, one line after the other; a line is over
// when the program is quiet.
type Player struct {
	stage  *Stage
	script *Script
	log    *Transcript
	actors []*actor // in order of declaration
	admins int
	promos int
}

// Play builds a stage for a script and plays it. The error is a *Mismatch when
// an expectation was not met.
func Play(ctx context.Context, script *Script, base *Config, opt StageOptions, log *Transcript) (err error) {
	p, err := NewPlayer(ctx, script, base, opt, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.stage.Close()) }()
	return p.Play(ctx)
}

// NewPlayer builds the stage that a script asks for: base with the script's own
// settings. The stage is the caller's to close.
func NewPlayer(ctx context.Context, script *Script, base *Config, opt StageOptions, log *Transcript) (*Player, error) {
	config := *base
	for _, line := range script.Settings() {
		if err := config.Set(line.Key, line.Value); err != nil {
			return nil, fmt.Errorf("%s: %w", script.Name, err)
		}
	}
	opt.Config, opt.Start = &config, script.Start
	stage, err := NewStage(ctx, opt)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", script.Name, err)
	}
	return &Player{stage: stage, script: script, log: log}, nil
}

// Play plays every line of the script, up to the first that fails.
func (p *Player) Play(ctx context.Context) error {
	p.log.begin(p.script.Name, p.stage.Now())
	for _, line := range p.script.Lines {
		if err := p.Do(ctx, line); err != nil {
			return err
		}
	}
	return nil
}

// Do plays one line.
func (p *Player) Do(ctx context.Context, line Line) error {
	err := p.command(ctx, line)
	if err == nil {
		err = p.stage.Quiet(ctx)
	}
	p.gather()
	var mismatch *Mismatch
	if err != nil && !errors.As(err, &mismatch) {
		return fmt.Errorf("%s:%d: %w", p.script.Name, line.Number, err)
	}
	return err
}

func (p *Player) command(ctx context.Context, line Line) error {
	switch c := line.Command.(type) {
	case AtLine:
		if c.Start {
			return nil // the stage began there
		}
		return p.stage.Advance(ctx, c.At.Sub(p.stage.Now()), p.gather)
	case AdvanceLine:
		return p.stage.Advance(ctx, c.By, p.gather)
	case PersonLine:
		return p.declare(ctx, c)
	case SayLine:
		a := p.actor(c.Name)
		p.log.says(p.stage.Now(), c.Name, "", c.Spoken)
		return p.speak(ctx, a.person, p.stage.opt.Config.Business.Number, c.Spoken)
	case PhoneLine:
		p.log.says(p.stage.Now(), reservedName, c.To, c.Spoken)
		return p.speak(ctx, p.stage.phone, p.actor(c.To).Phone, c.Spoken)
	case ExpectLine:
		return p.expect(line, c)
	case NetworkLine:
		p.log.event(p.stage.Now(), string(c.Event))
		return p.network(ctx, c.Event)
	case FaultLine:
		p.log.event(p.stage.Now(), c.String())
		p.stage.srv.RefuseSends(p.stage.bot, c.Code, c.Times)
		return nil
	case ConfigLine:
		return nil // taken before the stage was built
	}
	return p.books(ctx, line.Command)
}

// books are the lines that put something on record.
func (p *Player) books(ctx context.Context, command Command) error {
	now, db := p.stage.clock.Now(), p.stage.app.db
	switch c := command.(type) {
	case ProductLine:
		return db.PutProduct(ctx, c.Product)
	case ProductsLine:
		list, err := c.load(filepath.Dir(p.script.Name))
		if err != nil {
			return err
		}
		return db.SetProducts(ctx, list)
	case OptInLine:
		a := p.actor(c.Name)
		person, err := db.Register(ctx, now, a.Phone, "", "")
		if err != nil {
			return err
		}
		return db.AddConsent(ctx, shop.Consent{PersonID: person.ID, Granted: true, At: now, Source: "script", Words: "optin " + c.Name})
	case PromoLine:
		p.promos++
		campaign := shop.Campaign{Name: fmt.Sprintf("promo %d", p.promos), Text: c.Text, ApprovedAt: now}
		roster, err := db.Roster(ctx, now)
		if err != nil {
			return err
		}
		if len(roster) > 0 {
			campaign.CreatedBy = roster[0].ID
		}
		if _, err := db.AddCampaign(ctx, campaign); err != nil {
			return err
		}
		p.stage.app.promos.Wake()
		return nil
	}
	return fmt.Errorf("a command of the type %T cannot be played", command)
}

func (p *Player) network(ctx context.Context, event Network) error {
	switch event {
	case NetworkOffline:
		return p.stage.Offline(ctx)
	case NetworkOnline:
		return p.stage.Online(ctx)
	default:
		return p.stage.Restart(ctx)
	}
}

func (p *Player) actor(name string) *actor {
	for _, a := range p.actors {
		if a.Name == name {
			return a
		}
	}
	return nil // cannot be: the parser refuses undeclared names
}

// declare lets a person appear: with a phone of their own, and in the books if
// the shop knows them.
func (p *Player) declare(ctx context.Context, l PersonLine) error {
	person, err := p.stage.world.Phone(ctx, l.Phone, l.Display)
	if err != nil {
		return err
	}
	p.actors = append(p.actors, &actor{PersonLine: l, person: person})
	now, db := p.stage.clock.Now(), p.stage.app.db
	switch l.Kind {
	case PersonAdmin:
		p.admins++
		role := shop.RoleDuty
		if p.admins > 1 {
			role = shop.RoleSecond
		}
		_, err = db.Register(ctx, now, l.Phone, l.Display, role)
	case PersonDropshipper:
		limit := p.stage.opt.Config.Dropship.Limit
		if l.LimitGiven {
			limit = l.Limit
		}
		_, err = db.RegisterDropshipper(ctx, now, l.Phone, "", shop.Dropshipper{Shop: l.Display, Limit: limit, BankAccount: l.BankAccount})
	case PersonContact: // the shop does not know them yet
	}
	return err
}

// samplePicture is what [image] without a file sends.
var samplePicture = []byte("\xff\xd8\xff\xe0 a picture")

func (p *Player) speak(ctx context.Context, from *people.Person, to string, s Spoken) (err error) {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	switch {
	case s.Quotes != "":
		return reply(ctx, from, to, s)
	case s.Forward:
		_, err = from.Forward(ctx, to, s.Text)
		return err
	case !s.Image:
		_, err = from.Say(ctx, to, s.Text)
		return err
	}
	picture := samplePicture
	if s.File != "" {
		if picture, err = os.ReadFile(filepath.Join(filepath.Dir(p.script.Name), s.File)); err != nil {
			return err
		}
	}
	_, err = from.Image(ctx, to, picture, "image/jpeg", s.Text)
	return err
}

// reply quotes the newest message that reached the person with these words.
func reply(ctx context.Context, from *people.Person, to string, s Spoken) error {
	all := from.Received()
	for i := len(all) - 1; i >= 0; i-- {
		if m := all[i]; !m.Own && strings.Contains(strings.ToLower(m.Text), strings.ToLower(s.Quotes)) {
			_, err := from.Reply(ctx, to, m.ID, m.Text, s.Text)
			return err
		}
	}
	return fmt.Errorf("no message with %s has reached them", quote(s.Quotes))
}

// gather notes what has reached everybody since the last time.
func (p *Player) gather() {
	number := p.stage.opt.Config.Business.Number
	for _, a := range p.actors {
		all := a.person.Received()
		for _, m := range all[a.seen:] {
			if m.Own || m.From != number {
				continue
			}
			content := strings.TrimSpace(strings.Join([]string{m.Text, m.FileName}, "\n"))
			a.waiting = append(a.waiting, content)
			if m.FromDevice != 0 { // what the shop phone typed stands in the transcript already
				p.log.reaches(p.stage.Now(), a.Name, string(m.Kind), content)
			}
		}
		a.seen = len(all)
	}
}

func (p *Player) expect(line Line, l ExpectLine) error {
	a := p.actor(l.Name)
	found := -1
	for i, m := range a.waiting {
		if l.Match(m) {
			found = i
			break
		}
		if l.Want == ExpectNext {
			break
		}
	}
	if (found >= 0) != (l.Want == ExpectNothing) {
		a.waiting = a.waiting[found+1:]
		return nil
	}
	return &Mismatch{Script: p.script.Name, Line: line.Number, Expected: l.String(), Got: a.had(l.Want, found)}
}

// had tells what was waiting instead.
func (a *actor) had(want Expectation, found int) string {
	switch {
	case want == ExpectNothing:
		return quoteMessage(a.waiting[found])
	case len(a.waiting) == 0:
		return "nothing waiting for " + a.Name
	case want == ExpectNext:
		return quoteMessage(a.waiting[0])
	}
	quoted := make([]string, len(a.waiting))
	for i, m := range a.waiting {
		quoted[i] = quoteMessage(m)
	}
	return strings.Join(quoted, " and ")
}

func quoteMessage(m string) string { return `"` + escape(m) + `"` }
