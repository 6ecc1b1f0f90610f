// Package echo is the yardstick of the benchmarks: the least that a bot on the
// WhatsApp library can be. It opens a session that was linked before, with the
// options that make reception lossless (field guide, section 0), and sends every
// text back. It keeps no books, so what it costs is what the library costs.
package echo

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/store/sqlstore"
	"go.mau.fi/whatsmeow/types/events"
	waLog "go.mau.fi/whatsmeow/util/log"
	"google.golang.org/protobuf/proto"
)

// Echo is a connected echo.
type Echo struct {
	cli    *whatsmeow.Client
	db     *sql.DB
	jobs   chan *events.Message
	online chan struct{}
}

// backlog is how many messages may wait for their echo; more stop the reception.
const backlog = 4096

// sendTime bounds one send.
const sendTime = 90 * time.Second

// Start connects the session in the database, which must hold exactly one, over
// network and returns when it is logged in. The database is closed by Close.
func Start(ctx context.Context, db *sql.DB, network *http.Client) (*Echo, error) {
	box := sqlstore.NewWithDB(db, "sqlite", waLog.Noop)
	if err := box.Upgrade(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	device, err := box.GetFirstDevice(ctx)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	e := &Echo{db: db, jobs: make(chan *events.Message, backlog), online: make(chan struct{}, 1)}
	e.cli = whatsmeow.NewClient(device, waLog.Noop)
	e.cli.EnableDecryptedEventBuffer = true
	e.cli.SynchronousAck = true
	e.cli.UseRetryMessageStore = true
	e.cli.SendReportingTokens = true
	e.cli.SetWebsocketHTTPClient(network)
	e.cli.SetPreLoginHTTPClient(network)
	e.cli.SetMediaHTTPClient(network)
	e.cli.AddEventHandlerWithSuccessStatus(e.handle)
	go e.work()
	if err = e.cli.Connect(); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	select {
	case <-e.online:
		return e, nil
	case <-ctx.Done():
		return nil, errors.Join(fmt.Errorf("echo does not get online: %w", ctx.Err()), e.Close())
	}
}

// Close hangs up and closes the database.
func (e *Echo) Close() error {
	e.cli.Disconnect()
	return e.db.Close()
}

func (e *Echo) handle(event any) bool {
	switch event := event.(type) {
	case *events.Message:
		if !event.Info.IsFromMe && event.Message.GetConversation() != "" {
			e.jobs <- event
		}
	case *events.Connected:
		select {
		case e.online <- struct{}{}:
		default:
		}
	}
	return true
}

// work sends the echoes, from one goroutine beside the reception, as a program
// that keeps an outbox does.
func (e *Echo) work() {
	for m := range e.jobs {
		ctx, cancel := context.WithTimeout(context.Background(), sendTime)
		// An echo that fails is missed by whoever waits for it.
		_, _ = e.cli.SendMessage(ctx, m.Info.Chat, &waE2E.Message{Conversation: proto.String(m.Message.GetConversation())})
		cancel()
	}
}
