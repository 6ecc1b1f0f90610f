package main

import (
	"cmp"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"time"
)

// Where there is no .git beside the sources, as in a container build, these are
// stamped by the linker: -ldflags "-X main.version=… -X main.commit=… -X main.built=…".
var (
	version string // such as v1.2.0
	commit  string // hash
	built   string // date or instant, RFC 3339
)

// build is what this binary knows about itself.
type build struct {
	Version string
	Commit  string // "unknown" if nobody told
	Library string // version of whatsmeow, "unknown" likewise
	Since   time.Time
}

// thisBuild reads it. Since is an instant at which this binary cannot have
// existed yet: that of the build or the commit, or else of the WhatsApp library.
func thisBuild() build {
	b := build{Version: version, Commit: commit, Library: "unknown"}
	b.Since = parseBuilt(built)
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Commit = cmp.Or(b.Commit, s.Value)
		case "vcs.time":
			if b.Since.IsZero() {
				b.Since = parseBuilt(s.Value)
			}
		}
	}
	for _, m := range info.Deps {
		if m.Path == "go.mau.fi/whatsmeow" {
			b.Library = m.Version
		}
	}
	if made, ok := b.libraryDate(); ok && made.After(b.Since) {
		b.Since = made
	}
	b.Version = cmp.Or(b.Version, info.Main.Version, "(devel)")
	b.Commit = cmp.Or(b.Commit, "unknown")
	return b
}

func parseBuilt(text string) time.Time {
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, text); err == nil {
			return t
		}
	}
	return time.Time{}
}

// libraryDate is the age of the WhatsApp library, told by its version: v0.0.0-date-hash.
func (b build) libraryDate() (time.Time, bool) {
	parts := strings.Split(b.Library, "-")
	if len(parts) < 3 {
		return time.Time{}, false
	}
	made, err := time.Parse("20060102150405", parts[len(parts)-2])
	return made, err == nil
}

// VersionCommand prints what this binary is.
type VersionCommand struct{}

// Run prints the version, the commit and the age of the WhatsApp library, which
// is what decides how long this build will be accepted.
func (c *VersionCommand) Run(env *Environment) error {
	b := thisBuild()
	_, err := fmt.Fprintf(env.Out, "bestie %s\ncommit %s\nwhatsmeow %s\n%s %s/%s\n", b.Version, b.Commit, b.Library, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}
