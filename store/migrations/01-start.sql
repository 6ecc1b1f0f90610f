-- v0 -> v1: People, messages in and out, conversations, waits, consents, campaigns, ledger

CREATE TABLE people (
	id        INTEGER PRIMARY KEY,
	lid       TEXT UNIQUE CHECK (lid <> ''),
	phone     TEXT UNIQUE CHECK (phone <> ''),
	name      TEXT NOT NULL DEFAULT '',
	push_name TEXT NOT NULL DEFAULT '',
	created_at INTEGER NOT NULL,
	-- Their data are to be erased: when at the earliest, 0 for never; and when that was done.
	-- What is left then is a row without a name, so that the figures of the books still add up.
	erase_at   INTEGER NOT NULL DEFAULT 0,
	erased_at  INTEGER NOT NULL DEFAULT 0,
	CHECK (lid IS NOT NULL OR phone IS NOT NULL OR erased_at > 0),
	CHECK (erased_at = 0 OR lid IS NULL AND phone IS NULL AND name = '' AND push_name = '' AND erase_at = 0)
) STRICT;
CREATE INDEX people_erase ON people (erase_at) WHERE erase_at > 0;

-- Numbers and LIDs of people whose data were erased, as keyed hashes (settings.erasure_key):
-- who comes back under one, also in a list, gets no promos before asking for them.
CREATE TABLE erased (
	hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
	at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE person_roles (
	person_id INTEGER NOT NULL REFERENCES people (id),
	role      TEXT NOT NULL CHECK (role IN ('dropshipper', 'duty', 'second', 'supervisor', 'owner', 'staff')),
	PRIMARY KEY (person_id, role)
) STRICT;

CREATE TABLE person_tags (
	person_id INTEGER NOT NULL REFERENCES people (id),
	tag       TEXT NOT NULL CHECK (tag <> ''),
	PRIMARY KEY (person_id, tag)
) STRICT;

-- One row per message that reached us in a direct chat, written before the
-- message is acknowledged to WhatsApp. due_at is when it may be handled;
-- handled_at is set in the transaction that decided about it, and with it
-- turn_id: the id of the first message of that turn. What no turn handled has none.
CREATE TABLE inbox (
	id          INTEGER PRIMARY KEY,
	account     TEXT NOT NULL,
	person_id   INTEGER NOT NULL REFERENCES people (id),
	from_me     INTEGER NOT NULL CHECK (from_me IN (0, 1)),
	message_id  TEXT NOT NULL,
	device      INTEGER NOT NULL,
	kind        TEXT NOT NULL,
	text        TEXT NOT NULL,
	file_name   TEXT NOT NULL,
	quoted_id   TEXT NOT NULL,
	target_id   TEXT NOT NULL,
	detail      TEXT NOT NULL,
	verified    TEXT NOT NULL,
	forwarded   INTEGER NOT NULL CHECK (forwarded IN (0, 1)),
	sent_at     INTEGER NOT NULL,
	received_at INTEGER NOT NULL,
	due_at      INTEGER,
	handled_at  INTEGER,
	turn_id     INTEGER,
	raw         BLOB,
	UNIQUE (person_id, from_me, message_id, account),
	CHECK ((due_at IS NULL) <> (handled_at IS NULL)),
	CHECK (turn_id IS NULL OR handled_at IS NOT NULL)
) STRICT;
CREATE INDEX inbox_wrote ON inbox (person_id, sent_at) WHERE from_me = 0;
CREATE INDEX inbox_waiting ON inbox (person_id, due_at) WHERE due_at IS NOT NULL;

CREATE TABLE conversations (
	person_id    INTEGER PRIMARY KEY REFERENCES people (id),
	paused_until INTEGER NOT NULL DEFAULT 0,
	muted_until  INTEGER NOT NULL DEFAULT 0,
	complaint_at INTEGER NOT NULL DEFAULT 0,
	greeted_at   INTEGER NOT NULL DEFAULT 0,
	last_in_text TEXT NOT NULL DEFAULT '',
	last_in_at   INTEGER NOT NULL DEFAULT 0,
	last_call_at INTEGER NOT NULL DEFAULT 0,
	expiry       INTEGER NOT NULL DEFAULT 0,
	answered     INTEGER NOT NULL DEFAULT 0 CHECK (answered IN (0, 1)),
	-- The last message of theirs or of a person of the shop, and when the last conversation ended.
	heard_at     INTEGER NOT NULL DEFAULT 0,
	-- When to tell a person of a complaint that was begun and not finished, 0 for none.
	unfinished_at INTEGER NOT NULL DEFAULT 0,
	ended_at     INTEGER NOT NULL DEFAULT 0,
	-- When the person themselves last wrote, by WhatsApp's time.
	wrote_at     INTEGER NOT NULL DEFAULT 0,
	-- What the talk is about (shop.Memory): topic, facts given, open menu, form under way.
	memory       TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(memory) AND length(memory) <= 16384)
) STRICT;

CREATE INDEX conversations_unfinished ON conversations (unfinished_at) WHERE unfinished_at > 0;

