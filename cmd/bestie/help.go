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

// Help is shown by `bestie template list --help`.
func (*TemplateListCommand) Help() string {
	return `Lists the library with templates_dir over it: intent, title, theme, for whom, examples,
how many replies answer and how many only hold, version, and whether it is shipped with the
program, your own, or a draft.

Examples:
  bestie template list
  bestie template list --json`
}

// Help is shown by `bestie template show --help`.
func (*TemplateShowCommand) Help() string {
	return `Shows everything that customers may read; what the program fills in stands in brackets.

Examples:
  bestie template show ongkir
  bestie template show --json ongkir`
}

// Help is shown by `bestie template lint --help`.
func (*TemplateLintCommand) Help() string {
	return `Checks the shipped library with your folder over it, names every mistake as file:line and
hints at what could be better. Exit code 1 if there is a mistake.

Examples:
  bestie template lint
  bestie template lint templates/`
}

// Help is shown by `bestie template test --help`.
func (*TemplateTestCommand) Help() string {
	return `Decides the lines under tests: of every template as the bot would decide a first message,
and tells what was found instead, and how surely. Exit code 1 if one fails.

Examples:
  bestie template test
  bestie template test templates/`
}

// Help is shown by `bestie template import --help`.
func (*TemplateImportCommand) Help() string {
	return `Takes a sheet with the columns theme, intent, part and text, as template export writes it:
what says something else than the library goes into templates_dir, or the folder named by
--into, a file for each template.
A sheet with two columns, question and answer, becomes drafts in its folder draft: checked,
but not answered until they are finished. With one mistake nothing is written; every mistake
is named with row and column. A running bot takes the files over by itself.

Examples:
  bestie template import --dry-run templates.xlsx
  bestie template import --replace templates.xlsx
  bestie template import --into drafts questions.csv`
}

// Help is shown by `bestie template export --help`.
func (*TemplateExportCommand) Help() string {
	return `Writes all templates, shipped and own, one text in each row. template import reads it back
without loss.

Examples:
  bestie template export templates.xlsx
  bestie template export templates.csv`
}
