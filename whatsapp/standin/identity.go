package standin

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"google.golang.org/protobuf/proto"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waAdv"
	"go.mau.fi/whatsmeow/store"
)

// signDevice plays the phone: it certifies a linked device's identity key. s.mu
// held.
func (s *Server) signDevice(a *account, identity []byte, index uint32) (*waAdv.ADVSignedDeviceIdentity, error) {
	details, err := proto.Marshal(&waAdv.ADVDeviceIdentity{
		RawID: proto.Uint32(1), Timestamp: proto.Uint64(uint64(s.unix())), KeyIndex: proto.Uint32(index),
		AccountType: waAdv.ADVEncryptionType_E2EE.Enum(), DeviceType: waAdv.ADVEncryptionType_E2EE.Enum(),
	})
	if err != nil {
		return nil, err
	}
	msg := slices.Concat(whatsmeow.AdvAccountSignaturePrefix, details, identity)
	return &waAdv.ADVSignedDeviceIdentity{
		Details: details, AccountSignatureKey: a.key.Pub[:], AccountSignature: sign(a.key, msg),
	}, nil
}

// seal wraps a signed identity in the HMAC keyed with the pairing secret.
func seal(id *waAdv.ADVSignedDeviceIdentity, secret []byte) ([]byte, error) {
	details, err := proto.Marshal(id)
	if err != nil {
		return nil, err
	}
	h := hmac.New(sha256.New, secret)
	h.Write(details)
	return proto.Marshal(&waAdv.ADVSignedDeviceIdentityHMAC{Details: details, HMAC: h.Sum(nil)})
}

// NewPrimary turns an unpaired store device into device 0 of a phone number: the
// client that uses it is the phone and needs no pairing. Devices that are linked
// already stay valid. The device is saved in its container. It fails if the
// number has a real phone.
func (s *Server) NewPrimary(ctx context.Context, dev *store.Device, phone, name string) error {
	if err := s.makePrimary(dev, phone, name); err != nil {
		return err
	}
	if err := dev.Save(ctx); err != nil {
		return err
	}
	return dev.LIDs.PutLIDMapping(ctx, dev.LID, *dev.ID)
}

func (s *Server) makePrimary(dev *store.Device, phone, name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.ensure(phone)
	if old := a.devices[0]; old != nil && !old.virtual {
		return fmt.Errorf("stand-in: %s already has a phone", phone)
	}
	// Linked devices were signed with the account's key, and peers may have begun
	// sessions with the virtual phone: the real one takes over both keys.
	dev.IdentityKey = a.key
	dev.SignedPreKey = a.key.CreateSignedPreKey(1)
	if old := a.devices[0]; old != nil {
		dev.SignedPreKey = old.secret
	}
	a.name = name
	adv, err := s.signDevice(a, a.key.Pub[:], 0)
	if err != nil {
		return err
	}
	adv.DeviceSignature = sign(a.key, slices.Concat(whatsmeow.AdvDeviceSignaturePrefix, adv.Details, a.key.Pub[:], a.key.Pub[:]))
	pn := a.pn
	dev.ID, dev.LID, dev.Account, dev.PushName, dev.Platform = &pn, a.lid, adv, name, "android"
	s.touch()
	a.devices[0] = mirror(a, dev)
	return nil
}

// Adopt registers a device that was paired with an earlier stand-in, so that a
// client can restart with its database while the stand-in starts empty.
func (s *Server) Adopt(dev *store.Device) error {
	if dev.ID == nil {
		return errors.New("stand-in: the device was never paired")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.ensure(dev.ID.User)
	if !dev.LID.IsEmpty() && a.lid.User != dev.LID.User {
		delete(s.byLID, a.lid.User)
		a.lid = dev.LID.ToNonAD()
		s.byLID[a.lid.User] = a
	}
	if dev.ID.Device == 0 {
		a.key = dev.IdentityKey
	}
	a.devices[dev.ID.Device] = mirror(a, dev)
	a.nextDev = max(a.nextDev, dev.ID.Device+1)
	return nil
}

// mirror is the server's view of a store device. s.mu held.
func mirror(a *account, dev *store.Device) *device {
	sid := binary.BigEndian.AppendUint32(nil, dev.SignedPreKey.KeyID)
	return &device{
		acct: a, id: dev.ID.Device, noise: *dev.NoiseKey.Pub, identity: dev.IdentityKey.Pub[:],
		regID:     binary.BigEndian.AppendUint32(nil, dev.RegistrationID),
		signedKey: preKey{id: sid[1:], pub: dev.SignedPreKey.Pub[:], sig: dev.SignedPreKey.Signature[:]},
	}
}