-- A wait is one customer waiting for an answer; at most one is open per person.
CREATE TABLE waits (
	id           INTEGER PRIMARY KEY,
	person_id    INTEGER NOT NULL REFERENCES people (id),
	since        INTEGER NOT NULL,
	words        TEXT NOT NULL,
	-- What it is about: an intent of the library, '' when nobody knows.
	intent       TEXT NOT NULL DEFAULT '',
	-- The first wait of a conversation: its answer is the first response, that of the others a next one.
	first        INTEGER NOT NULL DEFAULT 1 CHECK (first IN (0, 1)),
	-- A person was promised or called: only a person ends this wait.
	needs_human  INTEGER NOT NULL DEFAULT 0 CHECK (needs_human IN (0, 1)),
	-- A person was called at once about it, before the first level.
	called       INTEGER NOT NULL DEFAULT 0 CHECK (called IN (0, 1)),
	paged        INTEGER NOT NULL DEFAULT 0,
	next_page_at INTEGER,
	-- A polite holding reply has been sent because nobody had answered yet.
	held         INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, 1)),
	answered_at  INTEGER,
	human_at     INTEGER,
	-- The admin who answered; NULL with human_at set is the shop phone.
	human_by     INTEGER REFERENCES people (id),
	ended_at     INTEGER,
	state        TEXT NOT NULL DEFAULT 'pending'
		CHECK (state IN ('pending', 'warned', 'breached', 'met', 'late', 'cancelled')),
	CHECK ((ended_at IS NOT NULL) = (state IN ('met', 'late', 'cancelled'))),
	CHECK (ended_at IS NULL OR next_page_at IS NULL)
) STRICT;
CREATE UNIQUE INDEX waits_open ON waits (person_id) WHERE ended_at IS NULL;
CREATE INDEX waits_due ON waits (next_page_at) WHERE next_page_at IS NOT NULL;
CREATE INDEX waits_person ON waits (person_id, id);
CREATE INDEX waits_since ON waits (since);
CREATE INDEX waits_queue ON waits (since, id) WHERE ended_at IS NULL;
CREATE INDEX waits_human ON waits (human_by) WHERE human_by IS NOT NULL;

-- A ticket is one thing that an admin can act on, under the number that pages show
-- as #3: the talk with a customer, later also a payment, a case, a promo. A number is
-- used again only when nobody can mean its last ticket any more.
CREATE TABLE tickets (
	id          INTEGER PRIMARY KEY,
	number      INTEGER NOT NULL CHECK (number > 0),
	kind        TEXT NOT NULL DEFAULT 'chat' CHECK (kind IN ('chat', 'payment', 'case', 'promo')),
	person_id   INTEGER NOT NULL REFERENCES people (id),
	opened_at   INTEGER NOT NULL,
	claimed_by  INTEGER REFERENCES people (id),
	claimed_at  INTEGER,
	-- The division it was passed to, '' for none.
	division    TEXT NOT NULL DEFAULT '',
	-- The instant at which the customer was promised to hear from us, and by whom.
	promised_at INTEGER,
	promised_by INTEGER REFERENCES people (id),
	closed_at   INTEGER,
	closed_by   INTEGER REFERENCES people (id),
	-- When to look whether a day has passed without a message.
	check_at    INTEGER NOT NULL DEFAULT 0,
	CHECK ((claimed_by IS NULL) = (claimed_at IS NULL)),
	CHECK (closed_at IS NULL OR promised_at IS NULL)
) STRICT;
CREATE UNIQUE INDEX tickets_chat ON tickets (person_id) WHERE kind = 'chat' AND closed_at IS NULL;
CREATE UNIQUE INDEX tickets_number ON tickets (number) WHERE closed_at IS NULL;
CREATE INDEX tickets_opened ON tickets (opened_at, number);
CREATE INDEX tickets_promised ON tickets (promised_at) WHERE promised_at IS NOT NULL;
CREATE INDEX tickets_named ON tickets (number, id);
CREATE INDEX tickets_claimed ON tickets (claimed_by) WHERE closed_at IS NULL AND claimed_by IS NOT NULL;
CREATE INDEX tickets_check ON tickets (check_at) WHERE closed_at IS NULL;

