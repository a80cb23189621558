package read

import "unicode/utf8"

// Folded is a text in the form in which it is compared: half width, lower
// case, simplified characters, circled digits opened, invisible characters and
// skin tones left out. It remembers where each of its runes came from.
type Folded struct {
	Text  string // folded, UTF-8
	Runes []rune
	pos   []int32 // byte offset in Text of each rune, and of the end
	src   []int32 // byte offset in the typed text of each rune, and of the end
}

// Span returns the place of the runes from i up to j in the text as typed.
func (f *Folded) Span(i, j int) Span {
	return Span{From: int(f.src[i]), To: int(f.src[j])}
}

// part returns the folded text of the runes from i up to j.
func (f *Folded) part(i, j int) string { return f.Text[f.pos[i]:f.pos[j]] }

// Fold folds s. Nothing of it is printed back: replies quote the typed text.
func Fold(s string) Folded {
	n := utf8.RuneCountInString(s)
	f := Folded{
		Runes: make([]rune, 0, n+1),
		pos:   make([]int32, 0, n+2),
		src:   make([]int32, 0, n+2),
	}
	f.fold(s)
	return f
}

// fold makes f the folded form of s; its buffers are used again. Most of what is
// typed stays as it is, and the folded text is written only from the first rune on
// that does not.
func (f *Folded) fold(s string) {
	f.Runes, f.pos, f.src = f.Runes[:0], f.pos[:0], f.src[:0]
	var room [1024]byte
	buf, same := room[:0], true
	simple := &lex().simple
	for i, r := range s {
		if same && !stays(simple, r) {
			buf, same = append(buf, s[:i]...), false
		}
		if same {
			f.Runes = append(f.Runes, r)
			f.pos = append(f.pos, int32(i))
			f.src = append(f.src, int32(i))
			continue
		}
		buf = f.add(buf, r, i)
	}
	f.src = append(f.src, int32(len(s)))
	if same {
		f.Text, f.pos = s, append(f.pos, int32(len(s)))
		return
	}
	f.Text, f.pos = string(buf), append(f.pos, int32(len(buf)))
}

// stays tells of the commonest runes that are not changed.
func stays(simple *[hans]uint16, r rune) bool {
	if h := uint32(r - firstHan); h < hans {
		return simple[h] == 0
	}
	return r >= ' ' && r < 'A' || r > 'Z' && r < 0x7f || r == '\n' || r == '。' || r == '、'
}

// add folds one typed rune and appends what is left of it.
func (f *Folded) add(buf []byte, r rune, at int) []byte {
	if n := opened(r); n > 0 {
		if n >= 10 {
			buf = f.put(buf, '0'+n/10, at)
		}
		return f.put(buf, '0'+n%10, at)
	}
	if r = foldRune(r); r < 0 {
		return buf
	}
	return f.put(buf, r, at)
}

func (f *Folded) put(buf []byte, r rune, at int) []byte {
	f.Runes = append(f.Runes, r)
	f.pos = append(f.pos, int32(len(buf)))
	f.src = append(f.src, int32(at))
	return utf8.AppendRune(buf, r)
}

// opened returns the number inside ① to ⑳, ⑴ to ⒇ and ⒈ to ⒛, else 0.
func opened(r rune) rune {
	if r < '①' || r > '⒛' {
		return 0
	}
	return (r-'①')%20 + 1
}

// foldRune returns the rune that stands for r in comparisons, or -1 if r is
// invisible.
func foldRune(r rune) rune {
	switch {
	case r >= 'A' && r <= 'Z':
		return r + 'a' - 'A'
	case r >= ' ' && r < 0x7f:
		return r
	case isHan(r):
		return simplified(r)
	case r >= 0xff01 && r <= 0xff5e: // full-width ASCII
		return foldRune(r - 0xfee0)
	case isSpace(r):
		return ' '
	case isDash(r):
		return '-'
	case isInvisible(r):
		return -1
	case r == '\n' || r == '\r':
		return '\n'
	}
	return r
}

func isSpace(r rune) bool {
	return r == '\t' || r == 0xa0 || r == 0x3000 || r >= 0x2000 && r <= 0x200a
}

// isDash holds for the dashes and wavy dashes that keyboards put between the
// ends of a range.
func isDash(r rune) bool {
	return r >= 0x2010 && r <= 0x2015 || r == 0x2212 || r == 0x301c || r == 0xfe63
}

// isInvisible holds for what is typed without being seen: control characters,
// joiners, direction marks, variation selectors, the keycap frame, skin tones.
func isInvisible(r rune) bool {
	switch {
	case r < ' ' && r != '\n' && r != '\r', r >= 0x7f && r < 0xa0:
		return true
	case r >= 0x200b && r <= 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x206f:
		return true
	case r >= 0xfe00 && r <= 0xfe0f, r == 0xfeff, r == 0x20e3, r == 0xad:
		return true
	}
	return r >= 0x1f3fb && r <= 0x1f3ff
}

func simplified(r rune) rune {
	if s := lex().simple[r-firstHan]; s != 0 {
		return rune(s) + firstHan - 1
	}
	return r
}
