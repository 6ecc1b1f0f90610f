package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"bestie/shop"
	"bestie/store/sqlite"
)

// recorder makes connections that note every statement.
type recorder struct {
	driver driver.Driver
	name   string // of the data source
	mu     sync.Mutex
	said   map[string][]any
}

type recordedConn struct {
	driver.Conn
	to *recorder
}

// Connect implements driver.Connector.
func (r *recorder) Connect(context.Context) (driver.Conn, error) {
	conn, err := r.driver.Open(r.name)
	return &recordedConn{conn, r}, err
}

// Driver implements driver.Connector.
func (r *recorder) Driver() driver.Driver { return r.driver }

func (r *recorder) note(query string, args []driver.NamedValue) {
	r.mu.Lock()
	defer r.mu.Unlock()
	values := make([]any, len(args))
	for i, a := range args {
		values[i] = a.Value
	}
	r.said[query] = values
}

func (c *recordedConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	c.to.note(query, args)
	return c.Conn.(driver.QueryerContext).QueryContext(ctx, query, args)
}

func (c *recordedConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	c.to.note(query, args)
	return c.Conn.(driver.ExecerContext).ExecContext(ctx, query, args)
}

func (c *recordedConn) BeginTx(ctx context.Context, opts driver.TxOptions) (driver.Tx, error) {
	return c.Conn.(driver.ConnBeginTx).BeginTx(ctx, opts)
}

// record replaces the lab's pools by ones that note every statement.
func (l *lab) record(t *testing.T) *recorder {
	t.Helper()
	r := &recorder{driver: l.r.Driver(), name: sqlite.DSN(l.path), said: map[string][]any{}}
	open := func() *sql.DB {
		pool := sql.OpenDB(r)
		pool.SetMaxOpenConns(1)
		t.Cleanup(func() { _ = pool.Close() })
		return pool
	}
	l.must(l.DB.Close())
	l.w, l.r = open(), open()
	return r
}

// small are the indexes that hold only what is under way: walking through one is
// as good as a search.
var small = regexp.MustCompile(`INDEX (inbox_waiting|outbox_due|pages_due|pages_alarm|alarms_due|outbox_sending|waits_due|waits_open|campaign_slots_due)\b`)

// growing are the tables that grow with every message, read without a search: a
// MAX or MIN without an index calls itself a search too, but uses none.
var growing = regexp.MustCompile(`^(SCAN (inbox|outbox|waits|pages|entries|consents|conversations|interests|person_tags|campaign_people|i|o|l|w|f|g|n|c|h)\b|SEARCH (inbox|outbox|waits|pages|entries|consents|interests|campaign_people)$)`)

// bareLimit is a limit for whose value SQLite plans a statement anew each time.
var bareLimit = regexp.MustCompile(`LIMIT \$\d+($|[^\d +]| [^+])`)

