package standin

import (
	"time"

	"go.mau.fi/whatsmeow/types/events"
)

// FailLogins refuses every login of a device with a <failure reason=…/> until
// AllowLogins; a present connection is not touched. Reasons are
// events.ConnectFailureReason: 405 client outdated, 503 unavailable, 403 gone.
func (s *Server) FailLogins(dev Device, reason int) {
	s.failLogins(dev, loginFault{reason: reason})
}

// Outdated refuses the device's logins with 405 until AllowLogins, as when the
// client's version is too old.
func (s *Server) Outdated(dev Device) { s.FailLogins(dev, int(events.ConnectFailureClientOutdated)) }

// Unavailable refuses the device's logins with 503 until AllowLogins.
func (s *Server) Unavailable(dev Device) {
	s.FailLogins(dev, int(events.ConnectFailureServiceUnavailable))
}

// Ban cuts the device and refuses its logins with 402 until AllowLogins. The
// code says why (101 too many strangers, 104 the same message to too many:
// events.TempBanReason); expire is how long the service says it lasts, and
// passes no time by itself.
func (s *Server) Ban(dev Device, code int, expire time.Duration) {
	s.failLogins(dev, loginFault{reason: int(events.ConnectFailureTempBanned), code: code, expire: expire})
	s.mu.Lock()
	defer s.mu.Unlock()
	if c, err := s.connected(dev); err == nil {
		c.drop()
	}
}

// HoldLogins leaves every login of a device without an answer until
// AllowLogins, which lets the latest one go on.
func (s *Server) HoldLogins(dev Device) { s.failLogins(dev, loginFault{hold: true}) }

func (s *Server) failLogins(dev Device, f loginFault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.touch()
	s.faults.login[dev] = f
}

// AllowLogins ends FailLogins, Outdated, Unavailable, Ban and HoldLogins.
func (s *Server) AllowLogins(dev Device) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.touch()
	delete(s.faults.login, dev)
	s.releaseHeld()
}

// releaseHeld answers the logins that are held; those still under an order are
// held again. s.mu held.
func (s *Server) releaseHeld() {
	for c := range s.conns {
		if goOn := c.held; goOn != nil {
			c.held = nil
			goOn()
		}
	}
}
