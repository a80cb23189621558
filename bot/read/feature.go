package read

// A feature is one thing that a line shows to the learned weights: a few neighbouring
// characters, a word of the lists by its meaning, what the rules found.
type feature struct {
	key      uint32 // which row of the weights
	from, to int32  // the runes it stands on; none for what the whole line shows
}

// The kinds of features. They begin behind the lengths of grams.
const (
	ofSpeaker uint32 = iota + 8
	ofWord
	ofField
	ofRule
	ofSpeakerRule
	ofFound
	ofSpeakerFound
	ofDanger
	ofMood
	ofSpeakerMood
	ofLength
	ofService
)

// How many neighbours are looked at together: characters, and words by their field. More read no line of a new author better.
const (
	longestGram   = 2
	longestFields = 2
)

// featureKey puts what is seen under its kind, by steps of FNV-1a.
func featureKey(kind, value uint32) uint32 { return mix(mix(mixStart, kind), value) }

const mixStart = 2166136261

func mix(h, v uint32) uint32 {
	const prime = 16777619
	h = (h ^ v&0xff) * prime
	h = (h ^ v>>8&0xff) * prime
	return (h ^ v>>16) * prime
}

func wordKey(s string) uint32 {
	h := uint32(mixStart)
	for i := range len(s) {
		h = mix(h, uint32(s[i]))
	}
	return h
}

// features lists what the line shows. What the rules found is left out for lines that
// they were written for: it would be trusted too much.
func (l *line) features(out *Reading, to []feature) []feature {
	f := featureList{list: to, speaker: speakerKey(l.c.Speaker.Role)}
	f.whole(ofSpeaker, f.speaker)
	f.whole(ofLength, uint32(min(len(l.Runes)/5, 8))<<4|f.speaker)
	l.mask()
	f.grams(l.masked)
	l.findFields()
	f.fields(l.fields)
	f.words(l.hits)
	f.moods(&l.mood, l)
	f.found(out, l)
	if d := out.Danger; d.Level != NoDanger && !l.untrusted {
		f.whole(ofDanger, wordKey(string(d.Level)))
		f.whole(ofDanger, wordKey(string(d.Level))^mix(wordKey(string(d.Class)), 1))
	}
	for _, s := range out.Services {
		if !l.untrusted {
			f.whole(ofService, wordKey(string(s)))
		}
	}
	return f.list
}

// decided lists what the rules made of the line.
func (l *line) decided(out *Reading, to []feature) []feature {
	if l.untrusted {
		return to
	}
	f := featureList{list: to, speaker: speakerKey(l.c.Speaker.Role)}
	f.both(ofRule, ofSpeakerRule, wordKey(string(out.Intent))&0xffff)
	return f.list
}

// A featureList is being filled for one speaker.
type featureList struct {
	list    []feature
	speaker uint32
}

// whole adds what is of no place in the line.
func (f *featureList) whole(kind, value uint32) {
	f.list = append(f.list, feature{key: featureKey(kind, value)})
}

// both adds it alone and together with who speaks.
func (f *featureList) both(kind, withSpeaker, value uint32) {
	f.whole(kind, value)
	f.whole(withSpeaker, value<<4|f.speaker)
}

// found adds what kinds of things stand in the line.
func (f *featureList) found(out *Reading, l *line) {
	said := out.When.Grain != ""
	for i, is := range [...]bool{
		len(out.Services) > 0, len(out.Services) > 1, len(out.Mentions) > 0, len(out.Mentions) > 1, said, said && out.When.At.After(l.c.Now), out.Minutes > 0,
		len(out.Vitals) > 0, len(out.Tickets) > 0, len(out.Phones) > 0, out.Digits != nil, out.Kin != "", out.Self, out.Answer != NoAnswer, out.Word != "",
	} {
		if is {
			f.both(ofFound, ofSpeakerFound, uint32(i))
		}
	}
}

func (f *featureList) moods(m *mood, l *line) {
	for i, is := range [...]bool{m.claim, m.commit, m.decline, m.done, m.loosely, m.cancel, m.ask, m.want, m.office, l.weak, l.needful, l.back, l.met, l.metSurely} {
		if is {
			f.both(ofMood, ofSpeakerMood, uint32(i))
		}
	}
}

// words adds the words of the lists by what they mean.
func (f *featureList) words(hits []hit) {
	for _, h := range hits {
		f.list = append(f.list, feature{key: featureKey(ofWord, h.key), from: int32(h.from), to: int32(h.to)})
	}
}

// grams adds one to longestGram neighbouring characters.
func (f *featureList) grams(s []maskedRune) {
	for i := range s {
		h := uint32(mixStart)
		for n := 1; n <= longestGram && i+n <= len(s); n++ {
			h = mix(h, uint32(s[i+n-1].sign))
			f.list = append(f.list, feature{key: mix(h, uint32(n)), from: s[i].from, to: s[i+n-1].to})
		}
	}
}

// fields adds one to longestFields neighbouring words, where one of them is of a field.
func (f *featureList) fields(s []maskedRune) {
	for i := range s {
		h, known := uint32(mixStart), false
		for n := 1; n <= longestFields && i+n <= len(s); n++ {
			sign := s[i+n-1].sign
			h, known = mix(h, uint32(sign)), known || isField(sign)
			if known {
				f.list = append(f.list, feature{key: mix(mix(h, uint32(n)), ofField), from: s[i].from, to: s[i+n-1].to})
			}
		}
	}
}

// speakerKey numbers the roles.
func speakerKey(role string) uint32 {
	switch role {
	case "family":
		return 1
	case "elder":
		return 2
	case "volunteer":
		return 3
	case "secretary":
		return 4
	case "doctor":
		return 5
	}
	return 6
}
