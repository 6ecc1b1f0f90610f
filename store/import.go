package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"bestie/shop"
)

// importChunk is how many rows of a list are written at a time, so that answers to
// customers never wait for a long list.
const importChunk = 100

// ImportPeople writes a list of people: who they are, and the proofs of their consent
// with the name of the file. A name or city that is known already stays; a list that is
// taken twice, also after it was cut short, changes nothing the second time. Who opted
// out on the day of their proof or later stays out.
func (db *DB) ImportPeople(ctx context.Context, now time.Time, file string, list []shop.ImportedPerson) (r shop.ImportResult, err error) {
	err = db.inChunks(ctx, len(list), func(tx *transaction, from, until int) (err error) {
		part := shop.ImportResult{}
		for i := from; i < until && err == nil; i++ {
			err = importPerson(ctx, tx, now, file, i, list[i], &part)
		}
		if err == nil {
			r.New, r.Known, r.Consents, r.OnRecord = r.New+part.New, r.Known+part.Known, r.Consents+part.Consents, r.OnRecord+part.OnRecord
			r.StayedOut = append(r.StayedOut, part.StayedOut...)
		}
		return err
	})
	return r, err
}

// ImportCarts writes when people last left a product in their cart.
func (db *DB) ImportCarts(ctx context.Context, now time.Time, list []shop.ImportedCart) (r shop.ImportResult, err error) {
	err = db.inChunks(ctx, len(list), func(tx *transaction, from, until int) error {
		part := shop.ImportResult{}
		for _, c := range list[from:until] {
			person, err := importMeet(ctx, tx, now, c.Phone, "", &part)
			if err != nil {
				return err
			}
			before, err := changes(ctx, tx)
			if err != nil {
				return err
			}
			if err = noteInterest(ctx, tx, person, shop.SegmentCart, c.Product, c.At); err != nil {
				return err
			}
			after, err := changes(ctx, tx)
			if err != nil {
				return err
			}
			part.Carts += after - before
		}
		r.New, r.Known, r.Carts = r.New+part.New, r.Known+part.Known, r.Carts+part.Carts
		return nil
	})
	return r, err
}

// changes counts the rows that the connection has written so far.
func changes(ctx context.Context, tx *transaction) (n int, err error) {
	return n, tx.QueryRowContext(ctx, "SELECT total_changes()").Scan(&n)
}

// inChunks does work on n rows, some in each transaction.
func (db *DB) inChunks(ctx context.Context, n int, work func(tx *transaction, from, until int) error) error {
	for from := 0; from < n; from += importChunk {
		if err := db.tx(ctx, func(tx *transaction) error { return work(tx, from, min(from+importChunk, n)) }); err != nil {
			return fmt.Errorf("rows from %d on were not written: %w", from+1, err)
		}
	}
	return nil
}

// importMeet finds or makes the person with a number and gives them a name if they have
// none.
func importMeet(ctx context.Context, tx *transaction, now time.Time, phone, name string, r *shop.ImportResult) (int64, error) {
	_, known, err := findPeople(ctx, tx, shop.Address{Phone: phone})
	if err != nil {
		return 0, err
	}
	if known == nil {
		r.New++
		p, err := register(ctx, tx, now, phone, name, "")
		return p.ID, err
	}
	r.Known++
	if known.Name == "" && name != "" {
		_, err = tx.ExecContext(ctx, "UPDATE people SET name = $1 WHERE id = $2", name, known.ID)
	}
	return known.ID, err
}

func importPerson(ctx context.Context, tx *transaction, now time.Time, file string, i int, p shop.ImportedPerson, r *shop.ImportResult) error {
	person, err := importMeet(ctx, tx, now, p.Phone, p.Name, r)
	if err != nil {
		return err
	}
	for _, tag := range p.Tags {
		if _, err = tx.ExecContext(ctx, `INSERT INTO person_tags (person_id, tag) SELECT $1, $2
			WHERE NOT EXISTS (SELECT 1 FROM person_tags WHERE person_id = $1 AND lower(tag) = lower($2))`, person, tag); err != nil {
			return err
		}
	}
	if p.Proof == nil {
		return nil
	}
	var out, onRecord bool
	err = tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM consents WHERE person_id = $1 AND granted = 0 AND at >= $2),
			EXISTS (SELECT 1 FROM consents WHERE person_id = $1 AND granted = 1 AND source = $3 AND at = $2)`,
		person, ms(p.Proof.At), shop.SourceImport).Scan(&out, &onRecord)
	switch {
	case err != nil:
		return err
	case out:
		r.StayedOut = append(r.StayedOut, i)
		return nil
	case onRecord:
		r.OnRecord++
		return nil
	}
	r.Consents++
	return addConsent(ctx, tx, shop.Consent{
		PersonID: person, Granted: true, At: p.Proof.At, Source: shop.SourceImport, Words: strings.Join([]string{file, p.Proof.How, p.Proof.Words}, ": "),
	})
}
