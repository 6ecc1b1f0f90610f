package bot

import (
	"bestie/shop"
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
		Stopped: c.Now.Before(d.Status.Gate.Until), Level: d.Status.Gate.Retreat(c.Now), LevelUntil: d.Status.Gate.LevelUntil,
	}
	if len(d.Queue) > 0 {
		told.Oldest = c.Now.Sub(d.Queue[0].Wait.Since)
	}
	if told.Stopped && !d.Status.Gate.ByPerson(c.Now) {
		told.StoppedUntil = d.Status.Gate.Until
	}
	for _, v := range d.Tickets {
		if v.Open() && v.ClaimedBy == c.Person.ID {
			told.Mine++
		}
	}
	return told
}

// promosOn answers "promo buka": after a ban only a person may let promos go again
// (field guide, section 2, TemporaryBan). A level beyond them ends at its own time: nobody
// can talk WhatsApp out of it.
func (c *turn) promosOn(args []string) templates.Text {
	if len(args) != 1 || args[0] != "on" && args[0] != "buka" {
		return templates.Correction{Example: "promo buka"}
	}
	gate := c.Desk.Status.Gate
	level := gate.Retreat(c.Now)
	c.out.OpenPromos = level == shop.RetreatPromos
	return templates.PromosOn{Level: level, Until: gate.LevelUntil}
}
