package shop

import (
	"slices"
	"strings"
	"time"
)

// Erasure is the deletion of a person's data on their request (UU PDP). It is asked for
// in chat, granted by the owner or the supervisor, announced to the person, and then done
// for good: what is left is a row without a name, on which the figures of the books and of
// the reports stand.
type Erasure struct {
	Person Person
	Files  []string // pictures of theirs in the data folder, whole paths
}

// KnownBy are the words by which a person is found in what others wrote: the number and
// the names. A name of three letters is left out: "Al" is in half of all texts.
func (p Person) KnownBy() (words []string) {
	for _, w := range []string{p.Phone, p.Name, p.PushName} {
		if len(w) > 3 {
			words = append(words, w)
		}
	}
	return words
}

// ErasureDelay is how long after it was granted an erasure is done: the person has read by
// then that it will be, and WhatsApp has asked again for what it could not decrypt.
const ErasureDelay = time.Hour

// ErasureAgain is when an erasure is tried again that something holds back.
const ErasureAgain = time.Hour

// SourceErasure is the source of the withdrawal that stands in the record of somebody who
// came back after an erasure: no promos until they ask for them.
const SourceErasure = "erasure"

// Ties are what keeps a person's data for now: open business needs to know whose it is.
type Ties struct {
	Staff   bool   // works for the shop, or answers for a division: the configuration says so
	Owes    Rupiah // on the credit account
	Deposit Rupiah // that we owe them
	Pending int    // announced payments that wait for an admin
	Orders  int    // of theirs that are not on their way yet
}

// Any tells that something does.
func (t Ties) Any() bool { return t != Ties{} }

// EraseCommand is the word with which an admin grants an erasure: "lupakan 3".
const EraseCommand = "lupakan"

// WantsTies tells whether a turn of an admin may be about an erasure, so that what ties
// the customers is read.
func (t Turn) WantsTies() bool {
	asked := t.Conversation.Memory.Desk
	return asked != nil && asked.Command == EraseCommand ||
		slices.ContainsFunc(t.Messages, func(m Message) bool { return strings.Contains(strings.ToLower(m.Text), EraseCommand) })
}
