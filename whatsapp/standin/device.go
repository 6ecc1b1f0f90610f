package standin

import (
	"fmt"

	"go.mau.fi/whatsmeow/proto/waWa6"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/util/keys"
)

// Device names one device of one account.
type Device struct {
	Phone string // the account's number, international, digits only
	ID    uint16 // 0 is the phone itself, the others are linked devices
}

// String is "628111.0", as Busy writes it.
func (d Device) String() string { return fmt.Sprintf("%s.%d", d.Phone, d.ID) }

// device is one client of an account, or the virtual phone. Server.mu guards it.
type device struct {
	acct      *account
	id        uint16
	noise     [32]byte // the Noise key it logs in with
	identity  []byte   // its Signal identity key, 32 bytes
	regID     []byte   // 4 bytes
	signedKey preKey
	oneTime   []preKey
	uploaded  bool // it has brought keys of its own
	virtual   bool
	secret    *keys.PreKey // of a virtual phone: both halves of signedKey

	conn      *conn // nil while it is away
	gate      *gate // the HTTPClient it last logged in with, if of this process
	available bool  // its user is "online"
	queue     []*stanza
}

type preKey struct{ id, pub, sig []byte }

// registration is what an unpaired client tells in its handshake payload.
type registration struct {
	noise [32]byte
	data  *waWa6.ClientPayload_DevicePairingRegistrationData
}

// linked makes the device an unpaired client becomes.
func linked(a *account, id uint16, reg *registration) *device {
	r := reg.data
	return &device{
		acct: a, id: id, noise: reg.noise, identity: r.GetEIdent(), regID: r.GetERegid(),
		signedKey: preKey{id: r.GetESkeyID(), pub: r.GetESkeyVal(), sig: r.GetESkeySig()},
	}
}

func (d *device) public() Device { return Device{Phone: d.acct.pn.User, ID: d.id} }

// listening tells that stanzas reach the device now.
func (d *device) listening() bool { return d.conn != nil && d.conn.active }

// jid is the device's address by LID or, for any other server, by number.
func (d *device) jid(server string) types.JID {
	j := d.acct.pn
	if server == types.HiddenUserServer {
		j = d.acct.lid
	}
	j.Device = d.id
	return j
}

// device finds a device by its public name. s.mu held.
func (s *Server) device(d Device) (*device, error) {
	if a := s.byPhone[d.Phone]; a != nil && a.devices[d.ID] != nil {
		return a.devices[d.ID], nil
	}
	return nil, fmt.Errorf("stand-in: no device %s", d)
}

// at finds a device by an address in a stanza, nil if there is none. s.mu held.
func (s *Server) at(j types.JID) *device {
	if a := s.find(j); a != nil {
		return a.devices[j.Device]
	}
	return nil
}

// Connected tells whether a device is logged in and receives stanzas.
func (s *Server) Connected(dev Device) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	d, err := s.device(dev)
	return err == nil && d.listening()
}

// Admits tells whether the device could log in now: it exists and no fault keeps
// it out.
func (s *Server) Admits(dev Device) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err := s.device(dev)
	_, failing := s.faults.login[dev]
	return err == nil && !failing && !s.faults.refused[dev]
}

// Pending is how many stanzas a device has not acknowledged: messages alone, and
// all of them. Both are 0 for a device that does not exist.
func (s *Server) Pending(dev Device) (messages, all int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	d, err := s.device(dev)
	if err != nil {
		return 0, 0
	}
	for _, st := range d.queue {
		if st.class == "message" {
			messages++
		}
	}
	return messages, len(d.queue)
}
