package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jonboulle/clockwork"
	"github.com/rs/zerolog"

	"bestie/bot"
	"bestie/scheduler"
	"bestie/store"
	"bestie/templates"
	"bestie/whatsapp"
)

// AppOptions are what differs between a real run, a rehearsal and the demo; the
// wiring is the same.
type AppOptions struct {
	Config  *Config
	Dir     string          // data folder
	Clock   clockwork.Clock // wall clock or script clock
	Network *http.Client    // nil: the real WhatsApp
	Seed    uint64          // of every random choice
	Log     zerolog.Logger
	LinkAge time.Duration // age the link pretends to have; 0: its real age
	Stage   bool          // the shop phone is played: nobody is warned that it stays away
	Passkey whatsapp.Passkey
	Timing  whatsapp.Timing          // of network life; zero values are those of production
	OnTurn  func(received time.Time) // told of every turn that was committed; nil: nobody
	Alert   scheduler.Channel        // the second channels of Config.Alerts; nil: none, as on a stage
}

// App is the whole program: what `bestie run` runs.
type App struct {
	opt      AppOptions
	log      zerolog.Logger
	clock    clockwork.Clock
	db       *store.DB
	wa       *whatsapp.Client
	texts    *templates.Texts
	metro    *scheduler.Metronome
	inbox    *scheduler.Worker
	outbox   *scheduler.Worker
	pager    *scheduler.Worker
	promos   *scheduler.Worker
	proofs   *scheduler.Worker
	pictures *scheduler.Worker // of promos
	hands    *scheduler.Worker // orders to the warehouse
	alarms   *scheduler.Worker
	outages  *scheduler.OutageWatch
	away     *scheduler.Worker // the steps of outages
	link     *scheduler.Worker // nil without a second channel
	// The steps of the two, for the end; lookAtLink is nil without a second channel.
	lookAtLink, drainAlarms scheduler.Step
	library                 *keeper
	watch                   *watch      // of the owner's templates; nil without any
	muted                   atomic.Bool // the data folder is a copy nobody has vouched for
	closed                  sync.Once
}

