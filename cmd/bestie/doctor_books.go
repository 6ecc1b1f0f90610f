package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"bestie/shop"
	"bestie/store"
	"bestie/whatsapp"
)

// books looks into app.db, as the bot left it.
func (p *patient) books(ctx context.Context) {
	db, err := store.Look(ctx, p.config.DataDir)
	var known *shop.Error
	if errors.As(err, &known) && known.Code == store.CodeNoData {
		return // there was no start yet; the folder's line says so
	}
	if err != nil {
		p.red("app.db", err.Error(), "if it does not belong there, put the last backup in its place: bestie restore FILE")
		return
	}
	defer db.Close() // nothing was written
	if err = db.Check(ctx); err != nil {
		p.red("app.db", "app.db is damaged: "+err.Error(), "stop the bot and put the last backup in its place: bestie restore FILE")
		return
	}
	schema, err := db.Schema(ctx)
	if err != nil {
		p.red("app.db", err.Error(), "")
		return
	}
	if latest := store.LatestSchema(); schema > latest {
		p.red("app.db", fmt.Sprintf("app.db is of a newer build: schema %d, this build knows %d", schema, latest), "install the newer build again")
		return
	} else if schema < latest {
		p.note("app.db", fmt.Sprintf("app.db is sound, and of an older build: schema %d, this build has %d", schema, latest), "make a backup; the next start of the bot brings it up to date")
		return // what follows may read what is not there yet
	}
	p.ok("app.db", "app.db is sound")
	for _, look := range []func(context.Context, *store.DB) error{p.home, p.life, p.outages, p.phone, p.groups, p.backups, p.promos, p.strangers, p.imported, p.ledger} {
		if err = look(ctx, db); err != nil {
			p.red("app.db", "app.db cannot be read: "+err.Error(), "")
		}
	}
}

// home tells whether the bot will stay muted because its folder is a copy.
func (p *patient) home(ctx context.Context, db *store.DB) error {
	moved, err := db.Moved(ctx)
	if err == nil && moved {
		p.red("home", whatsapp.StateMuted.English(), whatsapp.StateMuted.Hint())
	}
	return err
}

// imported looks at the product list that the bot has, where no file replaces it at
// every start.
func (p *patient) imported(ctx context.Context, db *store.DB) error {
	if p.config.ProductsFile != "" {
		return nil
	}
	list, err := db.Products(ctx)
	if err == nil {
		p.listed(list)
	}
	return err
}

// life tells how the bot is, or how it was when it ended.
func (p *patient) life(ctx context.Context, db *store.DB) error {
	v, err := db.Vitals(ctx)
	if err != nil || v.Beat.IsZero() {
		return err
	}
	state := whatsapp.State(v.State)
	ill := ailment(v, p.now)
	switch {
	case ill == nil:
		p.ok("bot", "the bot runs: heartbeat %s ago, %s", age(p.now.Sub(v.Beat)), state.English())
	case state == whatsapp.StateClosed:
		p.note("bot", "the bot was stopped "+wib(v.Beat), state.Hint())
	case p.now.Sub(v.Beat) > stale && !state.Permanent():
		p.note("bot", "the bot does not run: "+ill.Sentence, ill.Hint)
	default:
		p.red("bot", ill.Sentence, ill.Hint)
	}
	if state == whatsapp.StateBanned {
		p.red("connection", "WhatsApp: "+state.English(), state.Hint())
	}
	return nil
}

// backupsDue is how old the last backup may be.
const backupsDue = 7 * day

func (p *patient) backups(ctx context.Context, db *store.DB) error {
	const hint = "bestie backup FILE, daily, onto another disk"
	last, err := db.Instant(ctx, store.SettingBackupAt)
	switch {
	case err != nil:
		return err
	case last.IsZero():
		p.note("backup", "there was never a backup of app.db", hint)
	case p.now.Sub(last) > backupsDue:
		p.note("backup", "the last backup of app.db is "+age(p.now.Sub(last))+" old", hint)
	default:
		p.ok("backup", "the last backup of app.db is %s old", age(p.now.Sub(last)))
	}
	return nil
}

// promos tells how far the program has drawn back, apart from the ordinary pace.
func (p *patient) promos(ctx context.Context, db *store.DB) error {
	gate, err := db.Gate(ctx, shop.LanePromo)
	switch {
	case err != nil:
		return err
	case gate.Retreat(p.now) > shop.RetreatPromos:
		p.note("retreat", fmt.Sprintf("level %d of 4, %s, until %s (%s)", gate.Retreat(p.now), levels[gate.Retreat(p.now)], wib(gate.LevelUntil), gate.Reason),
			"it ends by itself; answer from the phone whom the bot does not reach")
	case gate.Retreat(p.now) == shop.RetreatNone:
		p.ok("promos", "nothing holds promos back")
		return nil
	}
	switch {
	case gate.ByPerson(p.now):
		p.note("promos", "promos rest until a person allows them ("+gate.Reason+")", "an admin writes to the shop's number: promo buka")
	case gate.Until.After(p.now):
		p.note("promos", "promos rest until "+wib(gate.Until)+" ("+gate.Reason+")", "they go on by themselves")
	}
	return nil
}

// levels name what still goes out.
var levels = [...]string{
	shop.RetreatNone: "everything", shop.RetreatPromos: "everything but promos", shop.RetreatKnown: "known chats only",
	shop.RetreatReplies: "replies in live chats only", shop.RetreatSilence: "silence",
}

func (p *patient) strangers(ctx context.Context, db *store.DB) error {
	names, err := db.Strangers(ctx)
	if err == nil && len(names) > 0 {
		p.note("admins", "not known to be on WhatsApp: "+strings.Join(names, ", "), "each of them writes once to the shop's number, from the phone that is to be paged")
	}
	return err
}
