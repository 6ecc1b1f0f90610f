package templates

import "slices"

// unoffered are wishes that are never offered as a choice: who is angry, wants money
// back or no more messages gets a person, and a greeting is no choice. Careful
// templates are not offered either.
var unoffered = map[string]bool{
	intentAngry: true, intentOptOut: true, intentGreeting: true, intentThanks: true, "bicara_admin": true, "refund_saja": true, "retur_refund": true,
}

// How likely a wish must be to be worth a place in a menu, and how likely they must
// be together for one of them to be it.
const (
	leastOffered  = 0.04
	leastTogether = 0.35
)

// menu is what to offer when nothing of a message is sure: the two or three likeliest
// wishes, nil when it is likelier none of them or when a person is better.
func (l *Library) menu(text string, ranked []Ranked) (offer []string) {
	if len(ranked) == 0 || Angry(text) || ranked[0].Intent == unknown {
		return nil
	}
	together := 0.0
	for _, r := range ranked {
		t := l.byIntent[r.Intent]
		switch {
		case t == nil || r.Score < leastOffered:
			continue
		case t.Careful, unoffered[t.Intent], slices.Contains(t.Roles, RoleDropshipper) && len(t.Roles) == 1:
			return nil
		}
		offer = append(offer, r.Intent)
		together += r.Score
	}
	if len(offer) < 2 || together < leastTogether {
		return nil
	}
	return offer
}
