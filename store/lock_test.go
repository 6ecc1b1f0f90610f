package store

import (
	"bufio"
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"

	"bestie/shop"
)

// lockDir makes this test binary a process that holds the lock on a folder.
const lockDir = "BESTIE_TEST_LOCK_DIR"

func TestMain(m *testing.M) {
	dir := os.Getenv(lockDir)
	if dir == "" {
		os.Exit(m.Run())
	}
	if _, err := TakeLock(dir, "the child"); err != nil {
		_, _ = os.Stdout.WriteString("failed: " + err.Error() + "\n")
		os.Exit(1)
	}
	_, _ = os.Stdout.WriteString("locked\n")
	_, _ = os.Stdin.Read(make([]byte, 1)) // until the parent kills it
}

func TestLockAgainstAnotherProcess(t *testing.T) {
	dir := t.TempDir()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), lockDir+"="+dir)
	_, err := child.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err = child.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || line != "locked\n" {
		t.Fatal(line, err)
	}
	_, err = TakeLock(dir, "the parent")
	var locked *shop.Error
	if !errors.As(err, &locked) || locked.Code != CodeLocked || !strings.Contains(locked.Sentence, "the child") || locked.Hint == "" {
		t.Errorf("the second start gets %v", err)
	}
	if err = child.Process.Kill(); err != nil { // SIGKILL: nothing is tidied up
		t.Fatal(err)
	}
	_ = child.Wait() // it was killed
	lock, err := TakeLock(dir, "the parent")
	if err != nil {
		t.Fatal("the dead process still has the lock: ", err)
	}
	if _, err = TakeLock(dir, "another"); err == nil || !strings.Contains(err.Error(), "the parent") {
		t.Errorf("two locks in one process: %v", err)
	}
	if err = lock.Release(); err != nil {
		t.Fatal(err)
	}
	again, err := TakeLock(dir, "x")
	if err != nil {
		t.Fatal("released, but still locked: ", err)
	}
	if err = again.Release(); err != nil {
		t.Fatal(err)
	}
}
