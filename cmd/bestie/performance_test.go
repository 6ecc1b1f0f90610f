package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"sync"
	"testing"
	"text/tabwriter"
	"time"

	"bestie/shop"
	"bestie/store"
	"bestie/whatsapp/standin/people"
)

var performance = flag.Int("performance", 0, "measure so many rounds, and print the table of docs/performance.md")

// measured is one run of one contestant.
type measured struct {
	start     time.Duration // from the start of the process until it was online
	cpu       time.Duration // of the process, per message
	rate      float64       // messages a second
	answer    time.Duration // median from a customer's send to the answer on their phone
	p50, p99  time.Duration // from the arrival of a message to the commit of its answer
	allocated float64       // bytes a message
	mallocs   float64       // allocations a message
	idle, end int           // resident bytes when online, and after the work
	file      int           // … when online, that are pages of the program file
}

// work is what every contestant gets: each customer has one question under way.
type work struct{ customers, each int }

func (w work) messages() int { return w.customers * w.each }

// TestPerformance prints how the whole program compares with a bare client of
// the same library on the same work, in turns, so that both meet the same
// machine. It judges nothing: a busy machine must not fail a test.
func TestPerformance(t *testing.T) {
	small := work{4, 3}
	if *performance == 0 {
		for _, role := range []string{"echo", "bot"} {
			if m := measure(t, role, small); m.cpu <= 0 || m.rate <= 0 {
				t.Errorf("%s: %+v", role, m)
			}
		}
		return
	}
	roles := []string{"echo", "echo-compiled", "bot"}
	results := map[string][]measured{}
	for range *performance {
		for _, role := range roles {
			results[role] = append(results[role], measure(t, role, work{50, 40}))
		}
	}
	long := measure(t, "bot", work{50, 200})
	printPerformance(os.Stdout, roles, results, long)
}

// measure runs one contestant in a process of its own on a fresh site.
func measure(t *testing.T, role string, w work) (m measured) {
	t.Helper()
	t.Run(role, func(t *testing.T) {
		s := newSite(t, siteOptions{Role: role, Prepare: func(ctx context.Context, db *store.DB) error {
			return db.PutProduct(ctx, shop.Product{Name: "bakso", Price: 25000, Cost: 18000, Stock: 40})
		}})
		began := time.Now()
		c := s.start()
		m.start = time.Since(began)
		rest := c.ask(t, "rest")
		m.idle, m.file = rest.RSS, rest.File
		crowd := make([]*people.Person, w.customers)
		for i := range crowd {
			crowd[i] = s.person(fmt.Sprintf("62812%08d", i), fmt.Sprint("Pelanggan ", i))
		}
		converse(t, s, crowd, 2, 0) // sessions exist before the clock starts
		before := c.ask(t, "")
		began = time.Now()
		waits := converse(t, s, crowd, w.each, 2)
		took := time.Since(began)
		after := c.ask(t, "")
		n := float64(w.messages())
		m.cpu = (after.CPU - before.CPU) / time.Duration(w.messages())
		m.rate = n / took.Seconds()
		m.answer = percentile(waits, 0.5)
		m.p50, m.p99 = after.Typical, after.Worst
		m.allocated = float64(after.Allocated-before.Allocated) / n
		m.mallocs = float64(after.Mallocs-before.Mallocs) / n
		m.end = after.RSS
		s.stop(c)
	})
	return m
}

// converse lets everybody ask each questions, one after the other, and returns
// how long each answer took. had is how many answers everybody has already.
func converse(t *testing.T, s *site, crowd []*people.Person, each, had int) (waits []time.Duration) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second+time.Duration(len(crowd)*each)*100*time.Millisecond)
	defer cancel()
	var mu sync.Mutex
	var all sync.WaitGroup
	for _, p := range crowd {
		all.Go(func() {
			for i := range each {
				began := time.Now()
				if _, err := p.Say(ctx, s.config().Business.Number, fmt.Sprintf("harga bakso berapa kak? %d", had+i)); err != nil {
					t.Error(err)
					return
				}
				if err := p.AwaitCount(ctx, had+i+1); err != nil {
					t.Errorf("no answer to question %d: %v", had+i, err)
					return
				}
				mu.Lock()
				waits = append(waits, time.Since(began))
				mu.Unlock()
			}
		})
	}
	all.Wait()
	return waits
}

// printPerformance writes the table: medians of the rounds, and ratios within
// them.
func printPerformance(out io.Writer, roles []string, results map[string][]measured, long measured) {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	row := func(name string, cell func(role string) string) {
		fmt.Fprintf(table, "%s\t", name)
		for _, role := range roles {
			fmt.Fprintf(table, "%s\t", cell(role))
		}
		fmt.Fprintln(table)
	}
	figure := func(name string, of func(measured) float64, format string) {
		row(name, func(role string) string { return fmt.Sprintf(format, median(results[role], of)) })
	}
	millis := func(of func(measured) time.Duration) func(measured) float64 {
		return func(m measured) float64 { return 1000 * of(m).Seconds() }
	}
	row("", func(role string) string { return role })
	figure("CPU a message, ms", millis(func(m measured) time.Duration { return m.cpu }), "%.2f")
	row("CPU of echo / CPU of this", func(role string) string {
		ratios := make([]float64, len(results[role]))
		for i, m := range results[role] {
			ratios[i] = float64(results["echo"][i].cpu) / float64(m.cpu)
		}
		slices.Sort(ratios)
		return fmt.Sprintf("%.2f (%.2f–%.2f)", ratios[len(ratios)/2], ratios[0], ratios[len(ratios)-1])
	})
	figure("messages a second", func(m measured) float64 { return m.rate }, "%.0f")
	figure("question to answer, ms, median", millis(func(m measured) time.Duration { return m.answer }), "%.1f")
	figure("arrival to answer queued, ms, p50", millis(func(m measured) time.Duration { return m.p50 }), "%.1f")
	figure("arrival to answer queued, ms, p99", millis(func(m measured) time.Duration { return m.p99 }), "%.1f")
	figure("allocations a message", func(m measured) float64 { return m.mallocs }, "%.0f")
	figure("kB allocated a message", func(m measured) float64 { return m.allocated / 1000 }, "%.0f")
	figure("start to online, ms", func(m measured) float64 { return float64(m.start.Milliseconds()) }, "%.0f")
	figure("RSS when online, MB", func(m measured) float64 { return float64(m.idle) / (1 << 20) }, "%.0f")
	figure("… of it program file, MB", func(m measured) float64 { return float64(m.file) / (1 << 20) }, "%.0f")
	figure("RSS after the work, MB", func(m measured) float64 { return float64(m.end) / (1 << 20) }, "%.0f")
	_ = table.Flush()
	fmt.Fprintf(out, "\nbot after 10,000 messages of 50 customers: RSS %d MB, CPU %d µs a message, %.0f messages a second\n",
		long.end>>20, long.cpu.Microseconds(), long.rate)
}

func median(list []measured, of func(measured) float64) float64 {
	values := make([]float64, len(list))
	for i, m := range list {
		values[i] = of(m)
	}
	slices.Sort(values)
	return values[len(values)/2]
}
