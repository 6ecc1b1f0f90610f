package templates

import "sync"

// memory keeps the words of texts that were read lately: those of the last
// generation and of the one before. It is safe for concurrent use.
type memory struct {
	mu          sync.Mutex
	young, aged map[string][]string
}

// Bounds of the memory: two generations of a shop's product names and then some,
// a few MB at most. A longer text is not kept: it is one message, asked for once.
const (
	generation  = 2048
	longestKept = 512
)

// normalised are the words of texts and names.
var normalised memory

func (m *memory) get(text string) ([]string, bool) {
	if len(text) > longestKept {
		return nil, false
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if said, ok := m.young[text]; ok {
		return said, true
	}
	said, ok := m.aged[text]
	if ok {
		m.keep(text, said)
	}
	return said, ok
}

func (m *memory) put(text string, said []string) {
	if len(text) > longestKept {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.keep(text, said)
}

// keep needs mu.
func (m *memory) keep(text string, said []string) {
	if m.young == nil || len(m.young) >= generation {
		m.aged, m.young = m.young, map[string][]string{}
	}
	m.young[text] = said
}
