package read

import "strings"

// asCancel reads 算了算了 我外孙来了 不要她来了.
func (l *line) asCancel(out *Reading, names []found) bool {
	h, ok := l.first(kindVerb, "cancel")
	if ok && l.machineBefore(h) {
		ok = false
	}
	if !ok && out.Word != "取消" && !l.mood.cancel && !l.givenUp(out) {
		return false
	}
	if l.neighbourly(out, names) {
		return false // 他屋顶补漏我包干 不用派人
	}
	if l.c.Speaker.Role == "volunteer" && l.mood.claim && (!ok || h.from != l.mood.claimAt) && !l.mood.decline {
		return false // 这种天气老人家莫出门了，药我替他跑
	}
	if ok && l.settles(h, out) {
		out.Intent = Correct
		return true
	}
	if ok && h.from > 0 && l.firstVerb("help", "cancel") && len(out.Services) > 1 {
		return false
	}
	out.Intent = Cancel
	return true
}

// givenUp holds for an asker's 复查不去了: what he would have done is off.
func (l *line) givenUp(out *Reading) bool {
	if l.helper() || l.mood.want || len(out.Services) == 0 {
		return false
	}
	for _, h := range l.all(kindVerb, "decline") {
		if r := l.at(h.to); r == '了' || r == '哒' || l.Runes[h.to-1] == '了' || l.is(h.from, "退了") {
			return true
		}
	}
	return false
}

// settles reads 还是后天来算了: behind another time 算了 takes nothing back.
func (l *line) settles(h hit, out *Reading) bool {
	word := l.part(h.from, h.to)
	if word != "算了" && word != "算哒" || out.When.Grain == "" || l.begins(h.from) {
		return false
	}
	return strings.HasPrefix(string(l.Runes), "还是") || strings.HasPrefix(string(l.Runes), "改")
}

// asRequest reads a wish for help: a kind of help is named, or somebody is
// asked for.
func (l *line) asRequest(out *Reading, names []found) bool {
	if (l.shows("public") || l.howTo()) && !l.asksPeople() || l.advert(out) {
		return false
	}
	if l.helper() && l.weak && !l.mood.want && len(names) == 0 && l.has(kindVerb, "reason") {
		return false // 我下个星期去女儿家住
	}
	if (l.weak || l.thingOnly) && !l.mood.want && !l.needful && !l.unable() && !l.shows("cannot") && (l.asksPlainly() || l.endsAskingDone()) {
		return false // 学校哪天放假, 电费涨了没
	}
	if l.helper() && l.tells(names) {
		return false // 满爷爷腿好些 能下地走走 菜也浇了
	}
	if len(out.Services) > 0 {
		if l.has(kindVerb, "complete") && l.completed() && !l.isHelp() || l.ill && (l.has(kindVerb, "decline") || out.Danger.Level == Ask && !l.isHelp()) {
			return false
		}
		out.Intent = RequestHelp
		return true
	}
	if l.has(kindVerb, "decline") && !l.asksPeople() || l.claimFirst() {
		return false
	}
	if asker := l.c.Speaker.Role == "elder" || l.c.Speaker.Role == "family" || l.stranger(); asker && (!l.mood.ask && (!l.questionWord() || l.shows("cannot") || l.shows("vague") || l.unable()) || l.shows("handset") && l.shows("howdo")) && l.needsSomething() {
		out.Intent, out.Services = RequestHelp, l.namedThing(2)
		return true
	}
	if l.asksPeople() || out.Urgent && (len(names) > 0 || out.Kin != "") {
		out.Intent, out.Services = RequestHelp, l.namedThing(2)
		return true
	}
	return false
}

// howTo tells whether the line asks how, where, when or for how much something is to
// be had, and for nobody to do it: 养老认证怎么弄啊, 去县城的末班车几点.
func (l *line) howTo() bool {
	if l.shows("handset") && l.shows("howdo") && (l.c.Speaker.Role == "elder" || l.c.Speaker.Role == "family") {
		return false // 收款码何么弄: it is shown him
	}
	return l.shows("howto") && !l.mood.want && !l.shows("cannot") && !l.shows("earlier")
}

// needsSomething: a villager who tells what is wrong in his house, or that he wants
// or cannot do something, asks for help though no kind of it is named.
func (l *line) needsSomething() bool {
	if l.has(kindWish, "") || l.shows("cannot") || l.unable() || l.troubled() {
		return true
	}
	if l.shows("handset") && l.shows("howdo") {
		return true
	}
	return l.mood.want && l.shows("need")
}

// asksPeople tells whether the words for help are more than a bare 要 or 想.
func (l *line) asksPeople() bool {
	for _, h := range l.hits {
		if h.kind == kindVerb && h.value == "help" && (h.to-h.from > 1 || l.Runes[h.from] == '帮') && !l.refused(h.from) && l.personAsked(h) {
			return true
		}
	}
	return false
}

// sendsFor tells whether a line asks for somebody to come, whoever says it: 要人, 找个人.
func (l *line) sendsFor() bool {
	for _, h := range l.hits {
		if h.kind == kindService && l.isOneOf(h.from, "请喊叫派") && !l.refused(h.from) {
			return true // 请村医
		}
		if h.kind != kindVerb || h.value != "help" {
			continue
		}
		if (l.Runes[h.to-1] == '人' || l.at(h.to) == '人') && l.isOneOf(h.from, "要找派请求来喊") && !l.refused(h.from) {
			return true
		}
	}
	return false
}

// personAsked leaves out helpless words that ask for nothing: 我想, 我要, 没人.
func (l *line) personAsked(h hit) bool {
	switch l.part(h.from, h.to) {
	case "我想", "我要", "没人", "冇人", "没有人", "没得人", "冇得人", "有事", "想要", "麻烦", "行吗", "可以吗", "行不", "可以不", "要得不", "行不行", "可以么", "得不", "需要", "希望", "让人", "叫人", "冇得":
		return false
	}
	return true
}