-- What an admin promised a customer with "nanti": to be written to before due_at. It is
-- missed when that instant passes without a human reply. next_at is the next reminder.
CREATE TABLE promises (
	id          INTEGER PRIMARY KEY,
	ticket_id   INTEGER NOT NULL REFERENCES tickets (id),
	admin_id    INTEGER NOT NULL REFERENCES people (id),
	made_at     INTEGER NOT NULL,
	due_at      INTEGER NOT NULL CHECK (due_at > made_at),
	state       TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'kept', 'missed', 'withdrawn')),
	next_at     INTEGER,
	answered_at INTEGER,
	CHECK (next_at IS NULL OR state IN ('open', 'missed') AND answered_at IS NULL),
	CHECK (state <> 'kept' OR answered_at <= due_at)
) STRICT;
CREATE INDEX promises_next ON promises (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX promises_ticket ON promises (ticket_id);

-- Who answers for what is not the desk's: gudang, keuangan. Their people are no admins.
CREATE TABLE divisions (
	name      TEXT PRIMARY KEY CHECK (name <> ''),
	person_id INTEGER NOT NULL REFERENCES people (id),
	-- The one that purchase orders go to.
	warehouse INTEGER NOT NULL DEFAULT 0 CHECK (warehouse IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX divisions_warehouse ON divisions (warehouse) WHERE warehouse = 1;

-- One row for each page that a wait's age demanded: level is from 1, in the order of
-- sla.levels; round counts the repetitions of the last level. outbox_id is the message
-- that carried it, which others may share.
CREATE TABLE pages (
	id        INTEGER PRIMARY KEY,
	wait_id   INTEGER NOT NULL REFERENCES waits (id),
	level     INTEGER NOT NULL CHECK (level > 0),
	round     INTEGER NOT NULL DEFAULT 0 CHECK (round >= 0),
	admin_id  INTEGER NOT NULL REFERENCES people (id),
	due_at    INTEGER NOT NULL,
	state     TEXT NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'written', 'dropped')),
	outbox_id INTEGER REFERENCES outbox (id),
	-- It is still to be told by the second channels too.
	alarm     INTEGER NOT NULL DEFAULT 0 CHECK (alarm IN (0, 1)),
	UNIQUE (wait_id, level, round, admin_id),
	CHECK ((state = 'written') = (outbox_id IS NOT NULL))
) STRICT;
CREATE INDEX pages_due ON pages (admin_id, due_at) WHERE state = 'due';
CREATE INDEX pages_alarm ON pages (id) WHERE alarm = 1;
CREATE INDEX pages_message ON pages (outbox_id) WHERE outbox_id IS NOT NULL;

-- Time in which no customer could reach us: the link, the network or the program was
-- down. until_at is NULL while it lasts.
CREATE TABLE outages (
	id       INTEGER PRIMARY KEY,
	from_at  INTEGER NOT NULL,
	until_at INTEGER,
	reason   TEXT NOT NULL CHECK (reason <> ''),
	CHECK (until_at IS NULL OR until_at >= from_at)
) STRICT;
CREATE UNIQUE INDEX outages_open ON outages (until_at IS NULL) WHERE until_at IS NULL;
CREATE INDEX outages_from ON outages (from_at);

-- What customers said of the service after a ticket was closed. score is NULL until
-- they answer, and stays so if they do not.
CREATE TABLE ratings (
	ticket_id INTEGER PRIMARY KEY REFERENCES tickets (id),
	person_id INTEGER NOT NULL REFERENCES people (id),
	asked_at  INTEGER NOT NULL,
	score     INTEGER CHECK (score BETWEEN 1 AND 5),
	rated_at  INTEGER,
	comment   TEXT NOT NULL DEFAULT '',
	CHECK ((score IS NULL) = (rated_at IS NULL))
) STRICT;
CREATE INDEX ratings_person ON ratings (person_id, asked_at);

-- What also goes out by the second channels: one row for each alarm and channel.
-- channel is its place in the configuration, never its address, which is a secret.
CREATE TABLE alarms (
	id         INTEGER PRIMARY KEY,
	reference  TEXT NOT NULL CHECK (reference <> ''),
	channel    TEXT NOT NULL CHECK (channel <> ''),
	text       TEXT NOT NULL CHECK (text <> ''),
	created_at INTEGER NOT NULL,
	due_at     INTEGER,
	attempts   INTEGER NOT NULL DEFAULT 0,
	sent_at    INTEGER,
	UNIQUE (reference, channel),
	CHECK (due_at IS NULL OR sent_at IS NULL)
) STRICT;
CREATE INDEX alarms_due ON alarms (due_at) WHERE due_at IS NOT NULL;

-- A report that an admin asked for in chat and that is not written yet.
CREATE TABLE report_requests (
	id        INTEGER PRIMARY KEY,
	person_id INTEGER NOT NULL REFERENCES people (id),
	span      TEXT NOT NULL CHECK (span IN ('hari', 'minggu', 'bulan')),
	asked_at  INTEGER NOT NULL
) STRICT;

-- A question that came while an answer to an earlier one was on its way: when that
-- answer has been sent, a new wait begins here. after is the last outgoing row
-- written before the question.
CREATE TABLE questions (
	id          INTEGER PRIMARY KEY,
	wait_id     INTEGER NOT NULL REFERENCES waits (id),
	after       INTEGER NOT NULL,
	since       INTEGER NOT NULL,
	words       TEXT NOT NULL,
	intent      TEXT NOT NULL DEFAULT '',
	needs_human INTEGER NOT NULL CHECK (needs_human IN (0, 1))
) STRICT;
CREATE INDEX questions_wait ON questions (wait_id, after, id);

CREATE TABLE consents (
	id        INTEGER PRIMARY KEY,
	person_id INTEGER NOT NULL REFERENCES people (id),
	granted   INTEGER NOT NULL CHECK (granted IN (0, 1)),
	at        INTEGER NOT NULL,
	source    TEXT NOT NULL CHECK (source <> ''),
	-- The question of ours that words answers, '' when they spoke of themselves.
	question  TEXT NOT NULL DEFAULT '',
	words     TEXT NOT NULL
) STRICT;
CREATE INDEX consents_person ON consents (person_id, id);
-- Only the words go, and only when the person's data are erased.
CREATE TRIGGER consents_no_update BEFORE UPDATE OF granted, at, source, question, words ON consents
WHEN NOT (NEW.granted = OLD.granted AND NEW.at = OLD.at AND NEW.source = OLD.source AND NEW.question = '' AND NEW.words = ''
	AND EXISTS (SELECT 1 FROM people WHERE id = OLD.person_id AND erased_at > 0))
BEGIN SELECT RAISE(ABORT, 'consents are never changed'); END;
CREATE TRIGGER consents_no_delete BEFORE DELETE ON consents
BEGIN SELECT RAISE(ABORT, 'consents are never deleted'); END;

-- Whom the bot has asked whether promos are welcome: when and in which words. Nobody is
-- asked twice in a lifetime.
CREATE TABLE consent_asks (
	person_id INTEGER PRIMARY KEY REFERENCES people (id),
	at        INTEGER NOT NULL,
	words     TEXT NOT NULL CHECK (words <> '')
) STRICT;

-- A campaign is one promo to a segment. audience is the query that chooses it
-- (shop.Segment), wordings the 2 to 5 texts that take turns. docs/states.md shows its arrows.
CREATE TABLE campaigns (
	id          INTEGER PRIMARY KEY,
	ticket_id   INTEGER UNIQUE REFERENCES tickets (id),
	name        TEXT NOT NULL,
	kind        TEXT NOT NULL DEFAULT 'promo' CHECK (kind IN ('cart', 'product', 'promo', 'voucher')),
	audience    TEXT NOT NULL DEFAULT '',
	wordings    TEXT NOT NULL CHECK (json_valid(wordings) AND json_type(wordings) = 'array' AND json_array_length(wordings) BETWEEN 1 AND 5),
	offer       TEXT NOT NULL DEFAULT '',
	deadline    TEXT NOT NULL DEFAULT '',
	call        TEXT NOT NULL DEFAULT '',
	image       TEXT NOT NULL DEFAULT '' CHECK (image = '' OR json_valid(image)),
	not_before  INTEGER NOT NULL DEFAULT 0,
	expires_at  INTEGER NOT NULL DEFAULT 0,
	state       TEXT NOT NULL DEFAULT 'draft'
		CHECK (state IN ('draft', 'approved', 'scheduled', 'running', 'paused', 'finished', 'cancelled', 'missed')),
	created_at  INTEGER NOT NULL,
	created_by  INTEGER REFERENCES people (id),
	approved_at INTEGER,
	approved_by INTEGER REFERENCES people (id),
	CHECK (approved_at IS NOT NULL OR state IN ('draft', 'cancelled'))
) STRICT;
CREATE TRIGGER campaigns_moves BEFORE UPDATE OF state ON campaigns
WHEN OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN (
	'draft>approved', 'draft>cancelled',
	'approved>scheduled', 'approved>paused', 'approved>cancelled', 'approved>missed', 'approved>finished',
	'scheduled>approved', 'scheduled>running', 'scheduled>paused', 'scheduled>cancelled', 'scheduled>missed', 'scheduled>finished',
	'running>approved', 'running>paused', 'running>cancelled', 'running>missed', 'running>finished',
	'paused>approved', 'paused>cancelled', 'paused>missed', 'paused>finished')
BEGIN SELECT RAISE(ABORT, 'a campaign may not move so'); END;
CREATE INDEX campaigns_live ON campaigns (state) WHERE state IN ('approved', 'scheduled', 'running', 'paused');

-- Who moved a campaign, when and why.
CREATE TABLE campaign_events (
	id          INTEGER PRIMARY KEY,
	campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
	at          INTEGER NOT NULL,
	state       TEXT NOT NULL,
	by_id       INTEGER REFERENCES people (id),
	note        TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX campaign_events_campaign ON campaign_events (campaign_id, id);

-- The one-time code that an approver was sent; only its hash is kept.
CREATE TABLE campaign_codes (
	campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
	person_id   INTEGER NOT NULL REFERENCES people (id),
	hash        BLOB NOT NULL,
	expires_at  INTEGER NOT NULL,
	tries       INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (campaign_id, person_id)
) STRICT;

-- Who wants to see what a campaign would do (look), or to be sent its wordings (test): the
-- broadcaster answers, for an audience may be large.
CREATE TABLE campaign_looks (
	campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
	person_id   INTEGER NOT NULL REFERENCES people (id),
	kind        TEXT NOT NULL CHECK (kind IN ('look', 'test')),
	PRIMARY KEY (campaign_id, person_id, kind)
) STRICT, WITHOUT ROWID;

-- Reports on campaigns that are to be written: asked for in chat, or due by the clock when
-- one ended. A row goes when its report is written.
CREATE TABLE campaign_reports (
	campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
	person_id   INTEGER NOT NULL REFERENCES people (id),
	kind        TEXT NOT NULL CHECK (kind IN ('asked', 'evening', 'final')),
	due_at      INTEGER NOT NULL,
	PRIMARY KEY (campaign_id, person_id, kind)
) STRICT, WITHOUT ROWID;

-- A picture that an admin sent for a campaign, until it has been fetched or given up; due_at
-- is the next try.
CREATE TABLE campaign_pictures (
	campaign_id INTEGER PRIMARY KEY REFERENCES campaigns (id),
	person_id   INTEGER NOT NULL REFERENCES people (id),
	inbox_id    INTEGER NOT NULL REFERENCES inbox (id),
	due_at      INTEGER NOT NULL,
	attempts    INTEGER NOT NULL DEFAULT 0
) STRICT;

-- asked: it was missed by 45 minutes or more, and an admin was asked whether to send.
CREATE TABLE campaign_slots (
	campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
	starts_at   INTEGER NOT NULL,
	state       TEXT NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'asked', 'running', 'written', 'missed', 'cancelled')),
	PRIMARY KEY (campaign_id, starts_at)
) STRICT;
CREATE INDEX campaign_slots_due ON campaign_slots (starts_at) WHERE state IN ('due', 'running');

