package main

import (
	"context"
	"errors"
	"fmt"
	"runtime/pprof"
	"slices"
	"strings"
	"testing"
	"time"

	"bestie/shop"
	"bestie/whatsapp"
	"bestie/whatsapp/standin"
	"bestie/whatsapp/standin/people"
)

// fault is one row of the field guide's table of events (section 2) or of send
// errors (section 4), or one of our own: what goes wrong, and what must have
// become of it. Each is played on the whole program.
type fault struct {
	name string
	play func(t *trial)
	// ends is the permanent state in which the program must end, "" when it must
	// be answering again.
	ends whatsapp.State
	// alone: it changes the whole process, so it is over before others begin.
	alone bool
}

// trial is the stage of one fault.
type trial struct {
	*testing.T
	*Stage
	sari, rina *people.Person
	log        *syncBuffer
	ended      chan ending
	refusals   []int // how WhatsApp answers the next messages to Rina; 0: relayed, never acknowledged
}

// ending is what App.Wait returned, and when.
type ending struct {
	err error
	at  time.Time
}

// quick are the waits of network life at a pace for tests.
var quick = whatsapp.Timing{
	Send: 600 * time.Millisecond, Tick: 20 * time.Millisecond, Patience: 2 * time.Second, SyncWait: 2 * time.Second,
	Backoff: 300 * time.Millisecond, Redeliver: 50 * time.Millisecond, Pair: 4 * time.Second,
}

// TestFaults plays every fault. Each has its name as a label on its goroutines,
// which those inherit that they start: so it is known whose are left.
func TestFaults(t *testing.T) {
	if !inOwnProcess(t) {
		return
	}
	for _, f := range slices.Concat(connectionFaults, sendFaults) {
		t.Run(f.name, func(t *testing.T) {
			if !f.alone {
				t.Parallel()
			}
			f.run(t)
		})
	}
}

// run plays a fault and waits for its last goroutine.
func (f fault) run(t *testing.T) {
	pprof.Do(t.Context(), pprof.Labels(faultLabel, f.name), func(context.Context) { f.onStage(t) })
	eventuallyOr(t, "the last goroutine ends", func() bool { return leftovers(f.name) == "" }, func() string { return leftovers(f.name) })
}

func (f fault) onStage(t *testing.T) {
	tr := newTrial(t)
	f.play(tr)
	if f.ends == "" {
		tr.answersAgain()
	} else {
		tr.endsWith(f.ends)
	}
	if err := tr.Stage.Close(); err != nil {
		t.Error(err)
	}
}

func newTrial(t *testing.T) *trial {
	t.Helper()
	tr := &trial{T: t, log: &syncBuffer{}, ended: make(chan ending, 4)}
	tr.Stage, tr.sari = newStage(t, func(o *StageOptions) { o.Timing, o.Log = quick, logTo(tr.log) })
	tr.rina = newPerson(t, tr.Stage, "6281200000001", "Rina")
	tr.watch()
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("log:\n%s", tr.log)
		}
	})
	return tr
}

// watch notes how the present program ends.
func (tr *trial) watch() {
	app := tr.app
	go func() {
		err := app.Wait(tr.Context())
		tr.ended <- ending{err, tr.clock.Now()}
	}()
}

// queued lets Rina ask and the program decide, but not send yet.
func (tr *trial) queued() {
	tr.Helper()
	if _, err := tr.rina.Say(tr.Context(), stageNumber, question); err != nil {
		tr.Fatal(err)
	}
	pass(tr.T, tr.Stage, tr.opt.Config.Reply.Debounce)
	tr.replies("queued")
}

// replies compares the last rows of the reply lane.
func (tr *trial) replies(want ...string) {
	tr.Helper()
	rows := tr.outbox(tr.T, "reply")
	if rows = rows[max(0, len(rows)-len(want)):]; !slices.Equal(rows, want) {
		tr.Errorf("the replies are %q, want %q", rows, want)
	}
}

// reached counts the messages with these words that reached somebody. What comes
// twice under one ID a phone shows once.
func (tr *trial) reached(p *people.Person, words string, want int) {
	tr.Helper()
	ids := map[string]bool{}
	for _, m := range p.Received() {
		if strings.Contains(m.Text, words) {
			ids[m.ID] = true
		}
	}
	if len(ids) != want {
		tr.Errorf("%q reached %s %d times, want %d: %q", words, p.Name(), len(ids), want, texts(p))
	}
}

func texts(p *people.Person) (all []string) {
	for _, m := range p.Received() {
		all = append(all, m.Text)
	}
	return all
}

// after lets time go by once the connection stands again.
func (tr *trial) after(by time.Duration) {
	tr.Helper()
	tr.await(tr.T, whatsapp.StateOnline)
	pass(tr.T, tr.Stage, by)
}

