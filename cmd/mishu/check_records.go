package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"mishu/config"
	"mishu/storage"
	"mishu/storage/session"
)

func dialed(address config.Secret) (redis.UniversalClient, error) {
	if !address.IsSet() {
		return nil, nil
	}
	return session.Dial(address.Reveal())
}

// database asks whether the records are there, of the right schema, and take a
// write.
func (k *checker) database(ctx context.Context) finding {
	if err := k.store.Ping(ctx); err != nil {
		return bad("数据库开了没有？MISHU_DATABASE 的地址、用户、密码对不对？防火墙放不放行？", "连不上：%s", plain(err))
	}
	err := k.store.CheckSchema(ctx)
	switch {
	case errors.Is(err, storage.ErrOlder) && k.store.Driver() == storage.SQLite:
		return good("文件能用，表由 mishu serve 启动时补齐")
	case errors.Is(err, storage.ErrOlder):
		return bad("先跑 mishu migrate", "连得上，表比程序旧")
	case errors.Is(err, storage.ErrNewer):
		return bad("换成新版程序，旧程序不能用新表", "连得上，表比程序新")
	case err != nil:
		return bad("看这个用户有没有读表的权限", "连得上，读不到表的版本：%s", plain(err))
	}
	if err := k.store.Writable(ctx); err != nil {
		return bad("给这个用户写的权限；主从的话地址要写主库；SQLite 看文件和文件夹是不是这个用户的，盘满没满", "能读，不能写：%s", plain(err))
	}
	return good("连得上，表是这一版的，能写")
}

// plain is an error in one line.
func plain(err error) string { return strings.ReplaceAll(err.Error(), "\n", "；") }

// flush asks whether a commit is on the disk when it is answered.
func (k *checker) flush(ctx context.Context) finding {
	h, err := k.store.Health(ctx)
	switch {
	case err != nil:
		return bad("看这个用户能不能读变量", "问不到：%s", plain(err))
	case k.store.Driver() == storage.SQLite:
		return good("SQLite 每次提交都落盘")
	case h.FlushAtCommit != "1":
		return bad("在数据库配置 [mysqld] 里写 innodb_flush_log_at_trx_commit=1，重启数据库；不然停电时，答应了的事会丢",
			"innodb_flush_log_at_trx_commit 是 %s，要是 1", h.FlushAtCommit)
	case h.MaxPacket < packetNeeded:
		return mind("在 [mysqld] 里写 max_allowed_packet=16M", "落盘是好的；max_allowed_packet 是 %d 字节，大一点的图片存不进", h.MaxPacket)
	}
	return good("innodb_flush_log_at_trx_commit=1")
}

// packetNeeded is above the largest picture that is kept.
const packetNeeded = 4 << 20

func (k *checker) redisAnswers(ctx context.Context) finding {
	if k.redis == nil {
		return good("没用 Redis，对话记在 SQLite 文件里")
	}
	if err := k.redis.Ping(ctx).Err(); err != nil {
		return bad("Redis 开了没有？MISHU_REDIS 的地址、密码对不对？", "连不上：%s", plain(err))
	}
	return good("连得上")
}

// eviction asks whether Redis forgets what it holds when its memory is full.
func (k *checker) eviction(ctx context.Context) finding {
	return k.eachRedis(ctx, func(h session.Health) finding {
		if h.Policy != "noeviction" {
			return bad("redis.conf 里写 maxmemory-policy noeviction；不然内存一满，它会悄悄丢掉对话和锁", "maxmemory-policy 是 %s，要是 noeviction", h.Policy)
		}
		return good("noeviction")
	})
}

// persistence asks whether Redis still knows the open questions after a restart.
func (k *checker) persistence(ctx context.Context) finding {
	return k.eachRedis(ctx, func(h session.Health) finding {
		switch {
		case h.Append:
			return good("appendonly yes")
		case h.Saved:
			return mind("redis.conf 里写 appendonly yes", "只有定时快照，重启会丢最近几分钟没答完的问话；记下的事不丢")
		}
		return bad("redis.conf 里写 appendonly yes", "什么都不落盘，重启后没答完的问话全丢")
	})
}

// eachRedis is the worst finding over all servers.
func (k *checker) eachRedis(ctx context.Context, look func(session.Health) finding) finding {
	if k.redis == nil {
		return good("没用 Redis")
	}
	all, err := session.HealthOf(ctx, k.redis)
	if err != nil {
		return bad("看这个用户能不能用 INFO 和 TIME", "问不到：%s", plain(err))
	}
	worst := good("")
	for i, h := range all {
		if f := look(h); i == 0 || f.state == amiss || f.state == warning && worst.state == right {
			worst = f
		}
	}
	return worst
}

