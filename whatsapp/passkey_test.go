package whatsapp

import (
	"context"
	"errors"
	"strings"
	"testing"

	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"

	"bestie/shop"
)

func TestParseAssertion(t *testing.T) {
	const whole = `{"id":"a","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"e30","authenticatorData":"YQ","signature":"YQ"}}`
	got, err := parseAssertion([]byte(" " + whole + "\n"))
	if err != nil || string(got.RawID) != "a" || string(got.Response.ClientDataJSON) != "{}" {
		t.Errorf("%+v, %v", got, err)
	}
	for pasted, missing := range map[string]string{
		"":           "no valid JSON",
		whole[:40]:   "no valid JSON",
		`{"id":"a"}`: "no rawId",
		`{"rawId":"YQ","response":{"clientDataJSON":"e30","authenticatorData":"YQ"}}`: "no response.signature",
	} {
		if _, err := parseAssertion([]byte(pasted)); err == nil || !strings.Contains(err.Error(), missing) {
			t.Errorf("%q: %v, want %q", pasted, err, missing)
		}
	}
}

func TestPasskeyNeedsAPerson(t *testing.T) {
	c, _, _ := offline(t)
	request := &events.PairPasskeyRequest{PublicKey: &types.WebAuthnPublicKey{RelyingPartID: "whatsapp.com"}}
	for name, test := range map[string]struct {
		answer func(context.Context, []byte) ([]byte, error)
		want   string
	}{
		"nobody there": {nil, "passkey_required"},
		"nonsense":     {func(context.Context, []byte) ([]byte, error) { return []byte("?"), nil }, "passkey_answer"},
	} {
		c.opt.Passkey.Answer = test.answer
		var e *shop.Error
		if err := c.answerPasskey(context.Background(), request); !errors.As(err, &e) || e.Code != test.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	var shown []byte
	c.opt.Passkey.Answer = func(_ context.Context, request []byte) ([]byte, error) {
		shown = request
		return nil, context.Canceled
	}
	if err := c.answerPasskey(context.Background(), request); !errors.Is(err, context.Canceled) || !strings.Contains(string(shown), `"rpId":"whatsapp.com"`) {
		t.Errorf("%v, shown %s", err, shown)
	}
	confirmation := &events.PairPasskeyConfirmation{Code: "ABCD-EFGH"}
	c.opt.Passkey.Same = func(_ context.Context, code string) (bool, error) { return code != "ABCD-EFGH", nil }
	var e *shop.Error
	if err := c.confirmPasskey(context.Background(), confirmation); !errors.As(err, &e) || e.Code != "passkey_differs" {
		t.Errorf("another code on the phone: %v", err)
	}
}
