package bot

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"mishu/bot/book"
	"mishu/storage"
)

// Button is an entry of the platform's menu. Its key is the word that it says,
// so that every entry can also be typed.
type Button struct {
	Name string   `json:"name"`
	Type string   `json:"type,omitempty"`
	Key  string   `json:"key,omitempty"`
	Sub  []Button `json:"sub_button,omitempty"`
}

// Menu is the account's menu as the platform wants it: at most three entries,
// each with at most five below it, names of at most four and eight characters.
func Menu() []Button {
	tap := func(name, word string) Button { return Button{Name: name, Type: "click", Key: word} }
	return []Button{
		tap("我要帮忙", "求助"),
		{Name: "我来报", Sub: []Button{
			tap("我看哪些人", "名单"), tap("都看了", "都看了"), tap("没人接的事", "没人接的"), tap("做完了", "做完了"),
		}},
		{Name: "我的事", Sub: []Button{
			tap("我的事到哪了", "我的事"), tap("还没看的", "还没看"), tap("看新消息", "看"), tap("找人", "人工"), tap("怎么用", "帮助"),
		}},
	}
}

// MenuJSON is the menu as the body of menu/create.
func MenuJSON() []byte {
	raw, err := json.Marshal(map[string]any{"button": Menu()})
	if err != nil {
		panic(err) // strings and slices always marshal
	}
	return raw
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
