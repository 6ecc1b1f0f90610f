package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/rs/zerolog"

	"bestie/bot"
	"bestie/shop"
	"bestie/templates"
)

// judge decides first messages as production does, without a chat, a database or
// a network.
type judge struct {
	policy   bot.Policy
	texts    *templates.Texts
	products []shop.Product
	now      time.Time
}

// newJudge takes the rules of a configuration. Every fact counts as given: whether
// a template is found must not depend on what the owner has told yet.
func newJudge(c *Config, texts *templates.Texts, products []shop.Product, now time.Time) judge {
	policy := c.answerPolicy()
	policy.Facts = templates.SampleVars()
	return judge{policy, texts, products, now}
}

// verdict is what became of a message.
type verdict struct {
	chosen     []string // intents of the templates and flows that answer, in order; empty for a holding reply and silence
	likeliest  string   // what the matcher took it for, sure or not
	confidence float64
	threshold  float64
}

func (v verdict) String() string {
	found := "nothing sure"
	if len(v.chosen) > 0 {
		found = strings.Join(v.chosen, ", ")
	}
	return fmt.Sprintf("%s (likeliest %s with %.2f, needed %.2f)", found, v.likeliest, v.confidence, v.threshold)
}

// decide is the verdict on one message of a customer or a dropshipper.
func (j judge) decide(library *templates.Library, reader templates.Role, text string) (verdict, error) {
	out, err := j.outcome(library, reader, text)
	if err != nil {
		return verdict{}, err
	}
	m := library.Match(text, j.products...)
	v := verdict{confidence: m.Confidence, threshold: m.Threshold, chosen: chosen(out, library)}
	if len(m.Ranked) > 0 {
		v.likeliest = m.Ranked[0].Intent
	}
	return v, nil
}

// outcome is what the bot does about a first message.
func (j judge) outcome(library *templates.Library, reader templates.Role, text string) (shop.Outcome, error) {
	b := &bot.Bot{
		Library: func() *templates.Library { return library }, Texts: j.texts, Policy: j.policy,
		Rand: func(int) int { return 0 }, NewID: func() string { return "" }, Log: zerolog.Nop(),
	}
	turn := shop.Turn{
		Now: j.now, Person: shop.Person{ID: 1}, Products: j.products, NextNumber: 1,
		Messages: []shop.Message{{Kind: shop.KindText, Text: text, SentAt: j.now, ReceivedAt: j.now}},
	}
	if reader == templates.RoleDropshipper {
		turn.Dropshipper = &shop.Dropshipper{PersonID: 1, Shop: "Toko Contoh", Limit: shop.DefaultLimit}
	}
	return b.Decide(turn)
}

// chosen lists the intents that an outcome speaks to, in order. A menu, a holding
// reply and the fallback are no intents of the library.
func chosen(out shop.Outcome, library *templates.Library) (found []string) {
	for _, d := range out.Drafts {
		for _, p := range d.Parts {
			if d.Lane == shop.LaneReply && library.Template(p.Intent) != nil {
				found = append(found, p.Intent)
			}
		}
	}
	return found
}

// testFailure is a test line of a template that is not decided as it should be.
type testFailure struct {
	templates.Test
	got verdict
}

func (f testFailure) String() string {
	want := "must find " + f.Template.Intent
	if !f.Want {
		want = "must not find " + f.Template.Intent
	}
	return fmt.Sprintf("%s:%d: test %q %s; found %s", f.File, f.Line, f.Text, want, f.got)
}

// testFailures are all test lines that fail, in the order of their files.
type testFailures []testFailure

func (f testFailures) Error() string {
	lines := make([]string, len(f))
	for i, one := range f {
		lines[i] = one.String()
	}
	return strings.Join(lines, "\n")
}

// broke are the test lines that keep an owner's library from being put in force:
// those of their own templates that fail, and those of shipped ones that one of
// theirs now answers wrongly. That a shipped line is left to a person meanwhile is no
// reason to keep the shop from its own words.
func (j judge) broke(library *templates.Library) (testFailures, error) {
	red, err := j.test(library)
	own := func(intent string) bool { t := library.Template(intent); return t != nil && t.Own }
	return slices.DeleteFunc(red, func(f testFailure) bool {
		return !f.Template.Own && !slices.ContainsFunc(f.got.chosen, own)
	}), err
}

// test decides every test line of a library. A template that is not for customers
// is tested by a dropshipper.
func (j judge) test(library *templates.Library) (red testFailures, err error) {
	for _, t := range library.Tests() {
		reader := templates.RoleCustomer
		if !slices.Contains(t.Template.Roles, reader) {
			reader = templates.RoleDropshipper
		}
		got, err := j.decide(library, reader, t.Text)
		if err != nil {
			return nil, err
		}
		if slices.Contains(got.chosen, t.Template.Intent) != t.Want {
			red = append(red, testFailure{t, got})
		}
	}
	return red, nil
}
