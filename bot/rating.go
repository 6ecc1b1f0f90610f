package bot

import (
	"slices"

	"bestie/shop"
	"bestie/templates"
)

// rating: who was asked how the service was answers with a digit, a sign or a word,
// and may add a comment. What the bot or a person has asked since then goes first.
func (c *turn) rating() (bool, error) {
	asked, m := c.mem().Rating, c.mem()
	if asked == nil || c.asked == nil || c.Conversation.Silent(c.Now) || !c.onlyText() {
		return false, nil
	}
	if m.Menu != nil && m.Menu.At.After(asked.AskedAt) || m.Form != nil && m.Form.At.After(asked.AskedAt) {
		return false, nil
	}
	if asked.Score == 0 {
		return c.score(asked)
	}
	return c.comment(asked)
}

func (c *turn) score(asked *shop.OpenRating) (bool, error) {
	score, ok := templates.Score(c.text)
	if !ok {
		return false, nil
	}
	asked.Score, asked.RatedAt = score, c.Now
	c.out.Rating = &shop.Rating{Ticket: asked.Ticket, Score: score}
	if lowScore(score) {
		if err := c.tellSupervisor(asked, ""); err != nil {
			return true, err
		}
		return true, c.confirm(templates.RatingThanks{Name: c.name(), Low: true}, "rating")
	}
	if !goodScore(score) {
		return true, c.confirm(templates.RatingThanks{Name: c.name()}, "rating")
	}
	question, err := c.askConsent()
	if err != nil {
		return true, err
	}
	text, err := c.write(templates.RatingThanks{Name: c.name(), More: question != ""})
	c.say(shop.Draft{Text: join(text, question), Exempt: true, Parts: says("rating")})
	return true, err
}

// lowScore is one that the supervisor hears of.
func lowScore(score int) bool { return score <= shop.LowScore }

// goodScore is one of who was content.
func goodScore(score int) bool { return score >= 4 }

func (c *turn) tellSupervisor(asked *shop.OpenRating, comment string) error {
	for _, a := range c.Roster.For(shop.RankSupervisor) {
		told := templates.LowRating{Number: asked.Number, Name: c.Person.CallName(), Phone: c.Person.Phone, Score: asked.Score, Comment: comment}
		if err := c.alertTo(a.ID, told, asked.Ticket); err != nil {
			return err
		}
	}
	return nil
}

// comment takes what is said just after a score for the reason of it, unless it asks
// something or only says thanks. What the library understands, and anger, is kept as a
// comment and answered like anything else.
func (c *turn) comment(asked *shop.OpenRating) (bool, error) {
	if c.text == "" || c.Now.Sub(asked.RatedAt) > shop.CommentTime || templates.Goodbye(c.text) || templates.Asks(c.text) {
		return false, nil
	}
	if _, again := templates.Score(c.text); again {
		return true, nil // the score counts once
	}
	c.mem().Rating = nil
	c.out.Rating = &shop.Rating{Ticket: asked.Ticket, Comment: clipped(c.text, mostComment)}
	if lowScore(asked.Score) {
		if err := c.tellSupervisor(asked, c.out.Rating.Comment); err != nil {
			return true, err
		}
	}
	if templates.Angry(c.text) || c.wishes(c.text) {
		return false, nil
	}
	return true, c.confirm(templates.CommentThanks{Name: c.name()}, "rating")
}

// wishes tells that the library understands a wish in a text beyond praise and blame.
func (c *turn) wishes(text string) bool {
	return slices.ContainsFunc(c.library.Match(text, c.Products...).Parts, func(p templates.Part) bool {
		return p.Intent != "ulasan_positif" && p.Intent != "ulasan_negatif"
	})
}

// mostComment is how many letters of a comment are kept.
const mostComment = 500
