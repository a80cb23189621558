package read

import "time"

// Intent is what a line is for.
type Intent string

// The intents. Unknown means that the words were not understood; the caller
// asks, it never guesses.
const (
	Unknown     Intent = "unknown"
	RequestHelp Intent = "request_help"
	ReportVisit Intent = "report_visit"
	Claim       Intent = "claim"    // 接13
	Decline     Intent = "decline"  // 不13, 13没空
	Complete    Intent = "complete" // 做完了 40分钟
	Cancel      Intent = "cancel"   // 算了不要了, 取消13
	Query       Intent = "query"    // 还没看, 我的事, 13怎么样了
	Emergency   Intent = "emergency"
	Register    Intent = "register" // 我是3组的李小军
	Order       Intent = "order"    // a secretary's: 2红梅, 派13给满妹
	Correct     Intent = "correct"  // 不是明天 后天吧; 错了，是忠良爹; 改成30分钟
	Greeting    Intent = "greeting"
	Smalltalk   Intent = "smalltalk" // thanks, a bare 好的, small remarks
)

// Service is one of the seven 七助, comfort or other; the code is the one of
// `mishu read` and of the records.
type Service string

// The services.
const (
	Yi      Service = "yi"      // 助医
	Hu      Service = "hu"      // 助护
	Lao     Service = "lao"     // 助劳
	Chu     Service = "chu"     // 助厨
	Xi      Service = "xi"      // 助洗
	Fu      Service = "fu"      // 助扶
	Xue     Service = "xue"     // 助学
	Comfort Service = "comfort" // 心理慰藉
	Other   Service = "other"   // 其他
)

// Answer is a short line that answers a yes-no question, and nothing else.
type Answer string

// The answers. Ack (好 / 收到 / 可以 / 嗯 / 👌) never claims and never closes: it
// counts as Yes only to a yes-no question put to that person.
const (
	NoAnswer Answer = ""
	Yes      Answer = "yes" // 对 是 是的 要得 行 肯
	No       Answer = "no"  // 不是 不对 不 冇
	Ack      Answer = "ack"
)

// Span is a place in the text as it was typed, in bytes.
type Span struct{ From, To int }

// Grain is how fine a time was said.
type Grain string

// The grains.
const (
	Minute Grain = "minute"
	Hour   Grain = "hour"
	Part   Grain = "part" // 早上 08, 上午 09, 中午 12, 下午 15, 傍晚 18, 晚上 20
	Day    Grain = "day"
)

// When is a time that was said. Zero Grain: none was said.
type When struct {
	At    time.Time // Shanghai; for Part the part's conventional hour
	Grain Grain
	Span  Span
}

// Level tells how sure a Danger is.
type Level string

// The levels of danger: strong acts at once, ask puts one question.
const (
	NoDanger Level = "none"
	Ask      Level = "ask"
	Strong   Level = "strong"
)

// Class is the kind of danger, by section N of the village practice.
type Class string

// The classes.
const (
	Life     Class = "life"
	Poison   Class = "poison"
	Fire     Class = "fire" // fire, gas, water
	SelfHarm Class = "selfharm"
	Child    Class = "child"
	Violence Class = "violence"
	Missing  Class = "missing"
	Fraud    Class = "fraud"
	Gone     Class = "gone" // 老人走了: dead, or not come home
)

// Danger is the verdict on a line.
type Danger struct {
	Level Level
	Class Class
	Words []string // which words made it, as typed
	// Weighed is true where no rule found it, only the learned weights.
	Weighed bool
	// Lowered is true where the rules found an alarm and the weights left a question of it.
	Lowered bool
}

// Certain tells whether the danger is more than a doubt that only the weights have.
func (d Danger) Certain() bool { return d.Level == Strong || d.Level == Ask && !d.Weighed }