// apart is how far two clocks may be from one another: leases and windows are
// measured in minutes, signatures too.
const apart = 2 * time.Second

// clocks asks the database and Redis for their time.
func (k *checker) clocks(ctx context.Context) finding {
	var wrongs, seen []string
	note := func(name string, asked, theirs, answered time.Time) {
		seen = append(seen, name)
		// The answer was true at some moment between question and answer.
		if d := max(asked.Sub(theirs), theirs.Sub(answered)); d > apart {
			wrongs = append(wrongs, fmt.Sprintf("%s差%s", name, d.Round(100*time.Millisecond)))
		}
	}
	asked := k.wall()
	if h, err := k.store.Health(ctx); err == nil && !h.Clock.IsZero() {
		note("数据库", asked, h.Clock, k.wall())
	}
	if k.redis != nil {
		asked = k.wall()
		if at, err := k.redis.Time(ctx).Result(); err == nil {
			note("Redis", asked, at, k.wall())
		}
	}
	switch {
	case len(wrongs) > 0:
		return bad("每台机器都装好 chrony 或 ntpd，对好时间", "和本机的钟不一样：%s", strings.Join(wrongs, "，"))
	case len(seen) == 0:
		return good("只有本机一个钟")
	}
	return good("本机、%s的钟相差不到2秒", strings.Join(seen, "、"))
}

// doorsNear is how many codes are left when an operator is told.
const doorsNear = 5_000

// doorCodes asks how many of the platform's permanent codes are left.
func (k *checker) doorCodes(ctx context.Context) finding {
	var given, used int64
	err := k.store.View(ctx, func(tx *storage.Tx) (err error) {
		given, used, err = tx.DoorCounts()
		return err
	})
	const todo = "老人不在探访名单上的，跑 mishu doors 把号收回来；还不够就再办一个公众号"
	switch {
	case err != nil && k.store.Driver() == storage.SQLite:
		return mind("先跑一次 mishu serve", "还没有表")
	case err != nil:
		return bad("看上面的数据库", "数不出来：%s", plain(err))
	case given >= storage.DoorsBound:
		return bad(todo, "平台许%d个，发出去%d个，没有了", storage.DoorsBound, given)
	case given >= storage.DoorsBound-doorsNear:
		return mind(todo, "平台许%d个，发出去%d个", storage.DoorsBound, given)
	}
	return good("平台许%d个，发出去%d个，用过的号到%d", storage.DoorsBound, given, used)
}

// villages asks what a village needs before danger can be told to somebody.
func (k *checker) villages(ctx context.Context) finding {
	var lacking []string
	n := 0
	err := k.store.View(ctx, func(tx *storage.Tx) error {
		villages, err := tx.Villages(0, villagesChecked)
		for _, v := range villages {
			n++
			what, err := lacks(tx.In(v.ID))
			if err != nil {
				return err
			}
			if len(what) > 0 {
				lacking = append(lacking, v.Name+"："+strings.Join(what, "、"))
			}
		}
		return err
	})
	switch {
	case err != nil && k.store.Driver() == storage.SQLite:
		return mind("先跑一次 mishu serve", "还没有表")
	case err != nil:
		return bad("看上面的数据库", "读不到村子：%s", plain(err))
	case n == 0:
		return mind("用 mishu import 把名册收进来", "一个村都还没有")
	case len(lacking) > 0:
		return mind("秘书长用 mishu invite 进来；值班电话没有人接的钟点，急事里不会写值班电话", "有村子缺东西\n       %s", strings.Join(lacking, "\n       "))
	}
	return good("%d个村，都有秘书长，值班电话不断", n)
}

// villagesChecked bounds what one check looks at.
const villagesChecked = 1000

// lacks names what a village has not got.
func lacks(v storage.In) (what []string, err error) {
	roles, err := v.Roles()
	if err != nil {
		return nil, err
	}
	bound, err := v.BoundPeople()
	if err != nil {
		return nil, err
	}
	able := map[int64]bool{}
	for _, m := range bound {
		able[m.Person] = true
	}
	for _, role := range []string{storage.Secretary, storage.Doctor} {
		has := false
		for _, r := range roles {
			has = has || r.Role == role && able[r.Person]
		}
		if !has {
			what = append(what, "没有绑定的"+role)
		}
	}
	duties, err := v.Duties()
	for minute := 0; minute < 24*60; minute += 10 {
		manned := false
		for _, d := range duties {
			manned = manned || d.Covers(minute)
		}
		if !manned {
			return append(what, fmt.Sprintf("%02d:%02d没人值班", minute/60, minute%60)), err
		}
	}
	return what, err
}