// NewApp opens both databases and wires the parts. Nothing moves before Start.
func NewApp(ctx context.Context, opt AppOptions) (*App, error) {
	texts, err := templates.LoadTexts()
	if err != nil {
		return nil, fmt.Errorf("texts: %w", err)
	}
	db, err := store.Open(ctx, opt.Dir, opt.Log)
	if err != nil {
		return nil, err
	}
	db.SetSLA(opt.Config.SLA)
	db.SetPlan(opt.Config.plan())
	if opt.Alert != nil {
		db.SetChannels(len(opt.Config.Alerts))
	}
	if opt.Config.guards().Off() {
		db.SetRecent(0)
	}
	a := &App{opt: opt, log: opt.Log, clock: opt.Clock, db: db, texts: texts, outages: &scheduler.OutageWatch{Store: db}}
	if !opt.Stage {
		a.outages.Asleep = 4 * scheduler.Beat
	}
	if err = a.openLibrary(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if a.metro, err = scheduler.NewMetronome(opt.Clock, opt.Log, a.beat); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	a.wa, err = whatsapp.Open(ctx, whatsapp.Options{
		Dir: opt.Dir, Number: opt.Config.Business.Number, Product: "Bestie", Log: opt.Log,
		Inbox: mailroom{a}, Settings: db, OnState: a.stateChanged, Now: opt.Clock.Now, Network: opt.Network,
		MaxMedia: opt.Config.Media.Max, Passkey: opt.Passkey, Timing: opt.Timing, Groups: opt.Config.groups(),
	})
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	a.wire()
	return a, nil
}

// wire makes the workers. A worker that writes rows for another one wakes it.
func (a *App) wire() {
	c := a.opt.Config
	door := sender{a.wa}
	out := &scheduler.Outbox{
		Store: a.db, Sender: door, Texts: a.texts, Clock: a.clock, Rand: dice(a.opt.Seed, 1), Log: a.log,
		Policy: scheduler.Policy{
			Guards: c.guards(), Promo: c.Promo, RetryUnknown: c.Send.RetryUnknownWithin, Stale: c.Reply.ApologyUntil, LinkAge: a.linkAge, Typing: c.Reply.TypingMax > 0,
		},
	}
	a.outbox = a.worker("outbox", out.Step)
	a.away = a.worker("outages", a.outages.Step)
	a.wireAlarms()
	pager := &scheduler.Pager{Store: a.db, Sender: door, Texts: a.texts, Rand: dice(a.opt.Seed, 4), Outbox: a.outbox, Alarms: a.alarms}
	a.pager = a.worker("pager", pager.Step)
	clerk := &scheduler.Desk{Store: a.db, Texts: a.texts, NewID: door.NewMessageID, Outbox: a.outbox}
	a.worker("desk", clerk.Step) // a promise lasts longer than a tick: nobody need wake it
	promos := &scheduler.Broadcaster{
		Store: a.db, Sender: door, Promo: c.Promo, LinkAge: a.linkAge, Texts: a.texts, Rand: dice(a.opt.Seed, 2), Log: a.log, Outbox: a.outbox,
		Draw: a.keepPromoPicture,
	}
	a.promos = a.worker("promos", promos.Step)
	out.Promos = a.promos
	if !a.opt.Stage {
		watch := &scheduler.PhoneWatch{Store: a.db, Texts: a.texts, NewID: door.NewMessageID, Key: whatsapp.SettingPhoneLastSeen, Outbox: a.outbox}
		a.worker("phone watch", watch.Step)
	}
	books := &scheduler.Bookkeeper{
		Store: a.db, Texts: a.texts, NewID: door.NewMessageID, Outbox: a.outbox, Alarms: a.alarms, Log: a.log,
		Policy: scheduler.BooksPolicy{Digest: c.Dropship.Digest, Remind: c.Dropship.Remind, Reminders: c.Dropship.Reminders, Terms: c.Dropship.Terms},
	}
	a.worker("books", books.Step) // a payment waits for a day: nobody need wake it
	hands := &scheduler.Dispatcher{
		Store: a.db, Texts: a.texts, NewID: door.NewMessageID, Outbox: a.outbox,
		Policy: scheduler.DispatchPolicy{Cutoff: c.cutoff(), Remind: c.Warehouse.Remind, Reminders: c.Dropship.Reminders},
	}
	a.hands = a.worker("warehouse", hands.Step)
	clerks := &scheduler.ProofClerk{Store: a.db, Texts: a.texts, Sender: door, Fetch: a.fetchProof, Outbox: a.outbox, Log: a.log}
	a.proofs = a.worker("proofs", clerks.Step)
	pictures := &scheduler.PictureClerk{Store: a.db, Texts: a.texts, Sender: door, Fetch: a.fetchPromoPicture, Outbox: a.outbox, Log: a.log}
	a.pictures = a.worker("promo pictures", pictures.Step)
	eraser := &scheduler.Eraser{Store: a.db, Clean: a.clean, Log: a.log}
	a.worker("erasures", eraser.Step) // an hour is longer than a tick: nobody need wake it
	reports := &scheduler.Reporter{
		Store: a.db, Texts: a.texts, NewID: door.NewMessageID, Draw: a.keepPicture, Outbox: a.outbox, Log: a.log,
		Policy: c.Report.policy(c.plan().Shifts),
	}
	reporter := a.worker("reports", reports.Step)
	answers := &bot.Bot{
		Store: a.db, Log: a.log, Library: a.library.current, Texts: a.texts, Rand: dice(a.opt.Seed, 3), NewID: door.NewMessageID, Policy: c.answerPolicy(),
		Decided: a.decided, Picture: a.library.pictureToSend, ReportAsked: reporter.Wake, ProofSent: a.proofs.Wake, Code: a.code, PromoAsked: func() { a.promos.Wake(); a.pictures.Wake() },
	}
	a.inbox = a.worker("inbox", answers.Step)
	a.watchLibrary()
}

// decided is told of turns that were committed: what they wrote may leave.
func (a *App) decided(received []time.Time) {
	a.outbox.Wake()
	a.pager.Wake()
	a.hands.Wake()
	if a.opt.OnTurn != nil {
		for _, at := range received {
			a.opt.OnTurn(at)
		}
	}
}

// Start settles what a crash left behind, puts the admins in the books and
// connects. The number must be paired. In a copied data folder it stays muted
// instead, until somebody vouches for the folder.
func (a *App) Start(ctx context.Context) error {
	now := a.clock.Now()
	if err := a.lookAround(ctx, now); err != nil {
		return err
	}
	if err := a.db.Recover(ctx, now); err != nil {
		return fmt.Errorf("settling unfinished sends: %w", err)
	}
	if err := a.books(ctx, now); err != nil {
		return err
	}
	if err := a.watchOutages(ctx, now); err != nil {
		return err
	}
	if err := a.db.SetInstant(ctx, store.SettingStartedAt, now); err != nil {
		return err
	}
	if err := a.beat(ctx, now); err != nil {
		return err
	}
	if err := a.metro.Start(ctx); err != nil || a.muted.Load() {
		return err
	}
	return a.wa.Connect(ctx)
}

// beat notes that the program is alive and how its connection is.
func (a *App) beat(ctx context.Context, now time.Time) error {
	if err := a.unmute(ctx); err != nil {
		return err
	}
	if err := a.noticeSetBack(ctx, now); err != nil {
		return err
	}
	if err := a.db.SetSetting(ctx, store.SettingState, string(a.Status().State)); err != nil {
		return err
	}
	return a.db.Beat(ctx, now)
}

// setBack is how far the clock must go back to count as corrected.
const setBack = time.Minute

// noticeSetBack finds that the machine's clock was ahead and has been corrected.
func (a *App) noticeSetBack(ctx context.Context, now time.Time) error {
	last, err := a.db.LastBeat(ctx)
	ahead := last.Sub(now)
	if err != nil || ahead < setBack {
		return err
	}
	a.log.Warn().Dur("by", ahead).Msg("the clock went back; what it had put off is brought forward")
	return a.db.SetBack(ctx, now, ahead)
}

// books brings admins and products from the configuration into the database.
func (a *App) books(ctx context.Context, now time.Time) error {
	if admins := a.opt.Config.Admins; len(admins) > 0 || !a.opt.Stage {
		if err := a.db.SetRoster(ctx, now, a.opt.Config.people()); err != nil {
			return fmt.Errorf("admins: %w", err)
		}
	}
	if err := a.db.SetDivisions(ctx, now, a.opt.Config.divisions()); err != nil {
		return fmt.Errorf("divisions: %w", err)
	}
	if a.opt.Config.ProductsFile == "" {
		return nil
	}
	products, err := loadProducts(a.opt.Config.ProductsFile)
	if err != nil {
		return err
	}
	return a.db.SetProducts(ctx, products)
}

// Run starts and works until ctx ends or the connection ends for good.
func (a *App) Run(ctx context.Context) error {
	if err := a.Start(ctx); err != nil {
		return err
	}
	return a.Wait(ctx)
}

// Wait returns when ctx ends, or with the problem when the connection ends for
// good.
func (a *App) Wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return nil
	case <-a.wa.Ended():
		if err := a.beat(ctx, a.clock.Now()); err != nil { // health and doctor must not believe the state before
			a.log.Error().Err(err).Msg("the end of the connection could not be noted")
		}
		a.lastAlarms(ctx)
		a.linger(ctx)
		if p := a.wa.Status().Problem(); p != nil {
			return p
		}
		return nil
	}
}

