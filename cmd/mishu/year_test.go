package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"mishu/bot/talk"
	"mishu/config"
	"mishu/handlers/simulator"
	"mishu/storage"
)

// year is a whole year of an account on the pretend platform: the real gate,
// conversation, session store and channels, with a clock that is moved and one
// of ours that goes wrong by up to two seconds.
type year struct {
	t      *testing.T
	app    *app
	sim    *simulator.Simulator
	page   http.Handler
	random *rand.Rand

	mu   sync.Mutex
	now  time.Time     // the platform's
	skew time.Duration // of ours
	sent map[talk.Verdict]int
}

func (y *year) platform() time.Time {
	y.mu.Lock()
	defer y.mu.Unlock()
	return y.now
}

func (y *year) ours() time.Time {
	y.mu.Lock()
	defer y.mu.Unlock()
	return y.now.Add(y.skew)
}

func (y *year) pass(d time.Duration) {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.now = y.now.Add(d)
	y.skew = time.Duration(y.random.IntN(4000)-2000) * time.Millisecond
}

// followers are few: what counts is what happens to each.
const followers = 6

func follower(n int) string { return fmt.Sprintf("oYear%023d", n) }

func newYear(t *testing.T, settings []string) *year {
	t.Helper()
	y := &year{
		t: t, random: rand.New(rand.NewPCG(2026, 47)), now: time.Date(2026, 1, 1, 0, 0, 0, 0, storage.Shanghai),
		sent: map[talk.Verdict]int{},
	}
	var api http.Handler
	apiServer := httptest.NewServer(later(&api))
	t.Cleanup(apiServer.Close)
	settings = append(account(apiServer.URL), settings...)
	mustDo(t, settings, "migrate")
	mustDo(t, settings, "import", workbook(t, goodRoster), "--village", "青坪村")
	cfg, err := config.Load(settings, "", config.Account)
	y.must(err)
	cfg.Limits = config.Limits{}
	store, err := openRecords(t.Context(), cfg.Database, storage.Clocks{Wall: y.ours, Village: y.ours})
	y.must(err)
	y.app, err = newApp(store, appOptions{config: cfg, wall: y.ours, village: y.ours, log: slog.New(slog.DiscardHandler)})
	y.must(err)
	mux := http.NewServeMux()
	y.app.webhooks(mux)
	hook := httptest.NewServer(mux)
	y.sim, err = simulator.New(simulator.Options{
		Webhook: hook.URL + "/wechat", Wire: official, Secret: officialSecret, Now: y.platform, Log: slog.New(slog.DiscardHandler),
		People: y.people,
	})
	y.must(err)
	api, y.page = y.sim.API(), y.sim.Handler()
	t.Cleanup(func() {
		_ = y.sim.Close()
		y.must(y.app.finish(context.Background()))
		hook.Close()
		y.must(y.app.close())
		y.must(store.Close())
	})
	return y
}

func (y *year) people(context.Context, string, int) ([]simulator.Person, error) {
	var all []simulator.Person
	for n := range followers {
		all = append(all, simulator.Person{ID: follower(n), OpenID: follower(n), Name: fmt.Sprint(n), Bound: n%2 == 0})
	}
	return all, nil
}

func (y *year) must(err error) {
	y.t.Helper()
	if err != nil {
		y.t.Fatal(err)
	}
}

// asks calls the page.
func (y *year) asks(method, path, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Host = "127.0.0.1"
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	y.page.ServeHTTP(w, r)
	return w
}

// state is what the platform counted.
type yearState struct {
	Posts struct {
		Lines     int
		Events    int
		LinePosts int `json:"line_posts"`
	}
	Refused map[string]int
	Calls   map[string]int
}

func (y *year) state() (s yearState) {
	y.must(json.Unmarshal(y.asks(http.MethodGet, "/sim/state", "").Body.Bytes(), &s))
	return s
}

