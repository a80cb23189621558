package bot

import (
	"fmt"
	"strings"
	"time"

	"mishu/bot/book"
	"mishu/bot/tags"
	"mishu/storage"
)

// Button is an entry of the platform's menu. The key of one that is tapped is
// the word that it says, so that every entry can also be typed; a view opens a
// page.
type Button struct {
	Name string   `json:"name"`
	Type string   `json:"type,omitempty"`
	Key  string   `json:"key,omitempty"`
	URL  string   `json:"url,omitempty"`
	Sub  []Button `json:"sub_button,omitempty"`
}

// RoleMenu is the menu of those who have a tag of the platform, "" for
// everybody else.
type RoleMenu struct {
	Tag     string
	Buttons []Button
}

// Menus are an account's menus as the platform wants them: at most three
// entries each, with at most five below one, names of at most four and eight
// characters. The first is everybody's. notices is the address of the page on
// which subscription notices are agreed to; with "" no menu leads there.
func Menus(notices string) []RoleMenu {
	return []RoleMenu{
		{"", []Button{
			tap("我要帮忙", "求助"),
			{Name: "我的事", Sub: []Button{tap("我的事到哪了", "我的事"), tap("看新消息", "看"), tap("怎么用", "帮助")}},
			tap("找人", "人工"),
		}},
		{tags.Helper, []Button{
			{Name: "我来报", Sub: []Button{tap("我看哪些人", "名单"), tap("都看了", "都看了"), tap("做完了", "做完了")}},
			tap("没人接的", "没人接的"),
			{Name: "我的事", Sub: append([]Button{tap("我的事到哪了", "我的事"), tap("我要帮忙", "求助"), tap("看新消息", "看")}, rest(notices)...)},
		}},
		{tags.Office, []Button{
			tap("要我定的", "看"),
			{Name: "村里的事", Sub: []Button{tap("还没看的", "还没看"), tap("没人接的事", "没人接的"), tap("我看哪些人", "名单"), tap("都看了", "都看了")}},
			{Name: "我的事", Sub: append([]Button{tap("我的事到哪了", "我的事"), tap("我要帮忙", "求助"), tap("找人", "人工")}, rest(notices)...)},
		}},
	}
}

func tap(name, word string) Button { return Button{Name: name, Type: "click", Key: word} }

// rest ends the menus of those who work for the village.
func rest(notices string) []Button {
	how := tap("怎么用", "帮助")
	if notices == "" {
		return []Button{how}
	}
	return []Button{{Name: "开通知", Type: "view", URL: notices}, how}
}

// digitsOf are the words that the digits of the menu text mean, by what the
// person is in the village.
func digitsOf(b *book.Book, me int64) []string {
	switch {
	case b.Has(me, storage.Secretary):
		return []string{"看", "还没看", "没人接的", "我的事", "人工"}
	case b.Has(me, storage.Helper, storage.Leader, storage.Doctor):
		return []string{"名单", "没人接的", "我的事", "求助", "人工"}
	}
	return []string{"求助", "我的事", "人工"}
}

var menuNames = map[string]string{
	"求助": "要人帮忙", "我的事": "我的事到哪了", "人工": "找人", "名单": "我看哪些人", "没人接的": "没人接的事", "还没看": "还没看的", "看": "看新消息",
}

// menuText is three lines and a telephone number.
func menuText(b *book.Book, me int64, now time.Time) string {
	var parts []string
	for i, word := range digitsOf(b, me) {
		parts = append(parts, fmt.Sprintf("%d%s", i+1, menuNames[word]))
	}
	return "有事直接讲，像跟人讲话一样。\n" + example(b, me) + "\n" + strings.Join(parts, " ") + "，回数字。" + ring(b, now)
}

func example(b *book.Book, me int64) string {
	switch {
	case b.Has(me, storage.Secretary):
		return "比如“派13给满妹”“还没看”。"
	case b.Has(me, storage.Helper, storage.Leader):
		return "比如“看了桂花婶 40分钟”“接13”“做完了”。"
	}
	return "比如“明天想去镇上看腰，要人陪”。"
}

// ring names a person's telephone.
func ring(b *book.Book, now time.Time) string {
	if phone := b.Office(now); phone != "" {
		return "找人打" + phone + "。"
	}
	return "急病打120。"
}

// greeting answers a greeting at once.
func greeting(b *book.Book, me int64, now time.Time) string {
	name := b.Name(me)
	return name + "，您好。有事直接讲，不晓得怎么用就回“帮助”。" + ring(b, now)
}
