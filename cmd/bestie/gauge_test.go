package main

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"bestie/store/sqlite"
	"bestie/whatsapp"
	"bestie/whatsapp/standin"
	"bestie/whatsapp/standin/echo"
)

// gauge is what a child has used up since it began.
type gauge struct {
	CPU       time.Duration // user and system time, by getrusage
	RSS       int           // bytes of memory that are really there
	File      int           // … of which pages of the program file, which the system may drop
	Allocated uint64        // bytes allocated, ever
	Mallocs   uint64        // allocations, ever
	// From the arrival of each turn's first message to its commit, since the last
	// question: median and 99th percentile.
	Typical, Worst time.Duration
}

// reactions are those of this process.
var reactions spans

type spans struct {
	mu   sync.Mutex
	list []time.Duration
}

func (s *spans) note(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.list = append(s.list, d)
}

func (s *spans) take() []time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := s.list
	s.list = nil
	return list
}

// answerGauge answers every line of in with a gauge, until its end.
func answerGauge(in io.Reader, out io.Writer) {
	for lines := bufio.NewScanner(in); lines.Scan(); {
		if lines.Text() == "rest" {
			debug.FreeOSMemory() // so that what is left is what is needed
		}
		text, err := json.Marshal(readGauge())
		if err != nil {
			return
		}
		fmt.Fprintln(out, string(text))
	}
}

func readGauge() gauge {
	var usage syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	turns := reactions.take()
	resident, file := residentBytes()
	return gauge{
		CPU: time.Duration(usage.Utime.Nano() + usage.Stime.Nano()), RSS: resident, File: file,
		Allocated: mem.TotalAlloc, Mallocs: mem.Mallocs, Typical: percentile(turns, 0.5), Worst: percentile(turns, 0.99),
	}
}

func residentBytes() (all, file int) {
	text, _ := os.ReadFile("/proc/self/statm")
	fields := strings.Fields(string(text))
	if len(fields) < 3 {
		return 0, 0
	}
	pages, _ := strconv.Atoi(fields[1])
	shared, _ := strconv.Atoi(fields[2])
	return pages * os.Getpagesize(), shared * os.Getpagesize()
}

// ask asks a child for its gauge.
func (c *child) ask(tb testing.TB, question string) (g gauge) {
	tb.Helper()
	if _, err := fmt.Fprintln(c.in, question); err != nil {
		tb.Fatal(err)
	}
	limit := time.NewTimer(patienceOfSite)
	defer limit.Stop()
	select {
	case <-limit.C:
		tb.Fatal("the child does not answer")
	case line := <-c.said:
		if err := json.Unmarshal([]byte(line), &g); err != nil {
			tb.Fatal(err)
		}
	case <-c.done:
		tb.Fatalf("the child has ended: %v\n%s", c.err, c.log)
	}
	return g
}

// percentile of a list, which it sorts.
func percentile(list []time.Duration, p float64) time.Duration {
	if len(list) == 0 {
		return 0
	}
	slices.Sort(list)
	return list[min(len(list)-1, int(p*float64(len(list))))]
}

// runEcho is the bare client of package echo; compiled lends it our connections
// that compile each statement once.
func runEcho(compiled bool) func(context.Context, childOrder, func()) error {
	return func(ctx context.Context, o childOrder, ready func()) error {
		network, err := standin.RemoteHTTPClient(o.Addr, o.CA)
		if err != nil {
			return err
		}
		path := filepath.Join(o.Dir, whatsapp.SessionFile)
		open := func() (*sql.DB, error) { return sql.Open("sqlite", sqlite.DSN(path)) }
		if compiled {
			open = func() (*sql.DB, error) { return sqlite.Open(path, 1) }
		}
		db, err := open()
		if err != nil {
			return err
		}
		db.SetMaxOpenConns(1)
		bare, err := echo.Start(ctx, db, network)
		if err != nil {
			return err
		}
		ready()
		<-ctx.Done()
		return bare.Close()
	}
}
