package people

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"

	"go.mau.fi/util/random"

	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/util/keys"
	waLog "go.mau.fi/whatsmeow/util/log"
)

// memstore is a whatsmeow device store in Go maps. It keeps what messaging needs
// and forgets the rest (contacts, app state, message secrets, privacy tokens).
type memstore struct {
	*store.NoopStore // what is not overridden succeeds and stores nothing

	// ratchet makes decryptions and sends take turns. whatsmeow does not lock a
	// Signal session between the two, and a counter that is used twice loses a
	// message without a trace.
	ratchet sync.Mutex

	mu               sync.RWMutex
	identities       map[string][32]byte
	sessions         map[string][]byte
	senderKeys       map[[2]string][]byte
	preKeys          map[uint32]*keys.PreKey
	uploaded, lastID uint32
	lids, pns        map[string]string // by number, by LID
	events           map[[32]byte]*store.BufferedEvent
}

var (
	_ store.AllStores       = (*memstore)(nil)
	_ store.DeviceContainer = (*memstore)(nil)
)

// newDevice returns an unpaired device and its store.
func newDevice() (*store.Device, *memstore) {
	m := &memstore{
		NoopStore: &store.NoopStore{}, identities: map[string][32]byte{}, sessions: map[string][]byte{},
		senderKeys: map[[2]string][]byte{}, preKeys: map[uint32]*keys.PreKey{},
		lids: map[string]string{}, pns: map[string]string{}, events: map[[32]byte]*store.BufferedEvent{},
	}
	dev := &store.Device{
		Log: waLog.Noop, NoiseKey: keys.NewKeyPair(), IdentityKey: keys.NewKeyPair(),
		RegistrationID: rand.Uint32(), AdvSecretKey: random.Bytes(32),
		LIDs: m, Container: m, Initialized: true,
	}
	dev.SignedPreKey = dev.IdentityKey.CreateSignedPreKey(1)
	dev.SetAllStores(m)
	return dev, m
}

// DoDecryptionTxn runs one decryption and what it stores, never beside a send.
func (m *memstore) DoDecryptionTxn(ctx context.Context, fn func(context.Context) error) error {
	m.ratchet.Lock()
	defer m.ratchet.Unlock()
	return fn(ctx)
}

func (m *memstore) GetBufferedEvent(_ context.Context, hash [32]byte) (*store.BufferedEvent, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.events[hash], nil
}

func (m *memstore) PutBufferedEvent(_ context.Context, hash [32]byte, plaintext []byte, at time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.events[hash] = &store.BufferedEvent{Plaintext: plaintext, InsertTime: at, ServerTime: at}
	return nil
}

func (m *memstore) ClearBufferedEventPlaintext(_ context.Context, hash [32]byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if e := m.events[hash]; e != nil {
		m.events[hash] = &store.BufferedEvent{InsertTime: e.InsertTime, ServerTime: e.ServerTime}
	}
	return nil
}

func (m *memstore) PutIdentity(_ context.Context, addr string, key [32]byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.identities[addr] = key
	return nil
}

func (m *memstore) DeleteIdentity(_ context.Context, addr string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.identities, addr)
	return nil
}

func (m *memstore) IsTrustedIdentity(_ context.Context, addr string, key [32]byte) (bool, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	known, ok := m.identities[addr]
	return !ok || known == key, nil
}

func (m *memstore) GetSession(_ context.Context, addr string) ([]byte, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.sessions[addr], nil
}

func (m *memstore) HasSession(_ context.Context, addr string) (bool, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	_, ok := m.sessions[addr]
	return ok, nil
}

func (m *memstore) GetManySessions(_ context.Context, addrs []string) (map[string][]byte, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	out := make(map[string][]byte, len(addrs))
	for _, a := range addrs {
		out[a] = m.sessions[a]
	}
	return out, nil
}

func (m *memstore) PutSession(_ context.Context, addr string, session []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sessions[addr] = session
	return nil
}

func (m *memstore) PutManySessions(_ context.Context, sessions map[string][]byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for a, s := range sessions {
		m.sessions[a] = s
	}
	return nil
}

func (m *memstore) DeleteSession(_ context.Context, addr string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.sessions, addr)
	return nil
}

func (m *memstore) PutSenderKey(_ context.Context, group, user string, session []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.senderKeys[[2]string{group, user}] = session
	return nil
}

func (m *memstore) GetSenderKey(_ context.Context, group, user string) ([]byte, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.senderKeys[[2]string{group, user}], nil
}

func (m *memstore) PutLIDMapping(_ context.Context, lid, pn types.JID) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.lids[pn.User], m.pns[lid.User] = lid.User, pn.User
	return nil
}

func (m *memstore) PutManyLIDMappings(ctx context.Context, list []store.LIDMapping) error {
	for _, l := range list {
		if l.LID.Server == types.HiddenUserServer && l.PN.Server == types.DefaultUserServer {
			if err := m.PutLIDMapping(ctx, l.LID, l.PN); err != nil {
				return err
			}
		}
	}
	return nil
}

func (m *memstore) GetPNForLID(_ context.Context, lid types.JID) (types.JID, error) {
	return m.alias(m.pns, lid, types.DefaultUserServer), nil
}

func (m *memstore) GetLIDForPN(_ context.Context, pn types.JID) (types.JID, error) {
	return m.alias(m.lids, pn, types.HiddenUserServer), nil
}

func (m *memstore) GetManyLIDsForPNs(_ context.Context, pns []types.JID) (map[types.JID]types.JID, error) {
	out := make(map[types.JID]types.JID, len(pns))
	for _, pn := range pns {
		if lid := m.alias(m.lids, pn, types.HiddenUserServer); !lid.IsEmpty() {
			out[pn] = lid
		}
	}
	return out, nil
}

func (m *memstore) alias(table map[string]string, j types.JID, server string) types.JID {
	m.mu.RLock()
	defer m.mu.RUnlock()
	if u, ok := table[j.User]; ok {
		return types.JID{User: u, Device: j.Device, Server: server}
	}
	return types.JID{}
}
