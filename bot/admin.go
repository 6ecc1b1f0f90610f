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
	run   func(c *turn, args []string) templates.Text
}

var adminCommands = []adminCommand{
	{[]string{"antrian", "antri", "antrean"}, (*turn).queueList},
	{[]string{"bot"}, (*turn).botSwitch},
	{[]string{"promo"}, (*turn).promosOn},
	{[]string{"jaga", "jadwal", "siapa", "piket"}, (*turn).onDuty},
	{[]string{"laporan", "report"}, (*turn).report},
}

// admin: whoever works for the shop writes commands, in a direct chat only. They
// are known by number and LID, never by name; what they quote or forward is
// somebody else's word and no command (field guide, section 7).
func (c *turn) admin() (bool, error) {
	if !c.Person.IsAdmin() {
		return false, nil
	}
	if c.asked == nil || templates.Goodbye(c.text) {
		return true, nil
	}
	var text templates.Text = templates.AdminHelp{Name: c.name()}
	c.read(func(m shop.Message) bool { return speaks(m) && !m.Forwarded })
	fields := strings.Fields(strings.ToLower(c.text))
	for _, cmd := range adminCommands {
		for _, w := range cmd.words {
			if len(fields) > 0 && fields[0] == w {
				text = cmd.run(c, fields[1:])
			}
		}
	}
	if text == nil { // what was asked for comes by itself
		return true, nil
	}
	return true, c.confirm(text, "admin")
}

// queueList answers "antrian": who waits, longest first.
func (c *turn) queueList([]string) templates.Text {
	var open []shop.Queued
	for _, q := range c.Queue {
		if q.Open {
			open = append(open, q)
		}
	}
	return templates.Queue{Now: c.Now, Chats: open}
}

// botSwitch answers "bot 3 on": the bot speaks again in a chat that a person
// took over, or is silenced there.
func (c *turn) botSwitch(args []string) templates.Text {
	if len(args) != 2 || args[1] != "on" && args[1] != "off" {
		return templates.AdminHelp{Name: c.name()}
	}
	n, err := strconv.Atoi(strings.TrimPrefix(args[0], "#"))
	if err != nil {
		return templates.AdminHelp{Name: c.name()}
	}
	for _, q := range c.Queue {
		if q.Wait.Number != n {
			continue
		}
		c.out.Pause = &shop.Pause{PersonID: q.Person.ID}
		if args[1] == "off" {
			c.out.Pause.Until = c.Now.Add(c.bot.Policy.Takeover)
		}
		return templates.BotSwitched{Name: q.Person.CallName(), On: args[1] == "on", Until: c.out.Pause.Until}
	}
	return templates.NoSuchNumber{Number: n}
}

// promosOn answers "promo on": after a ban only a person may let promos go again
// (field guide, section 2, TemporaryBan).
func (c *turn) promosOn(args []string) templates.Text {
	if len(args) != 1 || args[0] != "on" {
		return templates.AdminHelp{Name: c.name()}
	}
	c.out.OpenPromos = true
	return templates.PromosOn{}
}
