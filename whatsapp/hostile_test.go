package whatsapp

import (
	"context"
	"database/sql"
	"flag"
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/rs/zerolog"
	"go.mau.fi/whatsmeow/types"

	"bestie/shop"
	"bestie/store"
	"bestie/whatsapp/standin/hostile"
)

// hostileEvents is how many messages of the hostile corpus are played as events;
// as many go through the wire in cmd/bestie.
const hostileEvents = 5000

var hostileSeed = flag.Uint64("hostile-seed", 1, "makes other hostile messages of the same classes")

// hostileHeap is how much the heap of adapter and store may grow over all of
// them, in bytes: nothing of a message is kept in memory.
const hostileHeap = 8 << 20

// desk is the real store as an Inbox.
type desk struct {
	*drawer
	db *store.DB
}

func (d desk) Receive(ctx context.Context, m shop.Incoming) error {
	_, err := d.db.Receive(ctx, sentAt, time.Second, m)
	return err
}

// TestHostileEvents plays the hostile corpus into the handler of a real client
// with the real store behind it: everything is stored as what its class says, or
// skipped for the reason it says; nothing is refused, nothing breaks, nothing of
// it gets into the log or stays in memory.
func TestHostileEvents(t *testing.T) {
	dir := t.TempDir()
	db, err := store.Open(t.Context(), dir, zerolog.Nop())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	rows, err := sql.Open("sqlite", "file:"+db.Path())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = rows.Close() })
	c, _, log := offline(t)
	identify(t, c, me.pn, me.lid)
	c.opt.Inbox = desk{&drawer{settings: map[string]string{}}, db}

	classes := hostile.Classes()
	each := (hostileEvents + len(classes) - 1) / len(classes)
	before := heap()
	for k, class := range classes {
		playEvents(t, c, rows, class, stranger(k), class.EventCount(each))
	}
	grown := heap() - before
	t.Logf("%d messages of %d classes; the heap grew by %d KB", each*len(classes), len(classes), grown>>10)
	if grown > hostileHeap {
		t.Errorf("the heap grew by %d KB", grown>>10)
	}
	checkRows(t, rows)
	checkLog(t, log.String())
}

// stranger is somebody for one class.
func stranger(k int) hostile.Self {
	return hostile.Self{
		LID: types.JID{User: strconv.Itoa(200000000000000 + k), Server: types.HiddenUserServer, Device: 2},
		PN:  types.JID{User: strconv.Itoa(6285500000000 + k), Server: types.DefaultUserServer, Device: 2},
	}
}

func playEvents(t *testing.T, c *Client, rows *sql.DB, class *hostile.Class, from hostile.Self, n int) {
	t.Helper()
	before, last := c.Skipped(), count(t, rows, "")
	for i := range n {
		if !c.handle(class.Event(*hostileSeed, i, hostile.Self{PN: me.pn, LID: me.lid}, from, sentAt)) {
			t.Errorf("%s: message %d was refused; it would come back for ever", class.Name, i)
		}
	}
	if problem := class.Fate(n, before, c.Skipped(), kindsSince(t, rows, last)); problem != "" {
		t.Errorf("%s: %s", class.Name, problem)
	}
}

// kindsSince counts the rows that were added to n rows, by kind.
func kindsSince(t *testing.T, rows *sql.DB, n int) map[shop.Kind]int {
	t.Helper()
	list, err := rows.Query("SELECT kind FROM inbox ORDER BY id LIMIT -1 OFFSET ?", n)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = list.Close() }()
	by := map[shop.Kind]int{}
	for list.Next() {
		var kind shop.Kind
		if err := list.Scan(&kind); err != nil {
			t.Fatal(err)
		}
		by[kind]++
	}
	if err := list.Err(); err != nil {
		t.Fatal(err)
	}
	return by
}

// checkRows looks at what lies in the database: bounded, clean, dated.
func checkRows(t *testing.T, rows *sql.DB) {
	t.Helper()
	for what, bad := range map[string]string{
		"text too long":     fmt.Sprintf("length(CAST(text AS BLOB)) > %d", maxText),
		"detail too long":   fmt.Sprintf("length(CAST(detail AS BLOB)) > %d", maxDetail),
		"raw too long":      fmt.Sprintf("length(raw) > %d", maxRaw),
		"file name":         fmt.Sprintf("length(file_name) > %d OR instr(file_name, '/') OR instr(file_name, char(92))", maxName),
		"NUL":               "instr(CAST(text AS BLOB), x'00') OR instr(CAST(detail AS BLOB), x'00')",
		"direction":         "instr(text || detail || file_name, char(8238))",
		"date":              fmt.Sprintf("sent_at < 0 OR sent_at > %d", sentAt.UnixMilli()),
		"ID":                fmt.Sprintf("length(message_id) NOT BETWEEN 1 AND %d OR length(target_id) > %d OR length(quoted_id) > %d", maxID, maxID, maxID),
		"quarantine":        "kind = 'quarantine'",
		"place off Earth":   "detail LIKE '%inf%' OR kind = 'location' AND detail LIKE '%nan%'",
		"forwarded unknown": "forwarded AND kind <> 'text'",
	} {
		if n := count(t, rows, " WHERE "+bad); n > 0 {
			t.Errorf("%s: %d rows", what, n)
		}
	}
	list, err := rows.Query("SELECT text || detail || file_name || verified FROM inbox UNION ALL SELECT push_name FROM people")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = list.Close() }()
	for list.Next() {
		var all string
		if err := list.Scan(&all); err != nil {
			t.Fatal(err)
		}
		if !utf8.ValidString(all) {
			t.Fatalf("broken UTF-8 was stored: %.40q", all)
		}
	}
	if err := list.Err(); err != nil {
		t.Fatal(err)
	}
}

// secrets are words of the corpus: none of them may stand in a log.
var secrets = []string{"bakso", "bingkisan", "DROP TABLE", "rahasia", "isi pesan", "evil", "Transfer", "promo on", "bukan alamat"}

func checkLog(t *testing.T, log string) {
	t.Helper()
	for _, bad := range append([]string{"panic", "quarantine", "goroutine"}, secrets...) {
		if at := strings.Index(log, bad); at >= 0 {
			t.Errorf("the log says %q: %.300s", bad, log[max(0, at-100):])
		}
	}
}

func count(t *testing.T, rows *sql.DB, where string) (n int) {
	t.Helper()
	if err := rows.QueryRow("SELECT COUNT(*) FROM inbox" + where).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// heap is what lives after everything dead is gone.
func heap() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
