package line

import (
	"slices"
	"strings"
)

// outside are the words of somebody who is away from the village or from home
// for a while.
var outside = []string{
	"外出", "走亲戚", "走人家", "女儿家", "儿子家", "女屋里", "崽屋里", "妹屋里", "孙屋里", "亲戚家", "亲戚屋里", "住院", "去了县里", "到县里", "去县里", "进城",
	"搬到", "搬走", "搬去", "接走", "接去", "接到", "去长沙", "去广东", "去怀化", "去东莞", "去深圳", "出远门", "去外地", "到外地", "打工去了",
}

// Outside reports whether words say that somebody is away.
func Outside(words string) bool {
	return slices.ContainsFunc(outside, func(w string) bool { return strings.Contains(words, w) })
}

// unreachable are the words of somebody who cannot reach an elder. Nobody asks
// him which day would suit.
var unreachable = []string{
	"打不通", "打不进", "联系不上", "联系不到", "联络不上", "没接电话", "冇接电话", "不接电话", "电话没人接", "电话冇人接", "电话冇得人接", "电话不接", "电话没接", "电话冇接", "关机",
}

// CannotReach reports whether words say that somebody does not answer the
// telephone.
func CannotReach(words string) bool {
	return slices.ContainsFunc(unreachable, func(w string) bool { return strings.Contains(words, w) })
}
