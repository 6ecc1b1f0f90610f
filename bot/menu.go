package bot

import "bestie/templates"

// choice: a number, a title or "yang pertama" answers the last menu, for the message
// that the menu was about. Anything else closes it: "2" said later is no choice.
func (c *turn) choice() (bool, error) {
	menu := c.mem().Menu
	if menu == nil || c.text == "" {
		return false, nil
	}
	picked := templates.Choices(c.text, c.titles(menu.Intents))
	c.mem().Menu = nil
	if len(picked) == 0 {
		c.missed = menu.Unsure
		return false, nil
	}
	m := templates.Match{}
	for _, n := range picked {
		intent := personIntent
		if n > 0 {
			intent = menu.Intents[n-1]
		}
		m.Parts = append(m.Parts, templates.Part{Intent: intent, Confidence: 1})
	}
	c.about = menu.Text
	return true, c.respond(m)
}

// chooses tells that the message answers an open menu.
func (c *turn) chooses() bool {
	menu := c.mem().Menu
	return menu != nil && len(templates.Choices(c.text, c.titles(menu.Intents))) > 0
}

// titles are what a customer reads for intents. An intent that has lost its template
// since, by an edit of the library, keeps its place.
func (c *turn) titles(intents []string) (titles []string) {
	for _, intent := range intents {
		title := intent
		if t := c.library.Template(intent); t != nil {
			title = t.Title
		}
		titles = append(titles, title)
	}
	return titles
}
