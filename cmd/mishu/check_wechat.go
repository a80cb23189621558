package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"mishu/bot"
	"mishu/bot/talk"
	"mishu/config"
	"mishu/handlers/sms"
	"mishu/handlers/wechat"
	"mishu/handlers/wechat/wire"
)

// plainClient follows nothing: where the platform answers is set, not found.
func plainClient() *http.Client {
	return &http.Client{
		Transport:     http.DefaultTransport.(*http.Transport).Clone(),
		Timeout:       5 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// todos are what an operator does about the platform's codes for a token.
var todos = map[int]string{
	40013: "MISHU_WECHAT_APPID 抄错了，到公众平台“设置与开发—开发接口管理”重抄",
	40125: "MISHU_WECHAT_SECRET 抄错了或者重置过，重抄 AppSecret",
	41004: "MISHU_WECHAT_SECRET 是空的",
	40243: "AppSecret 被冻结，到公众平台解冻",
	45009: "今天的次数用完了，明天零点以后再试；看是不是有别的程序在不停取令牌",
	50002: "公众号受限，登录公众平台看通知",
	48004: "接口被封，登录公众平台看通知",
}

// listed are the codes that say that this machine's address may not call.
var listed = map[int]bool{40164: true, 61004: true, 89501: true, 89503: true, 89506: true, 89507: true}

// token asks whether the platform gives a token for these keys.
func (k *checkedAccount) token(ctx context.Context) finding {
	err := k.api.Token(ctx)
	code := wechat.CodeOf(err)
	switch {
	case err == nil:
		return good("取得到")
	case listed[code]:
		return bad("见下一条", "取不到，平台不认这台机器的地址（%d）", code)
	case code != 0:
		todo := todos[code]
		if todo == "" {
			todo = "照公众平台的错误码说明办"
		}
		return bad(todo, "取不到，平台回 %d", code)
	}
	return bad("看这台机器能不能上网，MISHU_WECHAT_API 写的是不是 https://api.weixin.qq.com，要不要代理", "连不上平台：%s", plain(err))
}

func (k *checkedAccount) whitelist(ctx context.Context) finding {
	err := k.api.Token(ctx)
	switch code := wechat.CodeOf(err); {
	case err == nil:
		return good("这台机器在名单里")
	case code == 89503 || code == 89506 || code == 89501 || code == 89507:
		return bad("请公众号管理员在手机上点“确认”，再来一遍", "平台在等管理员确认这个地址（%d）", code)
	case listed[code]:
		return bad("公众平台“设置与开发—开发接口管理—IP白名单”加上这台机器出口的地址："+addressIn(err), "这台机器不在名单里（%d）", code)
	}
	return mind("先把“令牌”弄好", "还不晓得")
}

// addressIn is the address that the platform saw, as its message tells it.
func addressIn(err error) string {
	for _, word := range strings.FieldsFunc(err.Error(), func(r rune) bool { return strings.ContainsRune(" ,;，()[]", r) }) {
		word = strings.TrimPrefix(word, "::ffff:")
		if parts := strings.Split(word, "."); len(parts) == 4 && strings.Trim(word, ".0123456789") == "" {
			return word
		}
	}
	return "平台没有讲是哪个，在这台机器上跑 curl ifconfig.me 看"
}

// menu compares what is published with what this version publishes: the menu of
// everybody, and that of each tag.
func (k *checkedAccount) menu(ctx context.Context) finding {
	plan, err := planMenus(ctx, k.api, bot.Menus(k.notices))
	switch {
	case err != nil:
		return bad("照错误码办", "读不到：%s", plain(err))
	case !plan.parts[0].published:
		return bad("跑 mishu menu", "还没有发布")
	case plan.changes():
		return bad("跑 mishu menu，它先给您看改了什么", "发布的和这一版程序的不一样")
	}
	return good("发布的就是这一版的")
}

// templates asks whether the account has the templates that the settings name.
func (k *checkedAccount) templates(ctx context.Context) finding {
	w := k.wechat
	if len(w.Template)+len(w.Subscribe) == 0 {
		return good("没有设模板；两天没讲过话的人，等他下次讲话时捎带")
	}
	for _, kind := range []struct {
		setting string
		want    []config.Template
		have    func(context.Context) ([]string, error)
	}{
		{"MISHU_WECHAT_TEMPLATE", w.Template, k.api.Templates},
		{"MISHU_WECHAT_SUBSCRIBE", w.Subscribe, k.api.SubscribeTemplates},
	} {
		if len(kind.want) == 0 {
			continue
		}
		have, err := kind.have(ctx)
		if err != nil {
			return bad("照错误码办", "读不到：%s", plain(err))
		}
		for _, t := range kind.want {
			if !slices.Contains(have, t.ID) {
				return bad("到公众平台抄一遍模板ID，改 "+kind.setting, "公众号里没有模板 %s", t.ID)
			}
		}
	}
	return good("设置里的模板公众号里都有")
}

// webhook plays the platform: the address has to answer a right signature with
// the words that it was asked for, and to refuse a wrong one.
func (k *checkedAccount) webhook(ctx context.Context) finding {
	public, address := k.config.Public, k.config.Public+k.path
	if public == "" {
		address = "http://" + k.config.Listen + k.path
	}
	token, echo := k.wechat.Token.Reveal(), rand.Text()
	status, body, err := k.verify(ctx, address, token, echo)
	switch {
	case err != nil && public == "":
		return mind("mishu serve 起来以后再查一遍；MISHU_PUBLIC 写上公网地址，就从公网查", "没设 MISHU_PUBLIC，本机 %s 也没有回音", k.config.Listen)
	case err != nil:
		return bad("域名解析、反向代理、证书、防火墙，看哪一样；80 和 443 以外的端口平台不去", "%s 没有回音：%s", address, plain(err))
	case status != http.StatusOK || body != echo:
		return bad("MISHU_WECHAT_TOKEN 和正在跑的那个程序用的是不是同一个？反向代理有没有把 /wechat 转过来、把问号后面的丢了？", "%s 没有照样回话（状态 %d）", address, status)
	}
	if status, body, err = k.verify(ctx, address, "wrong"+token, echo); err == nil && (status == http.StatusOK || body == echo) {
		return bad("那里跑的不是 mishu，或者前面有东西替它答了", "%s 连错的签名也认", address)
	}
	if public == "" {
		return mind("MISHU_PUBLIC 写上公网地址，就从公网查", "本机答得对；公网通不通没有查")
	}
	if err := k.api.CallbackReachable(ctx); err != nil && wechat.CodeOf(err) == 0 {
		return mind("看域名解析和防火墙", "这里答得对，平台却讲它到不了：%s", plain(err))
	}
	return good("%s 答得对", address)
}

// verify asks as the platform does when the webhook's address is entered.
func (k *checkedAccount) verify(ctx context.Context, address, token, echo string) (int, string, error) {
	at, nonce := strconv.FormatInt(k.wall().Unix(), 10), rand.Text()
	query := url.Values{"timestamp": {at}, "nonce": {nonce}, "echostr": {echo}, "signature": {wire.Sign(token, at, nonce)}}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"?"+query.Encode(), nil)
	if err != nil {
		return 0, "", fmt.Errorf("no address")
	}
	res, err := k.client.Do(req)
	if err != nil {
		if e, ok := err.(*url.Error); ok { // its address holds the signature
			err = e.Err
		}
		return 0, "", err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, 1<<10))
	return res.StatusCode, string(body), err
}

