package roster

import (
	"fmt"
	"strings"
)

// who is what people know one another by.
type who struct {
	name  string
	group int
}

// checkSame looks for the same person twice, and for namesakes of one group
// whom nothing tells apart.
func (p *parser) checkSame() {
	seen := make(map[who][]Row)
	for _, r := range p.rows {
		w := who{r.Name, r.Group}
		for _, other := range seen[w] {
			if reason := clash(other, r); reason != "" {
				p.problems.add(r.Line, "", reason)
				break
			}
		}
		if len(seen[w]) < maxKin { // the bound keeps a sheet of one name linear
			seen[w] = append(seen[w], r)
		}
	}
}

// clash tells what is wrong with two rows of one name in one group; "" where
// they are two persons.
func clash(a, b Row) string {
	switch {
	case a.Household != "" && a.Household == b.Household,
		len(a.Born) == len("2006-01-02") && a.Born == b.Born,
		sameYear(a, b) && (a.Household == "" || b.Household == ""):
		return fmt.Sprintf("%d组%s和第%d行是同一个人，请删掉一行", b.Group, b.Name, a.Line)
	case toldApart(a, b):
		return ""
	}
	return fmt.Sprintf("%d组有两个%s（第%d行也是），分不清。请两行都补上户号或出生日期", b.Group, b.Name, a.Line)
}

func sameYear(a, b Row) bool {
	return len(a.Born) == len("2006") && a.Born == b.Born
}

// toldApart tells whether anything written differs between two namesakes.
func toldApart(a, b Row) bool {
	differ := func(x, y string) bool { return x != "" && y != "" && x != y }
	return differ(a.Household, b.Household) || differ(a.Sex, b.Sex) || differ(a.Place, b.Place) ||
		differ(a.Born, b.Born) && !strings.HasPrefix(a.Born, b.Born) && !strings.HasPrefix(b.Born, a.Born) ||
		a.Age > 0 && b.Age > 0 && a.Age != b.Age ||
		differ(strings.Join(a.Aliases, "、"), strings.Join(b.Aliases, "、"))
}
