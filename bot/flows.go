package bot

// flow is one rule. It returns true when it has decided the turn.
type flow struct {
	name  string
	speak func(c *turn) (done bool, err error)
}

// flows are asked in this order. In a group hardly anything is said; who wants their data erased, who wants no more promos and who typed on the
// shop phone come before everything; what wants no answer comes before the
// question whether the bot may speak at all; content comes last.
var flows = []flow{
	{"group", (*turn).group},
	{"erasure", (*turn).erasure},
	{"consent", (*turn).consent},
	{"takeover", (*turn).takeover},
	{"admin", (*turn).admin},
	{"division", (*turn).division},
	{"relay", (*turn).relay},
	{"rating", (*turn).rating},
	{"goodbye", (*turn).goodbye},
	{"silent", (*turn).silent},
	{"machine", (*turn).machine},
	{"late", (*turn).late},
	{"learn", (*turn).learn},
	{"call", (*turn).call},
	{"proof", (*turn).proof},
	{"dropship", (*turn).dropship},
	{"own order", (*turn).ownOrder},
	{"payment", (*turn).payment},
	{"saldo", (*turn).saldo},
	{"unreadable", (*turn).unreadable},
	{"choice", (*turn).choice},
	{"form", (*turn).form},
	{"media", (*turn).media},
	{"answer", (*turn).answer},
}
