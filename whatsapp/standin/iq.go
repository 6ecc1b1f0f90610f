package standin

import (
	"strings"

	"go.mau.fi/whatsmeow/types"
)

// iqError is answered as <error code=… text=…/>.
type iqError struct {
	code int
	text string
}

var (
	errNotFound     = &iqError{404, "item-not-found"}
	errBadRequest   = &iqError{400, "bad-request"}
	errUnauthorized = &iqError{401, "not-authorized"}
)

// awaited is a query of the server that a client has yet to answer.
type awaited struct {
	c  *conn
	id string
}

// query is one client's question.
type query struct {
	c     *conn
	typ   string // "get" or "set"
	node  *node
	first node // its first child, zero if there is none
}

// answer is the content of the reply and what happens once it is queued.
type answer struct {
	content []node
	err     *iqError
	after   func()
	unknown bool
}

func reply(content ...node) answer   { return answer{content: content} }
func refused(err *iqError) answer    { return answer{err: err} }
func notWithoutLogin(ns string) bool { return ns != "md" && ns != "w:p" }

// services answer the queries of each namespace, under s.mu.
var services = map[string]func(*Server, query) answer{
	"w:p":               func(*Server, query) answer { return reply() }, // keepalive
	"passive":           (*Server).servePassive,
	"encrypt":           (*Server).serveKeys,
	"usync":             (*Server).serveDirectory,
	"w:m":               (*Server).serveMediaHosts,
	"privacy":           (*Server).servePrivacy,
	"blocklist":         func(*Server, query) answer { return reply(node{Tag: "list", Attrs: attrs{"dhash": "0"}}) },
	"md":                (*Server).serveLinking,
	"w:sync:app:state":  (*Server).serveAppState,
	"w:profile:picture": func(*Server, query) answer { return refused(errNotFound) },
	"w:biz":             func(_ *Server, q query) answer { return reply(node{Tag: q.first.Tag}) },
	"w:g2":              (*Server).serveGroups,
	"abt": func(*Server, query) answer {
		return reply(node{Tag: "props", Attrs: attrs{"protocol": "1", "hash": "0", "refresh": 86400}})
	},
	"w": func(*Server, query) answer {
		return reply(node{Tag: "props", Attrs: attrs{"version": "2", "hash": "0"}})
	},
	"w:mex": func(*Server, query) answer { return reply(node{Tag: "result", Content: []byte(`{"data":{}}`)}) },
}

// handleIQ answers one query. Every query gets an answer, so that no client ever
// waits for its 75 s timeout; those nobody serves get an empty one and are
// counted in UnknownIQs. s.mu held.
func (c *conn) handleIQ(n *node) {
	s, id, typ, ns := c.s, str(n, "id"), str(n, "type"), str(n, "xmlns")
	if typ == "result" || typ == "error" {
		key := awaited{c, id}
		if fn := s.awaited[key]; fn != nil {
			delete(s.awaited, key)
			fn(n)
		}
		return
	}
	q := query{c: c, typ: typ, node: n}
	if ch := n.GetChildren(); len(ch) > 0 {
		q.first = ch[0]
	}
	serve, known := services[ns]
	a := answer{unknown: !known}
	switch {
	case c.dev == nil && notWithoutLogin(ns):
		a = refused(errUnauthorized)
	case known:
		a = serve(s, q)
	}
	if a.unknown {
		s.unknown[strings.TrimSpace(ns+" "+typ+" "+q.first.Tag)]++
	}
	c.send(a.node(id, n.Attrs["to"]))
	if a.after != nil {
		a.after()
	}
}

func (a answer) node(id string, from any) node {
	if from == nil {
		from = types.ServerJID
	}
	n := node{Tag: "iq", Attrs: attrs{"id": id, "type": "result", "from": from}}
	switch {
	case a.err != nil:
		n.Attrs["type"] = "error"
		n.Content = []node{{Tag: "error", Attrs: attrs{"code": a.err.code, "text": a.err.text}}}
	case a.content != nil:
		n.Content = a.content
	}
	return n
}

// servePassive: <active/> asks for everything that waits.
func (s *Server) servePassive(q query) answer {
	if q.first.Tag != "active" {
		q.c.active = false
		return reply()
	}
	return answer{after: q.c.activate}
}

// serveLinking is pairing by code and unlinking.
func (s *Server) serveLinking(q query) answer {
	switch {
	case q.first.Tag == "link_code_companion_reg" && str(&q.first, "stage") == "companion_hello":
		return reply(s.linkHello(q.c, &q.first)...)
	case q.first.Tag == "link_code_companion_reg":
		return answer{after: func() {
			if err := s.linkFinish(q.c, &q.first); err != nil {
				s.logf("pairing by code: %v", err)
			}
		}}
	case q.first.Tag == "remove-companion-device" && q.c.dev != nil:
		s.unlink(q.c.dev)
		return reply()
	}
	return answer{unknown: true}
}

func (s *Server) servePrivacy(q query) answer {
	if q.first.Tag == "tokens" {
		s.privacyTokens(q.c.dev.acct, &q.first)
		return reply()
	}
	var categories []node
	for _, name := range []string{"groupadd", "last", "status", "profile", "readreceipts", "online", "calladd"} {
		categories = append(categories, node{Tag: "category", Attrs: attrs{"name": name, "value": "all"}})
	}
	return reply(node{Tag: "privacy", Content: categories})
}

// serveAppState answers a fetch or an upload with unchanged collections.
func (s *Server) serveAppState(q query) answer {
	var out []node
	for _, col := range q.first.GetChildrenByTag("collection") {
		version := col.Attrs["version"]
		if version == nil {
			version = "0"
		}
		out = append(out, node{Tag: "collection", Attrs: attrs{"name": col.Attrs["name"], "version": version}})
	}
	return reply(node{Tag: "sync", Content: out})
}

// serveMediaHosts names the one host for uploads and downloads; the client
// dials it through its HTTPClient, which ends here whatever the name.
func (s *Server) serveMediaHosts(query) answer {
	return reply(node{
		Tag: "media_conn", Attrs: attrs{"auth": "stand-in", "ttl": 3600, "auth_ttl": 21600, "max_buckets": 12},
		Content: []node{{Tag: "host", Attrs: attrs{"hostname": mediaHost}}},
	})
}
