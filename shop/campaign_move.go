package shop

import (
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"slices"
	"time"
)

// campaignMoves are the arrows of docs/states.md. Approved again is a campaign whose rest
// the planner places anew: after an evening that was too short, and after a pause.
var campaignMoves = map[CampaignState][]CampaignState{
	CampaignDraft:     {CampaignApproved, CampaignCancelled},
	CampaignApproved:  {CampaignScheduled, CampaignPaused, CampaignCancelled, CampaignMissed, CampaignFinished},
	CampaignScheduled: {CampaignApproved, CampaignRunning, CampaignPaused, CampaignCancelled, CampaignMissed, CampaignFinished},
	CampaignRunning:   {CampaignApproved, CampaignPaused, CampaignCancelled, CampaignMissed, CampaignFinished},
	CampaignPaused:    {CampaignApproved, CampaignCancelled, CampaignMissed, CampaignFinished},
}

// MayBecome tells that a campaign may move from one state to another.
func (s CampaignState) MayBecome(to CampaignState) bool {
	return slices.Contains(campaignMoves[s], to)
}

// Over tells that nothing of the campaign will be sent any more.
func (s CampaignState) Over() bool {
	return s == CampaignFinished || s == CampaignCancelled || s == CampaignMissed
}

// Live tells that it was approved and is not over.
func (s CampaignState) Live() bool { return s != CampaignDraft && !s.Over() }

// A code stands for the word of the person who approves: it reaches them in their own
// chat, so that nobody approves over their shoulder or by a quoted message.
const (
	CodeLife  = 10 * time.Minute
	CodeTries = 5
)

// CampaignCode is the code that somebody was sent to approve a campaign. The code itself
// is not kept.
type CampaignCode struct {
	Hash      []byte
	ExpiresAt time.Time
	Tries     int // wrong ones
}

// CodeHash is what is kept of a code.
func CodeHash(campaign, person int64, code string) []byte {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d/%d/%s", campaign, person, code))
	return sum[:]
}

// Valid tells that a code may still be answered.
func (c *CampaignCode) Valid(now time.Time) bool {
	return c != nil && c.Tries < CodeTries && now.Before(c.ExpiresAt)
}

// Matches tells that a code is the one that was sent.
func (c *CampaignCode) Matches(campaign, person int64, code string) bool {
	return subtle.ConstantTimeCompare(c.Hash, CodeHash(campaign, person, code)) == 1
}

// CampaignsShown is how many an admin sees in a list.
const CampaignsShown = 10
