package people_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"go.mau.fi/whatsmeow/proto/waE2E"
	"google.golang.org/protobuf/proto"

	"bestie/whatsapp/standin/people"
)

// Every verb reaches the shop's phone and its second linked device, and both
// read it the same way.
func TestVerbs(t *testing.T) {
	t.Parallel()
	l := newTown(t, false)
	owner, customer := l.phone(shop, "Bestie"), l.phone(rina, "Rina")
	web, err := l.world.Link(l.ctx, shop, "WhatsApp Web")
	if err != nil {
		t.Fatal(err)
	}
	question := l.must(customer.Say(l.ctx, shop, "ada bakso?"))
	r := l.hear(owner, "ada bakso?")
	want := people.Received{ID: question, From: rina, Chat: rina, Kind: people.Text, Text: "ada bakso?", At: noon}
	if r.At = r.At.UTC(); r != want {
		t.Fatalf("got %+v\nwant %+v", r, want)
	}
	answer := l.must(owner.Reply(l.ctx, rina, question, "ada bakso?", "ada kak"))
	if r := l.hear(customer, "ada kak"); r.QuotedID != question || r.Own || r.From != shop {
		t.Fatalf("%+v", r)
	}
	if r := l.hear(web, "ada kak"); !r.Own || r.ID != answer || r.Chat != rina || r.FromDevice != 0 || r.From != shop {
		t.Fatalf("copy of the owner's answer: %+v", r)
	}
	l.must(customer.Image(l.ctx, shop, []byte("gambar"), "image/jpeg", "bukti"))
	l.must(customer.Document(l.ctx, shop, []byte("berkas"), "daftar.pdf", "application/pdf", "daftar"))
	for _, p := range []*people.Person{owner, web} {
		checkFile(l, p, l.hear(p, "bukti"), people.Image, "", "gambar")
		checkFile(l, p, l.hear(p, "daftar"), people.Document, "daftar.pdf", "berkas")
	}
	l.must(customer.Edit(l.ctx, shop, question, "ada bakso urat?"))
	l.must(customer.React(l.ctx, shop, answer, "👍"))
	l.must(customer.Revoke(l.ctx, shop, question))
	l.quiet()
	for _, p := range []*people.Person{owner, web} {
		var got []people.Kind
		for _, s := range p.Signs() {
			got = append(got, s.Kind)
			if s.From != rina || s.Target != question && s.Target != answer || s.Own {
				t.Errorf("%+v", s)
			}
		}
		if !slices.Equal(got, []people.Kind{people.Edit, people.Reaction, people.Revoke}) {
			t.Errorf("%s saw %v", p.Name(), got)
		}
	}
	if got := len(owner.Received()); got != 3 {
		t.Errorf("%d content messages", got)
	}
}

func checkFile(l *town, p *people.Person, r people.Received, kind people.Kind, name, data string) {
	l.Helper()
	if r.Kind != kind || r.FileName != name {
		l.Errorf("%+v", r)
	}
	if got, err := p.Download(l.ctx, r.ID); err != nil || !bytes.Equal(got, []byte(data)) {
		l.Errorf("%q %v", got, err)
	}
}

func TestReceiptsAndTyping(t *testing.T) {
	t.Parallel()
	l := newTown(t, false)
	owner, customer := l.phone(shop, "Bestie"), l.phone(rina, "Rina")
	id := l.must(customer.Say(l.ctx, shop, "halo"))
	if err := customer.AwaitReceipt(l.ctx, id, people.Delivered); err != nil {
		t.Fatal(err)
	}
	if err := owner.MarkRead(l.ctx, l.hear(owner, "halo")); err != nil {
		t.Fatal(err)
	}
	if err := customer.AwaitReceipt(l.ctx, id, people.Read); err != nil {
		t.Fatal(err)
	}
	if rs := customer.Receipts(id); len(rs) != 2 || rs[0].From != shop || rs[1].Kind != people.Read {
		t.Fatalf("%+v", rs)
	}
	if err := owner.Compose(l.ctx, rina, true); err != nil {
		t.Fatal(err)
	}
	if err := customer.AwaitTyping(l.ctx, 1); err != nil {
		t.Fatal(err)
	}
	if len(customer.Received())+len(owner.Signs()) != 0 {
		t.Fatal("a receipt or typing counts as content")
	}
}

