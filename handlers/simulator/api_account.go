package simulator

import (
	"encoding/json"
	"strconv"
)

// userView is what user/info tells; names and pictures have not been among it
// since 2021.
type userView struct {
	Subscribe int    `json:"subscribe"`
	OpenID    string `json:"openid"`
	Language  string `json:"language,omitempty"`
	Time      int64  `json:"subscribe_time,omitempty"`
	Remark    string `json:"remark"`
	Group     int    `json:"groupid"`
	Tags      []int  `json:"tagid_list"`
	Scene     string `json:"subscribe_scene,omitempty"`
}

func (s *Simulator) apiUserInfo(c call) (any, *refusal) {
	person, no := s.addressee(c, c.query.Get("openid"))
	if no != nil {
		return nil, no
	}
	var v userView
	err := s.book.look(person, func(ch *chat) {
		v = userView{OpenID: ch.person.OpenID, Tags: append([]int{}, s.book.tagged[person]...)}
		if ch.following {
			v.Subscribe, v.Language, v.Scene = 1, "zh_CN", "ADD_SCENE_OTHERS"
			v.Time = max(ch.since.Unix(), 0)
		}
	})
	if err != nil {
		return nil, refuse(codeOpenID, "")
	}
	return v, nil
}

func (s *Simulator) apiUserList(call) (any, *refusal) {
	ids := s.book.followers()
	next := ""
	if len(ids) > 0 {
		next = ids[len(ids)-1]
	}
	return map[string]any{
		"total": len(ids), "count": len(ids), "data": map[string]any{"openid": ids}, "next_openid": next,
	}, nil
}

// followers lists the OpenIDs that follow, in the order of their phones.
func (b *book) followers() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	ids := []string{}
	for _, id := range b.order {
		if c := b.chats[id]; c.following {
			ids = append(ids, c.person.OpenID)
		}
	}
	return ids
}

// markFollowers sets Bound to what is true now for everybody with a phone.
func (b *book) markFollowers(people []Person) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i, p := range people {
		if c, ok := b.chats[p.ID]; ok {
			people[i].Bound = c.following
		}
	}
}

// qrCall asks for a QR code.
type qrCall struct {
	Seconds int    `json:"expire_seconds"`
	Action  string `json:"action_name"`
	Info    struct {
		Scene struct {
			ID   json.Number `json:"scene_id"`
			Text string      `json:"scene_str"`
		} `json:"scene"`
	} `json:"action_info"`
}

// maxQRSeconds is how long a temporary code can live: 30 days.
const maxQRSeconds = 2592000

func (s *Simulator) apiQRCode(c call) (any, *refusal) {
	var in qrCall
	if no := c.read(&in); no != nil {
		return nil, no
	}
	scene, ok := in.scene()
	if !ok {
		return nil, refuse(codeScene, "")
	}
	out := map[string]any{"ticket": ticketOf(scene), "url": codeURL(ticketOf(scene))}
	if in.temporary() {
		out["expire_seconds"] = in.Seconds
		if in.Seconds == 0 {
			out["expire_seconds"] = 60
		}
	}
	return out, nil
}

func (in qrCall) temporary() bool { return in.Action == "QR_SCENE" || in.Action == "QR_STR_SCENE" }

// scene is what the code says; numbers up to 100,000 for permanent codes, 32
// bits for temporary ones, else 1 to 64 characters.
func (in qrCall) scene() (string, bool) {
	if in.Seconds < 0 || in.Seconds > maxQRSeconds {
		return "", false
	}
	switch in.Action {
	case "QR_STR_SCENE", "QR_LIMIT_STR_SCENE":
		n := len([]rune(in.Info.Scene.Text))
		return in.Info.Scene.Text, n >= 1 && n <= maxScene
	case "QR_SCENE":
		n, err := strconv.ParseUint(in.Info.Scene.ID.String(), 10, 32)
		return in.Info.Scene.ID.String(), err == nil && n > 0
	case "QR_LIMIT_SCENE":
		n, err := strconv.ParseUint(in.Info.Scene.ID.String(), 10, 32)
		return in.Info.Scene.ID.String(), err == nil && n >= 1 && n <= 100000
	}
	return "", false
}

// apiMedia gives back a picture or a voice message that somebody sent; what it
// refuses, it refuses as JSON.
func (s *Simulator) apiMedia(c call) (any, *refusal) {
	m, ok := readMedium(c.query.Get("media_id"))
	if !ok || s.opt.Now().Sub(m.at) > mediaLife {
		return nil, refuse(codeMedia, "")
	}
	data, kind, err := m.content()
	if err != nil {
		return nil, refuse(codeMedia, "")
	}
	name := "voice.amr"
	if m.kind == "p" {
		name = m.what + ".png"
	}
	return file{name, kind, data}, nil
}
