package store

import (
	"context"
	"time"

	"bestie/shop"
)

// noteInterest keeps when a person last asked about a product, put it into a cart or
// ordered it; "" is a product that nobody knows.
func noteInterest(ctx context.Context, tx *transaction, person int64, what shop.SegmentKey, product string, when time.Time) error {
	column := interestOf[what]
	_, err := tx.ExecContext(ctx, "INSERT INTO interests (person_id, product, "+column+`) VALUES ($1, $2, $3)
		ON CONFLICT DO UPDATE SET `+column+" = MAX("+column+", excluded."+column+") WHERE "+column+" < excluded."+column, person, product, ms(when))
	return err
}

// noteOrder keeps which products a person ordered: whoever writes an order calls it in
// the same transaction.
func noteOrder(ctx context.Context, tx *transaction, person int64, products []string, when time.Time) error {
	for _, product := range products {
		if err := noteInterest(ctx, tx, person, shop.SegmentOrdered, product, when); err != nil {
			return err
		}
	}
	return nil
}

// noteTurn keeps what a turn shows of a person's interests: the product that was talked
// about in it, and a cart of the catalogue.
func noteTurn(ctx context.Context, tx *transaction, t shop.Turn, m shop.Memory) error {
	product := ""
	if m.TopicAt.Equal(t.Now) {
		product = m.Topic.Product
	}
	if product != "" {
		if err := noteInterest(ctx, tx, t.Person.ID, shop.SegmentAsked, product, t.Now); err != nil {
			return err
		}
	}
	for _, msg := range t.Messages {
		if msg.Kind == shop.KindCart && !msg.FromMe {
			if err := noteInterest(ctx, tx, t.Person.ID, shop.SegmentCart, product, msg.SentAt); err != nil {
				return err
			}
		}
	}
	return nil
}
