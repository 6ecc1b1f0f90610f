package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"github.com/rs/zerolog"

	"bestie/shop"
	"bestie/store"
	"bestie/templates"
	"bestie/whatsapp"
)

// DoctorCommand checks everything a bot needs and says what to do.
type DoctorCommand struct{}

// finding is one line of the doctor: green, yellow (worth knowing) or red.
type finding struct {
	level string
	what  string
	hint  string
}

const (
	green  = "ok"
	yellow = "note"
	red    = "RED"
)

// Run prints a line for each check; exit code 1 if one is red.
func (c *DoctorCommand) Run(ctx context.Context, env *Environment) error {
	config, err := env.load(false)
	if err != nil {
		return err
	}
	list := []finding{{level: green, what: "configuration is valid"}}
	if config.Business.Number == "" {
		list = append(list, finding{red, "business.number is not set", "run and pair need the shop's WhatsApp Business number"})
	}
	list = append(list, c.rosterCheck(config)...)
	list = append(list, c.factsCheck(config)...)
	list = append(list, c.zone(), c.library(), c.build())
	list = append(list, c.folder(config.DataDir)...)
	list = append(list, c.books(ctx, config)...)
	bad := 0
	for _, f := range list {
		if f.level == red {
			bad++
		}
		fmt.Fprintf(env.Out, "%-5s %s\n", paint(env, f.level), f.what)
		if f.hint != "" {
			fmt.Fprintf(env.Out, "      -> %s\n", f.hint)
		}
	}
	if bad > 0 {
		return &Failure{fmt.Errorf("%d red lines", bad)}
	}
	return nil
}

// paint colours a level on a terminal.
func paint(env *Environment, level string) string {
	text := fmt.Sprintf("%-5s", level)
	if !env.TTY {
		return text
	}
	code := map[string]string{green: "32", yellow: "33", red: "31"}[level]
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

func (c *DoctorCommand) rosterCheck(config *Config) []finding {
	if len(config.Admins) == 0 {
		return []finding{{red, "nobody is paged when a customer waits", "name at least one person under admins"}}
	}
	have := map[shop.Role]bool{}
	for _, a := range config.Admins {
		have[a.Role] = true
	}
	var missing []string
	for _, role := range []shop.Role{shop.RoleDuty, shop.RoleSecond, shop.RoleSupervisor, shop.RoleOwner} {
		if !have[role] {
			missing = append(missing, string(role))
		}
	}
	if len(missing) > 0 {
		return []finding{{yellow, "roster: no " + strings.Join(missing, ", "), "their pages fall back to the first admin"}}
	}
	return []finding{{level: green, what: "roster is complete"}}
}

func (c *DoctorCommand) factsCheck(config *Config) (list []finding) {
	for _, f := range config.UnsetFacts() {
		list = append(list, finding{red, "fact not set: " + f.Key, f.What + " Until it is set, customers get a holding reply and an admin is paged."})
	}
	if config.ProductsFile == "" {
		list = append(list, finding{yellow, "no products_file", "price and stock questions get a holding reply"})
	}
	return list
}

func (c *DoctorCommand) zone() finding {
	if _, offset := time.Now().In(shop.WIB).Zone(); offset != 7*3600 {
		return finding{red, "the time zone Asia/Jakarta is wrong on this machine", "install a correct time zone database"}
	}
	return finding{level: green, what: "it is " + shop.DateClock(time.Now()) + " WIB; compare with a clock you trust"}
}

func (c *DoctorCommand) library() finding {
	began := time.Now()
	library, err := templates.Load()
	if err == nil {
		_, err = templates.LoadTexts()
	}
	if err != nil {
		return finding{red, "the reply library is broken", err.Error()}
	}
	return finding{level: green, what: fmt.Sprintf("reply library: %d templates, loaded in %d ms", len(library.Templates()), time.Since(began).Milliseconds())}
}

// oldLibrary is how old the WhatsApp library may be before a refusal as outdated
// becomes likely (field guide, section 2, "Client version").
const oldLibrary = 90 * 24 * time.Hour

func (c *DoctorCommand) build() finding {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return finding{yellow, "this binary does not know its libraries", ""}
	}
	for _, m := range info.Deps {
		parts := strings.Split(m.Version, "-")
		if m.Path != "go.mau.fi/whatsmeow" || len(parts) < 3 {
			continue
		}
		made, err := time.Parse("20060102150405", parts[len(parts)-2])
		if err == nil && time.Since(made) > oldLibrary {
			return finding{yellow, "the WhatsApp library is of " + made.Format(time.DateOnly), "install a newer build before WhatsApp refuses this one"}
		}
		return finding{level: green, what: "WhatsApp library " + m.Version}
	}
	return finding{yellow, "the age of the WhatsApp library is unknown", ""}
}

// leastDisk is how much room the data folder needs.
const leastDisk = 500 << 20

func (c *DoctorCommand) folder(dir string) (list []finding) {
	info, err := os.Stat(dir)
	if err != nil {
		return []finding{{yellow, "the data folder " + dir + " does not exist yet", "it is made by the first start"}}
	}
	if info.Mode().Perm()&0o077 != 0 {
		list = append(list, finding{red, fmt.Sprintf("others can read the data folder (%o)", info.Mode().Perm()), "chmod 700 " + dir})
	} else {
		list = append(list, finding{level: green, what: "the data folder is private"})
	}
	for _, name := range []string{"session.db", "session.db-wal", "session.db-shm", store.FileName} {
		if info, err := os.Stat(filepath.Join(dir, name)); err == nil && info.Mode().Perm()&0o077 != 0 {
			list = append(list, finding{red, "others can read " + name, "chmod 600 " + filepath.Join(dir, name)})
		}
	}
	var disk syscall.Statfs_t
	if err := syscall.Statfs(dir, &disk); err == nil {
		if free := disk.Bavail * uint64(disk.Bsize); free < leastDisk {
			list = append(list, finding{red, fmt.Sprintf("only %d MB are free", free>>20), "make room: a full disk loses messages"})
		}
	}
	return list
}

func (c *DoctorCommand) books(ctx context.Context, config *Config) (list []finding) {
	if _, err := os.Stat(filepath.Join(config.DataDir, store.FileName)); err != nil {
		return nil
	}
	db, err := store.Open(ctx, config.DataDir, zerolog.Nop())
	if err != nil {
		return []finding{{red, "app.db cannot be opened", err.Error()}}
	}
	if err = errors.Join(db.Check(ctx)); err != nil {
		list = append(list, finding{red, "app.db is damaged", err.Error()})
	} else {
		list = append(list, finding{level: green, what: "app.db is sound"})
	}
	state, err := db.Setting(ctx, store.SettingState)
	if s := whatsapp.State(state); err == nil && state != "" && (s.Permanent() || s == whatsapp.StateBanned || s == whatsapp.StateMuted) {
		list = append(list, finding{red, "WhatsApp: " + s.English(), s.Hint()})
	} else if err == nil && state != "" {
		list = append(list, finding{level: green, what: "WhatsApp: " + s.English()})
	}
	gate, err := db.Gate(ctx, shop.LanePromo)
	if err == nil && gate.Until.After(time.Now()) && gate.Reason != "pace" {
		list = append(list, finding{yellow, "promos rest until " + shop.DateClock(gate.Until) + " (" + gate.Reason + ")", ""})
	}
	if err = db.Close(); err != nil {
		list = append(list, finding{red, "app.db cannot be closed", err.Error()})
	}
	return list
}
