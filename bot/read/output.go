package read

import (
	"encoding/json"
	"strings"
	"time"
)

// Output is a Reading as `mishu read` writes it. What the line does not say is
// null; only service is an empty list then.
type Output struct {
	ID        json.RawMessage   `json:"id"`
	Intent    Intent            `json:"intent"`
	Service   []Service         `json:"service"`
	Elder     []string          `json:"elder"`
	Ambiguous bool              `json:"elder_ambiguous"`
	When      *string           `json:"when"`
	Grain     *Grain            `json:"when_grain"`
	Minutes   *int              `json:"duration_min"`
	BP        *string           `json:"bp"`
	BPByElder map[string]string `json:"bp_by_elder"`
	Phone     *string           `json:"phone"`
	Ticket    *int              `json:"ticket"`
	Note      *string           `json:"note"`
	Danger    OutputDanger      `json:"danger"`
	Why       []Reason          `json:"why,omitempty"`
}

// OutputDanger is a verdict on danger.
type OutputDanger struct {
	Level Level    `json:"level"`
	Class *Class   `json:"class"`
	Words []string `json:"words"`
}

// The intent that only `mishu read` knows: what a secretary-general orders,
// announces, enters or asks.
const secretaryQuery Intent = "secretary_query"

// output gives the reading in the words of the contract.
func (v *Village) output(g *Reading, c *Context, role string) Output {
	out := Output{Intent: v.intent(g, role), Service: []Service{}, Danger: OutputDanger{Level: g.Danger.Level}}
	if g.Danger.Level != NoDanger {
		out.Danger.Class, out.Danger.Words = &g.Danger.Class, g.Danger.Words
	}
	if out.Intent == Smalltalk {
		return out
	}
	switch out.Intent {
	case RequestHelp, Claim, Complete, Cancel, Query:
		out.Service = outputServices(g)
	}
	out.Elder, out.Ambiguous = v.elders(g, c)
	if g.When.Grain != "" && !beside(g, out.Intent, c.Now) {
		at := g.When.At.In(shanghai).Format(time.RFC3339)
		out.When, out.Grain = &at, &g.When.Grain
	}
	out.Minutes = someInt(g.Minutes)
	switch {
	case len(g.Tickets) > 0:
		out.Ticket = someInt(g.Tickets[0])
	case len(g.Orders) > 0:
		out.Ticket = someInt(g.Orders[0].Ref)
	}
	if len(g.Phones) > 0 {
		out.Phone = &g.Phones[0]
	}
	out.BP, out.BPByElder = v.pressures(g)
	out.Note = noteOf(g)
	return out
}

// intent folds the finer intents of the conversation into the contract's.
func (v *Village) intent(g *Reading, role string) Intent {
	if g.Likely != "" && g.Danger.Level != Strong {
		return g.Likely
	}
	switch g.Intent {
	case Correct:
		if role == "secretary" && len(g.Phones) > 0 {
			return secretaryQuery // she enters another number
		}
		return ReportVisit
	case Decline:
		return Cancel
	case Greeting:
		return Smalltalk
	}
	if role == "secretary" && v.forOffice(g) {
		return secretaryQuery
	}
	switch {
	case g.Intent == Unknown && g.Word == "撤销" && g.Rest == "" && role != "volunteer":
		return Cancel
	case g.Intent == Query:
		return outputQuery(g)
	case g.Intent == Unknown && g.Answer == Ack && len(g.Tickets) > 0 && g.Rest != "" && role == "volunteer":
		return Claim // 13号我可以 上午十点后: a claim with a condition
	case g.Intent == Unknown && (g.Answer == Yes || g.Answer == Ack) && g.Rest == "":
		return Smalltalk
	case g.Intent == Cancel && g.Word == "取消" && g.Rest == "" && len([]rune(g.Text)) <= 3:
		return Unknown // a bare 不要了 cancels what is open, and alone nothing
	}
	return g.Intent
}

// forOffice: what a secretary-general orders, announces, enters or asks is
// secretary_query; her own visits, requests for an elder and small talk are not.
func (v *Village) forOffice(g *Reading) bool {
	switch g.Intent {
	case Order, Query, Claim, Decline, Cancel, Complete, Register:
		return true
	case RequestHelp:
		if len(g.Mentions) == 0 && len(g.Services) == 0 && g.Kin == "" {
			return true // 把这周的请求列个单子给我
		}
		return v.sends(g) || g.Word == officeWord
	case ReportVisit:
		return len(g.Mentions) == 0 // who goes herself says to whom
	}
	return g.Word == officeWord || g.Word == TeachWord || g.Word == ForgetWord || len(g.Tickets) > 0 || g.Intent == Unknown && saysSomething(g)
}

// sends tells whether a helper is named who is to go.
func (v *Village) sends(g *Reading) bool {
	for _, m := range g.Mentions {
		for _, p := range m.People {
			if p > int64(v.listed) {
				return true
			}
		}
	}
	return false
}

// saysSomething leaves out what answers a question or is nothing by itself: a
// bare number, name, day or word.
func saysSomething(g *Reading) bool {
	if g.Answer != NoAnswer || g.Digits != nil || len(g.Phones) > 0 && len([]rune(g.Text)) < 14 {
		return false
	}
	han := 0
	for _, r := range g.Text {
		if isHan(r) {
			han++
		}
	}
	for _, m := range g.Mentions {
		han -= (m.Span.To - m.Span.From) / 3
	}
	if g.When.Grain != "" {
		han -= (g.When.Span.To - g.When.Span.From) / 3
	}
	return han >= 2
}

// outputQuery: a question about one's own matters or open requests is query,
// every other one is for a person.
func outputQuery(g *Reading) Intent {
	switch g.Word {
	case "我的事", "进度", "看望", "名单", "还没看", "没人接的", "电话", "组", "转群":
		return Query
	}
	return Unknown
}

// noteOf keeps what a person should see besides: wishes, findings, reasons,
// conditions.
func noteOf(g *Reading) *string {
	var parts []string
	parts = append(parts, g.Wishes...)
	for _, c := range g.Calls {
		if c.Reason != "" {
			parts = append(parts, c.Reason)
		}
		for _, f := range c.Findings {
			parts = append(parts, f.Words)
		}
	}
	if g.Rest != "" && (g.Intent == Claim || g.Intent == Decline) {
		parts = append(parts, g.Rest)
	}
	if len(parts) == 0 {
		return nil
	}
	note := strings.Join(parts, "，")
	return &note
}
