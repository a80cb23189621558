package wechat

import (
	"context"
	"errors"
	"fmt"
)

// Token fetches the token that calls go with, or says why there is none.
func (a *API) Token(ctx context.Context) error {
	_, err := a.tokens.Token(ctx)
	return err
}

// AppID is the account's.
func (a *API) AppID() string { return a.account.AppID }

// CodeOf is the platform's errcode in an error of a call, 0 if it holds none.
func CodeOf(err error) int { return codeOf(err) }

// Templates are the ids of the account's message templates.
func (a *API) Templates(ctx context.Context) ([]string, error) {
	var res struct {
		List []struct {
			ID string `json:"template_id"`
		} `json:"template_list"`
	}
	if err := a.get(ctx, "/cgi-bin/template/get_all_private_template", "", &res); err != nil {
		return nil, fmt.Errorf("read templates: %w", err)
	}
	ids := make([]string, 0, len(res.List))
	for _, t := range res.List {
		ids = append(ids, t.ID)
	}
	return ids, nil
}

// SubscribeTemplates are the ids of the account's subscription notices.
func (a *API) SubscribeTemplates(ctx context.Context) ([]string, error) {
	var res struct {
		Data []struct {
			ID string `json:"priTmplId"`
		} `json:"data"`
	}
	if err := a.get(ctx, "/wxaapi/newtmpl/gettemplate", "", &res); err != nil {
		return nil, fmt.Errorf("read subscription notices: %w", err)
	}
	ids := make([]string, 0, len(res.Data))
	for _, t := range res.Data {
		ids = append(ids, t.ID)
	}
	return ids, nil
}

// errCallback says that the platform cannot reach the webhook.
var errCallback = errors.New("the platform cannot reach the webhook's host")

// CallbackReachable asks the platform whether it can reach the host of the
// webhook that its console knows.
func (a *API) CallbackReachable(ctx context.Context) error {
	var res struct {
		DNS []struct {
			IP string `json:"ip"`
		} `json:"dns"`
		Ping []struct {
			IP   string `json:"ip"`
			Loss string `json:"package_loss"`
		} `json:"ping"`
	}
	err := a.send(ctx, "/cgi-bin/callback/check", map[string]string{"action": "all", "check_operator": "DEFAULT"}, &res)
	if err != nil {
		return fmt.Errorf("check the webhook's host: %w", err)
	}
	if len(res.DNS) == 0 {
		return errCallback
	}
	for _, p := range res.Ping {
		if p.Loss == "100%" {
			return errCallback
		}
	}
	return nil
}