// Nothing that is done for every message reads a whole table of messages, or is
// planned anew each time.
func TestHotPathsUseIndexes(t *testing.T) {
	l := newLab(t)
	l.duty()
	l.must(errOf(l.RegisterDropshipper(l.ctx, start, address(1).Phone, "Dina", shop.Dropshipper{Shop: "Toko", Limit: 1})))
	r := l.record(t)
	now := start
	l.ask(1, now, answer("ya"), answer("lagi"))
	l.ask(1, now, answer("dan"))
	for range 2 {
		o := l.next(now)
		l.must(errOf(l.ReplyFacts(l.ctx, o, now)))
		l.must(errOf(l.PromoFacts(l.ctx, o, now)))
		l.must(errOf(l.Upcoming(l.ctx, now)))
		l.claim(o, now)
		l.must(l.PutBack(l.ctx, o, now))
		l.must(l.Defer(l.ctx, o, now, false))
		o = l.send(now)
		l.must(l.Receipt(l.ctx, shop.Receipt{Kind: shop.ReceiptDelivered, MessageIDs: []string{o.MessageID}, At: now}))
		l.must(l.Receipt(l.ctx, shop.Receipt{Kind: shop.ReceiptRead, MessageIDs: []string{o.MessageID}, At: now}))
	}
	l.must(l.End(l.ctx, l.next(now), now, "cancelled", 0, "x", l.newID, nil))
	l.ask(2, now)
	l.SetChannels(1)
	l.page(now.Add(time.Hour))
	l.must(errOf(l.AlarmPages(l.ctx, now.Add(time.Hour), listed)))
	_, _, err := l.PagesWaiting(l.ctx)
	l.must(err)
	l.human(2, now.Add(time.Hour))
	l.must(l.Recover(l.ctx, now))
	l.consent(2, true)
	l.consent(2, false)
	l.must(l.SaveSegment(l.ctx, now, "aktif", l.segment("last_chat<28d"), 0))
	s := l.segment(`segment:aktif role:customer -tag:x city:x batch:3 asked:x cart<7d ordered>30d never_ordered`)
	l.must(l.Audience(l.ctx, now, s, 0, nil))
	l.must(l.Audience(l.ctx, now, l.segment("all"), 0, func(shop.Candidate) error { return nil })) // somebody, so that their history is read
	l.must(errOf(l.ExplainPromo(l.ctx, now, s, 0, l.person(2))))
	l.must(errOf(l.ImportPeople(l.ctx, now, "x", []shop.ImportedPerson{{Phone: address(1).Phone, Tags: []string{"x"}, Proof: &shop.ConsentProof{At: now}}})))
	l.must(errOf(l.ImportCarts(l.ctx, now, []shop.ImportedCart{{Phone: address(1).Phone, Product: "x", At: now}})))
	l.broadcast(now)
	l.campaignReport(1, now)
	_, _, _, err = l.NextPromoReport(l.ctx)
	l.must(err)
	for _, due := range []func(context.Context) (time.Time, bool, error){l.NextInbox, l.NextOutDue, l.NextPage, l.NextSlot, l.NextAlarm} {
		_, _, err := due(l.ctx)
		l.must(err)
	}
	l.must(errOf(l.Depth(l.ctx)))
	if len(r.said) < 50 {
		t.Fatalf("only %d statements were noted", len(r.said))
	}
	plain := openLab(t, strings.TrimSuffix(l.path, FileName))
	for query, args := range r.said {
		if strings.HasPrefix(query, "PRAGMA") {
			continue
		}
		if bareLimit.MatchString(query) {
			t.Errorf("a limit that is a bare variable: %s", query)
		}
		for _, line := range strings.Split(plain.plan(query, args), "\n") {
			lastRow := line == "SEARCH outbox" && strings.Contains(query, "MAX(id) FROM outbox") || line == "SEARCH pages" && strings.Contains(query, "MAX(id), 0) FROM pages")
			// Campaigns are few: a couple of hundred in years.
			few := line == "SCAN c" && strings.Contains(query, "FROM campaigns c")
			// SQLite looks at children of a new row only while a deferred key is broken.
			newParent := (strings.Contains(line, "pages") || strings.Contains(line, "campaign_people")) && strings.HasPrefix(query, "INSERT INTO people")
			if growing.MatchString(line) && !small.MatchString(line) && !lastRow && !newParent && !few {
				t.Errorf("%s\n%s", line, query)
			}
		}
	}
}

// plan is SQLite's plan for a statement, one step a line.
func (l *lab) plan(query string, args []any) string {
	l.Helper()
	rows, err := l.r.QueryContext(l.ctx, "EXPLAIN QUERY PLAN "+query, args...)
	l.must(err)
	defer rows.Close()
	var steps []string
	for rows.Next() {
		var id, parent, unused int
		var step string
		l.must(rows.Scan(&id, &parent, &unused, &step))
		steps = append(steps, step)
	}
	l.must(rows.Err())
	return strings.Join(steps, "\n")
}

// broadcast takes a campaign through everything that the broadcaster does.
func (l *lab) broadcast(now time.Time) {
	l.Helper()
	c := l.campaign()
	by := shop.Planning{Promo: shop.DefaultPromo(), Link: 1e9 * time.Second, Rand: func(int) int { return 0 }}
	l.must(errOf(l.PlanCampaign(l.ctx, now, c, by, l.newID, func(shop.CampaignPlan) ([]shop.Draft, error) { return nil, nil })))
	c = l.slot(now, 1, 2)
	_, _, err := l.Unplanned(l.ctx)
	l.must(err)
	_, _, _, _, err = l.DueSlot(l.ctx, now)
	l.must(err)
	l.must(errOf(l.PromosWaiting(l.ctx)))
	l.must(errOf(l.PromoHealth(l.ctx, now)))
	l.must(errOf(l.LastWrote(l.ctx, 1)))
	l.must(l.Trip(l.ctx, now, shop.Gate{Until: now, Reason: "463"}, l.newID, nil))
	l.batch(now, c, now, 1)
	l.must(l.AskSlots(l.ctx, now, c.ID, now, l.newID, nil))
	l.must(l.tx(l.ctx, func(tx *transaction) error {
		return l.act(l.ctx, tx, now, []shop.Action{{Kind: shop.ActPromoSend, Ticket: c.Ticket}, {Kind: shop.ActPromoSkip, Ticket: c.Ticket}})
	}))
	l.must(l.EndCampaigns(l.ctx, now))
	_, _, err = l.WhyPromo(l.ctx, c.ID, 1)
	l.must(err)
}
