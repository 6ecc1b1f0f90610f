package bot

// flow is one rule. It returns true when it has decided the turn.
type flow struct {
	name  string
	speak func(c *turn) (done bool, err error)
}

// flows are asked in this order. Who typed on the shop phone and who wants no
// more promos come before everything; what wants no answer comes before the
// question whether the bot may speak at all; content comes last.
var flows = []flow{
	{"takeover", (*turn).takeover},
	{"consent", (*turn).consent},
	{"admin", (*turn).admin},
	{"goodbye", (*turn).goodbye},
	{"silent", (*turn).silent},
	{"machine", (*turn).machine},
	{"late", (*turn).late},
	{"call", (*turn).call},
	{"payment", (*turn).payment},
	{"saldo", (*turn).saldo},
	{"unreadable", (*turn).unreadable},
	{"media", (*turn).media},
	{"answer", (*turn).answer},
}
