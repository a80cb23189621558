package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"mishu/config"
	"mishu/storage"
)

// checkCommand tells an operator step by step what is right and what to do about
// what is not.
type checkCommand struct {
	configured
	SMS string `name:"sms" help:"Also send one SMS to this telephone." placeholder:"PHONE"`
}

// finding is what one step found out.
type finding struct {
	state state
	words string // what is so
	todo  string // what to do about it
}

type state string

const (
	right   state = "好"
	amiss   state = "错" // it has to be put right before villagers write
	warning state = "注意"
)

func good(words string, args ...any) finding { return finding{right, fmt.Sprintf(words, args...), ""} }

func bad(todo, words string, args ...any) finding {
	return finding{amiss, fmt.Sprintf(words, args...), todo}
}

func mind(todo, words string, args ...any) finding {
	return finding{warning, fmt.Sprintf(words, args...), todo}
}

// step is one question. Those that lean on an earlier one are left out when that
// went wrong: twelve times "no connection" helps nobody.
type step struct {
	name  string
	after string // the step it leans on
	run   func(context.Context) finding
}

// checker is what the steps look at.
type checker struct {
	config   config.Config
	sms      string
	store    *storage.Store
	redis    redis.UniversalClient
	accounts []*checkedAccount
	client   *http.Client
	wall     func() time.Time
}

// stepTime bounds one step.
const stepTime = 15 * time.Second

var errNotRight = errors.New("not everything is right")

// Run checks everything and fails if anything is wrong.
func (c checkCommand) Run(w world) error {
	cfg, err := c.load(w, config.Account)
	if err != nil {
		tell(w.stdout, "配置", bad("照上面说的改设置，再来一遍", "有错：\n%v", err))
		return errNotRight
	}
	tell(w.stdout, "配置", good("读得懂，没有错"))
	k, err := newChecker(cfg, c.SMS)
	if err != nil {
		return err
	}
	defer k.close()
	wrongs := k.walk(w.ctx, w.stdout)
	if wrongs > 0 {
		fmt.Fprintf(w.stdout, "\n有%d处要改，改好再来一遍。\n", wrongs)
		return errNotRight
	}
	fmt.Fprintln(w.stdout, "\n都好。")
	return nil
}

func newChecker(cfg config.Config, sms string) (*checker, error) {
	store, err := storage.Connect(cfg.Database.Driver, cfg.Database.DSN.Reveal(), wallClocks())
	if err != nil {
		return nil, err
	}
	k := &checker{config: cfg, sms: sms, store: store, wall: time.Now, client: plainClient()}
	if k.redis, err = dialed(cfg.Redis); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	for i, w := range append([]config.WeChat{cfg.WeChat}, cfg.More...) {
		o, err := newCheckedAccount(k, w, pathOf(w, i))
		if err != nil {
			k.close()
			return nil, err
		}
		k.accounts = append(k.accounts, o)
	}
	return k, nil
}

func (k *checker) close() {
	k.client.CloseIdleConnections()
	for _, o := range k.accounts {
		o.platform.CloseIdleConnections()
	}
	_ = k.store.Close() // it only looked
	if k.redis != nil {
		_ = k.redis.Close()
	}
}

// steps are all questions, in the order in which an operator answers them.
func (k *checker) steps() []step {
	all := []step{
		{"数据库", "", k.database},
		{"数据库落盘", "数据库", k.flush},
		{"Redis", "", k.redisAnswers},
		{"Redis内存", "Redis", k.eviction},
		{"Redis落盘", "Redis", k.persistence},
		{"时钟", "", k.clocks},
	}
	for _, o := range k.accounts {
		all = append(all, o.steps(len(k.accounts) > 1)...)
	}
	return append(all,
		step{"门牌码", "数据库", k.doorCodes},
		step{"短信", "", k.secondChannel},
		step{"村里", "数据库", k.villages},
	)
}

// walk runs the steps and returns how many went wrong.
func (k *checker) walk(ctx context.Context, out io.Writer) (wrongs int) {
	failed := map[string]bool{}
	for _, s := range k.steps() {
		if failed[s.after] {
			fmt.Fprintf(out, "[未查] %s：先把“%s”弄好\n", s.name, s.after)
			failed[s.name] = true
			continue
		}
		f := timed(ctx, s)
		tell(out, s.name, f)
		if f.state == amiss {
			failed[s.name] = true
			wrongs++
		}
	}
	return wrongs
}

func timed(ctx context.Context, s step) finding {
	ctx, cancel := context.WithTimeout(ctx, stepTime)
	defer cancel()
	return s.run(ctx)
}

func tell(out io.Writer, name string, f finding) {
	fmt.Fprintf(out, "[%s] %s：%s\n", f.state, name, f.words)
	if f.todo != "" {
		fmt.Fprintf(out, "       怎么办：%s\n", strings.ReplaceAll(f.todo, "\n", "\n       "))
	}
}
