package main

import (
	"context"
	"sync"
	"time"

	"bestie/shop"
)

// receipts are the ticks that came in and are not written yet. They are the only
// news of WhatsApp that is acknowledged before it is committed, so that a burst
// of them is one commit: what a crash forgets is that a message arrived, for the
// few milliseconds before, and nothing follows from it but that a reply of
// unknown fate is tried again under the same ID (ADR 9).
type receipts struct {
	mu   sync.Mutex
	list []shop.Receipt
}

// mostReceipts bounds what waits while the database cannot be written.
const mostReceipts = 1000

// put keeps a receipt for later; false when there are too many already.
func (r *receipts) put(one shop.Receipt) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.list) >= mostReceipts {
		return false
	}
	r.list = append(r.list, one)
	return true
}

// write commits what has come, in its order. What cannot be written stays.
func (r *receipts) write(ctx context.Context, commit func(ctx context.Context, list ...shop.Receipt) error) error {
	r.mu.Lock()
	list := r.list
	r.mu.Unlock()
	if len(list) == 0 {
		return nil
	}
	if err := commit(ctx, list...); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.list = r.list[len(list):] // what came meanwhile stays
	return nil
}

// writeReceipts is the step of the worker.
func (a *App) writeReceipts(ctx context.Context, _ time.Time) (time.Time, error) {
	return time.Time{}, a.receipts.write(ctx, a.db.Receipts)
}
