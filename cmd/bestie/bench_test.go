package main

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/rs/zerolog"
)

// BenchmarkAnswer is one question and its answer the whole way: a customer's
// real client, the stand-in, the program, and back, with every commit. Both
// clients and the stand-in run in the same process, so this is an upper bound.
func BenchmarkAnswer(b *testing.B) {
	p := benchStage(b, `
contact rina 6281200000001 "Rina"
product bakso 25000 18000 40
`)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		question := fmt.Sprintf("rina> harga bakso berapa kak? (%d)\n+20s\n+15m\n", i)
		lines, err := p.parseTyped("rina", "/"+question)
		if err != nil {
			b.Fatal(err)
		}
		for _, line := range lines {
			if err = p.Do(b.Context(), line); err != nil {
				b.Fatal(err)
			}
		}
		if got := len(p.actors[0].waiting); got != i+1 {
			b.Fatalf("%d answers to %d questions", got, i+1)
		}
	}
}

// BenchmarkQuietDay is a day of script time in which nothing is due.
func BenchmarkQuietDay(b *testing.B) {
	p := benchStage(b, "contact rina 6281200000001 \"Rina\"\n")
	for b.Loop() {
		if err := p.stage.Advance(b.Context(), day, func() {}); err != nil {
			b.Fatal(err)
		}
	}
}

// benchStage plays the opening of a script and leaves the stage up.
func benchStage(b *testing.B, opening string) *Player {
	b.Helper()
	script, err := ParseScript("bench", strings.NewReader(opening))
	if err != nil {
		b.Fatal(err)
	}
	stage, err := NewStage(b.Context(), StageOptions{Config: DefaultConfig(), Start: script.Start, Seed: 1, Log: zerolog.Nop()})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = stage.Close() })
	p := &Player{stage: stage, script: script, log: NewTranscript(io.Discard)}
	for _, line := range script.Lines {
		if err = p.Do(b.Context(), line); err != nil {
			b.Fatal(err)
		}
	}
	return p
}
