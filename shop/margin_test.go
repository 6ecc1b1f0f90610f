package shop_test

import (
	"testing"

	"bestie/shop"
)

func TestMarginOfTheCourse(t *testing.T) {
	m := shop.MarginOf(120_000, 88_468, 750, 450)
	if m.Platform != 9_000 || m.Packing != 5_400 || m.Net() != 17_132 || m.BeforePacking() != 22_532 || m.Share() != "14,2" {
		t.Errorf("%+v: net %s, before packing %s, %s %%", m, m.Net(), m.BeforePacking(), m.Share())
	}
}

func TestMarginRounds(t *testing.T) {
	for _, c := range []struct {
		price shop.Rupiah
		rate  shop.BasisPoints
		fee   shop.Rupiah
	}{{100, 450, 5}, {99, 450, 4}, {10, 450, 0}, {12, 450, 1}, {1, 10_000, 1}, {shop.MostPosted, 1400, 140_000_000_000}} {
		if got := c.rate.Of(c.price); got != c.fee {
			t.Errorf("%s of %s is %s, not %s", c.rate, c.price, got, c.fee)
		}
	}
	loss := shop.MarginOf(10_000, 20_000, 750, 450)
	if loss.Net() != -11_200 || loss.Share() != "-112,0" {
		t.Errorf("a loss: %s, %s", loss.Net(), loss.Share())
	}
	if small := shop.MarginOf(100_000, 99_950, 0, 0); small.Share() != "0,0" {
		t.Errorf("a small margin: %s", small.Share())
	}
	for rate, want := range map[shop.BasisPoints]string{750: "7,5%", 575: "5,75%", 1400: "14%", 5: "0,05%", 0: "0%"} {
		if rate.String() != want {
			t.Errorf("%d is written %s, not %s", rate, rate, want)
		}
	}
}
