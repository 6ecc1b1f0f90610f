package standin

import "time"

// faults is every fault that has been ordered and not yet happened. Server.mu
// guards it.
type faults struct {
	sends    map[Device][]*sendFault
	login    map[Device]loginFault
	refused  map[Device]bool
	upgrades []int // answers to the next websocket connections
}

// sendFault is what happens to the next messages of a device.
type sendFault struct {
	left    int
	verdict Verdict
}

// loginFault is what happens to a device that logs in.
type loginFault struct {
	reason, code int // <failure reason=… code=…/>
	expire       time.Duration
	hold         bool // no answer at all
}

func newFaults() faults {
	return faults{sends: map[Device][]*sendFault{}, login: map[Device]loginFault{}, refused: map[Device]bool{}}
}

// ClearFaults takes back every ordered fault that has not happened yet and lets
// held logins go on. Frozen connections stay frozen until they end.
func (s *Server) ClearFaults() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.touch()
	for dev := range s.faults.refused {
		s.refuse(dev, false)
	}
	s.faults = newFaults()
	s.releaseHeld()
}
