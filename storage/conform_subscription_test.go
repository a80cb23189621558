package storage

import "testing"

func conformSubscription(t *testing.T, s *stage) {
	const who, other, template = "oSubscribes", "osubscribes", "TPL_1"
	left := func(openid string) int {
		t.Helper()
		c, _, err := s.in(t).Tx().SubscriptionTo("gh", openid, template)
		must(t, err)
		return c.Left
	}
	use := func(want bool) {
		t.Helper()
		s.must(t, func(tx *Tx) error {
			got, err := tx.UseSubscription("gh", who, template)
			same(t, "used", got, want)
			return err
		})
	}
	use(false)
	for range 2 {
		s.must(t, func(tx *Tx) error { return tx.Subscribe("gh", who, template, 1) })
	}
	same(t, "agreed twice", left(who), 2)
	same(t, "of another person", left(other), 0)
	use(true)
	use(true)
	use(false)
	s.must(t, func(tx *Tx) error { return tx.Subscribe("gh", who, template, 1) })
	same(t, "given back", left(who), 1)
	s.must(t, func(tx *Tx) error { return tx.Unsubscribe("gh", who, template) })
	use(false)
	s.must(t, func(tx *Tx) error { return tx.Subscribe("gh", who, template, 3) })
	s.must(t, func(tx *Tx) error { return tx.ForgetSubscriptions("gh", who) })
	if _, found, err := s.in(t).Tx().SubscriptionTo("gh", who, template); found || err != nil {
		t.Errorf("after leaving: %v %v", found, err)
	}
}
