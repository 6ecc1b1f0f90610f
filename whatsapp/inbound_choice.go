package whatsapp

import (
	"fmt"
	"math"
	"strings"

	"go.mau.fi/whatsmeow/proto/waE2E"

	"bestie/shop"
)

// readChoice reads a pressed button or a chosen row. Text is what the person saw
// on it, Detail the hidden ID.
func readChoice(m *waE2E.Message, in *shop.Incoming) bool {
	switch {
	case m.ButtonsResponseMessage != nil:
		r := m.GetButtonsResponseMessage()
		in.Text, in.Detail = r.GetSelectedDisplayText(), r.GetSelectedButtonID()
	case m.ListResponseMessage != nil:
		r := m.GetListResponseMessage()
		in.Text, in.Detail = r.GetTitle(), r.GetSingleSelectReply().GetSelectedRowID()
	case m.TemplateButtonReplyMessage != nil:
		r := m.GetTemplateButtonReplyMessage()
		in.Text, in.Detail = r.GetSelectedDisplayText(), r.GetSelectedID()
	case m.InteractiveResponseMessage != nil:
		r := m.GetInteractiveResponseMessage()
		in.Text, in.Detail = r.GetBody().GetText(), r.GetNativeFlowResponseMessage().GetParamsJSON()
	default:
		return false
	}
	in.Kind = shop.KindButton
	return true
}

// readPlace reads locations ("latitude,longitude" in Detail) and contact cards
// (vCards in Detail).
func readPlace(m *waE2E.Message, in *shop.Incoming) bool {
	switch {
	case m.LocationMessage != nil:
		l := m.GetLocationMessage()
		in.Kind, in.Text = shop.KindLocation, lines(l.GetName(), l.GetAddress(), l.GetComment())
		in.Detail = coordinates(l.GetDegreesLatitude(), l.GetDegreesLongitude())
	case m.LiveLocationMessage != nil:
		l := m.GetLiveLocationMessage()
		in.Kind, in.Text = shop.KindLocation, l.GetCaption()
		in.Detail = coordinates(l.GetDegreesLatitude(), l.GetDegreesLongitude())
	case m.ContactMessage != nil:
		in.Kind = shop.KindContact
		in.Text, in.Detail = m.GetContactMessage().GetDisplayName(), m.GetContactMessage().GetVcard()
	case m.ContactsArrayMessage != nil:
		a := m.GetContactsArrayMessage()
		var names, cards []string
		for _, contact := range a.GetContacts() {
			names, cards = append(names, contact.GetDisplayName()), append(cards, contact.GetVcard())
		}
		in.Kind, in.Text, in.Detail = shop.KindContact, lines(names...), lines(cards...)
	default:
		return false
	}
	return true
}

// coordinates is "" for a place that is not on Earth, NaN included.
func coordinates(latitude, longitude float64) string {
	if !(math.Abs(latitude) <= 90 && math.Abs(longitude) <= 180) {
		return ""
	}
	return fmt.Sprintf("%.6f,%.6f", latitude, longitude)
}

// readTrade reads what comes from the WhatsApp catalogue. Prices in it are not
// taken over: they always come from our own price list. Raw keeps the cart's
// token, with which its lines can be fetched.
func readTrade(m *waE2E.Message, in *shop.Incoming) bool {
	switch {
	case m.OrderMessage != nil:
		o := m.GetOrderMessage()
		in.Kind, in.Text, in.Detail = shop.KindCart, lines(o.GetOrderTitle(), o.GetMessage()), o.GetOrderID()
	case m.ProductMessage != nil:
		p := m.GetProductMessage()
		in.Kind, in.Text, in.Detail = shop.KindProduct, lines(p.GetProduct().GetTitle(), p.GetBody()), p.GetProduct().GetProductID()
	default:
		return false
	}
	in.Raw = raw(m)
	return true
}

// voteUnreadable is the Detail of a vote whose poll we do not know any more.
const voteUnreadable = "unreadable"

// readPoll reads polls (Text the question, Detail one option on each line) and
// votes (Detail the SHA-256 of each chosen option in hex, with commas; "" when
// the vote was taken back).
func readPoll(m *waE2E.Message, in *shop.Incoming) bool {
	if vote := m.GetPollUpdateMessage(); vote != nil {
		in.Kind, in.TargetID, in.Detail = shop.KindPollVote, vote.GetPollCreationMessageKey().GetID(), voteUnreadable
		if hashes, ok := voteHashes(vote); ok {
			in.Detail = strings.Join(hashes, ",")
		}
		return true
	}
	for _, poll := range []*waE2E.PollCreationMessage{
		m.GetPollCreationMessage(), m.GetPollCreationMessageV2(), m.GetPollCreationMessageV3(),
		m.GetPollCreationMessageV5(), m.GetPollCreationMessageV6(),
	} {
		if poll == nil {
			continue
		}
		var options []string
		for _, option := range poll.GetOptions() {
			options = append(options, option.GetOptionName())
		}
		in.Kind, in.Text, in.Detail = shop.KindPoll, poll.GetName(), lines(options...)
		return true
	}
	return false
}

// readCall reads the trace that a call leaves in the chat.
func readCall(m *waE2E.Message, in *shop.Incoming) bool {
	if m.CallLogMesssage == nil && m.Call == nil && m.BcallMessage == nil {
		return false
	}
	in.Kind = shop.KindCall
	return true
}
