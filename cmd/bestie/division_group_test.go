package main

import (
	"strings"
	"testing"
	"time"

	"bestie/whatsapp"
	"bestie/whatsapp/standin/people"
)

// TestDivisionIsAGroup: a case that is passed to a group is written there, and a reply to
// it comes back to the admin. Nothing else in that group is heard, nor anything in another.
func TestDivisionIsAGroup(t *testing.T) {
	t.Parallel()
	s, sari := newStage(t)
	rina := newPerson(t, s, "6281200000001", "Rina")
	budi := newPerson(t, s, "6281500000001", "Budi")
	joko := newPerson(t, s, "6281500000002", "Joko")
	group, err := budi.MakeGroup(t.Context(), []string{stageNumber, "6281500000002", "6281300000001"})
	if err != nil {
		t.Fatal(err)
	}
	other, err := budi.MakeGroup(t.Context(), []string{stageNumber})
	if err != nil {
		t.Fatal(err)
	}
	s.opt.Config.Divisions = []Division{{Name: "gudang", Group: group}}
	if err = s.Restart(t.Context()); err != nil {
		t.Fatal(err)
	}
	ask(t, s, rina, "mau bicara dengan admin")
	ask(t, s, sari, "oper 1 gudang tolong cek raknya")
	for _, member := range []*people.Person{budi, joko} {
		if n := got(member, "tolong cek raknya"); n != 1 {
			t.Fatalf("a member of the group got it %d times", n)
		}
	}
	var asked people.Received
	for _, m := range budi.Received() {
		if m.Chat == group || m.Chat+"@g.us" == group {
			asked = m
		}
	}
	rows := func() int64 { return int64(s.number(t, "SELECT COUNT(*) FROM inbox")) }
	before := rows()
	say := func(_ string, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		pass(t, s, 20*time.Second)
	}
	// Neither chatter nor commands, also of an admin, nor replies to others do anything.
	say(joko.InGroup(t.Context(), group, people.TextOf("harga bakso berapa?")))
	say(sari.InGroup(t.Context(), group, people.TextOf("balas 1 kenari")))
	say(budi.InGroup(t.Context(), group, people.TextOf("STOP")))
	say(joko.ReplyInGroup(t.Context(), group, "6281500000001", "3EB0AAAA", "balas 1 kenari"))
	say(budi.ReplyInGroup(t.Context(), other, stageNumber, asked.ID, "kenari dari grup lain"))
	say(budi.ReplyInGroup(t.Context(), group, stageNumber, "3EB0UNKNOWN", "kenari, bukan pesan kami"))
	if n := rows() - before; n != 1 { // of the last only the books know that it is no message of ours
		t.Errorf("%d messages of groups were stored, want 1", n)
	}
	if n := direct(rina, "kenari", group) + direct(sari, "kenari", group); n != 0 {
		t.Fatalf("words of a group went to people %d times", n)
	}
	if n := s.number(t, "SELECT COUNT(*) FROM outbox o JOIN people p ON p.id = o.person_id WHERE p.lid = $1", group); n != 1 {
		t.Errorf("%d messages to the group, want what was passed on alone", n)
	}
	// A reply to what was passed on comes back, and Sari's answer goes to Rina.
	say(joko.ReplyInGroup(t.Context(), group, stageNumber, asked.ID, "raknya kosong, besok dikirim"))
	if n := direct(sari, "raknya kosong", group); n != 1 {
		t.Fatalf("the answer reached Sari %d times", n)
	}
	ask(t, s, sari, "balas 1 Besok kami kirim ya Kak")
	if n := got(rina, "Besok kami kirim"); n != 1 {
		t.Errorf("Rina got the reply %d times", n)
	}
	eventually(t, "the groups of the number are known", func() bool {
		setting, err := s.app.db.Setting(t.Context(), whatsapp.SettingGroups)
		if err != nil {
			t.Fatal(err)
		}
		list, err := whatsapp.ParseGroups(setting)
		return err == nil && len(list) == 2 && (list[0] == whatsapp.Group{Address: group, Name: "Grup"} || list[1] == whatsapp.Group{Address: group, Name: "Grup"})
	})
}

// direct counts the messages with a text that somebody got outside of a group.
func direct(p *people.Person, text, group string) (n int) {
	for _, m := range p.Received() {
		if m.Chat+"@g.us" != group && m.Chat != group && strings.Contains(m.Text, text) {
			n++
		}
	}
	return n
}
