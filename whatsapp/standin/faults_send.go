package standin

import "time"

// Send is one message stanza that a client sends, for Config.OnSend.
type Send struct {
	From Device
	To   string // the recipient's number, its LID if the number is not known; "" for a group
	ID   string
}

// Verdict is what happens to a message stanza. The zero value relays and
// acknowledges it.
type Verdict struct {
	Error      int           // refuse: the acknowledgement carries this code
	AckDelay   time.Duration // relay now, acknowledge after this much real time
	Duplicate  bool          // deliver every copy twice
	DropBefore bool          // cut the sender's connection, relay nothing
	DropAfter  bool          // relay, then cut the connection instead of acknowledging
	NoAck      bool          // relay, and say nothing at all
}

// Judge orders a verdict for the next n messages of a device; the verbs below
// are its usual cases. Orders for one device are served one after the other.
// Retries of single copies and messages to the own phone do not count.
func (s *Server) Judge(dev Device, n int, v Verdict) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n > 0 {
		s.faults.sends[dev] = append(s.faults.sends[dev], &sendFault{left: n, verdict: v})
	}
}

// RefuseSends refuses the next n messages of a device with a code: 463 (time
// lock or no proof of relationship), 429 (too fast), 479 (stanza not accepted)
// or any other (field guide, section 4).
func (s *Server) RefuseSends(dev Device, code, n int) { s.Judge(dev, n, Verdict{Error: code}) }

// DropBeforeRelay cuts the connection on each of the next n messages; nobody
// gets them. whatsmeow reconnects and sends the same bytes again.
func (s *Server) DropBeforeRelay(dev Device, n int) { s.Judge(dev, n, Verdict{DropBefore: true}) }

// DropAfterRelay relays each of the next n messages and cuts the connection
// instead of acknowledging.
func (s *Server) DropAfterRelay(dev Device, n int) { s.Judge(dev, n, Verdict{DropAfter: true}) }

// DelayAck relays the next n messages and acknowledges each only after d of real
// time. The server is Busy until then.
func (s *Server) DelayAck(dev Device, d time.Duration, n int) { s.Judge(dev, n, Verdict{AckDelay: d}) }

// Duplicate delivers every copy of the next n messages of a device twice.
func (s *Server) Duplicate(dev Device, n int) { s.Judge(dev, n, Verdict{Duplicate: true}) }

// verdict decides the fate of one message. s.mu held.
func (s *Server) verdict(e *envelope) Verdict {
	if !e.fan {
		return Verdict{}
	}
	dev := e.from.public()
	if s.cfg.OnSend != nil {
		send := Send{From: dev, ID: e.id}
		if e.group == nil {
			send.To = e.to.User
		}
		if e.chat != nil {
			send.To = e.chat.pn.User
		}
		if v := s.cfg.OnSend(send); v != (Verdict{}) {
			return v
		}
	}
	orders := s.faults.sends[dev]
	if len(orders) == 0 {
		return Verdict{}
	}
	first := orders[0]
	if first.left--; first.left == 0 {
		s.faults.sends[dev] = orders[1:]
	}
	return first.verdict
}
