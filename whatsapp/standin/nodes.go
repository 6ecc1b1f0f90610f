package standin

import (
	"crypto/rand"
	"maps"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
)

// Short names for what every file here builds.
type (
	node  = waBinary.Node
	attrs = waBinary.Attrs
)

// str is a text attribute, "" if it is absent.
func str(n *node, key string) string {
	v, _ := n.Attrs[key].(string)
	return v
}

// jidAttr is an address attribute, empty if it is absent.
func jidAttr(n *node, key string) types.JID {
	v, _ := n.Attrs[key].(types.JID)
	return v
}

// content is the binary content of a child, nil if there is none.
func content(n *node, tag string) []byte {
	child := n.GetChildByTag(tag)
	b, _ := child.Content.([]byte)
	return b
}

// with copies attributes, so that each recipient of a stanza may get its own.
func with(in attrs, key string, value any) attrs {
	out := make(attrs, len(in)+1)
	maps.Copy(out, in)
	out[key] = value
	return out
}

// ib is an information broadcast: news from the server nobody acknowledges.
func ib(child node) node {
	return node{Tag: "ib", Attrs: attrs{"from": types.ServerJID}, Content: []node{child}}
}

func randomBytes(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails (crypto/rand)
	return b
}
