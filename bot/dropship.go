package bot

import (
	"slices"
	"strings"

	"bestie/shop"
	"bestie/templates"
)

// request is one command of a dropshipper, as it was written.
type request struct {
	word   string   // the command's first name
	rest   []string // the words behind it, without those of politeness
	raw    string   // what stands behind the command, as written
	text   string   // the whole message
	source string   // the ID of the message
	sure   bool     // the command was not mistyped
}

// shopCommand is one word a registered dropshipper may write. run decides by the whole
// message: it returns nothing for what is no such command but talk ("saldo saya kok
// berkurang?"), which the library then answers.
type shopCommand struct {
	words   []string // the first is its name
	example string
	run     func(c *turn, r request) []templates.Text
}

// shopCommands is filled at start, for its functions look at it.
var shopCommands []shopCommand

func init() {
	shopCommands = []shopCommand{
		{[]string{"saldo", "sldo", "slado", "limit", "plafon", "paylater"}, "saldo", (*turn).saldoShown},
		{[]string{"mutasi", "mutas", "mts", "riwayat", "histori", "history"}, "mutasi 20", (*turn).mutasi},
		{[]string{"bayar", "byr", "bayr", "bayarin", "pembayaran", "bayaran"}, "bayar 150000", (*turn).pay},
		{[]string{"topup", "topap", "isi", "deposit", "depo"}, "topup 200000", (*turn).pay},
		{[]string{"order", "pesan", "pesen", "orderan", "ordr", "odr"}, "order Bakso Urat Pedas 2", (*turn).orderGoods},
		{[]string{"batal", "btl", "batalkan", "batalin", "cancel"}, "batal 12", (*turn).cancelOrder},
		{[]string{"pesanan", "resi", "lacak", "noresi"}, "pesanan 12", (*turn).orderStatus},
		{[]string{"kabari"}, "kabari on", (*turn).buyerWish},
		{[]string{"tagihan", "tagian", "hutang", "utang", "piutang"}, "tagihan", (*turn).due},
		{[]string{"margin", "mrgin", "marjin", "untung", "cuan"}, "margin 120000 88468 shopee 7,5%", (*turn).margin},
		{[]string{"rekon", "recon", "rkn", "rekonsiliasi", "rekap"}, "rekon shopee 12 15 1200000 1", (*turn).rekon},
		{[]string{"tarik", "trik", "cairkan", "withdraw", "wd"}, "tarik shopee", (*turn).withdraw},
		{[]string{"alur"}, "alur", (*turn).steps},
		{[]string{"rekening", "norek", "rek"}, "rekening", (*turn).bankAccount},
		{[]string{"menu", "bantuan", "help", "perintah"}, "menu", (*turn).shopMenu},
	}
}

// Words around a command that say nothing.
var (
	leadWords  = words("kak ka kakak min mimin admin halo hai hallo permisi mau tolong minta cek lihat liat info dong tlg mo pagi siang sore malam selamat bestie")
	trailWords = words("kak ka kakak min mimin admin ya yah dong dung deh sih nih please pls plis makasih trims thanks bestie saya aku ku sekarang hari ini . ! ..")
)

func words(text string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(text) {
		out[w] = true
	}
	return out
}

// dropship: registered dropshippers give commands, by whichever address they write. What is
// quoted from others or forwarded is no command. Several messages in a row are several
// commands if each is one, else one in pieces.
func (c *turn) dropship() (bool, error) {
	if c.asked == nil || c.text == "" {
		return false, nil
	}
	if c.Account == nil {
		return c.notRegistered()
	}
	var said []shop.Message
	for _, m := range c.Messages {
		if speaks(m) && !m.Forwarded && strings.TrimSpace(m.Text) != "" {
			said = append(said, m)
		}
	}
	if len(said) == 0 {
		return false, nil
	}
	if len(said) > 1 && c.mem().Order == nil && !slices.ContainsFunc(said, func(m shop.Message) bool { return commandOf(m) == nil }) {
		var all []templates.Text
		for _, m := range said {
			all = append(all, c.obeyShop(m)...)
		}
		return c.answerShop(all)
	}
	joined := said[0]
	for _, m := range said[1:] {
		joined.Text += "\n" + m.Text
	}
	if all := c.obeyShop(joined); len(all) > 0 || len(c.out.Drafts) > 0 {
		return c.answerShop(all)
	}
	return c.answerShop(c.orderAnswer(joined))
}

// commandOf is the command that a message begins with, nil for none.
func commandOf(m shop.Message) *shopCommand {
	_, cmd := requestOf(m)
	return cmd
}

