package templates

// consentYes and consentNo are the words that answer the question whether promos are
// welcome; consentBeside may stand beside them and say nothing by themselves.
var (
	consentYes = wordSet(`mau boleh setuju silakan silahkan bersedia berkenan bisa gas gaskeun yes yup yep yoi yoii lanjut kirim kirimin kirimkan
		kabari kabarin nggih inggih enggeh enggih gelem purun muhun sumuhun hayu mangga monggo sure iyo iyes iyah iyaa aye mohon`)
	consentNo = wordSet(`tidak jangan ogah no nope skip nanti dulu belum males malas usah perlu enggak kagak mboten ora ndak moh emoh
		teu henteu kedah alim embung wegah lewat lain kali stop berhenti`)
	consentBeside = wordSet(`kak min sis gan bro mas mbak bang pak bu om tante admin bestie kakak aja saja dong deh sih lah kok ah oh eh hehe hihi haha
		oke ok okey okay siap sip baik terima kasih banyak makasih banget sekali promo promonya info infonya kabar saya aku gue boleh ya dengan senang hati
		alhamdulillah insyaallah insya allah tolong juga di sini ke maaf wa whatsapp nomor ini`)
)

// mostAnswer is how many words such an answer has at most: more say more.
const mostAnswer = 10

// ConsentAnswer reads the answer to the question whether promos are welcome (AskConsent).
// It is as exact as OptWish, because nobody may be taken to agree on a doubt: every word
// has to belong to an answer, "ya" counts only at the beginning ("makasih ya" is none),
// and neither a thumb nor "oke" alone is a yes.
func ConsentAnswer(text string) Wish {
	if len(text) > longestGoodbye || asksAnything(text) {
		return WishNone
	}
	said := Normalise(text)
	if len(said) == 0 || len(said) > mostAnswer {
		return WishNone
	}
	yes, no, opening := false, false, true
	for _, w := range said {
		switch {
		case w == "ya" || w == "iya":
			yes = yes || opening
			opening = false
		case consentNo[w]:
			no = true
		case consentYes[w]:
			yes = true
		case !consentBeside[w]:
			return WishNone
		}
		opening = opening && consentVocative[w]
	}
	switch {
	case no:
		return WishOut
	case yes:
		return WishIn
	}
	return WishNone
}

// consentVocative may stand before the "ya" that is an answer.
var consentVocative = wordSet("oh kak min sis mas mbak admin eh")
