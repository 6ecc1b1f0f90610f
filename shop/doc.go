// Package shop holds the words and rules of Bestie Sejahtera's business: who
// writes to whom, how long a customer may wait, who may be sent a promo, what a
// dropshipper owes. It knows no database, no network and no clock: every rule
// is a function of facts and a given instant.
//
// Read it first. The machinery around it (store, scheduler, whatsapp, cmd) only
// carries these facts from one place to another.
package shop
