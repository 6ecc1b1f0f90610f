package main

import (
	"math/rand/v2"
	"regexp"
	"testing"
)

// crashCalls are wishes for a person.
var crashCalls = []string{"mau bicara dengan admin", "tolong sambungkan ke admin", "bisa bicara sama cs?", "admin tolong bales manual"}

// pageFlow: customers want to talk to a person. The admin is paged about each
// exactly once, under a number that nobody else has, and they all go on waiting.
func pageFlow() flow {
	return flow{
		name: "page", people: 40,
		script: func(dice *rand.Rand, n int) (script []input) {
			for _, who := range dice.Perm(40)[:n] {
				script = append(script, input{who, crashCalls[dice.IntN(len(crashCalls))]})
			}
			return script
		},
		check: checkPages,
	}
}

var queueNumber = regexp.MustCompile(`Chat #(\d+): minta bicara`)

func checkPages(o *outcome) {
	pages, numbers := map[int64]int{}, map[string]bool{}
	for _, r := range o.out {
		if r.lane != "alert" || r.turn == 0 {
			continue
		}
		pages[r.turn]++
		if o.seen(r.phone, r.messageID) != 1 {
			o.violate("the page of turn %d never arrived, it is %s (%s)", r.turn, r.status, r.why)
		}
		number := queueNumber.FindString(r.text)
		if number == "" || numbers[number] {
			o.violate("a page without a number of its own: %q", r.text)
		}
		numbers[number] = true
	}
	turns := o.turns()
	for turn, messages := range turns {
		if pages[turn] != 1 {
			o.violate("%d pages about %v", pages[turn], messages)
		}
	}
	if len(o.waiting) != len(turns) {
		o.violate("%d people wait, %d want a person", len(o.waiting), len(turns))
	}
}

func TestCrashPage(t *testing.T) { crashTest(t, pageFlow(), 40, 12) }
