package whatsapp

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"google.golang.org/protobuf/proto"

	"bestie/shop"
)

// ErrTooLarge says that a medium is larger than Options.MaxMedia.
var ErrTooLarge = errors.New("media file is larger than allowed")

// Download fetches the medium of a message (shop.Incoming.Raw) into a new file
// in folder, readable for its owner only. The name is ours, the type is read
// from the content: what the sender claims about either is not used. Nothing
// that the file contains is opened or unpacked.
func (c *Client) Download(ctx context.Context, raw []byte, folder string) (shop.File, error) {
	var m waE2E.Message
	if err := proto.Unmarshal(raw, &m); err != nil {
		return shop.File{}, fmt.Errorf("media: %w", err)
	}
	medium := mediumOf(&m)
	if medium == nil {
		return shop.File{}, errors.New("media: the message has no file")
	}
	if claimed, ok := medium.(interface{ GetFileLength() uint64 }); ok && claimed.GetFileLength() > uint64(c.opt.MaxMedia) {
		return shop.File{}, ErrTooLarge
	}
	path := filepath.Join(folder, rand.Text())
	if err := c.fetch(ctx, medium, path); err != nil {
		return shop.File{}, errors.Join(err, removeIfThere(path))
	}
	return named(path)
}

// mediumOf returns the part of a message that has a file.
func mediumOf(m *waE2E.Message) whatsmeow.DownloadableMessage {
	switch {
	case m.ImageMessage != nil:
		return m.ImageMessage
	case m.VideoMessage != nil:
		return m.VideoMessage
	case m.PtvMessage != nil:
		return m.PtvMessage
	case m.AudioMessage != nil:
		return m.AudioMessage
	case m.DocumentMessage != nil:
		return m.DocumentMessage
	case m.StickerMessage != nil:
		return m.StickerMessage
	}
	return nil
}

func (c *Client) fetch(ctx context.Context, medium whatsmeow.DownloadableMessage, path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("media: %w", err)
	}
	// Ciphertext is a little longer than the file: padding and checksum.
	bounded := &boundedFile{File: f, limit: c.opt.MaxMedia + 64}
	err = c.wa.DownloadToFile(ctx, medium, bounded)
	if bounded.full {
		err = ErrTooLarge
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("media: %w", err)
	}
	return nil
}

// boundedFile refuses to grow beyond a limit, because the claimed length of a
// medium is the sender's word. It hides the other methods of os.File, by which
// data could get around Write.
type boundedFile struct {
	whatsmeow.File
	limit, written int64
	full           bool
}

func (b *boundedFile) Write(p []byte) (int, error) {
	if b.written += int64(len(p)); b.written > b.limit {
		b.full = true
		return 0, ErrTooLarge
	}
	return b.File.Write(p)
}

// Seek to the start begins the next try of a download.
func (b *boundedFile) Seek(offset int64, whence int) (int64, error) {
	if offset == 0 && whence == io.SeekStart {
		b.written = 0
	}
	return b.File.Seek(offset, whence)
}

// named renames a fetched file after what it contains.
func named(path string) (shop.File, error) {
	f, err := os.Open(path)
	if err != nil {
		return shop.File{}, fmt.Errorf("media: %w", err)
	}
	head := make([]byte, 512)
	n, err := io.ReadFull(f, head)
	if closeErr := f.Close(); err == nil || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		err = closeErr
	}
	if err != nil {
		return shop.File{}, fmt.Errorf("media: %w", err)
	}
	kind := http.DetectContentType(head[:n])
	file := shop.File{Kind: shop.FileDocument, MIME: kind, Path: path + extension(kind)}
	if strings.HasPrefix(kind, "image/") {
		file.Kind = shop.FileImage
	}
	file.Name = filepath.Base(file.Path)
	if err := os.Rename(path, file.Path); err != nil {
		return shop.File{}, fmt.Errorf("media: %w", err)
	}
	return file, nil
}

// extension is the usual one of the types that customers send; the rest stays
// without a type that any program would open by itself.
func extension(kind string) string {
	base, _, _ := mime.ParseMediaType(kind)
	switch base {
	case "image/jpeg":
		return ".jpg"
	case "image/png":
		return ".png"
	case "image/webp":
		return ".webp"
	case "image/gif":
		return ".gif"
	case "application/pdf":
		return ".pdf"
	case "video/mp4":
		return ".mp4"
	case "application/ogg", "audio/ogg":
		return ".ogg"
	case "text/plain":
		return ".txt"
	}
	return ".bin"
}

func removeIfThere(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}
