package bot_test

import (
	"bytes"
	"context"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"

	"mishu/bot"
	"mishu/config"
	"mishu/storage"
	"mishu/storage/private"
	"mishu/storage/session"
)

// leaving is a session store that the test can take away.
type leaving struct {
	session.Store
	gone atomic.Bool
}

func (l *leaving) away() error {
	if l.gone.Load() {
		return session.ErrAway
	}
	return nil
}

func (l *leaving) Do(ctx context.Context, who session.Who, act session.Act, f func(context.Context, *session.Session) error) error {
	if err := l.away(); err != nil {
		return err
	}
	return l.Store.Do(ctx, who, act, f)
}

func (l *leaving) Touch(ctx context.Context, whos ...session.Who) error {
	if err := l.away(); err != nil {
		return err
	}
	return l.Store.Touch(ctx, whos...)
}

func (l *leaving) Settle(ctx context.Context, whos ...session.Who) error {
	if err := l.away(); err != nil {
		return err
	}
	return l.Store.Settle(ctx, whos...)
}

func (l *leaving) Hold(ctx context.Context, who session.Who, at time.Time) error {
	if err := l.away(); err != nil {
		return err
	}
	return l.Store.Hold(ctx, who, at)
}

// twice delivers a line two times and wants the same words.
func (s *stage) twice(name, words string) string {
	s.t.Helper()
	m := s.letter(name, words)
	var replies []string
	for range 2 {
		text, err := insist(s.bot, m)
		s.must(err)
		s.must(s.bot.Close(context.Background()))
		s.proper(text)
		replies = append(replies, text)
	}
	if replies[0] != replies[1] {
		s.t.Errorf("%s: %s got %q, and delivered again %q", name, words, replies[0], replies[1])
	}
	return replies[0]
}

// Without the session store whatever one sentence says is done, once, however
// often it is delivered; a question that was open is put again (settled.md 46).
func TestSessionsAway(t *testing.T) {
	t.Parallel()
	var sessions *leaving
	s := newStage(t, storeKind{"leaving", func(t *testing.T, clocks storage.Clocks) (*storage.Store, session.Store) {
		store, inner := openSQLite(t, clocks)
		sessions = &leaving{Store: inner}
		return store, sessions
	}})
	s.say("夏桂花", "要人帮我煮饭")
	s.say("2组王桂香", "明天上午要人陪我看腰")
	s.say("2组王桂香", "对")
	sessions.gone.Store(true)
	steps := []struct{ who, words, want, book string }{
		{"舒忠良", "明天中午要人煮饭", "记下了", "件数 求助=3"},
		{"夏满妹", "看了满爷爷 40分钟", "记：看了刘满生", "探访 看望=1 分钟=40"},
		{"向建国", "接11", "11号归您了", "求助11 state=taken holder=向建国"},
		{"邓小军", "接11", "11号向建国已经接了", "求助11 holder=向建国"},
		{"夏桂花", fell, "先打120", "件数 警情=1"},
		{"夏桂花", "要人帮我煮饭", "这件已记下了（10号），还差一样：哪天方便", "件数 求助=3"},
		{"向春兰", "还没看", "这个月还没看的4位", "探访 没看=4"},
	}
	for _, step := range steps {
		s.at = step.words
		if got := s.twice(step.who, step.words); !strings.HasPrefix(got, step.want) {
			t.Errorf("%s: %s was told %q, want %q", step.who, step.words, got, step.want)
		}
		s.books(step.book)
	}
	if got := s.twice("舒红梅", "呜哩哇啦"); got == "" { // nothing can be held, so it is asked at once
		t.Error("with nothing to hold a bubble in, it is left unanswered")
	}
	sessions.gone.Store(false)
	s.say("夏桂花", "明天")
	if !strings.Contains(s.reply, "10号") {
		t.Errorf("the question that was open when they came back: %q", s.reply)
	}
}

// Without the records nothing is called noted, there is somebody to ring, and
// danger has its text, whether or not the session store is there.
func TestRecordsAway(t *testing.T) {
	t.Parallel()
	for _, kind := range stores { // in the SQLite file the sessions are lost with the records
		t.Run(kind.name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, kind)
			for _, name := range []string{"舒忠良", "夏满妹", "刘海波"} {
				s.say(name, "你好") // whom the process knows
			}
			s.must(s.store.Close())
			for who, words := range map[string]string{
				"舒忠良": "明天中午要人煮饭", "夏满妹": "看了桂花婶 40分钟", "向建国": "接10", "舒红梅": "我的事", "陌生人": "我是3组舒德贵",
			} {
				got := s.heardText(who, words)
				if strings.Contains(got, "记下") || strings.HasPrefix(got, "记：") || !strings.Contains(got, "没有记") || !ringable.MatchString(got) {
					t.Errorf("%s: %s was told %q", who, words, got)
				}
			}
			for _, who := range []string{"舒忠良", "舒红梅", "陌生人"} {
				if got := s.heardText(who, fell); !strings.Contains(got, "120") || strings.Contains(got, "没有记") {
					t.Errorf("%s in danger was told %q", who, got)
				}
			}
			if len(s.callOut) != 3 {
				t.Errorf("the duty list was texted about %v, want those three alone", s.callOut)
			}
			if got := s.heardText("刘海波", "我爸滚到茅厕里头了喊不应"); !strings.Contains(got, "19900000002") {
				t.Errorf("the son far away was told %q, and not the village's telephone", got)
			}
		})
	}
}