// acts lets somebody do something, with the next delivery late, lost or doubled
// now and then, and letters going out before it is heard. What he may not do, as
// writing without following, he does not. Of somebody who leaves nobody can know
// before the platform tells.
func (y *year) acts(who string) {
	kinds := []string{`"text","text":"帮助"`, `"text","text":"你好"`, `"text","text":"帮助"`, `"click","key":"帮助","button":"click"`, `"click","key":"https://x","button":"view"`, `"scan","key":"1"`, `"voice","seconds":3`, `"follow"`, `"unfollow"`}
	kind := kinds[y.random.IntN(len(kinds))]
	leaves := kind == `"unfollow"`
	if !leaves && y.random.IntN(3) == 0 {
		y.troubles()
	}
	y.asks(http.MethodPost, "/sim/do", `{"person":"`+who+`","kind":`+kind+`}`)
	if !leaves && y.random.IntN(2) == 0 {
		y.pushes(who)
	}
	y.settles()
	y.sim.Behave()
}

// troubles let the next delivery be late, lost or doubled.
func (y *year) troubles() {
	ways := []simulator.Trouble{{How: simulator.Slowly, Wait: 1 + y.random.IntN(20_000)}, {How: simulator.Unheard}, {How: simulator.Twice}, {How: simulator.Dropped}}
	trouble := ways[y.random.IntN(len(ways))]
	trouble.Where, trouble.Times = simulator.Deliveries, 1
	y.must(y.sim.Misbehave(trouble))
}

// pushes sends letters to somebody until the channel has no room.
func (y *year) pushes(who string) {
	for n := y.random.IntN(8); n >= 0; n-- {
		out := postmen(y.app.accounts).Send(y.t.Context(), talk.Letter{
			Account: official.AccountID, OpenID: who, ID: fmt.Sprint(y.random.Int64()), Text: "村里有事", Lead: "村里有事，回“看”", Kind: "x",
		})
		y.sent[out.Verdict]++
		y.pass(time.Duration(y.random.IntN(900)) * time.Millisecond)
		if out.Verdict == talk.NoRoom {
			return
		}
	}
}

// settles lets all deliveries come to their end; one that is on its way arrives
// as the platform's clock moves.
func (y *year) settles() {
	for range 2000 {
		if y.sim.Quiet() {
			return
		}
		y.pass(50 * time.Millisecond)
		time.Sleep(200 * time.Microsecond)
	}
	y.t.Fatal("a delivery does not end")
}

// pauses are those at which windows end, and all between.
func (y *year) pauses() time.Duration {
	edges := []time.Duration{0, time.Second, 3 * time.Second, 57 * time.Second, time.Minute, 48*time.Hour - time.Minute, 48 * time.Hour}
	if y.random.IntN(2) == 0 {
		return edges[y.random.IntN(len(edges))] + time.Duration(y.random.IntN(3000))*time.Millisecond
	}
	return time.Duration(y.random.Int64N(int64(20 * time.Hour)))
}

// In a year in which messages come late, twice or at the second try, while
// letters go out at every moment, the platform never has to say that a window is
// closed or used up.
func TestYearWithoutRefusal(t *testing.T) {
	y := newYear(t, []string{"MISHU_DATABASE=sqlite:" + filepath.Join(t.TempDir(), "mishu.db")})
	months, least := 12, 200
	if testing.Short() {
		months, least = 1, 12
	}
	for end := y.platform().AddDate(0, months, 0); y.platform().Before(end); {
		who := follower(y.random.IntN(followers))
		y.acts(who)
		y.pushes(who)
		y.pass(y.pauses())
		y.pushes(follower(y.random.IntN(followers)))
	}
	s := y.state()
	if s.Refused["45015"] != 0 || s.Refused["45047"] != 0 {
		t.Errorf("refused: %v", s.Refused)
	}
	if y.sent[talk.Sent] < least || y.sent[talk.NoRoom] < least || s.Posts.Lines+s.Posts.Events < least {
		t.Errorf("too little happened: %v, %+v", y.sent, s.Posts)
	}
	t.Logf("letters %v, messages and events %+v, calls %v, refused %v", y.sent, s.Posts, s.Calls, s.Refused)
}