// secondChannel asks whether danger has a second way.
func (k *checker) secondChannel(ctx context.Context) finding {
	c := k.config.SMS
	if !c.IsSet() {
		return mind("找一家短信网关，写上 MISHU_SMS_URL 那几项", "没有设网关，急事只发微信")
	}
	g, err := sms.New(sms.Options{URL: c.URL, Method: c.Method, Header: c.Header, Body: c.Body, Secret: c.Secret.Reveal(), Took: c.Taken, Client: k.client})
	if err != nil {
		return bad("改 MISHU_SMS_ 那几项", "网关设得不对：%v", err)
	}
	if k.sms != "" {
		out := g.Text(ctx, talk.SMS{ID: "check", Phone: k.sms, Text: "这是一条试发的短信，没有事。"})
		if out.Verdict != talk.Sent {
			return bad("对着网关的说明看地址、密钥、MISHU_SMS_TAKEN", "试发的没有发成（%s）", out.Verdict)
		}
	}
	switch {
	case c.Copy == "":
		return mind("写上 MISHU_SMS_COPY=/var/lib/mishu/duty.json", "网关设好了；数据库断了再重启，就不晓得值班电话")
	case !folderThere(c.Copy):
		return bad("建好 MISHU_SMS_COPY 的文件夹，归 mishu 这个用户", "值班电话的文件没有地方放：%s", filepath.Dir(c.Copy))
	case k.sms != "":
		return good("试发的发成了")
	}
	return good("网关设好了；要试发一条，跑 mishu check --sms 电话号码")
}

func folderThere(file string) bool {
	info, err := os.Stat(filepath.Dir(file))
	return err == nil && info.IsDir()
}
