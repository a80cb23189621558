package session

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

// Redis is a Store in Redis 6 or later: one server, Sentinel or Cluster. All
// that is known of a person is one hash, so that each step is one script on
// one slot; the scripts take the time from our clock.
type Redis struct {
	porter // Do: two round trips when nobody else holds the lock
	client redis.UniversalClient
	lanes  *lanes // nil: a cluster, where a batch would wait for the slowest shard
}

var _ Store = (*Redis)(nil)

// NewRedis makes a Store of a client, which it owns from now on: Close closes
// it.
func NewRedis(client redis.UniversalClient, opt Options) *Redis {
	r := &Redis{client: client}
	r.porter = newPorter(r, opt.filled())
	if single, ok := client.(*redis.Client); ok {
		r.lanes = newLanes(single)
	}
	return r
}

// eval runs one script on one key.
func (r *Redis) eval(ctx context.Context, script *redis.Script, key string, args ...any) *redis.Cmd {
	if r.lanes != nil {
		return r.lanes.run(ctx, script, key, args...)
	}
	return script.Run(ctx, r.client, []string{key}, args...)
}

//go:embed lua/open.lua
var openLua string

// The scripts are named by their digest; the client sends the text only to a
// server that does not know it yet.
var openScript = redis.NewScript(fmt.Sprintf("local fluxLasts = %d\n%s", fluxLasts.Milliseconds(), openLua))

func (r *Redis) open(ctx context.Context, who Who, token string, now time.Time) (*Session, error) {
	lock := stamped(token, now.Add(r.opt.Lease))
	got, err := r.eval(ctx, openScript, r.key(who),
		lock, now.UnixMilli(), r.opt.Lease.Milliseconds(), r.opt.keeps().Milliseconds()).Slice()
	if err != nil {
		return nil, err
	}
	if len(got) == 0 {
		return nil, nil // held by somebody else
	}
	if len(got) != 4 {
		return nil, fmt.Errorf("the script answered %d values", len(got))
	}
	s := &Session{lock: lock, saved: text(got[2])}
	s.State = state(text(got[1]), s.saved, now)
	if facts := text(got[3]); !strings.HasPrefix(facts, "!") {
		s.Version = facts
	}
	return s, nil
}

// stamped joins a value and the moment when it ends to one field: fields are
// what a script's time goes into.
func stamped(value string, ends time.Time) string {
	return value + ":" + strconv.FormatInt(ends.UnixMilli(), 10)
}

// text reads a string of an answer; a field that is missing is "".
func text(v any) string {
	s, _ := v.(string)
	return s
}

// state gives what was saved, unless the end stamped on the version has come.
func state(s, saved string, now time.Time) []byte {
	_, ends, _ := strings.Cut(saved, ":")
	if until, err := strconv.ParseInt(ends, 10, 64); err != nil || until <= now.UnixMilli() || s == "" {
		return nil
	}
	return []byte(s)
}

//go:embed lua/save.lua
var saveLua string

var saveScript = redis.NewScript(saveLua)

// The version of a state is the token of its saver, stamped with its end.
func (r *Redis) save(ctx context.Context, who Who, s *Session, now time.Time) (bool, error) {
	version, acted := stamped(s.token, now.Add(r.opt.TTL)), s.moment(now)
	args := []any{s.lock, s.saved, version, string(s.State), r.opt.keeps().Milliseconds()}
	if w, ok := s.Act.opens(); ok {
		args = append(args, string(s.Act), w.allows, acted.Add(w.lasts).UnixMilli(), acted.Add(-clocksApart).UnixMilli())
	}
	return r.eval(ctx, saveScript, r.key(who), args...).Bool()
}

//go:embed lua/free.lua
var freeLua string

var freeScript = redis.NewScript(freeLua)

func (r *Redis) free(ctx context.Context, who Who, token string) error {
	return r.eval(ctx, freeScript, r.key(who), token+":").Err()
}

// Peek is Store.Peek.
func (r *Redis) Peek(ctx context.Context, who Who) ([]byte, error) {
	got, err := r.client.HMGet(ctx, r.key(who), "state", "saved").Result()
	if err != nil {
		return nil, away("peek at session", err)
	}
	return state(text(got[0]), text(got[1]), r.opt.Now()), nil
}

// Ping is Store.Ping.
func (r *Redis) Ping(ctx context.Context) error {
	return away("ping redis", r.client.Ping(ctx).Err())
}

// Close closes the client.
func (r *Redis) Close() error {
	r.orphans.close()
	if r.lanes != nil {
		r.lanes.close()
	}
	if err := r.client.Close(); err != nil && !errors.Is(err, redis.ErrClosed) {
		return fmt.Errorf("close redis: %w", err)
	}
	return nil
}

// key names a person's hash. The braces put whatever else is ever kept of him
// into the same slot of a cluster. Account and OpenID come from outside;
// escaping leaves those of the platform as they are.
func (r *Redis) key(who Who) string {
	return r.opt.Prefix + ":{" + member(who) + "}"
}

// away wraps what went wrong outside Do, where every error means the same.
func away(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w: %w", what, ErrAway, err)
}
