package main

import (
	"strings"
	"testing"
)

// A program that is logged out says so by the second channel before it ends, and one
// that was killed before it could is not silent for ever.
func TestLogoutIsToldBeforeTheEnd(t *testing.T) {
	w := newTower(t)
	s := newSite(t, siteOptions{Seed: 1, Config: func(c *Config) { c.Alerts = []string{w.webhook()} }})
	child := s.start()
	if err := s.srv.Logout(s.bot); err != nil {
		t.Fatal(err)
	}
	s.awaitEnd(child)
	if got := strings.Join(w.texts(), "\n"); !strings.Contains(got, "Tautan bot dilepas") || !strings.Contains(got, "bestie pair") {
		t.Errorf("the second channel got %q", got)
	}
	if strings.Contains(child.log.String(), secretPath) {
		t.Error("the log holds the address")
	}
}

// An alarm that no channel took is sent by the next life of the program, kill -9 or
// not.
func TestAlarmsSurviveAKill(t *testing.T) {
	w := newTower(t)
	w.set(502)
	s := newSite(t, siteOptions{Seed: 1, Config: func(c *Config) { c.Alerts = []string{w.ntfy()} }})
	child := s.start()
	db := s.openBooks()
	defer db.Close()
	if err := s.srv.Replace(s.bot); err != nil {
		t.Fatal(err)
	}
	if err := s.until(func() bool {
		var tried int
		_ = db.QueryRow("SELECT COUNT(*) FROM alarms WHERE attempts > 0 AND due_at IS NOT NULL").Scan(&tried)
		return tried > 0
	}); err != nil {
		t.Fatal(err)
	}
	child.kill()
	w.set(0)
	s.start()
	if err := s.until(func() bool { return strings.Contains(strings.Join(w.texts(), "\n"), "dipakai program lain") }); err != nil {
		t.Errorf("the second channel got %q", w.texts())
	}
	if err := s.until(func() bool { return strings.Contains(strings.Join(w.texts(), "\n"), "tersambung lagi") }); err != nil {
		t.Errorf("the return was not told: %q", w.texts())
	}
}
