// Package whatsapp is the door between Bestie and WhatsApp: the only production
// code that knows go.mau.fi/whatsmeow. What comes in leaves as shop.Incoming,
// shop.Receipt and shop.Notice; what goes out arrives as shop.Outgoing. No type
// of the library passes through, so another transport (the Cloud API) could
// take this package's place.
//
// # The way in
//
// The library decrypts a message and calls one handler (events.go). The handler
// normalises it (inbound*.go, a pure function) and hands it to the Inbox, which
// commits it. Only when that has succeeded does the handler say true, and only
// then is the message acknowledged: whatever happens in between, WhatsApp still
// has the message and delivers it again. Nothing slow happens in the handler.
//
// # The way out
//
// Send (outbound.go) sends one message at a time, each with a deadline, and
// sorts every failure into one of four fates (errors.go), because "may have
// been delivered" and "was not sent" call for opposite reactions.
//
// # The connection
//
// Its condition has a name (state.go). One goroutine, the keeper (keeper.go),
// dials: at once after a loss, then less and less often, and also where the
// library notices nothing: a login that hangs, a connection that is open but
// deaf, a ban that has run out, messages that could not be written and have to
// be asked for again.
package whatsapp
