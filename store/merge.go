package store

import (
	"context"
	"fmt"
	"time"

	"bestie/shop"
)

// merge moves everything that belongs to one person to another and deletes the
// emptied row. Where only one of two can stay, the newer fact or the stricter
// rule does: a pause, a complaint, the longer wait; nobody gets a campaign twice.
func merge(ctx context.Context, tx *transaction, now time.Time, from, into int64) error {
	if err := mergeWaits(ctx, tx, now, from, into); err != nil {
		return err
	}
	if err := moveBalance(ctx, tx, now, from, into); err != nil {
		return err
	}
	for _, stmt := range mergeSteps {
		if _, err := tx.ExecContext(ctx, stmt, from, into); err != nil {
			return err
		}
	}
	return nil
}

// mergeSteps move rows of $1 to $2, in this order.
var mergeSteps = []string{
	// The same message under both addresses: the readable copy stays.
	`DELETE FROM inbox WHERE person_id = $2 AND kind = 'placeholder' AND EXISTS (SELECT 1 FROM inbox f WHERE f.person_id = $1
		AND f.account = inbox.account AND f.from_me = inbox.from_me AND f.message_id = inbox.message_id AND f.kind <> 'placeholder')`,
	"UPDATE OR IGNORE inbox SET person_id = $2 WHERE person_id = $1",
	"DELETE FROM inbox WHERE person_id = $1",

	// The same campaign under both: what is still queued twice goes once, what went
	// already does not go again, and what went counts in the caps.
	`UPDATE outbox SET status = 'cancelled', due_at = NULL, reason = 'same person' WHERE person_id = $2 AND status = 'queued'
		AND campaign_id IN (SELECT campaign_id FROM outbox WHERE person_id = $1 AND status NOT IN ('queued', 'cancelled', 'failed'))`,
	`UPDATE outbox SET status = CASE status WHEN 'queued' THEN 'cancelled' ELSE status END, due_at = NULL, campaign_id = NULL
		WHERE person_id = $1 AND campaign_id IN (SELECT campaign_id FROM outbox WHERE person_id = $2)`,
	"UPDATE outbox SET person_id = $2 WHERE person_id = $1",
	"UPDATE outbox SET author_id = $2 WHERE author_id = $1",

	// Of two open tickets of one chat the older stays, claimed if one of them is.
	`UPDATE tickets SET claimed_by = (SELECT claimed_by FROM tickets t WHERE t.person_id = $1 AND t.kind = 'chat' AND t.closed_at IS NULL),
			claimed_at = (SELECT claimed_at FROM tickets t WHERE t.person_id = $1 AND t.kind = 'chat' AND t.closed_at IS NULL)
		WHERE person_id = $2 AND kind = 'chat' AND closed_at IS NULL AND claimed_by IS NULL`,
	`UPDATE promises SET ticket_id = (SELECT id FROM tickets WHERE person_id = $2 AND kind = 'chat' AND closed_at IS NULL)
		WHERE next_at IS NOT NULL AND ticket_id = (SELECT id FROM tickets WHERE person_id = $1 AND kind = 'chat' AND closed_at IS NULL)
		AND EXISTS (SELECT 1 FROM tickets WHERE person_id = $2 AND kind = 'chat' AND closed_at IS NULL)`,
	`UPDATE tickets SET (promised_at, promised_by) = (SELECT due_at, admin_id FROM promises WHERE ticket_id = tickets.id AND next_at IS NOT NULL ORDER BY id DESC LIMIT 1)
		WHERE person_id = $2 AND kind = 'chat' AND closed_at IS NULL AND EXISTS (SELECT 1 FROM promises WHERE ticket_id = tickets.id AND next_at IS NOT NULL) AND $1 > 0`,
	`UPDATE tickets SET promised_at = NULL, closed_at = MAX(opened_at, COALESCE(claimed_at, 0)) WHERE person_id = $1 AND kind = 'chat' AND closed_at IS NULL
		AND EXISTS (SELECT 1 FROM tickets t WHERE t.person_id = $2 AND t.kind = 'chat' AND t.closed_at IS NULL)`,
	"UPDATE tickets SET person_id = $2 WHERE person_id = $1",
	"UPDATE tickets SET claimed_by = $2 WHERE claimed_by = $1",
	"UPDATE tickets SET promised_by = $2 WHERE promised_by = $1",
	"UPDATE tickets SET closed_by = $2 WHERE closed_by = $1",
	"UPDATE waits SET human_by = $2 WHERE human_by = $1",
	"UPDATE OR IGNORE pages SET admin_id = $2 WHERE admin_id = $1",
	"DELETE FROM pages WHERE admin_id = $1",
	"UPDATE ratings SET person_id = $2 WHERE person_id = $1",
	"UPDATE report_requests SET person_id = $2 WHERE person_id = $1",
	"UPDATE promises SET admin_id = $2 WHERE admin_id = $1",
	"UPDATE divisions SET person_id = $2 WHERE person_id = $1",

	"UPDATE consents SET person_id = $2 WHERE person_id = $1",
	"UPDATE OR IGNORE consent_asks SET person_id = $2 WHERE person_id = $1",
	"DELETE FROM consent_asks WHERE person_id = $1",
	"UPDATE OR IGNORE person_tags SET person_id = $2 WHERE person_id = $1",
	"DELETE FROM person_tags WHERE person_id = $1",
	"UPDATE OR IGNORE person_roles SET person_id = $2 WHERE person_id = $1",
	"DELETE FROM person_roles WHERE person_id = $1",
	"UPDATE campaigns SET created_by = $2 WHERE created_by = $1",
	"UPDATE campaigns SET approved_by = $2 WHERE approved_by = $1",
	"UPDATE campaign_events SET by_id = $2 WHERE by_id = $1",
	"UPDATE campaign_pictures SET person_id = $2 WHERE person_id = $1",
	"DELETE FROM campaign_looks WHERE person_id = $1 AND $2 > 0",
	"DELETE FROM campaign_codes WHERE person_id = $1 AND $2 > 0",
	"UPDATE OR IGNORE campaign_reports SET person_id = $2 WHERE person_id = $1",
	"DELETE FROM campaign_reports WHERE person_id = $1",
	"UPDATE OR IGNORE campaign_people SET person_id = $2 WHERE person_id = $1",
	"DELETE FROM campaign_people WHERE person_id = $1",
	"UPDATE segments SET created_by = $2 WHERE created_by = $1",
	`INSERT INTO interests (person_id, product, asked_at, cart_at, ordered_at)
		SELECT $2, product, asked_at, cart_at, ordered_at FROM interests WHERE person_id = $1
		ON CONFLICT DO UPDATE SET asked_at = MAX(asked_at, excluded.asked_at), cart_at = MAX(cart_at, excluded.cart_at),
			ordered_at = MAX(ordered_at, excluded.ordered_at)`,
	"DELETE FROM interests WHERE person_id = $1",
	"UPDATE OR IGNORE writing_hours SET person_id = $2 WHERE person_id = $1",
	"DELETE FROM writing_hours WHERE person_id = $1",

	"UPDATE OR IGNORE reminders SET person_id = $2 WHERE person_id = $1",
	"DELETE FROM reminders WHERE person_id = $1",
	"UPDATE dropshipper_changes SET person_id = $2 WHERE person_id = $1",
	"UPDATE dropshipper_changes SET by_id = $2 WHERE by_id = $1",
	"UPDATE orders SET person_id = $2 WHERE person_id = $1",
	"UPDATE payments SET person_id = $2 WHERE person_id = $1",
	"UPDATE payments SET closed_by = $2 WHERE closed_by = $1",
	"UPDATE proofs SET person_id = $2 WHERE person_id = $1",
	"UPDATE OR IGNORE rekons SET person_id = $2 WHERE person_id = $1",
	"DELETE FROM rekons WHERE person_id = $1",
	"UPDATE OR IGNORE dropshippers SET person_id = $2 WHERE person_id = $1",
	"DELETE FROM dropshippers WHERE person_id = $1",

	`INSERT INTO conversations (person_id, paused_until, muted_until, complaint_at, greeted_at, last_in_text, last_in_at, last_call_at, expiry, answered, memory,
			heard_at, ended_at, wrote_at, unfinished_at)
		SELECT $2, paused_until, muted_until, complaint_at, greeted_at, last_in_text, last_in_at, last_call_at, expiry, answered, memory,
			heard_at, ended_at, wrote_at, unfinished_at
		FROM conversations WHERE person_id = $1
		ON CONFLICT (person_id) DO UPDATE SET paused_until = MAX(paused_until, excluded.paused_until),
			muted_until = MAX(muted_until, excluded.muted_until), complaint_at = MAX(complaint_at, excluded.complaint_at),
			greeted_at = MAX(greeted_at, excluded.greeted_at), last_call_at = MAX(last_call_at, excluded.last_call_at),
			last_in_text = CASE WHEN excluded.last_in_at > last_in_at THEN excluded.last_in_text ELSE last_in_text END,
			unfinished_at = CASE WHEN excluded.last_in_at > last_in_at THEN excluded.unfinished_at ELSE unfinished_at END,
			memory = CASE WHEN excluded.last_in_at > last_in_at THEN excluded.memory ELSE memory END,
			last_in_at = MAX(last_in_at, excluded.last_in_at), expiry = MAX(expiry, excluded.expiry), answered = MAX(answered, excluded.answered),
			heard_at = MAX(heard_at, excluded.heard_at), ended_at = MAX(ended_at, excluded.ended_at),
			wrote_at = MAX(wrote_at, excluded.wrote_at)`,
	"DELETE FROM conversations WHERE person_id = $1",
	"UPDATE people SET erase_at = MAX(erase_at, (SELECT erase_at FROM people WHERE id = $1)) WHERE id = $2",
	"DELETE FROM people WHERE id = $1",
}

