package standin

import (
	"fmt"
	"slices"

	"go.mau.fi/whatsmeow/types"
)

// group is a small group, addressed by LID, whose members never change.
type group struct {
	jid     types.JID
	subject string
	created int64
	creator *account
	members []*account
}

// devices lists the members' devices and their addresses. s.mu held.
func (g *group) devices() (ds []*device, js []types.JID) {
	for _, a := range g.members {
		ds, js = append(ds, a.sorted()...), append(js, a.jids(types.HiddenUserServer)...)
	}
	return ds, js
}

func (g *group) node() node {
	var parts []node
	for _, a := range g.members {
		m := attrs{"jid": a.lid}
		if !a.hidden {
			m["phone_number"] = a.pn
		}
		if a == g.creator {
			m["type"] = "superadmin"
		}
		parts = append(parts, node{Tag: "participant", Attrs: m})
	}
	a := attrs{
		"id": g.jid.User, "subject": g.subject, "creation": g.created, "s_t": g.created, "addressing_mode": "lid",
		"creator": g.creator.lid, "s_o": g.creator.lid, "size": len(g.members),
	}
	if !g.creator.hidden {
		a["creator_pn"], a["s_o_pn"] = g.creator.pn, g.creator.pn
	}
	return node{Tag: "group", Content: parts, Attrs: a}
}

// serveGroups handles create, query and participating. s.mu held.
func (s *Server) serveGroups(q query) answer {
	own := q.c.dev.acct
	switch {
	case q.typ == "set" && q.first.Tag == "create":
		return reply(s.createGroup(own, &q.first).node())
	case q.typ == "get" && q.first.Tag == "query":
		if g := s.groups[jidAttr(q.node, "to")]; g != nil {
			return reply(g.node())
		}
		return refused(errNotFound)
	case q.typ == "get" && q.first.Tag == "participating":
		var list []node
		for _, g := range s.groups {
			if slices.Contains(g.members, own) {
				list = append(list, g.node())
			}
		}
		return reply(node{Tag: "groups", Content: list})
	}
	return answer{unknown: true}
}

func (s *Server) createGroup(own *account, req *node) *group {
	s.nextID++
	g := &group{
		jid:     types.NewJID(fmt.Sprintf("120363%012d", s.nextID), types.GroupServer),
		subject: str(req, "subject"), created: s.unix(), creator: own, members: []*account{own},
	}
	for _, p := range req.GetChildrenByTag("participant") {
		if a := s.find(jidAttr(&p, "jid")); a != nil && a != own {
			g.members = append(g.members, a)
		}
	}
	s.groups[g.jid] = g
	news := node{Tag: "create", Attrs: attrs{"type": "new", "key": g.jid.User}, Content: []node{g.node()}}
	extra := attrs{"notify": own.name, "participant": own.lid, "addressing_mode": "lid"}
	if !own.hidden {
		extra["participant_pn"] = own.pn
	}
	for _, a := range g.members[1:] {
		for _, d := range a.sorted() {
			s.notify(d, "w:gp2", g.jid, extra, news)
		}
	}
	return g
}
