package whatsapp

import (
	"net"
	"testing"
	"time"
)

// Something that takes the connection and never answers must not hold a dial.
func TestNoAnswerIsAnError(t *testing.T) {
	t.Parallel()
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = silent.Close() }()
	began := time.Now()
	client := impatient(50 * time.Millisecond)
	response, err := client.Get("http://" + silent.Addr().String())
	if err == nil {
		_ = response.Body.Close()
		t.Fatal("an answer")
	}
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("took %s", took)
	}
}
