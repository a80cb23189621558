package main

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"strings"

	"mishu/config"
	"mishu/handlers/wechat"
)

// checkedAccount is one Official Account as a check looks at it.
type checkedAccount struct {
	*checker
	wechat   config.WeChat
	path     string // of its webhook
	notices  string // the address of its page, "" without
	api      *wechat.API
	tickets  *wechat.TicketSource
	platform *http.Client
}

func newCheckedAccount(k *checker, w config.WeChat, path string) (*checkedAccount, error) {
	transport, err := transportOf(w)
	if err != nil {
		return nil, err
	}
	o := &checkedAccount{checker: k, wechat: w, path: path, platform: &http.Client{Transport: transport}, notices: noticesAddress(w, k.config.Public, path)}
	account, log, store := accountOf(w), slog.New(slog.DiscardHandler), wechat.NewMemoryTokens(k.wall)
	tokens := wechat.NewTokens(account, w.API, store, o.platform, k.wall, log)
	o.api = wechat.NewAPI(account, w.API, tokens, o.platform, wechat.APIOptions{Now: k.wall, Log: log})
	o.tickets = wechat.NewTickets(o.api, store, k.wall, log)
	return o, nil
}

// steps are the questions about the account, with its name behind them where
// there are several.
func (o *checkedAccount) steps(several bool) []step {
	suffix := ""
	if several {
		suffix = "（" + o.wechat.Account + "）"
	}
	all := []step{
		{"令牌", "", o.token},
		{"IP白名单", "", o.whitelist},
		{"菜单", "令牌", o.menu},
		{"模板", "令牌", o.templates},
		{"回调地址", "", o.webhook},
		{"开通知的网页", "令牌", o.page},
	}
	for i := range all {
		all[i].name += suffix
		if all[i].after != "" {
			all[i].after += suffix
		}
	}
	return all
}

// page asks whether the page of subscription notices is there and can be signed.
func (o *checkedAccount) page(ctx context.Context) finding {
	switch {
	case len(o.wechat.Subscribe) == 0:
		return good("没有设订阅通知，用不着")
	case o.notices == "":
		return mind("写上 MISHU_PUBLIC（https://域名）和 MISHU_WECHAT_ACCOUNT（gh_ 开头）", "设了订阅通知，却没有地方让人点“允许”")
	}
	if _, err := o.tickets.Ticket(ctx); err != nil {
		return bad("公众平台“接口权限”里看“JS-SDK”有没有；照错误码办", "取不到签网页的票：%s", plain(err))
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, o.notices, nil)
	if err != nil {
		return bad("改 MISHU_PUBLIC", "不是个地址")
	}
	res, err := o.client.Do(req)
	if err != nil {
		return bad("和“回调地址”一样看", "%s 打不开", o.notices)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, 1<<16))
	here := res.StatusCode == http.StatusOK && strings.Contains(string(body), "微信") || res.StatusCode == http.StatusFound // a pretend platform lets any browser in
	if err != nil || !here {
		return bad("反向代理要把 "+o.path+"/ 下面的也转过来", "%s 不是这个程序的页面（状态 %d）", o.notices, res.StatusCode)
	}
	return good("在 %s；公众平台的 JS安全域名、网页授权域名写了没有，要在手机上点一次才晓得", o.notices)
}
