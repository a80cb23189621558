package simulator

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestMenu(t *testing.T) {
	b := start(t, echo)
	button := func(n int, name string) string {
		return `{"button":[` + strings.TrimSuffix(strings.Repeat(`{"type":"click","key":"K","name":"`+name+`"},`, n), ",") + `]}`
	}
	sub := func(n int) string {
		return `{"button":[{"name":"问","sub_button":` + strings.TrimSuffix(strings.TrimPrefix(button(n, "子"), `{"button":`), "}") + `}]}`
	}
	for body, want := range map[string]int{
		button(0, "x"): codeButtonCount, button(4, "x"): codeButtonCount, button(1, ""): codeButtonName,
		button(1, "六个汉字长了"): codeButtonName, sub(6): codeSubButtons, sub(5): 0, oneMenu: 0,
		`{"button":[{"name":"x","type":"dance","key":"k"}]}`: codeButtonType,
		`{"button":[{"name":"x","type":"click"}]}`:           codeButtonKey,
		`{"button":[{"name":"x","type":"view"}]}`:            codeButtonKey,
	} {
		if got := b.call("/cgi-bin/menu/create", body); code(got) != want {
			t.Errorf("%s: %v, want %d", body, got, want)
		}
	}
	b.call("/cgi-bin/menu/create", oneMenu)
	if got := fmt.Sprint(b.call("/cgi-bin/menu/get", nil)); !strings.Contains(got, "我要帮忙") {
		t.Errorf("menu/get: %s", got)
	}
	if got := b.call("/cgi-bin/get_current_selfmenu_info", nil); got["is_menu_open"] != 1.0 {
		t.Errorf("self menu: %v", got)
	}
	b.call("/cgi-bin/menu/delete", nil)
	if got := b.call("/cgi-bin/menu/get", nil); code(got) != codeNoMenu {
		t.Errorf("after delete: %v", got)
	}
}

func TestPeopleOfTheAccount(t *testing.T) {
	b := start(t, func(int, inbound) string { return "" })
	if got := b.call("/cgi-bin/user/info?openid="+villagers[0].OpenID, nil); got["subscribe"] != 1.0 || got["nickname"] != nil {
		t.Errorf("follower: %v", got)
	}
	if got := b.call("/cgi-bin/user/info?openid="+villagers[1].OpenID, nil); got["subscribe"] != 0.0 {
		t.Errorf("not following: %v", got)
	}
	if got := b.call("/cgi-bin/user/get", nil); got["total"] != 2.0 {
		t.Errorf("followers: %v", got)
	}
	made := b.call("/cgi-bin/tags/create", `{"tag":{"name":"志愿者"}}`)
	id := made["tag"].(map[string]any)["id"]
	members := map[string]any{"openid_list": []string{villagers[0].OpenID}, "tagid": id}
	if got := b.call("/cgi-bin/tags/members/batchtagging", members); code(got) != 0 {
		t.Errorf("tagging: %v", got)
	}
	of := map[string]any{"openid": villagers[0].OpenID}
	if got := b.call("/cgi-bin/tags/getidlist", of); fmt.Sprint(got["tagid_list"]) != fmt.Sprintf("[%v]", id) {
		t.Errorf("tags of a person: %v", got)
	}
	b.call("/cgi-bin/tags/members/batchuntagging", members)
	if got := b.call("/cgi-bin/tags/getidlist", of); fmt.Sprint(got["tagid_list"]) != "[]" {
		t.Errorf("after untagging: %v", got)
	}
	for body, want := range map[string]int{
		`{"tag":{"name":"志愿者"}}`: codeTagName, `{"tag":{"name":"十一个汉字的名字太长了"}}`: codeTagLong,
	} {
		if got := b.call("/cgi-bin/tags/create", body); code(got) != want {
			t.Errorf("%s: %v", body, got)
		}
	}
}

func TestQRCodes(t *testing.T) {
	b := start(t, echo)
	for body, want := range map[string]int{
		`{"action_name":"QR_LIMIT_STR_SCENE","action_info":{"scene":{"scene_str":"门牌码 3组8号"}}}`:          0,
		`{"action_name":"QR_LIMIT_SCENE","action_info":{"scene":{"scene_id":100001}}}`:                   codeScene,
		`{"action_name":"QR_SCENE","expire_seconds":604800,"action_info":{"scene":{"scene_id":100001}}}`: 0,
		`{"action_name":"QR_SCENE","expire_seconds":2592001,"action_info":{"scene":{"scene_id":1}}}`:     codeScene,
		`{"action_name":"QR_STR_SCENE","action_info":{"scene":{"scene_str":""}}}`:                        codeScene,
	} {
		got := b.call("/cgi-bin/qrcode/create", body)
		if code(got) != want || want == 0 && got["ticket"] == "" {
			t.Errorf("%s: %v", body, got)
		}
	}
}

func TestMediaCanBeFetchedForThreeDays(t *testing.T) {
	b := start(t, func(int, inbound) string { return "" })
	b.act(act{Person: "p1", Kind: "picture", Picture: "meter"})
	b.act(act{Person: "p1", Kind: "voice", Seconds: 2})
	for i, want := range []string{"\x89PNG", "#!AMR"} {
		id := b.account.messages()[i].MediaId
		b.call("/cgi-bin/menu/get", nil) // for the token
		res, err := http.Get(b.api.URL + "/cgi-bin/media/get?access_token=" + b.token + "&media_id=" + id)
		if err != nil {
			t.Fatal(err)
		}
		data, _ := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if !strings.HasPrefix(string(data), want) || strings.Contains(res.Header.Get("Content-Type"), "json") {
			t.Errorf("%d: %.20q, %s", i, data, res.Header.Get("Content-Type"))
		}
	}
	id := b.account.messages()[0].MediaId
	b.clock.add(mediaLife + time.Second)
	b.token = ""
	forged := medium{"p", "secret", b.clock.Now()}.id(1)
	if _, ok := readMedium(forged); ok {
		t.Error("a picture that is no sample has a MediaId")
	}
	for _, id := range []string{id, forged, "x", ""} {
		if got := b.call("/cgi-bin/media/get?media_id="+id, nil); code(got) != codeMedia {
			t.Errorf("%q: %v", id, got)
		}
	}
}
