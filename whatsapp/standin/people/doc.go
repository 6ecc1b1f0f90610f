// Package people are the humans around a stand-in: customers, admins, the person
// with the shop phone and whoever uses a second linked device. Each is a real
// whatsmeow client with its keys in memory, so what they write and read goes
// through real encryption and the real wire.
//
//	w := people.New(srv, zerolog.Nop())
//	defer w.Close()
//	rina, err := w.Phone(ctx, "6281200000001", "Rina")
//	id, err := rina.Say(ctx, "628111000111", "halo kak, ongkir ke bandung brp?")
//	answer, err := rina.Await(ctx, func(r people.Received) bool { return r.Kind == people.Text })
//
// A person acknowledges a message only after it is in Received, so once the
// stand-in is quiet (standin.Server.Busy) everything that was relayed can be
// seen there. Typing and presence carry no acknowledgement: wait for those.
package people
