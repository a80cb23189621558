package session

import (
	"fmt"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/logging"
	"mishu/storage/private"
)

// TestMain keeps the client's own words about dead servers out of the output.
func TestMain(m *testing.M) {
	redis.SetLogger(&logging.VoidLogger{})
	os.Exit(m.Run())
}

func newRedis(t testing.TB, address string, opt Options) *Redis {
	t.Helper()
	client, err := Dial(address)
	if err != nil {
		t.Fatalf("Dial: %v", err)
	}
	r := NewRedis(client, opt)
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return r
}

// prefixes gives each test of a suite its own keys on one server.
func prefixes(address string) backend {
	var n atomic.Int64
	return func(t *testing.T) opener {
		prefix := fmt.Sprintf("t%d", n.Add(1))
		return func(opt Options) Store {
			opt.Prefix = prefix
			return newRedis(t, address, opt)
		}
	}
}

func TestRedis(t *testing.T) {
	t.Parallel()
	conform(t, prefixes(private.Redis(t)))
}

// One server that owns all slots of a cluster refuses what a cluster refuses:
// a script over two slots, a key that was not announced.
func TestRedisCluster(t *testing.T) {
	t.Parallel()
	private.Redis(t) // skips or fails where there is no server
	server, err := private.StartRedis(t.TempDir(), "--cluster-enabled", "yes", "--databases", "1")
	if err != nil {
		t.Fatalf("start Redis: %v", err)
	}
	t.Cleanup(func() { _ = server.Stop() })
	address := "redis+cluster://" + server.Addr
	r := newRedis(t, "redis://"+server.Addr, Options{})
	if err := r.client.Do(t.Context(), "CLUSTER", "ADDSLOTSRANGE", 0, 16383).Err(); err != nil {
		t.Fatalf("give the slots: %v", err)
	}
	for r.client.Set(t.Context(), "ready", 1, 0).Err() != nil && t.Context().Err() == nil {
		time.Sleep(10 * time.Millisecond)
	}
	conform(t, prefixes(address))
}
