package whatsapp

// Dispatch hands an event to the client as the library would.
func (c *Client) Dispatch(evt any) bool { return c.handle(evt) }
