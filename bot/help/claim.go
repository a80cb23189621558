package help

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/bot/say"
	"mishu/storage"
)

// askedDays is how long a volunteer's "接" without a number still reaches back.
const askedDays = 7 * 24 * time.Hour

// Claim hears 接13. It is the one place where a request gets a holder.
func Claim(t *line.Turn) (line.Answer, error) {
	if m := t.Read.Mentions; len(t.Read.Tickets) == 0 && len(m) > 0 && t.Book.OwnFamily(t.Me, m[0].People) {
		return line.Answer{}, nil // 我带可欣去: his own grandchild
	}
	if !t.Is(storage.Helper, storage.Leader, storage.Secretary, storage.Doctor, storage.Chair) {
		if helps, err := mine(t); err != nil || len(helps) > 0 && strings.Contains(t.Read.Text, "自己") {
			if err != nil {
				return line.Answer{}, err
			}
			return Cancel(t) // 我自己来: she needs nobody any more
		}
		return line.Say("多谢您有心。先跟" + t.Book.Called() + "讲一声，登记成志愿者就能接了。"), nil
	}
	h, answer, err := meant(t, askTaker)
	if err != nil || answer.Handled() {
		return answer, err
	}
	return take(t, h)
}

// meant finds the request a volunteer speaks of: by its number, else the only
// one he was asked about.
func meant(t *line.Turn, question string) (storage.Help, line.Answer, error) {
	if len(t.Read.Tickets) > 0 {
		return numbered(t, t.Read.Tickets[0])
	}
	open, err := openAsks(t)
	if err != nil {
		return storage.Help{}, line.Answer{}, err
	}
	switch len(open) {
	case 0:
		return lastAsked(t)
	case 1:
		return lock(t, open[0].ID)
	}
	var numbers []string
	for _, h := range open {
		numbers = append(numbers, strconv.Itoa(h.Number)+"号"+say.Services[h.Service])
	}
	text := "是哪一件？" + say.List(numbers) + "，回“接" + strconv.Itoa(open[0].Number) + "”这样。"
	return storage.Help{}, t.Question(line.Question{Line: name, Name: question, Text: text}), nil
}

// lastAsked is what somebody was asked about last, to tell him how it stands.
func lastAsked(t *line.Turn) (storage.Help, line.Answer, error) {
	asks, err := t.In.AskedLately(t.Me, storage.At(t.Now().Add(-askedDays)))
	if err != nil {
		return storage.Help{}, line.Answer{}, err
	}
	for _, a := range asks {
		if a.State == storage.AskSent || a.State == storage.AskTook {
			return lock(t, a.Help)
		}
	}
	return storage.Help{}, line.Say("现在没有等您接的事。讲号码也行，比如“接13”。"), nil
}

func numbered(t *line.Turn, number int) (storage.Help, line.Answer, error) {
	h, found, err := t.In.HelpNumbered(number)
	if err != nil {
		return h, line.Answer{}, err
	}
	if !found {
		return h, line.Say(fmt.Sprintf("没有%d号这件事。问一下号码？", number)), nil
	}
	return lock(t, h.ID)
}

func lock(t *line.Turn, id int64) (storage.Help, line.Answer, error) {
	h, _, err := t.In.LockHelp(id)
	return h, line.Answer{}, err
}

// openAsks are the open requests that the speaker was asked about lately.
func openAsks(t *line.Turn) ([]storage.Help, error) {
	asks, err := t.In.AskedLately(t.Me, storage.At(t.Now().Add(-askedDays)))
	if err != nil {
		return nil, err
	}
	var open []storage.Help
	seen := map[int64]bool{} // somebody may be asked in several rounds
	for _, a := range asks {
		if a.State == storage.AskDeclined || seen[a.Help] {
			continue
		}
		seen[a.Help] = true
		h, found, err := t.In.Help(a.Help)
		if err != nil {
			return nil, err
		}
		if found && h.State == storage.Open {
			open = append(open, h)
		}
	}
	return open, nil
}

// answerTaker hears a bare number after "是哪一件".
func answerTaker(t *line.Turn, _ line.Question) (line.Answer, error) {
	if len(t.Read.Tickets) == 0 && len(t.Read.Digits) == 1 {
		t.Read.Tickets = t.Read.Digits
	}
	if len(t.Read.Tickets) == 0 {
		return line.Answer{}, nil
	}
	t.Close()
	return Claim(t)
}

