package bot_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mishu/bot/book"
	"mishu/bot/roster"
	"mishu/bot/talk"
	"mishu/bot/who"
	"mishu/storage"
)

// joinsDays is how many days the year of joins and leaves has, and joinsSeed what
// happens in it.
const joinsDays, joinsSeed = 365, 41

// A year of joins and leaves of one village: strangers bind and are refused, get
// new telephones, unfollow and come back, withdraw, die, move away and return,
// begin to help by a code and stop. The test keeps an account of its own; at the
// end of each month the records, counted anew, must say the same.
func TestYearOfJoinsAndLeaves(t *testing.T) {
	t.Parallel()
	for _, kind := range stores {
		t.Run(kind.name, func(t *testing.T) {
			t.Parallel()
			v := newCensus(t, kind)
			for day := range joinsDays {
				v.to(v.start.AddDate(0, 0, day))
				for range v.rand.IntN(4) {
					v.event()
				}
				if v.clock.Now().AddDate(0, 0, 1).Day() == 1 {
					v.compare()
				}
			}
			v.compare()
			for what, n := range map[string]int{"joins": 60, "refusals": 8, "telephones": 8, "unfollows": 15, "returns": 8, "withdrawals": 4, "deaths": 4, "moves": 4, "begins": 6, "stops": 3} {
				if v.done[what] < n {
					t.Errorf("only %d %s in a year, want %d: %v", v.done[what], what, n, v.done)
				}
			}
		})
	}
}

// census is a village and the test's own account of who is who in it.
type census struct {
	*stage
	rand  *rand.Rand
	start time.Time
	phone int              // telephones so far
	owner map[string]int64 // by OpenID
	state map[string]string
	gone  map[string]bool // does not follow
	helps map[int64]bool
	dead  map[int64]bool
	away  map[int64]bool
	done  map[string]int
}

// common are those who join and leave; the offices stay.
var common = func() (names []string) {
	for _, surname := range []string{"向", "舒", "刘", "夏", "邓", "石"} {
		for _, given := range []string{"金山", "玉堂", "山保", "桂秀", "土娥", "春芽", "青荷", "秋月", "冬梅", "东林"} {
			names = append(names, surname+given)
		}
	}
	return names
}()

func newCensus(t *testing.T, kind storeKind) *census {
	t.Helper()
	rows := []roster.Row{
		{Name: "向春兰", Sex: "F", Group: 1, Born: "1975", Roles: []string{storage.Secretary}},
		{Name: "张远志", Sex: "M", Group: 4, Born: "1966", Roles: []string{storage.Chair}},
		{Name: "舒立新", Sex: "M", Group: 3, Born: "1962", Roles: []string{storage.Leader}},
		{Name: "邓友生", Sex: "M", Group: 2, Born: "1961", Roles: []string{storage.Leader}},
		{Name: "舒红梅", Sex: "F", Group: 2, Born: "1978", Roles: []string{storage.Helper}},
	}
	offices := len(rows)
	for i, name := range common {
		rows = append(rows, roster.Row{Name: name, Group: 2 + i%2, Sex: "F", Born: fmt.Sprint(1940 + i), Listed: i%5 == 0, Visitor: map[bool]string{true: "舒红梅"}[i%5 == 0]})
	}
	v := &census{
		stage: newStageOf(t, kind, rows), rand: rand.New(rand.NewPCG(joinsSeed, 1)), owner: map[string]int64{}, state: map[string]string{}, gone: map[string]bool{},
		helps: map[int64]bool{}, dead: map[int64]bool{}, away: map[int64]bool{}, done: map[string]int{},
	}
	v.start = v.clock.Now().Add(time.Hour)
	for _, r := range rows[:offices] {
		v.owner[v.openID(v.ids[r.Name])], v.state[v.openID(v.ids[r.Name])] = v.ids[r.Name], storage.Active
	}
	v.helps[v.ids["舒红梅"]] = true
	for _, name := range common { // nobody of them has a telephone yet
		v.store.DB().MustExec("DELETE FROM member WHERE village = ? AND person = ?", v.village, v.ids[name])
	}
	return v
}

// to moves the clock in half days.
func (v *census) to(at time.Time) {
	v.t.Helper()
	for v.clock.Now().Before(at) {
		v.clock.add(min(12*time.Hour, at.Sub(v.clock.Now())))
		v.tick()
	}
	v.pushed = nil
}

// text lets a telephone say something, and gives the reply.
func (v *census) text(openid, words string) string {
	return v.send(talk.Message{OpenID: openid, Kind: talk.Text, Text: words})
}

func (v *census) send(m talk.Message) string {
	v.t.Helper()
	v.count++
	m.Account, m.Key, m.At = account, fmt.Sprintf("%032x", v.count), v.clock.Now()
	v.at, v.last = fmt.Sprintf("%s %s: %s%s", v.clock.Now().Format(time.DateOnly), m.OpenID, m.Text, m.Event), m
	v.hear()
	v.tick()
	v.pushed = nil
	return v.reply
}

