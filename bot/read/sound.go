package read

import (
	"strings"
	"sync"

	"github.com/mozillazg/go-pinyin"
)

// A syllable is the sound of a character without its tone, twice: as the
// dictionary has it, and folded as Hunan speakers mix it.
type syllable struct {
	plain, folded uint16
}

// soundTable gives every reading of every character of the basic block. Names
// need all readings: 覃 曾 单 仇 are names first by their rarer ones.
type soundTable struct {
	first    [0x9fff - 0x4e00 + 1]uint16 // 1 + place of the first reading in readings, 0 none
	count    [0x9fff - 0x4e00 + 1]uint8
	readings []syllable
	numbers  map[string]uint16
}

var sounds = sync.OnceValue(func() *soundTable {
	t := &soundTable{readings: make([]syllable, 0, 30000), numbers: map[string]uint16{}}
	for r := rune(0x4e00); r <= 0x9fff; r++ {
		t.addRune(r, pinyin.PinyinDict[int(r)])
	}
	t.numbers = nil // only needed while building
	return t
})

// addRune adds the readings of r, "zēng,céng", each sound once.
func (t *soundTable) addRune(r rune, readings string) {
	at := len(t.readings)
	for _, one := range strings.Split(readings, ",") {
		plain := toneless(one)
		if plain == "" {
			continue
		}
		s := syllable{t.number(plain), t.number(hunan(plain))}
		if !containsSyllable(t.readings[at:], s) {
			t.readings = append(t.readings, s)
		}
	}
	if n := len(t.readings) - at; n > 0 {
		t.first[r-0x4e00] = uint16(at + 1)
		t.count[r-0x4e00] = uint8(n)
	}
}

func (t *soundTable) number(s string) uint16 {
	n, ok := t.numbers[s]
	if !ok {
		n = uint16(len(t.numbers) + 1)
		t.numbers[s] = n
	}
	return n
}

// of returns the readings of r, nil if it has none.
func (t *soundTable) of(r rune) []syllable {
	if r < 0x4e00 || r > 0x9fff || t.first[r-0x4e00] == 0 {
		return nil
	}
	at := int(t.first[r-0x4e00]) - 1
	return t.readings[at : at+int(t.count[r-0x4e00])]
}

func containsSyllable(all []syllable, s syllable) bool {
	for _, a := range all {
		if a == s {
			return true
		}
	}
	return false
}

// tones maps the vowels with tone marks to the bare ones; ü is written v.
var tones = strings.NewReplacer(
	"ā", "a", "á", "a", "ǎ", "a", "à", "a", "ē", "e", "é", "e", "ě", "e", "è", "e", "ê", "e",
	"ī", "i", "í", "i", "ǐ", "i", "ì", "i", "ō", "o", "ó", "o", "ǒ", "o", "ò", "o",
	"ū", "u", "ú", "u", "ǔ", "u", "ù", "u", "ǖ", "v", "ǘ", "v", "ǚ", "v", "ǜ", "v", "ü", "v",
	"ń", "n", "ň", "n", "ǹ", "n", "ḿ", "m", "\u0304", "", "\u0301", "", "\u030c", "", "\u0300", "",
)

func toneless(s string) string { return tones.Replace(s) }

// huAsF is where h before u is said as f.
var huAsF = map[string]string{
	"hu": "fu", "hua": "fa", "huai": "fai", "huan": "fan", "huang": "fang", "hui": "fei", "hun": "fen",
}

// hunan folds a toneless syllable as Hunan speakers mix it: zh ch sh with z c s;
// h with f before u; n with l except
// before i and ü, where they stay apart (刘 is not 牛); ing with in, eng with en.
func hunan(s string) string {
	for _, p := range [...][2]string{{"zh", "z"}, {"ch", "c"}, {"sh", "s"}} {
		if strings.HasPrefix(s, p[0]) {
			s = p[1] + s[2:]
		}
	}
	if f, ok := huAsF[s]; ok {
		s = f
	}
	if strings.HasPrefix(s, "n") && len(s) > 1 && s[1] != 'i' && s[1] != 'v' {
		s = "l" + s[1:]
	}
	if strings.HasSuffix(s, "ing") || strings.HasSuffix(s, "eng") {
		s = s[:len(s)-1]
	}
	return s
}

// soundIndex finds people by the folded sounds of two characters.
type soundIndex struct {
	full  map[uint32][]int32 // the first two of the full name
	given map[uint32][]int32 // the first two of the given name
}

func newSoundIndex(names [][]rune) soundIndex {
	x := soundIndex{full: map[uint32][]int32{}, given: map[uint32][]int32{}}
	for i, name := range names {
		addSound(x.full, name, int32(i))
		if _, given := splitName(name); len(given) > 1 {
			addSound(x.given, given, int32(i))
		}
	}
	return x
}

func addSound(m map[uint32][]int32, name []rune, i int32) {
	if len(name) < 2 {
		return
	}
	for _, a := range sounds().of(name[0]) {
		for _, b := range sounds().of(name[1]) {
			k := soundKey(a, b)
			if at := m[k]; len(at) == 0 || at[len(at)-1] != i {
				m[k] = append(at, i)
			}
		}
	}
}

func soundKey(a, b syllable) uint32 { return uint32(a.folded)<<16 | uint32(b.folded) }

// each calls hear for everybody in m whose two characters may sound like the
// first two runes; somebody may come more than once.
func (x *soundIndex) each(t *soundTable, m map[uint32][]int32, runes []rune, hear func(int32)) {
	second := t.of(runes[1])
	for _, a := range t.of(runes[0]) {
		for _, b := range second {
			for _, p := range m[soundKey(a, b)] {
				hear(p)
			}
		}
	}
}

// alike tells how near the sounds of two characters are: 0 the same character,
// 1 the same sound, 2 the same sound as Hunan speakers mix it, 3 different.
func (t *soundTable) alike(a, b rune) int {
	if a == b {
		return 0
	}
	near := 3
	for _, x := range t.of(a) {
		for _, y := range t.of(b) {
			if x.plain == y.plain {
				return 1
			}
			if x.folded == y.folded {
				near = 2
			}
		}
	}
	return near
}
