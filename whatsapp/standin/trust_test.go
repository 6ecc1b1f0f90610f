package standin_test

import (
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"go.mau.fi/whatsmeow"

	"bestie/whatsapp/standin"
)

func TestStartRefuses(t *testing.T) {
	t.Parallel()
	now := func() time.Time { return noon }
	for name, tc := range map[string]struct {
		cfg  standin.Config
		want string
	}{
		"no clock":       {standin.Config{}, "Config.Now"},
		"all interfaces": {standin.Config{Now: now, Listen: "0.0.0.0:0"}, "loopback"},
		"no host":        {standin.Config{Now: now, Listen: ":0"}, "loopback"},
		"a name":         {standin.Config{Now: now, Listen: "example.com:0"}, "loopback"},
		"no port":        {standin.Config{Now: now, Listen: "127.0.0.1"}, "listen address"},
	} {
		t.Run(name, func(t *testing.T) {
			srv, err := standin.Start(tc.cfg)
			if err == nil {
				srv.Close()
				t.Fatal("started")
			}
			if !strings.Contains(err.Error(), tc.want) {
				t.Fatal(err)
			}
		})
	}
}

// Which root a process trusts is decided once, so the two orders are played in
// processes of their own.
func TestForbid(t *testing.T) {
	t.Parallel()
	for _, order := range []string{"forbid first", "start first"} {
		t.Run(order, func(t *testing.T) {
			cmd := exec.Command(os.Args[0], "-test.run=^TestForbidChild$")
			cmd.Env = append(os.Environ(), "STANDIN_ORDER="+order)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
		})
	}
}

func TestForbidChild(t *testing.T) {
	cfg := standin.Config{Now: func() time.Time { return noon }}
	real := whatsmeow.WACertPubKey
	switch os.Getenv("STANDIN_ORDER") {
	case "forbid first":
		if !standin.Forbid() {
			t.Fatal("the real service is said to be out of reach")
		}
		if _, err := standin.Start(cfg); !errors.Is(err, standin.ErrRealSession) {
			t.Fatal(err)
		}
		if standin.Started() || whatsmeow.WACertPubKey != real {
			t.Fatal("the trust root was touched")
		}
	case "start first":
		srv, err := standin.Start(cfg)
		if err != nil {
			t.Fatal(err)
		}
		srv.Close()
		if !standin.Started() || whatsmeow.WACertPubKey != standin.Root() || whatsmeow.WACertPubKey == real {
			t.Fatal("the trust root was not replaced")
		}
		if standin.Forbid() {
			t.Fatal("the real service is said to be in reach")
		}
	default:
		t.Skip("runs as a child of TestForbid")
	}
}
