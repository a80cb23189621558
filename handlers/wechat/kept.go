package wechat

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"sync"
	"time"
)

const (
	// keptMargin is how long before its end the platform renews a value, both
	// being valid; we stop using ours then.
	keptMargin = 5 * time.Minute
	// lockFor outlives one fetch (callTimeout).
	lockFor   = 10 * time.Second
	pollEvery = 50 * time.Millisecond
)

// kept is a value that the platform gives for a while: the access token, the
// ticket of the JS-SDK. All processes that share a store share one; without the
// store each goes on with a copy of its own.
type kept struct {
	what  string // its name in the store, "token"
	app   string // the AppID
	store TokenStore
	now   func() time.Time
	log   *slog.Logger
	// fetch asks the platform for one that is not bad and keeps it.
	fetch func(ctx context.Context, bad string) (string, error)
	turn  chan struct{} // one fetch a process
	mu    sync.Mutex
	local memoryToken
}

func newKept(what, app string, store TokenStore, now func() time.Time, log *slog.Logger) *kept {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &kept{what: what, app: app, store: store, now: now, log: log, turn: make(chan struct{}, 1)}
}

func (k *kept) key(part string) string {
	return "mishu:wechat:{" + k.app + "}:" + part
}

// drop makes everybody give up bad, and only bad: what another process fetched
// meanwhile stays.
func (k *kept) drop(ctx context.Context, bad string) {
	k.mu.Lock()
	if k.local.value == bad {
		k.local = memoryToken{}
	}
	k.mu.Unlock()
	if err := k.store.CompareAndDelete(ctx, k.key(k.what), bad); err != nil {
		k.log.Warn("drop "+k.what, "err", err)
	}
}

// other is a value that is not bad.
func (k *kept) other(ctx context.Context, bad string) (string, error) {
	if value, found := k.known(ctx, bad); found {
		return value, nil
	}
	select {
	case k.turn <- struct{}{}:
		defer func() { <-k.turn }()
	case <-ctx.Done():
		return "", ctx.Err()
	}
	if value, found := k.known(ctx, bad); found {
		return value, nil
	}
	return k.renew(ctx, bad)
}

// known looks into the store, or at our copy while the store is away.
func (k *kept) known(ctx context.Context, bad string) (string, bool) {
	value, found, err := k.store.Get(ctx, k.key(k.what))
	if err != nil {
		k.mu.Lock()
		defer k.mu.Unlock()
		value, found = k.local.value, k.now().Before(k.local.until)
	}
	return value, found && value != "" && value != bad
}

// renew fetches under the lock of all processes. Who does not get the lock
// waits for the one who has it, and fetches after all if nothing comes of it.
func (k *kept) renew(ctx context.Context, bad string) (string, error) {
	owner, lock := randomName(), k.key(k.what+":lock")
	got, err := k.store.Lock(ctx, lock, owner, lockFor)
	if err != nil {
		k.log.Warn("lock "+k.what, "err", err)
	}
	if err == nil && !got {
		if value, found := k.await(ctx, bad, callTimeout); found {
			return value, nil
		}
	}
	if got {
		defer func() { _ = k.store.CompareAndDelete(context.WithoutCancel(ctx), lock, owner) }()
		if value, found := k.known(ctx, bad); found {
			return value, nil
		}
	}
	return k.fetch(ctx, bad)
}

// await polls for a value that somebody else is fetching.
func (k *kept) await(ctx context.Context, bad string, most time.Duration) (string, bool) {
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return "", false
		case <-tick.C:
			if value, found := k.known(ctx, bad); found {
				return value, true
			}
		}
	}
}

// keep stores a value for as long as it is used.
func (k *kept) keep(ctx context.Context, value string, seconds int64) {
	ttl := life(seconds)
	k.mu.Lock()
	k.local = memoryToken{value: value, until: k.now().Add(ttl)}
	k.mu.Unlock()
	if err := k.store.Set(ctx, k.key(k.what), value, ttl); err != nil {
		k.log.Warn("keep "+k.what, "err", err)
	}
}

// life is how long a value is used. One fetched just before the platform's own
// renewal has little more than the margin: it is still used a while, or every
// call in that time would fetch.
func life(seconds int64) time.Duration {
	whole := time.Duration(min(seconds, 24*3600)) * time.Second
	return max(whole-keptMargin, min(whole/2, time.Minute))
}

func randomName() string {
	var b [8]byte
	_, _ = rand.Read(b[:])
	return hex.EncodeToString(b[:])
}
