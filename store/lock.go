package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"bestie/shop"
)

// lockName is the file whose lock says that a bot runs on this data folder.
const lockName = "session.lock"

// Lock is the exclusive right to connect to WhatsApp with this data folder.
// The operating system drops it when the process ends, however it ends.
type Lock struct{ file *os.File }

// CodeLocked is the code of the error that a second start gets.
const CodeLocked = "locked"

// TakeLock takes the exclusive lock on the data folder (field guide, section 8).
// If another process has it the error is a *shop.Error with CodeLocked that says
// who. Commands that only read or write app.db do not need the lock.
func TakeLock(dir, who string) (*Lock, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	f, err := os.OpenFile(filepath.Join(dir, lockName), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock file: %w", err)
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, errors.Join(lockedBy(f), f.Close())
	} else if err != nil {
		return nil, errors.Join(fmt.Errorf("locking the data folder: %w", err), f.Close())
	}
	if err = f.Truncate(0); err == nil {
		_, err = f.WriteAt([]byte(who+"\n"), 0)
	}
	if err == nil {
		err = giveToOwner(dir, f.Name())
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("lock file: %w", err), f.Close())
	}
	return &Lock{file: f}, nil
}

func lockedBy(f *os.File) error {
	buf := make([]byte, 200)
	n, _ := f.ReadAt(buf, 0) // io.EOF is the rule; an unreadable name is not worth an error
	who := strings.TrimSpace(string(buf[:n]))
	if who == "" {
		who = "another process"
	}
	return &shop.Error{
		Code:     CodeLocked,
		Sentence: "the data folder is in use by " + who,
		Hint:     "stop that process first, or point this one to another data folder",
	}
}

// Release gives the lock back.
func (l *Lock) Release() error { return l.file.Close() }

// giveToOwner lets a file that root has made in a data folder belong to the
// folder's owner: the bot, which is another user, has to open it too.
func giveToOwner(dir, path string) error {
	if os.Getuid() != 0 {
		return nil
	}
	info, err := os.Stat(dir)
	if err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return nil
	}
	return os.Chown(path, int(owner.Uid), int(owner.Gid))
}
