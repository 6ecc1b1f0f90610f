package main

import (
	"strings"
	"time"

	"github.com/rs/zerolog"

	"bestie/shop"
)

// setting is one key of bestie.yaml. The table of settings is the only place
// that knows it: file, environment, scripts, example and documents follow.
type setting struct {
	path     string // "sla.warn"; BESTIE_SLA_WARN in the environment
	kind     settingKind
	def      string // as Set reads it, "" when there is no default
	example  string // shown in the example where there is no default
	doc      string // one sentence: what it is
	risk     string // one sentence: what raising or lowering it may cost
	fact     bool   // something only the owner knows; the bot never invents it
	secret   bool   // never shown, not even in a mistake
	rehearse bool   // for rehearsal scripts alone: no file and no environment may set it
}

// env is the environment variable that overrides the setting. With _FILE behind
// it the variable names a file that holds the value.
func (s setting) env() string {
	return "BESTIE_" + strings.ToUpper(strings.ReplaceAll(s.path, ".", "_"))
}

// apply sets the value and completes the mistakes with key and allowed values.
func (s setting) apply(c *Config, v rawValue) []Mistake {
	mistakes := s.kind.set(c, v)
	for i := range mistakes {
		mistakes[i].Key = s.path + mistakes[i].Key
		if mistakes[i].Allowed == "" {
			mistakes[i].Allowed = s.kind.allowed
		}
	}
	return mistakes
}

// unread says why a text is no value at all, without repeating a secret.
func (s setting) unread(err error) string {
	if s.secret {
		return "cannot be read as " + s.kind.shape.String()
	}
	return err.Error()
}

func findSetting(path string) *setting {
	for i := range settings {
		if settings[i].path == path {
			return &settings[i]
		}
	}
	return nil
}

// isSection tells whether settings lie below the path.
func isSection(path string) bool {
	for _, s := range settings {
		if strings.HasPrefix(s.path, path+".") {
			return true
		}
	}
	return false
}

// Shortened names for the table.
const (
	sec  = time.Second
	mnt  = time.Minute
	hour = time.Hour
)

