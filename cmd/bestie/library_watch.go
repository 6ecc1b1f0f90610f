package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fsnotify/fsnotify"
	"github.com/rs/zerolog"
)

// watch wakes the keeper when something happens in the owner's folder. It only
// makes a change come sooner: a file system that tells nothing (a network drive)
// is looked at with every beat anyway.
type watch struct {
	notify *fsnotify.Watcher
	log    zerolog.Logger
	failed bool
}

// newWatch begins to watch nothing yet. wake is called for what concerns dir, and
// must not block.
func newWatch(dir string, log zerolog.Logger, wake func()) (*watch, error) {
	notify, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	go func() {
		for event := range notify.Events { // ends with close
			if name := filepath.Clean(event.Name); beneath(name, dir) || beneath(dir, name) {
				wake()
			}
		}
	}()
	go func() {
		for err := range notify.Errors {
			log.Warn().Err(err).Msg("the watch of templates_dir stumbled; changes are found with the next beat")
			wake()
		}
	}()
	return &watch{notify: notify, log: log}, nil
}

// beneath tells whether a path is a folder or lies in it.
func beneath(path, folder string) bool {
	rel, err := filepath.Rel(folder, path)
	return err == nil && filepath.IsLocal(rel)
}

// aim watches these folders and no others.
func (w *watch) aim(folders []string) {
	for _, old := range w.notify.WatchList() {
		if !slices.Contains(folders, old) {
			_ = w.notify.Remove(old) // it may be gone by itself
		}
	}
	for _, dir := range folders {
		if err := w.notify.Add(dir); err != nil && !os.IsNotExist(err) && !w.failed {
			w.failed = true
			w.log.Warn().Err(err).Msg("a folder of templates_dir cannot be watched; changes are found with the next beat")
		}
	}
}

// close ends the watch; there may be none.
func (w *watch) close() error {
	if w == nil {
		return nil
	}
	return w.notify.Close()
}

// foldersOf are the folder itself and its themes; while it does not exist, the
// nearest folder above it.
func foldersOf(dir string) []string {
	entries, err := os.ReadDir(dir)
	for err != nil && filepath.Dir(dir) != dir {
		dir = filepath.Dir(dir)
		if _, err = os.Stat(dir); err == nil {
			return []string{dir}
		}
	}
	out := []string{dir}
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") {
			out = append(out, filepath.Join(dir, e.Name()))
		}
	}
	return out
}

// mostWatched is how many files of a folder count for its fingerprint; a library
// with more is refused.
const mostWatched = 2100

// fingerprint changes with every file of the folder: of texts with every letter,
// of pictures with size and date.
func fingerprint(dir string) string {
	sum, files := sha256.New(), 0
	_ = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error { // what cannot be read leaves its error in the sum
		if err != nil {
			fmt.Fprintln(sum, path, err)
			return nil
		}
		if path != dir && strings.HasPrefix(e.Name(), ".") {
			if e.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if files++; files > mostWatched {
			return fs.SkipAll
		}
		info, err := e.Info()
		if err != nil || e.IsDir() {
			fmt.Fprintln(sum, path, err)
			return nil
		}
		fmt.Fprintln(sum, path, info.Size())
		switch filepath.Ext(path) {
		case ".yaml", ".txt":
			text, err := bounds{bytes: mostSheetBytes}.read(path)
			fmt.Fprintf(sum, "%x %v\n", sha256.Sum256(text), err)
		default:
			fmt.Fprintln(sum, info.ModTime().UnixNano())
		}
		return nil
	})
	return hex.EncodeToString(sum.Sum(nil))
}
