package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The contract's fields one by one: what a line says, and null for all that it does
// not.
func TestReadFields(t *testing.T) {
	roster := rosterFile(t)
	for _, c := range []struct {
		name, in string
		want     map[string]string // field -> JSON
	}{
		{"an unknown role is a stranger", `{"text":"我是3组的李小军","sender":{"id":"V01","role":"mayor"}}`, map[string]string{"intent": `"register"`, "elder": "null"}},
		{"a missing role is a stranger", `{"text":"我是3组的李小军"}`, map[string]string{"intent": `"register"`, "id": "null"}},
		{"a missing id stays null, a number a number", `{"id":7,"text":"你好"}`, map[string]string{"id": "7", "intent": `"smalltalk"`}},
		{"unknown fields are ignored", `{"text":"你好","x":{"y":[1,null]},"sender":{"role":"elder","z":true}}`, map[string]string{"intent": `"smalltalk"`}},
		{"an empty line", `{"text":""}`, map[string]string{"intent": `"unknown"`, "service": "[]", "elder": "null", "when": "null", "when_grain": "null", "duration_min": "null", "bp": "null", "bp_by_elder": "null", "phone": "null", "ticket": "null", "note": "null"}},
		{"--now where the line brings no time", `{"text":"明天帮我洗被子","sender":{"id":"E01","role":"elder"}}`, map[string]string{"when": `"2026-11-25T00:00:00+08:00"`, "when_grain": `"day"`, "service": `["xi"]`}},
		{"its own time before --now", `{"text":"明天帮我洗被子","reference_time":"2026-12-30T23:00:00+08:00","sender":{"role":"elder"}}`, map[string]string{"when": `"2026-12-31T00:00:00+08:00"`}},
		{"a time in another zone", `{"text":"明天帮我洗被子","reference_time":"2026-12-30T23:00:00Z","sender":{"role":"elder"}}`, map[string]string{"when": `"2027-01-01T00:00:00+08:00"`}},
		{"a wall clock is Shanghai's", `{"text":"明天帮我洗被子","reference_time":"2026-12-30 23:00","sender":{"role":"elder"}}`, map[string]string{"when": `"2026-12-31T00:00:00+08:00"`}},
		{"grain part", `{"text":"明天下午帮我洗被子","sender":{"role":"elder"}}`, map[string]string{"when": `"2026-11-25T15:00:00+08:00"`, "when_grain": `"part"`}},
		{"grain hour", `{"text":"明天下午三点帮我洗被子","sender":{"role":"elder"}}`, map[string]string{"when": `"2026-11-25T15:00:00+08:00"`, "when_grain": `"hour"`}},
		{"grain minute", `{"text":"明天下午三点一刻帮我洗被子","sender":{"role":"elder"}}`, map[string]string{"when": `"2026-11-25T15:15:00+08:00"`, "when_grain": `"minute"`}},
		{"a ticket of one digit", `{"text":"接3号","sender":{"id":"V01","role":"volunteer"}}`, map[string]string{"intent": `"claim"`, "ticket": "3", "elder": "null"}},
		{"a line that names only a ticket names no elder", `{"text":"13做完了 40分钟","sender":{"id":"V01","role":"volunteer","bound_elders":["E01"]}}`, map[string]string{"intent": `"complete"`, "ticket": "13", "duration_min": "40", "elder": "null"}},
		{"a telephone", `{"text":"明天帮我洗被子 电话19900001234","sender":{"id":"E01","role":"elder"}}`, map[string]string{"phone": `"19900001234"`}},
		{"the first of several blood pressures", `{"text":"桂香婶148/92，满爷爷一百五九十五","sender":{"role":"doctor"}}`, map[string]string{"bp": `"148/92"`, "bp_by_elder": `{"E01":"148/92","E02":"150/95"}`, "elder": `["E01","E02"]`}},
		{"a blood pressure nobody has is asked about, not told", `{"text":"桂香婶血压345/90","sender":{"role":"doctor"}}`, map[string]string{"bp": "null", "bp_by_elder": "null"}},
		{"a guess is asked about, not told", `{"text":"桂香婶血压16892","sender":{"role":"doctor"}}`, map[string]string{"bp": "null", "bp_by_elder": "null"}},
		{"an emergency has no service", `{"text":"满爷爷喊不应了，快来人送医院","sender":{"role":"family"}}`, map[string]string{"intent": `"emergency"`, "service": "[]"}},
		{"a clock time without a day in a report is how long", `{"text":"满爷爷看了 两点到四点","sender":{"id":"V01","role":"volunteer"}}`, map[string]string{"duration_min": "120", "when": "null"}},
		{"a secretary's word to teach", `{"text":"学词 挈水=挑水","sender":{"role":"secretary"}}`, map[string]string{"intent": `"secretary_query"`}},
		{"nothing for small talk", `{"text":"多谢满爷爷","sender":{"role":"volunteer"}}`, map[string]string{"intent": `"smalltalk"`, "elder": "null", "service": "[]"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, out, stderr := reads(t, c.in, "--roster", roster)
			var got map[string]json.RawMessage
			if err := json.Unmarshal([]byte(out), &got); err != nil || code != exitOK {
				t.Fatalf("%d %s %v: %s", code, stderr, err, out)
			}
			for field, want := range c.want {
				if string(got[field]) != want {
					t.Errorf("%s is %s, want %s", field, got[field], want)
				}
			}
		})
	}
}

