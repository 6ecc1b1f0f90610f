package whatsapp

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	_ "image/png" // pictures come as JPEG or PNG
	"os"
	"sync"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"google.golang.org/protobuf/proto"

	"bestie/shop"
)

// Largest files that WhatsApp takes (field guide, section 4).
const (
	maxImage    = 5 << 20
	maxDocument = 100 << 20
)

// uploadLife is how long an upload is used again; WhatsApp keeps media for
// weeks.
const uploadLife = 24 * time.Hour

// uploads remembers what is on WhatsApp's media servers already: a picture for a
// hundred recipients is uploaded once.
type uploads struct {
	mu   *sync.Mutex
	done map[uploadKey]upload
}

type uploadKey struct {
	kind shop.FileKind
	hash [sha256.Size]byte
}

type upload struct {
	at            time.Time
	response      whatsmeow.UploadResponse
	thumbnail     []byte
	width, height uint32
}

func newUploads() uploads { return uploads{mu: &sync.Mutex{}, done: map[uploadKey]upload{}} }

// find returns a fresh upload; old ones are forgotten on the way.
func (u uploads) find(key uploadKey, now time.Time) (upload, bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	for k, v := range u.done {
		if now.Sub(v.at) > uploadLife {
			delete(u.done, k)
		}
	}
	found, ok := u.done[key]
	return found, ok
}

func (u uploads) keep(key uploadKey, up upload) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.done[key] = up
}

// composeFile builds a message around a file.
func (c *Client) composeFile(ctx context.Context, m shop.Outgoing, about *waE2E.ContextInfo) (*waE2E.Message, error) {
	up, err := c.upload(ctx, m.File)
	if err != nil {
		return nil, err
	}
	var caption *string
	if m.Text != "" {
		caption = proto.String(m.Text)
	}
	r := up.response
	if m.File.Kind == shop.FileImage {
		return &waE2E.Message{ImageMessage: &waE2E.ImageMessage{
			Caption: caption, Mimetype: proto.String(m.File.MIME), ContextInfo: about,
			URL: &r.URL, DirectPath: &r.DirectPath, MediaKey: r.MediaKey,
			FileEncSHA256: r.FileEncSHA256, FileSHA256: r.FileSHA256, FileLength: &r.FileLength,
			JPEGThumbnail: up.thumbnail, Width: &up.width, Height: &up.height,
		}}, nil
	}
	return &waE2E.Message{DocumentMessage: &waE2E.DocumentMessage{
		Caption: caption, Mimetype: proto.String(m.File.MIME), ContextInfo: about,
		FileName: proto.String(m.File.Name), Title: proto.String(m.File.Name),
		URL: &r.URL, DirectPath: &r.DirectPath, MediaKey: r.MediaKey,
		FileEncSHA256: r.FileEncSHA256, FileSHA256: r.FileSHA256, FileLength: &r.FileLength,
	}}, nil
}

// upload brings a file to WhatsApp's media servers unless it is there. A file
// that cannot be read or is too large makes the message unsendable; a network
// failure only means not sent.
func (c *Client) upload(ctx context.Context, f *shop.File) (upload, error) {
	kind, limit := whatsmeow.MediaImage, int64(maxImage)
	if f.Kind == shop.FileDocument {
		kind, limit = whatsmeow.MediaDocument, maxDocument
	}
	data, err := readFile(f, limit)
	if err != nil {
		return upload{}, &shop.SendError{Fate: shop.FateBroken, Cause: err}
	}
	key := uploadKey{f.Kind, sha256.Sum256(data)}
	if up, ok := c.uploads.find(key, c.opt.Now()); ok {
		return up, nil
	}
	up := upload{at: c.opt.Now()}
	if up.response, err = c.wa.Upload(ctx, data, kind); err != nil {
		return upload{}, classifyUpload(err)
	}
	if f.Kind == shop.FileImage {
		up.thumbnail, up.width, up.height = thumbnail(data)
	}
	c.uploads.keep(key, up)
	return up, nil
}

// classifyUpload sorts an error before the message itself: nothing has left.
func classifyUpload(err error) *shop.SendError {
	var query *whatsmeow.IQError
	if errors.As(err, &query) {
		return classifyQuery(query, err)
	}
	return notSent(fmt.Errorf("upload: %w", err))
}

func readFile(f *shop.File, limit int64) ([]byte, error) {
	if f.Kind != shop.FileImage && f.Kind != shop.FileDocument {
		return nil, fmt.Errorf("file kind %q cannot be sent", f.Kind)
	}
	info, err := os.Stat(f.Path)
	if err != nil {
		return nil, fmt.Errorf("file to send: %w", err)
	}
	if info.Size() == 0 || info.Size() > limit {
		return nil, fmt.Errorf("file to send has %d bytes, allowed are 1 to %d", info.Size(), limit)
	}
	data, err := os.ReadFile(f.Path)
	if err != nil {
		return nil, fmt.Errorf("file to send: %w", err)
	}
	return data, nil
}

// Bounds of the small picture that is shown until the real one has loaded.
const (
	thumbnailSide    = 72
	thumbnailQuality = 60
	maxThumbnailFrom = 40_000_000 // pixels: more would cost too much memory
)

// thumbnail makes a small JPEG and measures the picture. A picture it cannot
// read is sent without.
func thumbnail(data []byte) (small []byte, width, height uint32) {
	config, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || config.Width*config.Height > maxThumbnailFrom || config.Width*config.Height == 0 {
		return nil, 0, 0
	}
	width, height = uint32(config.Width), uint32(config.Height)
	full, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, width, height
	}
	scale := float64(max(config.Width, config.Height)) / thumbnailSide
	target := image.NewRGBA(image.Rect(0, 0, max(1, int(float64(config.Width)/scale)), max(1, int(float64(config.Height)/scale))))
	from := full.Bounds()
	for y := range target.Rect.Dy() {
		for x := range target.Rect.Dx() {
			target.Set(x, y, full.At(from.Min.X+int(float64(x)*scale), from.Min.Y+int(float64(y)*scale)))
		}
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, target, &jpeg.Options{Quality: thumbnailQuality}); err != nil {
		return nil, width, height
	}
	return out.Bytes(), width, height
}
