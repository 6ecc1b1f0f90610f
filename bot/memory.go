package bot

import (
	"maps"
	"slices"

	"bestie/shop"
	"bestie/templates"
)

// factName is the variable of the customer's name, in forms and in texts.
const factName = "nama"

// mem is what will be remembered of the conversation.
func (c *turn) mem() *shop.Memory { return &c.out.Conversation.Memory }

// learn keeps what a message gives away by its form: a name, an order number, that
// a picture came. It decides nothing.
func (c *turn) learn() (bool, error) {
	m := c.mem()
	m.Note(templates.VarOrder, templates.OrderNumber(c.text), c.Now)
	if m.Order == nil && !labelled(c.text) { // else it is the name of who gets the parcel
		m.Note(factName, templates.Given(templates.FieldName, c.text, false, nil), c.Now)
	}
	if c.has(shop.KindImage) || c.has(shop.KindVideo) {
		m.PhotoAt = c.Now
	}
	return false, nil
}

// shipping are the wishes at which a named place is where a parcel goes to.
var shipping = []string{"ongkir", "estimasi_kirim", "cod"}

// keepCity remembers the city that was named at a shipping question, also as a tag
// of the person: who lives where is worth knowing (domain facts, section 7).
func (c *turn) keepCity(m templates.Match) {
	if !slices.ContainsFunc(m.Parts, func(p templates.Part) bool { return slices.Contains(shipping, p.Intent) }) {
		return
	}
	c.liveIn(templates.ShippingVars(c.about, c.bot.Policy.CityRates)[templates.VarCity])
}

func (c *turn) liveIn(city string) {
	if city == "" {
		return
	}
	if c.mem().Known(templates.VarCity) != city {
		c.out.Tags = append(c.out.Tags, shop.TagCity+city)
	}
	c.mem().Note(templates.VarCity, city, c.Now)
}

// vars are the facts a template may use: what the message says, what was said
// before, and what only the owner knows.
func (c *turn) vars() templates.Vars {
	m := c.mem()
	v, topic := templates.ProductVars(c.about, c.Products, m.Topic, c.Dropshipper != nil)
	if topic != (shop.Topic{}) {
		m.Topic, m.TopicAt = topic, c.Now
	}
	place := templates.ShippingVars(c.about, c.bot.Policy.CityRates)
	if len(place) == 0 {
		place = templates.ShippingVars(m.Known(templates.VarCity), c.bot.Policy.CityRates)
	}
	maps.Copy(v, place)
	if d := c.Dropshipper; d != nil {
		v[templates.VarShop], v[templates.VarLimit] = d.Shop, d.Limit.String()
		v[templates.VarLimitLeft], v[templates.VarLimitUsed] = max(d.Free(), 0).String(), d.Used.String()
	}
	v[templates.VarKak] = templates.Kak(c.name())
	v[templates.VarGreeting] = templates.Greeting(c.text)
	v[templates.VarOrder] = templates.OrderNumber(c.about)
	if m.Form != nil {
		remember(v, m.Form.Given)
	}
	remember(v, map[string]string{templates.VarCity: m.Known(templates.VarCity), templates.VarOrder: m.Known(templates.VarOrder), factName: m.Known(factName)})
	maps.Copy(v, c.bot.Policy.Facts)
	return v
}

// remember fills what the message itself does not say.
func remember(v templates.Vars, known map[string]string) {
	for name, value := range known {
		if v[name] == "" {
			v[name] = value
		}
	}
}
