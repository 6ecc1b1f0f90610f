// Package standin is WhatsApp on the loopback interface: the part of its
// multi-device servers that one shop, its customers and its staff need.
//
// It speaks the real wire protocol (TLS websocket, Noise XX handshake, binary
// XML nodes, Signal prekey and fan-out plumbing, media hosts), so an unmodified
// whatsmeow client pairs with it, logs in and exchanges really encrypted
// messages. Like the real service it never sees a plaintext: what passes here
// has gone through the whole Signal stack of both ends. Tests, rehearsals and
// the demo all run on it.
//
// # Vocabulary
//
// An account is a phone number with a hidden ID (LID). It has devices: device 0
// is the phone, the others are linked to it. Unless a client logs in as device
// 0 (package people), the phone is virtual: it owns a valid prekey bundle, so
// that senders really encrypt for it, and swallows what it is sent. A stanza
// (message, receipt, notification) stays in its device's queue, across
// connections, until the device acknowledges it.
//
// # Reading order
//
// server.go (Start to Close), conn.go (one connection), login.go, queue.go,
// message.go and receipt.go (the relay), iq.go (every query); then quiet.go and
// wire.go, which know when nothing is under way any more; then the faults_*.go,
// one verb per way in which the real service fails.
//
// # Safety
//
// Clients believe a server whose Noise certificate chain ends at
// whatsmeow.WACertPubKey, a variable. Start replaces it with a key that was
// drawn at random when the process began; from then on no client of the process
// can reach the real service, and Forbid does the reverse. The listener refuses
// every address that is not loopback.
//
// # Time
//
// Every time stamp in a stanza comes from Config.Now. Certificates, handshake
// deadlines and delayed acknowledgements run on real time, because the clients'
// own deadlines do.
//
// # Limits
//
// The protocol was learnt from whatsmeow's source and from a second independent
// client, not from captures of the service: what the clients accept is certain,
// that the service sends exactly this (order of acknowledgements, offline
// batches, who gets which receipt) is not. There is no history sync and no app
// state content; the virtual phone answers nothing; groups are small,
// LID-addressed and never change; broadcasts, channels, calls, catalogues and
// profiles are empty. Rate limits, bans and time locks happen only when a fault
// asks for them. State is in memory; Adopt registers a device of an earlier
// stand-in.
//
// Two clients that write to each other for the first time at the same moment
// confuse libsignal, which changes a session even when it fails to decrypt: let
// first contacts come one after the other. Quiet detection knows the bytes in
// flight only of clients in the same process, and nothing of what a client does
// without a stanza to show for it: see Busy.
package standin
