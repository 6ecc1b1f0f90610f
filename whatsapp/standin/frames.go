package standin

import (
	"context"
	"fmt"

	"github.com/coder/websocket"
	"google.golang.org/protobuf/proto"

	"go.mau.fi/whatsmeow/socket"
)

// frameReader cuts the websocket's byte stream into length-prefixed frames.
// Several frames may share one websocket message, and the reverse.
type frameReader struct {
	ws  *websocket.Conn
	buf []byte
}

func (fr *frameReader) take(ctx context.Context, n int) ([]byte, error) {
	for len(fr.buf) < n {
		_, data, err := fr.ws.Read(ctx)
		if err != nil {
			return nil, err
		}
		fr.buf = append(fr.buf, data...)
	}
	out := fr.buf[:n:n]
	fr.buf = fr.buf[n:]
	return out, nil
}

// next reads one frame: a 3-byte length and that many bytes.
func (fr *frameReader) next(ctx context.Context) ([]byte, error) {
	h, err := fr.take(ctx, socket.FrameLengthSize)
	if err != nil {
		return nil, err
	}
	return fr.take(ctx, int(h[0])<<16|int(h[1])<<8|int(h[2]))
}

// prologue reads the four bytes "WA", version, dictionary. Some clients put
// edge-routing data ("ED", version, length) before it.
func (fr *frameReader) prologue(ctx context.Context) ([]byte, error) {
	header, err := fr.take(ctx, 4)
	if err != nil {
		return nil, err
	}
	if header[0] == 'E' && header[1] == 'D' {
		if _, err := fr.next(ctx); err != nil {
			return nil, err
		}
		if header, err = fr.take(ctx, 4); err != nil {
			return nil, err
		}
	}
	if header[0] != 'W' || header[1] != 'A' {
		return nil, fmt.Errorf("not a WhatsApp prologue: %x", header)
	}
	return header, nil
}

// message reads one frame of the handshake, which is not encrypted yet.
func (fr *frameReader) message(ctx context.Context, into proto.Message) error {
	frame, err := fr.next(ctx)
	if err != nil {
		return err
	}
	proto.Reset(into)
	return proto.Unmarshal(frame, into)
}

func (fr *frameReader) write(ctx context.Context, data []byte) error {
	return fr.ws.Write(ctx, websocket.MessageBinary, appendFrame(nil, data))
}

func appendFrame(dst, data []byte) []byte {
	dst = append(dst, byte(len(data)>>16), byte(len(data)>>8), byte(len(data)))
	return append(dst, data...)
}