// mergeWaits moves the waits. Of two open ones the person who has waited longer
// goes on waiting, and only a person ends that wait if only a person ended one of
// the two; what was queued about the other belongs to it.
func mergeWaits(ctx context.Context, tx *transaction, now time.Time, from, into int64) error {
	one, err := openWait(ctx, tx, from)
	if err != nil {
		return err
	}
	other, err := openWait(ctx, tx, into)
	if err != nil {
		return err
	}
	if one != nil && other != nil {
		kept, ended := one, other
		if ended.Since.Before(kept.Since) {
			kept, ended = ended, kept
		}
		for _, stmt := range []string{
			"UPDATE outbox SET wait_id = $1 WHERE wait_id = $2",
			"UPDATE questions SET wait_id = $1 WHERE wait_id = $2",
			"UPDATE OR IGNORE pages SET wait_id = $1 WHERE wait_id = $2",
			"UPDATE waits SET needs_human = MAX(needs_human, (SELECT needs_human FROM waits WHERE id = $2)) WHERE id = $1",
		} {
			if _, err = tx.ExecContext(ctx, stmt, kept.ID, ended.ID); err != nil {
				return err
			}
		}
		if err = endWait(ctx, tx, *ended, now, "cancelled"); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, "UPDATE waits SET person_id = $2 WHERE person_id = $1", from, into)
	return err
}