func TestWhatIsNoText(t *testing.T) {
	t.Parallel()
	l := newTown(t, false)
	owner, customer := l.phone(shop, "Bestie"), l.phone(rina, "Rina")
	for kind, m := range map[people.Kind]*waE2E.Message{
		people.Location: {LocationMessage: &waE2E.LocationMessage{DegreesLatitude: proto.Float64(-6.9)}},
		people.Contact:  {ContactMessage: &waE2E.ContactMessage{DisplayName: proto.String("Budi")}},
		people.Sticker:  {StickerMessage: &waE2E.StickerMessage{}},
		people.Audio:    {AudioMessage: &waE2E.AudioMessage{PTT: proto.Bool(true)}},
		people.Video:    {VideoMessage: &waE2E.VideoMessage{}},
		people.Poll:     {PollCreationMessage: &waE2E.PollCreationMessage{Name: proto.String("mau?")}},
		people.Other:    {ListMessage: &waE2E.ListMessage{}},
	} {
		id := l.must(customer.Raw(l.ctx, shop, m))
		r, err := owner.Await(l.ctx, func(r people.Received) bool { return r.ID == id })
		if err != nil || r.Kind != kind {
			t.Errorf("%s was read as %+v (%v)", kind, r, err)
		}
	}
	if _, err := owner.Download(l.ctx, "unknown"); !errors.Is(err, people.ErrNoMedia) {
		t.Error("media of nothing")
	}
}

// What is sent to a person who is away arrives when they come back.
func TestComingAndGoing(t *testing.T) {
	t.Parallel()
	l := newTown(t, true)
	owner, customer := l.phone(shop, "Bestie"), l.phone(rina, "Rina")
	owner.Disconnect()
	l.must(customer.Say(l.ctx, shop, "ada orang?"))
	l.quiet()
	if owner.Online() || len(owner.Received()) != 0 {
		t.Fatal("heard while away")
	}
	if err := owner.Connect(l.ctx); err != nil {
		t.Fatal(err)
	}
	l.hear(owner, "ada orang?")

	if err := l.srv.Drop(owner.Device()); err != nil { // a lost connection comes back by itself
		t.Fatal(err)
	}
	l.quiet()
	if !owner.Online() {
		t.Fatal("quiet although the phone is not back")
	}
	l.srv.Refuse(owner.Device(), true) // no network: not its fault
	l.quiet()
	if owner.Online() {
		t.Fatal("online without a network")
	}
}

func TestHiddenNumber(t *testing.T) {
	t.Parallel()
	l := newTown(t, false)
	l.srv.HideNumber(rina, true)
	owner, customer := l.phone(shop, "Bestie"), l.phone(rina, "Rina")
	l.must(customer.Say(l.ctx, shop, "tebak siapa"))
	r := l.hear(owner, "tebak siapa")
	if r.From != l.srv.LID(rina) {
		t.Fatalf("%+v", r)
	}
	l.must(owner.Say(l.ctx, r.From, "siapa ya?"))
	l.hear(customer, "siapa ya?")
}

func TestOnePhoneForEachNumber(t *testing.T) {
	t.Parallel()
	l := newTown(t, false)
	l.phone(shop, "Bestie")
	if _, err := l.world.Phone(l.ctx, shop, "Palsu"); err == nil {
		t.Fatal("a second phone for one number")
	}
	short, cancel := context.WithTimeout(l.ctx, 10*time.Millisecond)
	defer cancel()
	if _, err := l.phone(budi, "Budi").AwaitText(short, "tak pernah"); err == nil {
		t.Fatal("heard what nobody said")
	}
}

// People who write to each other at the same moment lose nothing, although
// whatsmeow does not lock a session between decrypting and encrypting.
func TestCrossingMessages(t *testing.T) {
	t.Parallel()
	const rounds = 40
	l := newTown(t, false)
	a, b := l.phone(shop, "Bestie"), l.phone(rina, "Rina")
	l.must(a.Say(l.ctx, rina, "kenalan"))
	l.hear(b, "kenalan")
	l.must(b.Say(l.ctx, shop, "salam kenal"))
	l.hear(a, "salam kenal")
	done := make(chan error, 2)
	talk := func(from *people.Person, to string) {
		for range rounds {
			if _, err := from.Say(l.ctx, to, "serentak"); err != nil {
				done <- err
				return
			}
		}
		done <- nil
	}
	go talk(a, rina)
	go talk(b, shop)
	for range 2 {
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
	l.quiet()
	if len(a.Received()) != rounds+1 || len(b.Received()) != rounds+1 {
		t.Fatalf("heard %d and %d of %d", len(a.Received()), len(b.Received()), rounds+1)
	}
}
