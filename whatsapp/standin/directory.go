package standin

import (
	"strings"

	"go.mau.fi/whatsmeow/types"
)

// lookup is one user of a directory query.
type lookup struct {
	c      *conn
	jid    types.JID // as it was asked for
	acct   *account  // nil if there is none, or if it hides behind its LID
	number []byte    // the number as it was asked for, nil if it was an address
}

// serveDirectory answers usync queries: device lists, LIDs, registered numbers.
// s.mu held.
func (s *Server) serveDirectory(q query) answer {
	req := q.first
	asked, list := req.GetChildByTag("query"), req.GetChildByTag("list")
	var users []node
	for _, u := range list.GetChildrenByTag("user") {
		users = append(users, s.lookup(q.c, &u).answer(s, asked.GetChildren()))
	}
	return reply(node{
		Tag: "usync", Attrs: attrs{"sid": req.Attrs["sid"], "index": "0", "last": "true", "mode": req.Attrs["mode"], "context": req.Attrs["context"]},
		Content: []node{{Tag: "result"}, {Tag: "list", Content: users}},
	})
}

func (s *Server) lookup(c *conn, u *node) lookup {
	l := lookup{c: c, jid: jidAttr(u, "jid"), number: content(u, "contact")}
	if l.number != nil {
		digits, _, _ := strings.Cut(string(l.number), "@")
		l.jid = types.NewJID(strings.TrimLeft(digits, "+"), types.DefaultUserServer)
	}
	l.acct = s.find(l.jid)
	byNumber := l.jid.Server == types.DefaultUserServer
	if a := l.acct; a != nil && a.hidden && byNumber && a != c.dev.acct {
		l.acct = nil
	}
	return l
}

// answer tells about one user what was asked for.
func (l lookup) answer(s *Server, asked []node) node {
	out := node{Tag: "user", Attrs: attrs{"jid": l.jid}}
	var found []node
	for _, what := range asked {
		switch what.Tag {
		case "contact":
			found = append(found, l.contact(&what, &out))
		case "lid":
			if l.acct != nil {
				found = append(found, node{Tag: "lid", Attrs: attrs{"val": l.acct.lid}})
			}
		case "devices":
			if l.acct != nil {
				l.acct.watchers[l.c.dev.acct] = struct{}{}
				found = append(found, l.devices(s))
			}
		case "status":
			found = append(found, node{Tag: "status", Content: []byte{}})
		}
	}
	if found != nil {
		out.Content = found
	}
	return out
}

// contact tells whether a number is registered.
func (l lookup) contact(what, user *node) node {
	kind := "out"
	if l.acct != nil {
		kind = "in"
		if str(what, "addressing_mode") == "lid" && !l.acct.hidden {
			user.Attrs["jid"], user.Attrs["pn_jid"] = l.acct.lid, l.acct.pn
		}
	}
	return node{Tag: "contact", Attrs: attrs{"type": kind}, Content: l.number}
}

func (l lookup) devices(s *Server) node {
	var list []node
	for _, d := range l.acct.sorted() {
		a := attrs{"id": int(d.id)}
		if d.id != 0 {
			a["key-index"] = int(d.id)
		}
		list = append(list, node{Tag: "device", Attrs: a})
	}
	return node{Tag: "devices", Content: []node{
		{Tag: "device-list", Attrs: attrs{"hash": phash(l.acct.jids(l.jid.Server))}, Content: list},
		{Tag: "key-index-list", Attrs: attrs{"ts": s.unix()}},
	}}
}
