package read

import "slices"

// hearsay holds for 听说毒蘑菇死了人 我们这边有吗: something heard of and asked about.
func (l *line) hearsay() bool {
	return (l.is(0, "听说") || l.is(0, "听讲") || l.is(0, "有人说")) && (l.endsAskingAny() || l.endsAsking() || l.shows("whether?"))
}

// lured are the sets of what happens to people online: 网上 tells no story there.
var lured = map[string]bool{"fraudster": true, "bait": true, "cheated": true, "cheatedwith": true, "fraud": true, "told": true, "toldpay": true, "meets": true, "underage": true, "toucher": true, "touches": true, "little": true, "runaway": true}

// lesson tells whether the line is about a lesson, something far away or a title 《》, anywhere in it.
func (l *line) lesson() bool {
	if !l.lessonKnown {
		l.lessonKnown, l.isLesson = true, l.offWord("teach", 0, len(l.Runes)) || l.offWord("afar", 0, len(l.Runes)) || slices.Contains(l.Runes, '《')
	}
	return l.isLesson
}

// headed tells whether a heading opens the line that makes all of it talk: 讲座内容：.
func (l *line) headed() bool {
	for i := 0; i < len(l.Runes) && i < 12; i++ {
		if l.Runes[i] == ':' {
			return l.offWord("talk", 0, i)
		}
	}
	return false
}

// shownAfter holds for 跳楼视频 and 癫痫的药: what stands behind makes it a film, a
// piece of news or a remedy.
func (l *line) shownAfter(h hit) bool {
	for _, g := range l.offsIn(h.to, h.to+1) {
		if g.value == "shown" {
			return true
		}
	}
	return false
}
