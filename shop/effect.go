package shop

import "time"

// Windows in which what follows a reply counts as its effect.
const (
	AskedAgainWithin = 10 * time.Minute // the same wish once more: the reply did not answer it
	HandedOverWithin = time.Hour        // a person wrote in the chat
	RatedWithin      = 24 * time.Hour   // the customer was asked for a rating
)

// Effect is what became of the replies of one version of a template.
type Effect struct {
	Template   string // "pengiriman/ongkir"
	Version    string
	Said       int // replies that left
	AskedAgain int // … after which the same wish was answered again within AskedAgainWithin
	HandedOver int // … after which a person wrote within HandedOverWithin
	// Rated and Stars are the ratings of chats in which the reply was said within
	// RatedWithin before the customer was asked: of the whole chat, not of the reply alone.
	Rated, Stars int
}
