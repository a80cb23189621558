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
	if len(whos) > 1 {
		if err := r.settleAll(ctx, whos); !redis.HasErrorPrefix(err, "NOSCRIPT") {
			return err
		}
	}
	for _, who := range whos {
		err := settleScript.Run(ctx, r.client, []string{r.key(who)}, newToken(), r.opt.keeps().Milliseconds()).Err()
		if err != nil {
			return away("settle facts", err)
		}
	}
	return nil
}

// settleAll settles many in one trip, on a server that knows the script.
func (r *Redis) settleAll(ctx context.Context, whos []Who) error {
	_, err := r.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for _, who := range whos {
			p.EvalSha(ctx, settleScript.Hash(), []string{r.key(who)}, newToken(), r.opt.keeps().Milliseconds())
		}
		return nil
	})
	if err == nil || redis.HasErrorPrefix(err, "NOSCRIPT") {
		return err
	}
	return away("settle facts", err)
}
