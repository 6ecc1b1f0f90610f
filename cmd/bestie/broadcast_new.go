package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"bestie/shop"
	"bestie/store"
)

// BroadcastNewCommand writes a campaign as a draft.
type BroadcastNewCommand struct {
	File   string `arg:"" help:"The campaign, a YAML file (docs/promos.md)."`
	Author string `help:"Phone number of the admin who answers for it. Default: the first admin." placeholder:"PHONE"`
	DryRun bool   `help:"Check the file, but keep nothing."`
}

// Help shows an example.
func (BroadcastNewCommand) Help() string {
	return `Example of a file:
  name: Diskon Rabu
  kind: promo                  # cart, product, promo or voucher
  audience: tag:bakso last_chat<28d
  offer: diskon 25%
  deadline: sampai Jumat
  call: balas PESAN
  wordings:
    - Halo {nama}, {tawaran} {batas}. Yuk {ajakan}! Balas STOP untuk berhenti
    - "{nama}, bakso lagi {tawaran} lho, {batas}. Langsung {ajakan} ya. Balas STOP untuk berhenti"
  image: bakso.jpg             # beside this file; may be left out
  from: Rabu 17.00             # may be left out: from the next slot on
  until: Jumat                 # may be left out: for two weeks`
}

var campaignBounds = bounds{bytes: 64 << 10, lines: 1000, depth: 3}

// Run keeps the campaign beside a bot that may be running.
func (c *BroadcastNewCommand) Run(ctx context.Context, env *Environment) (err error) {
	config, err := env.load(false)
	if err != nil {
		return err
	}
	now := time.Now()
	src, err := campaignBounds.read(c.File)
	if err != nil {
		return &UsageError{fmt.Errorf("%s %s", c.File, fileProblem(err))}
	}
	campaign, mistakes := readCampaign(src, filepath.Dir(c.File), now, config.Promo)
	for i := range mistakes {
		mistakes[i].Source = c.File
	}
	if len(mistakes) > 0 {
		return &UsageError{&ConfigError{Mistakes: mistakes}}
	}
	db, err := env.openBooks(ctx, config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if campaign.CreatedBy, err = c.author(ctx, db, config, now); err != nil {
		return err
	}
	if c.DryRun {
		_, err = fmt.Fprintln(env.Out, "The campaign is right. Nothing was kept.")
		return err
	}
	if campaign.Image, err = keepImage(config.DataDir, campaign.Image); err != nil {
		return err
	}
	campaign.CreatedAt = now
	id, err := db.AddCampaign(ctx, campaign)
	if err != nil {
		return err
	}
	campaign, _, err = db.Campaign(ctx, id)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(env.Out, "Campaign %d %q is kept as a draft. See whom it reaches with: bestie broadcast plan %d\nAn admin approves it in the chat: promo setuju %d\n",
		campaign.Number, campaign.Title(), campaign.Number, campaign.Number)
	return err
}

// author is the admin who answers for the campaign.
func (c *BroadcastNewCommand) author(ctx context.Context, db *store.DB, config *Config, now time.Time) (int64, error) {
	phone := c.Author
	if phone == "" && len(config.Admins) > 0 {
		phone = config.Admins[0].Phone
	}
	phone, err := parsePhone(phone)
	if err != nil || !slices.ContainsFunc(config.Admins, func(a Admin) bool { return a.Phone == phone }) {
		return 0, &UsageError{errors.New("nobody answers for the campaign: --author names one of the admins of the configuration")}
	}
	p, err := db.Register(ctx, now, phone, "", "")
	return p.ID, err
}

// keepImage copies a picture into the data folder, where it stays as it was approved.
func keepImage(dir string, image *shop.File) (*shop.File, error) {
	if image == nil {
		return nil, nil
	}
	src, err := bounds{bytes: mostPicture}.read(image.Path)
	if err != nil {
		return nil, err
	}
	dir, err = filepath.Abs(filepath.Join(dir, "promo"))
	if err != nil {
		return nil, err
	}
	if err = os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	kept := *image
	kept.Path = filepath.Join(dir, fmt.Sprintf("%x%s", sha256.Sum256(src), strings.ToLower(filepath.Ext(image.Path))))
	return &kept, os.WriteFile(kept.Path, src, 0o600)
}
