package main

import (
	"bytes"
	"database/sql"
	"flag"
	"fmt"
	"io"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"bestie/shop"
	"bestie/whatsapp/standin/hostile"
	"bestie/whatsapp/standin/people"
)

// hostileWire is how many messages of the hostile corpus go through the wire; as
// many are played as events in package whatsapp.
const hostileWire = 5000

var hostileSeed = flag.Uint64("hostile-seed", 1, "makes other hostile messages of the same classes")

// hostileHeap is how much the heap may grow over all of them, in bytes. Nearly all
// of it belongs to the shop's phone, which keeps what it received; package
// whatsapp holds the program alone to less. The tests beside this one use the same heap.
const hostileHeap = 64 << 20

// siege is the program under the hostile corpus.
type siege struct {
	t    *testing.T
	play *Player
	wire *hostile.Wire
	rows *sql.DB
	log  *ownLines
}

// ownLines keeps the program's log lines, not those of the people around it.
type ownLines struct {
	mu  sync.Mutex
	all bytes.Buffer
}

func (l *ownLines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !bytes.Contains(p, []byte(`"person":"`)) {
		l.all.Write(p)
	}
	return len(p), nil
}

func newSiege(t *testing.T) *siege {
	t.Helper()
	t.Cleanup(turnOnStage())
	s := &siege{t: t, wire: &hostile.Wire{Seed: *hostileSeed}, log: &ownLines{}}
	script := mustParse(t, "siege.txt", twoPeople+"product bakso 25000 18000 40\n")
	var err error
	s.play, err = NewPlayer(t.Context(), script, DefaultConfig(), StageOptions{
		Seed: 1, Log: zerolog.New(s.log).Level(zerolog.InfoLevel), Tamper: s.wire.Tamper,
	}, NewTranscript(io.Discard))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.play.stage.Close(); err != nil {
			t.Error(err)
		}
	})
	s.must(s.play.Play(t.Context()))
	s.rows, err = sql.Open("sqlite", "file:"+s.play.stage.app.db.Path())
	s.must(err)
	t.Cleanup(func() { _ = s.rows.Close() })
	return s
}

func (s *siege) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *siege) number(query string, args ...any) (n int) {
	s.t.Helper()
	s.must(s.rows.QueryRow(query, args...).Scan(&n))
	return n
}

func (s *siege) advance(by time.Duration) {
	s.t.Helper()
	s.must(s.play.stage.Quiet(s.t.Context())) // everything has arrived
	s.must(s.play.stage.Advance(s.t.Context(), by, func() {}))
}

// TestHostileWire sends the hostile corpus through the wire to the whole program:
// real clients, real encryption, a stand-in that spoils the copies on their way.
// Each message is stored as what its class says or skipped for the reason it
// says, a chat gets the replies it is due and no more, nothing breaks, nothing
// gets into the log or stays in memory, and whoever asks next is answered.
func TestHostileWire(t *testing.T) {
	t.Parallel()
	s := newSiege(t)
	each, before, sent, strangers := share(hostileWire), liveHeap(), 0, 0
	for k, class := range hostile.Classes() {
		if n := class.WireCount(each); n > 0 {
			s.attack(k, class, n)
			sent, strangers = sent+n, strangers+1
		}
	}
	grown := liveHeap() - before
	t.Logf("%d messages of %d strangers; the heap grew by %d KB", sent, strangers, grown>>10)
	if grown > hostileHeap {
		t.Errorf("the heap grew by %d MB over %d messages", grown>>20, sent)
	}
	s.flood()
	s.settled(strangers + 1)
}

// flood is one stranger who writes every five seconds for five minutes, each time
// something else: the loop guard mutes the chat and tells an admin once.
func (s *siege) flood() {
	s.t.Helper()
	p, err := s.play.stage.world.Phone(s.t.Context(), "628559999", "Robot")
	s.must(err)
	for i := range 60 {
		_, err = p.Say(s.t.Context(), stageNumber, fmt.Sprintf("ongkir ke bandung brp kak, kalau %d kg?", i+2))
		s.must(err)
		s.advance(5 * time.Second)
	}
	s.advance(10 * time.Minute)
	if n := len(s.replies(p)); n < 2 || n > DefaultConfig().Guards.LoopExchanges+1 {
		s.t.Errorf("%d replies to a flood of 60 messages", n)
	}
	told := 0
	for _, text := range s.replies(s.play.actors[1].person) {
		if strings.Contains(text, "sepertinya robot") {
			told++
		}
	}
	if told != 1 {
		s.t.Errorf("the admin was told %d times of a robot", told)
	}
}

// messageIDs are those of clients.
var messageIDs = regexp.MustCompile(`\b3[AE]B?[0-9A-F]{16,}\b`)

