package whatsapp

import (
	"context"
	"sync"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/store"
)

// versionTimeout bounds the look at WhatsApp's page that names the version.
const versionTimeout = 10 * time.Second

// versionMu guards the client version, which the library keeps in variables of
// the process.
var versionMu sync.Mutex

// adoptVersion makes us the client version that WhatsApp serves today, or the
// last one we know (field guide, section 2). WhatsApp has refused builds that
// were two days old. A stand-in takes any version.
func (c *Client) adoptVersion(ctx context.Context) {
	if c.opt.Network != nil {
		return
	}
	if c.fetchVersion(ctx) {
		return
	}
	value, err := c.opt.Settings.Setting(ctx, SettingVersion)
	if err != nil {
		c.log.Warn().Err(err).Msg("client version not readable")
		return
	}
	if known, err := store.ParseVersion(value); err == nil {
		useVersion(known)
	}
}

// fetchVersion asks WhatsApp for its client version, uses and keeps it. It
// reports whether we have another version now than before. Only while
// disconnected.
func (c *Client) fetchVersion(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, versionTimeout)
	defer cancel()
	network := c.opt.Network
	if network == nil {
		network = impatient(versionTimeout)
	}
	latest, err := whatsmeow.GetLatestVersion(ctx, network)
	if err != nil {
		c.log.Info().Msg("client version not fetched")
		return false
	}
	if err := c.opt.Settings.SetSetting(ctx, SettingVersion, latest.String()); err != nil {
		c.log.Warn().Err(err).Msg("client version not stored")
	}
	return useVersion(*latest)
}

// useVersion never goes back: an older version than the build's own would only
// be refused.
func useVersion(v store.WAVersionContainer) bool {
	versionMu.Lock()
	defer versionMu.Unlock()
	if !store.GetWAVersion().LessThan(v) {
		return false
	}
	store.SetWAVersion(v)
	return true
}

// onOutdated fetches the version that WhatsApp serves today and tries with that;
// if there is nothing newer than what was just refused, only a newer build
// helps. The session stays valid.
func (c *Client) onOutdated() {
	c.backOff("client version refused") // nobody dials while we fetch
	c.work.spawn(func() {
		if !c.fetchVersion(c.ctx) {
			c.board.set(StateOutdated, "no newer version known", time.Time{})
			return
		}
		c.changeLink(func(l *link) { l.until = time.Time{} })
		c.nudge("newer client version")
	})
}