// obeyShop does what a message wants; nothing for what is no command.
func (c *turn) obeyShop(m shop.Message) []templates.Text {
	r, cmd := requestOf(m)
	if cmd == nil {
		return nil
	}
	return cmd.run(c, r)
}

// requestOf takes a message apart.
func requestOf(m shop.Message) (request, *shopCommand) {
	first, rest, _ := strings.Cut(strings.TrimSpace(m.Text), "\n")
	fields := strings.Fields(first)
	for len(fields) > 0 && leadWords[bare(fields[0])] {
		fields = fields[1:]
	}
	if len(fields) == 0 {
		return request{}, nil
	}
	r := request{text: m.Text, source: m.MessageID, sure: true}
	word := bare(fields[0])
	if word == "top" && len(fields) > 1 && strings.HasPrefix(bare(fields[1]), "up") {
		word, fields = "topup", fields[1:]
	}
	cmd := shopCommandOf(word)
	if spoken := spokenMargin(m.Text); cmd == nil && spoken != nil {
		r.word, r.rest, r.raw = "margin", spoken, strings.Join(spoken, " ")
		return r, shopCommandOf("margin")
	}
	if cmd == nil {
		cmd, r.sure = shopCommandOf(templates.Mistyped(word, shopWordsKnown())), false
	}
	if cmd == nil {
		return r, nil
	}
	r.word = cmd.words[0]
	r.raw = strings.TrimSpace(strings.TrimLeft(strings.Join(fields[1:], " "), ": "))
	if rest != "" {
		r.raw = strings.TrimSpace(r.raw + "\n" + rest)
	}
	r.rest = strings.Fields(r.raw)
	for n := len(r.rest); n > 0 && (trailWords[bare(r.rest[n-1])] || bare(r.rest[n-1]) == ""); n-- {
		r.rest = r.rest[:n-1]
	}
	return r, cmd
}

// bare is a word without its punctuation, in lower case.
func bare(word string) string { return strings.ToLower(strings.Trim(word, ",.!:;?*_")) }

func shopCommandOf(word string) *shopCommand {
	for i := range shopCommands {
		if word != "" && slices.Contains(shopCommands[i].words, word) {
			return &shopCommands[i]
		}
	}
	return nil
}

// shopWordsKnown are the words that may be mistyped: the names of the commands.
func shopWordsKnown() (known []string) {
	for _, cmd := range shopCommands {
		known = append(known, cmd.words[0])
	}
	return known
}

// asksSomething tells that a request is a question and no command.
func (r request) asksSomething() bool { return templates.Asks(r.text) }

// usage shows how the command of a request is written.
func (c *turn) usage(r request) []templates.Text {
	return []templates.Text{templates.DropshipUsage{Name: c.name(), Example: shopCommandOf(r.word).example}}
}

// shopIntents are what the commands are about, for reports.
const shopIntent = "perintah_dropship"

// answerShop says what a command answers. It counts as the answer that was waited for, and
// the loop guards let it pass.
func (c *turn) answerShop(all []templates.Text) (bool, error) {
	if len(all) == 0 {
		return len(c.out.Drafts) > 0, nil
	}
	c.wait()
	about := shopIntent
	if c.Account == nil {
		about = orderIntent
	}
	c.out.WaitIntent, c.out.Conversation.Answered = about, true
	for _, t := range all {
		text, err := c.write(t)
		if err != nil {
			return true, err
		}
		c.say(shop.Draft{Text: text, Exempt: true, Answers: true, Parts: says(about)})
	}
	return true, nil
}

// onlyRegistered are the commands that mean nothing but a dropshipper's books.
var onlyRegistered = words("mutasi tagihan rekon margin topup")

// notRegistered tells whoever has no shop with us how to register, and no figure.
func (c *turn) notRegistered() (bool, error) {
	r, cmd := requestOf(shop.Message{Text: c.text})
	if cmd == nil || !r.sure || !onlyRegistered[r.word] || r.asksSomething() || strings.Contains(c.text, "\n") || len(r.rest) > 5 || !plainArguments(r) {
		return false, nil
	}
	c.wait()
	return true, c.reply(templates.BalanceUnknown{Name: c.name()}, shop.Draft{Exempt: true, Parts: says(balanceIntent)})
}

// plainArguments tells that nothing but figures and platforms follows a command, as no
// talk does.
func plainArguments(r request) bool {
	return !slices.ContainsFunc(r.rest, func(w string) bool {
		_, platform := shop.PlatformNamed(w)
		_, err := shop.ParseAmount(strings.TrimSuffix(w, "%"))
		return !platform && err == shop.AmountNone
	})
}
