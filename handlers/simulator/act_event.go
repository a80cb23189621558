package simulator

import (
	"encoding/base64"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxScene is the longest scene string of a QR code, in characters.
const maxScene = 64

func happened(name, key string, more ...node) []node {
	return append([]node{quoted("MsgType", "event"), quoted("Event", name), quoted("EventKey", key)}, more...)
}

func note(text, opens string) bubble {
	return bubble{From: fromSystem, Kind: kindNote, Text: text, Opens: opens}
}

// planClick is a tap on a menu item. Opening a page opens no window; the
// others do.
func (s *Simulator) planClick(a act) (plan, error) {
	if a.Key == "" {
		return plan{}, badAct("菜单没有这一项")
	}
	p := plan{isEvent: true, bubble: note("点了菜单“"+a.Name+"”", opensTapped)}
	switch a.Button {
	case "click":
		p.bodies = [][]node{happened("CLICK", a.Key)}
	case "view":
		p.bubble = note("点了菜单“"+a.Name+"”，手机上会打开："+a.Key, "")
		p.bodies = [][]node{happened("VIEW", a.Key)}
	case "scancode_push", "scancode_waitmsg":
		if a.Text == "" {
			return plan{}, badAct("扫到了什么？先填上")
		}
		p.bodies = [][]node{happened(a.Button, a.Key,
			group("ScanCodeInfo", quoted("ScanType", "qrcode"), quoted("ScanResult", a.Text)))}
	default:
		return plan{}, badAct("这种菜单在这里点不了")
	}
	return p, nil
}

// planScan: a follower's scan is SCAN; anybody else's follows, with the scene.
func (s *Simulator) planScan(a act) (plan, error) {
	scene := strings.TrimSpace(legal(a.Key))
	if n := utf8.RuneCountInString(scene); n == 0 || n > maxScene {
		return plan{}, badAct("二维码内容要1到64个字")
	}
	following := false
	if err := s.book.look(a.Person, func(c *chat) { following = c.following }); err != nil {
		return plan{}, err
	}
	p := plan{isEvent: true, bubble: note("扫了二维码“"+scene+"”", opensTapped)}
	if following {
		p.bodies = [][]node{happened("SCAN", scene, quoted("Ticket", ticketOf(scene)))}
		return p, nil
	}
	p.bubble.Text += "，关注了公众号"
	p.also = s.following(a.Person, true)
	p.bodies = [][]node{happened("subscribe", "qrscene_"+scene, quoted("Ticket", ticketOf(scene)))}
	return p, nil
}

func (s *Simulator) planFollow(a act) (plan, error) {
	return plan{
		isEvent: true, bubble: note("关注了公众号", opensTapped), also: s.following(a.Person, true),
		bodies: [][]node{happened("subscribe", "")},
	}, nil
}

func (s *Simulator) planUnfollow(a act) (plan, error) {
	return plan{
		isEvent: true, bubble: note("取消了关注", ""), also: s.following(a.Person, false),
		bodies: [][]node{happened("unsubscribe", "")},
	}, nil
}

func (s *Simulator) following(person string, on bool) []entry {
	return []entry{{Follow: &followChange{person, on, s.opt.Now()}}}
}

// planConsent is the person's answer where a page of the account asks whether
// it may send a subscription notice.
func (s *Simulator) planConsent(a act) (plan, error) {
	if a.Template == "" {
		return plan{}, badAct("没有这个通知")
	}
	status, words, add := "reject", "不肯收“", refused
	if a.Accept {
		status, words, add = "accept", "肯收一次“", 1
		if s.template(a.Template).Long {
			words, add = "肯一直收“", longTerm
		}
	}
	list := group("List", quoted("TemplateId", a.Template), quoted("SubscribeStatusString", status), number("PopupScene", 1))
	return plan{
		isEvent: true,
		bubble:  note(words+s.template(a.Template).Title+"”", ""),
		also:    []entry{{Consent: &consentChange{a.Person, a.Template, add}}},
		bodies: [][]node{{
			quoted("MsgType", "event"), quoted("Event", "subscribe_msg_popup_event"),
			group("SubscribeMsgPopupEvent", list),
		}},
	}, nil
}

// hasTemplate tells whether the account has a template; one that announced none
// has any.
func (s *Simulator) hasTemplate(id string) bool {
	return len(s.opt.Templates) == 0 || slices.ContainsFunc(s.opt.Templates, func(t Template) bool { return t.ID == id })
}

// template finds a template by its ID; one that was not announced has a
// general title and needs consent each time.
func (s *Simulator) template(id string) Template {
	for _, t := range s.opt.Templates {
		if t.ID == id {
			return t
		}
	}
	return Template{ID: id, Title: "服务提醒"}
}

// ticketOf is the ticket of a QR code; it carries its scene.
func ticketOf(scene string) string {
	return "gQ" + base64.URLEncoding.EncodeToString([]byte("scene:"+scene))
}

// sceneOf is the scene of a ticket that was given out here.
func sceneOf(ticket string) (string, bool) {
	raw, err := base64.URLEncoding.DecodeString(strings.TrimPrefix(ticket, "gQ"))
	scene, ours := strings.CutPrefix(string(raw), "scene:")
	return scene, err == nil && ours && strings.HasPrefix(ticket, "gQ")
}

// codeURL is what the picture of a code says.
func codeURL(ticket string) string { return "http://weixin.qq.com/q/" + ticket }
