package bot

import (
	"strings"

	"bestie/shop"
	"bestie/templates"
)

// proof: a dropshipper with a payment on its way sends a picture: it belongs to that
// payment, and an admin sees it. A picture alone moves no money (domain facts, section 4).
func (c *turn) proof() (bool, error) {
	if c.Account == nil || len(c.Account.Payments) == 0 || !c.has(shop.KindImage) || c.awaits(templates.FieldPhoto) {
		return false, nil
	}
	said := shop.ParseTransfer(c.text, c.Now)
	cmd, _, ok := templates.Command(c.text)
	if c.text != "" && said == (shop.Transfer{}) && !(ok && cmd == templates.CommandPaid) && !namesProof(c.text) {
		return false, nil // a picture of something else
	}
	p := c.meant(said)
	for _, m := range c.Messages {
		if !m.FromMe && m.Kind == shop.KindImage {
			c.out.Proofs = append(c.out.Proofs, shop.ProofStep{Message: m.ID, Payment: p.ID, Transfer: said})
		}
	}
	c.wait()
	c.out.WaitIntent, c.out.Conversation.Answered = paymentIntent, true
	told := templates.ProofNoted{Name: c.name(), Number: p.Number, Transfer: p.Transfer()}
	return true, c.reply(told, shop.Draft{Exempt: true, Answers: true, Parts: says(paymentIntent)})
}

// proofWords are what is written below the picture of a transfer; proofTalk is what stands
// around them, or alone.
var (
	proofWords = words("bukti buktinya transfer transferan transferannya ditransfer tf tfnya trf struk struknya slip bayar pembayaran pembayarannya lunas")
	proofTalk  = words("ini nih ya yaa kak kaka min sis bu pak mbak mas sudah sdh udah udh barusan tadi dari toko saya berikut maaf tolong dicek cek oke ok")
)

// namesProof tells that the words below a picture are about a transfer, or about nothing.
func namesProof(caption string) bool {
	if templates.Asks(caption) {
		return false
	}
	empty := true
	for _, w := range strings.Fields(strings.ToLower(caption)) {
		if w = bare(w); proofWords[w] {
			return true
		}
		empty = empty && (w == "" || proofTalk[w])
	}
	return empty
}

// meant is the payment of which a picture tells: the one with the amount that was named,
// else the one announced last.
func (c *turn) meant(said shop.Transfer) shop.Payment {
	open := c.Account.Payments
	for _, p := range open {
		if said.Amount > 0 && (p.Transfer() == said.Amount || p.Amount == said.Amount) {
			return p
		}
	}
	return open[len(open)-1]
}
