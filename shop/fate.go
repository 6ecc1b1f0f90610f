package shop

// FateOf decides about one person, the caps and the room aside: what speaks most against
// a promo comes first (field guide, section 5, requirement 1).
func FateOf(a Address, consent ConsentState, wrote, complaint bool) Fate {
	switch {
	case !a.Reachable():
		return FateInvalid
	case consent == ConsentOut:
		return FateOptedOut
	case consent != ConsentIn:
		return FateNoConsent
	case !wrote:
		return FateNeverWrote
	case complaint:
		return FateComplaint
	}
	return FateSafe
}

// Reachable tells that a message can be addressed: there is a LID, or a number with the
// digits of an international one (ITU-T E.164: 8 to 15 with the country's).
func (a Address) Reachable() bool {
	if a.LID != "" {
		return true
	}
	for _, r := range a.Phone {
		if r < '0' || r > '9' {
			return false
		}
	}
	return len(a.Phone) >= 8 && len(a.Phone) <= 15
}
