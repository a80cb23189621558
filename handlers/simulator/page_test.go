package simulator

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// ask sends one request to the page; header pairs follow the body.
func (b *bench) ask(method, path, body string, header ...string) *httptest.ResponseRecorder {
	b.t.Helper()
	r := httptest.NewRequestWithContext(b.t.Context(), method, "http://127.0.0.1:8080"+path, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(header); i += 2 {
		if header[i] == "Host" {
			r.Host = header[i+1]
		}
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	b.Handler().ServeHTTP(w, r)
	return w
}

func (b *bench) state() stateView {
	b.t.Helper()
	var v stateView
	if err := json.Unmarshal(b.ask("GET", "/sim/state", "").Body.Bytes(), &v); err != nil {
		b.t.Fatal(err)
	}
	return v
}

func TestOnlyThisPageMayPost(t *testing.T) {
	b := start(t, echo)
	const line = `{"person":"p1","kind":"text","text":"帮我"}`
	for name, c := range map[string]struct {
		header []string
		want   int
	}{
		"the page":         {[]string{"Origin", "http://127.0.0.1:8080", "Sec-Fetch-Site", "same-origin"}, 200},
		"a script":         {nil, 200},
		"localhost":        {[]string{"Host", "localhost:8080", "Origin", "http://localhost:8080"}, 200},
		"IPv6":             {[]string{"Host", "[::1]:8080"}, 200},
		"another site":     {[]string{"Origin", "https://evil.example"}, 403},
		"another port":     {[]string{"Origin", "http://127.0.0.1:9999"}, 403},
		"sandboxed":        {[]string{"Origin", "null"}, 403},
		"marked cross":     {[]string{"Sec-Fetch-Site", "cross-site"}, 403},
		"marked same-site": {[]string{"Sec-Fetch-Site", "same-site"}, 403},
		"rebound name":     {[]string{"Host", "evil.example", "Origin", "http://evil.example"}, 403},
		"address outside":  {[]string{"Host", "192.0.2.1:8080"}, 403},
		"a form":           {[]string{"Content-Type", "text/plain"}, 415},
	} {
		before := len(b.account.messages())
		w := b.ask("POST", "/sim/do", line, c.header...)
		b.work.Wait()
		if w.Code != c.want || (len(b.account.messages()) > before) != (c.want == 200) {
			t.Errorf("%s: %d, want %d", name, w.Code, c.want)
		}
	}
	if w := b.ask("GET", "/sim/state", "", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "cors"); w.Code != 403 {
		t.Errorf("another site could read: %d", w.Code)
	}
	if w := b.ask("GET", "/", "", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate"); w.Code != 200 {
		t.Errorf("a link to the page: %d", w.Code)
	}
	open := start(t, echo, func(o *Options) { o.Public = true })
	if w := open.ask("GET", "/", "", "Host", "sim.example"); w.Code != 200 {
		t.Errorf("public page: %d", w.Code)
	}
}

func TestPageIsServed(t *testing.T) {
	b := start(t, echo)
	w := b.ask("GET", "/", "")
	if w.Code != 200 || !strings.Contains(w.Body.String(), "秘书长") || !strings.Contains(w.Header().Get("Content-Security-Policy"), "default-src 'self'") {
		t.Errorf("page: %d %v", w.Code, w.Header())
	}
	if w := b.ask("GET", "/healthz", ""); w.Body.String() != "ok" {
		t.Errorf("healthz: %q", w.Body)
	}
	files, err := pageFiles.ReadDir("page")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		data, err := pageFiles.ReadFile("page/" + f.Name())
		if f.IsDir() || err != nil {
			continue
		}
		for _, bad := range []string{"innerHTML", "insertAdjacentHTML", "document.write", "https://", " style=\"", "eval("} {
			if bytes.Contains(data, []byte(bad)) {
				t.Errorf("%s holds %q", f.Name(), bad)
			}
		}
	}
	for _, s := range samples {
		if w := b.ask("GET", "/pictures/"+s.Name+".png", ""); w.Code != 200 || w.Header().Get("Content-Type") != "image/png" {
			t.Errorf("picture %s: %d", s.Name, w.Code)
		}
	}
}

func TestPageCalls(t *testing.T) {
	b := start(t, echo)
	for path, want := range map[string]string{
		"/sim/people?q=志愿者":            "夏满妹",
		"/sim/people?q=nobody":         `"people":[]`,
		"/sim/trace?person=p1&bubble=": "404",
		"/sim/trace?person=x&bubble=1": "404",
	} {
		if got := b.ask("GET", path, "").Body.String(); !strings.Contains(got, want) {
			t.Errorf("%s: %s", path, got)
		}
	}
	for path, c := range map[string]struct{ body, want string }{
		"/sim/open":     {`{"person":"p3"}`, `"person":"p3"`},
		"/sim/stranger": {`{}`, `"person":"stranger-1"`},
		"/sim/do":       {`{"person":"p1","kind":"text","text":""}`, "不能发送空白消息"},
		"/sim/clock":    {`{"add":"1h"}`, "这里没有可以拨的时钟"},
	} {
		if got := b.ask("POST", path, c.body).Body.String(); !strings.Contains(got, c.want) {
			t.Errorf("%s: %s", path, got)
		}
	}
	if w := b.ask("POST", "/sim/do", "{"); w.Code != 400 {
		t.Errorf("broken JSON: %d", w.Code)
	}
	b.say("p1", "在吗")
	v := b.state()
	if len(v.Phones) != 4 || len(v.Phones[0].Bubbles) != 2 || v.Posts.Lines != 1 || v.Phones[0].Room.Left != 5 {
		t.Errorf("state %+v", v)
	}
	if got := b.ask("GET", "/sim/trace?person=p1&bubble=1", "").Body.String(); !strings.Contains(got, "msg_signature=") {
		t.Errorf("trace %s", got)
	}
}

func TestEventsArriveLive(t *testing.T) {
	b := start(t, echo)
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	req, _ := http.NewRequestWithContext(ctx, http.MethodGet, b.page.URL+"/sim/events", nil)
	res, err := b.page.Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	lines := bufio.NewScanner(res.Body)
	until := func(want string) {
		t.Helper()
		for lines.Scan() {
			if strings.Contains(lines.Text(), want) {
				return
			}
		}
		t.Fatalf("the stream ended before %q", want)
	}
	until("event: hello")
	b.say("p1", "在吗")
	until("在吗")
	until("记下了：在吗")
	b.call("/cgi-bin/menu/create", oneMenu)
	until("我要帮忙")
	b.call("/cgi-bin/message/custom/send", text(villagers[0].OpenID, "下午来"))
	until("下午来")
	_ = b.Close()
	for lines.Scan() {
	}
	if err := lines.Err(); err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("Close must end the stream: %v", err)
	}
}

