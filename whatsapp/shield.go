package whatsapp

import (
	"context"
	"fmt"
	"sync"

	"github.com/rs/zerolog"
	"go.mau.fi/whatsmeow/store"

	"bestie/store/sqlite"
)

// shield stands between the library and the part of the session database that it
// decrypts with. To the library every error there is a message that cannot be
// decrypted: it asks the sender for another copy, acknowledges the message and,
// after some rounds, has lost it (message.go:decryptMessages). If it is our disk
// that failed, the message is well: with a cancelled context among the errors the
// library leaves it where it is, and WhatsApp delivers it again.
type shield struct {
	store.EventBuffer
	c *Client
}

// DoDecryptionTxn implements store.EventBuffer.
func (s shield) DoDecryptionTxn(ctx context.Context, decrypt func(context.Context) error) error {
	return s.c.shielded(s.EventBuffer.DoDecryptionTxn(ctx, decrypt))
}

// GetBufferedEvent implements store.EventBuffer.
func (s shield) GetBufferedEvent(ctx context.Context, hash [32]byte) (*store.BufferedEvent, error) {
	event, err := s.EventBuffer.GetBufferedEvent(ctx, hash)
	if err == nil {
		return event, nil
	}
	return event, s.c.shielded(err)
}

// raiseShield puts the shield in front of the device's store, which the library
// sets anew when a number has been linked. Only while no message can come in.
func (c *Client) raiseShield() {
	if _, up := c.wa.Store.EventBuffer.(shield); !up && c.wa.Store.EventBuffer != nil {
		c.wa.Store.EventBuffer = shield{c.wa.Store.EventBuffer, c}
	}
}

// shielded notes how the session database does.
func (c *Client) shielded(err error) error {
	if !sqlite.Failed(err) {
		if err == nil {
			c.trouble.note(c.log, SessionFile, nil)
		}
		return err
	}
	c.trouble.note(c.log, SessionFile, err)
	c.owe()
	return fmt.Errorf("%w: %w", context.Canceled, err)
}

// trouble is which parts of our storage fail. Each failure is told once, and so is
// its end: a full disk fails a hundred times a minute.
type trouble struct {
	mu   sync.Mutex
	with map[string]string
}

// note takes the outcome of using a part.
func (t *trouble) note(log zerolog.Logger, part string, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	known := t.with[part]
	switch {
	case err == nil && known == "":
	case err == nil:
		delete(t.with, part)
		log.Info().Str("what", part).Msg("stored again")
	case err.Error() != known:
		if t.with == nil {
			t.with = map[string]string{}
		}
		t.with[part] = err.Error()
		log.Error().Err(err).Str("what", part).Msg("not stored; it will be asked for again")
	}
}

// any tells that something fails. The library's own complaints are only echoes
// then.
func (t *trouble) any() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.with) > 0
}
