package simulator

import (
	"context"
	"time"
)

// carry posts a delivery as its trouble, if there is one, has it.
func (s *Simulator) carry(ctx context.Context, body []byte, d *delivery, t *try, trouble Trouble) ([]byte, error) {
	switch trouble.How {
	case Dropped:
		return nil, nil
	case Slowly:
		s.travel(ctx, trouble.wait())
	case Twice:
		s.spawn(func() { _, _ = s.post(ctx, body, &delivery{}, &try{}) }) // nobody waits for the second answer
	}
	return s.post(ctx, body, d, t)
}

// travel lets a delivery be on its way for a while, by the platform's own clock.
func (s *Simulator) travel(ctx context.Context, d time.Duration) {
	for arrives := s.opt.Now().Add(d); ctx.Err() == nil && s.opt.Now().Before(arrives); {
		pass(ctx, min(d, 5*time.Millisecond))
	}
}
