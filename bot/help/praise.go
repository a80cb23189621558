package help

import (
	"regexp"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

var (
	pleased   = regexp.MustCompile(`蛮好|很好|好得很|挺好|太好了|不错|满意|干干净净|弄得好|修得好|做得好|洗得好|好极了`)
	thanks    = regexp.MustCompile(`谢|辛苦|麻烦你|难为`)
	ofTheWork = regexp.MustCompile(`(洗|修|做|弄|搞|送|陪|办|剪|理|煮|炒|教|打扫|收拾|换|装|搬|砍|挑)(得|的|好)`)
)

// praised hears 洗得蛮好 谢谢 from somebody who was asked whether it was good. Thanks
// alone judge nothing.
func praised(t *line.Turn) (line.Answer, error) {
	text := t.Read.Text
	if t.State.Open != nil || !pleased.MatchString(text) || saysNotDone(text) || !thanks.MatchString(text) && !ofTheWork.MatchString(text) {
		return line.Answer{}, nil
	}
	helps, err := t.In.HelpsBy(t.Me, storage.At(t.Now().Add(-waitingDays)))
	if err != nil {
		return line.Answer{}, err
	}
	var done []storage.Help
	for _, h := range helps {
		if h.State == storage.Done {
			done = append(done, h)
		}
	}
	if len(done) != 1 {
		return line.Answer{}, nil // it is not clear which
	}
	t.Read.Answer = read.Yes
	return judge(t, done[0].ID)
}
