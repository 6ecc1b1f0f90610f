package standin

import (
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"

	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/util/keys"
)

// account is one phone number. Server.mu guards it.
type account struct {
	pn, lid  types.JID
	key      *keys.KeyPair // identity of the phone; signs linked devices
	name     string        // push name
	business bool
	hidden   bool // its number is shown to nobody (HideNumber)
	devices  map[uint16]*device
	nextDev  uint16
	watchers map[*account]struct{} // who knows this device list
	subs     map[*device]types.JID // who watches the presence, by which address
}

// ensure returns the account of a phone number, creating it. s.mu held.
func (s *Server) ensure(phone string) *account {
	if a := s.byPhone[phone]; a != nil {
		return a
	}
	s.nextLID++
	a := &account{
		pn:  types.NewJID(phone, types.DefaultUserServer),
		lid: types.NewJID(strconv.FormatUint(s.nextLID, 10), types.HiddenUserServer),
		key: keys.NewKeyPair(), name: phone, devices: map[uint16]*device{}, nextDev: 1,
		watchers: map[*account]struct{}{}, subs: map[*device]types.JID{},
	}
	if !s.cfg.NoPhone {
		a.devices[0] = virtualPhone(a)
	}
	s.byPhone[phone], s.byLID[a.lid.User] = a, a
	return a
}

// virtualPhone has a signed prekey and no one-time keys, which is a valid
// bundle.
func virtualPhone(a *account) *device {
	sp := a.key.CreateSignedPreKey(1)
	return &device{
		acct: a, virtual: true, secret: sp, identity: a.key.Pub[:], regID: []byte{0, 0, 0, 1},
		signedKey: preKey{id: []byte{0, 0, 1}, pub: sp.Pub[:], sig: sp.Signature[:]},
	}
}

// find resolves an address by number or by LID, with or without a device; nil if
// there is no such account. s.mu held.
func (s *Server) find(j types.JID) *account {
	switch j.Server {
	case types.HiddenUserServer, types.HostedLIDServer:
		return s.byLID[j.User]
	case types.DefaultUserServer, types.LegacyUserServer, types.HostedServer:
		return s.byPhone[j.User]
	}
	return nil
}

// LID returns the hidden ID (digits) of a phone number, creating the account.
func (s *Server) LID(phone string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ensure(phone).lid.User
}

// Phone returns the number behind a hidden ID, "" if there is none. The service
// tells nobody; tests may know.
func (s *Server) Phone(lid string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if a := s.byLID[lid]; a != nil {
		return a.pn.User
	}
	return ""
}

// sorted returns the devices in the order of their IDs. s.mu held.
func (a *account) sorted() []*device {
	out := make([]*device, 0, len(a.devices))
	for _, d := range a.devices {
		out = append(out, d)
	}
	slices.SortFunc(out, func(x, y *device) int { return int(x.id) - int(y.id) })
	return out
}

// jids are the addresses of all devices. s.mu held.
func (a *account) jids(server string) []types.JID {
	var out []types.JID
	for _, d := range a.sorted() {
		out = append(out, d.jid(server))
	}
	return out
}

// online tells that the user has some client open. s.mu held.
func (a *account) online() bool {
	for _, d := range a.devices {
		if d.available {
			return true
		}
	}
	return false
}

// phash is what whatsmeow calls participantListHashV2: it lets both sides notice
// that they have different device lists.
func phash(jids []types.JID) string {
	list := make([]string, len(jids))
	for i, j := range jids {
		list[i] = j.ADString()
	}
	slices.Sort(list)
	sum := sha256.Sum256([]byte(strings.Join(list, "")))
	return "2:" + base64.RawStdEncoding.EncodeToString(sum[:6])
}
