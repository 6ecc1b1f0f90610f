package main

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"bestie/shop"
)

// busyCampaign is one of 412 people over two slots.
func busyCampaign() shop.CampaignReport {
	at := time.Date(2026, 11, 25, 17, 0, 0, 0, shop.WIB)
	c := shop.Campaign{Number: 7, Name: "Diskon Rabu 🎉 bakso dan siomay", State: shop.CampaignFinished, Wordings: []string{"a", "b", "c"}}
	r := shop.NewCampaignReport(c, at.AddDate(0, 0, 4))
	status := []string{"read", "read", "delivered", "read", "sent", "unknown", "read"}
	for i := range 412 {
		p := shop.PromoFate{Fate: shop.FateSafe, Status: status[i%len(status)], Wording: i % 3, Sent: at.Add(time.Duration(i%3) * time.Hour)}
		switch {
		case i%7 == 4:
			p = shop.PromoFate{Fate: shop.FateNoConsent}
		case i%5 == 0:
			p.Replied = p.Sent
			if i%15 == 0 {
				p.Ordered = p.Sent
			}
		case i%41 == 0:
			p.Stopped = p.Sent
		}
		r.Add(p)
	}
	return r.Finish()
}

// TestCampaignChart: a PNG of the size meant, opaque. Look at it with your own eyes:
// go test ./cmd/bestie -run CampaignChart -charts DIR.
func TestCampaignChart(t *testing.T) {
	draft := shop.Campaign{Number: 8, Name: "Baru", State: shop.CampaignDraft}
	for name, want := range map[string]struct {
		r      shop.CampaignReport
		panels int
	}{
		"campaign":       {busyCampaign(), 3},
		"campaign_empty": {shop.NewCampaignReport(draft, time.Time{}).Finish(), 1},
	} {
		data, err := drawCampaign(want.r)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if *chartFolder != "" {
			if err = os.WriteFile(filepath.Join(*chartFolder, name+".png"), data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		picture, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if size := picture.Bounds(); size.Dx() != chartWidth || size.Dy() != chartTitle+want.panels*chartHeight || len(data) > mostPicture {
			t.Errorf("%s: %v, %d bytes", name, size, len(data))
		}
		for y := range picture.Bounds().Dy() {
			for x := range chartWidth {
				if _, _, _, alpha := picture.At(x, y).RGBA(); alpha != 0xffff {
					t.Fatalf("%s: the ground shines through at %d, %d", name, x, y)
				}
			}
		}
	}
}
