package simulator

import (
	"maps"
	"slices"
)

// The platform's limits for tags.
const (
	maxTagName = 30 // bytes
	maxTags    = 20 // a person
	maxBatch   = 50 // persons a call
)

// tagChange is one change to the tags: a new one (Name), or put on (On) or
// taken off persons.
type tagChange struct {
	ID      int      `json:"id"`
	Name    string   `json:"name,omitempty"`
	Persons []string `json:"persons,omitempty"`
	On      bool     `json:"on,omitempty"`
}

// firstTag: the ids below belong to the platform.
const firstTag = 100

// applyTag makes one change to the tags true.
func (b *book) applyTag(t tagChange) {
	if t.Name != "" {
		b.tags[t.ID] = t.Name
	}
	for _, id := range t.Persons {
		b.tagged[id] = slices.DeleteFunc(b.tagged[id], func(have int) bool { return have == t.ID })
		if t.On {
			b.tagged[id] = append(b.tagged[id], t.ID)
		}
	}
}

func (b *book) dumpTags() []entry {
	var out []entry
	for _, id := range slices.Sorted(maps.Keys(b.tags)) {
		t := tagChange{ID: id, Name: b.tags[id], On: true}
		for _, person := range slices.Sorted(maps.Keys(b.tagged)) {
			if slices.Contains(b.tagged[person], id) {
				t.Persons = append(t.Persons, person)
			}
		}
		out = append(out, entry{Tag: &t})
	}
	return out
}

// tagView is one tag as the API tells it.
type tagView struct {
	ID    int    `json:"id"`
	Name  string `json:"name"`
	Count int    `json:"count"`
}

func (s *Simulator) apiTagCreate(c call) (any, *refusal) {
	var in struct{ Tag struct{ Name string } }
	if no := c.read(&in); no != nil {
		return nil, no
	}
	name, id := in.Tag.Name, 0
	if len(name) > maxTagName {
		return nil, refuse(codeTagLong, "")
	}
	err := s.book.change(func() ([]entry, error) {
		if name == "" || slices.Contains(slices.Collect(maps.Values(s.book.tags)), name) {
			return nil, nil
		}
		id = firstTag + len(s.book.tags)
		return []entry{{Tag: &tagChange{ID: id, Name: name}}}, nil
	})
	if err != nil {
		return nil, refuse(codeBusy, "")
	}
	if id == 0 {
		return nil, refuse(codeTagName, "")
	}
	return map[string]any{"tag": tagView{ID: id, Name: name}}, nil
}

func (s *Simulator) apiTagList(call) (any, *refusal) {
	s.book.mu.Lock()
	defer s.book.mu.Unlock()
	all := []tagView{}
	for _, e := range s.book.dumpTags() {
		all = append(all, tagView{e.Tag.ID, e.Tag.Name, len(e.Tag.Persons)})
	}
	return map[string]any{"tags": all}, nil
}

func (s *Simulator) apiTagsOf(c call) (any, *refusal) {
	var in struct{ OpenID string }
	if no := c.read(&in); no != nil {
		return nil, no
	}
	person, no := s.tagged(c, in.OpenID)
	if no != nil {
		return nil, no
	}
	return map[string]any{"tagid_list": s.book.tagsOf(person)}, nil
}

// tagged finds whose an OpenID is; unlike a message, a tag opens no phone.
func (s *Simulator) tagged(c call, openID string) (string, *refusal) {
	if id, ok := s.book.ownerOf(openID); ok {
		return id, nil
	}
	p, ok, err := s.roster.person(c.r.Context(), openID)
	if err != nil || !ok || openID == "" {
		return "", refuse(codeOpenID, "")
	}
	return p.ID, nil
}

func (b *book) tagsOf(person string) []int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]int{}, b.tagged[person]...)
}

func (s *Simulator) apiTag(c call) (any, *refusal)   { return s.tagMembers(c, true) }
func (s *Simulator) apiUntag(c call) (any, *refusal) { return s.tagMembers(c, false) }

func (s *Simulator) tagMembers(c call, on bool) (any, *refusal) {
	var in struct {
		OpenIDs []string `json:"openid_list"`
		ID      int      `json:"tagid"`
	}
	if no := c.read(&in); no != nil {
		return nil, no
	}
	if len(in.OpenIDs) == 0 || len(in.OpenIDs) > maxBatch {
		return nil, refuse(codeBatch, "")
	}
	change := tagChange{ID: in.ID, On: on}
	for _, openID := range in.OpenIDs {
		person, no := s.tagged(c, openID)
		if no != nil {
			return nil, refuse(codeForeign, "")
		}
		change.Persons = append(change.Persons, person)
	}
	return s.putTag(change)
}

func (s *Simulator) putTag(change tagChange) (any, *refusal) {
	var no *refusal
	err := s.book.change(func() ([]entry, error) {
		if no = s.book.mayTag(change); no != nil {
			return nil, nil
		}
		return []entry{{Tag: &change}}, nil
	})
	if err != nil {
		no = refuse(codeBusy, "")
	}
	if no != nil {
		return nil, no
	}
	return done, nil
}

func (b *book) mayTag(change tagChange) *refusal {
	if _, ok := b.tags[change.ID]; !ok {
		return refuse(codeTagID, "")
	}
	for _, id := range change.Persons {
		if c := b.chats[id]; c != nil && !c.following {
			return refuse(codeForeign, "")
		}
		tags := b.tagged[id]
		if change.On && len(tags) >= maxTags && !slices.Contains(tags, change.ID) {
			return refuse(codeTagsFull, "")
		}
	}
	return nil
}
