package bot_test

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"mishu/bot"
	"mishu/bot/book"
	"mishu/bot/clock"
	"mishu/bot/roster"
	"mishu/bot/talk"
	"mishu/bot/who"
	"mishu/config"
	"mishu/storage"
	"mishu/storage/private"
	"mishu/storage/session"
)

const account = "gh_stage"

// hands is a clock that only the test moves; wall and village go together.
type hands struct {
	mu  sync.Mutex
	now time.Time
}

func (h *hands) Now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

func (h *hands) add(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(d)
}

// push is something that reached a phone without being asked.
type push struct {
	person int64
	text   string
	at     time.Time
	holds  int // notices
}

// stage is a village with its people, a bot, a clock, and phones.
type stage struct {
	letters  sync.Mutex
	t        *testing.T
	clock    *hands
	store    *storage.Store
	session  session.Store
	bot      *bot.Bot
	timer    *clock.Clock
	cast     []roster.Row
	village  int64
	ids      map[string]int64 // "2组王桂香" and, where it is the only one, "王桂香"
	names    map[int64]string
	mute     map[int64]bool
	villages map[string]int64 // by name

	at      string // file:line that is being played
	count   int
	last    talk.Message
	reply   string
	replied bool
	pushed  []push
	media   []talk.Media   // what came with pushes
	callOut map[string]int // by OpenID: how often the duty list was texted without the records
}

// storeKind is a pair of stores that the same conversations run on.
type storeKind struct {
	name string
	open func(t *testing.T, clocks storage.Clocks) (*storage.Store, session.Store)
}

var stores = []storeKind{{"sqlite", openSQLite}, {"mariadb", openMariaDB}}

func openSQLite(t *testing.T, clocks storage.Clocks) (*storage.Store, session.Store) {
	t.Helper()
	d := config.SQLiteFile(filepath.Join(t.TempDir(), "mishu.db"))
	store := connect(t, d, clocks)
	sessions, err := session.NewSQL(store.DB(), session.Options{Now: clocks.Wall})
	if err != nil {
		t.Fatal(err)
	}
	return store, sessions
}

func openMariaDB(t *testing.T, clocks storage.Clocks) (*storage.Store, session.Store) {
	t.Helper()
	d, err := config.ParseDatabase(private.MariaDB(t))
	if err != nil {
		t.Fatal(err)
	}
	client, err := session.Dial(private.Redis(t))
	if err != nil {
		t.Fatal(err)
	}
	sessions := session.NewRedis(client, session.Options{Now: clocks.Wall})
	t.Cleanup(func() { sessions.Close() })
	return connect(t, d, clocks), sessions
}

func connect(t *testing.T, d config.Database, clocks storage.Clocks) *storage.Store {
	t.Helper()
	store, err := storage.Connect(d.Driver, d.DSN.Reveal(), clocks)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	if err := store.Migrate(context.Background()); err != nil {
		t.Fatal(err)
	}
	return store
}

// newStage builds the village of the conversations: Tuesday, 2026-11-24, 08:00.
func newStage(t *testing.T, kind storeKind) *stage {
	t.Helper()
	return newStageOf(t, kind, people())
}

// newStageOf builds a village of other people.
func newStageOf(t *testing.T, kind storeKind, cast []roster.Row) *stage {
	t.Helper()
	s := &stage{
		t: t, at: "stage", clock: &hands{now: time.Date(2026, 11, 24, 8, 0, 0, 0, storage.Shanghai)}, cast: cast,
		ids: map[string]int64{}, names: map[int64]string{}, mute: map[int64]bool{}, villages: map[string]int64{}, replied: true, callOut: map[string]int{},
	}
	clocks := storage.Clocks{Wall: s.clock.Now, Village: s.clock.Now}
	store, sessions := kind.open(t, clocks)
	s.store, s.session = store, sessions
	s.must(store.Update(context.Background(), s.found))
	s.bot, s.timer = s.replica(store, sessions)
	s.tick() // rules begin now and fill in nothing
	return s
}

