package wechat

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// noMenu is the errcode for an account that has no menu.
const noMenu = 46003

// Menus are the default menu and the conditional ones as the platform has them;
// Default is nil where none is published.
type Menus struct {
	Default     json.RawMessage
	Conditional []ConditionalMenu
}

// ConditionalMenu is the menu of those who have a tag. Of several for one tag
// people see the one that was set last, which has the highest id.
type ConditionalMenu struct {
	ID      json.Number     `json:"menuid"`
	Buttons json.RawMessage `json:"button"`
	Rule    struct {
		Tag loose `json:"tag_id"`
	} `json:"matchrule"`
}

// TagID is the tag of those who see the menu, 0 for a rule of another kind.
func (m ConditionalMenu) TagID() int {
	n, _ := strconv.Atoi(string(m.Rule.Tag)) // "" where the rule names no tag
	return n
}

// loose is a value that the platform writes as a number or as a string.
type loose string

// UnmarshalJSON takes the quotes away.
func (l *loose) UnmarshalJSON(raw []byte) error {
	*l = loose(strings.Trim(string(raw), `"`))
	return nil
}

// Menus reads the menus that are published.
func (a *API) Menus(ctx context.Context) (Menus, error) {
	var res struct {
		Menu struct {
			Buttons json.RawMessage `json:"button"`
		} `json:"menu"`
		Conditional []ConditionalMenu `json:"conditionalmenu"`
	}
	err := a.get(ctx, "/cgi-bin/menu/get", "", &res)
	switch {
	case CodeOf(err) == noMenu:
		return Menus{}, nil
	case err != nil:
		return Menus{}, fmt.Errorf("read menu: %w", err)
	}
	return Menus{res.Menu.Buttons, res.Conditional}, nil
}

// PublishMenu replaces the account's default menu; those of the tags stay.
func (a *API) PublishMenu(ctx context.Context, buttons any) error {
	if err := a.send(ctx, "/cgi-bin/menu/create", map[string]any{"button": buttons}, nil); err != nil {
		return fmt.Errorf("publish menu: %w", err)
	}
	return nil
}

// AddTagMenu publishes a menu for those who have a tag. The account needs a
// default menu first.
func (a *API) AddTagMenu(ctx context.Context, tagID int, buttons any) error {
	body := map[string]any{"button": buttons, "matchrule": map[string]string{"tag_id": strconv.Itoa(tagID)}}
	if err := a.send(ctx, "/cgi-bin/menu/addconditional", body, nil); err != nil {
		return fmt.Errorf("publish a tag's menu: %w", err)
	}
	return nil
}

// errcodeNoTagMenu: somebody else took it away already.
const errcodeNoTagMenu = 65301

// DropTagMenu takes a menu of a tag away; one that is gone already is no error.
func (a *API) DropTagMenu(ctx context.Context, id json.Number) error {
	err := a.send(ctx, "/cgi-bin/menu/delconditional", map[string]string{"menuid": id.String()}, nil)
	if e := (*APIError)(nil); err == nil || errors.As(err, &e) && e.Code == errcodeNoTagMenu {
		return nil
	}
	return fmt.Errorf("remove a tag's menu: %w", err)
}
