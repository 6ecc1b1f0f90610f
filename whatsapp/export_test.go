package whatsapp

// Dispatch hands an event to the client as the library would.
func (c *Client) Dispatch(evt any) bool { return c.handle(evt) }

// Discourage makes the client believe that many attempts have failed, so that it
// would wait longer for its next one than a test does.
func (c *Client) Discourage() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.link.attempts = 10
}
