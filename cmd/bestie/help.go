package main

// The long help of each command: what it needs, and examples.

// Help is shown by `bestie run --help`.
func (*RunCommand) Help() string {
	return `Needs business.number and a linked number. Stops in order on Ctrl-C or SIGTERM;
give it 100 seconds. Only one process runs on a data folder.

Examples:
  bestie run
  bestie --config /etc/bestie.yaml run
  BESTIE_DATA_DIR=/data BESTIE_BUSINESS_NUMBER=0812-3456-7890 bestie run`
}

// Help is shown by `bestie pair --help`.
func (*PairCommand) Help() string {
	return `Shows a QR code to scan on the shop phone (WhatsApp > Linked devices > Link a
device), or with --phone a code to type there. Only business.number may be linked.

Examples:
  bestie pair
  bestie pair --phone 0812-3456-7890`
}

// Help is shown by `bestie demo --help`.
func (*DemoCommand) Help() string {
	return `Plays a tour against a WhatsApp of its own on this machine, with a sample shop in a
temporary folder; on a terminal you can then type as any person. Needs no configuration.

Examples:
  bestie demo
  bestie demo </dev/null        the tour alone`
}

// Help is shown by `bestie rehearse --help`.
func (*RehearseCommand) Help() string {
	return `Plays conversation scripts against the whole program on a virtual clock. The format is
in docs/rehearsal.md. bestie.yaml is not read unless --config names it.
Exit code 1: an expectation was not met; 2: a script has a syntax error, nothing was played.

Examples:
  bestie rehearse order.txt
  bestie rehearse --json scripts/
  bestie --config bestie.yaml rehearse --seed 7 order.txt`
}

// Help is shown by `bestie template match --help`.
func (*TemplateMatchCommand) Help() string {
	return `Shows the normalised words, the likeliest intents and the decision for one message.

Examples:
  bestie template match "kak ongkir k bdg brp"
  bestie template match --json "stok bakso masih ada?"`
}

// Help is shown by `bestie doctor --help`.
func (*DoctorCommand) Help() string {
	return `One line for each check, with the way out; exit code 1 if one is red.

Examples:
  bestie doctor
  bestie --config /etc/bestie.yaml doctor`
}

// Help is shown by `bestie health --help`.
func (*HealthCommand) Help() string {
	return `Exit code 0 while a running bot's heartbeat is younger than two minutes.

Examples:
  bestie health
  HEALTHCHECK CMD ["/bestie", "health"]`
}

// Help is shown by `bestie backup --help`.
func (*BackupCommand) Help() string {
	return `Copies app.db consistently while the bot runs. The WhatsApp session is not copied:
restoring an old one makes chats unreadable; after a loss, link again with bestie pair.

Examples:
  bestie backup /backup/app-2026-11-22.db`
}