func (s *stage) heardText(name, words string) string {
	s.t.Helper()
	r, err := s.bot.Hear(context.Background(), s.letter(name, words))
	s.must(err)
	s.must(s.bot.Close(context.Background())) // the duty list is texted behind the reply
	s.proper(r.Text)
	return r.Text
}

// cutter stands between a store and its server; once it is armed, the next
// COMMIT does not get through, or its answer does not, and the line is dead.
type cutter struct {
	armed  atomic.Bool
	commit bool // the COMMIT itself gets through
}

func (c *cutter) serve(l net.Listener, server string) {
	for {
		client, err := l.Accept()
		if err != nil {
			return
		}
		go c.bridge(client, server)
	}
}

func (c *cutter) bridge(client net.Conn, server string) {
	defer client.Close()
	up, err := net.Dial("tcp", server)
	if err != nil {
		return
	}
	defer up.Close()
	var deaf atomic.Bool
	go func() {
		defer client.Close()
		pump(up, client, func([]byte) bool { return !deaf.Load() })
	}()
	pump(client, up, func(packet []byte) bool {
		if !bytes.Contains(packet, []byte("COMMIT")) || !c.armed.CompareAndSwap(true, false) {
			return true
		}
		deaf.Store(true)
		if c.commit {
			_, _ = up.Write(packet)
			time.Sleep(50 * time.Millisecond) // the server commits; nobody hears it
		}
		return false
	})
}

// pump hands on what comes until pass says no.
func pump(from, to net.Conn, pass func([]byte) bool) {
	buf := make([]byte, 64<<10)
	for {
		n, err := from.Read(buf)
		if err != nil || !pass(buf[:n]) {
			return
		}
		if _, err := to.Write(buf[:n]); err != nil {
			return
		}
	}
}

// A COMMIT that nobody answers is never called lost: either the reply is found
// in the records, or it is said that it is still being noted.
func TestCommitUnanswered(t *testing.T) {
	t.Parallel()
	for name, through := range map[string]bool{"committed": true, "not committed": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := &cutter{commit: through}
			s := newStage(t, storeKind{"cut", func(t *testing.T, clocks storage.Clocks) (*storage.Store, session.Store) {
				return connect(t, behind(t, c), clocks), redisSessions(t, clocks)
			}})
			m := s.letter("舒忠良", "明天中午要人煮饭")
			c.armed.Store(true)
			first, err := s.bot.Hear(context.Background(), m)
			s.must(err)
			want := bot.StillNoting
			if through {
				want = "记下了"
			}
			if !strings.HasPrefix(first.Text, want) {
				t.Errorf("told %q, want %q", first.Text, want)
			}
			again, err := insist(s.bot, m)
			s.must(err)
			if through && again != first.Text {
				t.Errorf("delivered again: %q, first %q", again, first.Text)
			}
			s.say("舒忠良", "我的事")
			if n := s.counts()["求助"]; through && n != "1" {
				t.Errorf("%s requests", n)
			}
		})
	}
}

// behind is a database that is reached through a cutter.
func behind(t *testing.T, c *cutter) config.Database {
	t.Helper()
	d, err := config.ParseDatabase(private.MariaDB(t))
	if err != nil {
		t.Fatal(err)
	}
	dsn, err := mysql.ParseDSN(d.DSN.Reveal())
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go c.serve(l, dsn.Addr)
	dsn.Addr = l.Addr().String()
	dsn.Logger = &mysql.NopLogger{} // the dead lines are the test's own
	d.DSN = config.NewSecret(dsn.FormatDSN())
	return d
}

func redisSessions(t *testing.T, clocks storage.Clocks) session.Store {
	t.Helper()
	client, err := session.Dial(private.Redis(t))
	if err != nil {
		t.Fatal(err)
	}
	s := session.NewRedis(client, session.Options{Now: clocks.Wall})
	t.Cleanup(func() { s.Close() })
	return s
}
