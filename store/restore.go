package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"bestie/shop"
	"bestie/store/sqlite"
)

// Restored tells what a restore did.
type Restored struct {
	Aside    string // where the app.db of before stands now; "" if there was none
	Messages int    // messages that were to be sent when the copy was made, and are not sent now
	Waits    int    // customers who waited for an answer at that time
	Slots    int    // promo slots that will not take place
	OptOuts  int    // people whose opt-out since then was taken over from the file of before
	Erased   int    // people whose data were erased since then, and now again
	Forgot   error  // why opt-outs could not be taken over; promos rest until a person allows them then
}

// Restore puts a copy made by Backup in the place of app.db. The caller holds the
// folder's lock, and no connection to app.db is open in this process. The copy is
// checked, brought up to this build's schema and settled first: what it has still
// to say was said meanwhile, or is stale. The file of before is kept aside, under a
// name that says when; if anything fails, it is still in its place.
func Restore(ctx context.Context, dir, file string, now time.Time) (r Restored, err error) {
	if err = os.MkdirAll(dir, 0o700); err != nil {
		return r, fmt.Errorf("data folder: %w", err)
	}
	place := filepath.Join(dir, FileName)
	if err = mayRestore(file, place); err != nil {
		return r, err
	}
	fresh := filepath.Join(dir, ".restore-"+FileName)
	if err = removeDatabase(fresh); err != nil { // of a restore that was killed
		return r, err
	}
	defer func() { err = errors.Join(err, removeDatabase(fresh)) }()
	if err = bring(ctx, file, fresh); err != nil {
		return r, fmt.Errorf("%s cannot be restored: %w", file, err)
	}
	if err = settle(ctx, fresh, place, now, &r); err != nil {
		return r, fmt.Errorf("%s cannot be restored: %w", file, err)
	}
	if err = giveToOwner(dir, fresh); err != nil {
		return r, err
	}
	if r.Aside, err = setAside(ctx, place, now); err != nil {
		return r, err
	}
	if err = os.Rename(fresh, place); err != nil {
		return r, err
	}
	return r, synced(dir)
}

// mayRestore refuses a copy that is the very file it is to replace.
func mayRestore(file, place string) error {
	source, err := os.Stat(file)
	if err != nil {
		return &shop.Error{Code: "no_copy", Sentence: "the copy cannot be read", Hint: "name a file that `bestie backup` wrote", Cause: err}
	}
	if present, err := os.Stat(place); err == nil && os.SameFile(source, present) {
		return &shop.Error{Code: "no_copy", Sentence: file + " is the database in use itself", Hint: "name a file that `bestie backup` wrote"}
	}
	return nil
}

// bring makes a checked copy of the copy, which itself is only read.
func bring(ctx context.Context, file, fresh string) (err error) {
	if err = checkFile(ctx, file); err != nil {
		return err
	}
	source, err := look(file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	return source.copyTo(ctx, fresh)
}

// setAside gives the present app.db a second name that says when, and leaves no
// -wal and no -shm file behind, which would be read into the next one. The first
// name goes when the restored file takes it, so that there is an app.db at every
// instant.
func setAside(ctx context.Context, place string, now time.Time) (aside string, err error) {
	if _, err = os.Stat(place); errors.Is(err, fs.ErrNotExist) {
		return "", removeDatabase(place) // a -wal without its file is worth nothing
	}
	aside = place[:len(place)-len(filepath.Ext(place))] + now.In(shop.WIB).Format("-before-restore-20060102-150405.db")
	if whole(ctx, place) {
		err = os.Link(place, aside)
		if err != nil && !errors.Is(err, fs.ErrExist) { // not every file system has links
			err = os.Rename(place, aside)
		}
		return aside, errors.Join(err, removeAll(place+"-wal", place+"-shm"))
	}
	// A damaged file is kept as it is, with what stands beside it.
	for _, suffix := range []string{"-wal", "-shm", ""} {
		if err = os.Rename(place+suffix, aside+suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	return aside, nil
}

// whole brings the -wal file's content into its database and tells whether that
// succeeded.
func whole(ctx context.Context, path string) bool {
	db, err := sqlite.Open(path, 1)
	if err != nil {
		return false
	}
	var busy, log, moved int
	err = db.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &log, &moved)
	return errors.Join(err, db.Close()) == nil && busy == 0
}

// removeDatabase removes a database with what SQLite writes beside it.
func removeDatabase(path string) error {
	return removeAll(path, path+"-wal", path+"-shm", path+"-journal")
}

func removeAll(paths ...string) error {
	var errs []error
	for _, path := range paths {
		if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
