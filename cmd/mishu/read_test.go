package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// reads runs mishu read over the lines and returns what it printed.
func reads(t *testing.T, lines string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	code = run(append([]string{"read", "--now", "2026-11-24T10:12"}, args...), world{t.Context(), nil, strings.NewReader(lines), &out, &err})
	return code, out.String(), err.String()
}

// rosterFile writes a small village.
func rosterFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "roster.json")
	err := os.WriteFile(path, []byte(`{"elders":[{"id":"E01","name":"王桂香","sex":"F","age":76,"group":"二组","aliases":["桂香婶"],"extra":1},
		{"id":"E02","name":"刘满生","sex":"男","age":83,"group":"3组","aliases":["满爷爷"]}],
		"volunteers":[{"id":"V01","name":"舒红梅","group":"二组"}],"families":[{"id":"F01","name":"刘海波","bound_elders":["E02"]}],"market":{"lunar":[2,7]}}`), 0o600)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// TestReadContract holds the whole of an answer, byte by byte: a county reads it
// by program.
func TestReadContract(t *testing.T) {
	roster := rosterFile(t)
	for _, c := range []struct{ in, want string }{
		{
			`{"id":"a1","text":"今天看了桂香婶，四十分钟","reference_time":"2026-11-24T18:00:00+08:00","sender":{"id":"V01","role":"volunteer"}}`,
			`{"id":"a1","intent":"report_visit","service":[],"elder":["E01"],"elder_ambiguous":false,"when":"2026-11-24T00:00:00+08:00","when_grain":"day","duration_min":40,"bp":null,"bp_by_elder":null,"phone":null,"ticket":null,"note":null,"danger":{"level":"none","class":null,"words":null}}`,
		},
		{
			`{"id":2,"text":"满爷爷喊不应了","sender":{"role":"no such role"}}`,
			`{"id":2,"intent":"emergency","service":[],"elder":["E02"],"elder_ambiguous":false,"when":null,"when_grain":null,"duration_min":null,"bp":null,"bp_by_elder":null,"phone":null,"ticket":null,"note":null,"danger":{"level":"strong","class":"life","words":["喊不应"]}}`,
		},
		{
			`{"id":"a3","text":"灯泡坏了 后天来修下","sender":{"id":"F01","role":"family","bound_elders":["E02"]},"unknown":{"x":[1]}}`,
			`{"id":"a3","intent":"request_help","service":["lao"],"elder":["E02"],"elder_ambiguous":false,"when":"2026-11-26T00:00:00+08:00","when_grain":"day","duration_min":null,"bp":null,"bp_by_elder":null,"phone":null,"ticket":null,"note":null,"danger":{"level":"none","class":null,"words":null}}`,
		},
		{
			`{"id":"a5","text":"赶场那天要人背化肥","sender":{"id":"E01","role":"elder"}}`,
			`{"id":"a5","intent":"request_help","service":["lao"],"elder":["E01"],"elder_ambiguous":false,"when":"2026-11-25T00:00:00+08:00","when_grain":"day","duration_min":null,"bp":null,"bp_by_elder":null,"phone":null,"ticket":null,"note":null,"danger":{"level":"none","class":null,"words":null}}`,
		},
		{
			`{"id":"a6","text":"桂香婶血压90/145","sender":{"role":"doctor"}}`,
			`{"id":"a6","intent":"report_visit","service":[],"elder":["E01"],"elder_ambiguous":false,"when":null,"when_grain":null,"duration_min":null,"bp":"145/90","bp_by_elder":{"E01":"145/90"},"phone":null,"ticket":null,"note":null,"danger":{"level":"none","class":null,"words":null}}`,
		},
		{
			`{"id":"a4","text":"谢谢你们","sender":{"id":"E01","role":"elder"}}`,
			`{"id":"a4","intent":"smalltalk","service":[],"elder":null,"elder_ambiguous":false,"when":null,"when_grain":null,"duration_min":null,"bp":null,"bp_by_elder":null,"phone":null,"ticket":null,"note":null,"danger":{"level":"none","class":null,"words":null}}`,
		},
	} {
		code, out, stderr := reads(t, c.in+"\n\n", "--roster", roster)
		if code != exitOK || out != c.want+"\n" {
			t.Errorf("%s\n%d %s got %s\nwant %s", c.in, code, stderr, out, c.want)
		}
	}
}

func TestReadWhy(t *testing.T) {
	_, out, _ := reads(t, `{"text":"满爷爷没摔倒"}`, "--roster", rosterFile(t), "--why")
	for _, want := range []string{`"rule":"sign: fall, turned off"`, `"text":"摔倒"`, `"rule":"name: people [2]`} {
		if !strings.Contains(out, want) {
			t.Errorf("%s is missing in %s", want, out)
		}
	}
}

func TestReadExpressions(t *testing.T) {
	code, out, stderr := reads(t, `{"id":"x1","type":"date","text":"大后天","ref":"2013-02-12T04:30:00-02:00","more":1}
{"id":"x2","type":"duration","text":"没有"}
`, "--expressions")
	if want := "{\"id\":\"x1\",\"value\":\"2013-02-15\"}\n{\"id\":\"x2\",\"value\":null}\n"; code != exitOK || out != want {
		t.Errorf("%d %s: %s", code, stderr, out)
	}
}

// TestReadRefuses: what cannot be read is named by its place, and what came
// before it was answered.
func TestReadRefuses(t *testing.T) {
	code, out, stderr := reads(t, "{\"id\":1,\"text\":\"你好\"}\n{oops\n")
	if code != exitFailed || strings.Count(out, "\n") != 1 || !strings.Contains(stderr, "line 2") {
		t.Errorf("%d %q %q", code, out, stderr)
	}
	if code, _, stderr := reads(t, "", "--now", "someday"); code != exitFailed || !strings.Contains(stderr, "someday") {
		t.Errorf("%d %q", code, stderr)
	}
	bad := filepath.Join(t.TempDir(), "r.json")
	if err := os.WriteFile(bad, []byte(`{"elders":[{"id":"E1","name":"甲"},{"id":"E1","name":"乙"}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, stderr := reads(t, "", "--roster", bad); code != exitFailed || !strings.Contains(stderr, "given twice") {
		t.Errorf("%d %q", code, stderr)
	}
}

// TestReadPlaces: what --why quotes is what stands at its place in the text.
func TestReadPlaces(t *testing.T) {
	text := "①今天看了桂香婶，血压１４５/90"
	in, _ := json.Marshal(map[string]string{"text": text})
	_, out, _ := reads(t, string(in), "--why", "--roster", rosterFile(t))
	var got struct {
		Why []struct {
			From, To int
			Text     string
		}
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil || len(got.Why) == 0 {
		t.Fatalf("%v in %s", err, out)
	}
	for _, r := range got.Why {
		if text[r.From:r.To] != r.Text {
			t.Errorf("%d to %d is %q, not %q", r.From, r.To, text[r.From:r.To], r.Text)
		}
	}
}
