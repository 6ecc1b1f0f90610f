package shop

import (
	"errors"
	"image"
	"math"
)

// Look is how a picture looks when it is shrunk: its brightness on a grid of
// lookWidth columns. Two pictures of transfers of the same bank look alike but for the
// figures, so that a hash of a few bits would call them the same; Same compares them
// piece by piece instead.
type Look struct {
	Width, Height int
	Light         []byte // row by row, 0 black to 255 white
}

const (
	lookWidth  = 192
	lookHeight = 4 * lookWidth // a longer picture is squeezed
	lookPiece  = 24            // columns and rows of a piece
	lookShift  = 5             // percent by which a piece may have moved: cropped by 2 % on each side
)

// ErrNoPicture is returned for a picture without a point.
var ErrNoPicture = errors.New("the picture is empty")

// LookOf shrinks a picture. Each point is the mean of what it covers, so that another
// quality or size of the same picture changes it little.
func LookOf(img image.Image) (Look, error) {
	size := img.Bounds().Size()
	if size.X <= 0 || size.Y <= 0 {
		return Look{}, ErrNoPicture
	}
	height := min(max(1, int(math.Round(float64(size.Y)*lookWidth/float64(size.X)))), lookHeight)
	l := Look{Width: lookWidth, Height: height, Light: make([]byte, lookWidth*height)}
	light := brightness(img)
	for y := range height {
		top, bottom := span(y, height, size.Y)
		for x := range lookWidth {
			left, right := span(x, lookWidth, size.X)
			sum := 0
			for v := top; v < bottom; v++ {
				for u := left; u < right; u++ {
					sum += int(light(u, v))
				}
			}
			l.Light[y*lookWidth+x] = byte(sum / ((bottom - top) * (right - left)))
		}
	}
	return l, nil
}

// Stored is the look as bytes: its rows, each lookWidth points wide.
func (l Look) Stored() []byte { return l.Light }

// StoredLook reads what Stored wrote; what is none has no points.
func StoredLook(b []byte) Look {
	if len(b)%lookWidth != 0 {
		return Look{}
	}
	return Look{Width: lookWidth, Height: len(b) / lookWidth, Light: b}
}

// span is what part of a side of so many points one of n parts covers, one at least.
func span(i, n, points int) (from, to int) {
	from = i * points / n
	return from, max(from+1, (i+1)*points/n)
}

// brightness reads a point of a picture counted from its corner.
func brightness(img image.Image) func(x, y int) byte {
	corner := img.Bounds().Min
	switch m := img.(type) {
	case *image.YCbCr:
		return func(x, y int) byte { return m.Y[m.YOffset(corner.X+x, corner.Y+y)] }
	case *image.Gray:
		return func(x, y int) byte { return m.Pix[m.PixOffset(corner.X+x, corner.Y+y)] }
	}
	return func(x, y int) byte {
		r, g, b, _ := img.At(corner.X+x, corner.Y+y).RGBA()
		return byte((299*r + 587*g + 114*b) / 1000 >> 8)
	}
}
