package config

import (
	"errors"
	"fmt"
	"os"
	"strings"
)

// more reads the further accounts, a file each.
func (r *reader) more(first WeChat, need Need) []WeChat {
	var all []WeChat
	for path := range strings.SplitSeq(r.text("MISHU_WECHAT_MORE"), ",") {
		if path = strings.TrimSpace(path); path != "" {
			all = append(all, r.further(path, len(all)+1, first, need))
		}
	}
	return all
}

const noAccount = "MISHU_WECHAT_ACCOUNT is missing: several accounts are told apart by it, write the original id, which begins with gh_"

// further reads the nth file, and the account in it. Its mistakes name the file
// by its number, as somebody may have put a secret where its path belongs. What
// is about the place and not about the account is as for the first one where the
// file does not say otherwise.
func (r *reader) further(path string, n int, first WeChat, need Need) WeChat {
	s, mistakes := gather(nil, path)
	own := reader{settings: s, mistakes: mistakes}
	for name := range s {
		if !strings.HasPrefix(name, "MISHU_WECHAT_") || name == "MISHU_WECHAT_MORE" {
			own.wrong("%s does not belong there: a further account has MISHU_WECHAT_ settings alone", name)
		}
	}
	w := WeChat{}
	if len(s) > 0 || len(mistakes) == 0 {
		w = own.wechat(need)
		if w.Account == "" && !own.given("MISHU_WECHAT_ACCOUNT") && need >= Account {
			own.wrong(noAccount)
		}
	}
	if !own.given("MISHU_WECHAT_API") {
		w.API = first.API
	}
	if !own.given("MISHU_WECHAT_OPEN") {
		w.Open = first.Open
	}
	if !own.given("MISHU_WECHAT_PROXY") {
		w.Proxy = first.Proxy
	}
	for _, mistake := range own.mistakes {
		if e := (*os.PathError)(nil); errors.As(mistake, &e) {
			mistake = fmt.Errorf("it cannot be read: %w", e.Err)
		}
		r.wrong("file %d of MISHU_WECHAT_MORE: %w", n, mistake)
	}
	return w
}

// apart checks that no two accounts are the same one.
func (r *reader) apart(c Config) {
	if len(c.More) > 0 && c.WeChat.Account == "" && !r.given("MISHU_WECHAT_ACCOUNT") {
		r.wrong(noAccount)
	}
	seen := map[string]bool{}
	for _, w := range append([]WeChat{c.WeChat}, c.More...) {
		for _, id := range []string{w.AppID, w.Account} {
			if id != "" && seen[id] {
				r.wrong("two of the accounts are the same one: MISHU_WECHAT_APPID and MISHU_WECHAT_ACCOUNT differ in each file")
				return
			}
			seen[id] = true
		}
	}
}
