//go:build failpoints

package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"mishu/storage"
)

// owed is a notice as the account sees it.
type owed struct {
	ID        int64  `db:"id"`
	Person    int64  `db:"person"`
	OpenID    string `db:"openid"`
	Kind      string `db:"kind"`
	Subject   string `db:"subject"`
	Period    string `db:"period"`
	State     string `db:"state"`
	Channel   string `db:"channel"`
	Words     string `db:"words"`
	NotBefore int64  `db:"not_before"`
	Why       string `db:"why"`
}

func (n owed) String() string {
	return fmt.Sprintf("%s/%s/%s to %d: %s by %q (%s)", n.Kind, n.Subject, n.Period, n.Person, n.State, n.Channel, n.Why)
}

// ledger is the account that the test keeps of one village: what was said and
// answered, and what arrived, against what the records hold.
type ledger struct {
	store   *storage.Store
	letters map[mail]int
	phones  map[int64]string // the OpenID of each person
	notices []owed
}

func openLedger(t *testing.T, store *storage.Store, letters map[mail]int) *ledger {
	t.Helper()
	l := &ledger{store: store, letters: letters, phones: map[int64]string{}}
	var bound []struct {
		Person int64  `db:"person"`
		OpenID string `db:"openid"`
	}
	if err := store.DB().Select(&bound, "SELECT person, openid FROM member WHERE state = 'active'"); err != nil {
		t.Fatal(err)
	}
	for _, b := range bound {
		l.phones[b.Person] = b.OpenID
	}
	err := store.DB().Select(&l.notices, `SELECT id, person, openid, kind, subject, period, state, channel, words, not_before, why FROM notice ORDER BY id`)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// mail is the letter that a notice became: its words, behind an opening where a
// lock screen would have shown somebody's name.
func (l *ledger) mail(n owed) mail {
	to := n.OpenID
	if to == "" {
		to = l.phones[n.Person]
	}
	for m := range l.letters {
		if m.to == to && strings.HasSuffix(m.text, "：\n"+n.Words) {
			return m
		}
	}
	return mail{to, n.Words}
}

// recorded wants each message to have made its records once, and its reply to
// be the one that was given.
func (l *ledger) recorded(t *testing.T, heard map[words]string) {
	t.Helper()
	for m, reply := range heard {
		var kept []string
		if err := l.store.DB().Select(&kept, "SELECT reply FROM heard WHERE msg_key = ?", m.key(t)); err != nil {
			t.Fatal(err)
		}
		if len(kept) != 1 || kept[0] != reply {
			t.Errorf("%q was answered %q, the records have %q", m.text, reply, kept)
		}
	}
	for _, table := range []string{"visit", "service_record", "finding", "help"} {
		if n := countOf(t, l.store, "SELECT COUNT(*) FROM "+table); n != 1 {
			t.Errorf("%s has %d rows, want 1", table, n)
		}
	}
}

// delivered wants at most one letter for each notice, exactly one for each that
// counts as sent, and a word about each that did not arrive. It returns how
// many are unknown.
func (l *ledger) delivered(t *testing.T) (unknown int) {
	t.Helper()
	now := time.Now().UnixMilli()
	letters := map[mail]int{}
	for m, n := range l.letters {
		letters[m] = n
	}
	for _, n := range l.notices {
		got := letters[l.mail(n)]
		switch {
		case n.State == storage.NoticeSent && n.Channel == "custom" && got == 1, n.State == storage.NoticeUnknown && got <= 1:
			delete(letters, l.mail(n))
		case n.State == storage.NoticeSent && n.Channel == "carry" && got == 0,
			n.Kind == "bound" && n.State == storage.NoticeSent && got == 0, // told while the village settled in, before the account
			n.State == storage.NoticeDue && n.NotBefore > now && got == 0,
			slices.Contains([]string{storage.NoticeCarry, storage.NoticeCleared, storage.NoticeStale}, n.State) && got == 0:
		default:
			t.Errorf("notice with %d letters: %s", got, n)
		}
		if n.State == storage.NoticeUnknown {
			unknown++
		}
	}
	for m, n := range letters {
		t.Errorf("%d letters that nobody owed: %q", n, m.text)
	}
	return unknown
}

// caused are the notices that messages caused after the one with that id, by
// what they are and for whom. Those of the timed rules are of other days.
func (l *ledger) caused(after int64) []string {
	var keys []string
	for _, n := range l.notices {
		if n.ID > after && strings.Contains(n.Subject, ":") { // a record; a rule's subject is month, week, day
			keys = append(keys, fmt.Sprintf("%s to %d", n.Kind, n.Person))
		}
	}
	slices.Sort(keys)
	return keys
}

// planned counts the notices of the rules of a month and a week.
func (l *ledger) planned() int {
	n := 0
	for _, o := range l.notices {
		if o.Subject == "month" || o.Subject == "week" {
			n++
		}
	}
	return n
}

func (l *ledger) String() string {
	lines := make([]string, len(l.notices))
	for i, n := range l.notices {
		lines[i] = n.String()
	}
	return strings.Join(lines, "\n")
}
