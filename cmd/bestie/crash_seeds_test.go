package main

import (
	"flag"
	"fmt"
	"testing"
)

var (
	crashSeeds = flag.Int("crash.seeds", 0, "how many seeds the crash tests play in full; 0: one seed, shortened")
	crashFrom  = flag.Uint64("crash.from", 1, "the first of these seeds")
)

// crashTest plays a flow in both kill modes, for every seed that was asked for,
// or one seed in short.
func crashTest(t *testing.T, f flow, n, kills int) {
	t.Parallel()
	seeds := *crashSeeds
	if seeds == 0 {
		seeds, n, kills = 1, n/5, kills/5
	}
	for i := range seeds {
		for _, when := range []moment{anywhere, inSend} {
			seed := *crashFrom + uint64(i)
			t.Run(fmt.Sprintf("%s/%d", when, seed), func(t *testing.T) {
				t.Parallel()
				lives <- struct{}{}
				defer func() { <-lives }()
				crashRun(t, f, when, seed, n, kills)
			})
		}
	}
}

// lives bounds how many flows crash at once: a start takes a processor for
// itself.
var lives = make(chan struct{}, 2)
