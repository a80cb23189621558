package main

import (
	"errors"
	"fmt"
	"html/template"
	"strings"
	"time"

	"mishu/bot/access"
	"mishu/bot/book"
	"mishu/bot/consent"
	"mishu/bot/office"
	"mishu/bot/say"
	"mishu/config"
	"mishu/storage"
)

// inVillage is what a command about one village needs.
type inVillage struct {
	configured
	Village  string `required:"" help:"The village's name."`
	Township string `help:"Its township, where a county has two villages of one name."`
}

// read opens the village's records and its book, for a command that only looks.
func (c inVillage) read(w world, f func(v storage.In, b *book.Book) error) error {
	return c.open(w, func(s *storage.Store) error {
		return s.View(w.ctx, func(tx *storage.Tx) error { return c.with(tx, f) })
	})
}

// change is read for a command that changes something.
func (c inVillage) change(w world, f func(v storage.In, b *book.Book) error) error {
	return c.open(w, func(s *storage.Store) error {
		return s.Update(w.ctx, func(tx *storage.Tx) error { return c.with(tx, f) })
	})
}

func (c inVillage) open(w world, f func(*storage.Store) error) error {
	cfg, err := c.load(w, config.Records)
	if err != nil {
		return err
	}
	store, err := openRecords(w.ctx, cfg.Database, wallClocks())
	if err != nil {
		return err
	}
	return errors.Join(f(store), store.Close())
}

func (c inVillage) with(tx *storage.Tx, f func(v storage.In, b *book.Book) error) error {
	v, err := only(tx, c.Village, c.Township)
	if err != nil {
		return err
	}
	b, err := book.Load(v)
	if err != nil {
		return err
	}
	return f(v, b)
}

// setCommand sets what the office owns, in the words of the chat.
type setCommand struct {
	inVillage
	Owner  string   `help:"Whose value it is." default:"村部"`
	Source string   `help:"Where it is from: a paper, a call." default:"mishu set"`
	Words  []string `arg:"" help:"As in the chat: 村部电话 0745-1990000; 值班 张远志 19900000002 8:00-22:00; 称呼 向老师; 不识字 舒立新."`
}

// Run sets one thing.
func (c setCommand) Run(w world) error {
	return c.change(w, func(v storage.In, b *book.Book) error {
		done, err := office.Set(v, b, office.Entry{Words: strings.Join(c.Words, " "), Owner: c.Owner, Source: c.Source})
		if err == nil {
			fmt.Fprintln(w.stdout, done)
		}
		return err
	})
}

// whoCommand shows what somebody is and for whom he speaks, and how that came
// about.
type whoCommand struct {
	inVillage
	Name string `arg:"" help:"The name on the roster."`
}

// Run prints it for everybody of the name.
func (c whoCommand) Run(w world) error {
	return c.read(w, func(v storage.In, b *book.Book) error {
		ids := b.Roster.Find(c.Name, 0)
		if len(ids) == 0 {
			return fmt.Errorf("the roster has nobody named %s", c.Name)
		}
		for _, id := range ids {
			lines, err := biography(v, b, id)
			if err != nil {
				return err
			}
			fmt.Fprintln(w.stdout, strings.Join(lines, "\n"))
		}
		return nil
	})
}

// biography is what somebody is in the village, a line each.
func biography(v storage.In, b *book.Book, id int64) ([]string, error) {
	p := b.Person(id)
	lines := []string{fmt.Sprintf("%d组%s", p.Group, p.Name)}
	for _, part := range []func(storage.In, *book.Book, int64) ([]string, error){members, roles, ties, behalf, agreed} {
		more, err := part(v, b, id)
		if err != nil {
			return nil, err
		}
		for _, l := range more {
			lines = append(lines, "  "+l)
		}
	}
	return lines, nil
}

func day(at storage.Moment) string { return storage.Day(at.Time()) }

func members(v storage.In, b *book.Book, id int64) ([]string, error) {
	all, err := v.MembersOf(id)
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, m := range all {
		by := "邀请码"
		if m.VouchedBy != 0 {
			by = b.Name(m.VouchedBy) + "认的"
		}
		calls, err := v.VouchCalls(m.ID)
		if err != nil {
			return nil, err
		}
		for _, c := range calls {
			by += fmt.Sprintf("，%s%s打电话问%s：%s", day(c.CreatedAt), b.Name(c.Caller), b.Name(c.Rung), c.Outcome)
		}
		lines = append(lines, "微信 "+day(m.CreatedAt)+" "+by)
	}
	return lines, nil
}

// bases are why a request that another made may be kept, as people say it.
var bases = map[string]string{"consent": "本人点过头", "told": "口头转述，只管这一件", "rescue": "救人", "own": "本人讲的", "duty": "法定职责"}

// behalf are the requests that he made for another, or another for him: by whom,
// for whom, on what ground.
func behalf(v storage.In, b *book.Book, id int64) ([]string, error) {
	rows, err := v.BehalfsOf(id)
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, r := range rows {
		h, _, err := v.Help(r.Help)
		if err != nil {
			return nil, err
		}
		lines = append(lines, fmt.Sprintf("代讲 %s %d号%s %s（%s）替%s讲的，%s",
			day(h.CreatedAt), h.Number, say.Services[h.Service], b.Name(r.Speaker), r.Tie, b.Name(r.Elder), bases[r.Basis]))
	}
	return lines, nil
}

func roles(v storage.In, b *book.Book, id int64) ([]string, error) {
	ends, err := v.TenuresOf(id)
	var lines []string
	for _, r := range b.Roles(id) {
		line := "职务 " + r.Role
		if r.Group > 0 {
			line += fmt.Sprintf("（%d组）", r.Group)
		}
		line += " " + day(r.Since) + " " + r.How
		for _, e := range ends {
			if e.Role == r.Role && e.Group == r.Group {
				line += " 到" + e.Until
			}
		}
		lines = append(lines, line)
	}
	return lines, err
}

