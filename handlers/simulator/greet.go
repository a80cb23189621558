package simulator

import "context"

// Greet types a line on somebody's phone if nothing has ever been said there:
// the demo's first start gives each phone of the cast an answer to look at.
func (s *Simulator) Greet(ctx context.Context, personID, text string) error {
	id, err := s.phone(ctx, personID)
	if err != nil {
		return err
	}
	silent := false
	if err := s.book.look(id, func(c *chat) { silent = len(c.bubbles) == 0 }); err != nil || !silent {
		return err
	}
	return s.do(ctx, act{Person: id, Kind: "text", Text: text, Nonce: "greet " + id})
}
