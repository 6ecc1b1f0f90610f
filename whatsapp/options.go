package whatsapp

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/rs/zerolog"

	"bestie/shop"
)

// Inbox is where everything that came in is committed before WhatsApp is told
// that we have it. Its methods run inside the library's event queue: they must
// be quick (well under 5 s), do nothing but write, and never call the Client.
type Inbox interface {
	// Receive stores a message; nil means that the row is committed, also when
	// it was there already. A message that is stored as shop.KindPlaceholder or
	// shop.KindViewOnce may come again, readable, under the same ID.
	Receive(ctx context.Context, m shop.Incoming) error
	// Receipt stores the progress of messages that we sent. IDs that are not
	// ours are no error.
	Receipt(ctx context.Context, r shop.Receipt) error
	// Notice stores what WhatsApp says about our account.
	Notice(ctx context.Context, n shop.Notice) error
}

// Settings keeps small values that survive a restart. An unset key is "".
type Settings interface {
	Setting(ctx context.Context, key string) (string, error)
	SetSetting(ctx context.Context, key, value string) error
}

// The settings this package writes. Instants are Unix milliseconds.
const (
	// SettingVersion is the last client version that WhatsApp's own page named.
	SettingVersion = "wa_version"
	// SettingPhoneLastSeen is when the shop phone was last heard of. The owner is
	// warned at 7 and 11 days: WhatsApp drops linked devices of a phone that
	// stays away for about 14 (field guide, section 2).
	SettingPhoneLastSeen = "phone_last_seen"
	// SettingLinkedAt is when this number was last linked: the age of the link
	// bounds the promos of a day (field guide, section 5).
	SettingLinkedAt = "linked_at"
	// SettingBannedUntil is the end of a ban, so that a restart does not knock
	// on the door before it is over.
	SettingBannedUntil = "wa_banned_until"
	// SettingGroups are the groups of the number as of the last login (ParseGroups).
	SettingGroups = "wa_groups"
)

// Passkey is asked when WhatsApp wants a passkey during linking, as it does for
// some accounts since mid-2026 (field guide, section 2). Both functions may take
// their time: up to 5 minutes.
type Passkey struct {
	// Answer is shown the WebAuthn request (JSON, relying party whatsapp.com) and
	// returns the assertion that a person made elsewhere, as JSON.
	Answer func(ctx context.Context, request []byte) ([]byte, error)
	// Same asks whether the phone shows this code too.
	Same func(ctx context.Context, code string) (bool, error)
}

// Timing holds the waits of network life, all on the real clock. Zero values
// mean the production value beside each field; only tests set others.
type Timing struct {
	Send      time.Duration // 90 s: longest time for one message once its turn has come
	Tick      time.Duration // 5 s: how often the keeper looks
	Patience  time.Duration // 3 min: not logged in for so long: dial ourselves
	SyncWait  time.Duration // 60 s: longest wait for the end of the backlog
	Backoff   time.Duration // 5 min: wait after a refusal for an unknown reason
	Redeliver time.Duration // 10 s: wait before asking again for messages that could not be written; doubles up to 5 min
	Pair      time.Duration // 90 s: from the phone's confirmation to the first login
}

// Options configure a Client. Dir, Inbox, Settings and Now are required; Number
// is, for pairing.
type Options struct {
	Dir      string         // data folder; session.db lives here, readable for its owner only
	Number   string         // business number, international, digits only
	Product  string         // name under "Linked devices"; "Bestie" if empty
	Log      zerolog.Logger // receives no text, no code and no whole phone number
	Inbox    Inbox
	Settings Settings
	OnState  func(Status)     // told of every change, in order; must not block
	Now      func() time.Time // for instants that are kept; waits use the real clock
	Network  *http.Client     // nil: the real WhatsApp; else every connection goes through it
	Passkey  Passkey
	MaxMedia int64 // largest file that Download accepts, in bytes; 10 MB if 0
	Timing   Timing
	// Groups are the addresses of the groups that we write to ("120363…@g.us"): replies to
	// our messages there are read, and nothing else.
	Groups []string
}

func (o *Options) complete() error {
	switch {
	case o.Dir == "":
		return errors.New("whatsapp: Options.Dir is empty")
	case o.Inbox == nil || o.Settings == nil || o.Now == nil:
		return errors.New("whatsapp: Options.Inbox, Settings and Now are required")
	}
	if o.Product == "" {
		o.Product = "Bestie"
	}
	if o.MaxMedia == 0 {
		o.MaxMedia = 10 << 20
	}
	if o.OnState == nil {
		o.OnState = func(Status) {}
	}
	o.Timing.complete()
	return nil
}

func (t *Timing) complete() {
	for _, d := range []struct {
		field *time.Duration
		value time.Duration
	}{
		{&t.Send, 90 * time.Second},
		{&t.Tick, 5 * time.Second},
		{&t.Patience, 3 * time.Minute},
		{&t.SyncWait, time.Minute},
		{&t.Backoff, 5 * time.Minute},
		{&t.Redeliver, 10 * time.Second},
		{&t.Pair, 90 * time.Second},
	} {
		if *d.field == 0 {
			*d.field = d.value
		}
	}
}
