package help

import (
	"regexp"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// taking hears 刚才那个送饭的我可以 但是要十二点以后 from somebody who was asked: the
// thing instead of its number, and a condition. Without a condition 可以 takes
// nothing: he is asked to say 接.
func taking(t *line.Turn) (line.Answer, error) {
	text := read.Fold(t.Read.Text).Text
	m := would.FindStringSubmatchIndex(text)
	if m == nil || t.State.Open != nil || len(t.Read.Tickets) > 0 {
		return line.Answer{}, nil
	}
	open, err := openAsks(t)
	if err != nil {
		return line.Answer{}, err
	}
	if open = fitting(t, open); len(open) != 1 {
		return line.Answer{}, nil
	}
	if t.Read.Rest = text[m[1]:]; terms(t.Read) == "" {
		return ackOne(open[0]), nil
	}
	h, found, err := t.In.LockHelp(open[0].ID)
	if err != nil || !found {
		return line.Answer{}, err
	}
	return take(t, h)
}

// would is 那个送饭的我可以: this or that thing, and that he would.
var would = regexp.MustCompile(`^(?:刚才|刚刚|先前|上午|早上|下午|昨天)?(?:讲的|问的|发的)?(?:那|这)(?:个|件|回|次)?[^,。;]{0,10}?(?:的|事)?,?我(?:可以|能去|去得|可以去|行|要得|去|来)`)

// fitting are the requests of the kind that a line names; all where it names none.
func fitting(t *line.Turn, open []storage.Help) []storage.Help {
	if len(t.Read.Services) == 0 {
		return open
	}
	var fit []storage.Help
	for _, h := range open {
		if fitsService(t.Read.Services, h.Service) {
			fit = append(fit, h)
		}
	}
	return fit
}