func TestSlowPageIsCutOff(t *testing.T) {
	h := newHub()
	ch := h.join()
	for range streamRoom + 1 {
		h.send("x", 1)
	}
	n := 0
	for range ch {
		n++
	}
	if n != streamRoom {
		t.Errorf("%d events kept", n)
	}
	h.leave(ch) // gone already
	h.close()
	if _, ok := <-h.join(); ok {
		t.Error("a closed hub opened a stream")
	}
}

// movable gives a bench a village clock of its own.
func movable(village *hands, move func(to time.Time) error) func(*Options) {
	return func(o *Options) {
		o.Village = village.Now
		o.Move = func(_ context.Context, to time.Time) error {
			if err := move(to); err != nil {
				return err
			}
			village.add(to.Sub(village.Now()))
			return nil
		}
	}
}

func TestClockMoves(t *testing.T) {
	village := &hands{at: time.Date(2026, 11, 24, 22, 0, 0, 0, shanghai)}
	b := start(t, echo, movable(village, func(time.Time) error { return nil }))
	for _, c := range []struct{ body, want, words string }{
		{`{"add":"10m"}`, "11-24 22:10", ""},
		{`{"to":"2026-11-25T07:05"}`, "11-25 07:05", ""},
		{`{"to":"2026-11-25T07:05"}`, "11-25 07:05", "只能往后"},
		{`{"to":"2026-11-01T07:05"}`, "11-25 07:05", "只能往后"},
		{`{"add":"-1h"}`, "11-25 07:05", "只能往后"},
		{`{"add":"soon"}`, "11-25 07:05", "看不懂"},
		{`{"to":"明天"}`, "11-25 07:05", "看不懂"},
		{`{"to":"2036-11-25T07:05"}`, "11-25 07:05", "一年"},
	} {
		w := b.ask("POST", "/sim/clock", c.body)
		if got := village.Now().Format("01-02 15:04"); got != c.want || !strings.Contains(w.Body.String(), c.words) {
			t.Errorf("%s: %s, %s", c.body, got, w.Body)
		}
	}
	b.say("p1", "在吗")
	v := b.state()
	if got := v.Phones[0].Bubbles[0]; got.At.In(shanghai).Hour() != 7 || got.Wall.In(shanghai).Hour() != 9 {
		t.Errorf("a bubble has the times %v and %v", got.At, got.Wall)
	}
}

func TestOneMoveAtATime(t *testing.T) {
	moving, finish := make(chan struct{}), make(chan error)
	village := &hands{at: time.Date(2026, 11, 24, 22, 0, 0, 0, shanghai)}
	b := start(t, echo, movable(village, func(time.Time) error {
		close(moving)
		return <-finish
	}))
	answered := make(chan string)
	go func() { answered <- b.ask("POST", "/sim/clock", `{"add":"1h"}`).Body.String() }()
	<-moving
	if v := b.state(); !v.Clock.Moving {
		t.Error("the state does not say that the clock moves")
	}
	if got := b.ask("POST", "/sim/clock", `{"add":"1h"}`).Body.String(); !strings.Contains(got, "正在走") {
		t.Errorf("second move: %s", got)
	}
	finish <- errors.New("a job failed")
	if got := <-answered; !strings.Contains(got, "没办成") || strings.Contains(got, "job") {
		t.Errorf("failed move: %s", got)
	}
	if v := b.state(); v.Clock.Moving {
		t.Error("the clock is still said to move")
	}
}
