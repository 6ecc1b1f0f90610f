package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"bestie/shop"
	"bestie/templates"
)

// TemplateMatchCommand shows what the matcher makes of a text.
type TemplateMatchCommand struct {
	Text        []string `arg:"" help:"The message, as a customer would write it."`
	Dropshipper bool     `help:"As if a registered dropshipper wrote it."`
	JSON        bool     `name:"json" help:"Print one JSON object."`
}

// understood is what the matcher and the bot made of a message.
type understood struct {
	templates.Match
	Answered []string // intents that were answered, in order
	Reply    string   // what would be sent; empty when nothing would
}

// Run prints the normalised words, the best three intents, the decision and what
// would be sent if this were the first message of a chat.
func (c *TemplateMatchCommand) Run(ctx context.Context, env *Environment) error {
	b, err := newBench(ctx, env)
	if err != nil {
		return err
	}
	text, reader := strings.Join(c.Text, " "), templates.RoleCustomer
	if c.Dropshipper {
		reader = templates.RoleDropshipper
	}
	out, err := b.judge.outcome(b.library, reader, text)
	if err != nil {
		return err
	}
	u := understood{b.library.Match(text, b.judge.products...), chosen(out, b.library), ""}
	var said []string
	for _, d := range out.Drafts {
		if d.Lane == shop.LaneReply {
			said = append(said, d.Text)
		}
	}
	u.Reply = strings.Join(said, "\n\n")
	if c.JSON {
		return printJSON(env.Out, u)
	}
	return u.write(env.Out)
}

func (u understood) write(out io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "words      %s\n", strings.Join(u.Words, " "))
	for i, r := range u.Ranked {
		fmt.Fprintf(&b, "%d.         %-16s %.2f\n", i+1, r.Intent, r.Score)
	}
	fmt.Fprintf(&b, "threshold  %.2f\n", u.Threshold)
	if len(u.Menu) > 0 {
		fmt.Fprintf(&b, "menu       %s\n", strings.Join(u.Menu, ", "))
	}
	switch {
	case len(u.Answered) > 0:
		fmt.Fprintf(&b, "decision   %s\n", strings.Join(u.Answered, ", "))
	case u.Reply == "":
		fmt.Fprintln(&b, "decision   silence")
	case len(u.Menu) > 0:
		fmt.Fprintln(&b, "decision   not sure: the menu is offered")
	default:
		fmt.Fprintln(&b, "decision   not sure: a holding reply, and a person is paged in time")
	}
	if u.Reply != "" {
		fmt.Fprintf(&b, "\n%s\n", u.Reply)
	}
	_, err := io.WriteString(out, b.String())
	return err
}
