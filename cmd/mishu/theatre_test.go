package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mishu/bot/book"
	"mishu/config"
	"mishu/storage"
)

// playedVillage is the village of the conversations as its workbook: bot's
// transcripts expect these people.
var playedVillage = [][]any{
	{"姓名", "组", "性别", "同意书", "出生日期", "户号", "职务", "特长", "是否探访", "类别", "探访等级", "探访人", "别名", "住址", "联系电话", "家属", "居住情况", "务工地点"},
	{"向春兰", 1, "女", "健康", "1975", "", "秘书长"},
	{"张远志", 4, "男", "健康", "1966", "", "会长", "", "", "", "", "", "", "", "19900003333"},
	{"刘承志", 1, "男", "健康", "1970", "", "村医"},
	{"舒红梅", 2, "女", "健康", "1978", "", "志愿者", "", "", "", "", "", "", "", "19900001029"},
	{"向建国", 3, "男", "健康", "1978", "", "志愿者", "驾车", "", "", "", "", "", "", "19900001039"},
	{"夏满妹", 3, "女", "健康", "1978", "", "志愿者", "", "", "", "", "", "", "", "19900001038"},
	{"邓小军", 5, "男", "健康", "1978", "", "志愿者", "", "", "", "", "", "", "", "19900001059"},
	{"舒立新", 3, "男", "健康", "1962", "", "组长"},
	{"邓友生", 5, "男", "健康", "1961", "", "组长"},
	{"王桂香", 2, "女", "健康", "1950", "21", "", "", "是", "独居", "一般", "舒红梅", "", "桥头第三家", "19900001234"},
	{"王桂香", 5, "女", "健康", "1945", "51", "", "", "是", "独居", "重点", "邓小军", "", "", "", "向秀（女儿）19900002222"},
	{"刘满生", 3, "男", "健康", "1943", "31", "", "", "是", "独居", "高", "夏满妹", "满爷爷"},
	{"舒忠良", 3, "男", "健康", "1947", "32", "", "", "是", "独居", "一般", "夏满妹"},
	{"夏桂花", 3, "女", "健康", "1952", "33", "", "", "是", "独居", "一般", "夏满妹", "桂花婶"},
	{"刘海波", 3, "男", "健康", "1975", "31", "", "", "", "", "", "", "", "", "", "", "外出", "东莞"},
	{"舒德贵", 3, "男", "健康", "1950"},
}

// theatre is a village that two replicas serve as `mishu serve` does, except
// that its own clock can be moved: real webhook, safe mode, real stores, pushes
// arriving at the platform's API.
type theatre struct {
	t      *testing.T
	office *postOffice
	stage  [2]*replica
	clock  *movedClock
	log    printed

	ids   map[string]int64 // "2组王桂香" and, where it is the only one, "王桂香"
	said  []string
	reply string
	open  bool // the reply has not been looked at
	at    string
}

// replica is one process of those that serve the village.
type replica struct {
	app *app
	url string
}

func newTheatre(t *testing.T, store []string) *theatre {
	t.Helper()
	th := &theatre{t: t, office: newPostOffice(t), ids: map[string]int64{}, clock: &movedClock{file: filepath.Join(t.TempDir(), "clock")}}
	begin := time.Date(2026, 11, 24, 8, 0, 0, 0, storage.Shanghai)
	th.must(th.clock.advance(time.Until(begin)))
	settings := append(account(th.office.URL), store...)
	mustDo(t, settings, "migrate")
	mustDo(t, settings, "import", workbook(t, playedVillage), "--village", "青坪村", "--township", "竹溪口镇", "--county", "溪江县")
	th.must(records(t, settings).Update(t.Context(), th.settle))
	cfg, err := config.Load(settings, "", config.Account)
	th.must(err)
	for i := range th.stage {
		th.stage[i] = th.enter(cfg)
	}
	th.arrive()
	return th
}

// enter starts a replica, which serves until the test ends.
func (th *theatre) enter(cfg config.Config) *replica {
	th.t.Helper()
	store, err := openRecords(th.t.Context(), cfg.Database, storage.Clocks{Wall: time.Now, Village: th.clock.now})
	th.must(err)
	log := newLog(&th.log, slog.LevelDebug)
	a, err := newApp(store, appOptions{config: cfg, village: th.clock.now, log: log})
	th.must(err)
	front, back := a.listeners(cfg.Listen, cfg.Admin)
	ctx, cancel := context.WithCancel(context.Background())
	ready, done := make(chan struct{}), make(chan error, 1)
	go func() { done <- a.service(front, back).run(ctx, func() { close(ready) }) }()
	<-ready
	th.t.Cleanup(func() {
		cancel()
		if err := errors.Join(<-done, a.close(), store.Close()); err != nil {
			th.t.Error(err)
		}
	})
	return &replica{app: a, url: front.url()}
}

// settle binds everybody but 舒德贵 and sets what the office sets.
func (th *theatre) settle(tx *storage.Tx) error {
	have, err := tx.VillageNamed("青坪村")
	if err != nil || len(have) != 1 {
		return fmt.Errorf("%d villages: %w", len(have), err)
	}
	v := tx.In(have[0].ID)
	for name, value := range map[string]string{book.CalledSecretary: "向老师", book.OfficePhone: "19900000001"} {
		if err := v.Set(storage.Setting{Name: name, Value: value}); err != nil {
			return err
		}
	}
	if err := v.AddDuty(storage.Duty{Name: "张远志", Phone: "19900000002", From: 0, To: 24 * 60}); err != nil {
		return err
	}
	people, err := v.People()
	if err != nil {
		return err
	}
	for _, p := range people {
		th.ids[fmt.Sprintf("%d组%s", p.Group, p.Name)] = p.ID
		if p.Name != "王桂香" {
			th.ids[p.Name] = p.ID
		}
		if p.Name == "舒德贵" {
			continue
		}
		m := storage.Member{Account: official.AccountID, OpenID: openID(p.ID), Person: p.ID, State: storage.Active, Followed: true}
		if err := v.AddMember(&m); err != nil {
			return err
		}
	}
	return v.Changed()
}

// arrive lets everybody say good morning, which opens the windows for pushes.
func (th *theatre) arrive() {
	th.t.Helper()
	for name, id := range th.ids {
		if strings.Contains(name, "组") && !strings.Contains(name, "舒德贵") {
			hears(th.t, th.stage[0].url, openID(id), "你好")
		}
	}
	th.tick()
}

func (th *theatre) must(err error) {
	th.t.Helper()
	if err != nil {
		th.t.Fatalf("%s: %v", th.at, err)
	}
}

// tick lets the timed jobs see what the second before them changed.
func (th *theatre) tick() {
	th.t.Helper()
	for range 2 {
		th.must(th.stage[0].app.clock.Tick(context.Background()))
	}
	waitFor(th.t, "the end of sending", func() bool {
		return rows(th.t, th.stage[0].app.store, "notice WHERE state = 'sending'") == 0
	})
}
