package session

import (
	"context"
	_ "embed"

	"github.com/redis/go-redis/v9"
)

//go:embed lua/touch.lua
var touchLua string

var touchScript = redis.NewScript(touchLua)

// Touch is Store.Touch.
func (r *Redis) Touch(ctx context.Context, whos ...Who) error {
	now := r.opt.Now().UnixMilli()
	for _, who := range whos {
		err := touchScript.Run(ctx, r.client, []string{r.key(who)}, now, r.opt.keeps().Milliseconds()).Err()
		if err != nil {
			return away("mark facts as in flux", err)
		}
	}
	return nil
}

//go:embed lua/settle.lua
var settleLua string

var settleScript = redis.NewScript(settleLua)

// Settle is Store.Settle.
func (r *Redis) Settle(ctx context.Context, whos ...Who) error {
	for _, who := range whos {
		err := settleScript.Run(ctx, r.client, []string{r.key(who)}, newToken(), r.opt.keeps().Milliseconds()).Err()
		if err != nil {
			return away("settle facts", err)
		}
	}
	return nil
}
