package standin

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/crypto/curve25519"
	"golang.org/x/crypto/pbkdf2"

	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/util/hkdfutil"
	"go.mau.fi/whatsmeow/util/keys"
)

// linkCode is a pairing by code that waits for the user to type it.
type linkCode struct {
	c       *conn
	ref     []byte
	wrapped []byte // the client's ephemeral key, encrypted with the code
	shared  []byte // set once the code was typed
	bizName string
}

const (
	// codeRounds is PBKDF2's cost (whatsmeow pair-code.go, PairPhone).
	codeRounds = 2 << 16
	// wrappedKey is salt 32, counter block 16, key 32 bytes.
	wrappedKey = 80
)

func codeCipher(code string, salt, iv []byte) (cipher.Stream, error) {
	block, err := aes.NewCipher(pbkdf2.Key([]byte(code), salt, codeRounds, 32, sha256.New))
	if err != nil {
		return nil, err
	}
	return cipher.NewCTR(block, iv), nil
}

// linkHello answers companion_hello: the client shows a code from now on. s.mu
// held.
func (s *Server) linkHello(c *conn, reg *node) []node {
	lc := &linkCode{
		c: c, ref: []byte(base64.RawURLEncoding.EncodeToString(randomBytes(12))),
		wrapped: content(reg, "link_code_pairing_wrapped_companion_ephemeral_pub"),
	}
	s.codes[jidAttr(reg, "jid").User] = lc
	return []node{{Tag: "link_code_companion_reg", Content: []node{{Tag: "link_code_pairing_ref", Content: lc.ref}}}}
}

// PairCode plays the user who types the code shown by the client on the phone.
// bizName is as for PairQR. It returns when the phone's half is sent; a wrong
// code shows only later, in Config.Logf, and the client stays unpaired.
func (s *Server) PairCode(phone, code, bizName string) error {
	code = strings.ReplaceAll(code, "-", "")
	s.mu.Lock()
	lc := s.codes[phone]
	s.mu.Unlock()
	if lc == nil || len(lc.wrapped) < wrappedKey {
		return errors.New("stand-in: no client waits for this number")
	}
	eph := keys.NewKeyPair() // the slow part, without the lock
	companion, err := unwrapKey(code, lc.wrapped)
	if err != nil {
		return err
	}
	shared, err := curve25519.X25519(eph.Priv[:], companion)
	if err != nil {
		return err
	}
	ours, err := wrapKey(code, eph.Pub[:])
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.codes[phone] != lc {
		return errors.New("stand-in: the client does not wait any more")
	}
	lc.shared, lc.bizName = shared, bizName
	lc.c.send(s.primaryHello(lc, ours, s.ensure(phone)))
	return nil
}

// primaryHello is the phone's half of the key exchange. s.mu held.
func (s *Server) primaryHello(lc *linkCode, wrapped []byte, a *account) node {
	return node{
		Tag:   "notification",
		Attrs: attrs{"id": s.newID(), "type": "link_code_companion_reg", "from": types.ServerJID, "t": s.unix()},
		Content: []node{{
			Tag: "link_code_companion_reg", Attrs: attrs{"stage": "primary_hello"},
			Content: []node{
				{Tag: "link_code_pairing_ref", Content: lc.ref},
				{Tag: "link_code_pairing_wrapped_primary_ephemeral_pub", Content: wrapped},
				{Tag: "primary_identity_pub", Content: a.key.Pub[:]},
			},
		}},
	}
}

func unwrapKey(code string, wrapped []byte) ([]byte, error) {
	stream, err := codeCipher(code, wrapped[:32], wrapped[32:48])
	if err != nil {
		return nil, err
	}
	key := make([]byte, 32)
	stream.XORKeyStream(key, wrapped[48:wrappedKey])
	return key, nil
}

func wrapKey(code string, key []byte) ([]byte, error) {
	salt, iv, sealed := randomBytes(32), randomBytes(16), make([]byte, len(key))
	stream, err := codeCipher(code, salt, iv)
	if err != nil {
		return nil, err
	}
	stream.XORKeyStream(sealed, key)
	return slices.Concat(salt, iv, sealed), nil
}

// linkFinish handles companion_finish: it opens the key bundle, derives the
// pairing secret and goes on as after a scan. s.mu held.
func (s *Server) linkFinish(c *conn, reg *node) error {
	phone := jidAttr(reg, "jid").User
	lc := s.codes[phone]
	if lc == nil || lc.shared == nil {
		return errors.New("companion_finish without a code")
	}
	delete(s.codes, phone)
	bundle, identity := content(reg, "link_code_pairing_wrapped_key_bundle"), content(reg, "companion_identity_public")
	if len(bundle) < 44 || len(identity) != 32 {
		return errors.New("short key bundle")
	}
	gcm := aead(hkdfutil.SHA256(lc.shared, bundle[:32], []byte("link_code_pairing_key_bundle_encryption_key"), 32))
	plain, err := gcm.Open(nil, bundle[32:44], bundle[44:], nil)
	if err != nil {
		return fmt.Errorf("key bundle (wrong code?): %w", err)
	} else if len(plain) != 96 {
		return fmt.Errorf("key bundle has %d bytes", len(plain))
	}
	a := s.ensure(phone)
	shared, err := curve25519.X25519(a.key.Priv[:], identity)
	if err != nil {
		return err
	}
	a.call(lc.bizName)
	secret := hkdfutil.SHA256(slices.Concat(lc.shared, shared, plain[64:96]), nil, []byte("adv_secret"), 32)
	_, err = s.offerDevice(c, a, secret)
	return err
}
