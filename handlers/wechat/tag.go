package wechat

import (
	"context"
	"fmt"
	"slices"
)

// tagsAtOnce is how many people one call may tag.
const tagsAtOnce = 50

type tag struct {
	ID   int    `json:"id"`
	Name string `json:"name"`
}

// Tags are the ids of the account's tags by their names.
func (a *API) Tags(ctx context.Context) (map[string]int, error) {
	var res struct {
		Tags []tag `json:"tags"`
	}
	if err := a.get(ctx, "/cgi-bin/tags/get", "", &res); err != nil {
		return nil, fmt.Errorf("read tags: %w", err)
	}
	ids := map[string]int{}
	for _, t := range res.Tags {
		ids[t.Name] = t.ID
	}
	return ids, nil
}

// TagIDs are the platform's ids of tags by their names; those that are not there
// are made.
func (a *API) TagIDs(ctx context.Context, names []string) (map[string]int, error) {
	have, err := a.Tags(ctx)
	if err != nil {
		return nil, err
	}
	ids := map[string]int{}
	for _, name := range names {
		if ids[name] = have[name]; ids[name] != 0 {
			continue
		}
		var made struct {
			Tag tag `json:"tag"`
		}
		if err := a.send(ctx, "/cgi-bin/tags/create", map[string]tag{"tag": {Name: name}}, &made); err != nil {
			return nil, fmt.Errorf("make tag: %w", err)
		}
		ids[name] = made.Tag.ID
	}
	return ids, nil
}

type tagMembers struct {
	OpenIDs []string `json:"openid_list"`
	Tag     int      `json:"tagid"`
}

// Tag puts a tag on people, or takes it off; doing it again changes nothing.
func (a *API) Tag(ctx context.Context, id int, on bool, openIDs []string) error {
	path := "/cgi-bin/tags/members/batchuntagging"
	if on {
		path = "/cgi-bin/tags/members/batchtagging"
	}
	for some := range slices.Chunk(openIDs, tagsAtOnce) {
		if err := a.send(ctx, path, tagMembers{some, id}, nil); err != nil {
			return fmt.Errorf("tag people: %w", err)
		}
	}
	return nil
}
