package templates

import (
	"cmp"
	"maps"
	"slices"
)

// Unknown is the label of messages that no template may answer: chit-chat, spam,
// other trades, fragments that only the talk before explains.
const Unknown = unknown

// Paper is one labelled message and what became of it.
type Paper struct {
	Want   []string // the labelled intents in order; Unknown alone: no template may answer
	Got    []string // the intents that were answered, in order; empty: a menu, a holding reply or silence
	Ranked []string // the likeliest intents, best first, without threshold
	Menu   []string // the intents offered as numbered choices
}

// Confusion counts messages of one intent that were answered as another. Got is
// Unknown when no template answered.
type Confusion struct {
	Want  string `json:"want"`
	Got   string `json:"got"`
	Times int    `json:"times"`
}

// Exam adds up what became of labelled messages of one intent each.
type Exam struct {
	n, known, top1, top3        int
	right, answered, wrong      int
	menus, menusRight, rejected int
	wanted, given, rightOf      map[string]int
	confused                    map[Confusion]int
}

// Marks is the result of an Exam; shares are from 0 to 1, 0 when there was
// nothing to count.
type Marks struct {
	N             int     `json:"n"`
	Top1          float64 `json:"top1"`            // right intent ranked first, of the known messages
	Top3          float64 `json:"top3"`            // right intent among the first three, of the known messages
	Accuracy      float64 `json:"accuracy"`        // answered by the right template and by no other, or rightly by none, of all
	MacroF1       float64 `json:"macro_f1"`        // mean F1 over all intents that occur, Unknown among them
	AnsweredRate  float64 `json:"answered_rate"`   // known messages answered by their own template
	WrongRate     float64 `json:"wrong_rate"`      // answered with another intent's template, of all
	MenuRightRate float64 `json:"menu_right_rate"` // menus that hold the right intent, of the menus offered for known messages
	UnknownRecall float64 `json:"unknown_recall"`  // unknown messages answered by no template
}

// Add counts one message. Only the first label is looked at.
func (e *Exam) Add(p Paper) {
	if e.wanted == nil {
		e.wanted, e.given, e.rightOf, e.confused = map[string]int{}, map[string]int{}, map[string]int{}, map[Confusion]int{}
	}
	want, got := p.Want[0], unknown
	others := slices.DeleteFunc(slices.Clone(p.Got), func(g string) bool { return g == want })
	switch {
	case len(others) > 0:
		got = others[0]
		e.wrong++
	case len(p.Got) > 0:
		got = want
	}
	e.n++
	e.wanted[want]++
	e.given[got]++
	if got == want {
		e.right++
		e.rightOf[want]++
	} else {
		e.confused[Confusion{Want: want, Got: got}]++
	}
	if want == unknown {
		if len(p.Got) == 0 {
			e.rejected++
		}
		return
	}
	e.addKnown(want, p)
}

func (e *Exam) addKnown(want string, p Paper) {
	e.known++
	switch at := slices.Index(p.Ranked, want); {
	case at == 0:
		e.top1++
		e.top3++
	case at > 0 && at < 3:
		e.top3++
	}
	if slices.Contains(p.Got, want) {
		e.answered++
	}
	if len(p.Menu) > 0 {
		e.menus++
		if slices.Contains(p.Menu, want) {
			e.menusRight++
		}
	}
}

// Marks sums up.
func (e *Exam) Marks() Marks {
	return Marks{
		N: e.n, Top1: share(e.top1, e.known), Top3: share(e.top3, e.known),
		Accuracy: share(e.right, e.n), MacroF1: e.macroF1(),
		AnsweredRate: share(e.answered, e.known), WrongRate: share(e.wrong, e.n),
		MenuRightRate: share(e.menusRight, e.menus), UnknownRecall: share(e.rejected, e.n-e.known),
	}
}

// macroF1 is the mean over every intent that was wanted: one that only occurs
// as a wrong answer is already counted against the intent that it was taken for.
func (e *Exam) macroF1() float64 {
	sum := 0.0
	for intent, wanted := range e.wanted {
		sum += 2 * share(e.rightOf[intent], wanted+e.given[intent])
	}
	return sum / max(1, float64(len(e.wanted)))
}

// Confusions lists the mistakes, the most frequent first.
func (e *Exam) Confusions() []Confusion {
	out := slices.Collect(maps.Keys(e.confused))
	for i := range out {
		out[i].Times = e.confused[out[i]]
	}
	slices.SortFunc(out, func(a, b Confusion) int {
		return cmp.Or(b.Times-a.Times, cmp.Compare(a.Want, b.Want), cmp.Compare(a.Got, b.Got))
	})
	return out
}

// MultiMarks is the result of messages with several questions.
type MultiMarks struct {
	N                  int     `json:"n"`
	Exact              float64 `json:"exact"`                 // all the labelled intents and no other, in their order
	SomeRightNoneWrong float64 `json:"some_right_none_wrong"` // at least one of them and no other
}

// MarkMulti sums up messages with several questions.
func MarkMulti(papers []Paper) MultiMarks {
	exact, some := 0, 0
	for _, p := range papers {
		if slices.Equal(p.Got, p.Want) {
			exact++
		}
		foreign := func(g string) bool { return !slices.Contains(p.Want, g) }
		if len(p.Got) > 0 && !slices.ContainsFunc(p.Got, foreign) {
			some++
		}
	}
	return MultiMarks{len(papers), share(exact, len(papers)), share(some, len(papers))}
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}
