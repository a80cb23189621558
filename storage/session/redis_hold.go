package session

import (
	"context"
	_ "embed"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"net/url"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

// shards is over how many keys the waiting are spread, so that a cluster does
// not keep a whole province in one slot.
const shards = 16

// Hold is Store.Hold.
func (r *Redis) Hold(ctx context.Context, who Who, at time.Time) error {
	name := member(who)
	key := r.shard(shardOf(name))
	if at.IsZero() {
		return away("forget hold", r.client.ZRem(ctx, key, name).Err())
	}
	z := redis.Z{Score: float64(at.UnixMilli()), Member: name}
	return away("hold", r.client.ZAdd(ctx, key, z).Err())
}

//go:embed lua/due.lua
var dueLua string

var dueScript = redis.NewScript(dueLua)

// mostDue bounds one look at one shard: a script may hand a few thousand
// values to one command, not more.
const mostDue = 1000

// Due is Store.Due. It begins at a shard by chance, so that callers with a
// small n neither meet nor always favour the same persons.
func (r *Redis) Due(ctx context.Context, now time.Time, n int) ([]Who, error) {
	var due []Who
	first := rand.IntN(shards)
	for i := 0; i < shards && len(due) < n; i++ {
		key := r.shard((first + i) % shards)
		names, err := dueScript.Run(ctx, r.client, []string{key}, now.UnixMilli(), min(n-len(due), mostDue)).StringSlice()
		if err != nil {
			return due, away("look who is due", err)
		}
		for _, name := range names {
			due = append(due, whoOf(name))
		}
	}
	return due, nil
}

func (r *Redis) shard(n int) string { return fmt.Sprintf("%s:{due%d}", r.opt.Prefix, n) }

func shardOf(name string) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(name))
	return int(h.Sum32() % shards)
}

// member names a person within a shard; whoOf reads it back.
func member(who Who) string {
	return url.QueryEscape(who.Account) + ":" + url.QueryEscape(who.OpenID)
}

func whoOf(name string) Who {
	account, openID, _ := strings.Cut(name, ":")
	return Who{Account: unescaped(account), OpenID: unescaped(openID)}
}

// unescaped undoes url.QueryEscape, which member has done and which cannot
// fail to be undone.
func unescaped(s string) string {
	s, _ = url.QueryUnescape(s)
	return s
}
