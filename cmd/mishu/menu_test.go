package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"mishu/bot"
	"mishu/config"
	"mishu/handlers/simulator"
	"mishu/handlers/wechat"
)

// menuBench is an account on a pretend platform, and what `mishu menu` says.
type menuBench struct {
	t       *testing.T
	sim     *simulator.Simulator
	environ []string
}

func newMenuBench(t *testing.T) *menuBench {
	t.Helper()
	sim, api := pretends(t, official)
	environ := append(account(api), "MISHU_DATABASE=sqlite:"+filepath.Join(t.TempDir(), "mishu.db"))
	mustDo(t, environ, "migrate")
	return &menuBench{t, sim, environ}
}

// calls is how often the platform was asked to change something about menus.
func (m *menuBench) calls() (n int) {
	for path, count := range m.counts() {
		if strings.HasPrefix(path, "/cgi-bin/menu/") && !strings.HasSuffix(path, "/get") {
			n += count
		}
	}
	return n
}

func (m *menuBench) counts() map[string]int {
	m.t.Helper()
	var s yearState
	if err := json.Unmarshal(asksPage(m.sim, http.MethodGet, "/sim/state", "").Body.Bytes(), &s); err != nil {
		m.t.Fatal(err)
	}
	return s.Calls
}

// api is the operator's own way to the platform.
func (m *menuBench) api() *wechat.API {
	m.t.Helper()
	cfg, err := config.Load(m.environ, "", config.Account)
	if err != nil {
		m.t.Fatal(err)
	}
	k, err := newChecker(cfg, "")
	if err != nil {
		m.t.Fatal(err)
	}
	m.t.Cleanup(k.close)
	return k.accounts[0].api
}

// answers runs a command whose question is answered.
func answers(t *testing.T, environ []string, typed string, args ...string) (code int, out, err string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code = run(args, world{t.Context(), environ, strings.NewReader(typed), &stdout, &stderr})
	return code, stdout.String(), stderr.String()
}

// A menu is shown before it is published, and published only when somebody says
// so; a second time there is nothing to do.
func TestMenuIsShownFirst(t *testing.T) {
	t.Parallel()
	m := newMenuBench(t)
	code, out, errText := does(t, m.environ, "menu")
	if code != exitFailed || m.calls() != 0 || !strings.Contains(errText, "--yes") {
		t.Errorf("nobody said yes: %d, %d changes, %s", code, m.calls(), errText)
	}
	for _, want := range []string{"公众号 gh_village", "所有人：还没有，新发布", "标签“村部”：还没有", "标签“志愿者”：还没有", "    + 我要帮忙 → 求助"} {
		if !strings.Contains(out, want) {
			t.Errorf("nothing says %q:\n%s", want, out)
		}
	}
	for answer, changes := range map[string]int{"n\n": 0, "\n": 0, "": 0} {
		if code, _, _ := answers(t, m.environ, answer, "menu"); code != exitFailed || m.calls() != changes {
			t.Errorf("%q: %d, %d changes", answer, code, m.calls())
		}
	}
	if code, out, errText := answers(t, m.environ, "y\n", "menu"); code != exitOK || m.calls() != 3 {
		t.Errorf("yes: %d, %d changes\n%s%s", code, m.calls(), out, errText)
	}
	if out := mustDo(t, m.environ, "menu"); m.calls() != 3 || !strings.Contains(out, "没有要改的") {
		t.Errorf("a second time: %d changes\n%s", m.calls(), out)
	}
}

// What somebody else changed is shown line by line and put right; menus of tags
// that are not ours stay, and a role's old menu goes after the new one has come.
func TestMenuIsPutRight(t *testing.T) {
	t.Parallel()
	m := newMenuBench(t)
	mustDo(t, m.environ, "menu", "--yes")
	api := m.api()
	ids, err := api.TagIDs(t.Context(), []string{"村部", "别的"})
	if err != nil {
		t.Fatal(err)
	}
	foreign := []bot.Button{{Name: "别的", Type: "click", Key: "帮助"}}
	if err := api.AddTagMenu(t.Context(), ids["别的"], foreign); err != nil {
		t.Fatal(err)
	}
	if err := api.AddTagMenu(t.Context(), ids["村部"], foreign); err != nil {
		t.Fatal(err)
	}
	_, out, _ := does(t, m.environ, "menu")
	for _, want := range []string{"所有人：一样", "标签“志愿者”：一样", "标签“村部”\n", "    - 别的 → 帮助\n", "    + 要我定的 → 看\n", "另有1个别的标签的菜单"} {
		if !strings.Contains(out, want) {
			t.Errorf("nothing says %q:\n%s", want, out)
		}
	}
	mustDo(t, m.environ, "menu", "--yes")
	menus, err := api.Menus(t.Context())
	if err != nil || len(menus.Conditional) != 3 {
		t.Errorf("%d menus of tags, want those of two roles and the foreign one: %v", len(menus.Conditional), err)
	}
	if out := mustDo(t, m.environ, "menu"); !strings.Contains(out, "没有要改的") {
		t.Error(out)
	}
}

// A secretary's phone shows the secretary's menu a little after she has come in.
func TestMenusFollowRoles(t *testing.T) {
	t.Parallel()
	m := newMenuBench(t)
	m.environ = append(m.environ, "MISHU_LOG=debug")
	mustDo(t, m.environ, "import", workbook(t, goodRoster), "--village", "青坪村")
	code := mustDo(t, m.environ, "invite", "--village", "青坪村", "--role", "secretary", "--person", "向春兰")[:8]
	mustDo(t, m.environ, "menu", "--yes")
	s := serves(t, m.environ)
	if hears(t, s.url, "oSecretary", code) == "" {
		t.Fatal("no answer to the invitation")
	}
	s.stop() // tags are looked at when it starts, and then once a minute
	s = serves(t, m.environ)
	shown := func() string { return asksPage(m.sim, http.MethodGet, "/sim/state", "").Body.String() }
	waitFor(t, "her menu", func() bool {
		_, phone, _ := strings.Cut(shown(), `"phones"`)
		phone, _, _ = strings.Cut(phone, `"troubles"`)
		return strings.Contains(phone, "村里的事")
	})
	if text := s.err.String(); strings.Contains(text, "level=WARN") || strings.Contains(text, "level=ERROR") {
		t.Errorf("the log complains:\n%s", text)
	}
}

func TestMenuLinesShowOrder(t *testing.T) {
	t.Parallel()
	want := bot.Menus("")[0]
	lines := menuLines(want.Buttons)
	if len(lines) < 3 {
		t.Fatal(lines)
	}
	turned := append([]string{lines[1], lines[0]}, lines[2:]...)
	part := menuPart{want: want, published: true, have: turned}
	if part.right() || !strings.Contains(part.words(), "只是次序变了") {
		t.Error(part.words())
	}
	if fmt.Sprint(menuLines([]bot.Button{{Name: "a", URL: "u"}, {Name: "b", Sub: []bot.Button{{Name: "c", Key: "k"}}}})) != "[a → u b / c → k]" {
		t.Error("lines")
	}
}
