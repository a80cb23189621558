package simulator

import (
	"net/url"
)

// apiTemplates lists the templates of messages that were announced.
func (s *Simulator) apiTemplates(call) (any, *refusal) {
	list := []map[string]string{}
	for _, t := range s.opt.Templates {
		if !t.Subscription {
			list = append(list, map[string]string{"template_id": t.ID, "title": t.Title})
		}
	}
	return map[string]any{"template_list": list}, nil
}

// The kinds of a subscription notice.
const (
	typeOnce = 2
	typeLong = 3
)

// apiSubscriptions lists the subscription notices that were announced.
func (s *Simulator) apiSubscriptions(call) (any, *refusal) {
	list := []map[string]any{}
	for _, t := range s.opt.Templates {
		kind := typeOnce
		if t.Long {
			kind = typeLong
		}
		if t.Subscription {
			list = append(list, map[string]any{"priTmplId": t.ID, "title": t.Title, "type": kind})
		}
	}
	return map[string]any{"errcode": 0, "errmsg": "ok", "data": list}, nil
}

// apiCallback tells whether the platform reaches the webhook's host: here it is
// on the same machine, so it does.
func (s *Simulator) apiCallback(c call) (any, *refusal) {
	var in struct{ Action string }
	if no := c.read(&in); no != nil {
		return nil, no
	}
	hook, err := url.Parse(s.opt.Webhook)
	if err != nil || hook.Hostname() == "" {
		return map[string]any{"dns": []any{}, "ping": []any{}}, nil
	}
	at := map[string]string{"ip": hook.Hostname(), "real_operator": "DEFAULT"}
	ping := map[string]string{"ip": hook.Hostname(), "from_operator": "DEFAULT", "package_loss": "0%", "time": "1.0ms"}
	return map[string]any{"dns": []any{at}, "ping": []any{ping}}, nil
}
