package whatsapp

import (
	"testing"

	"go.mau.fi/whatsmeow/proto/waVnameCert"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"

	"bestie/shop"
)

func TestWhoIsWho(t *testing.T) {
	bare := func(j types.JID) types.JID { return j.ToNonAD() }
	phone := types.JID{User: me.pn.User, Server: types.DefaultUserServer}
	for _, test := range []struct {
		name string
		src  types.MessageSource
		want shop.Address
	}{
		{"LID first", types.MessageSource{Chat: bare(rinaLID), Sender: rinaLID, SenderAlt: rinaPN}, rina},
		{"number first", types.MessageSource{Chat: bare(rinaPN), Sender: rinaPN, SenderAlt: rinaLID}, rina},
		{"number hidden", types.MessageSource{Chat: bare(rinaLID), Sender: rinaLID}, shop.Address{LID: rina.LID}},
		{"LID not known", types.MessageSource{Chat: bare(rinaPN), Sender: rinaPN}, shop.Address{Phone: rina.Phone}},
		{"from the shop phone", types.MessageSource{Chat: bare(rinaLID), RecipientAlt: bare(rinaPN), Sender: phone, IsFromMe: true}, rina},
		{"from the shop phone by number", types.MessageSource{Chat: bare(rinaPN), RecipientAlt: bare(rinaLID), Sender: phone, IsFromMe: true}, rina},
	} {
		if got := personOf(&types.MessageInfo{MessageSource: test.src}); got != test.want {
			t.Errorf("%s: %+v, want %+v", test.name, got, test.want)
		}
	}
}

func TestSkipReason(t *testing.T) {
	user := func(user, server string) types.JID { return types.JID{User: user, Server: server} }
	for _, test := range []struct {
		want string
		info types.MessageInfo
	}{
		{"", types.MessageInfo{MessageSource: types.MessageSource{Chat: rinaLID.ToNonAD(), Sender: rinaLID}}},
		{"", types.MessageInfo{MessageSource: types.MessageSource{Chat: rinaPN.ToNonAD(), Sender: rinaPN}}},
		{"status", types.MessageInfo{MessageSource: types.MessageSource{Chat: types.StatusBroadcastJID, Sender: rinaPN, IsGroup: true}}},
		{"broadcast", types.MessageInfo{MessageSource: types.MessageSource{Chat: user("123", types.BroadcastServer), Sender: rinaPN, IsGroup: true}}},
		{"newsletter", types.MessageInfo{MessageSource: types.MessageSource{Chat: user("123", types.NewsletterServer), Sender: user("123", types.NewsletterServer)}}},
		{"group", types.MessageInfo{MessageSource: types.MessageSource{Chat: user("123", types.GroupServer), Sender: rinaLID, IsGroup: true}}},
		{"bot", types.MessageInfo{MessageSource: types.MessageSource{Chat: types.NewMetaAIJID, Sender: types.NewMetaAIJID}}},
		{"bot", types.MessageInfo{MessageSource: types.MessageSource{Chat: types.MetaAIJID, Sender: types.MetaAIJID}}},
		{"bot", types.MessageInfo{MessageSource: types.MessageSource{Chat: types.NewMetaAIJID, Sender: me.pn, IsFromMe: true}}},
		{"whatsapp", types.MessageInfo{MessageSource: types.MessageSource{Chat: types.PSAJID, Sender: types.PSAJID}}},
		{"whatsapp", types.MessageInfo{MessageSource: types.MessageSource{Chat: types.OfficialBusinessJID, Sender: types.OfficialBusinessJID}}},
		{"self", types.MessageInfo{MessageSource: types.MessageSource{Chat: me.pn.ToNonAD(), Sender: user(me.pn.User, types.DefaultUserServer), IsFromMe: true}}},
		{"self", types.MessageInfo{MessageSource: types.MessageSource{Chat: me.lid.ToNonAD(), Sender: me.lid, IsFromMe: true}}},
		{"self", types.MessageInfo{Category: "peer", MessageSource: types.MessageSource{Chat: rinaPN, Sender: rinaPN}}},
		{"address", types.MessageInfo{MessageSource: types.MessageSource{Chat: user("1", types.MessengerServer), Sender: user("1", types.MessengerServer)}}},
		{"address", types.MessageInfo{MessageSource: types.MessageSource{Chat: user("halo", types.DefaultUserServer), Sender: user("halo", types.DefaultUserServer)}}},
		{"address", types.MessageInfo{MessageSource: types.MessageSource{Chat: user("123456789012345678901", types.HiddenUserServer), Sender: rinaLID}}},
		{"id", types.MessageInfo{ID: "a b", MessageSource: types.MessageSource{Chat: rinaLID.ToNonAD(), Sender: rinaLID}}},
		{"own echo", types.MessageInfo{MessageSource: types.MessageSource{Chat: rinaLID.ToNonAD(), Sender: me.lid, IsFromMe: true}}},
		{"", types.MessageInfo{MessageSource: types.MessageSource{Chat: rinaLID.ToNonAD(), Sender: user(me.pn.User, types.DefaultUserServer), IsFromMe: true}}},
	} {
		if test.info.ID == "" {
			test.info.ID = "3A5F"
		}
		if got := skipReason(&test.info, me); got != test.want {
			t.Errorf("%s from %s: %q, want %q", test.info.Chat, test.info.Sender, got, test.want)
		}
	}
}

func TestEnvelope(t *testing.T) {
	evt := event(text("halo"))
	name := "PT Kurir"
	evt.Info.VerifiedName = &types.VerifiedName{Details: &waVnameCert.VerifiedNameCertificate_Details{VerifiedName: &name}}
	if got := envelope(&evt.Info, me, rina); got.VerifiedName != name || got.Account != me.pn.User || got.Device != 3 || got.FromMe {
		t.Errorf("%+v", got)
	}
}

func TestReceiptOf(t *testing.T) {
	for kind, want := range map[types.ReceiptType]shop.ReceiptKind{
		types.ReceiptTypeDelivered: shop.ReceiptDelivered, types.ReceiptTypeInactive: shop.ReceiptDelivered,
		types.ReceiptTypeRead: shop.ReceiptRead, types.ReceiptTypePlayed: shop.ReceiptRead,
		types.ReceiptTypeSender: "", types.ReceiptTypeReadSelf: "", types.ReceiptTypePlayedSelf: "", types.ReceiptTypeRetry: "",
		types.ReceiptTypeServerError: "", types.ReceiptTypePeerMsg: "", types.ReceiptTypeHistorySync: "", "new": "",
	} {
		evt := &events.Receipt{MessageIDs: []string{"A", "B"}, Timestamp: sentAt, Type: kind}
		got, ok := receiptOf(evt)
		if got.Kind != want || ok != (want != "") || ok && (len(got.MessageIDs) != 2 || !got.At.Equal(sentAt)) {
			t.Errorf("%q: %+v %v", kind, got, ok)
		}
		evt.IsFromMe = true
		if _, ok := receiptOf(evt); ok {
			t.Errorf("%q of our own device counts", kind)
		}
	}
	many := &events.Receipt{MessageIDs: make([]string, 100_000), Timestamp: sentAt}
	if got, ok := receiptOf(many); !ok || len(got.MessageIDs) != maxReceipt {
		t.Errorf("%d messages of one receipt", len(got.MessageIDs))
	}
}
