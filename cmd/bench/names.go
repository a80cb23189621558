package main

// Names that read as nothing else: no character of them begins a time, a
// service or a title.
var (
	surnames = []rune("向舒刘夏邓王张李杨谌覃滕黄吴陈周唐肖郑梁")
	middles  = []rune("桂德建春志国永文海红丽秀兰玉凤云")
	lasts    = []rune("芳强军英勇平燕华峰波林娟辉涛莲芝")
)

// name is the i-th of 5,120 full names, all different.
func name(i int) string {
	s, m, l := len(surnames), len(middles), len(lasts)
	return string([]rune{surnames[i%s], middles[i/s%m], lasts[i/s/m%l]})
}
