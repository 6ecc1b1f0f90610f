package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // the formats that phones send
	_ "image/png"
	"io"
	"os"
	"path/filepath"

	_ "golang.org/x/image/webp"

	"bestie/shop"
	"bestie/whatsapp"
)

const (
	// proofFolder holds the pictures of transfers inside the data folder.
	proofFolder = "proofs"
	// mostPoints bounds a picture that is opened: a small file can claim to be a huge one.
	mostPoints = 40_000_000
)

// fetchProof downloads the picture of a message and looks at it. A file that is no
// picture, or too large a one, is kept but has no look.
func (a *App) fetchProof(ctx context.Context, raw []byte) (p shop.Picture, err error) {
	dir, err := filepath.Abs(filepath.Join(a.opt.Dir, proofFolder))
	if err != nil {
		return p, err
	}
	if err = os.MkdirAll(dir, 0o700); err != nil {
		return p, fmt.Errorf("pictures of transfers: %w", err)
	}
	file, err := a.wa.Download(ctx, raw, dir)
	if err != nil {
		return p, err
	}
	return lookAt(file.Path)
}

// fetchPromoPicture downloads the picture of a message for a promo and keeps it; nil for a
// file that cannot be sent as a picture.
func (a *App) fetchPromoPicture(ctx context.Context, raw []byte) (*shop.File, error) {
	dir, err := os.MkdirTemp(a.opt.Dir, "promo-")
	if err != nil {
		return nil, fmt.Errorf("picture of a promo: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }() // what stays is swept by nobody but hurts nobody
	file, err := a.wa.Download(ctx, raw, dir)
	if errors.Is(err, whatsapp.ErrTooLarge) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	format, problem := pictureFormat(file.Path)
	if problem != "" {
		return nil, nil
	}
	return keepImage(a.opt.Dir, &shop.File{Kind: shop.FileImage, MIME: "image/" + format, Path: file.Path})
}

// lookAt reads a file as a picture.
func lookAt(path string) (p shop.Picture, err error) {
	f, err := os.Open(path)
	if err != nil {
		return p, fmt.Errorf("picture of a transfer: %w", err)
	}
	defer f.Close()
	sum := sha256.New()
	if _, err = io.Copy(sum, f); err != nil {
		return p, fmt.Errorf("picture of a transfer: %w", err)
	}
	p.Path, p.SHA256 = path, sum.Sum(nil)
	p.Look, _ = readLook(f) // whatever is wrong with it, the admin is told that it cannot be opened
	return p, nil
}

func readLook(f io.ReadSeeker) (shop.Look, error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return shop.Look{}, err
	}
	claims, _, err := image.DecodeConfig(f)
	if err != nil {
		return shop.Look{}, err
	}
	if claims.Width <= 0 || claims.Height <= 0 || claims.Width > mostPoints/claims.Height {
		return shop.Look{}, shop.ErrNoPicture
	}
	if _, err = f.Seek(0, io.SeekStart); err != nil {
		return shop.Look{}, err
	}
	img, _, err := image.Decode(f)
	if err != nil {
		return shop.Look{}, err
	}
	return shop.LookOf(img)
}
