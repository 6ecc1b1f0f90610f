package main

import (
	"testing"
	"time"

	"bestie/whatsapp"
	"bestie/whatsapp/standin"
)

// TestHalfOpenConnection lets the connection stay open and carry nothing any more:
// the pings notice, sends are held, the program dials anew, and what was written
// leaves once.
func TestHalfOpenConnection(t *testing.T) {
	if !inOwnProcess(t) {
		return
	}
	standin.Pings(300*time.Millisecond, time.Second)
	fault{"half-open connection", halfOpen, "", true}.run(t)
}

func halfOpen(t *trial) {
	t.queued()
	t.must(t.srv.Freeze(t.bot))
	t.await(t.T, whatsapp.StateDegraded)
	t.clock.Advance(20 * time.Second)
	t.replies("queued")
	if problem := t.app.Status().Problem(); problem == nil || problem.Sentence != whatsapp.StateDegraded.English() {
		t.Errorf("the operator reads %v", problem)
	}
	t.after(20 * time.Second)
	t.reached(t.rina, price, 1)
}
