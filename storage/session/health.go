package session

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

// Health is what an operator's check asks a Redis server.
type Health struct {
	Policy  string // maxmemory-policy
	Memory  string // maxmemory, "0" for no bound
	Append  bool   // every write is kept in the append-only file
	Saved   bool   // snapshots are taken
	Clock   time.Time
	Version string
}

// HealthOf asks each server that holds data about itself.
func HealthOf(ctx context.Context, client redis.UniversalClient) ([]Health, error) {
	cluster, ok := client.(*redis.ClusterClient)
	if !ok {
		h, err := healthOf(ctx, client)
		return []Health{h}, err
	}
	var mu sync.Mutex
	var all []Health
	err := cluster.ForEachMaster(ctx, func(ctx context.Context, one *redis.Client) error {
		h, err := healthOf(ctx, one)
		mu.Lock()
		defer mu.Unlock()
		all = append(all, h)
		return err
	})
	return all, err
}

// healthOf needs INFO and TIME alone: hosted servers forbid CONFIG, which is
// asked for snapshots if it is allowed.
func healthOf(ctx context.Context, c redis.Cmdable) (Health, error) {
	info, err := c.Info(ctx).Result()
	if err != nil {
		return Health{}, fmt.Errorf("ask Redis about itself: %w", err)
	}
	at, err := c.Time(ctx).Result()
	if err != nil {
		return Health{}, fmt.Errorf("ask Redis for its time: %w", err)
	}
	f := fields(info)
	h := Health{Policy: f["maxmemory_policy"], Memory: f["maxmemory"], Append: f["aof_enabled"] == "1", Clock: at, Version: f["redis_version"]}
	save, err := c.ConfigGet(ctx, "save").Result()
	if err == nil {
		h.Saved = save["save"] != ""
	} else if errors.Is(err, context.DeadlineExceeded) {
		return Health{}, fmt.Errorf("ask Redis about itself: %w", err)
	}
	return h, nil
}

func fields(info string) map[string]string {
	f := map[string]string{}
	for l := range strings.Lines(info) {
		if name, value, ok := strings.Cut(strings.TrimSpace(l), ":"); ok {
			f[name] = value
		}
	}
	return f
}