// settings is the table, in the order of the example file.
var settings = []setting{
	{
		path: "business.number", kind: phoneKind(func(c *Config) *string { return &c.Business.Number }), example: `"0812-3456-7890"`,
		doc: "The shop's WhatsApp Business number, the only one that may be linked; `run` and `pair` need it.",
	},
	{
		path: "business.name", kind: textKind(func(c *Config) *string { return &c.Business.Name }, 1, 60), def: "Bestie Sejahtera",
		doc: "The shop's name as customers read it.",
	},
	{
		path: "data_dir", kind: textKind(func(c *Config) *string { return &c.DataDir }, 1, 500), def: "data",
		doc: "Folder of the two database files, relative to where the program is started.", risk: "session.db in it is the account: whoever copies it can read and write as the shop.",
	},
	{
		path: "products_file", kind: textKind(func(c *Config) *string { return &c.ProductsFile }, 0, 500), example: "products.yaml",
		doc: "Product list (.yaml, .xlsx or .csv), read at every start and by `bestie products import`; without it, the list last imported counts.",
	},
	{
		path: "templates_dir", kind: textKind(func(c *Config) *string { return &c.TemplatesDir }, 0, 500), example: "templates",
		doc: "Folder of your own reply templates, which replace or add to the shipped ones; a change is in force seconds later (docs/library.md).",
	},
	{
		path: "log.level", kind: levelKind(func(c *Config) *zerolog.Level { return &c.Log.Level }), def: "info",
		doc: "Least serious log line that is written; WhatsApp's own lines are never below info.",
	},
	{
		path: "log.format", kind: choiceKind(func(c *Config) *string { return &c.Log.Format }, "auto", "json", "console"), def: "auto",
		doc: "json for machines, console for people, auto chooses console on a terminal.",
	},
	{
		path: "admins", kind: adminsKind(), example: `[{name: Sari, phone: "0812-1111-2222", role: admin}, {name: Dewi, phone: "0812-1111-3333", role: second}]`,
		doc: "Who is paged when a customer waits: admin first, then second, supervisor, owner; missing ones fall back to the first.",
	},
	{
		path: "roster", kind: rosterKind(), example: `[{days: mon-fri, hours: "08:00-16:00", duty: Sari, second: Dewi}]`,
		doc: "Shifts: who is on duty when. Without any, everybody has their role at all hours; where no shift runs, the owner is paged.",
	},
	{
		path: "absences", kind: absencesKind(), example: `[{name: Sari, from: 2026-12-24, to: 2026-12-26, stand_in: Dewi}]`,
		doc: "Who is away on which days; without a stand-in the second admin takes over. It counts for the shifts that begin on these days.",
	},
	{
		path: "divisions", kind: divisionsKind(), example: `{gudang: "0812-3333-4444", keuangan: "120363041234567890@g.us"}`,
		doc: "Parts of the shop that answer for what the desk cannot, with their WhatsApp numbers or groups (of which the number is a member): `oper 3 gudang` passes a chat on, their answer comes back.",
	},

	{
		path: "sla.levels", kind: levelsKind(), def: "2m30s, 3m30s, 4m30s, 5m",
		doc: "Ages of an unanswered chat at which pages leave: duty admin, second admin too, supervisor, owner (the breach).",
	},
	{
		path: "sla.warn", kind: warnKind(), example: "2m30s",
		doc: "The first of sla.levels alone; later levels that would not come after it are dropped.",
	},
	{
		path: "sla.target", kind: spanKind(func(c *Config) *time.Duration { return &c.SLA.Target }, mnt, 12*hour), def: "5m",
		doc: "The promise: the longest a customer's first message may wait for an answer.",
	},
	{
		path: "sla.repeat", kind: spanKind(func(c *Config) *time.Duration { return &c.SLA.Repeat }, mnt, 12*hour), def: "5m",
		doc: "After the last of sla.levels, how often its people and the duty admin are paged again until somebody claims or answers.",
	},
	{
		path: "sla.claim", kind: spanKind(func(c *Config) *time.Duration { return &c.SLA.Claim }, mnt, 12*hour), def: "10m",
		doc: "How long a claim (\"ambil 3\") silences the pages about a chat that is not answered.",
	},
	{
		path: "sla.page_gap", kind: spanKind(func(c *Config) *time.Duration { return &c.SLA.Gap }, 10*sec, hour), def: "1m",
		doc: "Least time between two pages to one admin; what is due sooner joins the next one.",
	},
	{
		path: "alerts", secret: true, kind: alertsKind(), example: `["ntfy://ntfy.sh/a-topic-that-nobody-guesses"]`,
		doc: "Second channels for pages from the supervisor's level on and for a lost connection (docs/operations.md): ntfy, Telegram, e-mail, webhook.", risk: "an address is a secret: whoever has it can write or read there.",
	},

	{
		path: "hours.week", kind: weekKind(func(c *Config) *shop.Hours { return &c.SLA.Hours }), example: `["mon-fri 08:00-12:00 13:00-17:00", "sat 08:00-12:00"]`,
		doc:  "Working hours (WIB); outside them no clock runs and nobody is paged. Without them the desk works at all hours.",
		risk: "a customer who writes at night is not paged about before you open; the bot answers at any hour.",
	},
	{
		path: "hours.days", kind: ownDaysKind(func(c *Config) *shop.Hours { return &c.SLA.Hours }), example: `["2026-12-24 08:00-12:00", "2027-03-08..2027-03-14 closed", "2027-05-01 open"]`,
		doc: "Days of your own: closed, open (as on that weekday, though it be a holiday), or at other hours; they go before everything else.",
	},
	{
		path: "hours.holidays", kind: holidaysKind(func(c *Config) *shop.Hours { return &c.SLA.Hours }), def: "auto",
		doc: "What national holidays do to the clocks; auto closes them if hours.week is set.",
	},
	{
		path: "hours.joint_leave", kind: jointKind(func(c *Config) *shop.Hours { return &c.SLA.Hours }), def: "open",
		doc: "Whether days of cuti bersama are closed as well.",
	},

	{
		path: "reply.debounce", kind: spanKind(func(c *Config) *time.Duration { return &c.Reply.Debounce }, sec, 30*sec), def: "4s",
		doc: "How long the bot waits for the rest of a burst of messages before it answers all of them at once.",
	},
	{
		path: "reply.typing_min", kind: spanKind(func(c *Config) *time.Duration { return &c.Reply.TypingMin }, 0, 10*sec), def: "1s",
		doc: "Shortest time that \"typing…\" is shown before an answer.",
	},
	{
		path: "reply.typing_max", kind: spanKind(func(c *Config) *time.Duration { return &c.Reply.TypingMax }, 0, 10*sec), def: "4s",
		doc: "Longest time that \"typing…\" is shown before an answer.",
	},
	{
		path: "reply.freshness", kind: spanKind(func(c *Config) *time.Duration { return &c.Reply.Freshness }, mnt, 12*hour), def: "15m",
		doc: "Older messages (after an outage) are left to a person.", risk: "answering a whole backlog at once looks like spam.",
	},
	{
		path: "reply.apology_until", kind: spanKind(func(c *Config) *time.Duration { return &c.Reply.ApologyUntil }, mnt, 2*day), def: "12h",
		doc: "Up to this age a late message gets one apology; older ones only reach the admins' queue.",
	},
	{
		path: "takeover.pause", kind: spanKind(func(c *Config) *time.Duration { return &c.Takeover.Pause }, mnt, 7*day), def: "4h",
		doc: "How long the bot stays silent in a chat after a person typed there on the shop phone, or took it with `ambil` or `balas`.",
	},

	{
		path: "rating.ask", kind: choiceKind(func(c *Config) *string { return &c.Rating.Ask }, "on", "off"), def: "on",
		doc: "Whether a customer is asked for 1 to 5 after `selesai`.",
	},

	{
		path: "guards.per_chat_gap", kind: spanKind(func(c *Config) *time.Duration { return &c.Guards.PerChatGap }, sec, mnt), def: "3s",
		doc: "Least time between two replies of the bot in one chat.",
	},
	{
		path: "guards.per_chat_minute", kind: countKind(func(c *Config) *int { return &c.Guards.PerChatMinute }, 1, 20), def: "6",
		doc: "Most replies of the bot in one chat in a minute.", risk: loopRisk,
	},
	{
		path: "guards.per_chat_hour", kind: countKind(func(c *Config) *int { return &c.Guards.PerChatHour }, 1, 120), def: "30",
		doc: "Most replies of the bot in one chat in an hour.", risk: loopRisk,
	},
	{
		path: "guards.per_chat_day", kind: countKind(func(c *Config) *int { return &c.Guards.PerChatDay }, 1, 500), def: "100",
		doc: "Most replies of the bot in one chat in a day.", risk: loopRisk,
	},
	{
		path: "guards.global_minute", kind: countKind(func(c *Config) *int { return &c.Guards.GlobalMinute }, 1, 60), def: "30",
		doc: "Most replies of the bot in a minute over all chats.", risk: "WhatsApp refuses or restricts numbers that write too fast.",
	},
	{
		path: "guards.same_text", kind: spanKind(func(c *Config) *time.Duration { return &c.Guards.SameText }, mnt, day), def: "10m",
		doc: "The same text goes to the same chat only once in this time.",
	},
	{
		path: "guards.loop_exchanges", kind: countKind(func(c *Config) *int { return &c.Guards.LoopExchanges }, 3, 50), def: "8",
		doc: "More exchanges than this within loop_window are taken for two robots talking to each other.", risk: loopRisk,
	},
	{
		path: "guards.loop_window", kind: spanKind(func(c *Config) *time.Duration { return &c.Guards.LoopWindow }, 30*sec, hour), def: "2m",
		doc: "The time in which loop_exchanges are counted.",
	},
	{
		path: "guards.loop_mute", kind: spanKind(func(c *Config) *time.Duration { return &c.Guards.LoopMute }, 10*mnt, 7*day), def: "6h",
		doc: "How long the bot is silent in a chat that looped; an admin is told.",
	},
	{
		path: "guards.business_sender_per_day", kind: countKind(func(c *Config) *int { return &c.Guards.BusinessSenderDay }, 1, 10), def: "1",
		doc: "Most replies a day to a verified business or to an away message.", risk: loopRisk,
	},
	{
		path: "send.retry_unknown_within", kind: spanKind(func(c *Config) *time.Duration { return &c.Send.RetryUnknownWithin }, mnt, hour), def: "10m",
		doc: "A reply whose fate is unknown is tried again up to this age, under the same message ID; promos never are.",
	},

	{
		path: "promo.slots", kind: slotsKind(func(c *Config) *[]shop.Slot { return &c.Promo.Slots }), def: "wed 17:00, wed 19:00, fri 17:00, fri 19:00",
		doc: "Weekdays and times (WIB) at which promos start; a person gets one a day at most, on 2 of any 7 days, whatever stands here.",
	},
	{
		path: "promo.ask_consent", kind: choiceKind(func(c *Config) *string { return &c.AskConsent }, "on", "off"), def: "on",
		doc: "Whether the bot asks each customer once in a lifetime if promos are welcome, after a question that was solved.",
	},
	{
		path: "promo.pace_min", kind: spanKind(func(c *Config) *time.Duration { return &c.Promo.PaceMin }, 5*sec, hour), def: "20s",
		doc: "Shortest random gap between two promos.", risk: promoRisk,
	},
	{
		path: "promo.pace_max", kind: spanKind(func(c *Config) *time.Duration { return &c.Promo.PaceMax }, 5*sec, hour), def: "60s",
		doc: "Longest random gap between two promos.", risk: promoRisk,
	},
	{
		path: "promo.batch", kind: countKind(func(c *Config) *int { return &c.Promo.Batch }, 1, 100), def: "20",
		doc: "Promos in a row before a rest.", risk: promoRisk,
	},
	{
		path: "promo.rest_min", kind: spanKind(func(c *Config) *time.Duration { return &c.Promo.RestMin }, mnt, 12*hour), def: "10m",
		doc: "Shortest random rest after a batch.", risk: promoRisk,
	},
	{
		path: "promo.rest_max", kind: spanKind(func(c *Config) *time.Duration { return &c.Promo.RestMax }, mnt, 12*hour), def: "20m",
		doc: "Longest random rest after a batch.", risk: promoRisk,
	},
	{
		path: "promo.window_from", kind: clockKind(func(c *Config) *time.Duration { return &c.Promo.WindowFrom }, 6*hour, 22*hour), def: "08:00",
		doc: "No promo leaves earlier in the day (WIB).",
	},
	{
		path: "promo.window_until", kind: clockKind(func(c *Config) *time.Duration { return &c.Promo.WindowUntil }, 6*hour, 22*hour), def: "21:00",
		doc: "No promo leaves from this time of day on (WIB).",
	},
	{
		path: "promo.late", kind: spanKind(func(c *Config) *time.Duration { return &c.Promo.Late }, mnt, 3*hour), def: "45m",
		doc: "A slot missed by more than this (the program was down) is not sent by itself.",
	},
	{
		path: "promo.cap_weeks", kind: capsKind(func(c *Config) *[]int { return &c.Promo.CapWeeks }, mostPromos), def: "0, 20, 50",
		doc: "Most promos a day in the first weeks after linking the number, one figure a week.", risk: promoRisk,
	},
	{
		path: "promo.cap_growth", kind: countKind(func(c *Config) *int { return &c.Promo.CapGrowth }, 0, 100), def: "25",
		doc: "By how many percent the daily cap grows every week after those.", risk: promoRisk,
	},
	{
		path: "promo.cap_ceiling", kind: countKind(func(c *Config) *int { return &c.Promo.CapCeiling }, 1, mostPromos), def: "200",
		doc: "Most promos a day, however old the link is.", risk: promoRisk,
	},
	{
		path: "promo.second_person", kind: choiceKind(func(c *Config) *string { return &c.SecondPerson }, "on", "off"), def: "on",
		doc: "Whether a promo must be approved by another admin than who wrote it.",
	},
	{
		path: "promo.yield_slow", kind: countKind(func(c *Config) *int { return &c.Promo.YieldSlow }, 1, 100), def: "3",
		doc: "From so many customers without an answer on, promos leave three times slower.",
	},
	{
		path: "promo.yield_stop", kind: countKind(func(c *Config) *int { return &c.Promo.YieldStop }, 1, 100), def: "10",
		doc: "From so many customers without an answer on, promos stop until they have been answered.",
	},

	{
		path: "report.daily", kind: dailyReportKind(func(c *Config) *time.Duration { return &c.Report.Daily }), def: "shift",
		doc: "When the figures of the day go to the supervisor (to the owner, where nobody is supervisor), or off.",
	},
	{
		path: "report.weekly", kind: dailyKind(func(c *Config) *time.Duration { return &c.Report.Weekly }), def: "08:00",
		doc: "When the figures of the last week, with staffing advice, go to the owner on Mondays, or off.",
	},
	{
		path: "warehouse.to", kind: warehouseKind(), example: "gudang",
		doc: "Who packs and sends: a name of divisions, or a number or group of its own. Every order that goes is written there, numbered PO 1, PO 2, …; customers can then order by chat.",
	},
	{
		path: "warehouse.cutoff", kind: clockKind(func(c *Config) *time.Duration { return &c.Warehouse.Cutoff }, 6*hour, 23*hour), def: "15:00",
		doc: "Until when an order leaves the same day, on days on which the shop works (hours).",
	},
	{
		path: "warehouse.remind", kind: remindKind(func(c *Config) *time.Duration { return &c.Warehouse.Remind }), def: "14:30",
		doc: "When the warehouse is reminded of what is not packed, and dropshippers of what still waits, or off.",
	},
	{
		path: "dropship.limit", kind: rupiahKind(func(c *Config) *shop.Rupiah { return &c.Dropship.Limit }, mostRupiah), def: "300000",
		doc: "Credit limit of a new dropshipper in rupiah.",
	},
	{
		path: "dropship.terms", kind: spanKind(func(c *Config) *time.Duration { return &c.Dropship.Terms }, hour, 60*day), def: "1d",
		doc: "How long after an order its cost is due.",
	},
	{
		path: "dropship.remind", kind: remindKind(func(c *Config) *time.Duration { return &c.Dropship.Remind }), def: "09:00",
		doc: "When dropshippers are reminded of what is due, or off.",
	},
	{
		path: "dropship.reminders", kind: countKind(func(c *Config) *int { return &c.Dropship.Reminders }, 1, 7), def: "2",
		doc: "Most reminders a dropshipper gets in seven days.",
	},
	{
		path: "dropship.digest", kind: dailyKind(func(c *Config) *time.Duration { return &c.Dropship.Digest }), def: "23:30",
		doc: "When the ledger is verified and the owner is told where it stands, or off.",
	},
	{
		path: "media.max", kind: bytesKind(func(c *Config) *int64 { return &c.Media.Max }, 100*kilobyte, 100*megabyte), def: "10MB",
		doc: "Largest file of a customer that is kept; larger ones are only mentioned.",
	},

	{
		path: "facts.opening_hours", fact: true, kind: textKind(func(c *Config) *string { return &c.Facts.OpeningHours }, 0, mostFact), example: `"Senin-Sabtu 08.00-17.00 WIB"`,
		doc: "When the shop is open.",
	},
	{
		path: "facts.cod", fact: true, kind: textKind(func(c *Config) *string { return &c.Facts.COD }, 0, mostFact), example: `"Bisa COD lewat Shopee dan Tokopedia ya Kak."`,
		doc: "Whether and where customers can pay on delivery (COD).",
	},
	{
		path: "facts.payment_methods", fact: true, kind: textKind(func(c *Config) *string { return &c.Facts.PaymentMethods }, 0, mostFact), example: `"Transfer BCA, QRIS"`,
		doc: "How customers can pay.",
	},
	{
		path: "facts.minimum_order", fact: true, kind: textKind(func(c *Config) *string { return &c.Facts.MinimumOrder }, 0, mostFact), example: `"Tidak ada minimal order, beli 1 pun boleh Kak."`,
		doc: "The smallest order.",
	},
	{
		path: "facts.group_links", fact: true, kind: textKind(func(c *Config) *string { return &c.Facts.GroupLinks }, 0, mostFact), example: `"Kampus Bestie - Batch 10: https://chat.whatsapp.com/..."`,
		doc: "Invitation links of the WhatsApp groups.",
	},
	{
		path: "facts.signup_steps", fact: true, kind: textKind(func(c *Config) *string { return &c.Facts.SignupSteps }, 0, mostFact), example: `"1. Isi formulir di www.bestiesejahtera.com. 2. Tunggu dihubungi admin."`,
		doc: "How somebody becomes a dropshipper.",
	},
	{
		path: "facts.delivery_times", fact: true, kind: textKind(func(c *Config) *string { return &c.Facts.DeliveryTimes }, 0, mostFact), example: `"Jabodetabek 1-2 hari, Jawa 2-3 hari, luar Jawa 3-6 hari kerja"`,
		doc: "How long a parcel takes, by area.",
	},
	{
		path: "facts.dispatch_cutoff", fact: true, kind: textKind(func(c *Config) *string { return &c.Facts.DispatchCutoff }, 0, mostFact), def: "15.00 WIB",
		doc: "Until when an order is sent the same day.",
	},
	{
		path: "facts.current_promo", fact: true, kind: textKind(func(c *Config) *string { return &c.Facts.CurrentPromo }, 0, mostFact), example: `"Diskon 10% untuk semua bakso, sampai 30 November."`,
		doc: "The promo that runs now, with its end, or that there is none.",
	},
	{
		path: "facts.order_links", fact: true, kind: textKind(func(c *Config) *string { return &c.Facts.OrderLinks }, 0, mostFact), example: `"Shopee: https://shopee.co.id/... Tokopedia: https://tokopedia.com/..."`,
		doc: "Links of the shop on each platform.",
	},
	{
		path: "facts.wholesale", fact: true, kind: textKind(func(c *Config) *string { return &c.Facts.Wholesale }, 0, mostFact), example: `"Harga grosir mulai 50 pcs, boleh campur varian."`,
		doc: "How buying in bulk works, for products without bulk prices of their own.",
	},
	{
		path: "facts.return_rules", fact: true, kind: textKind(func(c *Config) *string { return &c.Facts.ReturnRules }, 0, mostFact), example: `"Retur diajukan paling lambat 2 hari setelah barang sampai, dengan video unboxing."`,
		doc: "Conditions for sending goods back.",
	},
	{
		path: "facts.exchange_rules", fact: true, kind: textKind(func(c *Config) *string { return &c.Facts.ExchangeRules }, 0, mostFact), example: `"Tukar varian bisa selama barang belum dibuka, ongkir ditanggung pembeli."`,
		doc: "Conditions for exchanging goods.",
	},
	{
		path: "facts.about", fact: true, kind: textKind(func(c *Config) *string { return &c.Facts.About }, 0, mostFact), example: `"Bestie Sejahtera memasok makanan beku untuk dropshipper sejak 2020."`,
		doc: "What the company is and does.",
	},
	{
		path: "facts.website_login", fact: true, kind: textKind(func(c *Config) *string { return &c.Facts.WebsiteLogin }, 0, mostFact), example: `"Masuk di www.bestiesejahtera.com dengan nomor HP, lalu isi kode yang dikirim lewat SMS."`,
		doc: "How to log in on the web site.",
	},
	{
		path: "facts.certificates", fact: true, kind: textKind(func(c *Config) *string { return &c.Facts.Certificates }, 0, mostFact), example: `"Semua produk asli dari pabrik kami sendiri, nomor izinnya tertera di kemasan."`,
		doc: "What can be said of all products on being genuine and certified.",
	},
	{
		path: "facts.withdrawal_fees", fact: true, kind: textKind(func(c *Config) *string { return &c.Facts.WithdrawalFees }, 0, mostFact), example: `"Gratis 1x seminggu, setelah itu Rp2.000 per penarikan."`,
		doc: "What withdrawing money from a marketplace costs.",
	},
	{
		path: "facts.city_rates", fact: true, kind: ratesKind(func(c *Config) *map[string]shop.Rupiah { return &c.Facts.CityRates }, mostRate), example: "{bandung: 12000, surabaya: 20000}",
		doc: "Shipping rates by city in rupiah.",
	},

	{
		path: "link.age", rehearse: true, kind: spanKind(func(c *Config) *time.Duration { return &c.Link.Age }, 0, 3650*day), def: "365d",
		doc: "How old the link to WhatsApp pretends to be; the daily cap of promos follows from it.",
	},
}

// Bounds and sentences used more than once in the table.
const (
	mostPromos = 1000
	mostFact   = 1500
	mostRupiah = 1_000_000_000
	mostRate   = 10_000_000

	promoRisk = "more or faster promos are what gets numbers restricted or banned for good; the default is deliberately low and still no promise."
	loopRisk  = "a higher figure lets two robots talk to each other longer, which has got numbers flagged."
)
