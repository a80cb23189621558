package bot_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"mishu/bot/access"
	"mishu/bot/book"
	"mishu/bot/roster"
	"mishu/bot/talk"
	"mishu/storage"
	"mishu/storage/session"
)

// driven is how many messages the property below says in `make test`, and
// perVillage how many of them in one village. MISHU_SOAK says how many instead,
// MISHU_SEED from which village on: 100,000 are said in pieces.
const driven, perVillage = 4500, 150

// Nothing of one person reaches another without a right: random villages,
// households, roles, proxies and telephones that two share; everything private
// carries a mark of its own, and each mark in each reply and push must be allowed
// by rules written down here a second time, apart from bot/access.
func TestInvariant09NothingPrivateReachesAnother(t *testing.T) {
	t.Parallel()
	total := driven
	if n, err := strconv.Atoi(os.Getenv("MISHU_SOAK")); err == nil && n > 0 {
		total = n
	}
	first, err := strconv.ParseUint(os.Getenv("MISHU_SEED"), 10, 32)
	if err != nil {
		first = 0
	}
	seen := 0
	for said := 0; said < total; said += perVillage {
		v := newSecret(t, first+uint64(said/perVillage))
		for range min(perVillage, total-said) {
			v.turn()
		}
		seen += v.allowed
	}
	t.Logf("%d messages from village %d on, %d of them told something private to whoever may know", total, first, seen)
	if seen < total/50 {
		t.Errorf("of %d answers only %d told anything private: the questions ask for nothing", total, seen)
	}
}

// secret is a random village in which everything private has a mark.
type secret struct {
	*stage
	seed    uint64
	rand    *rand.Rand
	book    *book.Book
	marks   map[string]mark
	shared  map[int64][]int64 // by whose telephone it is: who uses it
	allowed int
}

// hurried is the SQLite store without waiting for the disk: nothing here dies.
var hurried = storeKind{"sqlite", func(t *testing.T, clocks storage.Clocks) (*storage.Store, session.Store) {
	t.Helper()
	dsn := "file:" + filepath.Join(t.TempDir(), "mishu.db") + "?_pragma=busy_timeout(5000)&_pragma=synchronous(OFF)&_txlock=immediate"
	store, err := storage.Connect(storage.SQLite, dsn, clocks)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	if err := store.Migrate(context.Background()); err != nil {
		t.Fatal(err)
	}
	sessions, err := session.NewSQL(store.DB(), session.Options{Now: clocks.Wall})
	if err != nil {
		t.Fatal(err)
	}
	return store, sessions
}}

// mark is what a private string is about.
type mark struct {
	kind    access.Kind
	subject int64
}

var (
	elderNames = []string{"刘满生", "夏桂花", "舒忠良", "石桂兰", "向长庚", "粟玉莲"}
	otherNames = []string{"向春兰", "刘承志", "张远志", "舒立新", "邓友生", "舒红梅", "向建国", "夏满妹", "邓小军", "刘海波", "夏秋菊", "舒德富", "石建平", "覃水生"}
)

func newSecret(t *testing.T, seed uint64) *secret {
	t.Helper()
	v := &secret{seed: seed, rand: rand.New(rand.NewPCG(seed, 7)), marks: map[string]mark{}, shared: map[int64][]int64{}}
	v.stage = newStageOf(t, hurried, v.people())
	v.settle()
	return v
}

func (v *secret) group() int { return 1 + v.rand.IntN(3) }

// people are six elders, somebody of each office, helpers, and villagers.
func (v *secret) people() []roster.Row {
	var rows []roster.Row
	offices := []string{storage.Secretary, storage.Doctor, storage.Chair, storage.Leader, storage.Leader, storage.Helper, storage.Helper, storage.Helper}
	others := slices.Clone(otherNames)
	v.rand.Shuffle(len(others), func(i, j int) { others[i], others[j] = others[j], others[i] })
	for i, name := range others {
		r := roster.Row{Name: name, Group: v.group(), Sex: "F", Born: "1975", Household: fmt.Sprint(v.rand.IntN(4))}
		if i < len(offices) {
			r.Roles = offices[i : i+1]
		} else if v.rand.IntN(2) == 0 {
			r.Status = storage.Away
		}
		rows = append(rows, r)
	}
	for i, name := range elderNames {
		rows = append(rows, roster.Row{
			Name: name, Group: v.group(), Sex: "M", Born: "1940", Listed: true, Kinds: []string{"独居"}, Tier: roster.Normal, Household: fmt.Sprint(v.rand.IntN(4)),
			Visitor: others[5+v.rand.IntN(3)], Phone: fmt.Sprintf("1990007%02d01", i), Place: fmt.Sprintf("暗门%d号", i),
			Kin: []roster.Kin{{Name: "某某", Relation: "儿子", Phone: fmt.Sprintf("1990008%02d01", i)}},
		})
	}
	return rows
}

