//go:build browser

package simulator

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// browse opens the page of a bench in a browser window of that size.
func browse(t *testing.T, b *bench, width, height int) context.Context {
	t.Helper()
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-background-networking", true),
		chromedp.WindowSize(width, height))
	alloc, stop := chromedp.NewExecAllocator(t.Context(), opts...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(cancel)
	run(t, ctx, chromedp.Sleep(0)) // the browser lives as long as the context that starts it
	ctx, done := context.WithTimeout(ctx, 90*time.Second)
	t.Cleanup(done)
	run(t, ctx, chromedp.EmulateViewport(int64(width), int64(height)), chromedp.Navigate(b.page.URL), chromedp.WaitVisible(on("wang", hook("input"))))
	return ctx
}

func run(t *testing.T, ctx context.Context, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

// find runs one action and gives what it found.
func find[T any](t *testing.T, ctx context.Context, action chromedp.Action[T]) T {
	t.Helper()
	found, err := chromedp.Run(ctx, action)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// shot keeps a picture of the page where MISHU_SCREENSHOTS names a folder.
func shot(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	run(t, ctx, chromedp.Sleep(350*time.Millisecond)) // animations end
	png := find(t, ctx, chromedp.CaptureScreenshot())
	dir := os.Getenv("MISHU_SCREENSHOTS")
	if dir == "" {
		dir = t.TempDir()
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o600); err != nil {
		t.Fatal(err)
	}
}

func on(person, what string) string { return `[data-person="` + person + `"] ` + what }

func hook(id string) string { return `[data-testid="` + id + `"]` }

// bubbleWith waits for a bubble from somebody with these words in it.
func bubbleWith(person, from, words string) chromedp.Action[chromedp.Void] {
	return chromedp.Poll[chromedp.Void](fmt.Sprintf(
		`[...document.querySelectorAll('[data-person="%s"] [data-testid="bubble"][data-from="%s"]')].some((b) => b.textContent.includes(%q))`,
		person, from, words), chromedp.WithPollingTimeout(8*time.Second))
}

var cast = []Person{
	{ID: "wang", Name: "王桂香", Note: "2组 76岁", Role: "村民", Group: 2, Bound: true},
	{ID: "haibo", Name: "刘海波", Note: "3组 刘满生的儿子", Role: "在外子女", Group: 3},
	{ID: "manmei", Name: "夏满妹", Note: "3组", Role: "志愿者", Group: 3, Bound: true},
	{ID: "jianguo", Name: "向建国", Note: "3组", Role: "组长", Group: 3, Bound: true},
	{ID: "liu", Name: "刘德生", Note: "村卫生室", Role: "村医", Bound: true},
	{ID: "xiang", Name: "向秀英", Note: "村部", Role: "秘书长", Bound: true},
}

// stage is a village small enough to look at.
func stage(t *testing.T) *bench {
	village := &hands{at: time.Date(2026, 11, 24, 9, 12, 0, 0, shanghai)}
	b := start(t, villageAnswers, movable(village, func(time.Time) error { time.Sleep(600 * time.Millisecond); return nil }), func(o *Options) {
		o.Account = "青坪村计生协"
		o.People = func(_ context.Context, q string, limit int) ([]Person, error) {
			var out []Person
			for _, p := range cast {
				if strings.Contains(p.Name+p.Note+p.Role, q) && len(out) < limit {
					out = append(out, p)
				}
			}
			return out, nil
		}
		o.Cast = []string{"wang", "haibo", "manmei", "jianguo", "liu"}
		o.Templates = []Template{{ID: "T1", Title: "待办提醒"}, {ID: "T2", Title: "待办提醒", Subscription: true}}
		o.Hints = []Hint{
			{"wang", "明天早上想去镇上卫生院看腰 冇得人陪 有车最好", "一句话求助"},
			{"manmei", "接13", "志愿者接单"},
			{"manmei", "13做完了 40分钟", "办完报时间"},
			{"manmei", "看了桂花婶，挺好，四十分钟", "一行报探访"},
			{"xiang", "没看", "本月还没看的"},
		}
	})
	b.call("/cgi-bin/menu/create", `{"button":[{"name":"我要帮忙","sub_button":[{"type":"click","name":"助餐助厨","key":"A"},{"type":"click","name":"助医拿药","key":"B"},{"type":"click","name":"找人说话","key":"C"}]},{"type":"click","name":"报探访","key":"VISIT"},{"name":"问一问","sub_button":[{"type":"click","name":"村里电话","key":"TEL"},{"type":"click","name":"您是哪个","key":"WHO"}]}]}`)
	return b
}

func villageAnswers(_ int, m inbound) string {
	switch {
	case m.MsgType == "event" && m.Event == "CLICK":
		return says(m, "要哪样帮忙？直接讲，或回数字：\n1 买菜煮饭\n2 看病拿药\n3 找人说话\n急事打 0745-0000000")
	case m.MsgType == "event" && m.Event == "subscribe":
		return says(m, "您好，这是青坪村计生协的号，管事的是向老师。您是哪个组的、叫什么？")
	case m.MsgType == "voice":
		return says(m, "听到了您的语音，机器听不清，先放给秘书长听。急事打 0745-0000000 或120。")
	case strings.Contains(m.Content, "看腰"):
		return says(m, "记下了：助医，王桂香（2组），明天（25号星期三）上午去镇卫生院看腰，要人陪、有车更好。对就回“对”。")
	case m.MsgType == "text":
		return says(m, "好，我去问人，中午前给您回信。急事打 0745-0000000。")
	}
	return ""
}

func TestDeskPage(t *testing.T) {
	b := stage(t)
	ctx := browse(t, b, 1440, 900)
	shot(t, ctx, "desk-empty")
	run(t, ctx,
		chromedp.Click(hook("hint")), chromedp.WaitVisible(on("wang", hook("send"))), chromedp.DoubleClick(on("wang", hook("send"))),
		bubbleWith("wang", "account", "记下了：助医"),
		chromedp.SendKeys(on("wang", hook("input")), "对\r"), bubbleWith("wang", "account", "中午前"),
		chromedp.Click(on("haibo", hook("follow"))), bubbleWith("haibo", "account", "您是哪个组的"),
		chromedp.SendKeys(on("manmei", hook("input")), "接13\r"), bubbleWith("manmei", "account", "好，"))
	if p := b.counts.view().Posts; p.Lines != 3 || p.LinePosts != 3 {
		t.Errorf("typed three lines, one with a double click: %+v", p)
	}
	b.call("/cgi-bin/message/custom/send", text(withOpenID(cast[2]).OpenID, "13号定了：明天九点半，2组王桂香，桥头第三家。电话 19900001234，做完回“13做完了”和多少分钟。"))
	b.call("/cgi-bin/message/template/send", template(withOpenID(cast[3]).OpenID, "n1", map[string]string{"thing1": "早，系统正常，要您定的3件", "time2": "2026年11月24日 07:05"}))
	b.call("/cgi-bin/message/template/send", template(withOpenID(cast[5]).OpenID, "n2", map[string]string{"thing1": "早，向老师。要您定的3件"}))
	run(t, ctx, bubbleWith("manmei", "push", "13号定了"), bubbleWith("jianguo", "push", "待办提醒"))
	shot(t, ctx, "desk-talk")
	run(t, ctx, chromedp.WaitVisible(`[data-switch="xiang"][data-unread="1"]`), chromedp.Click(`[data-switch="xiang"]`),
		bubbleWith("xiang", "push", "待办提醒"), chromedp.Click(hook("clock-morning")), chromedp.WaitVisible(`#progress`))
	shot(t, ctx, "desk-moving")
	run(t, ctx, chromedp.WaitNotVisible(`#progress`), chromedp.WaitEnabled(hook("clock-1h")))
	day := find(t, ctx, chromedp.Text(hook("clock-day")))
	if !strings.Contains(day, "11月25日 星期三") {
		t.Errorf("the clock shows %q", day)
	}
	shot(t, ctx, "desk-morning")
	run(t, ctx, chromedp.Click(hook("show-platform")), chromedp.WaitVisible(hook("platform-body")+` table`))
	run(t, ctx, chromedp.SetValue(hook("trouble-number"), "45009"), chromedp.ScrollIntoView(hook("trouble-go")), chromedp.Click(hook("trouble-go")),
		chromedp.WaitVisible(hook("troubles")))
	if got := b.troubles.list(); len(got) != 1 || got[0] != (Trouble{How: WithCode, Code: 45009, Times: 1}) {
		t.Errorf("the page made %+v", got)
	}
	shot(t, ctx, "desk-platform")
	run(t, ctx, chromedp.Click(hook("trouble-stop")), chromedp.WaitNotPresent(hook("troubles")))
	if got := b.troubles.list(); len(got) != 0 {
		t.Errorf("the page left %+v", got)
	}
	run(t, ctx, chromedp.Click(`dialog .close`), chromedp.Click(on("wang", hook("trace"))), chromedp.WaitVisible(hook("trace-body")+` pre`))
	shot(t, ctx, "desk-trace")
	run(t, ctx, chromedp.Click(`dialog .close`), chromedp.Click(hook("add-person")), chromedp.WaitVisible(hook("found-line")))
	shot(t, ctx, "desk-picker")
}

func TestPhonePage(t *testing.T) {
	b := stage(t)
	ctx := browse(t, b, 390, 844)
	shot(t, ctx, "phone-empty")
	in := func(what string) string { return on("wang", what) }
	run(t, ctx,
		chromedp.SendKeys(in(hook("input")), "明天早上想去镇上卫生院看腰 冇得人陪 有车最好"), chromedp.Click(in(hook("send"))),
		bubbleWith("wang", "account", "记下了"), chromedp.Click(in(hook("voice"))), chromedp.Click(in(hook("voice-9"))), bubbleWith("wang", "account", "听不清"))
	shot(t, ctx, "phone-talk")
	run(t, ctx, chromedp.Click(in(hook("to-menu"))), chromedp.Click(in(hook("menu-0"))))
	shot(t, ctx, "phone-menu")
	run(t, ctx, chromedp.Click(in(hook("menu-0-1"))), bubbleWith("wang", "account", "要哪样帮忙"), chromedp.Click(in(hook("to-keys"))), chromedp.Click(in(hook("plus"))))
	shot(t, ctx, "phone-plus")
	run(t, ctx, chromedp.Click(in(`.tile`)), chromedp.WaitVisible(hook("picture-roof")))
	shot(t, ctx, "phone-pictures")
	run(t, ctx, chromedp.Click(hook("picture-roof")), bubbleWith("wang", "me", ""), chromedp.Click(in(hook("plus"))), chromedp.Click(in(`.tile:nth-child(3)`)),
		chromedp.Click(`dialog .lines button`), chromedp.WaitVisible(in(`[data-kind="location"]`)))
	shot(t, ctx, "phone-place")
	run(t, ctx, chromedp.Click(hook("show-hints")))
	shot(t, ctx, "phone-hints")
	run(t, ctx, chromedp.Click(`#hide-hints`), chromedp.Click(`[data-switch="haibo"]`), chromedp.WaitVisible(on("haibo", hook("follow"))))
	shot(t, ctx, "phone-follow")
	if find(t, ctx, chromedp.Evaluate[bool](`document.documentElement.scrollWidth > innerWidth`)) {
		t.Error("the page is wider than the phone")
	}
}

// TestInputIsKeptWhenSendingFails: what was typed is not lost with the line.
func TestInputIsKeptWhenSendingFails(t *testing.T) {
	b := stage(t)
	ctx := browse(t, b, 390, 844)
	b.page.Config.Handler = nil
	b.page.CloseClientConnections()
	_ = b.page.Listener.Close()
	run(t, ctx, chromedp.SendKeys(on("wang", hook("input")), "帮我看下灯\r"), chromedp.WaitVisible(on("wang", `.alert`)))
	left := find(t, ctx, chromedp.Value(on("wang", hook("input"))))
	alert := find(t, ctx, chromedp.Text(on("wang", `.alert`)))
	if left != "帮我看下灯" || !strings.Contains(alert, "连不上") {
		t.Errorf("input %q, alert %q", left, alert)
	}
	shot(t, ctx, "phone-offline")
}
