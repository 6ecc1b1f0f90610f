package standin_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"

	"bestie/whatsapp/standin"
)

// ciphers records the ciphertext types that cross the wire.
type ciphers struct {
	mu    sync.Mutex
	kinds []string
	leak  string
}

func (c *ciphers) trace(t standin.Traced) {
	if !t.Out || t.Node.Tag != "message" {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, ch := range t.Node.GetChildrenByTag("enc") {
		raw, _ := ch.Content.([]byte)
		kind, _ := ch.Attrs["type"].(string)
		c.kinds = append(c.kinds, kind)
		if strings.Contains(string(raw), "rahasia") {
			c.leak = string(raw)
		}
	}
}

func TestTextBothWays(t *testing.T) {
	t.Parallel()
	var seen ciphers
	l := newLab(t, standin.Config{Trace: seen.trace})
	bot, customer := l.companion("bot", shop), l.companion("rina", rina)

	r := customer.say(pn(shop), "pesan 1 rahasia") // by number: the client looks the LID up
	m := bot.hear("pesan 1 rahasia")
	if m.Info.Sender.User != l.srv.LID(rina) || m.Info.SenderAlt.User != rina {
		t.Fatalf("sender: %+v", m.Info)
	}
	if m.Info.ID != r.ID || m.Info.IsFromMe || m.Info.IsGroup || !m.Info.Timestamp.Equal(noon) {
		t.Fatalf("info: %+v", m.Info)
	}
	customer.receipt(r.ID, types.ReceiptTypeInactive) // the bot is not online

	if err := bot.MarkRead(l.ctx, []types.MessageID{r.ID}, time.Now(), m.Info.Chat, m.Info.Sender); err != nil {
		t.Fatal(err)
	}
	if rr := customer.receipt(r.ID, types.ReceiptTypeRead); !rr.Timestamp.Equal(noon) {
		t.Fatalf("read at %s", rr.Timestamp)
	}
	bot.say(m.Info.Chat, "pesan 1 diterima, rahasia") // by LID
	customer.say(customer.hear("pesan 1 diterima, rahasia").Info.Chat, "makasih")
	bot.hear("makasih")
	bot.say(pn(rina), "sama-sama") // by number works as well
	customer.hear("sama-sama")
	l.quiet()

	seen.mu.Lock()
	defer seen.mu.Unlock()
	if seen.leak != "" {
		t.Fatalf("plaintext on the wire: %q", seen.leak)
	}
	if seen.kinds[0] != "pkmsg" || seen.kinds[len(seen.kinds)-1] != "msg" {
		t.Fatalf("ciphertext types: %v", seen.kinds)
	}
	if n := l.srv.Relayed(); n != len(seen.kinds) { // virtual phones get copies that nobody is sent
		t.Logf("%d copies relayed, %d of them to clients", n, len(seen.kinds))
	}
	if st := l.srv.Stats(); st.Messages != 4 || st.Copies != 4*3 {
		t.Fatalf("4 messages to two phones and one linked device each: %+v", st)
	}
}

func TestStampsFollowTheClock(t *testing.T) {
	t.Parallel()
	now, mu := noon, sync.Mutex{}
	l := newLab(t, standin.Config{Now: func() time.Time { mu.Lock(); defer mu.Unlock(); return now }})
	bot, customer := pair(l)
	mu.Lock()
	now = noon.Add(72 * time.Hour)
	mu.Unlock()
	r := bot.say(pn(rina), "tiga hari lagi")
	if !r.Timestamp.Equal(noon.Add(72 * time.Hour)) {
		t.Errorf("ack at %s", r.Timestamp)
	}
	if m := customer.hear("tiga hari lagi"); !m.Info.Timestamp.Equal(noon.Add(72 * time.Hour)) {
		t.Errorf("message at %s", m.Info.Timestamp)
	}
}

func TestNumberAddressing(t *testing.T) {
	t.Parallel()
	l := newLab(t, standin.Config{PNAddressing: true})
	bot, customer := l.companion("bot", shop), l.phone("rina", rina)
	r := customer.say(pn(shop), "halo")
	m := bot.hear("halo")
	if m.Info.Chat != pn(rina) || m.Info.SenderAlt.User != l.srv.LID(rina) {
		t.Fatalf("info %+v", m.Info)
	}
	bot.say(m.Info.Chat, "halo kak")
	customer.hear("halo kak")
	customer.receipt(r.ID, types.ReceiptTypeInactive)

	l.srv.SetPNAddressing(false) // the addressing may change in the middle of a conversation
	customer.say(pn(shop), "lagi")
	if m = bot.hear("lagi"); m.Info.Chat.Server != types.HiddenUserServer {
		t.Fatalf("info %+v", m.Info)
	}
	bot.say(m.Info.Chat, "ya")
	customer.hear("ya")
}

func TestPresenceAndTyping(t *testing.T) {
	t.Parallel()
	l := newLab(t, standin.Config{})
	bot, customer := l.companion("bot", shop), l.phone("rina", rina)
	customer.say(pn(shop), "halo")
	chat := bot.hear("halo").Info.Chat
	for _, c := range []*client{bot, customer} {
		if err := c.SendPresence(l.ctx, types.PresenceAvailable); err != nil {
			t.Fatal(err)
		}
	}
	l.quiet()
	if err := bot.SubscribePresence(l.ctx, chat); err != nil {
		t.Fatal(err)
	}
	await(bot, "rina online", func(p *events.Presence) bool { return !p.Unavailable && p.From == chat })
	if err := bot.SendChatPresence(l.ctx, chat, types.ChatPresenceComposing, types.ChatPresenceMediaText); err != nil {
		t.Fatal(err)
	}
	await(customer, "typing", func(p *events.ChatPresence) bool { return p.State == types.ChatPresenceComposing })

	r := customer.say(pn(shop), "terlihat?") // an online client's delivery receipts are two grey ticks
	customer.receipt(r.ID, types.ReceiptTypeDelivered)
	l.quiet()
	l.allow(netNoise...)
	customer.Disconnect()
	p := await(bot, "rina offline", func(p *events.Presence) bool { return p.Unavailable })
	if !p.LastSeen.Equal(noon) {
		t.Fatalf("last seen %s", p.LastSeen)
	}
}

func TestDirectoryAndSettings(t *testing.T) {
	t.Parallel()
	l := newLab(t, standin.Config{})
	bot := l.companion("bot", shop)
	l.srv.LID(rina)
	res, err := bot.IsOnWhatsApp(l.ctx, []string{"+" + rina, "+6280000000000"})
	if err != nil || len(res) != 2 || !res[0].IsIn || res[1].IsIn {
		t.Fatalf("%+v %v", res, err)
	}
	if _, err = bot.GetBlocklist(l.ctx); err != nil {
		t.Error(err)
	}
	if _, err = bot.TryFetchPrivacySettings(l.ctx, true); err != nil {
		t.Error(err)
	}
	if info, err := bot.GetUserInfo(l.ctx, []types.JID{pn(rina)}); err != nil || info[pn(rina)].LID.User != l.srv.LID(rina) {
		t.Errorf("%+v %v", info, err)
	}
	if _, err = bot.GetProfilePictureInfo(l.ctx, pn(rina), nil); err == nil {
		t.Error("there is no picture")
	}
	if _, err = bot.send(pn("6280000000000"), "?"); err == nil {
		t.Error("a number without an account was accepted")
	}
	if n := l.srv.Relayed(); n != 0 {
		t.Errorf("%d copies of nothing", n)
	}
}

// A customer the bot meets takes one of its one-time prekeys; the server asks
// for more in time, and without any the signed prekey suffices.
func TestPreKeysRunOut(t *testing.T) {
	t.Parallel()
	l := newLab(t, standin.Config{})
	bot := l.companion("bot", shop)
	if n := l.srv.PreKeys(bot.device()); n != 50 {
		t.Fatalf("%d prekeys after pairing", n)
	}
	if err := l.srv.TrimPreKeys(bot.device(), 0); err != nil {
		t.Fatal(err)
	}
	l.phone("rina", rina).say(pn(shop), "tanpa prekey")
	bot.hear("tanpa prekey")
	l.quiet()
	l.allow(netNoise...)
	bot.Disconnect() // it uploads at a login when fewer than 5 are left
	bot.connect()
	eventually(t, "upload after the login", func() bool { return l.srv.PreKeys(bot.device()) >= 50 })
	if err := l.srv.TrimPreKeys(bot.device(), 5); err != nil {
		t.Fatal(err)
	}
	l.phone("budi", budi).say(pn(shop), "saya baru")
	bot.hear("saya baru")
	eventually(t, "upload after the notice", func() bool { return l.srv.PreKeys(bot.device()) >= 50 })
}

func TestFirstUpload(t *testing.T) {
	t.Parallel()
	for want, few := range map[int]bool{812: false, 50: true} {
		l := startLab(t, standin.Config{FewKeys: few})
		if n := l.srv.PreKeys(l.companion("bot", shop).device()); n != want {
			t.Errorf("few %v: %d prekeys after pairing", few, n)
		}
	}
}
