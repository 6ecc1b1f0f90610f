package whatsapp

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"go.mau.fi/whatsmeow/types"
	"go.mau.fi/whatsmeow/types/events"

	"bestie/shop"
)

// passkeyTime is how long WhatsApp waits for an assertion.
const passkeyTime = 5 * time.Minute

// answerPasskey asks a person for the assertion that WhatsApp wants before it
// links. A page of ours cannot make it, because the relying party is
// whatsapp.com (field guide, section 2, passkey).
func (c *Client) answerPasskey(ctx context.Context, e *events.PairPasskeyRequest) error {
	if c.opt.Passkey.Answer == nil {
		return &shop.Error{
			Code:     "passkey_required",
			Sentence: "WhatsApp asks for a passkey before it links this number.",
			Hint:     "Pair in a terminal, where the request is shown and the answer can be pasted.",
		}
	}
	request, err := json.Marshal(e.PublicKey)
	if err != nil {
		return fmt.Errorf("passkey request: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, passkeyTime)
	defer cancel()
	pasted, err := c.opt.Passkey.Answer(ctx, request)
	if err != nil {
		return fmt.Errorf("passkey: %w", err)
	}
	answer, err := parseAssertion(pasted)
	if err != nil {
		return err
	}
	if err := c.wa.SendPasskeyResponse(ctx, answer); err != nil {
		return fmt.Errorf("passkey: %w", err)
	}
	return nil
}

// parseAssertion reads what a person pasted. It names what is missing, as a
// part of it is easily lost on the clipboard.
func parseAssertion(pasted []byte) (*types.WebAuthnResponse, error) {
	var answer types.WebAuthnResponse
	if err := json.Unmarshal(pasted, &answer); err != nil {
		return nil, &shop.Error{
			Code: "passkey_answer", Sentence: "The pasted passkey answer is no valid JSON.", Hint: "Paste all of it, from { to }.", Cause: err,
		}
	}
	for _, part := range []struct {
		name    string
		missing bool
	}{
		{"rawId", len(answer.RawID) == 0},
		{"response.clientDataJSON", len(answer.Response.ClientDataJSON) == 0},
		{"response.authenticatorData", len(answer.Response.AuthenticatorData) == 0},
		{"response.signature", len(answer.Response.Signature) == 0},
	} {
		if part.missing {
			return nil, &shop.Error{
				Code: "passkey_answer", Sentence: "The pasted passkey answer has no " + part.name + ".", Hint: "Paste all of it, from { to }.",
			}
		}
	}
	return &answer, nil
}

// confirmPasskey has a person compare the code with the phone's, unless WhatsApp
// vouches for the hand-over itself.
func (c *Client) confirmPasskey(ctx context.Context, e *events.PairPasskeyConfirmation) error {
	if !e.SkipHandoffUX {
		if c.opt.Passkey.Same == nil {
			return &shop.Error{
				Code: "passkey_required", Sentence: "WhatsApp wants a code to be compared with the phone.", Hint: "Pair in a terminal.",
			}
		}
		same, err := c.opt.Passkey.Same(ctx, e.Code)
		if err != nil {
			return fmt.Errorf("passkey: %w", err)
		}
		if !same {
			return &shop.Error{
				Code: "passkey_differs", Sentence: "The phone shows another code.", Hint: "Stop: somebody else may be linking. Try again from the start.",
			}
		}
	}
	if err := c.wa.SendPasskeyConfirmation(ctx); err != nil {
		return fmt.Errorf("passkey: %w", err)
	}
	return nil
}
