package help

import (
	"encoding/json"
	"fmt"
	"strings"

	"mishu/bot/access"
	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/say"
	"mishu/storage"
)

// alike finds a running request of the same kind for the same person.
func alike(t *line.Turn, d draft) (*storage.Help, error) {
	helps, err := t.In.HelpsFor(d.Elder)
	if err != nil {
		return nil, err
	}
	for _, h := range helps {
		for _, s := range d.Services {
			if h.Service == s {
				return &h, nil
			}
		}
	}
	return nil, nil
}

// alreadyThere answers somebody who asks again for what is running.
func alreadyThere(t *line.Turn, d draft, h storage.Help) (line.Answer, error) {
	if !access.HolderOf(t.Book, t.Me, h) { // somebody else asked, and he may not hear of it
		return create(t, d)
	}
	if h.State == storage.Unclear && h.WishGrain == "" {
		more, err := together(t, h, d)
		if err != nil {
			return line.Answer{}, err
		}
		if d.Grain != "" {
			return complete(t, h, d)
		}
		known := fmt.Sprintf("这件已记下了（%d号）", h.Number)
		if more {
			known = fmt.Sprintf("一起记在%d号了", h.Number)
		}
		return t.Question(line.Question{Line: name, Name: askWhen, Ref: h.ID, Refs: []int64{h.ID}, Text: known + "，还差一样：哪天方便？"}), nil
	}
	data, err := json.Marshal(d)
	if err != nil {
		return line.Answer{}, fmt.Errorf("keep draft: %w", err)
	}
	text := fmt.Sprintf("%s那件还在（%d号），%s。是这件吗？", say.Services[h.Service], h.Number, standing(t, h))
	return t.Question(line.Question{Line: name, Name: askSame, Ref: h.ID, Data: string(data), Text: text}), nil
}

// together adds what is asked for now to a request of the same kind that nobody has
// been asked about yet: 屋里老鼠多, then 电视没信号.
func together(t *line.Turn, h storage.Help, d draft) (bool, error) {
	if d.Detail == "" || strings.Contains(h.Detail, d.Detail) || strings.Contains(d.Detail, h.Detail) && h.Detail != "" {
		return false, nil
	}
	h, found, err := t.In.LockHelp(h.ID)
	if err != nil || !found {
		return false, err
	}
	h.Detail = clip(strings.Trim(h.Detail+"；"+d.Detail, "；"), 200)
	return true, t.In.SaveHelp(h)
}

// answerSame hears whether it is the same request.
func answerSame(t *line.Turn, q line.Question) (line.Answer, error) {
	switch t.Read.Answer {
	case read.Yes, read.Ack:
		t.Close()
		h, _, err := t.In.Help(q.Ref)
		return line.Say(fmt.Sprintf("好，%d号照旧，%s。", h.Number, standing(t, h))), err
	case read.No:
		var d draft
		if err := json.Unmarshal([]byte(q.Data), &d); err != nil {
			return line.Answer{}, fmt.Errorf("read draft: %w", err)
		}
		return create(t, other(t, d))
	}
	return line.Answer{}, nil
}

// other is what 不是 是修灶 asks for instead of what is running.
func other(t *line.Turn, d draft) draft {
	said := strings.TrimLeft(t.Read.Rest, "是就 ，,")
	if said == "" {
		return d
	}
	d.Detail = said
	if len(t.Read.Services) > 0 {
		d.Services = nil
		takeWhat(&d, t)
	}
	if t.Read.When.Grain != "" {
		d.WishAt, d.Grain = t.Read.When.At.UnixMilli(), string(t.Read.When.Grain)
	}
	return d
}
