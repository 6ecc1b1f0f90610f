package main

import (
	"maps"
	"slices"
	"testing"

	"bestie/templates"
)

// TestFactsReachTheTemplates: what the owner sets is what a reply says, whichever
// fact it is; the hour of dispatch is known without the owner.
func TestFactsReachTheTemplates(t *testing.T) {
	if got := DefaultConfig().Facts.vars()[templates.VarCutoff]; got != "15.00 WIB" {
		t.Errorf("orders leave the same day until %q", got)
	}
	seen := map[string]string{}
	for _, s := range settings {
		if !s.fact || s.path == "facts.city_rates" {
			continue
		}
		c := DefaultConfig()
		if err := c.Set(s.path, "yang ditulis pemilik"); err != nil {
			t.Fatal(err)
		}
		var told []string
		for name, value := range c.Facts.vars() {
			if value == "yang ditulis pemilik" {
				told = append(told, name)
			}
		}
		if len(told) != 1 {
			t.Errorf("%s is told as %v", s.path, told)
			continue
		}
		seen[told[0]] = s.path
	}
	if len(seen) != 17 {
		t.Errorf("facts: %v", slices.Sorted(maps.Keys(seen)))
	}
}
