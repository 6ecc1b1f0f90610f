package whatsapp

import (
	"encoding/json"
	"slices"
	"strings"

	"bestie/shop"
)

// Group is a WhatsApp group that the number is a member of.
type Group struct {
	Address string `json:"address"` // "120363…@g.us", as the configuration names it
	Name    string `json:"name"`
}

// ParseGroups reads what SettingGroups holds; "" is no list yet.
func ParseGroups(setting string) (list []Group, err error) {
	if setting == "" {
		return nil, nil
	}
	err = json.Unmarshal([]byte(setting), &list)
	return list, err
}

// listGroups keeps the groups of the number where the doctor finds them: nobody sees the
// address of a group in WhatsApp itself. Without an answer the old list stays.
func (c *Client) listGroups() {
	joined, err := c.wa.GetJoinedGroups(c.ctx)
	if err != nil {
		c.log.Debug().Err(err).Msg("groups not listed")
		return
	}
	list := []Group{}
	for _, g := range joined {
		list = append(list, Group{Address: g.JID.User + shop.GroupSuffix, Name: g.Name})
	}
	slices.SortFunc(list, func(a, b Group) int { return strings.Compare(a.Address, b.Address) })
	text, err := json.Marshal(list)
	if err == nil {
		err = c.opt.Settings.SetSetting(c.ctx, SettingGroups, string(text))
	}
	if err != nil && c.ctx.Err() == nil {
		c.log.Warn().Err(err).Msg("groups not stored")
	}
}
