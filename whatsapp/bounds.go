package whatsapp

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"bestie/shop"
)

// Bounds of what is kept of one message. Its sender chose everything in it, and a
// stranger's patience must not fill the disk or a page to an admin. Lengths are
// in bytes.
const (
	maxText   = 64 << 10  // WhatsApp takes 65,536 characters; whoever needs the rest reads it on the phone
	maxDetail = 16 << 10  // a vCard without its picture, the options of a poll
	maxName   = 200       // a name on a screen, a file's name: file systems stop at 255
	maxID     = 128       // WhatsApp's own have 16 to 32
	maxRaw    = 256 << 10 // the protobuf of a picture has 1 to 60 KB, most of it the thumbnail
	maxUser   = 20        // digits of a LID or a phone number: 15 at most today
)

// maxExpiry is the longest disappearing-message timer that is believed, in
// seconds: a year. WhatsApp offers 90 days at most; our answers carry it.
const maxExpiry = 365 * 24 * 60 * 60

// bounded is the one gate to the Inbox: it cuts, cleans and dates a message, so
// that nothing behind it meets broken UTF-8, a NUL or tomorrow's message.
func bounded(in shop.Incoming, now time.Time) shop.Incoming {
	in.Text = clean(in.Text, maxText)
	in.Detail = clean(in.Detail, maxDetail)
	in.FileName = fileName(in.FileName)
	in.PushName, in.VerifiedName = line(in.PushName), line(in.VerifiedName)
	in.QuotedID, in.TargetID, in.AlbumID = idOrNone(in.QuotedID), idOrNone(in.TargetID), idOrNone(in.AlbumID)
	if in.Expiry > maxExpiry {
		in.Expiry = 0
	}
	in.SentAt = believable(in.SentAt, now)
	switch {
	case len(in.Raw) <= maxRaw:
	case in.Kind == shop.KindQuarantine:
		in.Raw = in.Raw[:maxRaw] // its beginning tells what it was
	default:
		in.Raw = nil // half a protobuf fetches nothing; the file is on the phone
	}
	return in
}

// clean cuts a text to n bytes, replaces broken UTF-8, and takes out the signs
// that nobody types: controls other than line ends and tabs, and those that turn
// the direction of all that follows, also on an admin's screen.
func clean(text string, n int) string {
	text = strings.ToValidUTF8(cut(text, n), "\uFFFD")
	return cut(strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
		case unicode.IsControl(r), r >= '\u202A' && r <= '\u202E', r >= '\u2066' && r <= '\u2069':
			return -1
		}
		return r
	}, text), n)
}

// cut shortens a text to n bytes, at a rune boundary if it has any.
func cut(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for back := 0; back < utf8.UTFMax && !utf8.RuneStart(text[n]); back++ {
		n--
	}
	return text[:n]
}

// line is a clean name on one line.
func line(name string) string {
	return strings.Join(strings.Fields(clean(name, maxName)), " ")
}

// fileName is the last part of what the sender calls a path. Our own files never
// have it (Download); it is for screens.
func fileName(claimed string) string {
	return line(claimed[strings.LastIndexAny(claimed, `/\`)+1:])
}

// validID tells whether something may be a message's or a call's ID. They are
// chosen by the sender; WhatsApp's apps make hexadecimal ones.
func validID(id string) bool {
	return id != "" && len(id) <= maxID && !strings.ContainsFunc(id, func(r rune) bool { return r <= ' ' || r > '~' })
}

// idOrNone drops a reference that no message can have.
func idOrNone(id string) string {
	if !validID(id) {
		return ""
	}
	return id
}

// validUser tells whether the user part of an address is the digits that a LID
// or a phone number has.
func validUser(user string) bool {
	return user != "" && len(user) <= maxUser && strings.Trim(user, "0123456789") == ""
}

// believable is WhatsApp's time stamp within reason: not in the future, which
// would put a wait there too, and not before 1970, which means unknown and is as
// old as can be, so that it is never answered as if it were fresh.
func believable(at, now time.Time) time.Time {
	switch {
	case at.Unix() < 0: // asked first: instants far off the calendar wrap around
		return time.Unix(0, 0)
	case at.After(now), at.Unix() > now.Unix():
		return now
	}
	return at
}
