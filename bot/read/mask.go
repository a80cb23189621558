package read

// What stands for a name, a number and the ends of a line among its characters.
const (
	nameSign rune = iota + 1
	numberSign
	beginSign
	endSign
)

// A maskedRune is a character of a line, or what stands for a name or a number.
type maskedRune struct {
	sign     rune
	from, to int32
}

// mask writes the line with one sign for each name and each number: who and how many
// says nothing of what it is for. Of marks only those count that ask or exclaim.
func (l *line) mask() {
	l.masked = append(l.masked[:0], maskedRune{sign: beginSign})
	named := l.named
	for i := 0; i < len(l.Runes); {
		for len(named) > 0 && named[0].to <= i {
			named = named[1:]
		}
		sign, j := l.Runes[i], i+1
		switch {
		case len(named) > 0 && named[0].from <= i:
			sign, j = nameSign, named[0].to
		case isDigit(sign):
			for sign = numberSign; j < len(l.Runes) && (isDigit(l.Runes[j]) || l.Runes[j] == '.'); j++ {
			}
		case sign == ' ' || isMark(sign) && sign != '?' && sign != '!':
			sign = ','
		}
		if last := l.masked[len(l.masked)-1].sign; sign != ',' || last != ',' && last != beginSign {
			l.masked = append(l.masked, maskedRune{sign: sign, from: int32(i), to: int32(j)})
		}
		i = j
	}
	if n := len(l.masked); l.masked[n-1].sign == ',' {
		l.masked = l.masked[:n-1]
	}
	end := int32(len(l.Runes))
	l.masked = append(l.masked, maskedRune{sign: endSign, from: end, to: end})
	l.maskedRunes = l.maskedRunes[:0]
	for _, m := range l.masked {
		l.maskedRunes = append(l.maskedRunes, m.sign)
	}
}
