package standin

import (
	"encoding/json"
	"strconv"
	"time"

	"go.mau.fi/whatsmeow/types"
)

// notify queues a notification. s.mu held.
func (s *Server) notify(d *device, typ string, from types.JID, extra attrs, content ...node) {
	id := s.newID()
	a := attrs{"id": id, "type": typ, "from": from, "t": s.unix()}
	for k, v := range extra {
		a[k] = v
	}
	s.enqueue(d, &stanza{class: "notification", id: id, from: from, node: node{
		Tag: "notification", Attrs: a, Content: content,
	}})
}

// deviceListChanged tells the account's own devices and everybody who has
// fetched its device list. tag is "add" or "remove". s.mu held.
func (s *Server) deviceListChanged(a *account, changed *device, tag string) {
	s.tellOwnDevices(a, changed)
	for w := range a.watchers {
		if w == a {
			continue
		}
		for _, d := range w.sorted() {
			// whatsmeow ignores the form it has not cached: send both.
			s.tellWatcher(d, a, changed, tag, types.HiddenUserServer)
			if !a.hidden {
				s.tellWatcher(d, a, changed, tag, types.DefaultUserServer)
			}
		}
	}
}

// tellOwnDevices sends the whole new list. whatsmeow takes it for both
// addressings (notification.go, handleOwnDevicesNotification).
func (s *Server) tellOwnDevices(a *account, changed *device) {
	list := a.jids(types.HiddenUserServer)
	nodes := make([]node, len(list))
	for i, j := range list {
		nodes[i] = node{Tag: "device", Attrs: attrs{"jid": j}}
	}
	for _, d := range a.sorted() {
		if d != changed {
			s.notify(d, "account_sync", a.lid, nil, node{Tag: "devices", Attrs: attrs{"dhash": phash(list)}, Content: nodes})
		}
	}
}

func (s *Server) tellWatcher(d *device, a *account, changed *device, tag, server string) {
	from := a.lid
	if server == types.DefaultUserServer {
		from = a.pn
	}
	s.notify(d, "devices", from, nil, node{
		Tag: tag, Attrs: attrs{"device_hash": phash(a.jids(server))},
		Content: []node{
			{Tag: "device", Attrs: attrs{"jid": changed.jid(server), "key-index": int(changed.id)}},
			{Tag: "key-index-list", Attrs: attrs{"ts": s.unix()}},
		},
	})
}

// privacyTokens forwards the trusted-contact tokens of an account, which the
// other side then attaches to its messages as <tctoken>. s.mu held.
func (s *Server) privacyTokens(from *account, req *node) {
	for _, t := range req.GetChildrenByTag("token") {
		a := s.find(jidAttr(&t, "jid"))
		if a == nil {
			continue
		}
		token := node{Tag: "tokens", Content: []node{{
			Tag: "token", Attrs: attrs{"type": "trusted_contact", "t": t.Attrs["t"]}, Content: randomBytes(16),
		}}}
		sender := from.pn
		if from.hidden {
			sender = from.lid
		}
		for _, d := range a.sorted() {
			s.notify(d, "privacy_token", sender, attrs{"sender_lid": from.lid}, token)
		}
	}
}

// timelock is the notice that an account may not open new chats (whatsmeow
// notification.go, handleMexNotification). s.mu held.
func (s *Server) timelock(d *device, kind string, active bool, until time.Time) error {
	lock := map[string]any{"enforcement_type": kind, "is_active": active}
	if !until.IsZero() {
		lock["time_enforcement_ends"] = strconv.FormatInt(until.Unix(), 10)
	}
	data, err := json.Marshal(map[string]any{"data": map[string]any{"xwa2_notify_account_reachout_timelock": lock}})
	if err != nil {
		return err
	}
	s.notify(d, "mex", types.ServerJID, nil, node{
		Tag: "update", Attrs: attrs{"op_name": "NotificationAccountReachoutTimelock"}, Content: data,
	})
	return nil
}
