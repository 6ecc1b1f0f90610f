package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// VersionCommand prints what this binary is.
type VersionCommand struct{}

// Run prints the version, the commit and the age of the WhatsApp library, which
// is what decides how long this build will be accepted.
func (c *VersionCommand) Run(env *Environment) error {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		_, err := fmt.Fprintln(env.Out, "bestie (built without module information)")
		return err
	}
	version, commit, library := info.Main.Version, "unknown", "unknown"
	if version == "" {
		version = "(devel)"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			commit = s.Value
		}
	}
	for _, m := range info.Deps {
		if m.Path == "go.mau.fi/whatsmeow" {
			library = m.Version
		}
	}
	_, err := fmt.Fprintf(env.Out, "bestie %s\ncommit %s\nwhatsmeow %s\n%s %s/%s\n", version, commit, library, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}
