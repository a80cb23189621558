package storage

import "context"

type trapKey struct{}

// WithTrap has every statement under ctx ask first whether it may run, and every
// COMMIT afterwards whether anybody hears of it. Tests let a process die so
// between any two statements; nothing else uses it.
func WithTrap(ctx context.Context, may func() error) context.Context {
	return context.WithValue(ctx, trapKey{}, may)
}

// trapped asks the trap, where there is one.
func (tx *Tx) trapped() error {
	if tx.trap == nil {
		return nil
	}
	return tx.trap()
}