var (
	fields  = []string{"bp", "bp_by_elder", "danger", "duration_min", "elder", "elder_ambiguous", "id", "intent", "note", "phone", "service", "ticket", "when", "when_grain"}
	instant = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:00\+08:00$`)
)

// Over the whole corpus to develop on, every answer has every field and no other, in
// the contract's forms: what was not said is null, never "" or 0.
func TestReadForms(t *testing.T) {
	const corpus = "../../bot/read/testdata/corpus/"
	lines, err := os.ReadFile(corpus + "develop.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	code, out, stderr := reads(t, string(lines), "--roster", corpus+"roster.json")
	if code != exitOK || strings.Count(out, "\n") != bytes.Count(lines, []byte("\n")) {
		t.Fatalf("%d %s", code, stderr)
	}
	for row := range strings.Lines(out) {
		var got map[string]any
		if err := json.Unmarshal([]byte(row), &got); err != nil {
			t.Fatal(err)
		}
		if problem := formOf(got); problem != "" {
			t.Errorf("%s: %s", problem, row)
		}
	}
}

// formOf is what is wrong with the form of an answer, "" if nothing is.
func formOf(got map[string]any) string {
	var have []string
	for f, v := range got {
		have = append(have, f)
		if v == "" || v == 0.0 {
			return f + " is empty and not null"
		}
	}
	if slices.Sort(have); !slices.Equal(have, fields) {
		return fmt.Sprintf("fields %v", have)
	}
	service, isList := got["service"].([]any)
	when, grain := got["when"], got["when_grain"]
	at, isText := when.(string)
	danger, _ := got["danger"].(map[string]any)
	switch {
	case !isList:
		return "service is no list"
	case (when == nil) != (grain == nil) || isText && !instant.MatchString(at):
		return fmt.Sprintf("when %v, grain %v", when, grain)
	case grain != nil && !slices.Contains([]any{"minute", "hour", "part", "day"}, grain):
		return fmt.Sprintf("grain %v", grain)
	case (got["intent"] == "emergency") != (danger["level"] == "strong"):
		return "emergency and strong danger do not go together"
	case got["intent"] == "emergency" && len(service) > 0:
		return "an emergency with a service"
	case got["intent"] == "smalltalk" && (len(service) > 0 || when != nil || got["elder"] != nil || got["ticket"] != nil || got["phone"] != nil):
		return "small talk with slots"
	case (danger["level"] == "none") != (danger["class"] == nil) || (danger["level"] == "none") != (danger["words"] == nil):
		return fmt.Sprintf("danger %v", danger)
	}
	return ""
}

// What is wrong with what the command is given is said in plain words, with the
// place.
func TestReadMistakes(t *testing.T) {
	write := func(text string) string {
		path := filepath.Join(t.TempDir(), "r.json")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for _, c := range []struct {
		lines string
		args  []string
		want  string
	}{
		{"{\"text\":\"你好\"}\n\n[1]\n", nil, "line 3: this is no line such as {\"id\":\"1\",\"text\":\"看了桂花婶\"}"},
		{"{\"text\":17}", nil, "line 1: text must be text, and is a number"},
		{"{\"text\":\"你好\",\"sender\":\"V01\"}", nil, "line 1: sender must be"},
		{"{\"text\":", nil, "line 1: the JSON ends too early"},
		{"", []string{"--roster", write("[]")}, "the roster must be {\"elders\":[...]}"},
		{"", []string{"--roster", write("{\"elders\":[{\"name\":\"甲\"}]}")}, "the roster's elders: 甲 has no id"},
		{"", []string{"--roster", write("{\"elders\":[{\"id\":\"E1\",\"name\":\"甲\"},{\"id\":\"E1\",\"name\":\"乙\"}]}")}, "the id E1 is given twice, to 甲 and 乙"},
		{"", []string{"--roster", "no-such-file.json"}, "no-such-file.json"},
		{"", []string{"--now", "someday"}, "--now \"someday\" is no time such as 2026-11-24T10:12:00+08:00"},
	} {
		code, _, stderr := reads(t, c.lines, c.args...)
		if code == exitOK || !strings.Contains(stderr, c.want) || strings.Contains(stderr, "cannot unmarshal") {
			t.Errorf("%q %v: %d %q, want %q", c.lines, c.args, code, stderr, c.want)
		}
	}
}
