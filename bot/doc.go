// Package bot decides what to answer. A turn is one person's unanswered messages
// and everything known about them; the decision is a plain function of it: no
// clock, no network, no database. The store writes the outcome in the same
// transaction that marks the messages as handled.
//
// Read flows.go: it is the list of rules in the order in which they speak.
package bot
