package templates

// Template is one wish of customers and how it is answered: one file of the
// library, library/<theme>/<intent>.yaml. library/README.md describes the format;
// whatever is wrong in a file is told with its line and what would be allowed.
type Template struct {
	Intent    string   // what the customer wants: file name without .yaml
	Theme     string   // the folder
	Title     string   // for people: "Ongkos kirim"
	Roles     []Role   // whom it is for
	Examples  []string // how people say it; the matcher learns from them
	Keywords  []string // words that alone say it; learnt like short examples
	Fallbacks map[string]string
	Answers   []Answer // tried in order: the first whose needs are met is sent
	HandOver  bool     // page a person at once (domain facts, section 1)
	Closes    bool     // a goodbye: nothing is waited for afterwards
	Greets    bool     // greets by itself: no greeting line goes before it
	Careful   bool     // an error costs money or trust: answered from carefulThreshold on, never offered in a menu
	Threshold float64  // own threshold of confidence; 0 = the library's
	Menu      []string // intents offered after the reply as numbered choices, by their titles
	Form      *Form    // what is asked one by one after the reply; nil for most
	Positive  []string // the owner's regression tests: must find this template
	Negative  []string // must not find this template
	Draft     bool     // not finished: checked, but neither learnt nor sent
	Own       bool     // from the owner's folder, not shipped with the program
	Version   string   // 8 hex digits over all that a reply can say: changes with the words, not with the layout

	file     string
	pictures string // folder of the pictures it names
	examples []line // Examples and Keywords with their places
	tests    []line // Positive and Negative with their places
}

// Answer is one reply of a template with its wordings.
type Answer struct {
	Needs    []string // variables that must be known for it
	Roles    []Role   // whom this reply is for; empty: everybody
	Stops    bool     // key "answers": gives the asked fact or the next step and so stops the SLA clock; false = it only holds
	Asks     bool     // a question back: the customer's next message is awaited, nobody was promised to look
	Wordings []string // two to four, all saying the same
	// CallToAction is the next step, on a line of its own at the end of the message;
	// of several answers in one message only the last one's is said.
	CallToAction []string
	Image        string // picture sent with it: a file of the library, or VarImage in braces; empty for none

	line int
}

// Form is what a template asks for, one field after the other.
type Form struct {
	Fields []Field
	Done   []string // one to four wordings for when all is there
}

// Field is one thing to ask for. What the customer gives is the variable Name.
type Field struct {
	Name string
	Kind FieldKind
	Ask  string // the question, with its variables

	line int
}

// FieldKind says what a field takes.
type FieldKind string

// The kinds of field.
const (
	FieldOrder   FieldKind = "order"   // an order number
	FieldPhoto   FieldKind = "photo"   // a picture or a video
	FieldText    FieldKind = "text"    // anything
	FieldName    FieldKind = "name"    // a person's name
	FieldAddress FieldKind = "address" // a postal address
	FieldPhone   FieldKind = "phone"   // a phone number
	FieldNumber  FieldKind = "number"  // a count
	FieldProduct FieldKind = "product" // one of the shop's products
	FieldPlace   FieldKind = "place"   // a city or district
)

var fieldKinds = []string{
	string(FieldOrder), string(FieldPhoto), string(FieldText), string(FieldName), string(FieldAddress),
	string(FieldPhone), string(FieldNumber), string(FieldProduct), string(FieldPlace),
}

// ID names a template in records: "pengiriman/ongkir".
func (t *Template) ID() string { return t.Theme + "/" + t.Intent }

// Variables that the program fills in; a wording may use no others. Keys are
// Indonesian because they stand in Indonesian texts that the owner edits.
const (
	VarKak         = "kak"    // "Kak Rina", or "Kak" while no name is known; always there
	VarGreeting    = "sapaan" // answer to the customer's own greeting: "Selamat pagi"
	VarProduct     = "produk" // the product asked about: "bakso"; several: "bakso dan soto"
	VarPrices      = "rincian_harga"
	VarStock       = "rincian_stok" // stock of what is in stock (and, after it, of what is not)
	VarSoldOut     = "stok_habis"   // the products asked about, when none is in stock
	VarProductList = "daftar_produk"
	VarVariants    = "rincian_varian"     // "Bakso Urat: original dan pedas; keju sedang habis"
	VarTiers       = "rincian_grosir"     // bulk prices, one on a line
	VarHalal       = "rincian_halal"      // certificate or permit numbers, as asked
	VarExpiry      = "rincian_kadaluarsa" // how long it keeps, how to store it
	VarUsage       = "rincian_pakai"
	VarIngredients = "rincian_bahan"
	VarWeight      = "rincian_berat"
	VarLinks       = "link_produk" // where to order it, one platform on a line
	VarImage       = "gambar"      // path of the product's picture; only for a reply's image
	VarCity        = "kota"        // the place a parcel goes to, as named by the customer
	VarCityRate    = "tarif"       // the owner's shipping rate to that place
	VarOrder       = "pesanan"     // the order number in the message

	// What a dropshipper's account says; absent for everybody else.
	VarShop      = "toko"
	VarLimit     = "limit"
	VarLimitLeft = "sisa_limit"
	VarLimitUsed = "terpakai"

	// Facts that only the owner knows, from the settings facts.*.
	VarHours   = "jam_buka"
	VarCOD     = "info_cod"
	VarPayment = "cara_bayar"
	VarMinimum = "minimal_order"
	VarGroups  = "link_grup"
	VarSignup  = "cara_daftar"

	VarDelivery    = "info_estimasi"
	VarCutoff      = "jam_kirim"
	VarPromo       = "promo_aktif"
	VarShops       = "link_toko"
	VarWholesale   = "cara_grosir"
	VarReturns     = "syarat_retur"
	VarExchange    = "syarat_tukar"
	VarAbout       = "info_perusahaan"
	VarWebLogin    = "cara_masuk_web"
	VarGenuine     = "info_keaslian"
	VarWithdrawFee = "biaya_tarik"
)

// variables lists what a wording may use, for the validator.
var variables = []string{
	VarKak, VarGreeting, VarProduct, VarPrices, VarStock, VarSoldOut, VarProductList,
	VarCity, VarCityRate, VarOrder,
	VarVariants, VarTiers, VarHalal, VarExpiry, VarUsage, VarIngredients, VarWeight, VarLinks, VarImage,
	VarShop, VarLimit, VarLimitLeft, VarLimitUsed,
	VarHours, VarCOD, VarPayment, VarMinimum, VarGroups, VarSignup,
	VarDelivery, VarCutoff, VarPromo, VarShops, VarWholesale, VarReturns, VarExchange, VarAbout, VarWebLogin, VarGenuine, VarWithdrawFee,
}

// Role is whom a text is written for.
type Role string

// The roles of readers.
const (
	RoleCustomer    Role = "customer"
	RoleDropshipper Role = "dropshipper"
)

var roles = []string{string(RoleCustomer), string(RoleDropshipper)}
