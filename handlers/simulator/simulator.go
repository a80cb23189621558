// Package simulator is a pretend WeChat platform with a page to chat from: it
// shows several phones side by side, sends what is typed on them to the real
// webhook as the platform does (signed, encrypted, asked again when nobody
// answers), and serves the part of the platform's API that an Official Account
// sends through, with its windows and counts. It is for the demo, for training
// and for tests, and never part of a server that real people write to.
package simulator

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"mishu/handlers/wechat/wire"
)

// shanghai is the platform's zone; a bare image has no zone files.
var shanghai = time.FixedZone("CST", 8*3600)

// patience is how long the platform waits for an answer to one delivery.
const patience = 5 * time.Second

// Person is somebody with a phone.
type Person struct {
	ID     string `json:"id"`     // stable across starts
	OpenID string `json:"openid"` // derived from ID where empty
	Name   string `json:"name"`
	Note   string `json:"note"` // "2组 76岁", "3组 志愿者"
	Role   string `json:"role"` // 村民 在外子女 志愿者 组长 村医 秘书长 ...
	Group  int    `json:"group"`
	Phones string `json:"phones,omitempty"` // his telephones, with spaces between: SMS come there
	Bound  bool   `json:"bound"`            // follows the account from the start
}

// Hint is a line worth trying, on whose phone, and what it shows.
type Hint struct {
	PersonID string `json:"person"`
	Text     string `json:"text"`
	Why      string `json:"why"`
}

// Template is a template of the account: ID as the API names it, Title as the
// card shows it. A long-term one needs consent once, any other once a message.
type Template struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Long  bool   `json:"long"`
	// Subscription is a subscription notice, which needs the person's consent.
	Subscription bool `json:"subscription"`
	// Fields are the names of its fields, thing1 and so on; with none, any are
	// taken.
	Fields []string `json:"fields,omitempty"`
}

// Options say whom the pretend platform serves and where its account lives.
type Options struct {
	Webhook string    // where messages are posted: http://127.0.0.1:port/wechat
	Wire    wire.Wire // what platform and account share
	Secret  string    // the app secret, checked by the API
	Account string    // the account's name above every chat; 秘书长+ where empty
	// People searches the roster by name, group or role; an empty query lists
	// everybody up to limit. nil: only strangers have phones.
	People    func(ctx context.Context, query string, limit int) ([]Person, error)
	Cast      []string   // the IDs of the persons whose phones lie open at first
	Hints     []Hint     // lines to try; none hides the panel
	Templates []Template // those of the account; with none, any is taken
	// Quotas are calls a day by path where they are fewer than for an account
	// in use, as for a test account.
	Quotas map[string]int
	// Village is the village clock that bubbles are dated by; nil hides it and
	// dates them by Now.
	Village func() time.Time
	// Move sets the village clock forward and lets the timed jobs run; it
	// returns when they have run. nil: the clock cannot be moved.
	Move func(ctx context.Context, to time.Time) error
	// Journal is the file that keeps chats and follow states as JSON lines;
	// empty keeps them in memory only.
	Journal string
	Public  bool             // the page may be asked for under any host name
	Now     func() time.Time // wall clock: windows, tokens; time.Now where nil
	Log     *slog.Logger     // slog.Default where nil
}

// Simulator is the pretend platform. Make one with New and Close it.
type Simulator struct {
	opt      Options
	book     *book
	roster   *roster
	tokens   *tokens
	tickets  *tickets
	codes    *logins
	counts   *counts
	quotas   *quotas
	troubles troubles
	hub      *hub
	texts    texts
	client   *http.Client
	patience time.Duration
	sent     recent // sends the page made, so that a double click is one message

	moving atomic.Bool // the village clock is on its way
	busy   atomic.Int64
	ctx    context.Context
	stop   context.CancelFunc
	work   sync.WaitGroup // deliveries under way
	ending sync.Mutex     // guards ended, and work against being added to after Close
	ended  bool
}

// New reads the journal and opens the phones of the cast.
func New(opt Options) (*Simulator, error) {
	opt = withDefaults(opt)
	if err := opt.complete(); err != nil {
		return nil, err
	}
	s := &Simulator{
		opt: opt, hub: newHub(), counts: newCounts(),
		quotas: newQuotas(opt.Now, opt.Quotas), tokens: newTokens(opt.Now), tickets: newTickets(opt.Now), codes: newLogins(opt.Now), client: platformClient(), patience: patience,
	}
	s.ctx, s.stop = context.WithCancel(context.Background())
	s.roster = newRoster(opt.People, opt.Now)
	var err error
	if s.book, err = openBook(opt.Journal, s.hub, opt.Now); err != nil {
		return nil, fmt.Errorf("open the simulator's journal: %w", err)
	}
	if err := s.openCast(s.ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Close ends the page's event streams and the deliveries under way and closes
// the journal. Call it before the page's server is shut down, which would
// otherwise wait for those streams.
func (s *Simulator) Close() error {
	s.ending.Lock()
	s.ended = true
	s.ending.Unlock()
	s.stop()
	s.hub.close()
	s.work.Wait()
	return s.book.close()
}

// spawn runs fn beside the caller unless the simulator has ended.
func (s *Simulator) spawn(fn func()) {
	s.ending.Lock()
	defer s.ending.Unlock()
	if !s.ended {
		s.busy.Add(1)
		s.work.Go(func() {
			defer s.busy.Add(-1)
			fn()
		})
	}
}

func withDefaults(opt Options) Options {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Log == nil {
		opt.Log = slog.Default()
	}
	if opt.Account == "" {
		opt.Account = "秘书长+"
	}
	return opt
}

// complete tells everything that is missing at once.
func (o Options) complete() error {
	var missing []error
	for name, value := range map[string]string{
		"Webhook": o.Webhook, "Secret": o.Secret, "Wire.Token": o.Wire.Token,
		"Wire.AppID": o.Wire.AppID, "Wire.AccountID": o.Wire.AccountID,
	} {
		if value == "" {
			missing = append(missing, fmt.Errorf("simulator: %s is empty", name))
		}
	}
	return errors.Join(missing...)
}

// openCast gives the cast, and whom the hints name, their phones; without a roster two strangers stand in.
func (s *Simulator) openCast(ctx context.Context) error {
	if s.opt.People == nil && s.book.size() == 0 {
		for range 2 {
			if _, err := s.newStranger(); err != nil {
				return err
			}
		}
	}
	ids := slices.Clone(s.opt.Cast)
	for _, h := range s.opt.Hints {
		ids = append(ids, h.PersonID)
	}
	for _, id := range ids {
		if _, err := s.phone(ctx, id); err != nil {
			return fmt.Errorf("open the phone of the cast: %w", err)
		}
	}
	return nil
}

// platformClient posts straight to the webhook: no proxy, no redirects, as a
// message belongs to the configured address alone.
func platformClient() *http.Client {
	return &http.Client{
		Transport: &http.Transport{MaxIdleConnsPerHost: 16, IdleConnTimeout: time.Minute},
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse
		},
	}
}

// Quiet reports whether no delivery is under way.
func (s *Simulator) Quiet() bool { return s.busy.Load() == 0 }