func (v *census) secretary(words string) string { return v.text(v.openID(v.ids["向春兰"]), words) }

// must see some words in a reply.
func (v *census) sees(reply string, any ...string) {
	v.t.Helper()
	if !slices.ContainsFunc(any, func(w string) bool { return strings.Contains(reply, w) }) {
		v.fail("reply %q, want one of %q", reply, any)
	}
}

// some is one of the telephones, or of the people, that hold; "" and 0 if none.
func (v *census) some(holds func(openid string) bool) string {
	all := slices.DeleteFunc(slices.Sorted(maps.Keys(v.owner)), func(o string) bool {
		return !slices.Contains(common, v.names[v.owner[o]]) || !holds(o)
	})
	if len(all) == 0 {
		return ""
	}
	return all[v.rand.IntN(len(all))]
}

func (v *census) someone(holds func(int64) bool) int64 {
	all := slices.DeleteFunc(slices.Clone(common), func(n string) bool { return v.dead[v.ids[n]] || !holds(v.ids[n]) })
	if len(all) == 0 {
		return 0
	}
	return v.ids[all[v.rand.IntN(len(all))]]
}

func (v *census) has(person int64) bool {
	return v.some(func(o string) bool {
		return v.owner[o] == person && (v.state[o] == storage.Active || v.state[o] == storage.Pending)
	}) != ""
}

func (v *census) label(person int64) string {
	return fmt.Sprintf("%d组%s", v.group(person), v.names[person])
}

func (v *census) group(person int64) int {
	return 2 + slices.Index(common, v.names[person])%2
}

// leader is who is asked about the faces of a group.
func (v *census) leader(group int) string {
	return v.openID(v.ids[map[int]string{2: "邓友生", 3: "舒立新"}[group]])
}

// event is one thing that happens. What cannot happen now does not.
func (v *census) event() {
	events := []func(){v.joins, v.joins, v.joins, v.telephone, v.unfollows, v.returns, v.withdraws, v.dies, v.moves, v.comesBack, v.begins, v.begins, v.stops}
	events[v.rand.IntN(len(events))]()
}

// joins: a stranger says who he is; most often his leader knows the face, else
// the office does, or nobody.
func (v *census) joins() {
	person := v.someone(func(p int64) bool { return !v.has(p) })
	if person == 0 {
		return
	}
	openid := v.newPhone()
	v.owner[openid], v.state[openid] = person, storage.Pending
	v.sees(v.text(openid, "我是"+v.label(person)), "记下了："+v.label(person))
	by := v.leader(v.group(person))
	if v.rand.IntN(3) == 0 {
		by = v.openID(v.ids["向春兰"])
	}
	if v.rand.IntN(7) == 0 {
		v.sees(v.text(by, v.names[person]+"不认识"), "没认："+v.label(person))
		v.state[openid] = storage.Refused
		v.done["refusals"]++
		return
	}
	v.sees(v.text(by, v.names[person]+"认识"), "认了："+v.names[person])
	v.state[openid] = storage.Active
	v.done["joins"]++
}

func (v *census) newPhone() string {
	v.phone++
	return fmt.Sprintf("oJoin%023d", v.phone)
}

// telephone: somebody who is bound writes from a new one; the old one is his no
// more.
func (v *census) telephone() {
	old := v.some(func(o string) bool { return v.state[o] == storage.Active && !v.gone[o] })
	if old == "" {
		return
	}
	person, openid := v.owner[old], v.newPhone()
	v.sees(v.text(openid, "我是"+v.label(person)), "记下了："+v.label(person))
	v.sees(v.text(v.leader(v.group(person)), v.names[person]+"换号"), "认了："+v.names[person])
	for o, p := range v.owner {
		if p == person && v.state[o] == storage.Active && !v.gone[o] { // of one that does not follow nobody hears
			v.state[o] = storage.Stopped
		}
	}
	v.owner[openid], v.state[openid] = person, storage.Active
	v.done["telephones"]++
}

func (v *census) unfollows() {
	if o := v.some(func(o string) bool { return v.state[o] == storage.Active && !v.gone[o] }); o != "" {
		v.send(talk.Message{OpenID: o, Kind: talk.Event, Event: talk.Unsubscribe})
		v.gone[o] = true
		v.done["unfollows"]++
	}
}

// returns: somebody follows again, sooner or later.
func (v *census) returns() {
	if o := v.some(func(o string) bool { return v.gone[o] }); o != "" {
		v.send(talk.Message{OpenID: o, Kind: talk.Event, Event: talk.Subscribe})
		v.gone[o] = false
		v.done["returns"]++
	}
}