// settle adds proxies, requests, findings and shared telephones, and marks what
// is private.
func (v *secret) settle() {
	v.must(v.store.Update(context.Background(), func(tx *storage.Tx) error {
		in := tx.In(v.village)
		for i, name := range elderNames {
			id := v.ids[name]
			if err := v.about(in, i, id); err != nil {
				return err
			}
			child := v.ids[otherNames[v.rand.IntN(len(otherNames))]]
			err := in.AddProxy(storage.Proxy{Person: child, Elder: id, Relation: "儿子", Until: "2027-12-31", How: "当面"})
			if err != nil {
				return err
			}
			answer := []string{storage.Given, storage.Denied, storage.Never}[v.rand.IntN(3)]
			err = in.Agree(storage.Consent{Person: id, Kind: storage.ToProxy, About: child, Answer: answer, Way: storage.AtDoor})
			if err != nil {
				return err
			}
		}
		return in.Changed()
	}))
	for range 2 {
		owner, other := v.anybody(), v.anybody()
		if owner != other && !slices.Contains(v.shared[owner], other) && v.names[other] != "舒德贵" {
			v.shares(v.names[owner] + " " + v.names[other])
			v.shared[owner] = append(v.shared[owner], other)
		}
	}
	v.reload()
}

func (v *secret) about(in storage.In, i int, id int64) error {
	day := fmt.Sprintf("2026-11-%02d", 2+i)
	visitor := v.ids[otherNames[0]]
	visit := storage.Visit{Elder: id, Visitor: visitor, Day: day, Met: true, Words: "暗话", SourceKey: fmt.Sprint("old", i), Ordinal: 1}
	if err := in.AddVisit(&visit, in.Rescue(id)); err != nil {
		return err
	}
	finding := storage.Finding{Elder: id, Visit: visit.ID, Reporter: visitor, Words: fmt.Sprintf("暗疾%d样", i), SourceKey: fmt.Sprint("old", i), Ordinal: 1}
	if err := in.AddFinding(&finding, in.Rescue(id)); err != nil {
		return err
	}
	h := storage.Help{
		Elder: id, Asker: id, Account: account, OpenID: v.openID(id), Service: "lao", Detail: fmt.Sprintf("暗求%d件", i), WishGrain: "any",
		State: storage.Open, Step: 4, SourceKey: fmt.Sprint("old", i), Ordinal: 1,
	}
	if err := in.AddHelp(&h, in.Own(id)); err != nil {
		return err
	}
	err := in.SetTrait(storage.Trait{Person: id, Kind: storage.KeyWith, Value: fmt.Sprintf("暗钥%d把", i)}, in.Rescue(id))
	for text, kind := range map[string]access.Kind{
		fmt.Sprintf("1990007%02d01", i): access.Door, fmt.Sprintf("暗门%d号", i): access.Door, fmt.Sprintf("1990008%02d01", i): access.Kin,
		finding.Words: access.Seen, h.Detail: access.Wants, fmt.Sprintf("暗钥%d把", i): access.Care, fmt.Sprintf("11月%d日", 2+i): access.Visited,
	} {
		v.marks[text] = mark{kind, id}
	}
	return err
}

func (v *secret) reload() {
	v.view(func(in storage.In) (err error) {
		v.book, err = book.Load(in)
		return err
	})
}

func (v *secret) anybody() int64 {
	if v.rand.IntN(3) == 0 {
		return v.ids[elderNames[v.rand.IntN(len(elderNames))]]
	}
	return v.ids[otherNames[v.rand.IntN(len(otherNames))]]
}

var curious = []string{
	"%s住哪里", "%s电话多少", "%s电话好多", "有人去看过%s没", "上次是哪个看的%s", "%s怎么样了", "%s最近怎么样", "还没看", "还没看 2组", "名单", "我的事", "没人接的", "看",
	"帮助", "1", "2", "11号怎么样了", "电话12", "13怎么样了", "接11", "接12 不过要下午", "不13", "为么子没人接11", "看了%s 20分钟", "没见到%s", "我是%s", "我是%s的崽", "请人去看一下%s", "帮%s洗下被子",
	"记了我么子", "点头", "不肯", "莫告诉我崽", "认识", "是他屋里人", "撤销", "错了，是%s", "取消", "转群11", "好", "收到", "对", "继续", "人工", "3", "%s得了么子病", "谁是空巢", "钥匙在哪里 %s",
}

