package session

import (
	"context"
	_ "embed"

	"github.com/redis/go-redis/v9"
)

//go:embed lua/take.lua
var takeLua string

var takeScript = redis.NewScript(takeLua)

// Take is Store.Take. The client may repeat a trip whose answer was lost; the
// window is then thought to hold one less than it does, never one more.
func (r *Redis) Take(ctx context.Context, who Who) (bool, error) {
	took, err := takeScript.Run(ctx, r.client, []string{r.key(who)}, r.opt.Now().UnixMilli()).Bool()
	return took, away("take from send window", err)
}

//go:embed lua/shut.lua
var shutLua string

var shutScript = redis.NewScript(shutLua)

// Shut is Store.Shut.
func (r *Redis) Shut(ctx context.Context, who Who) error {
	return away("shut send window", shutScript.Run(ctx, r.client, []string{r.key(who)}).Err())
}
