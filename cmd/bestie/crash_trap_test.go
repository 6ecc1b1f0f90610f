package main

import (
	"sync"

	"bestie/whatsapp/standin"
)

// trap is the stand-in's hook that kills the program inside a send.
type trap struct {
	bot standin.Device

	mu     sync.Mutex
	prey   *child
	sends  int // the kill happens in this send from now; 0: none
	before bool
	caught map[string]int // how often the program died in each message
}

// arm sets the trap for the n-th send from now. Nothing is sent meanwhile.
func (t *trap) arm(n int, before bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sends, t.before, t.prey = n, before, nil
}

// aim tells which process is to be killed.
func (t *trap) aim(c *child) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.prey = c
}

// mostDeaths is how often the trap kills within one message: once less than the
// outbox tries it. TestCrashAlwaysInOneSend goes on.
const mostDeaths = 4

// onSend is standin.Config.OnSend. The program is dead when it returns.
func (t *trap) onSend(send standin.Send) standin.Verdict {
	t.mu.Lock()
	defer t.mu.Unlock()
	if send.From != t.bot || t.prey == nil || t.sends == 0 || t.caught[send.ID] == mostDeaths {
		return standin.Verdict{}
	}
	if t.sends--; t.sends > 0 {
		return standin.Verdict{}
	}
	if t.caught == nil {
		t.caught = map[string]int{}
	}
	t.caught[send.ID]++
	t.prey.kill()
	return standin.Verdict{DropBefore: t.before, DropAfter: !t.before}
}
