package standin

import (
	"errors"
	"sync"
	"time"

	"go.mau.fi/libsignal/ecc"
	"go.mau.fi/libsignal/logger"
	"google.golang.org/protobuf/proto"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waCert"
	"go.mau.fi/whatsmeow/util/keys"
)

// ErrRealSession is returned by Start after Forbid.
var ErrRealSession = errors.New("a real session is open in this process")

// trust is the process-wide choice between the real service and stand-ins. The
// root key is drawn once, so that several servers can run side by side.
var trust struct {
	mu        sync.Mutex
	root      *keys.KeyPair // nil until the first Start
	forbidden bool
}

// Forbid makes every later Start of this process fail with ErrRealSession. A
// program calls it before it opens a session with the real service. It tells
// whether that is still possible: false means a stand-in was started before and
// the process can no longer reach the real service.
func Forbid() bool {
	trust.mu.Lock()
	defer trust.mu.Unlock()
	trust.forbidden = true
	return trust.root == nil
}

// Started tells that a stand-in was started in this process, so that no client
// in it can reach the real service any more.
func Started() bool {
	trust.mu.Lock()
	defer trust.mu.Unlock()
	return trust.root != nil
}

// Root is the public half of this process's root key, for TrustRoot in another
// process. It is zero until the first Start.
func Root() [32]byte {
	trust.mu.Lock()
	defer trust.mu.Unlock()
	if trust.root == nil {
		return [32]byte{}
	}
	return *trust.root.Pub
}

// TrustRoot makes this process's clients believe the stand-ins of another
// process, and nothing else. It must come before any client connects: whatsmeow
// reads its trust root (whatsmeow.WACertPubKey) without a lock.
func TrustRoot(root [32]byte) { whatsmeow.WACertPubKey = root }

// claim draws the root key on first use and makes clients trust it.
func claim() (*keys.KeyPair, error) {
	trust.mu.Lock()
	defer trust.mu.Unlock()
	if trust.forbidden {
		return nil, ErrRealSession
	}
	if trust.root == nil {
		trust.root = keys.NewKeyPair()
		TrustRoot(*trust.root.Pub)
		silenceSignal()
	}
	return trust.root, nil
}

// silent drops what libsignal would print to standard output by itself. Its
// failures reach us as whatsmeow's own errors.
type silent struct{}

func (silent) Debug(_, _ string)   {}
func (silent) Info(_, _ string)    {}
func (silent) Warning(_, _ string) {}
func (silent) Error(_, _ string)   {}
func (silent) Configure(string)    {}

// silenceSignal leaves a logger that somebody else installed in place. It runs
// before the first client exists, because libsignal reads the logger without a
// lock.
func silenceSignal() {
	if logger.Logger == nil {
		var quiet logger.Loggable = silent{}
		logger.Setup(&quiet)
	}
}

// identity is the Noise identity of one server.
type identity struct {
	static *keys.KeyPair
	chain  []byte // marshalled waCert.CertChain
}

func sign(kp *keys.KeyPair, data []byte) []byte {
	sig := ecc.CalculateSignature(ecc.NewDjbECPrivateKey(*kp.Priv), data)
	return sig[:]
}

// newIdentity makes a static key and the chain that certifies it: leaf signed
// by intermediate signed by root (whatsmeow handshake.go, verifyServerCert).
func newIdentity(root *keys.KeyPair) (*identity, error) {
	inter, static := keys.NewKeyPair(), keys.NewKeyPair()
	middle, err := certify(inter.Pub, 1, whatsmeow.WACertIssuerSerial, root)
	if err != nil {
		return nil, err
	}
	leaf, err := certify(static.Pub, 2, 1, inter)
	if err != nil {
		return nil, err
	}
	chain, err := proto.Marshal(&waCert.CertChain{Leaf: leaf, Intermediate: middle})
	return &identity{static: static, chain: chain}, err
}

// certify signs one public key, valid from an hour ago for a year of real time.
func certify(pub *[32]byte, serial, issuer uint32, signer *keys.KeyPair) (*waCert.CertChain_NoiseCertificate, error) {
	now := time.Now()
	details, err := proto.Marshal(&waCert.CertChain_NoiseCertificate_Details{
		Serial: proto.Uint32(serial), IssuerSerial: proto.Uint32(issuer), Key: pub[:],
		NotBefore: proto.Uint64(uint64(now.Add(-time.Hour).Unix())),
		NotAfter:  proto.Uint64(uint64(now.AddDate(1, 0, 0).Unix())),
	})
	if err != nil {
		return nil, err
	}
	return &waCert.CertChain_NoiseCertificate{Details: details, Signature: sign(signer, details)}, nil
}
