package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"bestie/shop"
	"bestie/whatsapp/standin/people"
)

// deskRounds is how many commands an admin gives, each of which the program dies of; as
// many for each of -crash.seeds.
const deskRounds = 12

// TestCrashDesk: the program is killed between each command of an admin and its
// effect, at any moment and inside its sends. The customer gets every reply exactly
// once and in order, the admin each confirmation. A reply in whose sending the program
// died five times is given up, and the admin is told.
func TestCrashDesk(t *testing.T) {
	t.Parallel()
	lives <- struct{}{}
	defer func() { <-lives }()
	rounds := deskRounds * max(1, *crashSeeds)
	dice := rand.New(rand.NewPCG(5, 5))
	var snare trap
	s := newSite(t, siteOptions{Seed: 5, OnSend: snare.onSend, Config: func(c *Config) {
		c.Admins = []Admin{{Name: "Sari", Phone: crashAdmin, Roles: []shop.Role{shop.RoleDuty}}}
	}})
	snare.bot = s.bot
	sari, rina := s.person(crashAdmin, "Sari"), s.person("6281200000001", "Rina")
	say := func(p *people.Person, text string) {
		t.Helper()
		ctx, cancel := s.bound()
		defer cancel()
		if _, err := p.Say(ctx, stageNumber, text); err != nil {
			t.Fatal(err)
		}
	}
	child := s.start()
	say(rina, "mau bicara dengan admin")
	if err := s.until(func() bool { return got(sari, "Chat #1") == 1 }); err != nil {
		t.Fatal("no page:", err)
	}
	var want []string
	for round := range rounds {
		want = append(want, fmt.Sprintf("kata ke-%02d, ya Kak", round))
		inSend := dice.IntN(2) == 0
		if inSend {
			snare.arm(1+dice.IntN(2), dice.IntN(2) == 0)
			snare.aim(child)
		}
		say(sari, "balas 1 "+want[round])
		if inSend {
			select {
			case <-child.done:
			case <-time.After(patienceOfSite):
				t.Fatalf("round %d: the program does not die", round)
			}
		} else {
			<-time.After(time.Duration(dice.IntN(25)) * time.Millisecond)
			child.kill()
		}
		child = s.start()
	}
	last := func() bool {
		return got(rina, want[rounds-1]) > 0 && got(sari, "dikirim ke Rina (#1)") >= rounds
	}
	if err := s.until(last); err != nil {
		t.Errorf("the last reply does not come: %v", err)
	}
	s.stop(child)
	var heard []string
	for _, m := range rina.Received() {
		if !m.Own && strings.HasPrefix(m.Text, "kata ke-") {
			heard = append(heard, m.Text)
		}
	}
	want = slices.DeleteFunc(want, func(words string) bool {
		return !slices.Contains(heard, words) && slices.ContainsFunc(sari.Received(), func(m people.Received) bool {
			return strings.Contains(m.Text, "tidak jelas sampai") && strings.Contains(m.Text, words)
		})
	})
	if !slices.Equal(heard, want) {
		t.Errorf("Rina heard\n%s\nwant\n%s", strings.Join(heard, "\n"), strings.Join(want, "\n"))
	}
	if n := got(sari, "dikirim ke Rina (#1)"); n != rounds {
		t.Errorf("Sari got %d confirmations, want %d", n, rounds)
	}
}
