package people

import (
	"context"

	"go.mau.fi/whatsmeow/util/keys"
)

// gen makes the next one-time prekey. m.mu held.
func (m *memstore) gen() *keys.PreKey {
	m.lastID++
	k := keys.NewPreKey(m.lastID)
	m.preKeys[k.KeyID] = k
	return k
}

func (m *memstore) GetOrGenPreKeys(_ context.Context, count uint32) ([]*keys.PreKey, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	// whatsmeow wants 812 keys at first. A person meets few strangers, and the
	// server asks for more in time: fifty save most of the start-up time.
	count = min(count, firstPreKeys)
	out := make([]*keys.PreKey, 0, count)
	for id := m.uploaded + 1; id <= m.lastID && uint32(len(out)) < count; id++ {
		if k := m.preKeys[id]; k != nil {
			out = append(out, k)
		}
	}
	for uint32(len(out)) < count {
		out = append(out, m.gen())
	}
	return out, nil
}

// firstPreKeys is whatsmeow's size of a later batch (WantedPreKeyCount).
const firstPreKeys = 50

func (m *memstore) GenOnePreKey(context.Context) (*keys.PreKey, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.gen(), nil
}

func (m *memstore) GetPreKey(_ context.Context, id uint32) (*keys.PreKey, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.preKeys[id], nil
}

func (m *memstore) RemovePreKey(_ context.Context, id uint32) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.preKeys, id)
	return nil
}

func (m *memstore) MarkPreKeysAsUploaded(_ context.Context, upTo uint32) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.uploaded = max(m.uploaded, upTo)
	return nil
}

func (m *memstore) UploadedPreKeyCount(context.Context) (n int, err error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	for id := range m.preKeys {
		if id <= m.uploaded {
			n++
		}
	}
	return n, nil
}
