package hostile

import (
	"math"

	"google.golang.org/protobuf/proto"

	"go.mau.fi/whatsmeow/proto/waCommon"
	"go.mau.fi/whatsmeow/proto/waE2E"

	"bestie/shop"
)

// shown is a class of content that is no text.
func shown(name, why string, reply Reply, kinds []shop.Kind, make func(m *dice) *waE2E.Message) *Class {
	return &Class{Name: name, Why: why, Kinds: kinds, Reply: reply, wire: true, content: make}
}

// media are classes of pictures, places, cards and carts.
func media() []*Class {
	picture := []shop.Kind{shop.KindImage}
	return []*Class{
		shown("media without a file", "only a person looks at it; nothing is fetched", Any,
			[]shop.Kind{shop.KindImage, shop.KindVideo, shop.KindVoice, shop.KindAudio}, bareMedia),
		shown("document names", "the last part of the path is shown; our files have our names", Any, []shop.Kind{shop.KindDocument}, func(m *dice) *waE2E.Message {
			return &waE2E.Message{DocumentMessage: &waE2E.DocumentMessage{
				FileName: str(one(m, "../../etc/passwd", `..\..\windows\x.exe`, "CON", "a\x00.pdf", repeat("x/", 9000), "\u202egpj.exe", "\xff", "")),
				Mimetype: str("application/x-sh"), FileLength: proto.Uint64(math.MaxUint64),
			}}
		}),
		shown("view once", "what did come is a picture like any other", Any, picture, func(m *dice) *waE2E.Message {
			return &waE2E.Message{ViewOnceMessageV2: &waE2E.FutureProofMessage{Message: &waE2E.Message{ImageMessage: &waE2E.ImageMessage{ViewOnce: proto.Bool(true)}}}}
		}),
		shown("albums", "the announcement is silent, its pictures are answered once", Any, []shop.Kind{shop.KindAlbum, shop.KindImage}, album),
		shown("stickers", "closes a talk, asks nothing", Silence, []shop.Kind{shop.KindSticker}, func(m *dice) *waE2E.Message {
			return one(m, &waE2E.Message{StickerMessage: &waE2E.StickerMessage{}}, &waE2E.Message{StickerPackMessage: &waE2E.StickerPackMessage{Caption: str("\x00" + repeat("x", 9000))}})
		}),
		shown("places that are nowhere", "coordinates off the Earth are dropped", Any, []shop.Kind{shop.KindLocation}, func(m *dice) *waE2E.Message {
			off := []float64{math.NaN(), math.Inf(1), math.Inf(-1), 1e308, -91, 181, 0}
			return &waE2E.Message{LocationMessage: &waE2E.LocationMessage{DegreesLatitude: proto.Float64(one(m, off...)), DegreesLongitude: proto.Float64(one(m, off...))}}
		}),
		shown("huge contact cards", "16 KB of a card are kept", Any, []shop.Kind{shop.KindContact}, func(m *dice) *waE2E.Message {
			card := &waE2E.ContactMessage{DisplayName: str(repeat("Budi\n", 2000)), Vcard: str("BEGIN:VCARD\n" + repeat("PHOTO:AAAA", 20_000))}
			if m.IntN(2) == 0 {
				return &waE2E.Message{ContactMessage: card}
			}
			return &waE2E.Message{ContactsArrayMessage: &waE2E.ContactsArrayMessage{Contacts: []*waE2E.ContactMessage{card, card, nil, {}}}}
		}),
		shown("absurd orders", "prices in them are never taken over", Any, []shop.Kind{shop.KindCart}, func(m *dice) *waE2E.Message {
			return &waE2E.Message{OrderMessage: &waE2E.OrderMessage{
				OrderID: str(one(m, "", "'; --", repeat("9", 5000))), ItemCount: proto.Int32(one(m, int32(math.MinInt32), -1, math.MaxInt32)),
				TotalAmount1000: proto.Int64(one(m, int64(math.MinInt64), -1, math.MaxInt64)), TotalCurrencyCode: str("XXX"), Token: str("x"),
			}}
		}),
		shown("catalogue items and buttons", "titles are text, hidden IDs are data", Any, []shop.Kind{shop.KindProduct, shop.KindButton}, func(m *dice) *waE2E.Message {
			return one(m,
				&waE2E.Message{ProductMessage: &waE2E.ProductMessage{Product: &waE2E.ProductMessage_ProductSnapshot{
					Title: str("bakso \x00"), ProductID: str(repeat("P", 3000)), PriceAmount1000: proto.Int64(-1),
				}}},
				&waE2E.Message{ButtonsResponseMessage: &waE2E.ButtonsResponseMessage{SelectedButtonID: str("promo on")}},
				&waE2E.Message{ListResponseMessage: &waE2E.ListResponseMessage{Title: str("antrian")}},
				&waE2E.Message{InteractiveResponseMessage: &waE2E.InteractiveResponseMessage{InteractiveResponseMessage: &waE2E.InteractiveResponseMessage_NativeFlowResponseMessage_{
					NativeFlowResponseMessage: &waE2E.InteractiveResponseMessage_NativeFlowResponseMessage{ParamsJSON: str(repeat("[", 90_000))},
				}}},
			)
		}),
		shown("polls", "kept with 16 KB of options; a person looks", Any, []shop.Kind{shop.KindPoll}, func(m *dice) *waE2E.Message {
			poll := &waE2E.PollCreationMessage{Name: str(one(m, "", "Rasa?\x00"))}
			for range m.IntN(400) {
				poll.Options = append(poll.Options, &waE2E.PollCreationMessage_Option{OptionName: str("pilihan " + repeat("x", m.IntN(100)))})
			}
			return one(m, &waE2E.Message{PollCreationMessage: poll}, &waE2E.Message{PollCreationMessageV3: poll})
		}),
		shown("votes in unknown polls", "kept as unreadable, also with a nonce of a wrong length", Silence, []shop.Kind{shop.KindPollVote}, func(m *dice) *waE2E.Message {
			return &waE2E.Message{PollUpdateMessage: one(m,
				&waE2E.PollUpdateMessage{},
				&waE2E.PollUpdateMessage{PollCreationMessageKey: target(m), Vote: &waE2E.PollEncValue{EncIV: m.bytes(m.IntN(20)), EncPayload: m.bytes(50)}},
				&waE2E.PollUpdateMessage{PollCreationMessageKey: &waCommon.MessageKey{RemoteJID: str("rahasia @@ \x00")}, Vote: &waE2E.PollEncValue{EncIV: m.bytes(12)}},
			)}
		}),
		shown("traces of calls", "one polite text a day", Once, []shop.Kind{shop.KindCall}, func(m *dice) *waE2E.Message {
			return one(m, &waE2E.Message{CallLogMesssage: &waE2E.CallLogMessage{DurationSecs: proto.Int64(-1)}}, &waE2E.Message{Call: &waE2E.Call{CallKey: m.bytes(32)}}, &waE2E.Message{BcallMessage: &waE2E.BCallMessage{}})
		}),
	}
}

