package wechat

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
)

// A RoleMenu is the menu of those who have a tag.
type RoleMenu struct {
	Tag     int
	Buttons json.RawMessage
}

// PublishRoleMenu publishes the menu of a tag in place of those that are there
// for it.
func (a *API) PublishRoleMenu(ctx context.Context, m RoleMenu, old []json.Number) error {
	for _, id := range old {
		if err := a.send(ctx, "/cgi-bin/menu/delconditional", map[string]json.Number{"menuid": id}, nil); err != nil {
			return fmt.Errorf("remove a role's menu: %w", err)
		}
	}
	body := map[string]any{"button": m.Buttons, "matchrule": map[string]string{"tag_id": strconv.Itoa(m.Tag)}}
	if err := a.send(ctx, "/cgi-bin/menu/addconditional", body, nil); err != nil {
		return fmt.Errorf("publish a role's menu: %w", err)
	}
	return nil
}
