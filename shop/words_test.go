package shop

import (
	"errors"
	"math"
	"testing"
	"time"
)

func TestPerson(t *testing.T) {
	for _, c := range []struct {
		p     Person
		key   string
		name  string
		admin bool
	}{
		{Person{Address: Address{LID: "1", Phone: "62"}, Name: "Rina", PushName: "rin"}, "lid:1", "Rina", false},
		{Person{Address: Address{Phone: "62"}, PushName: "rin", Roles: []Role{RoleDropshipper}}, "pn:62", "rin", false},
		{Person{Address: Address{LID: "1"}, Roles: []Role{RoleDropshipper, RoleSupervisor}}, "lid:1", "", true},
		{Person{Address: Address{LID: "1"}, Roles: []Role{RoleDuty}}, "lid:1", "", true},
		{Person{Address: Address{LID: "1"}, Roles: []Role{RoleSecond}}, "lid:1", "", true},
		{Person{Address: Address{LID: "1"}, Roles: []Role{RoleOwner}}, "lid:1", "", true},
	} {
		if c.p.Key() != c.key || c.p.CallName() != c.name || c.p.IsAdmin() != c.admin || c.p.IsZero() {
			t.Errorf("%+v: %q %q %t", c.p, c.p.Key(), c.p.CallName(), c.p.IsAdmin())
		}
	}
	if !(Address{}).IsZero() {
		t.Error("an empty address names somebody")
	}
}

func TestKinds(t *testing.T) {
	for kind, want := range map[Kind][2]bool{ // mute, content
		KindText: {false, true}, KindImage: {false, true}, KindVoice: {false, true}, KindDocument: {false, true},
		KindButton: {false, true}, KindCart: {false, true}, KindViewOnce: {false, true}, KindLocation: {false, true},
		KindSticker: {true, false}, KindReaction: {true, false}, KindPollVote: {true, false}, KindEdit: {true, false},
		KindRevoke: {true, false}, KindTimer: {true, false}, KindAlbum: {true, false},
		KindCall: {false, false}, KindPlaceholder: {false, false}, KindQuarantine: {false, false}, KindUnknown: {false, false}, KindPoll: {false, false},
	} {
		if got := [2]bool{kind.Mute(), kind.Content()}; got != want {
			t.Errorf("%s: mute and content are %v, want %v", kind, got, want)
		}
	}
}

func TestConversation(t *testing.T) {
	now := day(wed, 10, 0)
	for _, c := range []struct {
		name              string
		c                 Conversation
		silent, complaint bool
	}{
		{"new", Conversation{}, false, false},
		{"taken over", Conversation{PausedUntil: now.Add(1)}, true, false},
		{"the takeover is over", Conversation{PausedUntil: now}, false, false},
		{"a loop", Conversation{MutedUntil: now.Add(time.Hour)}, true, false},
		{"complained", Conversation{ComplaintAt: now.Add(-7*24*time.Hour + 1)}, false, true},
		{"complained long ago", Conversation{ComplaintAt: now.Add(-7 * 24 * time.Hour)}, false, false},
	} {
		if got := c.c.Silent(now); got != c.silent {
			t.Errorf("%s: silent %t", c.name, got)
		}
		if got := c.c.OpenComplaint(now); got != c.complaint {
			t.Errorf("%s: complaint %t", c.name, got)
		}
	}
}

func TestTurnRemembersReplies(t *testing.T) {
	now := day(wed, 10, 0)
	turn := Turn{Now: now, Recent: []Said{{now.Add(-5 * time.Minute), "halo"}, {now.Add(-time.Minute), "baik"}, {now, "ya"}}}
	if a, b := turn.RepliesWithin(time.Minute), turn.RepliesWithin(time.Hour); a != 1 || b != 3 {
		t.Errorf("%d within a minute, %d within an hour", a, b)
	}
	if turn.SaidWithin("halo", 5*time.Minute) || !turn.SaidWithin("halo", 6*time.Minute) || turn.SaidWithin("hai", time.Hour) {
		t.Error("what was said is not remembered")
	}
}

func TestPostingCheck(t *testing.T) {
	posting := func(entries ...Entry) Posting {
		return Posting{Reference: "r", Reason: "x", Actor: "a", Entries: entries}
	}
	for _, c := range []struct {
		name string
		p    Posting
		ok   bool
	}{
		{"balanced", posting(Entry{"cash", 5}, Entry{"sales", -5}), true},
		{"three sides", posting(Entry{"cash", 5}, Entry{"sales", -3}, Entry{"fee", -2}), true},
		{"one side", posting(Entry{"cash", 5}), false},
		{"unbalanced", posting(Entry{"cash", 5}, Entry{"sales", -4}), false},
		{"zero entry", posting(Entry{"cash", 0}, Entry{"sales", 0}), false},
		{"no account", posting(Entry{"", 5}, Entry{"sales", -5}), false},
		{"overflow adds up to zero", posting(Entry{"a", math.MinInt64}, Entry{"b", math.MinInt64}), false},
		{"no reference", Posting{Reason: "x", Actor: "a", Entries: []Entry{{"cash", 5}, {"sales", -5}}}, false},
		{"no reason", Posting{Reference: "r", Actor: "a", Entries: []Entry{{"cash", 5}, {"sales", -5}}}, false},
		{"no actor", Posting{Reference: "r", Reason: "x", Entries: []Entry{{"cash", 5}, {"sales", -5}}}, false},
	} {
		if err := c.p.Check(); (err == nil) != c.ok {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if err := posting(Entry{"cash", 5}, Entry{"sales", -4}).Check(); !errors.Is(err, ErrUnbalanced) {
		t.Errorf("unbalanced: %v", err)
	}
	if free := (Dropshipper{Limit: DefaultLimit, Used: 310_000}).Free(); free != -10_000 {
		t.Errorf("free: %d", free)
	}
	if got := CreditAccount(7); got != "credit:7" {
		t.Error(got)
	}
}

func TestErrors(t *testing.T) {
	cause := errors.New("disk full")
	for _, c := range []struct {
		err  error
		want string
	}{
		{&Error{Sentence: "it failed", Cause: cause}, "it failed: disk full"},
		{&SendError{Fate: FateRefused, Code: 463, Cause: cause}, "refused with 463: disk full"},
		{&SendError{Fate: FateUnknown, Cause: cause}, "unknown: disk full"},
	} {
		if c.err.Error() != c.want || !errors.Is(c.err, cause) {
			t.Errorf("%q, want %q", c.err, c.want)
		}
	}
	if got := (&Error{Sentence: "it failed"}).Error(); got != "it failed" {
		t.Error(got)
	}
}
