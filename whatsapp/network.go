package whatsapp

import (
	"net/http"
	"time"
)

// answerTime bounds the wait for the answer to an HTTP request, which includes
// the one that opens the websocket. The library dials without a limit of its
// own and holds a lock meanwhile: a proxy that accepts and then says nothing
// would stop us for ever.
const answerTime = 20 * time.Second

// impatient is the default way to the real network with that bound.
func impatient(limit time.Duration) *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.ResponseHeaderTimeout = limit
	return &http.Client{Transport: transport}
}
