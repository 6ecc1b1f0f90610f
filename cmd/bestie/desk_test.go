package main

import (
	"testing"
	"time"
)

// TestCommandsElsewhere: what an admin writes in a group, and what they make of a
// message by editing it, is no command; the same words in the direct chat are.
func TestCommandsElsewhere(t *testing.T) {
	t.Parallel()
	s, sari := newStage(t)
	rina := newPerson(t, s, "6281200000001", "Rina")
	ask(t, s, rina, "mau bicara dengan admin")
	if got(sari, "Chat #1") != 1 {
		t.Fatal("no page")
	}
	const words = "balas 1 halo dari Sari"
	if _, err := sari.SayInGroup(t.Context(), []string{stageNumber}, words); err != nil {
		t.Fatal(err)
	}
	pass(t, s, 20*time.Second)
	id, err := sari.Say(t.Context(), stageNumber, "oke makasih")
	if err != nil {
		t.Fatal(err)
	}
	pass(t, s, 20*time.Second)
	if _, err = sari.Edit(t.Context(), stageNumber, id, words); err != nil {
		t.Fatal(err)
	}
	pass(t, s, 20*time.Second)
	if n := got(rina, "halo dari Sari"); n != 0 {
		t.Fatalf("Rina heard it %d times", n)
	}
	ask(t, s, sari, words)
	if n := got(rina, "halo dari Sari"); n != 1 {
		t.Errorf("from the direct chat Rina heard it %d times", n)
	}
}