// take gives a locked request to the speaker, by its state.
func take(t *line.Turn, h storage.Help) (line.Answer, error) {
	switch {
	case h.State == storage.Taken && h.Holder == t.Me:
		return line.Say(fmt.Sprintf("%d号是您接的：%s。", h.Number, errand(t.Book, h, t.Now()))), nil
	case h.State == storage.Taken:
		return line.Say(fmt.Sprintf("%d号%s已经接了，多谢您。", h.Number, t.Book.Name(h.Holder))), nil
	case h.State == storage.Held && h.Holder != t.Me:
		return reserve(t, h)
	case h.State == storage.Unclear:
		return line.Say(fmt.Sprintf("%d号还没问清楚，问清了再叫您，多谢。", h.Number)), nil
	case !h.Running():
		return line.Say(fmt.Sprintf("%d号已经不要人了，多谢您。", h.Number)), nil
	}
	if terms := terms(t.Read); terms != "" {
		return hold(t, h, terms)
	}
	return give(t, h)
}

// terms is the condition of a claim: "不过我要九点半以后".
func terms(r read.Reading) string {
	said := strings.TrimLeft(strings.TrimSpace(r.Rest), "，,。 不过但是就只")
	whom := strings.HasPrefix(said, "她") || strings.HasPrefix(said, "他") || strings.HasPrefix(said, "老人")
	if utf8.RuneCountInString(said) < 2 || whom && !conditional.MatchString(said) { // 王桂香的被子我去洗, 我去接她回来
		return ""
	}
	return said
}

// conditional are words in which a claim is bound to something.
var conditional = regexp.MustCompile(`要|得|点|等|先|如果|除非|自己|只|不`)

// give makes the speaker the holder.
func give(t *line.Turn, h storage.Help) (line.Answer, error) {
	if err := settle(t, &h, t.Me); err != nil {
		return line.Answer{}, err
	}
	if err := tellAsker(t, h); err != nil {
		return line.Answer{}, err
	}
	if err := tellAssigner(t, h, "接了"); err != nil {
		return line.Answer{}, err
	}
	first, err := askFirst(t, h)
	if err != nil {
		return line.Answer{}, err
	}
	return line.Say(fmt.Sprintf("%d号归您了，多谢。%s。"+first+"做完回“做完了 40分钟”，去不成回“不%d”。", h.Number, errand(t.Book, h, t.Now()), h.Number)), nil
}

// hold keeps a request for somebody who would come on a condition, while the
// elder is asked about it.
func hold(t *line.Turn, h storage.Help, terms string) (line.Answer, error) {
	until := t.Book.Waking(t.Now(), 2*time.Hour)
	h.State, h.Holder, h.Terms = storage.Held, t.Me, clip(terms, 100)
	h.HeldUntil, h.NextAt = storage.At(until), storage.At(until)
	if err := t.In.SaveHelp(h); err != nil {
		return line.Answer{}, err
	}
	if err := t.In.LogHelp(h.ID, t.Me, "would", t.Read.Text); err != nil {
		return line.Answer{}, err
	}
	err := t.Owe(storage.Notice{
		Person: h.Asker, Account: h.Account, OpenID: h.OpenID, Kind: noteTerms, Subject: subject(h.ID), Period: strconv.FormatInt(t.Me, 10),
		Weight: storage.Direct, Lead: "您托的事要问您一句，回“看”",
		Words: fmt.Sprintf("%d号%s肯来，%s讲“%s”。行吗？", h.Number, t.Book.Name(t.Me), t.Book.They(t.Me), h.Terms),
	})
	if err != nil {
		return line.Answer{}, err
	}
	return line.Say(fmt.Sprintf("%d号“%s”行不行，我问下那边。先给您留到%s。", h.Number, h.Terms, say.Clock(until))), nil
}

// reserve remembers the first who would step in.
func reserve(t *line.Turn, h storage.Help) (line.Answer, error) {
	if h.Reserve == 0 {
		h.Reserve = t.Me
		if err := t.In.SaveHelp(h); err != nil {
			return line.Answer{}, err
		}
	}
	if err := t.In.LogHelp(h.ID, t.Me, "reserve", t.Read.Text); err != nil {
		return line.Answer{}, err
	}
	return line.Say(fmt.Sprintf("%d号%s先讲了，在等那边回话。%s去不成我马上叫您。", h.Number, t.Book.Name(h.Holder), t.Book.They(h.Holder))), nil
}
