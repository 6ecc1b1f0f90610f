package templates

import "bestie/shop"

// The texts around payments. Number is the ticket's, by which admins act on it.

// PaymentProof shows the duty admin the picture of a transfer, as its caption.
type PaymentProof struct {
	Number int
	Shop   string
	Amount shop.Rupiah
	Code   int
	Flags  []shop.Flag
	Closed bool // the payment had been confirmed, rejected or forgotten when it came
}

// Transfer is the amount that should have arrived.
func (p PaymentProof) Transfer() shop.Rupiah { return p.Amount + shop.Rupiah(p.Code) }

// ProofNoted tells a dropshipper that the picture for a payment came in.
type ProofNoted struct {
	Name     string
	Number   int
	Transfer shop.Rupiah
}

func (PaymentProof) text() string { return "payment_proof" }
func (ProofNoted) text() string   { return "proof_noted" }

func paymentSamples() []Text {
	all := []shop.Flag{
		{Kind: shop.FlagPicture, Payment: 12},
		{Kind: shop.FlagReference, Payment: 12},
		{Kind: shop.FlagMoment, Payment: 12},
		{Kind: shop.FlagAccount},
		{Kind: shop.FlagAmount},
		{Kind: shop.FlagCode},
		{Kind: shop.FlagOld},
		{Kind: shop.FlagFuture},
		{Kind: shop.FlagUnread},
	}
	return []Text{
		PaymentProof{15, "Toko Melati", 150_000, 123, nil, false},
		PaymentProof{15, "Toko Melati", 150_000, 123, all, true},
		ProofNoted{"Melati", 15, 150_123},
		ProofNoted{"", 15, 150_123},
	}
}
