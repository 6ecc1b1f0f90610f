package scheduler

import (
	"context"
	"time"

	"github.com/rs/zerolog"

	"bestie/shop"
	"bestie/templates"
)

// PictureStore is what the picture clerk needs of the database.
type PictureStore interface {
	NextPicture(ctx context.Context) (time.Time, bool, error)
	DuePicture(ctx context.Context, now time.Time) (shop.PromoPicture, bool, error)
	PictureAgain(ctx context.Context, p shop.PromoPicture, again time.Time) error
	PictureTaken(ctx context.Context, now time.Time, p shop.PromoPicture, image *shop.File, newID func() string, drafts []shop.Draft) error
}

// PictureClerk fetches the pictures that admins send for their promos.
type PictureClerk struct {
	Store  PictureStore
	Texts  *templates.Texts
	Sender Sender
	// Fetch downloads a picture and keeps it; nil for a file that cannot be sent as one. It
	// errs when the network does.
	Fetch  func(ctx context.Context, raw []byte) (*shop.File, error)
	Outbox *Worker // woken when somebody was told
	Log    zerolog.Logger
}

// Step serves the pictures that wait, one after the other. While there is no connection
// they wait.
func (c *PictureClerk) Step(ctx context.Context, now time.Time) (time.Time, error) {
	for c.Sender.Ready() && ctx.Err() == nil {
		p, ok, err := c.Store.DuePicture(ctx, now)
		if err != nil {
			return time.Time{}, err
		}
		if !ok {
			next, _, err := c.Store.NextPicture(ctx)
			return next, err
		}
		if err = c.take(ctx, now, p); err != nil {
			return time.Time{}, err
		}
	}
	return time.Time{}, nil
}

func (c *PictureClerk) take(ctx context.Context, now time.Time, p shop.PromoPicture) error {
	image, err := c.Fetch(ctx, p.Raw)
	if err != nil {
		if p.Attempts+1 < mostFetches {
			c.Log.Warn().Err(err).Int64("campaign", p.Campaign).Msg("the picture of a promo could not be fetched and will be tried again")
			return c.Store.PictureAgain(ctx, p, now.Add(fetchAgain<<p.Attempts))
		}
		c.Log.Error().Err(err).Int64("campaign", p.Campaign).Msg("the picture of a promo could not be fetched")
		image = nil
	}
	what := templates.PromoPictureKept
	if image == nil {
		what = templates.PromoPictureBad
	}
	text, err := c.Texts.Render(templates.PromoTold{What: what, Number: p.Number, Campaign: p.Name}, nil)
	if err != nil {
		return err
	}
	defer c.Outbox.Wake()
	return c.Store.PictureTaken(ctx, now, p, image, c.Sender.NewMessageID,
		[]shop.Draft{{To: p.Person, Lane: shop.LaneReply, Text: text.Text, Exempt: true, Ticket: p.Ticket}})
}
