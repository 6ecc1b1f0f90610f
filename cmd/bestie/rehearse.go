package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/rs/zerolog"
)

// RehearseCommand plays conversation scripts against the whole program.
type RehearseCommand struct {
	Files []string `arg:"" name:"file" help:"Script, or folder whose *.txt are played."`
	JSON  bool     `name:"json" help:"Print one JSON object per file instead of the transcript."`
	Seed  uint64   `help:"Seed of the random choices." default:"1"`
	Log   bool     `help:"Write the program's log to stderr."`
}

// result is how one script ended, as --json prints it.
type result struct {
	File     string `json:"file"`
	OK       bool   `json:"ok"`
	Line     int    `json:"line,omitempty"`
	Expected string `json:"expected,omitempty"`
	Got      string `json:"got,omitempty"`
	Error    string `json:"error,omitempty"`
	Messages int    `json:"messages"`
}

// Run plays every script. A syntax error anywhere plays nothing and ends with
// exit code 2, a mismatch with 1.
func (c *RehearseCommand) Run(ctx context.Context, env *Environment) error {
	config := DefaultConfig()
	if env.Config != "" { // bestie.yaml is not read unless it is named
		var err error
		if config, err = LoadConfig(env.Config, nil, false); err != nil {
			return err
		}
	}
	names, err := scriptFiles(c.Files)
	if err != nil {
		return err
	}
	scripts, err := c.parse(names, env.Out)
	if err != nil {
		return err
	}
	failed := 0
	for _, script := range scripts {
		if err = c.play(ctx, script, config, env); err != nil {
			failed++
		}
	}
	if failed > 0 {
		return &Failure{fmt.Errorf("%d of %d scripts failed", failed, len(scripts))}
	}
	return nil
}

func (c *RehearseCommand) parse(names []string, out io.Writer) (scripts []*Script, err error) {
	all := &ScriptError{}
	for _, name := range names {
		script, err := parseFile(name)
		var broken *ScriptError
		switch {
		case errors.As(err, &broken):
			all.Mistakes = append(all.Mistakes, broken.Mistakes...)
			if c.JSON {
				first := broken.Mistakes[0]
				if err = printJSON(out, result{File: name, Line: first.Line, Error: broken.Error()}); err != nil {
					return nil, err
				}
			}
		case err != nil:
			return nil, err
		}
		scripts = append(scripts, script)
	}
	if len(all.Mistakes) > 0 {
		return nil, all
	}
	return scripts, nil
}

func parseFile(name string) (*Script, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, &UsageError{err}
	}
	defer f.Close()
	return ParseScript(name, f)
}

// play plays one script and prints how it went: the transcript and a verdict on
// stdout, what is wrong on stderr.
func (c *RehearseCommand) play(ctx context.Context, script *Script, config *Config, env *Environment) error {
	transcript := NewTranscript(env.Out)
	if c.JSON {
		transcript = NewTranscript(io.Discard)
	}
	err := Play(ctx, script, config, StageOptions{Seed: c.Seed, Log: c.logger(env)}, transcript)
	err = errors.Join(err, transcript.Err())
	r := result{File: script.Name, OK: err == nil, Messages: transcript.Lines}
	var mismatch *Mismatch
	switch {
	case errors.As(err, &mismatch):
		r.Line, r.Expected, r.Got = mismatch.Line, mismatch.Expected, mismatch.Got
	case err != nil:
		r.Error = err.Error()
	}
	if c.JSON {
		return errors.Join(err, printJSON(env.Out, r))
	}
	if err == nil {
		_, err = fmt.Fprintf(env.Out, "ok %s (%d messages)\n\n", script.Name, r.Messages)
		return err
	}
	place := script.Name
	if r.Line > 0 {
		place = fmt.Sprintf("%s:%d", place, r.Line)
	}
	fmt.Fprintf(env.Out, "FAIL %s\n\n", place)
	fmt.Fprintf(env.Err, "bestie: %v\n", err)
	return err
}

func (c *RehearseCommand) logger(env *Environment) zerolog.Logger {
	if !c.Log {
		return zerolog.Nop()
	}
	return zerolog.New(env.Err).Level(zerolog.InfoLevel)
}

func printJSON(w io.Writer, v any) error { return json.NewEncoder(w).Encode(v) }

// scriptFiles lists the scripts to play: files as named, of folders all *.txt by
// name.
func scriptFiles(args []string) (names []string, err error) {
	for _, arg := range args {
		info, err := os.Stat(arg)
		if err != nil {
			return nil, &UsageError{err}
		}
		if !info.IsDir() {
			names = append(names, arg)
			continue
		}
		found := 0
		err = filepath.WalkDir(arg, func(path string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() && strings.HasSuffix(path, ".txt") {
				names = append(names, path)
				found++
			}
			return err
		})
		if err != nil {
			return nil, err
		}
		if found == 0 {
			return nil, &UsageError{fmt.Errorf("there is no *.txt in %s", arg)}
		}
	}
	sort.Strings(names)
	return names, nil
}
