package whatsapp_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"go.mau.fi/whatsmeow/proto/waE2E"
	"google.golang.org/protobuf/proto"

	"bestie/shop"
	"bestie/whatsapp"
	"bestie/whatsapp/standin/people"
)

func TestMessageIn(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	c := l.online()
	rina := l.phone(rinaNumber, "Rina")
	id := l.say(rina, "halo kak")

	got := l.awaitMessage(id)
	if got.Text != "halo kak" || got.Kind != shop.KindText || got.FromMe || got.PushName != "Rina" || got.Account != shopNumber {
		t.Errorf("stored %+v", got)
	}
	if got.Chat.Phone != rinaNumber || got.Chat.LID == "" || !got.SentAt.Equal(start) {
		t.Errorf("chat %+v at %s", got.Chat, got.SentAt)
	}
	if err := rina.AwaitReceipt(l.ctx, id, people.Inactive); err != nil {
		t.Errorf("no receipt: %v", err) // inactive: we are not looking at the chat
	}
	if err := c.MarkRead(l.ctx, []string{id}, got.Chat); err != nil {
		t.Error(err)
	}
	if err := rina.AwaitReceipt(l.ctx, id, people.Read); err != nil {
		t.Errorf("not marked read: %v", err)
	}
	if log := l.logs.String(); strings.Contains(log, "halo kak") || strings.Contains(log, rinaNumber) {
		t.Errorf("the log holds text or number:\n%s", log)
	}
}

func TestMessageOut(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	c := l.online()
	rina := l.phone(rinaNumber, "Rina")
	asked := l.awaitMessage(l.say(rina, "ada bakso?"))

	for _, test := range []struct {
		name string
		out  shop.Outgoing
		want people.Received
	}{
		{"text", shop.Outgoing{Text: "Ada, Kak"}, people.Received{Kind: people.Text, Text: "Ada, Kak"}},
		{
			"quote",
			shop.Outgoing{Text: "Ada, Kak Rina", Quote: &shop.Quote{MessageID: asked.ID, Text: asked.Text}},
			people.Received{Kind: people.Text, Text: "Ada, Kak Rina", QuotedID: asked.ID},
		},
		{"disappearing", shop.Outgoing{Text: "Ada ya", Expiry: 86400}, people.Received{Kind: people.Text, Text: "Ada ya"}},
		{"image", shop.Outgoing{Text: "Promo", File: picture(t)}, people.Received{Kind: people.Image, Text: "Promo"}},
		{
			"document",
			shop.Outgoing{Text: "Daftar harga", File: document(t)},
			people.Received{Kind: people.Document, Text: "Daftar harga", FileName: "harga.pdf"},
		},
	} {
		test.out.To = asked.Chat
		id := l.mustSend(c, test.out)
		got, err := rina.Await(l.ctx, func(r people.Received) bool { return r.ID == id })
		if err != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
		if got.Kind != test.want.Kind || got.Text != test.want.Text || got.QuotedID != test.want.QuotedID ||
			got.FileName != test.want.FileName || got.From != shopNumber {
			t.Errorf("%s: arrived as %+v", test.name, got)
		}
		if test.out.File != nil {
			checkFile(t, l, rina, id, test.out.File.Path)
		}
		eventually(t, test.name+" delivered", func() bool { return l.inbox.reached(id, shop.ReceiptDelivered) })
		if err := rina.MarkRead(l.ctx, got); err != nil {
			t.Fatal(err)
		}
		eventually(t, test.name+" read", func() bool { return l.inbox.reached(id, shop.ReceiptRead) })
	}
}

func checkFile(t *testing.T, l *lab, p *people.Person, id, path string) {
	t.Helper()
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	got, err := p.Download(l.ctx, id)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("file of %s: %d bytes, %v", id, len(got), err)
	}
}

func picture(t *testing.T) *shop.File {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 300, 150))
	img.Set(10, 10, color.White)
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return &shop.File{Kind: shop.FileImage, MIME: "image/png", Path: write(t, b.Bytes())}
}

func document(t *testing.T) *shop.File {
	t.Helper()
	return &shop.File{Kind: shop.FileDocument, Name: "harga.pdf", MIME: "application/pdf", Path: write(t, []byte("%PDF-1.7 harga"))}
}

