// Package bot is the conversation: Hear takes one message and gives the one
// reply to it, having stored whatever the message changed.
package bot

import (
	"cmp"
	"context"
	"log/slog"
	"maps"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"mishu/bot/book"
	"mishu/bot/line"
	"mishu/storage"
	"mishu/storage/session"
)

// Options are what a Bot is made of.
type Options struct {
	Store    *storage.Store
	Sessions session.Store
	Wall     func() time.Time // windows, leases, fragments
	Village  func() time.Time // rules, dialog age
	Log      *slog.Logger
	Metrics  *Metrics
	Hash     func(openid string) string // names a person in the log
	// Gather is how long the people for whom something new is carried are
	// gathered before everybody is told to read them again, in one go.
	Gather time.Duration
	// DangerWaits is how long danger waits for the records, since its text needs
	// none; 0: a second and a half, well within the platform's five.
	DangerWaits time.Duration
	// CallOut texts the people on duty that an OpenID is in danger, while the
	// records are away; nil: nobody is texted.
	CallOut func(ctx context.Context, account, openid string) int
}

// Bot hears messages. It is safe for any number of goroutines and replicas.
type Bot struct {
	store    *storage.Store
	sessions session.Store
	books    *book.Shelf
	facts    *lru.Cache[session.Who, facts]
	wall     func() time.Time
	village  func() time.Time
	log      *slog.Logger
	metrics  *Metrics
	hash     func(string) string
	lines    []line.Line
	fresh    map[string]line.Fresh    // by kind of notice
	attach   map[string]line.Attached // by kind of notice
	behind   sync.WaitGroup           // work that goes on after its message was answered
	renewals renewals
	callOut  func(ctx context.Context, account, openid string) int
	waits    time.Duration
}

// factsKept bounds the members in memory; a county's 5,000 who write in one
// hour fit several times over.
const factsKept = 50_000

// New makes a Bot.
func New(opt Options) *Bot {
	cache, err := lru.New[session.Who, facts](factsKept)
	if err != nil {
		panic(err) // only for a size that is not positive
	}
	lines := Lines()
	attach := map[string]line.Attached{}
	for _, l := range lines {
		maps.Copy(attach, l.Attaches)
	}
	return &Bot{
		attach: attach,
		fresh:  line.FreshOf(lines),
		store:  opt.Store, sessions: opt.Sessions, books: book.NewShelf(opt.Store), facts: cache,
		wall: opt.Wall, village: opt.Village, log: opt.Log, metrics: opt.Metrics, hash: opt.Hash, lines: lines,
		renewals: renewals{after: opt.Gather}, callOut: opt.CallOut,
		waits: cmp.Or(opt.DangerWaits, 1500*time.Millisecond),
	}
}

// Books are the villages' books that the bot keeps, for the clock to share.
func (b *Bot) Books() *book.Shelf { return b.books }

// Warm reads the books of the first villages, so that the first message of the
// day does not wait for them.
func (b *Bot) Warm(ctx context.Context) error {
	var villages []storage.Village
	err := b.store.View(ctx, func(tx *storage.Tx) (err error) {
		villages, err = tx.Villages(0, 20)
		return err
	})
	if err != nil {
		return err
	}
	for _, v := range villages {
		if _, err := b.books.Read(ctx, v.ID); err != nil {
			return err
		}
	}
	return nil
}
