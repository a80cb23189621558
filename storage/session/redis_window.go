package session

import (
	"context"
	_ "embed"
	"strconv"
	"strings"

	"github.com/redis/go-redis/v9"
)

//go:embed lua/take.lua
var takeLua string

var takeScript = redis.NewScript(takeLua)

// Take is Store.Take. The client may repeat a trip whose answer was lost; the
// window is then thought to hold one less than it does, never one more.
func (r *Redis) Take(ctx context.Context, who Who) (Ticket, error) {
	ticket, err := takeScript.Run(ctx, r.client, []string{r.key(who)}, r.opt.Now().UnixMilli(), mostTaken).Text()
	return Ticket(ticket), away("take from send window", err)
}

//go:embed lua/give.lua
var giveLua string

var giveScript = redis.NewScript(giveLua)

// Give is Store.Give.
func (r *Redis) Give(ctx context.Context, who Who, t Ticket) error {
	act, left := t.parts()
	return away("give back to send window", giveScript.Run(ctx, r.client, []string{r.key(who)}, string(act), left).Err())
}

//go:embed lua/shut.lua
var shutLua string

var shutScript = redis.NewScript(shutLua)

// Shut is Store.Shut.
func (r *Redis) Shut(ctx context.Context, who Who) error {
	all := strings.Repeat(","+strconv.FormatInt(r.opt.Now().UnixMilli(), 10), mostTaken)[1:]
	err := shutScript.Run(ctx, r.client, []string{r.key(who)}, all, r.opt.keeps().Milliseconds()).Err()
	return away("shut send window", err)
}