// ties are for whom he speaks and who speaks for him, with both gates.
func ties(v storage.In, b *book.Book, id int64) ([]string, error) {
	var lines []string
	for _, p := range append(b.Proxies(id), b.SpokenFor(id)...) {
		line := fmt.Sprintf("代办 %s替%s（%s）到%s，%s", b.Name(p.Person), b.Name(p.Elder), p.Relation, p.Until, p.How)
		gate, passed, err := v.Gate(p.Person, p.Elder)
		if err != nil {
			return nil, err
		}
		if passed {
			line += "，" + b.Name(gate.VouchedBy) + day(gate.Since) + "认的"
		}
		hears := map[string]string{"": "老人还没问过", storage.Given: "老人肯他听", storage.Denied: "老人不肯他听", storage.Never: "老人讲莫告诉他", storage.Withdrawn: "老人收回了"}
		lines = append(lines, line+"，"+hears[b.Answered(p.Elder, storage.ToProxy, p.Person)])
	}
	return lines, nil
}

func agreed(v storage.In, b *book.Book, id int64) ([]string, error) {
	all, err := v.ConsentsOf(id)
	said := map[string]string{storage.Given: "肯", storage.Denied: "不肯", storage.Withdrawn: "收回", storage.Never: "莫告诉"}
	var lines []string
	for _, c := range all {
		line := fmt.Sprintf("同意 %s %s %s %s", c.Kind, said[c.Answer], day(c.At), c.Way)
		if c.ToldBy != 0 && c.ToldBy != id {
			line += " " + b.Name(c.ToldBy) + "转述"
		}
		if c.Witness != "" {
			line += " 见证" + c.Witness
		}
		if c.EndedAt != 0 {
			line += "（已过）"
		}
		lines = append(lines, line)
	}
	return lines, err
}

// accessCommand says whether somebody may know something of another, and why.
type accessCommand struct {
	inVillage
	Explain bool   `help:"Say why." required:""`
	Reader  string `arg:"" help:"Who wants to know: a name, 3组王桂香 where two have it."`
	Subject string `arg:"" help:"About whom."`
	Kind    string `arg:"" help:"What: door, visited, seen, reading, wants, kin, care, ties, agreed, words, minutes, alarm, office or sealed."`
}

// Run prints the answer; a refusal is no failure.
func (c accessCommand) Run(w world) error {
	return c.read(w, func(_ storage.In, b *book.Book) error {
		reader, err := someone(b, c.Reader)
		if err != nil {
			return err
		}
		subject, err := someone(b, c.Subject)
		if err != nil {
			return err
		}
		text, err := access.Explain(b, reader, access.Kind(c.Kind), subject)
		if err == nil {
			fmt.Fprintln(w.stdout, text)
		}
		return err
	})
}

// someone finds the one person whom a name and a group mean.
func someone(b *book.Book, name string) (int64, error) {
	group := 0
	if n, rest, ok := strings.Cut(name, "组"); ok {
		if _, err := fmt.Sscan(n, &group); err == nil {
			name = rest
		}
	}
	ids := b.Roster.Find(name, group)
	switch len(ids) {
	case 0:
		return 0, fmt.Errorf("the roster has nobody named %s", name)
	case 1:
		return ids[0], nil
	}
	return 0, fmt.Errorf("%d people are named %s: say the group, as 3组%s", len(ids), name, name)
}

// thumbsCommand prints the sheet on which a group puts its thumbs.
type thumbsCommand struct {
	inVillage
	Group int `required:"" help:"The group."`
}

// Run writes an A4 page of HTML to standard output, to be printed.
func (c thumbsCommand) Run(w world) error {
	return c.read(w, func(_ storage.In, b *book.Book) error {
		now := time.Now().In(storage.Shanghai)
		sheet := struct {
			Village, Basic, Health, Day string
			Group                       int
			Names                       []string
		}{b.Village.Name, consent.Text(b, storage.ToBasic, now), consent.Text(b, storage.ToHealth, now), storage.Day(now), c.Group, nil}
		for _, id := range b.Listing(c.Group) {
			sheet.Names = append(sheet.Names, b.Name(id))
		}
		if len(sheet.Names) == 0 {
			return fmt.Errorf("nobody of group %d is on the visit list", c.Group)
		}
		return thumbs.Execute(w.stdout, sheet)
	})
}

var thumbs = template.Must(template.New("thumbs").Funcs(template.FuncMap{"inc": func(i int) int { return i + 1 }}).Parse(`<!doctype html>
<html lang="zh"><meta charset="utf-8"><title>{{.Village}}{{.Group}}组 同意书</title>
<style>
@page{size:A4;margin:15mm}
body{font:18px/1.6 "Noto Serif CJK SC",serif}
h1{font-size:24px;text-align:center}
table{width:100%;border-collapse:collapse}
td,th{border:1px solid;padding:10px 6px;text-align:center;height:44px}
tr{break-inside:avoid}
thead{display:table-header-group}
</style>
<h1>{{.Village}}{{.Group}}组 同意书</h1>
<p>{{.Basic}}</p><p>{{.Health}}</p>
<table><thead><tr><th>序号<th>姓名<th>肯记住址电话<br>按手印<th>身体情况也肯记<br>按手印<th>日期</thead>
{{range $i, $n := .Names}}<tr><td>{{$i | inc}}<td>{{$n}}<td><td><td>
{{end}}</table>
<p>念给老人听的人：＿＿＿＿＿＿　见证人（组长）：＿＿＿＿＿＿　填表日期：{{.Day}}　（村部章）</p>
`))
