package main

import (
	"context"
	"slices"

	"bestie/store"
	"bestie/whatsapp"
)

// session looks at the link to WhatsApp.
func (p *patient) session(ctx context.Context) {
	number, err := whatsapp.Inspect(ctx, p.config.DataDir)
	switch want := p.config.Business.Number; {
	case err != nil:
		p.red("session", "session.db cannot be used: "+err.Error(), "stop the bot, move session.db aside and link again: bestie pair. Never put an old copy of it back")
	case number == "":
		p.note("session", "no number is linked", "link it with: bestie pair")
	case want != "" && number != want:
		p.red("session", "another number is linked: "+hideDigits(number), "set business.number to it, or use another data_dir")
	default:
		p.ok("session", "linked to %s", hideDigits(number))
	}
}

// The shop phone stays away: WhatsApp drops linked devices after about 14 days
// (field guide, section 2).
const (
	phoneAway = 7 * day
	phoneGone = 11 * day
)

func (p *patient) phone(ctx context.Context, db *store.DB) error {
	linked, err := db.Instant(ctx, whatsapp.SettingLinkedAt)
	if err != nil {
		return err
	}
	if !linked.IsZero() {
		p.ok("link", "linked since %s (%s)", wib(linked), age(p.now.Sub(linked)))
	}
	seen, err := db.Instant(ctx, whatsapp.SettingPhoneLastSeen)
	if err != nil || seen.IsZero() {
		return err
	}
	const hint = "open WhatsApp on the shop phone with a connection; after about 14 days the link is lost"
	switch away := p.now.Sub(seen); {
	case away > phoneGone:
		p.red("phone", "the shop phone was not seen for "+age(away), hint)
	case away > phoneAway:
		p.note("phone", "the shop phone was not seen for "+age(away), hint)
	default:
		p.ok("phone", "the shop phone was seen %s ago", age(away))
	}
	return nil
}

// groups lists the groups of the number, for nobody sees their addresses in WhatsApp, and
// looks for those that divisions need.
func (p *patient) groups(ctx context.Context, db *store.DB) error {
	setting, err := db.Setting(ctx, whatsapp.SettingGroups)
	if err != nil {
		return err
	}
	list, err := whatsapp.ParseGroups(setting)
	if err != nil {
		return err
	}
	for _, g := range list {
		p.ok("groups", "member of the group %q: %s", g.Name, g.Address)
	}
	for _, d := range p.config.divisions() {
		if setting != "" && d.Person.IsGroup() && !slices.ContainsFunc(list, func(g whatsapp.Group) bool { return g.Address == d.Person.LID }) {
			p.red("groups", "the number is not a member of the group of "+d.Name, "add the shop's number to the group, or correct divisions or warehouse.to")
		}
	}
	return nil
}
