package shop

import (
	"fmt"
	"time"
)

// SendFate is what is known about a message whose sending did not succeed
// (field guide, section 4).
type SendFate string

// The three fates. Only the sender may try a message again, and only as its
// fate allows.
const (
	// FateNotSent: nothing left the process (not connected, not logged in).
	// Try again when the connection is back.
	FateNotSent SendFate = "not_sent"
	// FateUnknown: the message may have been delivered (timeout, connection lost
	// before the server's acknowledgement).
	FateUnknown SendFate = "unknown"
	// FateRefused: the server took a decision; Code says which.
	FateRefused SendFate = "refused"
	// FateBroken: the message itself cannot be sent (our bug, missing file).
	FateBroken SendFate = "broken"
)

// SendError is every error that Sender.Send returns.
type SendError struct {
	Fate  SendFate
	Code  int // the server's code when refused: 400, 403, 405, 429, 463, 479, …
	Cause error
}

func (e *SendError) Error() string {
	if e.Fate == FateRefused {
		return fmt.Sprintf("refused with %d: %v", e.Code, e.Cause)
	}
	return fmt.Sprintf("%s: %v", e.Fate, e.Cause)
}

func (e *SendError) Unwrap() error { return e.Cause }

// Sent is the server's word that it took a message. Delivery is told by a
// Receipt, later.
type Sent struct {
	At time.Time // server time
}
