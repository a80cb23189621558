package who

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"mishu/bot/line"
	"mishu/bot/say"
	"mishu/storage"
)

var (
	notThrough = regexp.MustCompile(`没人接|冇人接|没接|冇接|没打通|冇打通|打不通|关机|无法接通`)
	wrongPhone = regexp.MustCompile(`错号|空号|号不对|号错|号码错|号码不对`)
	bySelf     = regexp.MustCompile(`我(自己)?(不)?(认|也认)`)
)

// rang hears what became of a call about a face to a leader who does not read:
// 没人接, 错号 小军 (settled.md 17). What it is about stands in the next brief.
func rang(t *line.Turn) (line.Answer, error) {
	outcome := storage.CallNone
	switch {
	case t.State.Open != nil && t.State.Open.Line != name:
		return line.Answer{}, nil
	case wrongPhone.MatchString(t.Read.Text):
		outcome = storage.CallWrong
	case !notThrough.MatchString(t.Read.Text):
		return line.Answer{}, nil
	}
	waiting, err := vouchable(t)
	if err != nil {
		return line.Answer{}, err
	}
	waiting = slices.DeleteFunc(waiting, func(m storage.Member) bool { return !rings(t, m) })
	if at := named(t.Read.Text, waiting); len(at) == 1 {
		waiting = waiting[at[0] : at[0]+1]
	}
	if len(waiting) == 0 {
		return line.Answer{}, nil
	}
	return unreached(t, waiting, outcome)
}

// rings reports whether the speaker is asked to ring a leader about a face.
func rings(t *line.Turn, m storage.Member) bool {
	id := toRing(t.Book, m)
	return id != 0 && id != t.Me && t.Is(storage.Secretary, storage.Chair)
}

// unreached stores a call that told nothing, and leaves the faces to the brief.
func unreached(t *line.Turn, waiting []storage.Member, outcome string) (line.Answer, error) {
	var names []string
	for _, m := range waiting {
		if err := call(t, m, outcome); err != nil {
			return line.Answer{}, err
		}
		w, found, err := t.In.VouchingFor(m.ID)
		if err != nil || !found {
			return line.Answer{}, err
		}
		w.Step, w.NextAt = byNobody, 0
		if err := t.In.StepVouching(w); err != nil {
			return line.Answer{}, err
		}
		names = append(names, label(m))
	}
	what := "没接电话"
	if outcome == storage.CallWrong {
		what = "的号码不对，新号码问到了讲一声"
	}
	return line.Say(fmt.Sprintf("记下了：%s%s。%s先放着，明早再提您；您自己认得就回“我认得”。",
		t.Book.Name(toRing(t.Book, waiting[0])), what, say.List(names))), nil
}

// called stores that a leader was rung about a face, where the speaker was asked
// to ring him and does not say that he knows the face himself.
func called(t *line.Turn, m storage.Member) error {
	if !rings(t, m) || bySelf.MatchString(strings.ReplaceAll(t.Read.Text, " ", "")) {
		return nil
	}
	return call(t, m, storage.CallThrough)
}

func call(t *line.Turn, m storage.Member, outcome string) error {
	return t.In.AddVouchCall(storage.VouchCall{
		Member: m.ID, Rung: toRing(t.Book, m), Caller: t.Me, Outcome: outcome, SourceKey: t.Source(), Ordinal: t.Next("vouch_call"),
	})
}
