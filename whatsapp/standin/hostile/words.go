package hostile

import (
	"fmt"
	"strings"

	"go.mau.fi/whatsmeow/proto/waE2E"

	"bestie/shop"
)

// said is a class of texts.
func said(name, why string, reply Reply, write func(m *dice) string) *Class {
	return &Class{
		Name: name, Why: why, Kinds: []shop.Kind{shop.KindText}, Reply: reply, wire: true,
		content: func(m *dice) *waE2E.Message { return written(m, write(m)) },
	}
}

// written is a text in one of the two forms that occur.
func written(m *dice, s string) *waE2E.Message {
	if m.IntN(2) == 0 {
		return text(s)
	}
	return &waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{Text: str(s)}}
}

// lengths are those at which something of ours ends: what a turn reads, what the
// matcher reads, what is stored.
var lengths = []int{4095, 4096, 4097, 16383, 16384, 16385, 65535, 65536, 65537, 100_000}

// words are classes of plain text.
func words() []*Class {
	return []*Class{
		said("huge text", "cut to 64 KB when stored, to 4,096 letters when read", Any, huge),
		said("control characters", "taken out before the text is stored", Any, func(m *dice) string {
			return sprinkle(m, "harga bakso berapa kak?", "\x00", "\x01", "\x07", "\x08", "\x1b[31m", "\x7f", "\u0085", "\r")
		}),
		said("nothing but controls", "nothing is left: acknowledged like a picture, a person looks", Any, func(m *dice) string {
			return repeat("\x00\x01\x1b", 1+m.IntN(200))
		}),
		said("direction overrides", "taken out: they would turn an admin's screen around", Any, func(m *dice) string {
			return sprinkle(m, "transfer 150000 ke BCA", "\u202e", "\u202d", "\u202a", "\u202b", "\u202c", "\u2066", "\u2067", "\u2069")
		}),
		said("zero-width signs", "read as if they were not there", Any, func(m *dice) string {
			return sprinkle(m, "kak titip bingkisan bisa?", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u200e")
		}),
		said("combining towers", "accents are part of their letter", Any, func(m *dice) string {
			return "z" + strings.Repeat(one(m, "\u0301", "\u0336", "\u20d0", "\u0489"), 1+m.IntN(3000)) + "algo"
		}),
		said("emoji only", "a thumb asks nothing", Silence, func(m *dice) string {
			return strings.Repeat(one(m, "👍", "🙏", "😂", "❤️", "🔥", "🇮🇩"), 1+m.IntN(2000))
		}),
		said("joined emoji", "the joiners stay, nothing is asked", Silence, func(m *dice) string {
			return strings.Repeat(one(m, "👨‍👩‍👧‍👦", "🏳️‍🌈", "👩🏽‍🚀", "❤️‍🔥", "🧑🏿‍🤝‍🧑🏻"), 1+m.IntN(500))
		}),
		said("broken UTF-8", "replaced by U+FFFD before anything reads it", Any, func(m *dice) string {
			return "halo" + one(m, "\xff\xfe", "\xc3", "\xe2\x82", "\xf0\x9f\x98", "\xed\xa0\x80", string(m.bytes(64))) + " kak"
		}),
		said("injections", "data: never SQL, template, format, shell or path", Any, inject),
		said("very many lines", "a page shows one line of it", Any, func(m *dice) string {
			return strings.Repeat(one(m, "\n", "a\n", "\r\n", "\u2028", "? \n"), 1+m.IntN(20_000))
		}),
		said("absurd numbers", "no amount, or one that only a person books", Any, func(m *dice) string {
			return one(m, "bayar ", "transfer Rp", "order ", "saldo ", "") + one(m,
				repeat("9", 1+m.IntN(400)), "-150000", "1e400", "0,0000001jt", "NaN", "９９９９９９", "٩٩٩٩٩", "99999999999999999999rb")
		}),
		said("a stranger's commands", "an admin is known by number and LID: a customer's question", Any, func(m *dice) string {
			return one(m, "antrian", "bot 3 on", "bot 99999999999999999999 off", "promo on", "/admin", "sudo promo on", "bot -1 on", "BOT\t3\tOFF")
		}),
		said("away messages", "another machine: never answered", Silence, func(m *dice) string {
			return one(m, "Terima kasih telah menghubungi Toko %d", "Thank you for contacting us! %d", "TERIMAKASIH TELAH MENGHUBUNGI kami %d") +
				fmt.Sprint(m.IntN(1e9))
		}),
	}
}

func huge(m *dice) string {
	n := lengths[m.i%len(lengths)]
	if m.i%25 == 24 {
		n = 1 << 20
	}
	return repeat(one(m, "halo kak ", "a", "harga bakso? ", "é", "😀", "stop ", "9", "(((", "!?"), n)
}

// sprinkle puts signs between the letters of a text.
func sprinkle(m *dice, s string, signs ...string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteRune(r)
		if m.IntN(3) == 0 {
			b.WriteString(one(m, signs...))
		}
	}
	return b.String() + one(m, signs...)
}

func inject(m *dice) string {
	return one(m,
		"'; DROP TABLE inbox; --", `" OR 1=1 --`, "{{.}}", "{{template \"who\" .}}", "{{range $x := .}}{{end}}", "${jndi:ldap://x/a}",
		"%s%n%x%d%!v(PANIC=)", "$(rm -rf /)", "`reboot`", "../../etc/passwd", "<script>alert(1)</script>", "\\u0000\\x00", "{\"a\":",
		"---\na: &a [*a]", "=cmd|' /C calc'!A0", "@everyone", "*_~`*_~`", "wa.me/628123?text=%00", "file:///data/session.db", "(?:a+)+$",
	) + fmt.Sprintf(" %d", m.IntN(1e9))
}
