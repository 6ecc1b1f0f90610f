package shop

// PromoPicture is a picture that an admin sent for a campaign and that is still to be
// fetched.
type PromoPicture struct {
	Campaign int64
	Ticket   int64
	Number   int
	Name     string
	Person   int64  // who sent it
	Message  int64  // of the inbox
	Raw      []byte // of the message, for the download
	Attempts int    // downloads that failed
}
