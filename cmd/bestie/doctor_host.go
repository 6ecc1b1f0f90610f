package main

import (
	"crypto/x509"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"bestie/shop"
	"bestie/store"
	"bestie/templates"
	"bestie/whatsapp"
)

// host looks at the machine: clock, time zone, certificates, room on disk.
func (p *patient) host() {
	if _, offset := p.now.In(shop.WIB).Zone(); offset != 7*3600 {
		p.red("zone", "the time zone Asia/Jakarta is wrong", "this build carries its own; install another build")
	} else {
		p.ok("zone", "it is %s WIB; the machine's own zone, %s, does not matter", wib(p.now), p.now.Format("MST"))
	}
	since := thisBuild().Since
	synced, known := clockSynced()
	switch {
	case p.now.Before(since):
		p.red("clock", "the clock says "+p.now.Format(time.DateOnly)+", but this build is of "+since.Format(time.DateOnly), "set the clock: pages, promos and freshness go by it")
	case known && !synced:
		p.note("clock", "no time service keeps the clock right", "compare the time above with one you trust, and let NTP keep it: timedatectl set-ntp true")
	default:
		p.ok("clock", "the clock is plausible")
	}
	if pool, err := x509.SystemCertPool(); err != nil || pool.Equal(x509.NewCertPool()) {
		p.red("certificates", "no certificate authority is known: WhatsApp cannot be told from an impostor", "install the ca-certificates of your system")
	} else {
		p.ok("certificates", "certificate authorities are known")
	}
	p.room("data folder", p.config.DataDir, leastDisk, p.red, "make room: a full disk loses messages")
	p.room("temporary folder", os.TempDir(), leastTemp, p.note, "the demo and rehearsals need it; TMPDIR names another one")
}

const (
	leastDisk = 500 * megabyte // of the data folder
	leastTemp = 100 * megabyte
)

// room tells how much is free where a folder is or will be.
func (p *patient) room(name, dir string, least uint64, tell func(check, what, hint string), hint string) {
	at := dir
	for {
		if _, err := os.Stat(at); err == nil || filepath.Dir(at) == at {
			break
		}
		at = filepath.Dir(at)
	}
	var disk syscall.Statfs_t
	if err := syscall.Statfs(at, &disk); err != nil {
		p.note("disk", "the room for the "+name+" is unknown: "+err.Error(), "")
		return
	}
	if free := disk.Bavail * uint64(disk.Bsize); free < least {
		tell("disk", fmt.Sprintf("%s: only %s are free", name, megabytes(int64(free))), hint)
	} else {
		p.ok("disk", "%s: %.1f GB are free", name, float64(free)/1e9)
	}
}

// oldLibrary is how old the WhatsApp library may be before a refusal as outdated
// becomes likely (field guide, section 2, "Client version").
const oldLibrary = 90 * day

// program looks at what this build carries: texts, templates, the library.
func (p *patient) program() {
	began := time.Now()
	library, err := templates.Load()
	if err == nil {
		_, err = templates.LoadTexts()
	}
	if err != nil {
		p.red("templates", "the reply library is broken", err.Error())
	} else {
		p.ok("templates", "reply library: %s, loaded in %d ms; every text renders", plural(len(library.Templates()), "template"), time.Since(began).Milliseconds())
		p.ownTemplates()
	}
	b := thisBuild()
	made, ok := b.libraryDate()
	switch {
	case !ok:
		p.note("library", "the age of the WhatsApp library is unknown", "")
	case p.now.Sub(made) > oldLibrary:
		p.note("library", "the WhatsApp library is of "+made.Format(time.DateOnly)+", "+age(p.now.Sub(made).Truncate(day))+" old", "install a newer build before WhatsApp refuses this one")
	default:
		p.ok("library", "WhatsApp library of %s", made.Format(time.DateOnly))
	}
}

// What access(2) is asked for: W_OK and X_OK.
const (
	mayWrite  = 2
	maySearch = 1
)

// folder looks who can read and write the data, and tells whether it makes sense
// to look into it.
func (p *patient) folder() bool {
	dir := p.config.DataDir
	info, err := os.Stat(dir)
	if err != nil {
		p.note("folder", "the data folder "+dir+" does not exist yet", "it is made by the first start")
		return true
	}
	if syscall.Access(dir, mayWrite|maySearch) != nil {
		p.red("folder", "the data folder "+dir+" cannot be written by this user", fmt.Sprintf("chown it to the user that runs the bot (this is user %d)", os.Getuid()))
		return false
	}
	if info.Mode().Perm()&0o077 != 0 {
		p.red("folder", fmt.Sprintf("others can read the data folder (%o)", info.Mode().Perm()), "chmod 700 "+dir)
	} else {
		p.ok("folder", "the data folder is private")
	}
	for _, base := range []string{whatsapp.SessionFile, store.FileName} {
		for _, suffix := range []string{"", "-wal", "-shm"} {
			p.private(filepath.Join(dir, base+suffix))
		}
	}
	return true
}

func (p *patient) private(path string) {
	info, err := os.Stat(path)
	if err != nil {
		return // it is made when it is needed
	}
	if info.Mode().Perm()&fs.FileMode(0o077) != 0 {
		p.red("folder", "others can read "+filepath.Base(path), "chmod 600 "+path)
	}
	if syscall.Access(path, mayWrite) != nil {
		p.red("folder", filepath.Base(path)+" cannot be written by this user", fmt.Sprintf("chown it to the user that runs the bot (this is user %d)", os.Getuid()))
	}
}

// wib is an instant for the operator.
func wib(t time.Time) string { return t.In(shop.WIB).Format("Mon 2 Jan 2006 15:04") }
