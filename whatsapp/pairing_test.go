package whatsapp_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bestie/shop"
	"bestie/whatsapp"
)

func TestPairQR(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	c := l.online()
	if !c.Paired() || c.Account().Phone != shopNumber || c.Account().LID == "" {
		t.Errorf("account after pairing: %+v", c.Account())
	}
	if l.store.get(whatsapp.SettingLinkedAt) == "" {
		t.Error("age of the link not stored")
	}
	if err := c.PairQR(l.ctx, func(string) {}); code(err) != "paired_already" {
		t.Errorf("pairing again: %v", err)
	}
	if log := l.logs.String(); strings.Contains(log, shopNumber) {
		t.Errorf("the log holds the whole number:\n%s", log)
	}
}

func TestPairPhone(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	c := l.open()
	err := c.PairPhone(l.ctx, func(code string) {
		if err := l.srv.PairCode(shopNumber, code, "Toko Bestie"); err != nil {
			t.Errorf("code %q: %v", code, err)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	l.await(c, whatsapp.StateOnline)
}

func TestWrongNumberIsRefused(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	c := l.open()
	err := c.PairQR(l.ctx, func(qr string) {
		_, _ = l.srv.PairQR(qr, "628999999999", "Toko Lain") // fails, as it should
	})
	if code(err) != "wrong_number" {
		t.Fatalf("got %v", err)
	}
	if c.Paired() || c.Status().State != whatsapp.StateUnpaired {
		t.Fatalf("paired %v, state %s", c.Paired(), c.Status().State)
	}
	if err := c.PairQR(l.ctx, l.scan("Toko Bestie")); err != nil { // the right phone, next try
		t.Fatal(err)
	}
	l.await(c, whatsapp.StateOnline)
}

func TestPairingCanBeGivenUp(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	c := l.open()
	ctx, cancel := context.WithCancel(l.ctx)
	err := c.PairQR(ctx, func(string) { cancel() })
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	l.await(c, whatsapp.StateUnpaired)
}

func TestPairingWithoutANetwork(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	c := l.open()
	l.srv.FailConnects(0, 1)
	if err := c.PairQR(l.ctx, func(string) {}); code(err) != "unreachable" {
		t.Fatalf("got %v", err)
	}
	l.await(c, whatsapp.StateUnpaired)
}

func TestConnectNeedsASession(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	if err := l.open().Connect(l.ctx); code(err) != string(whatsapp.StateUnpaired) {
		t.Fatalf("got %v", err)
	}
}

func TestPairingNeedsANumber(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	l.opt.Number = ""
	if err := l.open().PairQR(l.ctx, func(string) {}); code(err) != "no_number" {
		t.Fatalf("got %v", err)
	}
}

func TestRealWhatsAppIsOutOfReachBesideAStandIn(t *testing.T) {
	t.Parallel()
	l := newLab(t) // has replaced the trust root of this process
	l.opt.Network = nil
	c := l.open()
	if err := c.PairQR(l.ctx, func(string) {}); code(err) != "standin_in_process" {
		t.Errorf("pair: %v", err)
	}
	if err := c.Connect(l.ctx); code(err) != "standin_in_process" {
		t.Errorf("connect: %v", err)
	}
}

func TestSessionFilesAreTheOwnersOnly(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	if err := os.MkdirAll(l.dir, 0o755); err != nil {
		t.Fatal(err)
	}
	l.online()
	for name, want := range map[string]os.FileMode{"": 0o700, "session.db": 0o600, "session.db-wal": 0o600, "session.db-shm": 0o600} {
		info, err := os.Stat(filepath.Join(l.dir, name))
		if err != nil {
			t.Error(err)
		} else if got := info.Mode().Perm(); got != want {
			t.Errorf("%q has mode %o, want %o", name, got, want)
		}
	}
}

func TestSessionOfAnotherNumberIsRefused(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	if err := l.online().Close(l.ctx); err != nil {
		t.Fatal(err)
	}
	l.opt.Number = "628222000222"
	if _, err := whatsapp.Open(l.ctx, l.opt); code(err) != "session_of_other_number" {
		t.Fatalf("got %v", err)
	}
}

// code is the code of our errors.
func code(err error) string {
	var e *shop.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}
