package read

import (
	"strings"
	"sync"

	"github.com/mozillazg/go-pinyin"
)

// A syllable is the sound of a character without its tone, twice: as the
// dictionary has it, and folded with everything that speakers may mix.
type syllable struct {
	plain, folded uint16
}

// soundTable gives every reading of every character of the basic block. Names
// need all readings: 覃 曾 单 仇 are names first by their rarer ones.
type soundTable struct {
	first    [hans]uint16 // 1 + place of the first reading in readings, 0 none
	count    [hans]uint8
	readings []syllable
	numbers  map[string]uint16
	mixed    [AllSounds + 1][]uint16 // by what is mixed: the folded number of each plain one
}

var sounds = sync.OnceValue(func() *soundTable {
	t := &soundTable{readings: make([]syllable, 0, 30000), numbers: map[string]uint16{}}
	for r := rune(firstHan); isHan(r); r++ {
		t.addRune(r, pinyin.PinyinDict[int(r)])
	}
	t.mix()
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
		s := syllable{t.number(plain), t.number(AllSounds.fold(plain))}
		if !containsSyllable(t.readings[at:], s) {
			t.readings = append(t.readings, s)
		}
	}
	if n := len(t.readings) - at; n > 0 {
		t.first[r-firstHan] = uint16(at + 1)
		t.count[r-firstHan] = uint8(n)
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
	if !isHan(r) || t.first[r-firstHan] == 0 {
		return nil
	}
	at := int(t.first[r-firstHan]) - 1
	return t.readings[at : at+int(t.count[r-firstHan])]
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

// mix notes for each choice of sounds how each syllable is folded.
func (t *soundTable) mix() {
	names := make([]string, 0, len(t.numbers))
	for name := range t.numbers {
		names = append(names, name)
	}
	for m := range t.mixed {
		for _, name := range names {
			t.number(Sounds(m).fold(name)) // every fold gets its number before the tables are as long as there are numbers
		}
	}
	for m := range t.mixed {
		t.mixed[m] = make([]uint16, len(t.numbers)+1)
		for name, n := range t.numbers {
			t.mixed[m][n] = t.numbers[Sounds(m).fold(name)]
		}
	}
}

// size is more than the number of any syllable.
func (t *soundTable) size() int { return len(t.mixed[NoSounds]) }

// alike tells how near the sounds of two characters are: 0 the same character,
// 1 the same sound, 2 the same sound where mixed is not told apart, 3 different.
func (t *soundTable) alike(a, b rune, mixed Sounds) int {
	if a == b {
		return 0
	}
	near := 3
	for _, x := range t.of(a) {
		for _, y := range t.of(b) {
			if x.plain == y.plain {
				return 1
			}
			if by := t.mixed[mixed]; by[x.plain] == by[y.plain] {
				near = 2
			}
		}
	}
	return near
}