-- Everybody whom the audience of a campaign chose when it was planned, with what became
-- of them: their slot and place in it, or why they get nothing.
CREATE TABLE campaign_people (
	campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
	person_id   INTEGER NOT NULL REFERENCES people (id),
	fate        TEXT NOT NULL CHECK (fate IN ('safe', 'no_consent', 'never_wrote', 'capped', 'complaint', 'opted_out', 'invalid', 'no_room', 'missed')),
	slot_at     INTEGER,
	position    INTEGER NOT NULL DEFAULT 0,
	wording     INTEGER NOT NULL DEFAULT 0,
	written     INTEGER NOT NULL DEFAULT 0 CHECK (written IN (0, 1)),
	PRIMARY KEY (campaign_id, person_id),
	CHECK ((fate = 'safe') = (slot_at IS NOT NULL)),
	CHECK (written = 0 OR fate = 'safe')
) STRICT, WITHOUT ROWID;
CREATE INDEX campaign_people_person ON campaign_people (person_id, slot_at);
CREATE INDEX campaign_people_next ON campaign_people (campaign_id, slot_at, position) WHERE written = 0 AND slot_at IS NOT NULL;

-- Queries that were given a name.
CREATE TABLE segments (
	name       TEXT PRIMARY KEY CHECK (name <> ''),
	query      TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	created_by INTEGER REFERENCES people (id)
) STRICT;

