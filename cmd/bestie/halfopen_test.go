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
	tr := newTrial(t)
	tr.queued()
	tr.must(tr.srv.Freeze(tr.bot))
	tr.await(t, whatsapp.StateDegraded)
	tr.clock.Advance(20 * time.Second)
	tr.replies("queued")
	if problem := tr.app.Status().Problem(); problem == nil || problem.Sentence != whatsapp.StateDegraded.English() {
		t.Errorf("the operator reads %v", problem)
	}
	tr.after(20 * time.Second)
	tr.reached(tr.rina, price, 1)
	tr.answersAgain()
	tr.leavesNothing()
}
