package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"bestie/shop"
)

const (
	// reportFolder holds the pictures of reports inside the data folder. A picture is a
	// file before the row that sends it is written: so it is there after a restart and the
	// same on every try, and no figures have to be kept or counted twice for it.
	reportFolder = "reports"
	reportKept   = 7 * day // longer than any message may wait to be sent
	reportStamp  = "20060102T150405"
)

// keepPicture draws a report and keeps the picture as a file to send.
func (a *App) keepPicture(r shop.Report, title string, now time.Time) (*shop.File, error) {
	png, err := drawReport(r, title)
	if err != nil {
		return nil, err
	}
	return a.keepPNG(png, now)
}

// keepPromoPicture is the same for the report of a campaign.
func (a *App) keepPromoPicture(r shop.CampaignReport, now time.Time) (*shop.File, error) {
	png, err := drawCampaign(r)
	if err != nil {
		return nil, err
	}
	return a.keepPNG(png, now)
}

// keepPNG writes the picture and clears away those of a week ago; the age is in the name,
// for the clock may be a script's.
func (a *App) keepPNG(png []byte, now time.Time) (*shop.File, error) {
	dir, err := filepath.Abs(filepath.Join(a.opt.Dir, reportFolder))
	if err != nil {
		return nil, err
	}
	if err = os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("pictures of reports: %w", err)
	}
	if err = sweepPictures(dir, now.Add(-reportKept)); err != nil {
		return nil, err
	}
	file, err := os.CreateTemp(dir, now.UTC().Format(reportStamp)+"-*.png") // mode 0600
	if err != nil {
		return nil, fmt.Errorf("pictures of reports: %w", err)
	}
	_, err = file.Write(png)
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return nil, fmt.Errorf("pictures of reports: %w", err)
	}
	return &shop.File{Kind: shop.FileImage, MIME: "image/png", Path: file.Name()}, nil
}

func sweepPictures(dir string, before time.Time) error {
	all, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("pictures of reports: %w", err)
	}
	for _, entry := range all {
		stamp, _, _ := strings.Cut(entry.Name(), "-")
		at, err := time.Parse(reportStamp, stamp)
		if err != nil || !at.Before(before) {
			continue
		}
		if err = os.Remove(filepath.Join(dir, entry.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("pictures of reports: %w", err)
		}
	}
	return nil
}
