package standin

import (
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"go.mau.fi/libsignal/ecc"
	"google.golang.org/protobuf/proto"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waAdv"
	"go.mau.fi/whatsmeow/types"
)

// offerPairing sends the six references a QR code is made of. s.mu held.
func (s *Server) offerPairing(c *conn) {
	refs := make([]node, 6)
	for i := range refs {
		ref := "2@" + base64.RawURLEncoding.EncodeToString(randomBytes(24))
		s.scans[ref] = c
		refs[i] = node{Tag: "ref", Content: []byte(ref)}
	}
	c.send(node{
		Tag:     "iq",
		Attrs:   attrs{"from": types.ServerJID, "type": "set", "id": s.newID(), "xmlns": "md"},
		Content: []node{{Tag: "pair-device", Content: refs}},
	})
}

// PairQR plays the phone that scans a QR code: phone becomes the account the
// waiting client is linked to, and the answer names the new device. With a
// bizName it is a WhatsApp Business app (platform "smba"). A code is good for
// one scan. It returns when the offer is sent; the client then logs in by
// itself.
func (s *Server) PairQR(code, phone, bizName string) (Device, error) {
	if _, after, ok := strings.Cut(code, "#"); ok {
		code = after
	}
	parts := strings.Split(code, ",")
	if len(parts) < 4 {
		return Device{}, fmt.Errorf("stand-in: a QR code has at least 4 parts, this one %d", len(parts))
	}
	secret, err := base64.StdEncoding.DecodeString(parts[3])
	if err != nil {
		return Device{}, fmt.Errorf("stand-in: QR code: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.scans[parts[0]]
	if c == nil {
		return Device{}, errors.New("stand-in: no client waits with this code")
	}
	a := s.ensure(phone)
	a.call(bizName)
	return s.offerDevice(c, a, secret)
}

// call turns the account into a business with a name, unless it is empty.
func (a *account) call(bizName string) {
	if bizName != "" {
		a.name, a.business = bizName, true
	}
}

// offerDevice certifies the client's identity and offers it the account. s.mu
// held.
func (s *Server) offerDevice(c *conn, a *account, secret []byte) (Device, error) {
	id := a.nextDev
	adv, err := s.signDevice(a, c.reg.data.GetEIdent(), uint32(id))
	if err != nil {
		return Device{}, err
	}
	sealed, err := seal(adv, secret)
	if err != nil {
		return Device{}, err
	}
	a.nextDev++
	d := linked(a, id, c.reg)
	s.forget(c) // its other references
	req := s.newID()
	s.awaited[awaited{c, req}] = func(n *node) { c.paired(d, adv, n) }
	c.send(node{
		Tag:     "iq",
		Attrs:   attrs{"from": types.ServerJID, "type": "set", "id": req, "xmlns": "md", "t": s.unix()},
		Content: []node{{Tag: "pair-success", Content: pairSuccess(d, sealed)}},
	})
	return d.public(), nil
}

func pairSuccess(d *device, sealed []byte) []node {
	platform := "android"
	if d.acct.business {
		platform = "smba"
	}
	out := []node{
		{Tag: "device-identity", Content: sealed},
		{Tag: "platform", Attrs: attrs{"name": platform}},
		{Tag: "device", Attrs: attrs{"jid": d.jid(types.DefaultUserServer), "lid": d.jid(types.HiddenUserServer)}},
	}
	if d.acct.business {
		out = append(out, node{Tag: "biz", Attrs: attrs{"name": d.acct.name}})
	}
	return out
}

// paired handles the client's pair-device-sign: it checks the signature,
// registers the device and asks it to reconnect (515). s.mu held.
func (c *conn) paired(d *device, adv *waAdv.ADVSignedDeviceIdentity, n *node) {
	signed, ok := n.GetOptionalChildByTag("pair-device-sign", "device-identity")
	raw, _ := signed.Content.([]byte)
	var got waAdv.ADVSignedDeviceIdentity
	if !ok || proto.Unmarshal(raw, &got) != nil || len(got.DeviceSignature) != 64 {
		c.s.logf("%s refused the pairing", d.public())
		return
	}
	msg := slices.Concat(whatsmeow.AdvDeviceSignaturePrefix, adv.Details, d.identity, adv.AccountSignatureKey)
	if !ecc.VerifySignature(ecc.NewDjbECPublicKey([32]byte(d.identity)), msg, [64]byte(got.DeviceSignature)) {
		c.s.logf("bad device signature from %s", d.public())
		return
	}
	d.acct.devices[d.id] = d
	c.s.deviceListChanged(d.acct, d, "add")
	c.send(streamError("515", "", ""))
	c.s.later(c, time.Second, "reconnect after pairing", c.drop) // normally the client is gone by then
}
