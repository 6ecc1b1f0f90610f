package standin_test

import (
	"strings"
	"testing"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"
	"google.golang.org/protobuf/proto"

	"bestie/whatsapp/standin"
)

func image(up whatsmeow.UploadResponse, caption string) *waE2E.Message {
	return &waE2E.Message{ImageMessage: &waE2E.ImageMessage{
		Caption: proto.String(caption), Mimetype: proto.String("image/jpeg"),
		URL: &up.URL, DirectPath: &up.DirectPath, MediaKey: up.MediaKey,
		FileEncSHA256: up.FileEncSHA256, FileSHA256: up.FileSHA256, FileLength: &up.FileLength,
	}}
}

func TestTimelock(t *testing.T) {
	t.Parallel()
	l := newLab(t, standin.Config{})
	bot, _ := pair(l)
	until := noon.Add(48 * time.Hour)
	if err := l.srv.Timelock(bot.device(), "RESTRICT_ALL_COMPANIONS", true, until); err != nil {
		t.Fatal(err)
	}
	e := await[*events.NotifyAccountReachoutTimelock](bot, "timelock", nil)
	if !e.IsActive || e.EnforcementType != "RESTRICT_ALL_COMPANIONS" || !e.TimeEnforcementEnds.Equal(until) || !e.Mex.Timestamp.Equal(noon) {
		t.Fatalf("%+v", e)
	}
	if err := l.srv.Timelock(bot.device(), "", false, time.Time{}); err != nil {
		t.Fatal(err)
	}
	if e := await[*events.NotifyAccountReachoutTimelock](bot, "end of the timelock", nil); e.IsActive || !e.TimeEnforcementEnds.IsZero() {
		t.Fatalf("%+v", e)
	}
	l.quiet()
}

// leak looks for rina's number in what the shop's devices are sent. It is read
// only while the server is quiet.
type leak struct{ what string }

func (l *leak) trace(s standin.Traced) {
	if x := s.Node.String(); s.Out && s.Device.Phone == shop && strings.Contains(x, rina) {
		l.what = x
	}
}

// A customer who hides the number is known by LID only, in both directions.
func TestHideNumber(t *testing.T) {
	t.Parallel()
	for name, byNumber := range map[string]bool{"LID": false, "number": true} {
		t.Run(name, func(t *testing.T) {
			var told leak
			l := newLab(t, standin.Config{PNAddressing: byNumber, Trace: told.trace})
			l.srv.HideNumber(rina, true)
			bot, owner, customer := l.companion("bot", shop), l.phone("owner", shop), l.phone("rina", rina)
			r := customer.say(pn(shop), "tebak siapa")
			m := bot.hear("tebak siapa")
			if m.Info.Sender.Server != types.HiddenUserServer || m.Info.Sender.User != l.srv.LID(rina) || !m.Info.SenderAlt.IsEmpty() {
				t.Fatalf("%+v", m.Info)
			}
			bot.say(m.Info.Chat, "Kak siapa ya?")
			customer.hear("Kak siapa ya?")
			customer.receipt(r.ID, types.ReceiptTypeInactive)
			if o := owner.hear("Kak siapa ya?"); o.Info.Chat != m.Info.Chat || !o.Info.RecipientAlt.IsEmpty() {
				t.Fatalf("the copy for the shop phone: %+v", o.Info)
			}
			l.allow("different participant list hash")
			l.companion("web of rina", rina) // her device list changes
			if _, err := customer.CreateGroup(l.ctx, whatsmeow.ReqCreateGroup{Name: "Arisan", Participants: []types.JID{pn(shop)}}); err != nil {
				t.Fatal(err)
			}
			l.quiet()
			if told.what != "" {
				t.Fatalf("the server gave the number away: %s", told.what)
			}
			if alt, err := bot.Store.LIDs.GetPNForLID(l.ctx, m.Info.Chat); err != nil || !alt.IsEmpty() {
				t.Fatalf("the bot learnt the number %s (%v)", alt, err)
			}
			if _, err := bot.send(pn(rina), "lewat nomor"); err == nil {
				t.Fatal("the directory gave the LID of a hidden number")
			}
			l.srv.HideNumber(rina, false)
			customer.say(pn(shop), "ini aku, rina")
			if m := bot.hear("ini aku, rina"); m.Info.SenderAlt.User != rina && m.Info.Sender.User != rina {
				t.Fatalf("%+v", m.Info)
			}
		})
	}
}

func TestGroup(t *testing.T) {
	t.Parallel()
	l := newLab(t, standin.Config{})
	bot, customer := pair(l)
	third := l.phone("budi", budi)
	g, err := customer.CreateGroup(l.ctx, whatsmeow.ReqCreateGroup{Name: "Arisan", Participants: []types.JID{pn(shop), pn(budi)}})
	if err != nil {
		t.Fatal(err)
	}
	await(bot, "JoinedGroup", func(j *events.JoinedGroup) bool { return j.JID == g.JID && j.Name == "Arisan" })
	everybody := []*client{customer, third, bot}
	for i, from := range everybody {
		said := []string{"satu", "dua", "tiga"}[i]
		from.say(g.JID, said)
		for _, c := range everybody {
			if c == from {
				continue
			}
			if m := c.hear(said); !m.Info.IsGroup || m.Info.Chat != g.JID || m.Info.Sender.User != from.Store.LID.User {
				t.Fatalf("%+v", m.Info)
			}
		}
	}
	if info, err := bot.GetGroupInfo(l.ctx, g.JID); err != nil || len(info.Participants) != 3 {
		t.Fatalf("%+v %v", info, err)
	}
	if list, err := bot.GetJoinedGroups(l.ctx); err != nil || len(list) != 1 {
		t.Fatalf("%v %v", list, err)
	}
	if _, err := bot.GetGroupInfo(l.ctx, types.NewJID("120363999", types.GroupServer)); err == nil {
		t.Fatal("a group that does not exist")
	}
}
