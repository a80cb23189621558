package clock_test

import (
	"testing"
	"time"

	"mishu/bot/line"
	"mishu/storage"
)

// The auditor asks each line every five minutes, for what is ten minutes late.
func TestAudit(t *testing.T) {
	t.Parallel()
	var asked []time.Duration
	s := newStage(t, 1, line.Line{Late: func(tx *storage.Tx, before storage.Moment) (int64, error) {
		asked = append(asked, tx.Now().Sub(before.Time()))
		return 3, nil
	}})
	began := len(asked)
	for range 4 {
		s.until(s.clock().Add(4*time.Minute), 4*time.Minute)
	}
	if n := len(asked) - began; n != 2 {
		t.Errorf("asked %d times in 16 minutes of ticks four minutes apart, want 2", n)
	}
	for _, late := range asked {
		if late != 10*time.Minute {
			t.Errorf("asked for what is %v late", late)
		}
	}
	if n := s.metric("mishu_late"); n != 3 {
		t.Errorf("the metric says %v, want 3", n)
	}
}