// turn lets somebody say something, sometimes lets time pass, and looks at
// everything that came of it.
func (v *secret) turn() {
	v.t.Helper()
	who := v.anybody()
	words := curious[v.rand.IntN(len(curious))]
	if strings.Contains(words, "%s") {
		words = fmt.Sprintf(words, v.names[v.anybody()])
	}
	name := v.names[who]
	if v.rand.IntN(12) == 0 {
		name = "陌生人"
	}
	v.at = fmt.Sprintf("village %d, %s: %s", v.seed, name, words)
	v.count++
	v.last = talk.Message{
		Account: account, OpenID: v.openID(v.person(name)), Key: fmt.Sprintf("%08x%024x", v.count, 0), Kind: talk.Text, Text: words, At: v.clock.Now(),
	}
	v.hear()
	if v.rand.IntN(6) == 0 {
		v.tick()
	}
	v.reload()
	v.inspect(v.person(name), v.reply, words)
	for _, p := range v.pushed {
		v.inspect(p.person, p.text, "")
	}
	v.pushed, v.replied = nil, true
	if v.rand.IntN(40) == 0 {
		v.pass(1800 * 1e9)
		for _, p := range v.pushed {
			v.inspect(p.person, p.text, "")
		}
		v.pushed = nil
	}
}

// inspect looks for marks in what reached a telephone.
func (v *secret) inspect(phone int64, text, said string) {
	v.t.Helper()
	if strings.HasPrefix(text, "【") || strings.HasPrefix(text, "又讲了") || strings.Contains(text, "问了一声，还没回话，请打电话看看。") {
		return // an alert, or a doubt that nobody answered: to save a life whoever is near is told the door, and whom to call
	}
	reader := phone
	if phone < 0 { // the stranger may have said who he is, and somebody may have known him
		reader = v.boundTo(v.openID(phone))
	}
	if users := v.shared[phone]; len(users) > 0 {
		reader = v.named(append(users, phone), text)
	}
	for words, m := range v.marks {
		if !strings.Contains(text, words) || strings.Contains(said, words) {
			continue
		}
		if !v.rightful(reader, m) {
			v.fail("%s is shown %s (%s of %s): %s", v.names[reader], words, m.kind, v.names[m.subject], text)
		}
		v.allowed++
	}
}

// boundTo is whom an OpenID is bound to, 0 for nobody.
func (v *secret) boundTo(openid string) (person int64) {
	v.t.Helper()
	v.view(func(in storage.In) error {
		members, err := in.Tx().Members(account, openid)
		for _, m := range members {
			if m.State == storage.Active {
				person = m.Person
			}
		}
		return err
	})
	return person
}

// named is who of those who share a telephone a text is for, by the name it
// begins with; nobody's may hold no mark.
func (v *secret) named(users []int64, text string) int64 {
	for _, id := range users {
		if strings.HasPrefix(text, v.names[id]+"，") {
			return id
		}
	}
	return 0
}

// rightful is the rules once more: by what the village was made of, and by the
// requests that somebody asked or holds.
func (v *secret) rightful(reader int64, m mark) bool {
	if reader <= 0 {
		return false
	}
	is := func(role string, group int) bool {
		return slices.ContainsFunc(v.book.Roles(reader), func(r storage.Role) bool { return r.Role == role && (group == 0 || r.Group == group) })
	}
	reported := reader == v.ids[otherNames[0]]
	group, plan := v.book.Person(m.subject).Group, v.plan(m.subject)
	leads, visits := is(storage.Leader, group), plan.Visitor == reader || plan.Backup == reader
	hears := slices.ContainsFunc(v.book.SpokenFor(m.subject), func(p storage.Proxy) bool { return p.Person == reader && p.MayHear })
	a, b := v.book.Person(reader), v.book.Person(m.subject)
	switch m.kind {
	case access.Door:
		home := a.Household != 0 && a.Household == b.Household && a.Status == storage.Home
		return reader == m.subject || is(storage.Secretary, 0) || is(storage.Doctor, 0) || leads || visits || home || v.deals(reader, m.subject)
	case access.Visited:
		return reported || reader == m.subject || is(storage.Secretary, 0) || is(storage.Doctor, 0) || is(storage.Chair, 0) || leads || visits || hears
	case access.Seen:
		return reported || reader == m.subject || is(storage.Secretary, 0) || is(storage.Doctor, 0) || visits
	case access.Wants:
		return reader == m.subject || is(storage.Secretary, 0) || leads || hears || v.deals(reader, m.subject)
	}
	return reader == m.subject || is(storage.Secretary, 0) || is(storage.Doctor, 0) || leads || visits // Kin, Care
}

func (v *secret) plan(elder int64) storage.Plan {
	p, _ := v.book.Plan(elder)
	return p
}

// deals reports whether somebody asked for the elder, took a request of his, or
// was asked by the office to decide about one.
func (v *secret) deals(reader, elder int64) (yes bool) {
	v.view(func(in storage.In) error {
		helps, err := in.RunningHelps()
		own := func(h storage.Help) bool { return h.Elder == elder || strings.Contains(h.Detail, v.request(elder)) } // it may have been corrected to another
		yes = slices.ContainsFunc(helps, func(h storage.Help) bool { return own(h) && (h.Holder == reader || h.Asker == reader) })
		return err
	})
	return yes
}

// request is the mark of what an elder asked for.
func (v *secret) request(elder int64) string {
	return fmt.Sprintf("暗求%d件", slices.IndexFunc(elderNames, func(n string) bool { return v.ids[n] == elder }))
}
