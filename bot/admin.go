package bot

import (
	"strconv"
	"strings"

	"bestie/shop"
	"bestie/templates"
)

// adminCommand is one word an admin may write to the business number.
type adminCommand struct {
	words []string
	run   func(c *turn, args []string) string
}

var adminCommands = []adminCommand{
	{[]string{"antrian", "antri", "antrean"}, (*turn).queueList},
	{[]string{"bot"}, (*turn).botSwitch},
}

// admin: whoever works for the shop writes commands, in a direct chat only. They
// are known by number and LID, never by name (field guide, section 7).
func (c *turn) admin() (bool, error) {
	if !c.Person.IsAdmin() {
		return false, nil
	}
	if c.asked == nil || templates.Goodbye(c.text) {
		return true, nil
	}
	text := c.bot.Texts.AdminHelp(c.Person.CallName())
	fields := strings.Fields(strings.ToLower(c.text))
	for _, cmd := range adminCommands {
		for _, w := range cmd.words {
			if len(fields) > 0 && fields[0] == w {
				text = cmd.run(c, fields[1:])
			}
		}
	}
	c.say(shop.Draft{Text: text, Exempt: true, Intent: "admin"})
	return true, nil
}

// queueList answers "antrian": who waits, longest first.
func (c *turn) queueList([]string) string {
	var open []shop.Queued
	for _, q := range c.Queue {
		if q.Open {
			open = append(open, q)
		}
	}
	return c.bot.Texts.Queue(open, c.Now)
}

// botSwitch answers "bot 3 on": the bot speaks again in a chat that a person
// took over, or is silenced there.
func (c *turn) botSwitch(args []string) string {
	if len(args) != 2 || args[1] != "on" && args[1] != "off" {
		return c.bot.Texts.AdminHelp(c.Person.CallName())
	}
	n, err := strconv.Atoi(strings.TrimPrefix(args[0], "#"))
	if err != nil {
		return c.bot.Texts.AdminHelp(c.Person.CallName())
	}
	for _, q := range c.Queue {
		if q.Wait.Number != n {
			continue
		}
		c.out.Pause = &shop.Pause{PersonID: q.Person.ID}
		if args[1] == "off" {
			c.out.Pause.Until = c.Now.Add(c.bot.Policy.Takeover)
		}
		return c.bot.Texts.BotSwitched(q.Person, args[1] == "on", c.out.Pause.Until)
	}
	return c.bot.Texts.NoSuchNumber(n)
}
