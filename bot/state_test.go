package bot_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"mishu/storage"
)

// situation is how somebody comes to have a question open.
type situation struct {
	line, question string
	who            string   // who has it open
	said           []string // "name: words", in order
}

// situations reach every question of every line of work by talking.
var situations = []situation{
	{"help", "draft", "舒忠良", []string{"舒忠良: 求助"}},
	{"help", "when", "舒忠良", []string{"舒忠良: 要人帮我煮饭"}},
	{"help", "right", "舒忠良", []string{"舒忠良: 明天中午要人煮饭"}},
	{"help", "same", "舒忠良", []string{"舒忠良: 明天中午要人煮饭", "舒忠良: 对", "舒忠良: 明天中午要人煮饭"}},
	{"help", "which", "夏满妹", []string{
		"舒忠良: 明天中午要人煮饭", "舒忠良: 对", "夏桂花: 明天要人到镇上拿药", "夏桂花: 对", "夏满妹: 接10", "夏满妹: 接11", "夏满妹: 做完了",
	}},
	{"help", "taker", "夏满妹", []string{
		"舒忠良: 明天中午要人煮饭", "舒忠良: 对", "2组王桂香: 后天中午要人煮饭", "2组王桂香: 对", "等: 3h", "夏满妹: 我接",
	}},
	{"help", "minutes", "夏满妹", []string{"舒忠良: 明天中午要人煮饭", "舒忠良: 对", "夏满妹: 接10", "夏满妹: 做完了"}},
	{"visit", "who", "向建国", []string{"向建国: 看了王桂香"}},
	{"visit", "seen", "邓小军", []string{"邓小军: 5组王桂香家敲门没人应"}},
	{"visit", "where", "邓小军", []string{"邓小军: 5组王桂香家敲门没人应", "邓小军: 1"}},
	{"visit", "there", "夏满妹", []string{"夏满妹: 看了满爷爷，他冇呷饭两天了"}},
	{"visit", "all", "夏满妹", []string{"夏满妹: 都看了，除了忠良"}},
	{"visit", "list", "夏满妹", []string{"夏满妹: 名单"}},
	{"alert", "sure", "夏桂花", []string{"夏桂花: 我胸口有点痛"}},
	{"alert", "safe", "夏桂花", []string{"夏桂花: 隔壁细伢子天天挨打，身上青一块紫一块"}},
	{"alert", "which", "刘承志", []string{"舒忠良: 我胸口痛得要死出不得气", "2组王桂香: 屋里起火了", "刘承志: 我去"}},
	{"alert", "block", "夏桂花", []string{"夏桂花: 我手机丢了"}},
	{"who", "who", "陌生人", []string{"陌生人: 你好"}},
	{"who", "vouch", "向春兰", []string{"陌生人: 我是3组舒德贵", "路人: 我是4组李小军", "向春兰: 认识"}},
	{"who", "add", "向春兰", []string{"路人: 我是4组李小军", "向春兰: 认识李小军"}},
	{"who", "person", "向春兰", []string{"路人: 我是王桂香", "向春兰: 认识"}},
}

// reach plays a situation; what is said on the way is not looked at here.
func (s *stage) reach(c situation) {
	s.t.Helper()
	for _, l := range c.said {
		who, words, _ := strings.Cut(l, ": ")
		s.at = c.line + "/" + c.question + " " + l
		if who == "等" {
			s.pass(mustDuration(words))
			continue
		}
		s.say(who, words)
	}
	q := s.asked(c.who)
	if q == nil || q.Line != c.line || q.Name != c.question {
		s.fail("%s has %+v open, told %q", c.who, q, s.reply)
	}
	s.pushed = nil
}

const fell = "满爷爷滚到茅厕里头了喊不应"

// Danger wins in every state of every conversation: the fixed text at once, an
// alert in the records, and the secretary-general and the doctor hear of it. The
// question that was open is there again afterwards.
func TestDangerFromEveryQuestion(t *testing.T) {
	t.Parallel()
	for _, c := range situations {
		t.Run(c.line+"."+c.question, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, stores[0])
			s.reach(c)
			question := s.asked(c.who).Text
			before := s.alerts()
			s.say(c.who, fell)
			if !strings.Contains(s.reply, "120") {
				t.Fatalf("told %q", s.reply)
			}
			if got := s.alerts(); got != before+1 {
				t.Errorf("%d alerts, had %d", got, before)
			}
			for _, name := range []string{"向春兰", "刘承志"} {
				if name != c.who && !s.heard(name, "茅厕") {
					t.Errorf("%s heard nothing of it: %s", name, s.pushes())
				}
			}
			if c.who == "陌生人" { // nobody has vouched for him: he is asked who he is again
				return
			}
			s.say(c.who, "继续")
			if !strings.HasSuffix(s.reply, question) {
				t.Errorf("继续 is answered %q, but %q was open", s.reply, question)
			}
			s.oneWord(c)
		})
	}
}

func (s *stage) alerts() int {
	s.t.Helper()
	n := 0
	s.view(func(v storage.In) error {
		all, err := v.OpenAlerts()
		n = len(all)
		return err
	})
	return n
}

// heard reports whether a push with these words reached somebody.
func (s *stage) heard(name, words string) bool {
	id := s.person(name)
	for _, p := range s.pushed {
		if p.person == id && strings.Contains(p.text, words) {
			return true
		}
	}
	return false
}

// acks are what people say to anything.
var acks = []string{"好", "收到", "可以", "嗯", "👌"}

// oneWord lets the one with the open question and everybody who was asked
// something say each of the words that mean nothing: no request gets a holder,
// nothing is closed. Only the yes-no question of the asker himself is answered.
func (s *stage) oneWord(c situation) {
	s.t.Helper()
	for _, who := range []string{"舒红梅", "向建国", "夏满妹", "邓小军", "舒立新", "刘承志", "向春兰", "张远志", c.who} {
		for _, word := range acks {
			before := s.held()
			s.say(who, word)
			if after := s.held(); after != before {
				s.t.Errorf("%s said %s and was told %q\n before %s\n after  %s", who, word, s.reply, before, after)
			}
		}
	}
}

// held is who holds what and what is still open, as one text to compare.
func (s *stage) held() string {
	s.t.Helper()
	var b strings.Builder
	s.view(func(v storage.In) error {
		helps, err := v.RunningHelps()
		if err != nil {
			return err
		}
		for _, h := range helps {
			fmt.Fprintf(&b, "%d:%s ", h.Number, s.names[h.Holder])
		}
		alerts, err := v.OpenAlerts()
		if err != nil {
			return err
		}
		for _, a := range alerts {
			fmt.Fprintf(&b, "alert%d ", a.ID)
		}
		findings, err := v.OpenFindings()
		fmt.Fprintf(&b, "findings:%d", len(findings))
		return err
	})
	return b.String()
}

func mustDuration(text string) time.Duration {
	d, err := time.ParseDuration(text)
	if err != nil {
		panic(err) // the tables of this file
	}
	return d
}

// What people say to anything claims nothing and closes nothing, whatever is
// open with whom.
func TestInvariant07OneWordNeverClaimsNorCloses(t *testing.T) {
	t.Parallel()
	for _, c := range situations {
		t.Run(c.line+"."+c.question, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, stores[0])
			s.reach(c)
			s.oneWord(c)
		})
	}
}
