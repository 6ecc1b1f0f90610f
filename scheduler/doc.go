// Package scheduler decides when. Nothing that is due is kept in memory: inbox
// rows, outbox rows, waits and campaign slots carry their own instants, and each
// Worker asks the database what is due at this moment, does it, and says when it
// wants to be asked again. gocron is only the metronome that wakes them (ADR
// 0004): at the next due instant, at least every 30 seconds.
//
// The outbox is the one door out. Every message of ours, be it a page, an answer
// or a promo, is a row that passes the same list of stages before it is sent.
package scheduler
