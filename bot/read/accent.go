package read

import (
	"slices"
	"strings"
)

// Sounds are the sounds that the speakers of a village do not tell apart; a
// village sets its own. They matter for names that are typed by their sound.
type Sounds uint8

// The sounds that are mixed, one bit each. Source: descriptions of the dialect of
// Changsha; other villages mix fewer.
const (
	MixNL Sounds = 1 << iota // n and l before a o e u (南 兰), never before i and ü (刘 is not 牛)
	MixHF                    // h and f before u (花 发)
	MixZH                    // zh ch sh and z c s (张 脏)
	MixIN                    // in and ing (新 星)
	MixEN                    // en and eng (陈 程)

	NoSounds  Sounds = 0
	AllSounds        = MixNL | MixHF | MixZH | MixIN | MixEN
)

// soundNames are the settings' names of the sounds, in the order in which they are
// said; a village may also call them as its school did.
var soundNames = [...]struct {
	mix   Sounds
	name  string
	other []string
}{
	{MixNL, "n/l", []string{"nl", "ln", "n和l", "鼻音边音"}},
	{MixHF, "h/f", []string{"hf", "fh", "h和f"}},
	{MixZH, "zh/z", []string{"zhz", "zzh", "zh和z", "平翘舌", "翘舌"}},
	{MixIN, "in/ing", []string{"ining", "inging", "in和ing"}},
	{MixEN, "en/eng", []string{"eneng", "en和eng"}},
	{MixIN | MixEN, "", []string{"前后鼻音"}},
	{AllSounds, "", []string{"全部", "全", "都"}},
}

// noSounds is the setting of a village that tells all of them apart.
const noSounds = "无"

// String is the setting: "n/l h/f".
func (s Sounds) String() string {
	var names []string
	for _, one := range soundNames {
		if one.name != "" && s&one.mix != 0 {
			names = append(names, one.name)
		}
	}
	if len(names) == 0 {
		return noSounds
	}
	return strings.Join(names, " ")
}

// ParseSounds reads a setting that String wrote. "" is every sound: what a village
// of Hunan mixes until it says otherwise. What is not known is passed over.
func ParseSounds(setting string) Sounds {
	if setting == "" {
		return AllSounds
	}
	s := NoSounds
	for _, name := range strings.Fields(setting) {
		if mix, ok := soundNamed(name); ok {
			s |= mix
		}
	}
	return s
}

// soundNamed is what a name of a sound stands for.
func soundNamed(name string) (Sounds, bool) {
	for _, one := range soundNames {
		if name != "" && name == one.name || slices.Contains(one.other, name) {
			return one.mix, true
		}
	}
	return NoSounds, false
}

// Change reads what somebody says of how the village speaks: n/l分 turns one sound
// off, 平翘舌不分 turns one on, 全不分 and 全分 all. false: that says nothing.
func (s Sounds) Change(said string) (Sounds, bool) {
	text := strings.NewReplacer(" ", "", "分得清", "分", "分得开", "分", "分不清", "不分", "分不开", "不分", "混", "不分", "的", "").Replace(Fold(said).Text)
	name, apart := strings.CutSuffix(text, "不分")
	mixed := apart
	if !mixed {
		if name, apart = strings.CutSuffix(text, "分"); !apart {
			return s, false
		}
	}
	mix, ok := soundNamed(strings.Trim(name, "/"))
	switch {
	case !ok:
		return s, false
	case mixed:
		return s | mix, true
	}
	return s &^ mix, true
}

// huAsF is where h before u is said as f.
var huAsF = map[string]string{
	"hu": "fu", "hua": "fa", "huai": "fai", "huan": "fan", "huang": "fang", "hui": "fei", "hun": "fen",
}

// fold gives a toneless syllable as it is said where the sounds are mixed.
func (s Sounds) fold(syllable string) string {
	if s&MixZH != 0 {
		for _, p := range [...][2]string{{"zh", "z"}, {"ch", "c"}, {"sh", "s"}} {
			if strings.HasPrefix(syllable, p[0]) {
				syllable = p[1] + syllable[2:]
			}
		}
	}
	if f, ok := huAsF[syllable]; ok && s&MixHF != 0 {
		syllable = f
	}
	if s&MixNL != 0 && strings.HasPrefix(syllable, "n") && len(syllable) > 1 && syllable[1] != 'i' && syllable[1] != 'v' {
		syllable = "l" + syllable[1:]
	}
	if s&MixIN != 0 && strings.HasSuffix(syllable, "ing") || s&MixEN != 0 && strings.HasSuffix(syllable, "eng") {
		syllable = syllable[:len(syllable)-1]
	}
	return syllable
}
