package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// pageSeen is a running `mishu demo`, or a pretend platform alone, as a page
// without a browser sees it.
type pageSeen struct {
	*running
	url string
}

func opens(t *testing.T, environ []string, args ...string) *pageSeen {
	t.Helper()
	r := runs(t, environ, args...)
	at := addresses(r.out.String())
	if len(at) != 1 || strings.Count(r.out.String(), "\n") != 1 {
		t.Fatalf("it prints %q, not one line with one address", r.out.String())
	}
	return &pageSeen{r, "http://" + at[0]}
}

// pageState is what the page draws itself from.
type pageState struct {
	Menu   json.RawMessage
	Cast   []string
	Phones []struct {
		ID, Name string
		Bubbles  []struct{ From, Text string }
	}
}

func (p *pageSeen) state() pageState {
	p.t.Helper()
	var s pageState
	status, body := fetch(p.t, p.url+"/sim/state")
	if err := json.Unmarshal([]byte(body), &s); status != http.StatusOK || err != nil {
		p.t.Fatalf("%d %v", status, err)
	}
	return s
}

// asks posts what the page posts.
func (p *pageSeen) asks(path string, in any) {
	p.t.Helper()
	body, err := json.Marshal(in)
	if err != nil {
		p.t.Fatal(err)
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	res, err := client.Post(p.url+path, "application/json", bytes.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		p.t.Fatalf("%s is answered with %d", path, res.StatusCode)
	}
}

func (p *pageSeen) types(person, text string) {
	p.t.Helper()
	p.asks("/sim/do", map[string]string{"person": person, "kind": "text", "text": text})
}

// shows waits for words of the account on somebody's phone.
func (p *pageSeen) shows(person, words string) {
	p.t.Helper()
	waitFor(p.t, words, func() bool { return p.has(person, words) })
}

func (p *pageSeen) has(person, words string) bool {
	p.t.Helper()
	for _, phone := range p.state().Phones {
		for _, b := range phone.Bubbles {
			if phone.ID == person && b.From != "me" && strings.Contains(b.Text, words) {
				return true
			}
		}
	}
	return false
}

func (p *pageSeen) phone(name string) string {
	p.t.Helper()
	for _, phone := range p.state().Phones {
		if phone.Name == name {
			return phone.ID
		}
	}
	p.t.Fatalf("%s has no phone", name)
	return ""
}

// The demo goes on where it was stopped: what was said stands in the chat, and
// what was asked for stands in the secretary-general's brief.
func TestDemoGoesOn(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	p := opens(t, nil, "demo", "--listen", freePort, "--data", data)
	if status, body := fetch(t, p.url+"/"); status != http.StatusOK || !strings.Contains(body, "秘书长") {
		t.Errorf("the page: %d %.200q", status, body)
	}
	if status, body := fetch(t, p.url+"/healthz"); status != http.StatusOK || body != "ok" {
		t.Errorf("/healthz: %d %q", status, body)
	}
	son, secretary := p.phone("刘海波"), p.phone("向春兰")
	p.types(son, "帮我爸屋里漏水找个人，急，今天")
	p.shows(son, "助劳")
	before := len(p.state().Phones)
	if code := p.stop(); code != exitOK {
		t.Errorf("it ended with %d", code)
	}
	p = opens(t, nil, "demo", "--listen", freePort, "--data", data)
	if !p.has(son, "助劳") || len(p.state().Phones) < before { // whoever was asked meanwhile has a phone too
		t.Error("the chat is gone after the second start")
	}
	p.types(secretary, "看")
	p.shows(secretary, "要您定的")
	p.types(son, "我要的那件怎么样了")
	p.shows(son, "还没人接")
}

// Two villages on one machine do not get into each other's way; two programs in
// one folder would, so the second one says so and leaves everything alone.
func TestDemoFolders(t *testing.T) {
	t.Parallel()
	one, two := t.TempDir(), t.TempDir()
	first := opens(t, nil, "demo", "--listen", freePort, "--data", one)
	second := opens(t, nil, "demo", "--listen", freePort, "--data", two)
	if first.url == second.url {
		t.Error("both have one address")
	}
	code, out, err := does(t, nil, "demo", "--listen", freePort, "--data", one)
	if code != exitFailed || out != "" || !strings.Contains(err, "another demo is running on this folder") || strings.Count(err, "\n") != 1 {
		t.Errorf("a second start on one folder: %d %q %q", code, out, err)
	}
	first.types(first.phone("王桂香"), "帮助")
	first.shows(first.phone("王桂香"), "1")
	first.stop()
	opens(t, nil, "demo", "--listen", freePort, "--data", one) // the folder is free again
}

// Whoever opens the page can be anybody of the village: it stays on this
// machine unless somebody means otherwise.
func TestDemoStaysOnThisMachine(t *testing.T) {
	t.Parallel()
	for _, listen := range []string{"0.0.0.0:0", ":0", "[::]:0", "192.0.2.1:0"} {
		for _, command := range [][]string{{"demo", "--data", t.TempDir()}, {"simulator"}} {
			code, out, err := does(t, account(nobody), append(command, "--listen", listen)...)
			if code != exitFailed || out != "" || !strings.Contains(err, "--public") {
				t.Errorf("%s %s: %d %q %s", command[0], listen, code, out, err)
			}
		}
	}
}

// The pretend platform alone speaks to a server that runs elsewhere, both ways.
func TestSimulatorAlone(t *testing.T) {
	t.Parallel()
	api := unused(t)
	environ := append(account("http://"+api), backings[1].fresh(t)...)
	s := serves(t, environ)
	// It needs the account's settings alone, no database.
	p := opens(t, account(nobody), "simulator", "--listen", api, "--webhook", s.url+"/wechat")
	stranger := p.state().Phones[0].ID
	p.asks("/sim/do", map[string]string{"person": stranger, "kind": "follow"})
	p.types(stranger, "帮助")
	p.shows(stranger, "村")
	mustDo(t, environ, "menu", "--yes")
	if menu := p.state().Menu; !bytes.Contains(menu, []byte("button")) {
		t.Errorf("the published menu does not show: %s", menu)
	}
	showsNoSecret(t, p.out.String()+p.err.String())
}

func TestSimulatorTellsWhatIsMissing(t *testing.T) {
	t.Parallel()
	code, out, err := does(t, nil, "simulator")
	if code != exitFailed || out != "" || strings.Contains(err, "MISHU_DATABASE") || strings.Count(err, " is missing: write ") != 5 {
		t.Errorf("%d %q %s", code, out, err)
	}
}
