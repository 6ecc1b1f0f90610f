package whatsapp

import "sync"

// life lets work in while the client lives and waits for the rest at its end,
// so that nothing calls the Inbox after Close or Kill has returned.
type life struct {
	mu   sync.Mutex
	over bool
	work sync.WaitGroup
}

// enter reports whether work may begin; if so, leave must follow.
func (l *life) enter() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.over {
		return false
	}
	l.work.Add(1)
	return true
}

func (l *life) leave() { l.work.Done() }

// spawn runs f on a goroutine of its own unless life is over.
func (l *life) spawn(f func()) {
	if !l.enter() {
		return
	}
	go func() {
		defer l.leave()
		f()
	}()
}

// end lets nobody in any more; it reports whether this call was the first.
func (l *life) end() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	was := l.over
	l.over = true
	return !was
}

func (l *life) isOver() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.over
}

// wait returns when all that had entered has left.
func (l *life) wait() { l.work.Wait() }