// must fails on an error.
func (tr *trial) must(err error) {
	tr.Helper()
	if err != nil {
		tr.Fatal(err)
	}
}

// refuse lets WhatsApp answer the next messages to Rina with these codes.
func (tr *trial) refuse(codes ...int) {
	tr.refusals = codes
	tr.srv.SetOnSend(func(s standin.Send) (v standin.Verdict) {
		if s.From != tr.bot || s.To != "6281200000001" || len(tr.refusals) == 0 {
			return v
		}
		v.Error, v.NoAck = tr.refusals[0], tr.refusals[0] == 0
		tr.refusals = tr.refusals[1:]
		return v
	})
}

// promosRest compares why promos rest and for how long at least.
func (tr *trial) promosRest(reason string, atLeast time.Duration) {
	tr.Helper()
	gate, err := tr.app.db.Gate(tr.Context(), shop.LanePromo)
	tr.must(err)
	if rest := gate.Until.Sub(tr.clock.Now()); gate.Reason != reason || rest < atLeast {
		tr.Errorf("promos rest for %s because of %q, want %q and %s at least", rest, gate.Reason, reason, atLeast)
	}
}

// answersAgain shows that nothing is blocked: the connection stands, and the next
// question is answered once.
func (tr *trial) answersAgain() {
	tr.Helper()
	tr.await(tr.T, whatsapp.StateOnline)
	before := got(tr.rina, "40 pcs")
	ask(tr.T, tr.Stage, tr.rina, "stok bakso masih ada kak?")
	tr.reached(tr.rina, "40 pcs", before+1)
}

// endsWith shows that the program has given up: the operator reads why and what to
// do, the exit code says failure, and nothing is sent any more.
func (tr *trial) endsWith(state whatsapp.State) {
	tr.Helper()
	tr.await(tr.T, state)
	messages := tr.srv.Stats().Messages
	end := tr.theEnd()
	if lingered := end.at.Sub(tr.app.Status().Since); state == whatsapp.StateReplaced && lingered < replacedWait {
		tr.Errorf("it ended after %s: two copies would throw each other out in a tight loop", lingered)
	}
	pass(tr.T, tr.Stage, 10*time.Minute)
	err := end.err
	var problem *shop.Error
	if !errors.As(err, &problem) || problem.Code != string(state) {
		tr.Fatalf("it ended with %v", err)
	}
	var said strings.Builder
	if code := report(&Environment{Err: &said}, err); code != exitFailed || !strings.Contains(said.String(), state.English()) ||
		!strings.Contains(said.String(), "Hint: "+state.Hint()) {
		tr.Errorf("exit code %d and %q", code, said.String())
	}
	if !tr.log.has(`"state":"` + string(state) + `"`) {
		tr.Error("the log does not name the state")
	}
	if n := tr.srv.Stats().Messages; n != messages || tr.srv.Connected(tr.bot) {
		tr.Errorf("%d messages after the end, connected %v", n-messages, tr.srv.Connected(tr.bot))
	}
}

// theEnd lets time go by until the program ends.
func (tr *trial) theEnd() (end ending) {
	tr.Helper()
	eventually(tr.T, "the program ends", func() bool {
		select {
		case end = <-tr.ended:
			return true
		default:
			tr.clock.Advance(time.Second)
			return false
		}
	})
	return end
}

const faultLabel = "fault"

// leftovers lists the goroutines that a fault has left. Those of the test itself
// do not count, nor does one kind that we cannot reach: a frame that arrives at the
// moment of a disconnect finds nobody to take it, and the library's read pump waits
// for ever (whatsmeow socket/framesocket.go:frameComplete).
func leftovers(name string) string {
	var all strings.Builder
	if err := pprof.Lookup("goroutine").WriteTo(&all, 1); err != nil {
		return err.Error()
	}
	label := fmt.Sprintf("%q:%q", faultLabel, name)
	var left []string
	for _, stack := range strings.Split(all.String(), "\n\n") {
		known := strings.Contains(stack, "testing.tRunner") || strings.Contains(stack, "trial).watch") || strings.Contains(stack, "FrameSocket).frameComplete")
		if strings.Contains(stack, label) && !known {
			left = append(left, stack)
		}
	}
	return strings.Join(left, "\n\n")
}

// eventuallyOr is eventually with what there was instead.
func eventuallyOr(t *testing.T, what string, ok func() bool, instead func() string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for !ok() {
		select {
		case <-ctx.Done():
			t.Fatal(fmt.Sprintf("it never came about that %s:\n", what) + instead())
		case <-time.After(look):
		}
	}
}
