package visit

import (
	"fmt"
	"strings"

	"mishu/bot/access"
	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/say"
	"mishu/storage"
)

// sendAgain asks the leader of the elder's group to go once more, with somebody
// else, and tells the secretary-general to ring the family.
func sendAgain(v storage.In, b *book.Book, a storage.Visit) error {
	asked, err := sendLeader(v, b, a)
	if err != nil {
		return err
	}
	kin, err := v.Contacts(a.Elder)
	if err != nil {
		return err
	}
	p := b.Person(a.Elder)
	for _, s := range b.Holders(storage.Secretary, 0) {
		err := v.Owe(storage.Notice{
			Person: s, Kind: noteUnseen, Subject: subject("visit", a.ID), Period: "1", Weight: storage.Danger, Lead: "有位老人没见到，请马上看，回“看”",
			Words: fmt.Sprintf("%d组%s没见到（%s，%s）。%s请给屋里人打电话：%s。", p.Group, p.Name, b.Name(a.Visitor), why(a), asked, numbers(p, kin)),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// duskHour is when it gets dark enough that nobody goes alone (settled.md 30).
const duskHour = 18

// sendLeader owes the leader of the group the request to go, unless it was he
// who stood there. It returns what the secretary-general reads of it.
func sendLeader(v storage.In, b *book.Book, a storage.Visit) (string, error) {
	p := b.Person(a.Elder)
	when := "天黑前"
	if h := v.Now().In(storage.Shanghai).Hour(); h >= duskHour || h < 6 {
		when = "天黑了两个人去"
	}
	told := "组里没有别的人可以请，"
	for _, leader := range b.Holders(storage.Leader, p.Group) {
		if leader == a.Visitor || leader == a.Elder {
			continue
		}
		err := v.Owe(storage.Notice{
			Person: leader, Kind: noteAgain, Subject: subject("visit", a.ID), Period: "1", Weight: storage.Danger, Lead: "有1件事要您跑一趟，回“看”",
			Words: fmt.Sprintf("%d组%s家敲门没人应（%s）。请同人一起再去看一次，%s。莫撞门。看到了回“看了”，没人回“还是没人”；有不对劲马上打110、120。", p.Group, p.Name, why(a), when),
		})
		if err != nil {
			return "", err
		}
		told = "已请组长再去，还没回话。"
	}
	return told, nil
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

// toRing are the telephones for whoever stands at a closed door: the elder's
// own, two neighbours', one of the family's (village practice E3). Who may not
// know the way to the door does not get them.
func toRing(t *line.Turn, elder int64) (string, error) {
	if !access.May(t.Book, t.Me, access.Door, elder) {
		return "", nil
	}
	var contacts []storage.Contact
	if access.May(t.Book, t.Me, access.Kin, elder) { // who lives behind the same door knows the door, not whom the village rings
		var err error
		if contacts, err = t.In.Contacts(elder); err != nil {
			return "", err
		}
	}
	var parts []string
	if phone := t.Book.Person(elder).Phone; phone != "" {
		parts = append(parts, "本人"+phone)
	}
	parts = append(parts, ofKind(contacts, storage.Watch, 2)...)
	parts = append(parts, ofKind(contacts, storage.Kin, 1)...)
	if len(parts) == 0 {
		return "", nil
	}
	return "先打电话：" + say.List(parts) + "。", nil
}

func ofKind(contacts []storage.Contact, kind string, n int) (parts []string) {
	for _, c := range contacts {
		if c.Kind == kind && c.Phone != "" && len(parts) < n {
			who := c.Relation + c.Name
			if kind == storage.Watch {
				who = "邻居" + c.Name
			}
			parts = append(parts, who+c.Phone)
		}
	}
	return parts
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
	return line.Ask(fmt.Sprintf("按急事办：先打110、120，讲%s%s%d组%s家，叫门没人应。莫一个人进去，莫撞门。正在发给%s和医生。",
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

// metSince reports whether somebody met the elder on the attempt's day or later.
func metSince(v storage.In, a storage.Visit) (bool, error) {
	o, err := nextMet(v, a)
	return o.ID != 0, err
}

// nextMet is the visit at which the elder of an attempt was met since; the zero
// Visit if there was none.
func nextMet(v storage.In, a storage.Visit) (storage.Visit, error) {
	visits, err := v.VisitsTo(a.Elder, a.Day)
	for _, o := range visits {
		if o.Met && (o.Day > a.Day || o.ID > a.ID) {
			return o, nil
		}
	}
	return storage.Visit{}, err
}

// texted is a notice about an attempt as an SMS, for where no chat takes it: no
// name and no need (settled.md 3).
func texted(_ storage.In, b *book.Book, n storage.Notice) (phone, words string, err error) {
	return b.Person(n.Person).Phone, n.Lead + "。打开微信里村里的号。", nil
}

// freshAttempt lets a notice about an attempt live until the elder was met.
func freshAttempt(v storage.In, _ *book.Book, n *storage.Notice) (string, error) {
	id, err := idOf(n.Subject)
	if err != nil {
		return "", err
	}
	a, found, err := v.Visit(id)
	if err != nil || !found {
		return "no such attempt", err
	}
	if a.NextAt == storage.Settled {
		return n.Subject + " is settled", nil
	}
	met, err := nextMet(v, a)
	if err != nil || met.ID == 0 {
		return "", err
	}
	return subject("visit", met.ID) + " met him", nil
}
