package alert

import (
	"slices"
	"strings"
	"time"

	"mishu/bot/book"
	"mishu/bot/read"
)

// line120 is what is said in each class: which number, what comes before it and
// what after it. First aid is never given beyond 听医生讲怎么做 (settled.md 1);
// the texts are those of village practice N.
type line120 struct {
	number string
	before string // stands before the number
	after  string
	where  bool // what to say at the telephone is given
	car    bool // somebody has to wait for the car
}

// fixed are the words of each class. They change with the county's approval
// only.
var fixed = map[read.Class]line120{
	read.Life:     {number: "120", where: true, car: true, after: "听医生讲怎么做。"},
	read.Poison:   {number: "120", where: true, car: true, after: "药瓶带上，听医生讲怎么做。"},
	read.Fire:     {number: "119", before: "人先出来，", where: true, car: true},
	read.SelfHarm: {number: "120", before: "找个人陪着，莫一个人待着。马上有危险", after: "心里难受打12356，有人听您讲。"},
	read.Child:    child,
	cadre:         child,
	childCounty:   child,
	read.Violence: {number: "110", before: "有危险", where: true, after: "妇女维权热线12338。"},
	read.Missing:  {number: "110", where: true, after: "讲清最后在哪里看到、穿什么衣服。"},
	read.Fraud:    {number: "110", before: "莫转钱，莫报验证码，", after: "打了再讲。"},
	fromAfar:      {number: "120", where: true},
	noContact:     {number: "110", where: true},
	read.Gone:     {number: "110", where: true, after: "讲清最后在哪里看到、穿什么衣服。"},
}

// child is said in both classes of a child in danger.
var child = line120{number: "110", before: "孩子有危险", after: "您讲的会保密。"}

// water are the signs of the fire class in which nobody can step out.
var water = []string{"水", "淹", "溺", "塘", "河", "井"}

func (s scene) line() line120 {
	l, known := fixed[s.Class]
	if !known {
		l = fixed[read.Life]
	}
	wet := slices.ContainsFunc(s.Signs, func(sign string) bool {
		return slices.ContainsFunc(water, func(w string) bool { return strings.Contains(sign, w) })
	})
	if s.Class == read.Fire && wet {
		l.before = ""
	}
	return l
}

// saidOutside are the signs as 120 understands them: a village's own word is said
// as what it means.
func (s scene) saidOutside() string {
	if s.b == nil {
		return signs(s.Signs)
	}
	return s.b.Known(signs(s.Signs))
}

// text is the whole reply; told says who hears of it.
func (s scene) text(told string) string {
	l := s.line()
	out := s.call(l)
	if l.where {
		out += s.tell(l)
	}
	return out + l.after + told
}

// call begins with what to do. Whoever is or may be far away is never told only
// the short number.
func (s scene) call(l line120) string {
	const relayed = "，请村里打"
	if l.number == "110" && !l.where { // for the speaker himself, wherever he is
		if phone := s.setting(book.FraudPhone); phone != "" && s.Class == read.Fraud {
			return l.before + "打" + phone + "或110！"
		}
		return l.before + "打" + l.number + "！"
	}
	switch s.distance() {
	case far:
		return "您在外地，" + l.number + "通的是外地：" + s.relay(l, relayed+l.number) + "。"
	case perhaps:
		return l.before + first(l) + "打" + l.number + "！您要是在外地，" + l.number + "通的是外地：" + s.relay(l, relayed+l.number) + "。"
	}
	return l.before + first(l) + "打" + l.number + "！"
}

func first(l line120) string {
	if l.before == "" {
		return "先"
	}
	return ""
}

// relay names who can ring for somebody far away: only telephones that somebody
// answers at this hour (settled.md 2).
func (s scene) relay(l line120, please string) string {
	var ways []string
	if phone := s.duty(); phone != "" {
		ways = append(ways, "快打值班"+phone+please)
	}
	if phone := s.firstAid(); phone != "" && l.number == "120" {
		ways = append(ways, "县急救直拨"+phone)
	}
	if len(ways) == 0 {
		return "快打村里的亲戚邻居" + please
	}
	return strings.Join(ways, "；")
}

// tell is what to say at the telephone, and who waits for the car.
func (s scene) tell(l line120) string {
	if !l.car {
		return "讲：“" + s.address() + "，" + s.saidOutside() + "。”"
	}
	return "讲：“" + s.address() + "，" + s.saidOutside() + "，村口有人接车。”叫个人去村口等车。"
}

// Fixed is what a danger is answered with while no record can be written: the
// same words, from the copy of the village that is in memory (b may be nil), and
// nobody is said to be told. person is who speaks, 0 if unknown.
func Fixed(d read.Danger, b *book.Book, now time.Time, person int64) string {
	s := scene{report: report{Class: d.Class, Signs: d.Words}, b: b, now: now, speaker: person}
	return s.text(s.unsent())
}

// unsent says honestly that the village does not know yet, and whom to ring.
func (s scene) unsent() string {
	if s.b == nil {
		return "村里还不晓得，请喊邻居来。"
	}
	if phone := s.duty(); phone != "" {
		return "这边一时记不上，村里还不晓得，请再打值班" + phone + "。"
	}
	return "这边一时记不上，村里还不晓得，请喊邻居来。"
}
