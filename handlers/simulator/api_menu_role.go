package simulator

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
)

// maxMenuHosts is to how many sites the links of one conditional menu may lead.
const maxMenuHosts = 3

// roleMenu is a conditional menu: that of the people who have a tag. The id of
// a menu that is taken away stands alone, with Gone.
type roleMenu struct {
	ID   int64           `json:"id"`
	Tag  int             `json:"tag,omitempty"`
	Menu json.RawMessage `json:"menu,omitempty"`
	Gone bool            `json:"gone,omitempty"`
}

// applyMenu makes a new default menu, or one that was taken away, true.
func (b *book) applyMenu(raw json.RawMessage) {
	b.menu = raw
	if string(raw) == "null" {
		b.menu, b.roleMenus = nil, nil
	}
}

func (b *book) applyRoleMenu(m roleMenu) {
	b.menuID = max(b.menuID, m.ID)
	if m.Gone {
		b.roleMenus = slices.DeleteFunc(b.roleMenus, func(have roleMenu) bool { return have.ID == m.ID })
		return
	}
	b.roleMenus = append(b.roleMenus, m)
}

// menuOf is the menu that somebody with these tags sees: of those that fit the
// one that was set last, else the default; nil where none is published.
func (b *book) menuOf(tags []int) json.RawMessage {
	if b.menu == nil {
		return nil
	}
	for _, m := range slices.Backward(b.roleMenus) {
		if slices.Contains(tags, m.Tag) {
			return m.Menu
		}
	}
	return b.menu
}

// roleMenuView is a conditional menu as menu/get tells it.
type roleMenuView struct {
	Buttons json.RawMessage `json:"button"`
	Rule    struct {
		Tag string `json:"tag_id"`
	} `json:"matchrule"`
	ID int64 `json:"menuid"`
}

func (b *book) roleMenuViews() []roleMenuView {
	var all []roleMenuView
	for _, m := range b.roleMenus {
		v := roleMenuView{Buttons: buttonsOf(m.Menu), ID: m.ID}
		v.Rule.Tag = strconv.Itoa(m.Tag)
		all = append(all, v)
	}
	return all
}

// buttonsOf are the buttons of a menu that was kept.
func buttonsOf(raw json.RawMessage) json.RawMessage {
	var m struct {
		Buttons json.RawMessage `json:"button"`
	}
	if json.Unmarshal(raw, &m) != nil {
		return json.RawMessage("[]")
	}
	return m.Buttons
}

// matchRule says for whom a conditional menu is. Only the tag is left of what it
// once could say.
type matchRule struct {
	Tag      json.Number `json:"tag_id"`
	Group    any         `json:"group_id"`
	Sex      any         `json:"sex"`
	Country  any         `json:"country"`
	Province any         `json:"province"`
	City     any         `json:"city"`
	Language any         `json:"language"`
}

func (r *matchRule) check() (tag int, no *refusal) {
	if r == nil {
		return 0, refuse(codeNoRule, "")
	}
	for _, old := range []any{r.Group, r.Sex, r.Country, r.Province, r.City, r.Language} {
		if old != nil && old != "" {
			return 0, refuse(codeOldRule, "")
		}
	}
	tag, err := strconv.Atoi(r.Tag.String())
	if err != nil {
		return 0, refuse(codeNoRule, "")
	}
	return tag, nil
}

func (s *Simulator) apiMenuAdd(c call) (any, *refusal) {
	raw, no := readMenu(c)
	if no != nil {
		return nil, no
	}
	var in struct {
		Rule *matchRule `json:"matchrule"`
	}
	if no := c.read(&in); no != nil {
		return nil, no
	}
	tag, no := in.Rule.check()
	if no != nil {
		return nil, no
	}
	if hosts(raw) > maxMenuHosts {
		return nil, refuse(codeMenuHosts, "")
	}
	var id int64
	_, no = s.changeMenu(func() (entry, *refusal) {
		switch {
		case s.book.menu == nil:
			return entry{}, refuse(codeNoDefaultMenu, "")
		case s.book.tags[tag] == "":
			return entry{}, refuse(codeTagID, "")
		}
		id = s.book.menuID + 1
		return entry{RoleMenu: &roleMenu{ID: id, Tag: tag, Menu: raw}}, nil
	})
	if no != nil {
		return nil, no
	}
	return map[string]string{"menuid": strconv.FormatInt(id, 10)}, nil
}

// hosts is to how many sites the links of a menu lead.
func hosts(raw json.RawMessage) int {
	var m menu
	_ = json.Unmarshal(raw, &m) // it was written here
	seen := map[string]bool{}
	for _, top := range m.Buttons {
		for _, b := range append([]button{top}, top.Sub...) {
			if u, err := url.Parse(b.URL); err == nil && u.Host != "" {
				seen[u.Host] = true
			}
		}
	}
	return len(seen)
}

func (s *Simulator) apiMenuDrop(c call) (any, *refusal) {
	var in struct {
		ID json.Number `json:"menuid"`
	}
	if no := c.read(&in); no != nil {
		return nil, no
	}
	id, _ := strconv.ParseInt(in.ID.String(), 10, 64) // what is no number is no menu's
	return s.changeMenu(func() (entry, *refusal) {
		if !slices.ContainsFunc(s.book.roleMenus, func(m roleMenu) bool { return m.ID == id }) {
			return entry{}, refuse(codeNoRoleMenu, "")
		}
		return entry{RoleMenu: &roleMenu{ID: id, Gone: true}}, nil
	})
}

// apiMenuTry tells which menu somebody sees.
func (s *Simulator) apiMenuTry(c call) (any, *refusal) {
	var in struct {
		Who string `json:"user_id"`
	}
	if no := c.read(&in); no != nil {
		return nil, no
	}
	person, no := s.tagged(c, in.Who)
	if no != nil {
		return nil, refuse(codeNoUser, "")
	}
	s.book.mu.Lock()
	defer s.book.mu.Unlock()
	seen := s.book.menuOf(s.book.tagged[person])
	if seen == nil {
		return nil, refuse(codeNoMenu, "")
	}
	return map[string]json.RawMessage{"button": buttonsOf(seen)}, nil
}
