package main

import (
	"strings"
	"time"

	"bestie/shop"
	"bestie/whatsapp"
)

const (
	notSentText = "gagal terkirim"
	unclearText = "tidak jelas sampai atau tidak"
	stoppedText = "Promo dihentikan"
)

// sendFaults are the rows about one message on its way out.
var sendFaults = []fault{
	{"dropped before it was relayed", func(t *trial) {
		t.acquainted()
		t.srv.DropBeforeRelay(t.bot, 1)
		t.queued()
		pass(t.T, t.Stage, time.Minute)
		t.reached(t.rina, price, 1)
	}, "", 0},
	{"dropped before the acknowledgement", func(t *trial) {
		t.acquainted()
		t.srv.DropAfterRelay(t.bot, 1)
		t.queued()
		pass(t.T, t.Stage, time.Minute)
		t.reached(t.rina, price, 1)
	}, "", 0},
	{"cut off while sending, for minutes", func(t *trial) {
		t.acquainted()
		t.queued()
		t.srv.DropBeforeRelay(t.bot, 1)
		t.srv.Unavailable(t.bot)
		// The clock runs, but nobody waits for quiet: the connection stays away.
		t.clock.Advance(10 * time.Second)
		t.await(t.T, whatsapp.StateDisconnected)
		eventually(t.T, "the sender lets go of the message", func() bool { return t.number(t.T, "SELECT COUNT(*) FROM outbox WHERE status = 'sending'") == 0 })
		t.srv.AllowLogins(t.bot)
		t.after(time.Minute)
		t.reached(t.rina, price, 1)
	}, "", impatient},
	{"463 on an answer", func(t *trial) {
		promos(t, time.Date(2026, 1, 7, 16, 0, 0, 0, shop.WIB))
		t.refuse(463)
		t.queued()
		pass(t.T, t.Stage, 20*time.Second)
		t.replies("failed: reach-out timelock")
		t.reached(t.sari, notSentText, 1)
		t.reached(t.sari, "kode 463", 1)
		t.promosRest("463", 23*time.Hour)
		pass(t.T, t.Stage, 3*time.Hour) // past the slot
		t.reached(t.rina, "Diskon", 0)
	}, "", 0},
	{"time lock", func(t *trial) {
		promos(t, time.Date(2026, 1, 7, 16, 0, 0, 0, shop.WIB))
		t.must(t.srv.Timelock(t.bot, "RESTRICT_ALL_COMPANIONS", true, t.clock.Now().Add(24*time.Hour)))
		t.queued()
		pass(t.T, t.Stage, 20*time.Second)
		t.reached(t.rina, price, 1) // answers go on
		t.reached(t.sari, "WhatsApp membatasi nomor ini", 1)
		t.promosRest(string(shop.NoticeTimelock), 23*time.Hour)
		pass(t.T, t.Stage, 3*time.Hour)
		t.reached(t.rina, "Diskon", 0)
		pass(t.T, t.Stage, 7*24*time.Hour) // it ends by its own time; the next slot is served
		t.reached(t.rina, "Diskon", 1)
	}, "", 0},
	{"429 once", func(t *trial) {
		t.refuse(429)
		t.queued()
		pass(t.T, t.Stage, 20*time.Second)
		t.replies("queued")
		t.promosRest("429", 4*time.Minute)
		pass(t.T, t.Stage, 6*time.Minute)
		t.reached(t.rina, price, 1)
		t.reached(t.sari, stoppedText, 0)
	}, "", 0},
	{"429 three times", func(t *trial) {
		t.refuse(429, 429, 429)
		t.queued()
		pass(t.T, t.Stage, 16*time.Minute)
		t.reached(t.sari, "kode 429", 1)
		t.promosRest("429", 23*time.Hour)
		pass(t.T, t.Stage, 25*time.Minute)
		t.reached(t.rina, price, 1)
	}, "", 0},
	{"479 once", func(t *trial) {
		t.refuse(479)
		t.queued()
		pass(t.T, t.Stage, 20*time.Second)
		t.reached(t.rina, price, 0)
		pass(t.T, t.Stage, 30*time.Second)
		t.reached(t.rina, price, 1)
		t.reached(t.sari, notSentText, 0)
	}, "", 0},
	{"479 twice", refusedTwice(479, time.Minute), "", 0},
	{"400 twice", refusedTwice(400, 61*time.Minute), "", 0},
	{"403 twice", refusedTwice(403, 61*time.Minute), "", 0},
	{"405 twice", refusedTwice(405, 61*time.Minute), "", 0},
	{"400 once", func(t *trial) {
		t.refuse(400)
		t.queued()
		pass(t.T, t.Stage, 50*time.Minute)
		t.reached(t.rina, price, 0)
		pass(t.T, t.Stage, 11*time.Minute)
		t.reached(t.rina, price, 1)
		t.reached(t.sari, notSentText, 0)
	}, "", 0},
	{"refused with a code nobody knows", func(t *trial) {
		t.refuse(999)
		t.queued()
		pass(t.T, t.Stage, time.Minute)
		t.replies("failed: refused by the server")
		t.reached(t.sari, notSentText, 1)
	}, "", 0},
	{"acknowledged after the deadline", func(t *trial) {
		t.srv.DelayAck(t.bot, 2*shortSend, 1)
		t.queued()
		pass(t.T, t.Stage, time.Minute)
		t.reached(t.rina, price, 1) // twice under one ID: the phone shows it once
		t.reached(t.sari, unclearText, 0)
	}, "", impatient},
	{"never acknowledged", func(t *trial) {
		t.refuse(0, 0)
		t.queued()
		pass(t.T, t.Stage, time.Minute)
		t.reached(t.rina, price, 1)
		if rows := t.outbox(t.T, "reply"); len(rows) != 1 || !strings.HasPrefix(rows[0], "delivered") && !strings.HasPrefix(rows[0], "read") {
			t.Errorf("the phone's receipts do not settle the row: %q", rows)
		}
		t.reached(t.sari, unclearText, 0)
	}, "", impatient},
	{"never acknowledged, phone switched off", func(t *trial) {
		t.queued()
		t.rina.Disconnect()
		t.refuse(0, 0)
		pass(t.T, t.Stage, time.Minute)
		t.replies("unknown: no acknowledgement")
		t.reached(t.sari, unclearText, 1)
		t.must(t.rina.Connect(t.Context()))
		pass(t.T, t.Stage, time.Minute)
		t.reached(t.rina, price, 1)
	}, "", impatient},
	{"number without WhatsApp", func(t *trial) {
		_, err := t.app.db.Register(t.Context(), t.clock.Now(), "6281399999999", "Tono", shop.RoleSecond)
		t.must(err)
		ask(t.T, t.Stage, t.rina, "kak bisa bantu bikin spanduk acara?")
		pass(t.T, t.Stage, 4*time.Minute) // both are paged; Tono has no account
		t.reached(t.sari, "belum terjawab", 2)
		if n := t.number(t.T, "SELECT COUNT(*) FROM outbox WHERE lane = 'alert' AND status = 'failed' AND code = $1", whatsapp.CodeNoAccount); n != 1 {
			t.Errorf("%d alerts failed for want of an account", n)
		}
	}, "", 0},
}

