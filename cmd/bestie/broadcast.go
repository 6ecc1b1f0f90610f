package main

// BroadcastCommand is about promos.
type BroadcastCommand struct {
	Plan   BroadcastPlanCommand   `cmd:"" help:"Show whom a campaign or a query chooses and what speaks against a promo to them. Nothing is sent."`
	Why    BroadcastWhyCommand    `cmd:"" help:"Explain what a campaign does with one person."`
	Import BroadcastImportCommand `cmd:"" help:"Take a list of people with the proof of their consent, or of their carts (XLSX or CSV)."`
}