// replacedWait keeps two copies on one session from throwing each other out in
// a tight loop of restarts (field guide, section 8).
const replacedWait = time.Minute

func (a *App) linger(ctx context.Context) {
	if a.wa.Status().State != whatsapp.StateReplaced {
		return
	}
	select {
	case <-ctx.Done():
	case <-a.clock.After(replacedWait):
	}
}

// stateChanged is told of every change of the connection. It runs inside the
// adapter and only wakes.
func (a *App) stateChanged(s whatsapp.Status) {
	a.log.Info().Str("state", string(s.State)).Str("detail", s.Detail).Msg(s.State.English())
	if a.outbox == nil {
		return // still opening
	}
	a.linkChanged(s)
	a.outbox.Wake()
	a.pager.Wake()
	a.promos.Wake()
	a.proofs.Wake()
	a.pictures.Wake()
	if a.link != nil {
		a.link.Wake()
	}
}

// linkAge is how long ago the number was linked; a link of unknown age is new.
func (a *App) linkAge(now time.Time) time.Duration {
	if a.opt.LinkAge > 0 {
		return a.opt.LinkAge
	}
	since, err := a.db.Instant(context.Background(), whatsapp.SettingLinkedAt)
	if err != nil || since.IsZero() {
		return 0
	}
	return now.Sub(since)
}

// dice makes the random choices of one worker, repeatable by seed: if workers
// shared them, who came first would decide. A worker runs one step at a time.
func dice(seed, worker uint64) func(n int) int {
	return rand.New(rand.NewPCG(seed, worker)).IntN
}