func write(t *testing.T, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestUnsendableMessages(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	c := l.online()
	l.phone(rinaNumber, "Rina")
	empty := write(t, nil)
	for name, out := range map[string]shop.Outgoing{
		"missing file": {File: &shop.File{Kind: shop.FileImage, Path: "/does/not/exist"}},
		"empty file":   {File: &shop.File{Kind: shop.FileImage, Path: empty}},
		"unknown kind": {File: &shop.File{Kind: "hologram", Path: empty}},
	} {
		_, err := l.send(c, out)
		t.Log(name)
		fate(t, err, shop.FateBroken, 0)
	}
	_, err := c.Send(l.ctx, shop.Outgoing{Text: "tanpa ID", To: shop.Address{Phone: rinaNumber}})
	fate(t, err, shop.FateBroken, 0)
}

func TestPictureIsUploadedOnce(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	posts := &countPosts{next: l.opt.Network.Transport}
	l.opt.Network = &http.Client{Transport: posts}
	c := l.online()
	rina := l.phone(rinaNumber, "Rina")
	budi := l.phone("6281200000002", "Budi")
	file := picture(t)
	for _, p := range []*people.Person{rina, budi} {
		id := l.mustSend(c, shop.Outgoing{To: shop.Address{Phone: p.Device().Phone}, File: file})
		if _, err := p.Await(l.ctx, func(r people.Received) bool { return r.ID == id }); err != nil {
			t.Fatal(err)
		}
		checkFile(t, l, p, id, file.Path)
	}
	if got := posts.n.Load(); got != 1 {
		t.Errorf("%d uploads for two recipients", got)
	}
}

// countPosts counts the uploads that pass through.
type countPosts struct {
	next http.RoundTripper
	n    atomic.Int32
}

func (c *countPosts) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Method == http.MethodPost {
		c.n.Add(1)
	}
	return c.next.RoundTrip(r)
}

func TestNumberWithoutWhatsApp(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	c := l.online()
	_, err := l.send(c, shop.Outgoing{To: shop.Address{Phone: "6289999999999"}, Text: "halo"})
	fate(t, err, shop.FateRefused, whatsapp.CodeNoAccount)
}

