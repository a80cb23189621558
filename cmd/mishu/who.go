package main

import (
	"fmt"
	"strings"

	"mishu/bot/book"
	"mishu/bot/say"
	"mishu/storage"
)

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
