package templates

// Unsure offers what a message may have meant as numbered choices; 0 is always a
// person.
type Unsure struct {
	Name   string
	Titles []string
}

// Choose offers what the shop can do next as numbered choices.
type Choose struct {
	Name   string
	Titles []string
}

// Noted acknowledges what was given to a form; the next question follows.
type Noted struct{ Name string }

// Skipped takes it kindly that somebody cannot give what was asked for; the next
// question follows.
type Skipped struct{ Name string }

// Missed says that an answer was not what was asked for; the question follows again.
type Missed struct{ Name string }

// Partly ends a form of which something is missing: a person goes on with the rest.
type Partly struct{ Name string }

func (Unsure) text() string  { return "unsure" }
func (Choose) text() string  { return "choose" }
func (Noted) text() string   { return "noted" }
func (Skipped) text() string { return "skipped" }
func (Missed) text() string  { return "missed" }
func (Partly) text() string  { return "partly" }

func talkSamples() []Text {
	titles := []string{"Cek ongkir", "Tanya harga", "Cek pesanan saya"}
	return []Text{
		Unsure{"Rina", titles},
		Unsure{"", titles[:2]},
		Choose{"Rina", titles},
		Choose{"", titles[:2]},
		Noted{"Rina"},
		Noted{},
		Skipped{"Rina"},
		Skipped{},
		Missed{"Rina"},
		Missed{},
		Partly{"Rina"},
		Partly{},
	}
}