func TestDownload(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	c := l.online()
	rina := l.phone(rinaNumber, "Rina")

	proof, err := os.ReadFile(picture(t).Path)
	if err != nil {
		t.Fatal(err)
	}
	id, err := rina.Image(l.ctx, shopNumber, proof, "text/html", "bukti transfer") // a lie about the type
	if err != nil {
		t.Fatal(err)
	}
	in := l.awaitMessage(id)
	if in.Kind != shop.KindImage || in.Text != "bukti transfer" {
		t.Errorf("stored as %s %q", in.Kind, in.Text)
	}
	file, err := c.Download(l.ctx, in.Raw, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(file.Path)
	if err != nil || !bytes.Equal(got, proof) || file.MIME != "image/png" || filepath.Ext(file.Path) != ".png" || file.Kind != shop.FileImage {
		t.Errorf("file %+v, %d bytes, %v", file, len(got), err)
	}
}

// Too much is refused by what the sender claims, before anything is fetched, and
// by what really comes, whatever they claim.
func TestDownloadTooLarge(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	l.opt.MaxMedia = 4096
	c := l.online()
	rina := l.phone(rinaNumber, "Rina")
	folder := t.TempDir()

	big := append([]byte("%PDF-"), make([]byte, 5000)...)
	id, err := rina.Document(l.ctx, shopNumber, big, "../../etc/passwd", "application/pdf", "")
	if err != nil {
		t.Fatal(err)
	}
	in := l.awaitMessage(id)
	before := l.gets.Load()
	if _, err = c.Download(l.ctx, in.Raw, folder); !errors.Is(err, whatsapp.ErrTooLarge) || l.gets.Load() != before {
		t.Errorf("large file: %v, %d downloads", err, l.gets.Load()-before)
	}
	var m waE2E.Message // the same file with a lie about its length
	if err := proto.Unmarshal(in.Raw, &m); err != nil {
		t.Fatal(err)
	}
	m.DocumentMessage.FileLength = proto.Uint64(10)
	lie, err := proto.Marshal(&m)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = c.Download(l.ctx, lie, folder); !errors.Is(err, whatsapp.ErrTooLarge) {
		t.Errorf("large file that calls itself small: %v", err)
	}
	if left, _ := os.ReadDir(folder); len(left) != 0 {
		t.Errorf("%d files left", len(left))
	}
}

func TestTyping(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	c := l.online()
	rina := l.phone(rinaNumber, "Rina")
	to := l.awaitMessage(l.say(rina, "halo")).Chat
	if err := c.Typing(l.ctx, to, true); err != nil {
		t.Fatal(err)
	}
	eventually(t, "typing seen", func() bool { return rina.Typing() == 1 })
	id := l.say(rina, "masih di sana?")
	if err := rina.AwaitReceipt(l.ctx, id, people.Delivered); err != nil {
		t.Errorf("not available while typing: %v", err)
	}
	if err := c.Typing(l.ctx, to, false); err != nil {
		t.Fatal(err)
	}
	id = l.say(rina, "oke")
	if err := rina.AwaitReceipt(l.ctx, id, people.Inactive); err != nil {
		t.Errorf("still available after typing: %v", err)
	}
}

func TestOwnDevices(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	shopPhone := l.phone(shopNumber, "Toko Bestie")
	c := l.online()
	rina := l.phone(rinaNumber, "Rina")
	web, err := l.world.Link(l.ctx, shopNumber, "WhatsApp Web")
	if err != nil {
		t.Fatal(err)
	}
	chat := l.awaitMessage(l.say(rina, "halo")).Chat

	l.mustSend(c, shop.Outgoing{To: chat, Text: "dari bot"})
	for device, typist := range map[uint16]*people.Person{0: shopPhone, web.Device().ID: web} {
		id, err := typist.Say(l.ctx, rinaNumber, "dari staf")
		if err != nil {
			t.Fatal(err)
		}
		got := l.awaitMessage(id)
		if !got.FromMe || got.Device != device || got.Chat != chat || got.Text != "dari staf" {
			t.Errorf("device %d: stored %+v", device, got)
		}
	}
	if got := l.inbox.count(); got != 3 {
		t.Errorf("%d messages stored, want hers and the two of the staff: %v", got, l.inbox.messages)
	}
	eventually(t, "sign of life of the phone", func() bool { return l.store.get(whatsapp.SettingPhoneLastSeen) != "" })
}

func TestHiddenNumber(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	c := l.online()
	rina := l.phone(rinaNumber, "Rina")
	l.srv.HideNumber(rinaNumber, true)
	got := l.awaitMessage(l.say(rina, "halo"))
	if got.Chat.LID == "" || got.Chat.Phone != "" {
		t.Fatalf("chat %+v", got.Chat)
	}
	l.mustSend(c, shop.Outgoing{To: got.Chat, Text: "Halo Kak"})
	if _, err := rina.AwaitText(l.ctx, "Halo Kak"); err != nil {
		t.Error(err)
	}
}

func TestReactionEditRevoke(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	c := l.online()
	rina := l.phone(rinaNumber, "Rina")
	first := l.say(rina, "pesan 2 kotak")
	chat := l.awaitMessage(first).Chat
	ours := l.mustSend(c, shop.Outgoing{To: chat, Text: "Siap, Kak"})
	if _, err := rina.AwaitText(l.ctx, "Siap, Kak"); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		do     func(ctx context.Context, to, target string) (string, error)
		target string
		kind   shop.Kind
		text   string
	}{
		{func(ctx context.Context, to, id string) (string, error) { return rina.React(ctx, to, id, "👍") }, ours, shop.KindReaction, "👍"},
		{func(ctx context.Context, to, id string) (string, error) {
			return rina.Edit(ctx, to, id, "pesan 3 kotak")
		}, first, shop.KindEdit, "pesan 3 kotak"},
		{rina.Revoke, first, shop.KindRevoke, ""},
	} {
		id, err := test.do(l.ctx, shopNumber, test.target)
		if err != nil {
			t.Fatal(err)
		}
		got := l.awaitMessage(id)
		if got.Kind != test.kind || got.TargetID != test.target || got.Text != test.text || got.Chat != chat {
			t.Errorf("%s: stored %+v", test.kind, got)
		}
	}
}