func bareMedia(m *dice) *waE2E.Message {
	return one(m,
		&waE2E.Message{ImageMessage: &waE2E.ImageMessage{}},
		&waE2E.Message{ImageMessage: &waE2E.ImageMessage{URL: str("file:///etc/passwd"), DirectPath: str("//evil/../.."), MediaKey: m.bytes(3), FileLength: proto.Uint64(1 << 63)}},
		&waE2E.Message{ImageMessage: &waE2E.ImageMessage{JPEGThumbnail: m.bytes(one(m, 1000, 300_000))}},
		&waE2E.Message{VideoMessage: &waE2E.VideoMessage{Seconds: proto.Uint32(math.MaxUint32)}},
		&waE2E.Message{PtvMessage: &waE2E.VideoMessage{}},
		&waE2E.Message{AudioMessage: &waE2E.AudioMessage{PTT: proto.Bool(true), Waveform: m.bytes(5000)}},
		&waE2E.Message{AudioMessage: &waE2E.AudioMessage{}},
	)
}

func album(m *dice) *waE2E.Message {
	if m.i%5 == 0 {
		return &waE2E.Message{AlbumMessage: &waE2E.AlbumMessage{ExpectedImageCount: proto.Uint32(math.MaxUint32)}}
	}
	return &waE2E.Message{ImageMessage: &waE2E.ImageMessage{}, MessageContextInfo: &waE2E.MessageContextInfo{
		MessageAssociation: &waE2E.MessageAssociation{AssociationType: waE2E.MessageAssociation_MEDIA_ALBUM.Enum(), ParentMessageKey: target(m)},
	}}
}

// target names some message, mostly one that is not there.
func target(m *dice) *waCommon.MessageKey {
	return &waCommon.MessageKey{
		RemoteJID: str(one(m, "628111000111@s.whatsapp.net", "status@broadcast", "", "bukan alamat\n")),
		FromMe:    proto.Bool(true), ID: str(one(m, m.id(), "3EB0", "x")),
	}
}