// refusedTwice is a refusal that a second try does not mend: a person is called.
func refusedTwice(code int, by time.Duration) func(t *trial) {
	return func(t *trial) {
		t.refuse(code, code)
		t.queued()
		pass(t.T, t.Stage, 20*time.Second)
		t.replies("queued")
		pass(t.T, t.Stage, by)
		t.replies("failed: refused by the server")
		t.reached(t.rina, price, 0)
		t.reached(t.sari, notSentText, 1)
	}
}

// acquainted lets Rina and the shop meet. Beside a first message the library sends a
// token; if the connection is lost under both, two of its goroutines write to one
// variable (go.mau.fi/util exsync/event.go:GetChan), which the race detector sees.
func (tr *trial) acquainted() {
	tr.Helper()
	ask(tr.T, tr.Stage, tr.rina, "halo kak")
}

// promos moves to an instant (there are slots on Wednesday the 7th and Friday the
// 9th at 17:00 and 19:00) and approves a campaign that Rina is to get.
func promos(t *trial, at time.Time) {
	t.Helper()
	_, err := t.rina.Say(t.Context(), stageNumber, "makasih kak")
	t.must(err)
	pass(t.T, t.Stage, at.Sub(t.clock.Now()))
	rina, ok, err := t.app.db.PersonByPhone(t.Context(), "6281200000001")
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	t.must(t.app.db.AddConsent(t.Context(), shop.Consent{PersonID: rina.ID, Granted: true, At: t.clock.Now(), Source: "test", Words: "mulai"}))
	sari, ok, err := t.app.db.PersonByPhone(t.Context(), "6281300000001")
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	campaign := shop.Campaign{Name: "promo", Text: "Diskon 25% hari ini saja!", CreatedBy: sari.ID, ApprovedAt: t.clock.Now()}
	_, err = t.app.db.AddCampaign(t.Context(), campaign)
	t.must(err)
	t.app.promos.Wake()
}
