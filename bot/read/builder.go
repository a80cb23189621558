package read

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// builder collects the sections of the files.
type builder struct {
	out   *lexicon
	words map[string]*entry
	sets  map[string]int
	in    *sense            // of the section that is being read
	plain bool              // the file's signs are plain words that mean danger near each other only
	mild  map[string]*entry // of mere complaints
	lines []string          // danger rules, resolved when all sets are known
}

func newBuilder() *builder {
	return &builder{
		out:   &lexicon{whole: map[string]string{}, answers: map[string]Answer{}, tools: map[string]Service{}, days: map[string]festival{}},
		words: map[string]*entry{},
		mild:  map[string]*entry{},
		sets:  map[string]int{},
	}
}

// file reads one file: "# comment", "[kind value]", and words between spaces.
func (b *builder) file(text string) error {
	b.in = &sense{}
	for n, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, "#")
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if err := b.line(line); err != nil {
			return fmt.Errorf("line %d: %w", n+1, err)
		}
	}
	return nil
}

func (b *builder) line(line string) error {
	if strings.HasPrefix(line, "[") {
		next, err := b.section(strings.Trim(line, "[]"))
		b.in = &next
		return err
	}
	in := b.in
	switch in.kind {
	case noKind:
		return fmt.Errorf("%q stands before the first section", line)
	case kindTraditional:
		return b.traditional(line)
	case kindRule:
		b.lines = append(b.lines, in.value+" "+line)
		return nil
	}
	for _, w := range strings.Fields(line) {
		b.add(w, in)
		if in.kind == kindService {
			b.stretched(w, in)
		}
	}
	return nil
}

// isDoing holds for the verbs that villagers soften: 收谷 is also 收下谷, 打水 打点水.
var isDoing = runesOf("洗修换买拿送搬打扫收煮做剪量测挑劈砍割栽种挖翻喂填写读念教陪扶熬炒抹擦晒缝取领交抓开补锄浇拖背抬")

// stretched adds what people put between such a verb and its object.
func (b *builder) stretched(word string, s *sense) {
	r := []rune(word)
	if len(r) != 2 || !isDoing.has(r[0]) || strings.ContainsRune("下个点", r[1]) {
		return
	}
	for _, soft := range [...]string{"下", "一下", "点", "个", "些", "哈"} {
		if long := string(r[0]) + soft + string(r[1]); b.words[long] == nil {
			b.add(long, s)
		}
	}
}

func (b *builder) section(head string) (sense, error) {
	name, value, _ := strings.Cut(head, " ")
	k, ok := kinds[name]
	if !ok {
		return sense{}, fmt.Errorf("section %q is not known", name)
	}
	s := sense{kind: k, value: value, key: mix(wordKey(value), uint32(k))}
	switch k {
	case kindSign:
		if _, known := b.sets[value]; !known && len(b.sets) == maxSets {
			return sense{}, fmt.Errorf("section %q: there is room for %d sets of signs only", head, maxSets)
		}
		s.place, s.near = b.set(value), b.plain
	case kindFestival:
		f, ok := festivalOf(value)
		if !ok {
			return sense{}, fmt.Errorf("section %q is no day of a year", head)
		}
		b.out.days[value] = f
	case kindMark:
		if !slices.Contains(markNames[:], value) {
			return sense{}, fmt.Errorf("section %q: no rule asks for this list", head)
		}
	case kindPart:
		if _, hour, _ := strings.Cut(value, " "); !isNumber(hour) {
			return sense{}, fmt.Errorf("section %q: the hour is missing", head)
		}
	}
	return s, nil
}

func isNumber(s string) bool {
	_, err := strconv.Atoi(s)
	return err == nil
}

// set returns the number of a named set of danger signs.
func (b *builder) set(name string) int {
	place, known := b.sets[name]
	if !known {
		place = len(b.sets)
		b.sets[name] = place
	}
	return place
}

// traditional reads pairs such as 門门.
func (b *builder) traditional(line string) error {
	for _, p := range strings.Fields(line) {
		r := []rune(p)
		if len(r) != 2 || r[0] < 0x4e00 || r[0] > 0x9fff || r[1] < 0x4e00 || r[1] > 0x9fff {
			return fmt.Errorf("%q is not a pair of characters", p)
		}
		b.out.simple[r[0]-0x4e00] = uint16(r[1] - 0x4e00 + 1)
	}
	return nil
}

func (b *builder) add(word string, s *sense) {
	switch s.kind {
	case kindWhole:
		b.out.whole[word] = s.value
		return
	case kindAnswer:
		b.out.answers[word] = Answer(s.value)
		return
	case kindTool:
		b.out.tools[word] = Service(s.value)
		return
	case kindMild:
		addTo(b.mild, word, s)
		return
	case kindMark:
		r, name := []rune(word), mark(slices.Index(markNames[:], s.value))
		b.out.heads.add(name, r[0], r)
		b.out.tails.add(name, r[len(r)-1], r)
		return
	}
	e := addTo(b.words, word, s)
	if s.kind == kindSign && !b.plain {
		b.out.danger = append(b.out.danger, e.word)
	}
}

// addTo gives a word one sense more.
func addTo(words map[string]*entry, word string, s *sense) *entry {
	e := words[word]
	if e == nil {
		e = &entry{word: []rune(word)}
		words[word] = e
	}
	e.senses = append(e.senses, s)
	return e
}

// sayings are the lines that are one word.
func (b *builder) sayings() (out []entry) {
	for w := range b.out.whole {
		out = append(out, entry{word: []rune(w)})
	}
	for w := range b.out.answers {
		if _, both := b.out.whole[w]; !both {
			out = append(out, entry{word: []rune(w)})
		}
	}
	return out
}
