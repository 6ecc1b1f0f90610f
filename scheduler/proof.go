package scheduler

import (
	"context"
	"time"

	"github.com/rs/zerolog"

	"bestie/shop"
	"bestie/templates"
)

// ProofStore is what the proof clerk needs of the database.
type ProofStore interface {
	NextProof(ctx context.Context) (time.Time, bool, error)
	DueProof(ctx context.Context, now time.Time) (shop.Proof, bool, error)
	EarlierProofs(ctx context.Context, p shop.Proof) (shop.Earlier, error)
	ProofAgain(ctx context.Context, p shop.Proof, again time.Time) error
	ProofTaken(ctx context.Context, now time.Time, p shop.Proof, flags []shop.Flag, newID func() string, drafts []shop.Draft) error
	Roster(ctx context.Context, now time.Time) (shop.Roster, error)
}

// ProofClerk fetches the pictures of transfers, finds out what is odd about them and
// shows them to the duty admin. It posts nothing.
type ProofClerk struct {
	Store  ProofStore
	Texts  *templates.Texts
	Sender Sender
	// Fetch downloads a picture and looks at it. It errs when the network does; a file
	// that is no picture has no look.
	Fetch  func(ctx context.Context, raw []byte) (shop.Picture, error)
	Outbox *Worker // woken when a picture was shown
	Log    zerolog.Logger
}

const (
	mostFetches = 4 // tries of one picture, half a minute, a minute, two minutes apart
	fetchAgain  = 30 * time.Second
)

// Step serves the pictures that wait, one after the other. While there is no connection
// they wait.
func (c *ProofClerk) Step(ctx context.Context, now time.Time) (time.Time, error) {
	for c.Sender.Ready() && ctx.Err() == nil {
		p, ok, err := c.Store.DueProof(ctx, now)
		if err != nil {
			return time.Time{}, err
		}
		if !ok {
			next, _, err := c.Store.NextProof(ctx)
			return next, err
		}
		if err = c.take(ctx, now, p); err != nil {
			return time.Time{}, err
		}
	}
	return time.Time{}, nil
}

func (c *ProofClerk) take(ctx context.Context, now time.Time, p shop.Proof) (err error) {
	if p.Picture, err = c.Fetch(ctx, p.Raw); err != nil {
		if p.Attempts+1 < mostFetches {
			c.Log.Warn().Err(err).Int64("proof", p.ID).Msg("the picture of a transfer could not be fetched and will be tried again")
			return c.Store.ProofAgain(ctx, p, now.Add(fetchAgain<<p.Attempts))
		}
		c.Log.Error().Err(err).Int64("proof", p.ID).Msg("the picture of a transfer could not be fetched")
		p.Picture = shop.Picture{}
	}
	known, err := c.Store.EarlierProofs(ctx, p)
	if err != nil {
		return err
	}
	flags := p.Payment.Flags(p.Transfer, p.Account, known, now)
	if len(p.Picture.Look.Light) == 0 {
		flags = append(flags, shop.Flag{Kind: shop.FlagUnread})
	}
	drafts, err := c.show(ctx, now, p, flags)
	if err != nil {
		return err
	}
	defer c.Outbox.Wake()
	return c.Store.ProofTaken(ctx, now, p, flags, c.Sender.NewMessageID, drafts)
}

// show writes to the duty admin; who quotes it means the payment.
func (c *ProofClerk) show(ctx context.Context, now time.Time, p shop.Proof, flags []shop.Flag) ([]shop.Draft, error) {
	text, err := c.Texts.Render(templates.PaymentProof{
		Number: p.Payment.Number, Shop: p.Shop, Amount: p.Payment.Amount, Code: p.Payment.Code, Flags: flags, Closed: p.Payment.State != shop.PaymentPending,
	}, nil)
	if err != nil {
		return nil, err
	}
	roster, err := c.Store.Roster(ctx, now)
	if err != nil {
		return nil, err
	}
	drafts := Alerts(roster, shop.RankDuty, text.Text)
	for i := range drafts {
		drafts[i].Ticket = p.Payment.Ticket
		if p.Picture.Path != "" && len(p.Picture.Look.Light) > 0 {
			drafts[i].File = &shop.File{Kind: shop.FileImage, Path: p.Picture.Path}
		}
	}
	return drafts, nil
}
