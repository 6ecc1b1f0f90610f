package whatsapp

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/socket"

	"bestie/shop"
)

func TestClassify(t *testing.T) {
	const toNode = "failed to send message node: %w"
	for _, test := range []struct {
		name string
		err  error
		fate shop.SendFate
		code int
	}{
		{"463", fmt.Errorf("%w %d", whatsmeow.ErrServerReturnedError, 463), shop.FateRefused, 463},
		{"479", fmt.Errorf("%w %d", whatsmeow.ErrServerReturnedError, 479), shop.FateRefused, 479},
		{"code unreadable", fmt.Errorf("%w (none)", whatsmeow.ErrServerReturnedError), shop.FateRefused, 0},
		{"not connected", fmt.Errorf(toNode, whatsmeow.ErrNotConnected), shop.FateNotSent, 0},
		{"socket closed", fmt.Errorf(toNode, socket.ErrSocketClosed), shop.FateNotSent, 0},
		{"not connected on the library's own second try", whatsmeow.ErrNotConnected, shop.FateUnknown, 0},
		{"socket closed on the library's own second try", socket.ErrSocketClosed, shop.FateUnknown, 0},
		{"no session", whatsmeow.ErrNotLoggedIn, shop.FateNotSent, 0},
		{"ack too late", whatsmeow.ErrMessageTimedOut, shop.FateUnknown, 0},
		{"deadline", context.DeadlineExceeded, shop.FateUnknown, 0},
		{"cancelled", fmt.Errorf("x: %w", context.Canceled), shop.FateUnknown, 0},
		{"dropped after the frame", &whatsmeow.DisconnectedError{Action: "message send"}, shop.FateUnknown, 0},
		{"dropped on the second try", &whatsmeow.DisconnectedError{Action: "message send (retry)"}, shop.FateUnknown, 0},
		{"dropped before the frame", fmt.Errorf("devices: %w", whatsmeow.ErrIQDisconnected), shop.FateNotSent, 0},
		{"query too late", fmt.Errorf("devices: %w", whatsmeow.ErrIQTimedOut), shop.FateNotSent, 0},
		{"too fast", fmt.Errorf("devices: %w", whatsmeow.ErrIQRateOverLimit), shop.FateRefused, codeRateLimit},
		{"query refused", fmt.Errorf("devices: %w", whatsmeow.ErrIQForbidden), shop.FateRefused, 403},
		{"service down", fmt.Errorf("devices: %w", whatsmeow.ErrIQServiceUnavailable), shop.FateNotSent, 0},
		{"no WhatsApp", errors.New("no LID found for 628@s.whatsapp.net from server"), shop.FateRefused, CodeNoAccount},
		{"device address", whatsmeow.ErrRecipientADJID, shop.FateBroken, 0},
		{"server unknown", fmt.Errorf("%w msgr", whatsmeow.ErrUnknownServer), shop.FateBroken, 0},
		{"broadcast list", whatsmeow.ErrBroadcastListUnsupported, shop.FateBroken, 0},
		{"anything else", errors.New("disk full"), shop.FateUnknown, 0},
	} {
		got := classify(test.err)
		if got.Fate != test.fate || got.Code != test.code {
			t.Errorf("%s: %s %d, want %s %d", test.name, got.Fate, got.Code, test.fate, test.code)
		}
		if !errors.Is(got, test.err) {
			t.Errorf("%s: the cause is lost", test.name)
		}
	}
}

func TestClassifyUpload(t *testing.T) {
	if got := classifyUpload(errors.New("connection reset")); got.Fate != shop.FateNotSent {
		t.Errorf("network: %s", got.Fate)
	}
	if got := classifyUpload(fmt.Errorf("media conn: %w", whatsmeow.ErrIQRateOverLimit)); got.Fate != shop.FateRefused || got.Code != 429 {
		t.Errorf("too fast: %s %d", got.Fate, got.Code)
	}
}
