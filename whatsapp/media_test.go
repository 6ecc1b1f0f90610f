package whatsapp

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"testing"
	"time"

	"bestie/shop"
)

func TestThumbnail(t *testing.T) {
	for _, test := range []struct{ width, height, small, low int }{
		{1000, 500, 72, 36}, {300, 900, 24, 72}, {10, 10, 72, 72}, {5000, 2, 72, 1},
	} {
		var b bytes.Buffer
		if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, test.width, test.height))); err != nil {
			t.Fatal(err)
		}
		small, width, height := thumbnail(b.Bytes())
		if int(width) != test.width || int(height) != test.height {
			t.Errorf("measured %dx%d", width, height)
		}
		got, err := jpeg.DecodeConfig(bytes.NewReader(small))
		if err != nil || got.Width != test.small || got.Height != test.low {
			t.Errorf("%dx%d became %dx%d, %v", test.width, test.height, got.Width, got.Height, err)
		}
	}
	if small, width, _ := thumbnail([]byte("no picture")); small != nil || width != 0 {
		t.Error("a thumbnail of nothing")
	}
}

func TestUploadsAreForgotten(t *testing.T) {
	u := newUploads()
	key := uploadKey{kind: shop.FileImage}
	u.keep(key, upload{at: sentAt})
	if _, ok := u.find(key, sentAt.Add(uploadLife)); !ok {
		t.Error("forgotten too early")
	}
	if _, ok := u.find(uploadKey{kind: shop.FileDocument}, sentAt); ok {
		t.Error("an upload of one kind serves another")
	}
	if _, ok := u.find(key, sentAt.Add(uploadLife+time.Second)); ok {
		t.Error("never forgotten")
	}
}
