package alert

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// doubts says a line that may be danger.
func (c *village) doubts(who, words string, class read.Class) string {
	c.t.Helper()
	return c.says(who, words, danger(read.Ask, class, words), Doubt)
}

func TestDoubt(t *testing.T) {
	for _, tc := range []struct {
		words  string
		class  read.Class
		answer string
		then   string // in the reply
		alerts int
		deaths int // told to the line that keeps them
	}{
		{"满爷爷喝药了", read.Poison, "农药", "打120", 1, 0},
		{"满爷爷喝药了", read.Poison, "是吃药", "晓得了", 0, 0},
		{"满爷爷走了", read.Gone, "没回来", "打110", 1, 0},
		{"满爷爷走了", read.Gone, "过世了", "节哀", 0, 1},
		{"满爷爷走了", read.Gone, "没事，打工去了", "晓得了", 0, 0},
		{"满爷爷痛得起不来", read.Life, "不清醒", "打120", 1, 0},
		{"满爷爷痛得起不来", read.Life, "清醒的", "晓得了", 0, 0},
		{"活着冇意思", read.SelfHarm, "没有", "12356", 1, 0},
		{"活着冇意思", read.SelfHarm, "有", "莫离开", 0, 0},
		{"有个娃儿哭得厉害", read.Child, "不安全", "110", 1, 0},
		{"有个娃儿哭得厉害", read.Child, "安全", "保密", 0, 0},
	} {
		t.Run(tc.words+tc.answer, func(t *testing.T) {
			c := newVillage(t)
			want(t, c.doubts("夏桂花", tc.words, tc.class), "？")
			if c.state("夏桂花").Open == nil {
				t.Fatal("nothing was asked")
			}
			want(t, c.answers("夏桂花", tc.answer), tc.then)
			c.in(func(v storage.In, _ *book.Book) error {
				alerts, err := v.OpenAlerts()
				if err != nil || len(alerts) != tc.alerts {
					t.Errorf("alerts %+v, %v", alerts, err)
				}
				return err
			})
			if len(c.facts) != tc.deaths || tc.deaths > 0 && (c.facts[0].Kind != line.Dead || c.facts[0].Person != c.person["刘满生"]) {
				t.Errorf("facts %+v", c.facts)
			}
		})
	}
}

// Words that may be danger and stay unanswered reach the office; an answer
// takes the notice back.
func TestDoubtUnanswered(t *testing.T) {
	c := newVillage(t)
	c.doubts("夏桂花", "满爷爷喝药了", read.Poison)
	key := doubtSubject("00000000000000000000000000000001")
	states := func() (states []string) {
		c.in(func(v storage.In, b *book.Book) error {
			notices, err := v.NoticesAbout(noteDoubt, key)
			for _, n := range notices {
				if n.NotBefore != storage.At(c.now.Add(patience)) {
					t.Errorf("notice to %s goes out at %v", b.Name(n.Person), n.NotBefore.Time())
				}
				states = append(states, n.State)
			}
			return err
		})
		return states
	}
	if got := states(); len(got) != 3 || got[0] != storage.NoticeDue {
		t.Fatalf("notices %v", got)
	}
	if got := c.answers("夏桂花", "么子"); got != "" {
		t.Errorf("reply %q", got)
	}
	c.answers("夏桂花", "吃药")
	if got := states(); got[0] != storage.NoticeCleared {
		t.Errorf("notices %v", got)
	}
}

// A stranger is asked too.
func TestStrangersDoubt(t *testing.T) {
	c := newVillage(t)
	want(t, c.says("stranger", "我娘喝药了", danger(read.Ask, read.Poison, "喝药了"), Early), "农药")
	reply := c.answers("stranger", "农药")
	want(t, reply, "打120")
	if a := c.alert(1); a.Class != string(read.Poison) || a.OpenID != "stranger" {
		t.Errorf("alert %+v", a)
	}
}

// Danger wins in every state: whatever question stands open, whoever speaks,
// at whatever hour, the reply begins with what to do and asks nothing else.
func TestInvariant08DangerWinsInEveryState(t *testing.T) {
	c := newVillage(t)
	classes := []read.Class{read.Life, read.Poison, read.Fire, read.SelfHarm, read.Child, read.Violence, read.Missing, read.Fraud, read.Gone, "other"}
	whos := []string{"stranger"}
	for _, s := range people {
		whos = append(whos, s.name)
	}
	begun := c.now
	rapid.Check(t, func(r *rapid.T) {
		class := rapid.SampledFrom(classes).Draw(r, "class")
		who := rapid.SampledFrom(whos).Draw(r, "who")
		c.now = begun.Add(time.Duration(rapid.SampledFrom([]int{0, 7, 13, 16}).Draw(r, "hours")) * time.Hour)
		if rapid.Bool().Draw(r, "after a doubt") {
			c.doubts(who, "满爷爷喝药了", read.Poison)
		}
		reply := c.says(who, "满爷爷出事了", danger(read.Strong, class, "出事"), Raise)
		number := scene{report: report{Class: class}}.line().number
		at := strings.Index(reply, number)
		if at < 0 || at > len("找个人陪着，莫一个人待着。马上有危险就打，您在外地，") {
			r.Fatalf("%s: %q", class, reply)
		}
		if q := c.state(who).Open; class != read.Child && q != nil {
			r.Fatalf("%s: a question stands before the danger: %+v", class, q)
		}
	})
}
