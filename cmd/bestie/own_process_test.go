package main

import (
	"os"
	"os/exec"
	"testing"
)

// ownProcess marks a process that was started for one test.
const ownProcess = "BESTIE_TEST_OWN_PROCESS"

// inOwnProcess tells whether the test runs in a process of its own. If not, it
// starts one for it and waits: for what holds for a whole process, such as limits,
// the pace of pings and the goroutines that are left. To run part of such a test,
// name it in the variable: BESTIE_TEST_OWN_PROCESS=TestFaults go test -run 'TestFaults/463'
func inOwnProcess(t *testing.T) bool {
	t.Helper()
	if os.Getenv(ownProcess) == t.Name() {
		return true
	}
	t.Parallel()
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$", "-test.count=1", "-test.timeout=5m", "-test.parallel=6")
	child.Env = append(os.Environ(), ownProcess+"="+t.Name())
	if out, err := child.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	return false
}
