package store

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"bestie/shop"
)

// roomy is a policy whose caps no crowd of a test reaches.
func roomy(rand func(int) int) shop.Planning {
	p := shop.DefaultPromo()
	p.PaceMin, p.PaceMax, p.Batch, p.CapCeiling, p.CapWeeks = 0, 0, 0, 1<<30, []int{1 << 30}
	return shop.Planning{Promo: p, Rand: rand}
}

// TestPlanScale: planning costs some microseconds a person and memory that does not grow
// with them; a reply that is written meanwhile hardly waits; and the last batch of the
// slot costs what the first does. make bench asks for 100,000 people.
func TestPlanScale(t *testing.T) {
	l := newLab(t)
	n := *audiencePeople
	l.crowd(n)
	c := l.campaign()
	seed := 0
	by := roomy(func(n int) int { seed = (seed*1103515245 + 12345) & 0x7fffffff; return seed % n })

	began := time.Now()
	preview, err := l.PreviewPlan(l.ctx, start, c, by)
	l.must(err)
	previewed := time.Since(began)

	var worst atomic.Int64 // of a write beside the plan
	stop, done := make(chan bool), make(chan bool)
	go func() {
		defer close(done)
		for {
			select {
			case <-stop:
				return
			case <-time.After(10 * time.Millisecond): // as often as a busy shop writes
			}
			began := time.Now()
			if err := l.SetSetting(l.ctx, "beside", fmt.Sprint(began)); err != nil {
				t.Error(err)
			}
			worst.Store(max(worst.Load(), int64(time.Since(began))))
		}
	}()
	var mem runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&mem)
	before, peak, asked := mem.HeapInuse, uint64(0), 0
	rand := by.Rand
	by.Rand = func(n int) int {
		if asked++; asked%20_000 == 0 {
			runtime.ReadMemStats(&mem)
			peak = max(peak, mem.HeapInuse)
		}
		return rand(n)
	}
	began = time.Now()
	plan, err := l.PlanCampaign(l.ctx, start, c, by, l.newID, func(shop.CampaignPlan) ([]shop.Draft, error) { return nil, nil })
	l.must(err)
	took := time.Since(began)
	close(stop)
	<-done
	t.Logf("%d people: preview %s, plan %s (%s), at most %d MB in use (%d MB before), a write beside it waited %s at most", n, previewed, took, plan, peak>>20, before>>20, time.Duration(worst.Load()))
	if plan.String() != preview.String() || plan.Fates[shop.FateSafe] == 0 {
		t.Errorf("plan %s, preview %s", plan, preview)
	}
	if peak > before+50<<20 {
		t.Errorf("memory grew from %d to %d MB", before>>20, peak>>20)
	}
	l.batchesCostTheSame(t, c, plan)
}

// batchesCostTheSame writes a whole slot, 50 people at a time, and compares the beginning
// with the end.
func (l *lab) batchesCostTheSame(t *testing.T, c shop.Campaign, plan shop.CampaignPlan) {
	t.Helper()
	slot := plan.Slots[0]
	for _, s := range plan.Slots {
		if s.People > slot.People {
			slot = s
		}
	}
	var spans []time.Duration
	for {
		began := time.Now()
		n := l.batch(wednesday, c, slot.At, 50)
		spans = append(spans, time.Since(began)/50)
		if n < 50 {
			break
		}
	}
	tenth := max(1, len(spans)/10)
	var first, last time.Duration
	for i := range tenth {
		first += spans[i] / time.Duration(tenth)
		last += spans[len(spans)-2-i] / time.Duration(tenth)
	}
	t.Logf("a row of the slot's %d costs %s at the beginning, %s at the end", slot.People, first, last)
	if last > 5*first+time.Millisecond && *audiencePeople > fewPeople {
		t.Errorf("%s at the beginning, %s at the end", first, last)
	}
}