-- The products a person asked about, put into a cart or ordered, and when last; the
-- product '' is a cart of which only is known that there was one.
CREATE TABLE interests (
	person_id INTEGER NOT NULL REFERENCES people (id),
	product   TEXT NOT NULL,
	asked_at  INTEGER NOT NULL DEFAULT 0,
	cart_at   INTEGER NOT NULL DEFAULT 0,
	ordered_at INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (person_id, product)
) STRICT, WITHOUT ROWID;

-- At which hours of the day, WIB, a person writes: 24 weights that fade (shop.Hours).
CREATE TABLE writing_hours (
	person_id INTEGER PRIMARY KEY REFERENCES people (id),
	at        INTEGER NOT NULL,
	weights   TEXT NOT NULL CHECK (json_valid(weights) AND json_array_length(weights) = 24)
) STRICT;

-- One row per message of ours. message_id is committed before the first try and
-- never changes. due_at is the next try; NULL when there is none. turn_id is the
-- turn (inbox.turn_id) that wrote it; pages, promos and notices come from none. It
-- is no foreign key: a merge drops the second copy of a message.
CREATE TABLE outbox (
	id           INTEGER PRIMARY KEY,
	message_id   TEXT NOT NULL UNIQUE,
	person_id    INTEGER NOT NULL REFERENCES people (id),
	lane         TEXT NOT NULL CHECK (lane IN ('alert', 'reply', 'promo')),
	rank         INTEGER NOT NULL GENERATED ALWAYS AS (CASE lane WHEN 'alert' THEN 0 WHEN 'reply' THEN 1 ELSE 2 END) STORED,
	text         TEXT NOT NULL,
	-- A picture or document to send with the text (shop.File), '' for none.
	file         TEXT NOT NULL DEFAULT '' CHECK (file = '' OR json_valid(file)),
	quote_id     TEXT NOT NULL DEFAULT '',
	status       TEXT NOT NULL DEFAULT 'queued'
		CHECK (status IN ('queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'unknown', 'cancelled')),
	created_at   INTEGER NOT NULL,
	due_at       INTEGER,
	attempts     INTEGER NOT NULL DEFAULT 0,
	tried_at     INTEGER,
	sent_at      INTEGER,
	delivered_at INTEGER,
	read_at      INTEGER,
	code         INTEGER NOT NULL DEFAULT 0,
	reason       TEXT NOT NULL DEFAULT '',
	exempt       INTEGER NOT NULL DEFAULT 0 CHECK (exempt IN (0, 1)),
	answers      INTEGER NOT NULL DEFAULT 0 CHECK (answers IN (0, 1)),
	wait_id      INTEGER REFERENCES waits (id),
	-- The ticket that a message to an admin is about: who quotes it means that one.
	ticket_id    INTEGER REFERENCES tickets (id),
	-- The purchase order that a message to the warehouse is about, as well.
	purchase     INTEGER REFERENCES purchase_orders (number),
	-- The admin whose words these are; NULL when the bot speaks.
	author_id    INTEGER REFERENCES people (id),
	turn_id      INTEGER,
	-- What a reply says, part by part: [{"intent":…,"template":…,"wording":…,"version":…,"confidence":…}].
	parts        TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(parts)),
	campaign_id  INTEGER REFERENCES campaigns (id),
	wording      INTEGER NOT NULL DEFAULT 0,
	CHECK (lane = 'promo' OR campaign_id IS NULL),
	CHECK (due_at IS NULL OR status IN ('queued', 'unknown')),
	CHECK (due_at IS NOT NULL OR status <> 'queued'),
	CHECK (lane <> 'promo' OR status <> 'unknown' OR due_at IS NULL)
) STRICT;
CREATE INDEX outbox_due ON outbox (rank, due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX outbox_author ON outbox (author_id, created_at) WHERE author_id IS NOT NULL;
CREATE INDEX outbox_said ON outbox (person_id, lane, created_at);
CREATE INDEX outbox_wait ON outbox (wait_id) WHERE wait_id IS NOT NULL;
CREATE UNIQUE INDEX outbox_campaign ON outbox (campaign_id, person_id) WHERE campaign_id IS NOT NULL;
CREATE INDEX outbox_promos ON outbox (person_id, created_at) WHERE lane = 'promo';
CREATE INDEX outbox_sending ON outbox (id) WHERE status = 'sending';
CREATE INDEX outbox_sent ON outbox (lane, tried_at, status) WHERE tried_at IS NOT NULL;
-- docs/states.md: a row moves along these arrows only.
CREATE TRIGGER outbox_moves BEFORE UPDATE OF status ON outbox
WHEN OLD.status <> NEW.status AND OLD.status || ' ' || NEW.status NOT IN (
	'queued sending', 'queued cancelled',
	'sending queued', 'sending sent', 'sending delivered', 'sending read', 'sending failed', 'sending unknown',
	'sent delivered', 'sent read', 'delivered read',
	'unknown sending', 'unknown delivered', 'unknown read')
BEGIN SELECT RAISE(ABORT, 'an outgoing message cannot go back'); END;

-- Why a lane stands still and until when; it survives a restart.
CREATE TABLE gates (
	lane         TEXT PRIMARY KEY CHECK (lane IN ('alert', 'reply', 'promo')),
	closed_until INTEGER NOT NULL,
	reason       TEXT NOT NULL,
	strikes      INTEGER NOT NULL DEFAULT 0,
	-- How far the program has drawn back beyond the lane (shop.Retreat), and until when.
	level        INTEGER NOT NULL DEFAULT 0 CHECK (level = 0 OR level BETWEEN 2 AND 4),
	level_until  INTEGER NOT NULL DEFAULT 0,
	-- When the last stop was or will be over: what was sent before is judged no more.
	judged_from  INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE dropshippers (
	person_id    INTEGER PRIMARY KEY REFERENCES people (id),
	shop         TEXT NOT NULL CHECK (shop <> ''),
	credit_limit INTEGER NOT NULL CHECK (credit_limit >= 0),
	bank_account TEXT NOT NULL DEFAULT '',
	-- Suspended: no new orders on credit; what is owed stays owed. 0: not suspended.
	suspended_at INTEGER NOT NULL DEFAULT 0,
	-- They asked not to be reminded of what is due.
	reminders    INTEGER NOT NULL DEFAULT 1 CHECK (reminders IN (0, 1)),
	-- Who gets their parcels is told how far they are.
	tell_buyer   INTEGER NOT NULL DEFAULT 0 CHECK (tell_buyer IN (0, 1))
) STRICT;

-- Every change of a dropshipper's limit or standing: who, when, from what to what, why.
CREATE TABLE dropshipper_changes (
	id        INTEGER PRIMARY KEY,
	person_id INTEGER NOT NULL REFERENCES people (id),
	at        INTEGER NOT NULL,
	by_id     INTEGER REFERENCES people (id),
	what      TEXT NOT NULL CHECK (what <> ''),
	old       TEXT NOT NULL,
	new       TEXT NOT NULL,
	reason    TEXT NOT NULL
) STRICT;

-- stock -1: nobody counted. The lists are JSON, null when empty. counted is the last order
-- when the stock was counted: what was ordered after it is no more on the shelf (taken).
CREATE TABLE products (
	name        TEXT PRIMARY KEY CHECK (name <> ''),
	price       INTEGER NOT NULL CHECK (price > 0),
	cost        INTEGER NOT NULL CHECK (cost >= 0),
	stock       INTEGER NOT NULL CHECK (stock >= -1),
	weight      INTEGER NOT NULL CHECK (weight >= 0),
	aliases     TEXT NOT NULL CHECK (json_valid(aliases) AND json_type(aliases) IN ('array', 'null')),
	variants    TEXT NOT NULL CHECK (json_valid(variants) AND json_type(variants) IN ('array', 'null')),
	tiers       TEXT NOT NULL CHECK (json_valid(tiers) AND json_type(tiers) IN ('array', 'null')),
	links       TEXT NOT NULL CHECK (json_valid(links) AND json_type(links) IN ('array', 'null')),
	usage       TEXT NOT NULL,
	ingredients TEXT NOT NULL,
	shelf_life  TEXT NOT NULL,
	storage     TEXT NOT NULL,
	halal       TEXT NOT NULL,
	permit      TEXT NOT NULL,
	note        TEXT NOT NULL,
	image       TEXT NOT NULL,
	counted     INTEGER NOT NULL DEFAULT 0
) STRICT;

-- How many pieces were ordered since their product was counted, less what was called off or
-- came back.
CREATE TABLE taken (
	product TEXT NOT NULL,
	variant TEXT NOT NULL,
	pieces  INTEGER NOT NULL,
	PRIMARY KEY (product, variant)
) STRICT, WITHOUT ROWID;

-- The ledger: balanced postings of integer rupiah, never changed, never deleted. The
-- numbers have no gaps; each hash covers the one before it (shop.Posting.Hash).
CREATE TABLE postings (
	id        INTEGER PRIMARY KEY,
	reference TEXT NOT NULL UNIQUE CHECK (reference <> ''),
	reason    TEXT NOT NULL CHECK (reason <> ''),
	actor     TEXT NOT NULL CHECK (actor <> ''),
	source    TEXT NOT NULL DEFAULT '',
	at        INTEGER NOT NULL,
	hash      BLOB NOT NULL DEFAULT x''
) STRICT;
CREATE INDEX postings_at ON postings (at);
-- balance is that of the account after this entry.
CREATE TABLE entries (
	posting_id INTEGER NOT NULL REFERENCES postings (id),
	line       INTEGER NOT NULL,
	account    TEXT NOT NULL CHECK (account <> ''),
	amount     INTEGER NOT NULL CHECK (amount <> 0),
	balance    INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (posting_id, line)
) STRICT;
CREATE INDEX entries_account ON entries (account, posting_id, line, amount, balance);
CREATE TRIGGER postings_no_update BEFORE UPDATE ON postings
BEGIN SELECT RAISE(ABORT, 'postings are never changed'); END;
CREATE TRIGGER postings_no_delete BEFORE DELETE ON postings
BEGIN SELECT RAISE(ABORT, 'postings are never deleted'); END;
CREATE TRIGGER entries_no_update BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;
CREATE TRIGGER entries_no_delete BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END;

-- The latest balance of each account; verify recomputes it.
CREATE TABLE balances (
	account TEXT PRIMARY KEY CHECK (account <> ''),
	amount  INTEGER NOT NULL,
	entries INTEGER NOT NULL CHECK (entries > 0)
) STRICT, WITHOUT ROWID;

-- The nightly digest that the owner was sent; the next one must build on it.
CREATE TABLE ledger_digests (
	day         TEXT PRIMARY KEY,
	at          INTEGER NOT NULL,
	postings    INTEGER NOT NULL,
	entries     INTEGER NOT NULL,
	outstanding INTEGER NOT NULL,
	head        BLOB NOT NULL
) STRICT;

-- Reminders of what is due that were written, for their weekly cap.
CREATE TABLE reminders (
	person_id INTEGER NOT NULL REFERENCES people (id),
	at        INTEGER NOT NULL,
	PRIMARY KEY (person_id, at)
) STRICT, WITHOUT ROWID;

-- Orders of dropshippers and of customers. number is what people say; parked ones wait
-- for the limit. source is the message that it came with: the same one orders once.
CREATE TABLE orders (
	id          INTEGER PRIMARY KEY,
	person_id   INTEGER NOT NULL REFERENCES people (id),
	dropship    INTEGER NOT NULL CHECK (dropship IN (0, 1)),
	source      TEXT NOT NULL UNIQUE CHECK (source <> ''),
	items       TEXT NOT NULL CHECK (json_valid(items) AND json_array_length(items) > 0),
	recipient   TEXT NOT NULL,
	phone       TEXT NOT NULL DEFAULT '',
	address     TEXT NOT NULL,
	note        TEXT NOT NULL DEFAULT '',
	total       INTEGER NOT NULL CHECK (total > 0),
	state       TEXT NOT NULL CHECK (state IN ('parked', 'placed', 'packed', 'shipped', 'done', 'cancelled', 'returned')),
	ordered_at  INTEGER NOT NULL,
	placed_at   INTEGER NOT NULL DEFAULT 0,
	changed_at  INTEGER NOT NULL,
	receipt     TEXT NOT NULL DEFAULT '',
	-- Of a customer's order: the way they pay.
	payment     TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX orders_person ON orders (person_id, id);
CREATE INDEX orders_parked ON orders (person_id, id) WHERE state = 'parked';
CREATE INDEX orders_open ON orders (state, id) WHERE state IN ('placed', 'packed');

-- docs/states.md: an order moves along these arrows only.
CREATE TRIGGER orders_moves BEFORE UPDATE OF state ON orders
WHEN OLD.state <> NEW.state AND OLD.state || ' ' || NEW.state NOT IN (
	'parked placed', 'parked cancelled', 'placed packed', 'placed shipped', 'placed cancelled',
	'packed shipped', 'packed returned', 'shipped done', 'shipped returned', 'done returned')
BEGIN SELECT RAISE(ABORT, 'an order cannot go back'); END;

CREATE TRIGGER orders_take AFTER INSERT ON orders BEGIN
	INSERT INTO taken (product, variant, pieces)
		SELECT value ->> 'product', COALESCE(value ->> 'variant', ''), SUM(value ->> 'count') FROM json_each(NEW.items) WHERE value ->> 'count' > 0 GROUP BY 1, 2
		ON CONFLICT DO UPDATE SET pieces = pieces + excluded.pieces;
	UPDATE lists SET version = version + 1;
END;
CREATE TRIGGER orders_give_back AFTER UPDATE OF state ON orders
WHEN NEW.state IN ('cancelled', 'returned') AND OLD.state <> NEW.state BEGIN
	UPDATE taken SET pieces = pieces - (SELECT SUM(value ->> 'count') FROM json_each(NEW.items)
			WHERE value ->> 'product' = taken.product AND COALESCE(value ->> 'variant', '') = taken.variant)
		WHERE (product, variant) IN (SELECT value ->> 'product', COALESCE(value ->> 'variant', '') FROM json_each(NEW.items) WHERE value ->> 'count' > 0)
			AND NEW.id > (SELECT counted FROM products WHERE name = taken.product);
	UPDATE lists SET version = version + 1;
END;

-- What the warehouse is asked to send: one row for every order that went while there was a
-- warehouse, numbered without gaps. due is what it is still to be told: the order, that it
-- was called off, or nothing.
CREATE TABLE purchase_orders (
	number   INTEGER PRIMARY KEY,
	order_id INTEGER NOT NULL UNIQUE REFERENCES orders (id),
	at       INTEGER NOT NULL,
	due      TEXT NOT NULL DEFAULT 'order' CHECK (due IN ('', 'order', 'cancel')),
	-- Goods of it that the warehouse does not have, in its words.
	short    TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX purchase_orders_due ON purchase_orders (number) WHERE due <> '';
CREATE TRIGGER purchase_orders_no_delete BEFORE DELETE ON purchase_orders
BEGIN SELECT RAISE(ABORT, 'purchase orders are never deleted'); END;

-- An announced payment: pending until an admin confirms, rejects, or a day passes.
CREATE TABLE payments (
	id           INTEGER PRIMARY KEY,
	ticket_id    INTEGER UNIQUE REFERENCES tickets (id),
	person_id    INTEGER NOT NULL REFERENCES people (id),
	source       TEXT NOT NULL UNIQUE CHECK (source <> ''),
	amount       INTEGER NOT NULL CHECK (amount > 0),
	code         INTEGER NOT NULL CHECK (code BETWEEN 1 AND 999),
	shop         TEXT NOT NULL,
	state        TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'posted', 'rejected', 'void')),
	opened_at    INTEGER NOT NULL,
	expires_at   INTEGER NOT NULL CHECK (expires_at > opened_at),
	closed_at    INTEGER,
	closed_by    INTEGER REFERENCES people (id),
	received     INTEGER NOT NULL DEFAULT 0,
	reason       TEXT NOT NULL DEFAULT '',
	flags        TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(flags)),
	CHECK ((state = 'pending') = (closed_at IS NULL)),
	CHECK ((state = 'posted') = (received > 0))
) STRICT;
CREATE INDEX payments_person ON payments (person_id, id);
CREATE INDEX payments_pending ON payments (expires_at) WHERE state = 'pending';
CREATE INDEX payments_open ON payments (person_id, id) WHERE state = 'pending';
CREATE UNIQUE INDEX payments_code ON payments (code, amount) WHERE state = 'pending';

-- Pictures of transfers: due_at is when to fetch one, NULL when that has been done or given
-- up. look is the picture shrunk (shop.Look); the rest is what was typed about it.
CREATE TABLE proofs (
	id         INTEGER PRIMARY KEY,
	payment_id INTEGER NOT NULL REFERENCES payments (id),
	person_id  INTEGER NOT NULL REFERENCES people (id),
	inbox_id   INTEGER NOT NULL UNIQUE REFERENCES inbox (id),
	at         INTEGER NOT NULL,
	due_at     INTEGER,
	attempts   INTEGER NOT NULL DEFAULT 0,
	path       TEXT NOT NULL DEFAULT '',
	sha256     BLOB NOT NULL DEFAULT x'',
	look       BLOB NOT NULL DEFAULT x'',
	transfer   TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(transfer)),
	reference  TEXT NOT NULL DEFAULT '',
	moment     TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX proofs_payment ON proofs (payment_id);
CREATE INDEX proofs_due ON proofs (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX proofs_reference ON proofs (reference) WHERE reference <> '';
CREATE INDEX proofs_moment ON proofs (moment) WHERE moment <> '';
CREATE INDEX proofs_sha256 ON proofs (sha256) WHERE sha256 <> x'';

-- What a dropshipper reports of a shop for one day.
CREATE TABLE rekons (
	person_id INTEGER NOT NULL REFERENCES people (id),
	platform  TEXT NOT NULL CHECK (platform IN ('shopee', 'tokopedia', 'tiktok', 'whatsapp')),
	day       TEXT NOT NULL,
	orders    INTEGER NOT NULL CHECK (orders >= 0),
	items     INTEGER NOT NULL CHECK (items >= 0),
	sales     INTEGER NOT NULL CHECK (sales >= 0),
	cancelled INTEGER NOT NULL CHECK (cancelled BETWEEN 0 AND orders),
	at        INTEGER NOT NULL,
	PRIMARY KEY (person_id, platform, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
	key   TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT;

-- How often the products or the admins have changed, so that whoever keeps them in
-- memory knows when to read them again.
CREATE TABLE lists (
	id      INTEGER PRIMARY KEY CHECK (id = 1),
	version INTEGER NOT NULL
) STRICT;
INSERT INTO lists (id, version) VALUES (1, 0);
CREATE TRIGGER products_insert AFTER INSERT ON products BEGIN UPDATE lists SET version = version + 1; END;
CREATE TRIGGER products_update AFTER UPDATE ON products BEGIN UPDATE lists SET version = version + 1; END;
CREATE TRIGGER products_delete AFTER DELETE ON products BEGIN UPDATE lists SET version = version + 1; END;
CREATE TRIGGER roles_insert AFTER INSERT ON person_roles BEGIN UPDATE lists SET version = version + 1; END;
CREATE TRIGGER roles_update AFTER UPDATE ON person_roles BEGIN UPDATE lists SET version = version + 1; END;
CREATE TRIGGER roles_delete AFTER DELETE ON person_roles BEGIN UPDATE lists SET version = version + 1; END;
CREATE TRIGGER divisions_insert AFTER INSERT ON divisions BEGIN UPDATE lists SET version = version + 1; END;
CREATE TRIGGER divisions_update AFTER UPDATE ON divisions BEGIN UPDATE lists SET version = version + 1; END;
CREATE TRIGGER divisions_delete AFTER DELETE ON divisions BEGIN UPDATE lists SET version = version + 1; END;
CREATE TRIGGER people_update AFTER UPDATE ON people
WHEN EXISTS (SELECT 1 FROM person_roles WHERE person_id = NEW.id) OR EXISTS (SELECT 1 FROM divisions WHERE person_id = NEW.id)
BEGIN UPDATE lists SET version = version + 1; END;