// moveBalance books what stands on the accounts of one row over to the other. Entries
// are never changed, so the move is a posting of its own; a deposit of one pays what the
// other owes.
func moveBalance(ctx context.Context, tx *transaction, now time.Time, from, into int64) error {
	move := shop.Posting{Reference: fmt.Sprintf("merge:%d:%d", from, into), Reason: "two rows of one person", Actor: "bestie", At: now}
	for _, account := range []func(int64) string{shop.CreditAccount, shop.PendingAccount, shop.DepositAccount} {
		amount, err := balance(ctx, tx, account(from))
		if err != nil {
			return err
		}
		if amount != 0 {
			move.Entries = append(move.Entries, shop.Entry{Account: account(from), Amount: -amount}, shop.Entry{Account: account(into), Amount: amount})
		}
	}
	if len(move.Entries) == 0 {
		return nil
	}
	if _, err := post(ctx, tx, move); err != nil {
		return err
	}
	return settleDeposit(ctx, tx, now, move.Reference, into)
}

// settleDeposit pays what a person owes from their deposit, if there are both.
func settleDeposit(ctx context.Context, tx *transaction, now time.Time, reference string, person int64) error {
	owes, err := balance(ctx, tx, shop.CreditAccount(person))
	if err != nil {
		return err
	}
	deposit, err := balance(ctx, tx, shop.DepositAccount(person))
	paid := min(owes, -deposit)
	if err != nil || paid <= 0 {
		return err
	}
	_, err = post(ctx, tx, shop.Posting{
		Reference: reference + ":settle", Reason: "the deposit pays what is owed", Actor: "bestie", At: now,
		Entries: []shop.Entry{{Account: shop.DepositAccount(person), Amount: paid}, {Account: shop.CreditAccount(person), Amount: -paid}},
	})
	return err
}
