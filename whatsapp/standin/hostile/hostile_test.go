package hostile

import (
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
	"google.golang.org/protobuf/proto"

	"bestie/shop"
)

var update = flag.Bool("update", false, "write the table into docs/hostile-input.md")

const (
	document   = "../../../docs/hostile-input.md"
	tableBegin = "<!-- table -->\n"
	tableEnd   = "<!-- end of table -->\n"
)

// TestDocument keeps the document's table as the classes are.
func TestDocument(t *testing.T) {
	data, err := os.ReadFile(document)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(data), tableBegin)
	table, after, ok2 := strings.Cut(rest, tableEnd)
	if !ok || !ok2 {
		t.Fatal("the document has no marks for its table")
	}
	if *update {
		if err = os.WriteFile(document, []byte(before+tableBegin+Table()+tableEnd+after), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if diff := cmp.Diff(Table(), table); diff != "" {
		t.Errorf("the document is not the classes (go test ./whatsapp/standin/hostile -update):\n%s", diff)
	}
}

// TestSameSeedSameMessages: a failure of yesterday can be seen again today.
func TestSameSeedSameMessages(t *testing.T) {
	me := Self{PN: types.NewJID("628111000111", types.DefaultUserServer), LID: types.NewJID("99", types.HiddenUserServer)}
	now := time.Unix(1767582000, 0)
	names := map[string]bool{}
	for _, class := range Classes() {
		if names[class.Name] || class.Name == "" || class.Why == "" || class.becomes() == "" {
			t.Errorf("%q is there twice or says too little", class.Name)
		}
		names[class.Name] = true
		one, again := class.Event(7, 3, me, me, now), class.Event(7, 3, me, me, now)
		m, ok := one.(*events.Message)
		if !ok {
			continue
		}
		if n := again.(*events.Message); !proto.Equal(m.RawMessage, n.RawMessage) || m.Info.ID != n.Info.ID || m.Info.Chat != n.Info.Chat {
			t.Errorf("%s: the same seed makes another message", class.Name)
		}
	}
	if len(names) < 50 {
		t.Errorf("only %d classes", len(names))
	}
}

func TestFate(t *testing.T) {
	class := &Class{Kinds: []shop.Kind{shop.KindText}, Skipped: []string{"empty"}}
	before := map[string]int{"empty": 5}
	for want, row := range map[string]struct {
		n      int
		after  map[string]int
		stored map[shop.Kind]int
	}{
		"":                                 {3, map[string]int{"empty": 6}, map[shop.Kind]int{shop.KindText: 2}},
		`1 were skipped as "group"`:        {1, map[string]int{"empty": 5, "group": 1}, nil},
		`2 were stored as "image"`:         {2, before, map[shop.Kind]int{shop.KindImage: 2}},
		"1 were stored or skipped, want 2": {2, before, map[shop.Kind]int{shop.KindText: 1}},
	} {
		if got := class.Fate(row.n, before, row.after, row.stored); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
