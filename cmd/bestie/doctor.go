package main

import (
	"context"
	"fmt"
	"time"
)

// DoctorCommand checks everything a bot needs and says what to do.
type DoctorCommand struct {
	JSON  bool `name:"json" help:"Print one JSON object per check."`
	Alert bool `name:"alert" help:"Send a test message on every second channel."`
}

// finding is one line of the doctor.
type finding struct {
	Level string `json:"level"` // ok, note (worth knowing) or red
	Check string `json:"check"` // what was looked at, a name for machines
	What  string `json:"what"`  // one sentence
	Hint  string `json:"hint,omitempty"`
}

const (
	green  = "ok"
	yellow = "note"
	red    = "red"
)

// patient is what the doctor looks at.
type patient struct {
	config *Config
	now    time.Time
	list   []finding
}

func (p *patient) ok(check, what string, args ...any) {
	p.list = append(p.list, finding{green, check, fmt.Sprintf(what, args...), ""})
}

func (p *patient) note(check, what, hint string) {
	p.list = append(p.list, finding{yellow, check, what, hint})
}

func (p *patient) red(check, what, hint string) {
	p.list = append(p.list, finding{red, check, what, hint})
}

// Run prints a line for each check; exit code 1 if one is red. Nothing is written
// and, without Alert, nothing is asked of the network, so it may run beside a bot.
func (c *DoctorCommand) Run(ctx context.Context, env *Environment) error {
	config, err := env.load(false)
	if err != nil {
		return err
	}
	p := &patient{config: config, now: time.Now()}
	p.ok("config", "configuration is valid")
	p.settings()
	p.alerts()
	if c.Alert {
		p.alert(ctx)
	}
	p.host()
	p.program()
	if p.folder() {
		p.session(ctx)
		p.books(ctx)
	}
	bad := 0
	for _, f := range p.list {
		if f.Level == red {
			bad++
		}
		if err = c.print(env, f); err != nil {
			return err
		}
	}
	if bad == 1 {
		return &Failure{fmt.Errorf("1 red line")}
	} else if bad > 1 {
		return &Failure{fmt.Errorf("%d red lines", bad)}
	}
	return nil
}

func (c *DoctorCommand) print(env *Environment, f finding) error {
	if c.JSON {
		return printJSON(env.Out, f)
	}
	hint := ""
	if f.Hint != "" {
		hint = "\n      -> " + f.Hint
	}
	_, err := fmt.Fprintf(env.Out, "%s %s%s\n", paint(env, f.Level), f.What, hint)
	return err
}

// paint names a level, in colour on a terminal.
func paint(env *Environment, level string) string {
	text := fmt.Sprintf("%-5s", level)
	if level == red {
		text = "RED  "
	}
	if !env.TTY {
		return text
	}
	code := map[string]string{green: "32", yellow: "33", red: "31"}[level]
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}