// replica is a process over the given stores: a bot and its clock.
func (s *stage) replica(store *storage.Store, sessions session.Store) (*bot.Bot, *clock.Clock) {
	b := bot.New(bot.Options{
		Store: store, Sessions: sessions, Wall: s.clock.Now, Village: s.clock.Now, Log: slog.New(slog.DiscardHandler),
		Metrics: bot.NewMetrics(prometheus.NewRegistry()), Hash: func(string) string { return "-" },
		DangerWaits: time.Minute, // a busy machine is no slow database
		CallOut: func(_ context.Context, _, openid string) int {
			s.callOut[openid]++ // Close waits for it before anybody looks
			return 1
		},
	})
	return b, clock.New(clock.Options{
		Store: store, Sessions: sessions, Books: b.Books(), Lines: bot.Lines(), Channel: s, Wake: b.Wake, Wall: s.clock.Now,
		Village: s.clock.Now, Log: slog.New(slog.DiscardHandler), Metrics: clock.NewMetrics(prometheus.NewRegistry()),
	})
}

// people are the cast of the conversations, and nobody else.
func people() []roster.Row {
	helper := func(name, sex string, group int, skills ...string) roster.Row {
		return roster.Row{Name: name, Sex: sex, Group: group, Born: "1978", Roles: []string{storage.Helper}, Skills: skills, Phone: fmt.Sprintf("199000010%02d", group*10+len(name)%10)}
	}
	elder := func(name, sex string, group int, born, tier, visitor string, aliases ...string) roster.Row {
		return roster.Row{Name: name, Sex: sex, Group: group, Born: born, Listed: true, Tier: tier, Visitor: visitor, Aliases: aliases, Kinds: []string{"独居"}, Household: name}
	}
	wang := elder("王桂香", "F", 2, "1950", roster.Normal, "舒红梅")
	wang.Place, wang.Phone = "桥头第三家", "19900001234"
	far := elder("王桂香", "F", 5, "1945", roster.Middle, "邓小军")
	mei := helper("夏满妹", "F", 3)
	mei.Household = "夏满妹"
	far.Kin = []roster.Kin{{Name: "向秀", Relation: "女儿", Phone: "19900002222"}}
	return []roster.Row{
		{Name: "向春兰", Sex: "F", Group: 1, Born: "1975", Roles: []string{storage.Secretary}},
		{Name: "张远志", Sex: "M", Group: 4, Born: "1966", Roles: []string{storage.Chair}, Phone: "19900003333"},
		{Name: "刘承志", Sex: "M", Group: 1, Born: "1970", Roles: []string{storage.Doctor}},
		helper("舒红梅", "F", 2), helper("向建国", "M", 3, "驾车"), mei, helper("邓小军", "M", 5),
		{Name: "舒立新", Sex: "M", Group: 3, Born: "1962", Roles: []string{storage.Leader}},
		{Name: "邓友生", Sex: "M", Group: 5, Born: "1961", Roles: []string{storage.Leader}},
		wang, far,
		elder("刘满生", "M", 3, "1943", roster.High, "夏满妹", "满爷爷"),
		elder("舒忠良", "M", 3, "1947", roster.Normal, "夏满妹"),
		elder("夏桂花", "F", 3, "1952", roster.Normal, "夏满妹", "桂花婶"),
		{Name: "刘海波", Sex: "M", Group: 3, Born: "1975", Status: storage.Away, Town: "东莞", Household: "刘满生"},
		{Name: "舒德贵", Sex: "M", Group: 3, Born: "1950"},
		{Name: "粟银花", Sex: "F", Group: 5, Born: "1968"},
		{Name: "夏可欣", Sex: "F", Group: 3, Born: "2017", Household: "夏满妹"},
	}
}

