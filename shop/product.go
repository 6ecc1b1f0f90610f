package shop

// Product is one thing the shop sells, as the product list names it. Prices and
// stock come from the owner's list only; the program never guesses one (domain
// facts, section 1).
type Product struct {
	Name    string   // as the owner writes it and the customer reads it
	Aliases []string // other names customers use
	Price   Rupiah   // what a buyer pays for one piece
	Cost    Rupiah   // what a dropshipper owes for one piece ("modal"); never shown to buyers
	Stock   int      // pieces on the shelf; 0 = sold out
}
