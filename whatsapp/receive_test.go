package whatsapp

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
	"google.golang.org/protobuf/proto"

	"bestie/shop"
)

// drawer is an Inbox and Settings for tests without a network.
type drawer struct {
	messages []shop.Incoming
	receipts []shop.Receipt
	notices  []shop.Notice
	settings map[string]string
}

func (d *drawer) Receive(_ context.Context, m shop.Incoming) error {
	d.messages = append(d.messages, m)
	return nil
}

func (d *drawer) Receipt(_ context.Context, r shop.Receipt) error {
	d.receipts = append(d.receipts, r)
	return nil
}

func (d *drawer) Notice(_ context.Context, n shop.Notice) error {
	d.notices = append(d.notices, n)
	return nil
}

func (d *drawer) Setting(_ context.Context, key string) (string, error) { return d.settings[key], nil }

func (d *drawer) SetSetting(_ context.Context, key, value string) error {
	d.settings[key] = value
	return nil
}

// offline opens a client that never connects and believes to be me.
func offline(t *testing.T) (*Client, *drawer, *strings.Builder) {
	t.Helper()
	d, log := &drawer{settings: map[string]string{}}, &strings.Builder{}
	c, err := Open(context.Background(), Options{
		Dir: t.TempDir(), Inbox: d, Settings: d, Log: zerolog.New(log), Now: func() time.Time { return sentAt },
	})
	if err != nil {
		t.Fatal(err)
	}
	c.self = me
	t.Cleanup(func() { _ = c.Close(context.Background()) })
	return c, d, log
}

// A message that breaks the normaliser is stored raw, for a human: refused, it
// would come back for ever.
func TestQuarantine(t *testing.T) {
	c, d, log := offline(t)
	readers = append(readers, func(*waE2E.Message, *shop.Incoming) bool { panic("rahasia") })
	defer func() { readers = readers[:len(readers)-1] }()
	m := &waE2E.Message{GroupInviteMessage: &waE2E.GroupInviteMessage{GroupName: proto.String("rahasia")}}
	if !c.handle(event(m)) {
		t.Fatal("refused")
	}
	got := d.messages[0]
	var raw waE2E.Message
	if err := proto.Unmarshal(got.Raw, &raw); err != nil {
		t.Fatal(err)
	}
	if got.Kind != shop.KindQuarantine || got.ID != "3EB0AA" || got.Chat != rina || !proto.Equal(&raw, m) {
		t.Errorf("stored %+v", got)
	}
	if strings.Contains(log.String(), "rahasia") || !strings.Contains(log.String(), "receive_test.go") {
		t.Errorf("log: %s", log)
	}
}

func TestUndecryptable(t *testing.T) {
	info := event(text("x")).Info
	group := info
	group.IsGroup = true
	for _, test := range []struct {
		evt  events.UndecryptableMessage
		want shop.Kind
	}{
		{events.UndecryptableMessage{Info: info}, shop.KindPlaceholder},
		{events.UndecryptableMessage{Info: info, IsUnavailable: true}, shop.KindPlaceholder},
		{events.UndecryptableMessage{Info: info, IsUnavailable: true, UnavailableType: events.UnavailableTypeViewOnce}, shop.KindViewOnce},
		{events.UndecryptableMessage{Info: info, DecryptFailMode: events.DecryptFailHide}, ""},
		{events.UndecryptableMessage{Info: group}, ""},
	} {
		c, d, _ := offline(t)
		if !c.handle(&test.evt) {
			t.Error("refused")
		}
		var got shop.Kind
		if len(d.messages) == 1 {
			got = d.messages[0].Kind
		}
		if got != test.want {
			t.Errorf("%+v: stored %q, want %q", test.evt, got, test.want)
		}
	}
}

func TestCalls(t *testing.T) {
	c, d, _ := offline(t)
	offer := func(meta types.BasicCallMeta) {
		meta.CallID, meta.Timestamp = "CALL", sentAt.Add(-time.Hour) // long over: nothing to reject
		if !c.handle(&events.CallOffer{BasicCallMeta: meta}) {
			t.Error("refused")
		}
	}
	offer(types.BasicCallMeta{From: rinaLID, CallCreator: rinaLID, CallCreatorAlt: rinaPN})
	offer(types.BasicCallMeta{From: rinaPN})
	offer(types.BasicCallMeta{From: rinaLID, CallCreator: rinaLID, GroupJID: types.NewJID("1", types.GroupServer)})
	offer(types.BasicCallMeta{From: me.pn})
	c.handle(&events.CallOffer{BasicCallMeta: types.BasicCallMeta{From: rinaLID, CallID: "a b", Timestamp: sentAt}})
	if len(d.messages) != 2 {
		t.Fatalf("stored %+v", d.messages)
	}
	first := d.messages[0]
	if first.Kind != shop.KindCall || first.Chat != rina || first.ID != "CALL" || first.Account != me.pn.User || !first.SentAt.Equal(sentAt.Add(-time.Hour)) {
		t.Errorf("stored %+v", first)
	}
	if c.Skipped()["call"] != 3 {
		t.Errorf("skipped %v", c.Skipped())
	}
}

func TestSignsOfLifeOfThePhone(t *testing.T) {
	c, d, _ := offline(t)
	phone := types.JID{User: me.pn.User, Server: types.DefaultUserServer}
	seen := func(device uint16, at time.Time) string {
		sender := phone
		sender.Device = device
		c.handle(&events.Receipt{
			MessageSource: types.MessageSource{Chat: rinaPN, Sender: sender, IsFromMe: true},
			Type:          types.ReceiptTypeSender, MessageIDs: []string{"A"}, Timestamp: at,
		})
		return d.settings[SettingPhoneLastSeen]
	}
	if got := seen(5, sentAt); got != "" {
		t.Errorf("another linked device counts: %s", got)
	}
	if got := seen(0, sentAt); got != "1767582000000" {
		t.Errorf("kept %s", got)
	}
	if got := seen(0, sentAt.Add(time.Second)); got != "1767582000000" {
		t.Errorf("written again within a minute: %s", got)
	}
	if got := seen(0, sentAt.Add(2*time.Minute)); got != "1767582120000" {
		t.Errorf("kept %s", got)
	}
	if len(d.receipts) != 0 {
		t.Errorf("stored %+v", d.receipts)
	}
}

func TestIdentityChange(t *testing.T) {
	c, d, _ := offline(t)
	c.handle(&events.IdentityChange{JID: rinaLID, Timestamp: sentAt})
	if len(d.notices) != 1 || d.notices[0].Kind != shop.NoticeIdentity || d.notices[0].Person.LID != rina.LID {
		t.Errorf("stored %+v", d.notices)
	}
}

// After the end nothing is stored, and nothing is acknowledged.
func TestNothingAfterTheEnd(t *testing.T) {
	c, d, _ := offline(t)
	if err := c.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
	if c.handle(event(text("halo"))) || len(d.messages) > 0 {
		t.Errorf("stored %+v", d.messages)
	}
}