// found enters the cast and binds everybody but 3组舒德贵.
func (s *stage) found(tx *storage.Tx) error {
	row := storage.Village{Name: "青坪村", Township: "竹溪口镇", County: "溪江县"}
	if err := tx.AddVillage(&row); err != nil {
		return err
	}
	s.village = row.ID
	s.villages[row.Name] = row.ID
	v := tx.In(row.ID)
	for i := range s.cast { // a transcript says who has not agreed
		s.cast[i].Consent = roster.Health
	}
	problems, err := who.Enter(v, s.cast)
	if err != nil || len(problems) > 0 {
		return fmt.Errorf("enter: %w %v", err, problems)
	}
	for name, value := range map[string]string{book.CalledSecretary: "向老师", book.OfficePhone: "19900000001"} {
		if err := v.Set(storage.Setting{Name: name, Value: value}); err != nil {
			return err
		}
	}
	if err := v.AddDuty(storage.Duty{Name: "张远志", Phone: "19900000002", From: 0, To: 24 * 60}); err != nil {
		return err
	}
	return s.bind(v)
}

// wholeVillage is from how many people on only elders and office holders are
// bound, as in life.
const wholeVillage = 500

func (s *stage) bind(v storage.In) error {
	all, err := v.People()
	if err != nil {
		return err
	}
	times := map[string]int{}
	for _, p := range all {
		times[p.Name]++
	}
	for i, p := range all {
		label := fmt.Sprintf("%d组%s", p.Group, p.Name)
		s.ids[label], s.names[p.ID] = p.ID, p.Name
		if times[p.Name] == 1 {
			s.ids[p.Name] = p.ID
		} else {
			s.names[p.ID] = label
		}
		if label == "3组舒德贵" || len(all) > wholeVillage && !s.cast[i].Listed && len(s.cast[i].Roles) == 0 {
			continue
		}
		m := storage.Member{Account: account, OpenID: s.openID(p.ID), Person: p.ID, State: storage.Active, Followed: true}
		if err := v.AddMember(&m); err != nil {
			return err
		}
	}
	son, father := s.ids["刘海波"], s.ids["刘满生"]
	if son == 0 {
		return nil // another cast
	}
	if err := v.AddProxy(storage.Proxy{Person: son, Elder: father, Relation: "儿子", Until: "2027-12-31", How: "当面"}); err != nil {
		return err
	}
	return v.Agree(storage.Consent{Person: father, Kind: storage.ToProxy, About: son, Answer: storage.Denied, Way: storage.AtDoor})
}

func (s *stage) person(name string) int64 {
	s.t.Helper()
	if name == "路人" {
		return -2
	}
	if name == "陌生人" {
		return -1
	}
	id, ok := s.ids[strings.TrimSpace(name)]
	if !ok {
		s.fail("nobody is named %q", name)
	}
	return id
}

func (s *stage) openID(person int64) string { return fmt.Sprintf("oStage%022d", person+2) }

// Send is the stage's channel: every letter reaches its phone, unless the
// transcript cut the person off.
func (s *stage) Send(_ context.Context, l talk.Letter) talk.Outcome {
	s.letters.Lock() // the clock sends to several people at once
	defer s.letters.Unlock()
	for id := range s.names {
		if s.openID(id) != l.OpenID {
			continue
		}
		if s.mute[id] {
			return talk.Outcome{Verdict: talk.NoRoom, Channel: "custom"}
		}
		s.proper(l.Text)
		s.discreet(l, id)
		if l.Media != nil {
			s.media = append(s.media, *l.Media)
		}
		s.pushed = append(s.pushed, push{id, l.Text, s.clock.Now(), 1 + len(l.With)})
	}
	for _, stranger := range []int64{-1, -2} {
		if l.OpenID == s.openID(stranger) {
			s.proper(l.Text)
			s.discreet(l, stranger)
			s.pushed = append(s.pushed, push{stranger, l.Text, s.clock.Now(), 1 + len(l.With)})
		}
	}
	return talk.Outcome{Verdict: talk.Sent, Channel: "custom"}
}
