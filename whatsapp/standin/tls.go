package standin

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"time"
)

// authority is a self-signed certificate for WhatsApp's host names.
type authority struct {
	cert tls.Certificate
	pem  []byte
	pool *x509.CertPool
}

func newAuthority() (a authority, err error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return a, err
	}
	now := time.Now()
	tmpl := &x509.Certificate{
		SerialNumber: big.NewInt(now.UnixNano()), Subject: pkix.Name{CommonName: "stand-in"},
		NotBefore: now.Add(-time.Hour), NotAfter: now.AddDate(1, 0, 0),
		DNSNames:    []string{"web.whatsapp.com", "*.whatsapp.net", "localhost"},
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
		IsCA:        true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, tmpl, tmpl, &key.PublicKey, key)
	if err != nil {
		return a, err
	}
	a.cert = tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
	a.pem = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	a.pool = x509.NewCertPool()
	a.pool.AppendCertsFromPEM(a.pem)
	return a, nil
}

// CAPEM is the TLS certificate authority, for RemoteHTTPClient in another
// process.
func (s *Server) CAPEM() []byte { return s.ca.pem }

// HTTPClient returns a client whose every connection, whatever the address it
// asks for, ends at this server. Make one for each WhatsApp client and keep it
// across that client's restarts: Refuse cuts the network of the whole
// HTTPClient a device logged in with. Its connections end with Close.
func (s *Server) HTTPClient() *http.Client {
	g := &gate{}
	addr := s.Addr()
	return clientTo(s.ca.pool, func(ctx context.Context) (net.Conn, error) {
		return s.wire.dial(ctx, g, addr)
	})
}

// RemoteHTTPClient is HTTPClient for a stand-in of another process, given its
// Addr and CAPEM. That process's Root must be passed to TrustRoot too. Bytes in
// flight on such connections are not known to Busy.
func RemoteHTTPClient(addr string, caPEM []byte) (*http.Client, error) {
	if err := onlyLoopback(addr); err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(caPEM) {
		return nil, errors.New("stand-in: no certificate in the given PEM")
	}
	return clientTo(pool, func(ctx context.Context) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "tcp", addr)
	}), nil
}

func clientTo(pool *x509.CertPool, dial func(context.Context) (net.Conn, error)) *http.Client {
	return &http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, addr string) (net.Conn, error) {
			c, err := dial(ctx)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", addr, err)
			}
			return c, nil
		},
		TLSClientConfig: &tls.Config{RootCAs: pool},
	}}
}
