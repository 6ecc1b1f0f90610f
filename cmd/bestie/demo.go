package main

import (
	"bufio"
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/rs/zerolog"
)

// tourFile is the demo's tour: an ordinary rehearsal script whose comments are
// the narration.
//
//go:embed tour.txt
var tourFile embed.FS

// DemoCommand shows the program without a phone or a network.
type DemoCommand struct {
	Seed uint64 `help:"Seed of the random choices." default:"1"`
}

// Run plays the tour; on a terminal a prompt follows, in which one types as any
// person of the tour.
func (c *DemoCommand) Run(ctx context.Context, env *Environment) (err error) {
	source, err := tourFile.ReadFile("tour.txt")
	if err != nil {
		return err
	}
	script, err := ParseScript("tour.txt", strings.NewReader(string(source)))
	if err != nil {
		return err
	}
	fmt.Fprintln(env.Out, "Bestie demo: the whole program, with a WhatsApp of its own on this machine, real encryption")
	fmt.Fprintln(env.Out, "and a sample shop in a temporary folder. No phone, no network. Time runs fast.")
	log := NewTranscript(env.Out)
	log.wide = true
	p, err := NewPlayer(ctx, script, DefaultConfig(), StageOptions{Seed: c.Seed, Log: zerolog.Nop()}, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.stage.Close()) }()
	if err = c.tour(ctx, env, p, string(source)); err != nil || !env.TTY {
		return err
	}
	return c.prompt(ctx, env, p)
}

// tour plays the script and tells its comments.
func (c *DemoCommand) tour(ctx context.Context, env *Environment, p *Player, source string) error {
	commands := map[int]Line{}
	for _, line := range p.script.Lines {
		commands[line.Number] = line
	}
	told := false // the line before was narration too
	for i, text := range strings.Split(source, "\n") {
		if words, ok := strings.CutPrefix(text, "#"); ok {
			if !told {
				fmt.Fprintln(env.Out)
			}
			fmt.Fprintln(env.Out, paintBold(env, strings.TrimSpace(words)))
			told = true
			continue
		}
		if line, ok := commands[i+1]; ok {
			told = false
			if err := p.Do(ctx, line); err != nil {
				return err
			}
		}
	}
	return p.log.Err()
}

func paintBold(env *Environment, text string) string {
	if !env.TTY {
		return text
	}
	return "\x1b[1m" + text + "\x1b[0m"
}

const promptHelp = `Type as a customer, see what the program does. Each line moves the clock by 20 seconds.
  TEXT               the chosen person writes to the shop
  NAME> TEXT         that person writes
  phone> NAME TEXT   somebody types on the shop phone
  /as NAME           choose a person       /people   who there is
  /advance 3m        move the clock        /quit     leave
Any other line of a rehearsal script works after a slash, such as /offline, /online, /restart.`

// answerTime is how far the clock moves after each line, so that the answer is out.
const answerTime = 20 * time.Second

// prompt lets a person type.
func (c *DemoCommand) prompt(ctx context.Context, env *Environment, p *Player) error {
	fmt.Fprintf(env.Out, "\n%s\n\n", promptHelp)
	who := p.actors[0].Name
	in := bufio.NewScanner(env.In)
	for {
		fmt.Fprintf(env.Out, "%s %s> ", p.stage.Now().Format("Mon 15:04:05"), who)
		if !in.Scan() {
			fmt.Fprintln(env.Out)
			return in.Err()
		}
		text := strings.TrimSpace(in.Text())
		switch word, rest, _ := strings.Cut(text, " "); {
		case text == "":
		case word == "/quit" || word == "/q":
			return nil
		case word == "/help":
			fmt.Fprintln(env.Out, promptHelp)
		case word == "/people":
			c.people(env.Out, p)
		case word == "/as" && p.actor(rest) == nil:
			fmt.Fprintf(env.Out, "nobody is called %q; /people lists them\n", rest)
		case word == "/as":
			who = rest
		default:
			if err := c.typed(ctx, p, who, text); err != nil {
				if ctx.Err() != nil {
					return nil //nolint:nilerr // Ctrl-C at the prompt is a way to leave
				}
				fmt.Fprintf(env.Out, "%v\n", err)
			}
		}
	}
}

func (c *DemoCommand) people(out io.Writer, p *Player) {
	for _, a := range p.actors {
		fmt.Fprintf(out, "  %-8s %-12s %s, %s\n", a.Name, a.Kind, a.Display, a.Phone)
	}
}

// typed plays one line of the prompt and moves the clock.
func (c *DemoCommand) typed(ctx context.Context, p *Player, who, text string) error {
	lines, err := p.parseTyped(who, text)
	if err != nil {
		return err
	}
	for _, line := range lines {
		if err = p.Do(ctx, line); err != nil {
			return err
		}
	}
	return p.log.Err()
}

// parseTyped turns what was typed into script lines, by the script's own parser:
// it is read behind the declarations of everybody there is.
func (p *Player) parseTyped(who, text string) ([]Line, error) {
	command, slash := strings.CutPrefix(text, "/")
	if span, ok := strings.CutPrefix(command, "advance "); slash && ok {
		command = "+" + strings.TrimSpace(span)
	}
	speaks := false
	if !slash {
		if name, _, ok := strings.Cut(text, ">"); ok && (name == reservedName || p.actor(name) != nil) {
			command = text
		} else {
			command = who + "> " + text
		}
		speaks = true
	}
	head := []string{"at " + p.stage.Now().Format(time.DateTime)}
	for _, a := range p.actors {
		head = append(head, a.PersonLine.String())
	}
	source := strings.Join(append(head, command), "\n")
	if speaks {
		source += fmt.Sprintf("\n+%ds", int(answerTime/time.Second))
	}
	script, err := ParseScript("prompt", strings.NewReader(source+"\n"))
	var broken *ScriptError
	if errors.As(err, &broken) {
		return nil, errors.New(strings.Replace(broken.Mistakes[0].Message, `"+`, `"`, 1) + " (/help)")
	} else if err != nil {
		return nil, err
	}
	return script.Lines[len(head):], nil
}
