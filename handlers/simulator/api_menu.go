package simulator

import (
	"encoding/json"
)

// The platform's limits for a menu; names are measured in bytes.
const (
	maxButtons    = 3
	maxSubButtons = 5
	maxTopName    = 16
	maxSubName    = 60
	maxButtonKey  = 128
	maxButtonURL  = 1024
)

// button is one item of the menu.
type button struct {
	Type string   `json:"type,omitempty"`
	Name string   `json:"name"`
	Key  string   `json:"key,omitempty"`
	URL  string   `json:"url,omitempty"`
	Sub  []button `json:"sub_button,omitempty"`
}

// menu is what menu/create takes and the phones draw.
type menu struct {
	Buttons []button `json:"button"`
}

// buttonKinds need a key; a view needs an address.
var buttonKinds = map[string]bool{
	"click": true, "scancode_push": true, "scancode_waitmsg": true,
	"pic_sysphoto": true, "pic_photo_or_album": true, "pic_weixin": true, "location_select": true,
}

func (m menu) check() *refusal {
	if len(m.Buttons) < 1 || len(m.Buttons) > maxButtons {
		return refuse(codeButtonCount, "")
	}
	for _, top := range m.Buttons {
		if no := top.check(maxTopName, true); no != nil {
			return no
		}
	}
	return nil
}

func (b button) check(name int, top bool) *refusal {
	switch {
	case b.Name == "" || len(b.Name) > name:
		return refuse(codeButtonName, "")
	case len(b.Sub) > maxSubButtons, len(b.Sub) > 0 && !top:
		return refuse(codeSubButtons, "")
	case len(b.Sub) > 0:
		for _, sub := range b.Sub {
			if no := sub.check(maxSubName, false); no != nil {
				return no
			}
		}
		return nil
	case b.Type == "view":
		return within(b.URL, maxButtonURL)
	case !buttonKinds[b.Type]:
		return refuse(codeButtonType, "")
	}
	return within(b.Key, maxButtonKey)
}

func within(s string, limit int) *refusal {
	if s == "" || len(s) > limit {
		return refuse(codeButtonKey, "")
	}
	return nil
}

func (s *Simulator) apiMenuCreate(c call) (any, *refusal) {
	raw, no := readMenu(c)
	if no != nil {
		return nil, no
	}
	return s.changeMenu(func() (entry, *refusal) { return entry{Menu: raw}, nil })
}

// readMenu is the menu in a call, as the platform writes it again.
func readMenu(c call) (json.RawMessage, *refusal) {
	var m menu
	if no := c.read(&m); no != nil {
		return nil, no
	}
	if no := m.check(); no != nil {
		return nil, no
	}
	raw, err := json.Marshal(m)
	if err != nil {
		return nil, refuse(codeBadJSON, "")
	}
	return raw, nil
}

// apiMenuDelete takes the default menu away, and every conditional one with it.
func (s *Simulator) apiMenuDelete(call) (any, *refusal) {
	return s.changeMenu(func() (entry, *refusal) { return entry{Menu: json.RawMessage("null")}, nil })
}

// changeMenu makes one change to the menus, unless it is refused.
func (s *Simulator) changeMenu(decide func() (entry, *refusal)) (any, *refusal) {
	var no *refusal
	err := s.book.change(func() ([]entry, error) {
		var e entry
		if e, no = decide(); no != nil {
			return nil, nil
		}
		return []entry{e}, nil
	})
	if err != nil {
		s.opt.Log.Error("simulator: keep the menu", "err", err)
		return nil, refuse(codeBusy, "")
	}
	if no != nil {
		return nil, no
	}
	return done, nil
}

func (s *Simulator) apiMenuGet(call) (any, *refusal) {
	s.book.mu.Lock()
	defer s.book.mu.Unlock()
	if s.book.menu == nil {
		return nil, refuse(codeNoMenu, "")
	}
	out := map[string]any{"menu": s.book.menu}
	if views := s.book.roleMenuViews(); len(views) > 0 {
		out["conditionalmenu"] = views
	}
	return out, nil
}

func (s *Simulator) apiSelfMenu(call) (any, *refusal) {
	s.book.mu.Lock()
	defer s.book.mu.Unlock()
	if s.book.menu == nil {
		return map[string]any{"is_menu_open": 0}, nil
	}
	return map[string]any{"is_menu_open": 1, "selfmenu_info": s.book.menu}, nil
}
