package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/nicholas-fedor/shoutrrr"

	"bestie/scheduler"
	"bestie/templates"
	"bestie/whatsapp"
)

// alertTimeout bounds one message by a second channel.
const alertTimeout = 10 * time.Second

// errNoChannel is an alarm for a channel that the configuration does not have any more.
var errNoChannel = errors.New("there is no such channel any more")

// channels are the second channels of a configuration: ntfy, Telegram, e-mail, a
// webhook. What goes wrong is told without their addresses, which are secrets.
func channels(addresses []string) scheduler.Channel {
	return func(ctx context.Context, channel int, text string) error {
		if channel < 1 || channel > len(addresses) {
			return errNoChannel
		}
		ctx, cancel := context.WithTimeout(ctx, alertTimeout)
		defer cancel()
		done := make(chan error, 1)
		go func() { done <- post(addresses[channel-1], text) }() // it takes no context
		select {
		case err := <-done:
			return discreet(err)
		case <-ctx.Done():
			return errSilent
		}
	}
}

// post sends one text to one address. The library's own log would hold the address.
func post(address, text string) error {
	router, err := shoutrrr.NewSender(log.New(io.Discard, "", 0), address)
	if err != nil {
		return errAddress
	}
	router.Timeout = alertTimeout
	return errors.Join(router.Send(text, nil)...)
}

// What can be said of a failure: errors of the library quote the address.
var (
	errAddress     = errors.New("the address is not understood")
	errUnreachable = errors.New("it cannot be reached")
	errSilent      = errors.New("it did not answer in time")
	errRefused     = errors.New("it refused the message")
)

func discreet(err error) error {
	if err == nil || errors.Is(err, errAddress) {
		return err
	}
	var network net.Error
	said := err.Error() // some services keep of their cause only its words
	switch {
	case errors.As(err, &network) && network.Timeout(), strings.Contains(said, "Client.Timeout"), strings.Contains(said, "timed out"):
		return errSilent
	case strings.Contains(said, "dial "), strings.Contains(said, "EOF"), strings.Contains(said, "connection reset"):
		return errUnreachable
	}
	return errRefused
}

// service names the kind of a channel for people: "ntfy", "telegram", "smtp".
func service(address string) string {
	scheme, _, _ := strings.Cut(address, "://")
	return scheme
}

// checkAlert tells what is wrong with an address, without repeating it.
func checkAlert(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Scheme == "" {
		return refusal("is no address such as ntfy://ntfy.sh/topic")
	}
	if _, err = shoutrrr.NewSender(log.New(io.Discard, "", 0), address); err != nil {
		return refusal("is no address of a service that is known (" + service(address) + ")")
	}
	return nil
}

const mostAlerts = 5

// alertsKind is the list of second channels. It is a secret: it is neither shown nor
// repeated in a mistake.
func alertsKind() settingKind {
	return settingKind{
		allowed: fmt.Sprintf("1 to %d addresses as shoutrrr writes them, such as ntfy://ntfy.sh/topic", mostAlerts),
		shape:   shapeList,
		set: func(c *Config, v rawValue) []Mistake {
			addresses, mistakes := scalars(v.hidden(), mostAlerts, func(s string) (string, error) { return s, checkAlert(s) })
			if len(mistakes) == 0 {
				c.Alerts = addresses
			}
			return mistakes
		},
		show: func(c *Config) string {
			if len(c.Alerts) == 0 {
				return ""
			}
			return showList(c.Alerts, func(string) string { return "(secret)" })
		},
	}
}

// wireAlarms makes the workers of the second channels. They work in a muted program
// too: that it holds still is one of the things to tell.
func (a *App) wireAlarms() {
	sender := &scheduler.Alarms{Store: a.db, Send: a.opt.Alert, Log: a.log}
	if a.opt.Alert == nil {
		sender.Send = channels(nil)
	}
	a.alarms = a.metro.Add("alarms", sender.Step)
	a.drainAlarms = sender.Step
	if a.opt.Alert == nil || len(a.opt.Config.Alerts) == 0 {
		return
	}
	watch := &scheduler.LinkWatch{Store: a.db, Texts: a.texts, Now: a.linkNow, Alarms: a.alarms}
	a.link = a.metro.Add("link watch", watch.Step)
	a.lookAtLink = watch.Step
}

// linkNow is the connection as the second channels tell it.
func (a *App) linkNow() scheduler.Link {
	s := a.Status().State
	return scheduler.Link{
		State: string(s), Sentence: s.Indonesian(), Hint: linkHint[s], Online: s == whatsapp.StateOnline,
		Person: s.Permanent() || s == whatsapp.StateBanned || s == whatsapp.StateMuted || s == whatsapp.StateUnpaired,
	}
}

// linkHint is what a person has to do, for those who read alarms.
var linkHint = map[whatsapp.State]string{
	whatsapp.StateLoggedOut: "hentikan bot, tautkan ulang dengan bestie pair, lalu jalankan lagi.",
	whatsapp.StateUnpaired:  "tautkan nomor toko dengan bestie pair.",
	whatsapp.StateReplaced:  "cari program lain yang memakai sesi yang sama, hentikan, lalu jalankan bot ini lagi.",
	whatsapp.StateOutdated:  "pasang versi bot yang lebih baru.",
	whatsapp.StateMuted:     "kalau tidak ada salinan lain yang berjalan, ketik bestie confirm dan empat angka terakhir nomor toko.",
}

// lastWords is how long a program that ends for good tries to tell so.
const lastWords = 15 * time.Second

// lastAlarms tells the second channels that the connection ended for good, before the
// program does.
func (a *App) lastAlarms(ctx context.Context) {
	if a.lookAtLink == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, lastWords)
	defer cancel()
	for _, step := range []scheduler.Step{a.lookAtLink, a.drainAlarms} {
		if _, err := step(ctx, a.clock.Now()); err != nil {
			a.log.Error().Err(err).Msg("the second channels could not be told of the end of the connection")
			return
		}
	}
}

// alert tries every second channel and prints a line for each.
func (p *patient) alert(ctx context.Context) {
	texts, err := templates.LoadTexts()
	if err != nil {
		p.red("alerts", "the texts cannot be read", err.Error())
		return
	}
	test, err := texts.Render(templates.AlarmTest{Shop: p.config.Business.Name}, nil)
	if err != nil {
		p.red("alerts", "the test cannot be written", err.Error())
		return
	}
	send := channels(p.config.Alerts)
	for i, address := range p.config.Alerts {
		if err = send(ctx, i+1, test.Text); err != nil {
			p.red("alerts", fmt.Sprintf("channel %d (%s) does not work: %s", i+1, service(address), err), "look at this address under alerts, and at the network")
			continue
		}
		p.ok("alerts", "channel %d (%s) took a test message: look whether it arrived", i+1, service(address))
	}
}

// alerts tells whether there is a second channel.
func (p *patient) alerts() {
	if n := len(p.config.Alerts); n > 0 {
		p.ok("alerts", "%s configured (bestie doctor --alert tries them)", plural(n, "second channel"))
		return
	}
	p.note("alerts", "there is no second channel", "name one under alerts: if WhatsApp goes, so do the pages on it")
}
