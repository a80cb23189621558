package read

// A number is a numeral found in a line.
type number struct {
	from, to int
	value    float64
	digits   int  // Arabic: how many digits were typed
	chinese  bool // written with 一二三
}

// int returns the value as a whole number, and whether it is one.
func (n number) int() (int, bool) {
	v := int(n.value)
	return v, float64(v) == n.value
}

// readNumbers finds the numerals of a line, left to right. Runs of more than
// 20 digits are no number that anybody means and keep the value 0.
func readNumbers(runes []rune) []number {
	var out []number
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
	case '二', '两', '贰', '俩':
		return 2
	case '三', '叁', '仨':
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

func unitOf(r rune) int {
	switch r {
	case '十', '拾':
		return 10
	case '廿':
		return 20
	case '卅':
		return 30
	case '百', '佰':
		return 100
	case '千', '仟':
		return 1000
	case '万':
		return 10000
	}
	return 0
}

// chinese reads a numeral such as 十三, 廿三, 一百五, 两千零四, 二〇二六.
func chinese(runes []rune, i int) (number, bool) {
	j := i
	for j < len(runes) && (digitOf(runes[j]) >= 0 || unitOf(runes[j]) > 0) {
		j++
	}
	if j == i || unitOf(runes[i]) >= 100 {
		return number{}, false
	}
	v, used := chineseValue(runes[i:j])
	return number{from: i, to: i + used, value: float64(v), chinese: true}, used > 0
}

// chineseValue adds up the runes; used is how many belong to the numeral.
func chineseValue(runes []rune) (value, used int) {
	if len(runes) > 2 && allDigits(runes) { // 二〇二六, 一三八…: read out digit by digit
		for k, r := range runes {
			if k < 12 {
				value = value*10 + digitOf(r)
			}
		}
		return value, len(runes)
	}
	total, section, digit, last := 0, 0, -1, 10
	for k, r := range runes {
		if d := digitOf(r); d >= 0 {
			if digit > 0 { // 三四: two numbers side by side
				return total + section + digit, k
			}
			digit = d
			continue
		}
		u := unitOf(r)
		section, total = addUnit(u, max(digit, 0), section, total, digit < 0)
		digit, last = -1, u
	}
	if digit > 0 {
		if last >= 100 && runes[len(runes)-2] != '零' && runes[len(runes)-2] != '〇' {
			digit *= last / 10 // 一百五 is 150
		}
		section += digit
	}
	return total + section, len(runes)
}

func addUnit(u, digit, section, total int, bare bool) (int, int) {
	if u == 10000 {
		return 0, (total + section + digit) * u
	}
	if u == 20 || u == 30 {
		return section + u, total
	}
	if bare {
		digit = 1
	}
	return section + digit*u, total
}

func allDigits(runes []rune) bool {
	for _, r := range runes {
		if digitOf(r) < 0 {
			return false
		}
	}
	return true
}
