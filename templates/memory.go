package templates

import "sync"

// memory keeps the words of texts that were read lately: those of the last
// generation and of the one before. It is safe for concurrent use.
type memory struct {
	mu          sync.Mutex
	young, aged map[string][]string
	longText    string // the last text that was too long to be kept for longer
	longSaid    []string
}

// Bounds of the memory: a generation holds the examples of a library, which are
// read twice at its start, and then the names of a shop's products and some talk; a
// few MB at most. A longer text is one message: kept until the next such one.
const (
	generation  = 8192
	longestKept = 512
)

// normalised are the words of texts and names.
var normalised memory

func (m *memory) get(text string) ([]string, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(text) > longestKept {
		return m.longSaid, m.longText == text
	}
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
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(text) > longestKept {
		m.longText, m.longSaid = text, said
		return
	}
	m.keep(text, said)
}

// keep needs mu.
func (m *memory) keep(text string, said []string) {
	if m.young == nil || len(m.young) >= generation {
		m.aged, m.young = m.young, map[string][]string{}
	}
	m.young[text] = said
}

// forget lets everything go.
func (m *memory) forget() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.young, m.aged = nil, nil
}
