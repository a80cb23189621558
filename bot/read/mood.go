package read

// A mood is what the words of a line, taken together, show about its purpose,
// before it is weighed who says it.
type mood struct {
	claim   bool // 接13, 归我, 我来跑
	claimAt int  // where
	commit  bool // he only says what he will do
	decline bool // 去不成, 没空, 换个人
	done    bool // 洗好晾起了, 完成
	loosely bool // done is told of by 了 alone: 剪了指甲 15分钟
	cancel  bool // 不用来了, 取消
	ask     bool // a question about how a matter stands
	want    bool // something is asked for
	office  bool // 通知, 名单里加
}

// feel finds the mood of the line.
func (l *line) feel() {
	m := &l.mood
	*m = mood{}
	m.want = l.isHelp()
	m.claimAt, m.claim = l.claims()
	waits := m.claim && l.is(m.claimAt, "等我")
	h, done := l.done()
	done = done && !(l.helper() && l.comingDay() && !l.isOneOf(h.to, "了哒咧咯")) // 明天去镇上 顺手带回来
	m.done = !waits && (done || l.completed())
	if !m.done && !waits && l.did() {
		m.done, m.loosely = true, true
	}
	if !m.claim && !m.done {
		m.claimAt, m.claim = l.commits()
		m.commit = m.claim
	}
	m.decline = l.declines()
	if at, ok := l.limited(); ok && m.decline {
		m.decline, m.claim, m.claimAt = false, true, at
	}
	m.cancel = l.cancels() || l.unwanted() && !l.asksBefore()
	m.ask = l.asking() || !l.shows("able") && (l.shows("when?") || l.shows("who?") || l.shows("howmany?") || l.shows("whether?")) || l.endsAskingDone()
	m.office = l.has(kindVerb, "office") || l.office() && l.has(kindVerb, "notice") && !l.thanks() && !l.has(kindVerb, "chat")
}

// helper tells whether the speaker is somebody who takes and reports work; the
// line of a villager who says 我去 offers nothing.
func (l *line) helper() bool {
	return l.byHelper
}

func (l *line) office() bool { return l.c.Speaker.Role == "secretary" }
