package read

// A number is a numeral found in a line.
type number struct {
	from, to int
	value    float64
	digits   int  // Arabic: how many digits were typed
	chinese  bool // written with 一二三
	about    int  // 两三, 七八: the larger of the two, 0 if one number was said
}

// int returns the value as a whole number, and whether it is one.
func (n number) int() (int, bool) {
	v := int(n.value)
	return v, float64(v) == n.value
}

// readNumbers appends to out the numerals of a line, left to right. Runs of more than
// 20 digits are no number that anybody means and keep the value 0.
func readNumbers(runes []rune, out []number) []number {
	for i := 0; i < len(runes); {
		n, ok := numberAt(runes, i)
		if !ok {
			i++
			continue
		}
		out = append(out, n)
		i = n.to
	}
	return out
}

func numberAt(runes []rune, i int) (number, bool) {
	if isDigit(runes[i]) {
		return arabic(runes, i), true
	}
	if !numerals.has(runes[i]) {
		return number{}, false
	}
	return chinese(runes, i)
}

// arabic reads digits with at most one point.
func arabic(runes []rune, i int) number {
	n := number{from: i}
	scale := 0.0
	for ; i < len(runes); i++ {
		r := runes[i]
		if r == '.' && scale == 0 && i+1 < len(runes) && isDigit(runes[i+1]) {
			scale = 1
			continue
		}
		if !isDigit(r) {
			break
		}
		n.digits++
		n.value = n.value*10 + float64(r-'0')
		scale *= 10
	}
	if scale > 1 {
		n.value /= scale
	}
	if n.digits > 20 {
		n.value = 0
	}
	n.to = i
	return n
}

// digitOf returns the value of a Chinese digit, -1 if r is none. 幺 is a digit
// in spoken telephone numbers only.
func digitOf(r rune) int {
	switch r {
	case '零', '〇':
		return 0
	case '一', '壹':
		return 1
	case '二', '两', '贰', '貳', '俩', '倆', '貮':
		return 2
	case '三', '叁', '仨', '参':
		return 3
	case '四', '肆':
		return 4
	case '五', '伍':
		return 5
	case '六', '陆':
		return 6
	case '七', '柒':
		return 7
	case '八', '捌':
		return 8
	case '九', '玖':
		return 9
	}
	return -1
}

// numerals are the Chinese digits and units.
var numerals = func() *runeSet {
	s := runesOf("〇")
	for r := rune(firstHan); isHan(r); r++ {
		if digitOf(r) >= 0 || unitOf(r) > 0 {
			s.add(r)
		}
	}
	return s
}()

func unitOf(r rune) int {
	switch r {
	case '十', '拾':
		return 10
	case '廿':
		return 20
	case '卅':
		return 30
	case '卌':
		return 40
	case '百', '佰':
		return 100
	case '千', '仟':
		return 1000
	case '万':
		return 10000
	case '亿':
		return 1e8
	}
	return 0
}
