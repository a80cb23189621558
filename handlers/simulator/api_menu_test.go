package simulator

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// tagOf makes a tag, puts it on people and returns its id.
func (b *bench) tagOf(name string, openIDs ...string) any {
	b.t.Helper()
	id := b.call("/cgi-bin/tags/create", map[string]any{"tag": map[string]string{"name": name}})["tag"].(map[string]any)["id"]
	if len(openIDs) == 0 {
		return id
	}
	if got := b.call("/cgi-bin/tags/members/batchtagging", map[string]any{"openid_list": openIDs, "tagid": id}); code(got) != 0 {
		b.t.Fatalf("tagging: %v", got)
	}
	return id
}

func menuNamed(name string) string {
	return fmt.Sprintf(`"button":[{"type":"click","name":%q,"key":"k"}]`, name)
}

// menuShown is the name of the one button that somebody's phone shows.
func (b *bench) menuShown(id string) string {
	b.t.Helper()
	phones, _ := b.book.views()
	for _, p := range phones {
		var m menu
		if p.ID != id || json.Unmarshal(p.Menu, &m) != nil || len(m.Buttons) == 0 {
			continue
		}
		return m.Buttons[0].Name
	}
	return ""
}

// Everybody sees the menu of his tag, of several the one that was set last; who
// has none sees the default. With the default all are gone.
func TestMenusByTag(t *testing.T) {
	b := start(t, echo)
	add := func(name string, tag any) string {
		t.Helper()
		got := b.call("/cgi-bin/menu/addconditional", fmt.Sprintf(`{%s,"matchrule":{"tag_id":"%v"}}`, menuNamed(name), tag))
		id, _ := got["menuid"].(string)
		if id == "" {
			t.Fatalf("%s: %v", name, got)
		}
		return id
	}
	tag := b.tagOf("志愿者", villagers[0].OpenID)
	if got := b.call("/cgi-bin/menu/addconditional", fmt.Sprintf(`{%s,"matchrule":{"tag_id":"%v"}}`, menuNamed("早了"), tag)); code(got) != codeNoDefaultMenu {
		t.Errorf("before the default: %v", got)
	}
	b.call("/cgi-bin/menu/create", "{"+menuNamed("大家")+"}")
	first, second := add("志愿者", tag), add("新的", tag)
	wants := func(when string, tagged, plain string) {
		t.Helper()
		if got := b.menuShown("p1"); got != tagged {
			t.Errorf("%s: who has the tag sees %q", when, got)
		}
		if got := b.menuShown("p2"); got != plain {
			t.Errorf("%s: who has none sees %q", when, got)
		}
		for openID, want := range map[string]string{villagers[0].OpenID: tagged, villagers[1].OpenID: plain} {
			got := fmt.Sprint(b.call("/cgi-bin/menu/trymatch", map[string]string{"user_id": openID}))
			if want != "" && !strings.Contains(got, want) || want == "" && !strings.Contains(got, "46003") {
				t.Errorf("%s: trymatch: %s, want %q", when, got, want)
			}
		}
	}
	wants("two menus", "新的", "大家")
	if got := fmt.Sprint(b.call("/cgi-bin/menu/get", nil)["conditionalmenu"]); !strings.Contains(got, first) || !strings.Contains(got, fmt.Sprint(tag)) || !strings.Contains(got, "志愿者") {
		t.Errorf("menu/get: %s", got)
	}
	b.call("/cgi-bin/menu/delconditional", map[string]string{"menuid": second})
	wants("one menu", "志愿者", "大家")
	b.call("/cgi-bin/tags/members/batchuntagging", map[string]any{"openid_list": []string{villagers[0].OpenID}, "tagid": tag})
	wants("no tag", "大家", "大家")
	b.call("/cgi-bin/tags/members/batchtagging", map[string]any{"openid_list": []string{villagers[0].OpenID}, "tagid": tag})
	b.call("/cgi-bin/menu/create", "{"+menuNamed("改了")+"}")
	wants("another default", "志愿者", "改了")
	b.call("/cgi-bin/menu/delete", nil)
	wants("deleted", "", "")
}

func TestWrongMenusByTag(t *testing.T) {
	b := start(t, echo)
	tag := b.tagOf("村部")
	b.call("/cgi-bin/menu/create", "{"+menuNamed("大家")+"}")
	links := `"button":[{"name":"四处","sub_button":[` + strings.TrimSuffix(strings.Repeat(`{"type":"view","name":"去","url":"https://N.example.com"},`, 4), ",") + `]}]`
	for i := range 4 {
		links = strings.Replace(links, "N.", fmt.Sprintf("n%d.", i), 1)
	}
	for body, want := range map[string]int{
		`{` + menuNamed("没有规则") + `}`:                                                codeNoRule,
		`{` + menuNamed("空规则") + `,"matchrule":{}}`:                                  codeNoRule,
		`{` + menuNamed("男的") + `,"matchrule":{"sex":"1","tag_id":"100"}}`:           codeOldRule,
		`{` + menuNamed("没有的标签") + `,"matchrule":{"tag_id":"777"}}`:                  codeTagID,
		`{"button":[],"matchrule":{"tag_id":"100"}}`:                                 codeButtonCount,
		`{` + links + `,"matchrule":{"tag_id":"` + fmt.Sprint(tag) + `"}}`:           codeMenuHosts,
		`{` + menuNamed("对的") + `,"matchrule":{"tag_id":"` + fmt.Sprint(tag) + `"}}`: 0,
	} {
		if got := b.call("/cgi-bin/menu/addconditional", body); code(got) != want {
			t.Errorf("%s: %v, want %d", body, got, want)
		}
	}
	if got := b.call("/cgi-bin/menu/delconditional", `{"menuid":"9999"}`); code(got) != codeNoRoleMenu {
		t.Errorf("one that is not there: %v", got)
	}
	if got := b.call("/cgi-bin/menu/trymatch", `{"user_id":"oNobody"}`); code(got) != codeNoUser {
		t.Errorf("nobody: %v", got)
	}
}