// withdraws: out by one's own word, with all telephones that follow.
func (v *census) withdraws() {
	o := v.some(func(o string) bool { return v.state[o] == storage.Active && !v.gone[o] && !v.helps[v.owner[o]] })
	if o == "" || v.rand.IntN(2) == 0 {
		return
	}
	v.sees(v.text(o, "退出"), "确定退出")
	v.sees(v.text(o, "确定退出"), "您退出了")
	for other, p := range v.owner {
		if p == v.owner[o] && v.state[other] == storage.Active && !v.gone[other] {
			v.state[other] = storage.Stopped
		}
	}
	v.done["withdrawals"]++
}

// dies: the office says so and confirms; his telephones are stopped.
func (v *census) dies() {
	p := v.someone(func(int64) bool { return true })
	if p == 0 || v.rand.IntN(4) > 0 {
		return
	}
	v.sees(v.secretary(v.label(p)+"过世"), "过世了，还是")
	v.sees(v.secretary("过世"), "节哀")
	for o, owner := range v.owner {
		if owner == p && v.state[o] == storage.Active {
			v.state[o] = storage.Stopped
		}
	}
	v.dead[p] = true
	delete(v.helps, p)
	delete(v.away, p)
	v.done["deaths"]++
}

func (v *census) moves() {
	p := v.someone(func(p int64) bool {
		return !v.away[p] && v.ids[v.names[p]] == p && slices.Index(common, v.names[p])%5 == 0
	})
	if p == 0 {
		return
	}
	v.sees(v.secretary(v.label(p)+"搬到县里跟女儿住"), "搬走")
	v.away[p] = true
	v.done["moves"]++
}

func (v *census) comesBack() {
	p := v.someone(func(p int64) bool { return v.away[p] })
	if p == 0 {
		return
	}
	v.sees(v.secretary(v.label(p)+"回来了"), "回来了")
	delete(v.away, p)
	v.done["comes back"]++
}

// begins: a code makes somebody who is bound a volunteer.
func (v *census) begins() {
	o := v.some(func(o string) bool { return v.state[o] == storage.Active && !v.gone[o] && !v.helps[v.owner[o]] })
	if o == "" {
		return
	}
	var code string
	v.must(v.store.Update(context.Background(), func(tx *storage.Tx) (err error) {
		code, err = who.Invite(tx.In(v.village), v.owner[o], storage.Helper)
		return err
	}))
	v.sees(v.text(o, code), "认得您了", storage.Helper)
	v.helps[v.owner[o]] = true
	v.done["begins"]++
}

func (v *census) stops() {
	p := v.someone(func(p int64) bool { return v.helps[p] })
	if p == 0 {
		return
	}
	v.sees(v.secretary(v.names[p]+"不当志愿者了"), "不当志愿者了？")
	v.sees(v.secretary("对"), "好，交了", "好，记下了", "不做了")
	delete(v.helps, p)
	v.done["stops"]++
}

// tally is what is counted: telephones by state and whether they follow, and
// people by what they are.
func (v *census) tally() map[string]int {
	n := map[string]int{"dead": len(v.dead), "moved": len(v.away), "helpers": len(v.helps)}
	for o, s := range v.state {
		n["telephones "+s]++
		if s == storage.Active {
			n[fmt.Sprintf("follow %t", !v.gone[o])]++
		}
	}
	return n
}

// compare counts the records anew, and asks some telephones whether they are
// known.
func (v *census) compare() {
	v.t.Helper()
	n := map[string]int{}
	v.view(func(in storage.In) error {
		b, err := book.Load(in)
		if err != nil {
			return err
		}
		for _, r := range b.Holders(storage.Helper, 0) {
			if b.Has(r, storage.Helper) {
				n["helpers"]++
			}
		}
		people, err := in.People()
		for _, p := range people {
			switch p.Status {
			case storage.Dead:
				n["dead"]++
			case storage.WithC:
				n["moved"]++
			}
		}
		return err
	})
	rows, err := v.store.DB().Queryx("SELECT state, followed FROM member")
	v.must(err)
	defer rows.Close()
	for rows.Next() {
		var state string
		var followed bool
		v.must(rows.Scan(&state, &followed))
		n["telephones "+state]++
		if state == storage.Active {
			n[fmt.Sprintf("follow %t", followed)]++
		}
	}
	v.must(rows.Err())
	want := v.tally()
	maps.DeleteFunc(want, func(_ string, k int) bool { return k == 0 })
	if diff := cmp.Diff(want, n); diff != "" {
		v.fail("the records count otherwise than the test's own account (-account +records):\n%s", diff)
	}
	v.spotCheck()
}

// spotCheck asks a few telephones: whoever is bound is known, nobody else is.
func (v *census) spotCheck() {
	v.t.Helper()
	for range 5 {
		o := v.some(func(o string) bool { return !v.gone[o] && v.state[o] != storage.Pending })
		if o == "" {
			return
		}
		known := !strings.Contains(v.text(o, "我的事"), "您是几组的哪位")
		if want := v.state[o] == storage.Active; known != want {
			v.fail("%s is %s, known %t: %q", o, v.state[o], known, v.reply)
		}
	}
}
