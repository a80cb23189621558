//go:build browser

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// phoneState is what the page says about itself under /sim/state.
type phoneState struct {
	Phones []struct {
		ID, Name string
		Bubbles  []struct{ From, Text string }
	}
	Posts struct {
		Lines     int `json:"lines"`
		LinePosts int `json:"line_posts"`
	}
}

// demoPage is a running demo and a browser on it.
type demoPage struct {
	t   *testing.T
	url string
	ctx context.Context
	ids map[string]string
}

// startDemo runs the real command on a free port and waits for its address.
func startDemo(t *testing.T, data string) (url string, stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	out := &firstLine{line: make(chan string, 1)}
	done := make(chan int, 1)
	go func() {
		done <- run([]string{"demo", "--listen", "127.0.0.1:0", "--data", data}, world{ctx, nil, nil, out, os.Stderr})
	}()
	select {
	case line := <-out.line:
		_, url, _ = strings.Cut(line, "http://")
	case code := <-done:
		t.Fatalf("the demo ended with %d", code)
	case <-time.After(time.Minute):
		t.Fatal("the demo named no address")
	}
	return "http://" + strings.TrimSpace(url), func() {
		cancel()
		if code := <-done; code != exitOK {
			t.Errorf("the demo ended with %d", code)
		}
	}
}

// firstLine hands on the first line that is written.
type firstLine struct{ line chan string }

func (f *firstLine) Write(p []byte) (int, error) {
	select {
	case f.line <- string(p):
	default:
	}
	return len(p), nil
}

func openPage(t *testing.T, url string, width, height int) *demoPage {
	t.Helper()
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-background-networking", true), chromedp.WindowSize(width, height))
	alloc, stop := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(cancel)
	p := &demoPage{t: t, url: url, ctx: ctx, ids: map[string]string{}}
	p.do(chromedp.EmulateViewport(int64(width), int64(height)), chromedp.Navigate(url), chromedp.WaitReady(`[data-person]`))
	for _, phone := range p.state().Phones {
		p.ids[phone.Name] = phone.ID
	}
	return p
}

func (p *demoPage) do(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, time.Minute)
	defer cancel()
	// The first action starts the browser, which lives as long as its context.
	if err := chromedp.Do(p.ctx, chromedp.Sleep(0)); err != nil {
		p.t.Fatal(err)
	}
	if err := chromedp.Do(ctx, actions...); err != nil {
		p.t.Fatal(err)
	}
}

func (p *demoPage) state() phoneState {
	p.t.Helper()
	res, err := http.Get(p.url + "/sim/state")
	if err != nil {
		p.t.Fatal(err)
	}
	defer res.Body.Close()
	var s phoneState
	if err := json.NewDecoder(res.Body).Decode(&s); err != nil {
		p.t.Fatal(err)
	}
	return s
}

// says types a line on somebody's phone and waits for the words that come back.
func (p *demoPage) says(name, words, answer string) {
	p.t.Helper()
	p.do(chromedp.SendKeys(fmt.Sprintf(`[data-person=%q] [data-testid="input"]`, p.ids[name]), words+"\r"))
	p.sees(name, answer)
}

// sees waits until a bubble of the account on somebody's phone has these words.
func (p *demoPage) sees(name, words string) {
	p.t.Helper()
	var last string
	for range 300 {
		for _, phone := range p.state().Phones {
			for _, b := range phone.Bubbles {
				if phone.Name == name && b.From != "me" {
					last = b.Text
					if strings.Contains(b.Text, words) {
						return
					}
				}
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	p.t.Fatalf("%s does not see %q; the last is %q", name, words, last)
}

// show brings somebody's phone to the front, where only one fits.
func (p *demoPage) show(name string) {
	p.t.Helper()
	click := fmt.Sprintf(`(() => { const b = document.querySelector('[data-switch=%q]'); if (b) b.click(); return b !== null })()`, p.ids[name])
	for range 100 {
		ctx, cancel := context.WithTimeout(p.ctx, 10*time.Second)
		clicked, err := chromedp.Run(ctx, chromedp.Evaluate[bool](click))
		cancel()
		if err != nil {
			p.t.Fatal(err)
		}
		if clicked {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	p.t.Fatalf("no way to %s's phone", name)
}

// picture keeps a screenshot where MISHU_SCREENSHOTS names a folder.
func (p *demoPage) picture(name string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, time.Minute)
	defer cancel()
	p.do(chromedp.Sleep(400 * time.Millisecond))
	png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.t.Fatal(err)
	}
	if dir := os.Getenv("MISHU_SCREENSHOTS"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o600); err != nil {
			p.t.Fatal(err)
		}
	}
	if len(png) < 10_000 {
		p.t.Errorf("%s shows nothing: %d bytes", name, len(png))
	}
}

// The main job as a person sees it who has just cloned the repository: ask,
// take, do, report, move the clock, read the secretary-general's brief; then
// stop, start again, and find what was said.
func TestMainJobInTheBrowser(t *testing.T) {
	data := t.TempDir()
	url, stop := startDemo(t, data)
	p := openPage(t, url, 1440, 900)
	before := p.state().Posts
	p.says("王桂香", "明天早上想去镇上卫生院看腰 冇得人陪 有车最好", "记下了：")
	p.says("王桂香", "对", "我去问人")
	p.sees("舒红梅", "助医，2组一位乡亲")
	p.says("舒红梅", "收到", "接不接")
	p.says("舒红梅", "接", "归您了")
	p.sees("王桂香", "舒红梅来")
	p.picture("demo-desk")
	p.says("舒红梅", "做完了 40分钟", "40分钟，多谢您")
	p.sees("王桂香", "办得好不好")
	p.says("王桂香", "好", "记成办好")
	p.says("夏满妹", "今天看了桂花婶 满爷爷，忠良爹门锁着没见到人，一共一个半钟头", "共90分钟")
	if s := p.state().Posts; s.Lines-before.Lines != 7 || s.LinePosts-before.LinePosts != 7 {
		t.Errorf("seven lines were typed; posts went from %+v to %+v", before, s)
	}
	p.do(chromedp.Click(`[data-testid="clock-morning"]`))
	p.sees("向春兰", "要您定的")
	p.show("向春兰")
	p.picture("demo-brief")
	narrow := openPage(t, url, 390, 844)
	narrow.show("向春兰")
	narrow.picture("demo-phone")
	stop()

	url, stop = startDemo(t, data)
	defer stop()
	p = openPage(t, url, 1440, 900)
	p.sees("王桂香", "记成办好")
	p.says("向春兰", "看", "要您定的")
}
