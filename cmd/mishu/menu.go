package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"mishu/bot"
	"mishu/bot/tags"
	"mishu/config"
	"mishu/handlers/wechat"
)

// menuCommand publishes the accounts' menus: one for everybody and one for each
// tag.
type menuCommand struct {
	configured
	Yes bool `help:"Publish without asking."`
}

var errNotPublished = errors.New("nothing was published: answer y, or add --yes")

// Run shows what would change, asks, and publishes it. What is as it should be
// is left alone, so it may be broken off and run again.
func (c menuCommand) Run(w world) error {
	return c.withApp(w, func(_ config.Config, a *app) error {
		var plans []menuPlan
		changes := false
		for _, o := range a.accounts {
			p, err := planMenus(w.ctx, o.api, bot.Menus(o.notices))
			if err != nil {
				return fmt.Errorf("account %s: %w", o.name(), err)
			}
			fmt.Fprintf(w.stdout, "公众号 %s\n%s", o.name(), p.words())
			plans = append(plans, p)
			changes = changes || p.changes()
		}
		switch {
		case !changes:
			fmt.Fprintln(w.stdout, "都是这一版的，没有要改的。")
			return nil
		case !c.Yes && !confirmed(w):
			return errNotPublished
		}
		for _, p := range plans {
			if err := p.publish(w.ctx); err != nil {
				return fmt.Errorf("%w (run it again: what was published stays)", err)
			}
		}
		fmt.Fprintln(w.stdout, "发布了，手机上五分钟之内看得到。")
		return nil
	})
}

// confirmed asks whoever sits at the terminal.
func confirmed(w world) bool {
	fmt.Fprint(w.stdout, "照这样发布？(y/n) ")
	if w.stdin == nil {
		return false
	}
	line, _ := bufio.NewReader(io.LimitReader(w.stdin, 1<<10)).ReadString('\n') // no answer is no
	word := strings.ToLower(strings.TrimSpace(line))
	return word == "y" || word == "yes" || word == "是"
}

// menuPlan is what has to be done for one account.
type menuPlan struct {
	api    *wechat.API
	parts  []menuPart
	others int // menus of tags that are not ours: left alone
}

// menuPart is the menu of everybody, or of one tag: as it is and as it should be.
type menuPart struct {
	want      bot.RoleMenu
	published bool
	have      []string      // as menuLines writes it
	ids       []json.Number // of the tag's menus, the one that is seen at the end
}

// planMenus compares what is published with what should be.
func planMenus(ctx context.Context, api *wechat.API, want []bot.RoleMenu) (menuPlan, error) {
	p := menuPlan{api: api}
	menus, err := api.Menus(ctx)
	if err != nil {
		return p, err
	}
	ids, err := api.Tags(ctx)
	if err != nil {
		return p, err
	}
	seen := 0
	for _, m := range want {
		part := menuPart{want: m}
		if m.Tag == "" {
			part.published = menus.Default != nil
			part.have, err = readMenu(menus.Default)
		} else if ids[m.Tag] != 0 {
			err = part.find(menus.Conditional, ids[m.Tag])
		}
		if err != nil {
			return p, err
		}
		seen += len(part.ids)
		p.parts = append(p.parts, part)
	}
	p.others = len(menus.Conditional) - seen
	return p, nil
}

// find takes the menus of the tag in the order in which they were set.
func (m *menuPart) find(all []wechat.ConditionalMenu, tag int) (err error) {
	all = slices.DeleteFunc(slices.Clone(all), func(c wechat.ConditionalMenu) bool { return c.TagID() != tag })
	slices.SortFunc(all, func(a, b wechat.ConditionalMenu) int {
		x, _ := a.ID.Int64() // ids are numbers
		y, _ := b.ID.Int64()
		return int(x - y)
	})
	for _, c := range all {
		m.ids = append(m.ids, c.ID)
	}
	if m.published = len(all) > 0; m.published {
		m.have, err = readMenu(all[len(all)-1].Buttons)
	}
	return err
}

// readMenu is what the platform tells of a menu, as menuLines writes it.
func readMenu(buttons json.RawMessage) ([]string, error) {
	if len(buttons) == 0 {
		return nil, nil
	}
	var have []bot.Button
	if err := json.Unmarshal(buttons, &have); err != nil {
		return nil, fmt.Errorf("read menu: %w", err)
	}
	return menuLines(have), nil
}

// menuLines are the entries of a menu that do something, a line each.
func menuLines(buttons []bot.Button) []string {
	var all []string
	for _, top := range buttons {
		if len(top.Sub) == 0 {
			all = append(all, top.Name+" → "+top.Key+top.URL)
		}
		for _, b := range top.Sub {
			all = append(all, top.Name+" / "+b.Name+" → "+b.Key+b.URL)
		}
	}
	return all
}

func (m menuPart) right() bool { return m.published && slices.Equal(m.have, menuLines(m.want.Buttons)) }

// changes reports whether anything is to be published or taken away.
func (p menuPlan) changes() bool {
	return slices.ContainsFunc(p.parts, func(m menuPart) bool { return !m.right() || len(m.ids) > 1 })
}

// words show what would change: what goes with a minus, what comes with a plus.
func (p menuPlan) words() string {
	var b strings.Builder
	for _, m := range p.parts {
		b.WriteString(m.words())
	}
	if p.others > 0 {
		fmt.Fprintf(&b, "  另有%d个别的标签的菜单，不是这个程序的，不动\n", p.others)
	}
	return b.String()
}

func (m menuPart) words() string {
	title, want := "  所有人", menuLines(m.want.Buttons)
	if m.want.Tag != "" {
		title = "  标签“" + m.want.Tag + "”"
	}
	gone := without(m.have, want)
	fresh := without(want, m.have)
	switch {
	case m.right() && len(m.ids) > 1:
		return title + "：一样，去掉多出来的" + fmt.Sprint(len(m.ids)-1) + "个旧的\n"
	case m.right():
		return title + "：一样\n"
	case !m.published:
		title, fresh = title+"：还没有，新发布", want
	case len(gone)+len(fresh) == 0:
		title, fresh = title+"：只是次序变了", want
	}
	return title + "\n" + marked("    - ", gone) + marked("    + ", fresh)
}

func without(all, some []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(l string) bool { return slices.Contains(some, l) })
}

func marked(mark string, lines []string) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(mark + l + "\n")
	}
	return b.String()
}

// publish makes the menus what they should be. A tag's new menu comes before the
// old one goes: nobody is without his in between.
func (p menuPlan) publish(ctx context.Context) error {
	var ids map[string]int
	for _, m := range p.parts {
		switch {
		case m.right():
		case m.want.Tag == "":
			if err := p.api.PublishMenu(ctx, m.want.Buttons); err != nil {
				return err
			}
		default:
			var err error
			if ids == nil {
				ids, err = p.api.TagIDs(ctx, tags.All)
			}
			if err == nil {
				err = p.api.AddTagMenu(ctx, ids[m.want.Tag], m.want.Buttons)
			}
			if err != nil {
				return err
			}
		}
		for _, old := range m.old() {
			if err := p.api.DropTagMenu(ctx, old); err != nil {
				return err
			}
		}
	}
	return nil
}

// old are the menus of the tag that nobody should see any more.
func (m menuPart) old() []json.Number {
	if m.right() && len(m.ids) > 0 {
		return m.ids[:len(m.ids)-1]
	}
	return m.ids
}
