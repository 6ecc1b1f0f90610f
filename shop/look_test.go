package shop_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math/rand/v2"
	"testing"

	xdraw "golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"bestie/shop"
)

// receipt draws the screen of a transfer: one bank, one payee, other figures.
func receipt(tb testing.TB, r *rand.Rand) image.Image {
	tb.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 720, 1500))
	draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(img, image.Rect(0, 0, 720, 160), image.NewUniform(color.RGBA{0, 60, 160, 255}), image.Point{}, draw.Src)
	letters, err := opentype.Parse(goregular.TTF)
	if err != nil {
		tb.Fatal(err)
	}
	write := func(x, y int, size float64, c color.Color, s string) {
		face, err := opentype.NewFace(letters, &opentype.FaceOptions{Size: size, DPI: 72})
		if err != nil {
			tb.Fatal(err)
		}
		(&font.Drawer{Dst: img, Src: image.NewUniform(c), Face: face, Dot: fixed.P(x, y)}).DrawString(s)
	}
	write(40, 100, 44, color.White, "m-Transfer BERHASIL")
	for i, row := range [][2]string{
		{"Tanggal", fmt.Sprintf("%02d/11/2026 %02d:%02d:%02d", 1+r.IntN(28), r.IntN(24), r.IntN(60), r.IntN(60))},
		{"Ke rekening", "764-5888171"},
		{"Nama", "PT PERDAGANGAN MAYA"},
		{"Bank", "BCA"},
		{"Nominal", fmt.Sprintf("Rp %d.%03d,00", 50+r.IntN(250), r.IntN(1000))},
		{"Dari", "RINA WATI"},
		{"Berita", "TOKO MELATI"},
		{"No. Ref", fmt.Sprintf("%012d", r.Int64N(1e12))},
		{"Status", "Sukses"},
	} {
		write(40, 260+i*100, 30, color.Gray{110}, row[0])
		write(300, 260+i*100, 32, color.Black, row[1])
	}
	write(40, 1400, 26, color.Gray{90}, "Simpan resi ini sebagai bukti pembayaran")
	return img
}

// again is the same picture, sent once more: cropped by up to 2 % on each side, half to
// one and a half times the size, in JPEG quality 30 to 90.
func again(tb testing.TB, r *rand.Rand, img image.Image) image.Image {
	tb.Helper()
	b := img.Bounds()
	cut := func(side int) int { return r.IntN(side*2/100 + 1) }
	b = image.Rect(cut(b.Dx()), cut(b.Dy()), b.Dx()-cut(b.Dx()), b.Dy()-cut(b.Dy()))
	scale := 0.5 + r.Float64()
	out := image.NewRGBA(image.Rect(0, 0, int(float64(b.Dx())*scale), int(float64(b.Dy())*scale)))
	xdraw.CatmullRom.Scale(out, out.Bounds(), img, b, xdraw.Src, nil)
	var file bytes.Buffer
	if err := jpeg.Encode(&file, out, &jpeg.Options{Quality: 30 + r.IntN(61)}); err != nil {
		tb.Fatal(err)
	}
	got, err := jpeg.Decode(&file)
	if err != nil {
		tb.Fatal(err)
	}
	return got
}

func lookOf(tb testing.TB, img image.Image) shop.Look {
	tb.Helper()
	l, err := shop.LookOf(img)
	if err != nil {
		tb.Fatal(err)
	}
	return l
}

func TestTheSamePictureAgain(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for i := range 6 {
		img := receipt(t, r)
		first := lookOf(t, img)
		for k := range 3 {
			other := lookOf(t, again(t, r, img))
			if !first.Same(other) || !other.Same(first) {
				t.Errorf("receipt %d, copy %d: taken for another one (%v, %v)", i, k, first.Same(other), other.Same(first))
			}
		}
	}
}

func TestOtherTransfersOfTheSameBank(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	first := lookOf(t, receipt(t, r))
	for i := range 100 {
		img := receipt(t, r)
		if i%2 > 0 {
			img = again(t, r, img)
		}
		if first.Same(lookOf(t, img)) {
			t.Errorf("receipt %d is taken for the first one", i)
		}
	}
}

func TestLooksOfNothing(t *testing.T) {
	if _, err := shop.LookOf(image.NewGray(image.Rect(0, 0, 0, 9))); err == nil {
		t.Error("an empty picture has a look")
	}
	blank := lookOf(t, image.NewGray(image.Rect(0, 0, 300, 300)))
	text := lookOf(t, receipt(t, rand.New(rand.NewPCG(1, 1))))
	tiny := lookOf(t, image.NewRGBA(image.Rect(3, 3, 4, 900)))
	for _, pair := range [][2]shop.Look{{blank, blank}, {blank, text}, {text, blank}, {tiny, tiny}, {tiny, text}, {shop.Look{}, text}, {text, shop.Look{}}} {
		if pair[0].Same(pair[1]) {
			t.Errorf("%d x %d and %d x %d: the same", pair[0].Width, pair[0].Height, pair[1].Width, pair[1].Height)
		}
	}
}