// settled looks at the program after the siege.
func (s *siege) settled(strangers int) {
	s.t.Helper()
	const known = 2 // Rina and Sari
	if n := s.number("SELECT COUNT(*) FROM people"); n > strangers+known {
		s.t.Errorf("%d people are in the books, %d have written", n, strangers+known)
	}
	if n := s.number("SELECT COUNT(*) FROM inbox WHERE kind = 'quarantine' OR due_at IS NOT NULL"); n > 0 {
		s.t.Errorf("%d messages are in quarantine or were never decided about", n)
	}
	if n := s.number("SELECT COUNT(*) FROM outbox WHERE status IN ('queued', 'sending', 'unknown', 'failed')"); n > 0 {
		s.t.Errorf("%d outgoing rows are stuck", n)
	}
	rina := s.play.actors[0].person
	_, err := rina.Say(s.t.Context(), stageNumber, "harga bakso berapa kak?")
	s.must(err)
	s.advance(20 * time.Second)
	if got := s.replies(rina); len(got) != 1 || !strings.Contains(got[0], "Rp25.000") {
		s.t.Errorf("Rina is answered with %q", got)
	}
	for line := range strings.Lines(s.log.all.String()) {
		line = messageIDs.ReplaceAllString(line, "") // digits by chance
		for _, bad := range []string{"panic", "quarantine", "goroutine", "bakso", "bingkisan", "DROP TABLE inbox", "rahasia", "isi pesan", "evil", "Transfer", "62855" + "0"} {
			if strings.Contains(line, bad) {
				s.t.Errorf("the log says %q: %.300s", bad, line)
			}
		}
	}
}

// share is how many messages each class sends so that all send total.
func share(total int) int {
	classes := hostile.Classes()
	for each := 1; ; each++ {
		n := 0
		for _, class := range classes {
			n += class.WireCount(each)
		}
		if n >= total {
			return each
		}
	}
}

// burst is how many messages a stranger sends before the clock moves on.
const burst = 40

// attack lets one stranger send n messages of a class and holds the program to
// what the class says.
func (s *siege) attack(k int, class *hostile.Class, n int) {
	s.t.Helper()
	began := time.Now()
	stage := s.play.stage
	stranger, err := stage.world.Phone(s.t.Context(), fmt.Sprintf("62855%08d", k), "Orang")
	s.must(err)
	skipped, last := stage.app.wa.Skipped(), s.number("SELECT COUNT(*) FROM inbox")
	turns, first := 0, 0
	for i := 0; i < n; {
		size := min(burst, n-i)
		if i == 0 {
			size = 1
		}
		for range size {
			s.must(s.wire.Send(s.t.Context(), class, i, stranger, stage.bot))
			i++
		}
		s.advance(20 * time.Second)
		turns++
		if i == 1 {
			s.advance(2 * time.Minute) // what cannot be decrypted may take that long
			first = len(s.replies(stranger))
			s.check(class, first == 0 || class.Reply != hostile.Silence, "a reply to the first message")
			s.check(class, first <= 1, "%d replies to one message", first)
			if class.Says != "" {
				s.check(class, first == 1 && strings.Contains(strings.ToLower(s.replies(stranger)[0]), class.Says), "not a reply that says %q: %q", class.Says, s.replies(stranger))
			}
		}
	}
	s.wire.Honest()
	s.advance(3 * time.Minute)
	problem := class.Fate(n, skipped, stage.app.wa.Skipped(), s.kindsSince(last))
	s.check(class, problem == "", "%s", problem)
	got := s.replies(stranger)
	switch class.Reply {
	case hostile.Silence:
		s.check(class, len(got) == 0, "%d replies: %q", len(got), got)
	case hostile.Once:
		s.check(class, len(got) == 1, "%d replies: %q", len(got), got)
	case hostile.Any:
		s.check(class, len(got) <= turns+1, "%d replies in %d turns: %q", len(got), turns, got)
	}
	stage.world.Leave(stranger)
	s.t.Logf("%-45s %4d sent, %2d replies, %v", class.Name, n, len(got), time.Since(began).Round(time.Millisecond))
}

func (s *siege) check(class *hostile.Class, ok bool, format string, args ...any) {
	s.t.Helper()
	if !ok {
		s.t.Errorf("%s: %s", class.Name, fmt.Sprintf(format, args...))
	}
}

// replies are what the bot said to a person.
func (s *siege) replies(p *people.Person) (texts []string) {
	for _, r := range p.Received() {
		if !r.Own {
			texts = append(texts, r.Text)
		}
	}
	return texts
}

// kindsSince counts the rows that were added to n rows, by kind.
func (s *siege) kindsSince(n int) map[shop.Kind]int {
	s.t.Helper()
	list, err := s.rows.Query("SELECT kind FROM inbox ORDER BY id LIMIT -1 OFFSET ?", n)
	s.must(err)
	defer func() { _ = list.Close() }()
	by := map[shop.Kind]int{}
	for list.Next() {
		var kind shop.Kind
		s.must(list.Scan(&kind))
		by[kind]++
	}
	s.must(list.Err())
	return by
}

// liveHeap is what lives after everything dead is gone.
func liveHeap() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