// Mention is one place where a person of the roster is named.
type Mention struct {
	Span Span
	// People holds the ids of all who fit at the best level at which anybody
	// fits; more than one is a tie, which is asked and never guessed.
	People []int64
	// Exact is true where full-name characters, an alias or a kinship name
	// matched; false where only the sound did.
	Exact bool
	// Denied is true where the person is named to be put right: 不是黄花秀.
	Denied bool
	// Self is true where the speaker names himself: 我是一组的老吴.
	Self bool
	// OtherGroup is true where a group was said and nobody of that name lives
	// in it: the name or the group is wrong.
	OtherGroup bool
}

// Finding is something seen at a visit that others must hear of.
type Finding struct {
	Words  string // as typed: 脚肿穿不得鞋
	Urgent bool   // 两天没吃饭: doctor and secretary at once
	House  bool   // 屋顶漏: of the house, not of a body
	Span   Span
}

// Call is one elder's part of a report: a visit, or an attempt.
type Call struct {
	Mention  Mention // zero: no name was said
	Number   int     // the elder's number in the list that was shown (1 3 4看了); 0: none
	Met      bool
	Reason   string // an attempt's: 门锁着, 没人应, 不肯; "" if not said
	Sign     string // what was heard or seen at a locked door: 电视响
	Health   string // 好 一般 差, "" if not said
	Findings []Finding
}

// Decision is one thing that a secretary-general settles by the number of a line in
// her brief or of a request.
type Decision struct {
	Ref     int
	Do      Doing
	Mention Mention // Assign: who
	When    When    // Note, Later: if one was said
	Rest    string  // Note: her words, as typed
}

// Doing is what a Decision does.
type Doing string

// The doings. A Note is anything else that she writes behind a number.
const (
	Assign Doing = "assign" // 2红梅, 派13给满妹
	Done   Doing = "done"   // 13 完成
	Later  Doing = "later"  // 3晚点
	Note   Doing = "note"   // 1 木工讲后天来
)

// Reading is everything that was understood of one line.
type Reading struct {
	Text   string // as typed
	Intent Intent
	// Likely is what the learned weights take the line for, rules and all: an intent of
	// the contract, "" where they were not asked. Where Intent is Unknown beside it, a
	// conversation asks about it and does not act on it.
	Likely Intent
	// Word is the word that the line is or begins with, in its canonical form:
	// a section [whole X] or [query X] of words/. For every state 帮助 菜单 取消 退出
	// 改 撤销 人工 继续; for questions 还没看 我的事 名单 看 电话 进度 看望 食堂 钱 明细 政策 哪个听得到
	// 隐私 你是谁 骗子 投诉 转群 组; as answers 看了 没见到 都看了 做完 完 接 不接 晚点 随便
	// 晓得 不晓得 认识 不认识 通了 没人接 错号 全对 在 打了 过世 没事. "" if none.
	Word     string
	Danger   Danger
	Answer   Answer
	Services []Service
	Mentions []Mention
	Calls    []Call // ReportVisit: one each, in the order said
	// All is set for lists by exception: "都看了，除了3号" has All and Except.
	All      bool
	Except   []int // numbers of the list that was shown
	ExceptOf []Mention
	When     When
	Minutes  int   // 0: not said
	Tickets  []int // 接13, 13号; never a date, a house or a telephone
	Digits   []int // a line that is nothing but digits: "1 3 4"
	Phones   []string
	Vitals   []Vital  // blood pressure and its like, in the order of the kinds
	Group    int      // 3组; 0: not said
	Urgent   bool     // 急, 快点, 马上, 断电断水断粮
	Self     bool     // the speaker asks for himself: 我想, 我家
	Kin      string   // 我爸, 我娘, 我屋里老娘: "father", "mother", ...
	Wishes   []string // what is asked for besides: 要人陪, 有车更好
	Rest     string   // what follows a claim or an answer: a condition, kept and shown
	Late     bool     // 补, or a day before today: a report of an earlier day

	Fix    bool       // something said before is put right: 错了, 不是…, 改成30分钟
	AnyDay bool       // 随便哪天, 这两天: no day was fixed and none is needed
	KinIDs []int64    // who Kin is, from those the speaker speaks for or lives with; may be several or none
	Name   string     // Register: the name given, as typed
	As     string     // what the speaker is to the person named: "child" in 我是刘满生的崽
	Orders []Decision // Intent Order
}
