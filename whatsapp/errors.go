package whatsapp

import (
	"errors"
	"strconv"
	"strings"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/socket"

	"bestie/shop"
)

// errNotOnline says that the state does not allow to send (State.Sends).
var errNotOnline = errors.New("not online")

// CodeNoAccount is the code of a refusal because the number has no WhatsApp
// account. It is ours: the library has only a sentence for it.
const CodeNoAccount = 404

// codeRateLimit is WhatsApp's "too many requests", as an answer to a message or
// to a query that had to come before it.
const codeRateLimit = 429

// classify sorts an error of whatsmeow's SendMessage by what it means for the
// message (field guide, section 4). What it does not know counts as unknown:
// the message may have left.
func classify(err error) *shop.SendError {
	var (
		disconnected *whatsmeow.DisconnectedError
		query        *whatsmeow.IQError
	)
	switch {
	case errors.Is(err, whatsmeow.ErrServerReturnedError):
		return &shop.SendError{Fate: shop.FateRefused, Code: trailingNumber(err.Error()), Cause: err}
	case errors.As(err, &query):
		return classifyQuery(query, err)
	case errors.Is(err, whatsmeow.ErrIQTimedOut), errors.As(err, &disconnected) && disconnected.Action == "info query":
		// A query before the message (devices, keys) got no answer; the message
		// itself is sent last.
		return &shop.SendError{Fate: shop.FateNotSent, Cause: err}
	case errors.Is(err, whatsmeow.ErrNotLoggedIn):
		return &shop.SendError{Fate: shop.FateNotSent, Cause: err}
	case isWrapped(err, whatsmeow.ErrNotConnected), isWrapped(err, socket.ErrSocketClosed):
		return &shop.SendError{Fate: shop.FateNotSent, Cause: err}
	case strings.Contains(err.Error(), "no LID found for"):
		return &shop.SendError{Fate: shop.FateRefused, Code: CodeNoAccount, Cause: err}
	case errors.Is(err, whatsmeow.ErrRecipientADJID), errors.Is(err, whatsmeow.ErrUnknownServer),
		errors.Is(err, whatsmeow.ErrBroadcastListUnsupported):
		return &shop.SendError{Fate: shop.FateBroken, Cause: err}
	default:
		return &shop.SendError{Fate: shop.FateUnknown, Cause: err}
	}
}

// classifyQuery sorts the refusal of a query that had to come before a message.
func classifyQuery(query *whatsmeow.IQError, err error) *shop.SendError {
	if query.Code == 0 || query.Code >= 500 {
		return &shop.SendError{Fate: shop.FateNotSent, Cause: err}
	}
	return &shop.SendError{Fate: shop.FateRefused, Code: query.Code, Cause: err}
}

// isWrapped tells that target is inside err but is not err itself. The library
// wraps these errors when the first try of a message finds no connection, and
// returns them bare when its own second try does: by then the first one may
// have arrived (whatsmeow request.go:retryFrame).
func isWrapped(err, target error) bool {
	return err != target && errors.Is(err, target) //nolint:errorlint // identity is the point
}

// trailingNumber reads the code out of "server returned error 463", the only
// place where the library puts it.
func trailingNumber(s string) int {
	code, err := strconv.Atoi(s[strings.LastIndexByte(s, ' ')+1:])
	if err != nil {
		return 0
	}
	return code
}
