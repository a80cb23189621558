package simulator

import (
	"net/url"
)

// apiTemplates lists the templates that were announced.
func (s *Simulator) apiTemplates(call) (any, *refusal) {
	list := []map[string]string{}
	for _, t := range s.opt.Templates {
		list = append(list, map[string]string{"template_id": t.ID, "title": t.Title})
	}
	return map[string]any{"template_list": list}, nil
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
