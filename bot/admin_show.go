package bot

import (
	"bestie/templates"
)

// queueList answers "antrian": who waits, longest first.
func (c *turn) queueList([]string) templates.Text {
	return templates.QueueHead{Queue: templates.Queue{Now: c.Now, Chats: c.Desk.Queue}, Waiting: c.Desk.Waiting}
}

// help answers "bantuan".
func (c *turn) help([]string) templates.Text { return templates.AdminHelp{Name: c.name()} }

// status answers "status".
func (c *turn) status([]string) templates.Text {
	d := c.Desk
	told := templates.Status{
		Now: c.Now, Connected: d.Status.State == "online", Waiting: d.Waiting, Open: d.Open,
		Replies: d.Status.Replies, Promos: d.Status.Promos, Slot: d.Status.Slot,
		Stopped: c.Now.Before(d.Status.Gate.Until),
	}
	if len(d.Queue) > 0 {
		told.Oldest = c.Now.Sub(d.Queue[0].Wait.Since)
	}
	if told.Stopped && d.Status.Gate.Until.Sub(c.Now) < tooFar {
		told.StoppedUntil = d.Status.Gate.Until
	}
	for _, v := range d.Tickets {
		if v.Open() && v.ClaimedBy == c.Person.ID {
			told.Mine++
		}
	}
	return told
}

// tooFar is a stop of the promos that ends only by a person's word.
const tooFar = 365 * day

// promosOn answers "promo on": after a ban only a person may let promos go again
// (field guide, section 2, TemporaryBan).
func (c *turn) promosOn(args []string) templates.Text {
	if len(args) != 1 || args[0] != "on" {
		return templates.Correction{Example: "promo on"}
	}
	c.out.OpenPromos = true
	return templates.PromosOn{}
}
