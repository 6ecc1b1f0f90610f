package main

// BroadcastCommand is about promos.
type BroadcastCommand struct {
	New     BroadcastNewCommand     `cmd:"" help:"Keep a campaign from a YAML file as a draft; an admin approves it in the chat."`
	List    BroadcastListCommand    `cmd:"" help:"List campaigns."`
	Show    BroadcastShowCommand    `cmd:"" help:"Show how far a campaign is."`
	Report  BroadcastReportCommand  `cmd:"" help:"Show what came of a campaign."`
	Pause   BroadcastPauseCommand   `cmd:"" help:"Hold a campaign."`
	Resume  BroadcastResumeCommand  `cmd:"" help:"Let a held campaign go on."`
	Cancel  BroadcastCancelCommand  `cmd:"" help:"End a campaign; it never goes on."`
	Plan    BroadcastPlanCommand    `cmd:"" help:"Show whom a campaign or a query chooses and what speaks against a promo to them. Nothing is sent."`
	Preview BroadcastPreviewCommand `cmd:"" help:"Show a campaign as some of the people who would get it read it. Nothing is sent or written."`
	Why     BroadcastWhyCommand     `cmd:"" help:"Explain what a campaign does with one person."`
	Import  BroadcastImportCommand  `cmd:"" help:"Take a list of people with the proof of their consent, or of their carts (XLSX or CSV)."`
}
