package alert

import (
	"fmt"
	"strings"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// unreachableWords are how somebody far away say that an elder does not answer.
var unreachableWords = []string{"电话打不通", "打不通电话", "电话没人接", "电话冇人接", "打电话没人接", "打电话冇人接", "联系不上", "联系不到", "打不通他", "打不通她", "关机", "电话不接", "不接电话"}

// callsFromAfar hears a stranger who cannot reach an elder of the village, at any
// hour (conversation 11): whoever has the duty telephone is told to look, and he
// is asked who he is to him. Nothing of the roster is shown to him, only what he
// said himself (settled.md 6).
func callsFromAfar(t *line.Turn) (line.Answer, error) {
	if t.Me != 0 || t.Book == nil || t.Msg.Text == "" || !holds(t.Read.Text, unreachableWords) || t.Read.Danger.Certain() {
		return line.Answer{}, nil
	}
	r := heard(t)
	r.Class, r.Signs = fromAfar, []string{"电话打不通"}
	if r.Named == "" {
		return line.Answer{}, nil
	}
	if _, err := raise(t, r); err != nil {
		return line.Answer{}, err
	}
	a, found, err := alike(t, r)
	if err != nil || !found {
		return line.Answer{}, err
	}
	people, err := toldOf(t.In, a.ID)
	if err != nil {
		return line.Answer{}, err
	}
	s := scene{report: r, b: t.Book, now: t.Now()}
	words := fmt.Sprintf("您讲的是%s%s？您是他什么人？急病的话，您在外地，120通的是外地：%s。%s", inGroup(r.Group), r.Named, s.relay(fixed[read.Life], "，请村里打120"), s.telling(people))
	return t.Question(line.Question{Line: name, Name: askTie, Ref: a.ID, Text: words}), nil
}

// answerTie hears who he is to the elder, and asks by which telephone he can be
// told. He may ask, not hear: who he says he is has been confirmed by nobody.
func answerTie(t *line.Turn, q line.Question) (line.Answer, error) {
	open, err := addTo(t, q.Ref, noCall)
	if err != nil || !open {
		return line.Answer{}, err
	}
	s := scene{b: t.Book, now: t.Now()}
	text := "好，当急事办，"
	if phone := s.duty(); phone != "" {
		text += "您现在就打值班" + phone + "，莫等。"
	}
	if len(t.Read.Phones) > 0 {
		t.Close()
		return line.Ask(text + hears), nil
	}
	return t.Question(line.Question{Line: name, Name: askBack, Ref: q.Ref, Text: text + "您电话留一个，看到人请人打给您。"}), nil
}

const (
	hears  = "电话记下了，看到人就请值班的打给您。"
	noCall = "没留电话"
)

// answerBack hears the telephone.
func answerBack(t *line.Turn, q line.Question) (line.Answer, error) {
	if len(t.Read.Phones) == 0 {
		return line.Answer{}, nil
	}
	open, err := addTo(t, q.Ref, "")
	if err != nil || !open {
		return line.Answer{}, err
	}
	t.Close()
	return line.Ask(hears), nil
}

// addTo adds what is said now to an alert that is open, for those who were told.
func addTo(t *line.Turn, id int64, missing string) (bool, error) {
	a, found, err := t.In.LockAlert(id)
	if err != nil || !found || a.State == storage.Closed {
		t.Close()
		return false, err
	}
	words := strings.TrimSpace(t.Read.Text)
	if missing != "" && len(t.Read.Phones) == 0 {
		words += "（" + missing + "）"
	}
	_, err = again(t, report{Class: class(a), Words: words, Elders: known(a.Elder)}, a)
	return true, err
}
