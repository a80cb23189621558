package visit

import (
	"fmt"
	"strconv"
	"strings"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/say"
	"mishu/storage"
)

// sendAgain asks the leader of the elder's group to go once more before dark,
// with somebody else, and tells the secretary-general to ring the family.
func sendAgain(v storage.In, b *book.Book, a storage.Visit) error {
	p := b.Person(a.Elder)
	for _, leader := range b.Holders(storage.Leader, p.Group) {
		err := v.Owe(storage.Notice{
			Person: leader, Kind: noteAgain, Subject: subject("visit", a.ID), Period: "1", Weight: storage.Urgent, Lead: "有1件事要您跑一趟，回“看”",
			Words: fmt.Sprintf("%d组%s家敲门没人应（%s）。请同人一起再去看一次，天黑前。看到了回“看了”，没人回“还是没人”；有不对劲马上打110、120。", p.Group, p.Name, why(a)),
		})
		if err != nil {
			return err
		}
	}
	kin, err := v.Contacts(a.Elder)
	if err != nil {
		return err
	}
	for _, s := range b.Holders(storage.Secretary, 0) {
		err := v.Owe(storage.Notice{
			Person: s, Kind: noteUnseen, Subject: subject("visit", a.ID), Period: "1", Weight: storage.Urgent, Lead: "有位老人没见到，请马上看，回“看”",
			Words: fmt.Sprintf("%d组%s没见到（%s，%s）。已请组长再去，还没回话。请给屋里人打电话：%s。", p.Group, p.Name, b.Name(a.Visitor), why(a), numbers(p, kin)),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// why is what was said at a closed door.
func why(a storage.Visit) string {
	if a.Reason == "" {
		return "没见到人"
	}
	return say.Clip(a.Reason, 16)
}

// numbers lists whom to ring about somebody.
func numbers(p storage.Person, kin []storage.Contact) string {
	var parts []string
	if p.Phone != "" {
		parts = append(parts, "本人"+p.Phone)
	}
	for _, c := range kin {
		if c.Phone != "" && len(parts) < 4 {
			parts = append(parts, c.Relation+c.Name+c.Phone)
		}
	}
	if len(parts) == 0 {
		return "没有登记电话"
	}
	return strings.Join(parts, "，")
}

// notRight raises an alert about closed doors: whoever stands there says that
// something is wrong.
func notRight(t *line.Turn, ids []int64, words string) (line.Answer, error) {
	var elder int64
	for _, id := range ids {
		v, found, err := t.In.Visit(id)
		if err != nil || !found {
			return line.Answer{}, err
		}
		elder = v.Elder
		v.NextAt, v.Reason = storage.Settled, strings.Trim(v.Reason+"；"+words, "；")
		if err := t.In.SaveVisit(v); err != nil {
			return line.Answer{}, err
		}
	}
	t.Close()
	return alarm(t, elder, words)
}

// signsHeard raises an alert about a second attempt at which something was
// heard or seen behind the door.
func signsHeard(t *line.Turn, out outcome) (line.Answer, error) {
	a := out.attempts[len(out.attempts)-1]
	earlier, err := t.In.AttemptsWaiting(a.Day)
	if err != nil {
		return line.Answer{}, err
	}
	var ids []int64
	for _, e := range earlier {
		if e.Elder == a.Elder {
			ids = append(ids, e.ID)
		}
	}
	return notRight(t, ids, t.Read.Text)
}

// alarm is the alert of class 失联: police and doctor decide about the door,
// never the bot.
func alarm(t *line.Turn, elder int64, words string) (line.Answer, error) {
	if err := t.Publish(line.Fact{Kind: line.NoContact, Person: elder, Words: words}); err != nil {
		return line.Answer{}, err
	}
	p := t.Book.Person(elder)
	return line.Ask(fmt.Sprintf("按急事办：先打110、120，讲%s%s%d组%s家，叫门没人应。莫一个人进去，莫撞门。我马上发给%s和医生。",
		t.Book.Village.Township, t.Book.Village.Name, p.Group, p.Name, t.Book.Called())), nil
}

func dueAttempts(tx *storage.Tx, n int) ([]line.Item, error) {
	visits, err := tx.VisitsDue(storage.At(tx.Now()), n)
	items := make([]line.Item, 0, len(visits))
	for _, v := range visits {
		items = append(items, line.Item{Village: v.Village, ID: v.ID})
	}
	return items, err
}

// attemptDue looks at an attempt whose time has come: the leader is asked to go
// and the secretary-general is told; it then stays on her agenda until a person
// says that the elder was seen.
func attemptDue(v storage.In, b *book.Book, id int64) error {
	a, found, err := v.Visit(id)
	if err != nil || !found || a.NextAt == 0 || a.NextAt > storage.At(v.Now()) {
		return err
	}
	seen, err := metSince(v, a)
	if err != nil {
		return err
	}
	a.NextAt = 0
	if !seen {
		if err := sendAgain(v, b, a); err != nil {
			return err
		}
	}
	return v.SaveVisit(a)
}

// metSince reports whether somebody met the elder on the attempt's day or later.
func metSince(v storage.In, a storage.Visit) (bool, error) {
	visits, err := v.VisitsTo(a.Elder, a.Day)
	if err != nil {
		return false, err
	}
	for _, o := range visits {
		if o.Met && (o.Day > a.Day || o.ID > a.ID) {
			return true, nil
		}
	}
	return false, nil
}

// freshAttempt lets a notice about an attempt live until the elder was met.
func freshAttempt(v storage.In, _ *book.Book, n *storage.Notice) (string, error) {
	id, err := strconv.ParseInt(strings.TrimPrefix(n.Subject, "visit:"), 10, 64)
	if err != nil {
		return "", fmt.Errorf("notice about %q: %w", n.Subject, err)
	}
	a, found, err := v.Visit(id)
	if err != nil || !found {
		return "no such attempt", err
	}
	seen, err := metSince(v, a)
	if err != nil || !seen {
		return "", err
	}
	return "seen", nil
}
