package main

import (
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg" // the two kinds that every phone shows
	_ "image/png"
	"path/filepath"

	"bestie/shop"
)

// mostPicture is the size of a product's picture: more takes a customer's data
// plan longer than a chat waits.
const mostPicture = 1_000_000

// mostPixels of a side: a small file can be made that unpacks to gigabytes.
const mostPixels = 5000

// pictureProblem tells why a file cannot be sent as a picture; "" if it can.
func pictureProblem(path string) string {
	_, problem := pictureFormat(path)
	return problem
}

// pictureFormat is "jpeg" or "png", or why the file cannot be sent.
func pictureFormat(path string) (format, problem string) {
	src, err := bounds{bytes: mostPicture}.read(path)
	if err != nil {
		return "", fileProblem(err)
	}
	if len(src) > mostPicture {
		return "", fmt.Sprintf("is larger than %s; save it smaller", formatBytes(mostPicture))
	}
	size, format, err := image.DecodeConfig(bytes.NewReader(src))
	if err != nil {
		return "", "is not a JPEG or PNG picture"
	}
	if size.Width > mostPixels || size.Height > mostPixels {
		return "", fmt.Sprintf("is %d by %d pixels; at most %d are shown on a phone", size.Width, size.Height, mostPixels)
	}
	return format, ""
}

// pictureToSend is the picture that a reply names: a product's by its whole path, a
// template's by its path in the owner's library. nil when it is gone or cannot be
// sent: the reply is then text alone.
func (k *keeper) pictureToSend(path string) *shop.File {
	if !filepath.IsAbs(path) {
		if k.dir == "" || !filepath.IsLocal(path) {
			return nil
		}
		path = filepath.Join(k.dir, path)
	}
	format, problem := pictureFormat(path)
	if problem != "" {
		return nil
	}
	return &shop.File{Kind: shop.FileImage, MIME: "image/" + format, Path: path}
}
