package whatsapp

import (
	"testing"
	"time"
)

func TestRetryWait(t *testing.T) {
	for attempts, middle := range map[int]time.Duration{
		1: time.Second, 2: 2 * time.Second, 5: 16 * time.Second, 6: 30 * time.Second, 1000: 30 * time.Second,
	} {
		seen := map[time.Duration]bool{}
		for range 100 {
			got := retryWait(attempts)
			if got < middle*3/4 || got > middle*5/4 {
				t.Errorf("attempt %d: %s", attempts, got)
			}
			seen[got] = true
		}
		if len(seen) < 10 {
			t.Errorf("attempt %d: no chance in it", attempts)
		}
	}
}

// A planned attempt is told to the keeper once, however often it is planned, and
// the first one after a working connection is due at once.
func TestPlan(t *testing.T) {
	c, _, _ := offline(t)
	for range 3 {
		c.planAttempt()
	}
	if !c.retryDue() || c.untilRetry() > 0 || len(c.planned) != 1 {
		t.Errorf("due %v in %s, told %d times", c.retryDue(), c.untilRetry(), len(c.planned))
	}
	c.link.attempts = 3
	c.planAttempt()
	if c.retryDue() || c.untilRetry() < 2*time.Second {
		t.Errorf("after three attempts the next is due in %s", c.untilRetry())
	}
}

// However often it fails, the wait for messages that could not be written stays
// within bounds, and a success starts it anew.
func TestRedeliverWait(t *testing.T) {
	c, d, _ := offline(t)
	first := c.opt.Timing.Redeliver
	for range 20 {
		c.owe()
		c.link.askAgain(first)
	}
	if got := c.link.redeliverWait(first); got != maxRedeliver || c.link.owed {
		t.Errorf("waits %s, owed %v", got, c.link.owed)
	}
	c.handle(event(text("halo")))
	if got := c.link.redeliverWait(first); got != first || len(d.messages) != 1 {
		t.Errorf("after a success %s", got)
	}
}

// Only a connection that lasted makes the next attempt immediate.
func TestShortLogins(t *testing.T) {
	l := link{connected: true, attempts: 4, since: time.Now()}
	l.lose()
	if l.attempts != 4 {
		t.Errorf("thrown out at once: %d attempts", l.attempts)
	}
	l = link{connected: true, attempts: 4, since: time.Now().Add(-steadyTime)}
	l.lose()
	if l.attempts != 0 || l.connected {
		t.Errorf("after a steady connection: %d attempts", l.attempts)
	}
}
