package shop

import "time"

// NoticeKind names what WhatsApp told us about our account or about a person.
type NoticeKind string

// The notices that somebody has to act on (field guide, sections 2, 5 and 6).
const (
	// NoticeTimelock: the account may not open new chats until Until. Promos
	// stop; answers in live chats may go on.
	NoticeTimelock NoticeKind = "timelock"
	// NoticeBan: the account is banned until Until; Code is WhatsApp's reason,
	// 101 to 106. Promos stay stopped until a person allows them again.
	NoticeBan NoticeKind = "ban"
	// NoticeLoggedOut: the link to the phone is gone; Code is 401, 403 or 406.
	NoticeLoggedOut NoticeKind = "logged_out"
	// NoticeIdentity: Person has a new phone or key. Harmless for a customer; an
	// admin has to prove who they are again.
	NoticeIdentity NoticeKind = "identity"
)

// Notice is a message of WhatsApp itself. It is stored before anybody acts on
// it, so that a restart does not forget a restriction.
type Notice struct {
	Kind   NoticeKind
	Active bool      // false only for a timelock that was lifted
	Until  time.Time // zero: WhatsApp did not say
	Code   int       // WhatsApp's own number, 0 if it gave none
	Type   string    // WhatsApp's own word for the kind of restriction
	Person Address   // only for NoticeIdentity
	At     time.Time
}
