package standin

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"golang.org/x/crypto/curve25519"
	"golang.org/x/crypto/hkdf"
	"google.golang.org/protobuf/proto"

	"go.mau.fi/whatsmeow/proto/waWa6"
	"go.mau.fi/whatsmeow/socket"
	"go.mau.fi/whatsmeow/util/keys"
)

// noise is the symmetric state of Noise_XX_25519_AESGCM_SHA256. whatsmeow's
// socket.NoiseHandshake could do the handshake, but its Finish only builds the
// client's end of the transport, so the responder keeps its own state.
type noise struct {
	hash, salt []byte
	key        cipher.AEAD
	n          uint32
}

func aead(key []byte) cipher.AEAD {
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err) // the key is always 32 bytes
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		panic(err)
	}
	return gcm
}

// nonce is a counter in the last 4 of 12 bytes.
func nonce(n uint32) []byte {
	iv := make([]byte, 12)
	binary.BigEndian.PutUint32(iv[8:], n)
	return iv
}

func newNoise(header []byte) *noise {
	h := []byte(socket.NoiseStartPattern) // exactly 32 bytes, so it is the hash
	ns := &noise{hash: h, salt: h, key: aead(h)}
	ns.mixHash(header)
	return ns
}

func (ns *noise) mixHash(data []byte) {
	h := sha256.New()
	h.Write(ns.hash)
	h.Write(data)
	ns.hash = h.Sum(nil)
}

func (ns *noise) expand(data []byte) (first, second []byte) {
	r := hkdf.New(sha256.New, data, ns.salt, nil)
	first, second = make([]byte, 32), make([]byte, 32)
	_, _ = io.ReadFull(r, first)
	_, _ = io.ReadFull(r, second)
	return first, second
}

func (ns *noise) mixDH(priv *[32]byte, pub []byte) error {
	secret, err := curve25519.X25519(priv[:], pub)
	if err != nil {
		return err
	}
	var k []byte
	ns.salt, k = ns.expand(secret)
	ns.key, ns.n = aead(k), 0
	return nil
}

func (ns *noise) encrypt(plain []byte) []byte {
	sealed := ns.key.Seal(nil, nonce(ns.n), plain, ns.hash)
	ns.n++
	ns.mixHash(sealed)
	return sealed
}

func (ns *noise) decrypt(sealed []byte) ([]byte, error) {
	plain, err := ns.key.Open(nil, nonce(ns.n), sealed, ns.hash)
	if err == nil {
		ns.n++
		ns.mixHash(sealed)
	}
	return plain, err
}

// halfDuplex is one direction of the encrypted transport.
type halfDuplex struct {
	key cipher.AEAD
	n   uint32
}

func (h *halfDuplex) seal(plain []byte) []byte {
	sealed := h.key.Seal(nil, nonce(h.n), plain, nil)
	h.n++
	return sealed
}

func (h *halfDuplex) open(sealed []byte) ([]byte, error) {
	plain, err := h.key.Open(sealed[:0], nonce(h.n), sealed, nil)
	h.n++
	return plain, err
}

// hello is what the handshake leaves: both transport directions and who came.
type hello struct {
	rx, tx  *halfDuplex
	static  [32]byte // the client's Noise key, known again at every login
	payload *waWa6.ClientPayload
}

// handshake plays the responder: client hello, server hello, client finish.
func handshake(ctx context.Context, fr *frameReader, id *identity) (*hello, error) {
	header, err := fr.prologue(ctx)
	if err != nil {
		return nil, err
	}
	ns := newNoise(header)
	var msg waWa6.HandshakeMessage
	if err := fr.message(ctx, &msg); err != nil {
		return nil, err
	}
	theirs := msg.GetClientHello().GetEphemeral()
	if len(theirs) != 32 {
		return nil, errors.New("client hello without an ephemeral key")
	}
	eph, err := ns.serverHello(ctx, fr, id, theirs)
	if err != nil {
		return nil, err
	}
	if err := fr.message(ctx, &msg); err != nil {
		return nil, err
	}
	return ns.clientFinish(eph, msg.GetClientFinish())
}

// serverHello answers with our ephemeral key, static key and certificate chain.
func (ns *noise) serverHello(ctx context.Context, fr *frameReader, id *identity, theirs []byte) (*keys.KeyPair, error) {
	ns.mixHash(theirs)
	eph := keys.NewKeyPair()
	ns.mixHash(eph.Pub[:])
	if err := ns.mixDH(eph.Priv, theirs); err != nil {
		return nil, err
	}
	static := ns.encrypt(id.static.Pub[:])
	if err := ns.mixDH(id.static.Priv, theirs); err != nil {
		return nil, err
	}
	data, err := proto.Marshal(&waWa6.HandshakeMessage{ServerHello: &waWa6.HandshakeMessage_ServerHello{
		Ephemeral: eph.Pub[:], Static: static, Payload: ns.encrypt(id.chain),
	}})
	if err != nil {
		return nil, err
	}
	return eph, fr.write(ctx, data)
}

// clientFinish learns who the client is and derives the transport keys.
func (ns *noise) clientFinish(eph *keys.KeyPair, fin *waWa6.HandshakeMessage_ClientFinish) (*hello, error) {
	pub, err := ns.decrypt(fin.GetStatic())
	if err != nil {
		return nil, fmt.Errorf("client static key: %w", err)
	} else if len(pub) != 32 {
		return nil, fmt.Errorf("client static key has %d bytes", len(pub))
	}
	if err := ns.mixDH(eph.Priv, pub); err != nil {
		return nil, err
	}
	raw, err := ns.decrypt(fin.GetPayload())
	if err != nil {
		return nil, fmt.Errorf("client payload: %w", err)
	}
	payload := new(waWa6.ClientPayload)
	if err := proto.Unmarshal(raw, payload); err != nil {
		return nil, err
	}
	in, out := ns.expand(nil) // the client's write key comes first
	return &hello{
		rx: &halfDuplex{key: aead(in)}, tx: &halfDuplex{key: aead(out)},
		static: [32]byte(pub), payload: payload,
	}, nil
}
