package standin

import "time"

// Logout unlinks a device as its phone would: it is told if it is connected (401
// device_removed) and refused with 401 when it comes back later. The number can
// be linked again.
func (s *Server) Logout(dev Device) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	d, err := s.device(dev)
	if err != nil {
		return err
	}
	s.unlink(d)
	if c := d.conn; c != nil {
		c.farewell(streamError("401", "conflict", "device_removed"))
	}
	return nil
}

// unlink removes a device from its account and tells whom it concerns. s.mu held.
func (s *Server) unlink(d *device) {
	s.touch()
	delete(d.acct.devices, d.id)
	d.queue = nil
	s.deviceListChanged(d.acct, d, "remove")
}

// Timelock notifies a device that its account may not open new chats (active) or
// may again; whatsmeow makes events.NotifyAccountReachoutTimelock of it. kind is
// the service's own word, e.g. "RESTRICT_ALL_COMPANIONS"; a zero until leaves
// the end open. It is a notice only: to refuse sends use RefuseSends with 463.
func (s *Server) Timelock(dev Device, kind string, active bool, until time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	d, err := s.device(dev)
	if err != nil {
		return err
	}
	return s.timelock(d, kind, active, until)
}

// HideNumber makes a person known by LID only (on), creating the account: its
// messages carry no phone number and the directory does not know the number for
// anybody else. A client that has learnt the number before still knows it.
func (s *Server) HideNumber(phone string, on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ensure(phone).hidden = on
}

// SetPNAddressing switches Config.PNAddressing for messages to come.
func (s *Server) SetPNAddressing(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cfg.PNAddressing = on
}

// SetOnSend replaces Config.OnSend; nil removes it.
func (s *Server) SetOnSend(fn func(Send) Verdict) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cfg.OnSend = fn
}
