package main

import (
	"errors"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"bestie/store"
	"bestie/store/sqlite"
)

// TestMain lets the scripts of testdata/cli run this binary as `bestie`, and a
// site as the program under test.
func TestMain(m *testing.M) {
	if order := os.Getenv(childVariable); order != "" {
		os.Exit(childMain(order))
	}
	testscript.Main(m, map[string]func(){"bestie": main})
}

// TestCLI runs the command line as a user meets it: a process of its own for
// each command, with its exit code.
func TestCLI(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/cli",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits,
			"lock":  lock,
			"sql":   statement,
		},
	})
}

// exits CODE PROGRAM ARG… runs a program that must end with this code.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	code := 0
	var exit *exec.ExitError
	if err = ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		code = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if code != want {
		ts.Fatalf("exit code %d, want %d", code, want)
	}
}

// sql FILE STATEMENT changes a database behind the program's back; the file is made
// if it is not there. now() in the statement is the present in Unix milliseconds.
func statement(ts *testscript.TestScript, _ bool, args []string) {
	db, err := sqlite.Open(ts.MkAbs(args[0]), 1)
	ts.Check(err)
	_, err = db.Exec(strings.ReplaceAll(args[1], "now()", strconv.FormatInt(time.Now().UnixMilli(), 10)))
	ts.Check(errors.Join(err, db.Close()))
}

// lock FOLDER WHO holds a data folder as a running bot would.
func lock(ts *testscript.TestScript, _ bool, args []string) {
	held, err := store.TakeLock(ts.MkAbs(args[0]), args[1])
	ts.Check(err)
	ts.Defer(func() { ts.Check(held.Release()) })
}
