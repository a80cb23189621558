package help

import (
	"slices"
	"strings"

	"mishu/bot/line"
	"mishu/bot/read"
	"mishu/storage"
)

// wants are the words of somebody who asks that something is done.
var wants = []string{"要", "想", "请", "帮", "送", "陪", "带", "拿", "买", "喊", "叫", "麻烦", "去医院", "去卫生"}

// ofTheVisited reports whether a visitor tells that somebody is ill whom he has just
// reported, and asks for nothing: 她还有点脑壳痛 belongs to the visit.
func ofTheVisited(t *line.Turn) bool {
	return t.Is(storage.Helper, storage.Leader) && t.SaysThey() && len(t.Read.Mentions) == 0 && t.Read.Kin == "" &&
		slices.Equal(t.Read.Services, []read.Service{read.Yi}) &&
		!slices.ContainsFunc(wants, func(w string) bool { return strings.Contains(t.Read.Text, w) }) && len(unnamed(t)) == 1
}
