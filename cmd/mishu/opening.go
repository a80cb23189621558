package main

import "context"

// opening lets the cast say good morning on the first start, the real way: each
// phone then shows that the account answers, and has a window for pushes.
func (d *demo) opening(ctx context.Context, _ func(error)) error {
	for _, id := range d.people.cast {
		if err := d.sim.Greet(ctx, id, "你好"); err != nil {
			return err
		}
	}
	return nil
}
