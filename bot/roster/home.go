package roster

// kin reads the columns about relatives and neighbours.
func (r *reading) kin() {
	for _, c := range r.p.table.cols {
		v := clean(r.line.at(c.col))
		if v == "" {
			continue
		}
		switch c.field {
		case kinName, watch:
			r.named(c, v)
		case kinPhone, watchCall:
			r.called(c, v)
		case kinIs:
			r.slot(c).is = packed(v)
		}
	}
	for _, s := range r.slots {
		if s.is == "邻居" {
			r.row.Watch = bounded(append(r.row.Watch, s.join()...))
			continue
		}
		r.row.Kin = bounded(append(r.row.Kin, s.join()...))
	}
}

func (r *reading) named(c column, v string) {
	list, reason := readKin(v)
	if reason != "" {
		r.bad(c, reason)
		return
	}
	s := r.slot(c)
	s.named = append(s.named, list...)
}

func (r *reading) called(c column, v string) {
	list, reason := readPhones(v)
	if reason != "" {
		r.bad(c, reason)
		return
	}
	s := r.slot(c)
	s.phones = append(s.phones, list...)
}

// slot finds or opens the place where the columns of one relative meet.
func (r *reading) slot(c column) *kinSlot {
	for i := range r.slots {
		if r.slots[i].slot == c.slot {
			return &r.slots[i]
		}
	}
	r.slots = append(r.slots, kinSlot{slot: c.slot, is: c.is})
	return &r.slots[len(r.slots)-1]
}

// fromTitle adds what the title says of everybody, where the row itself does
// not say.
func (r *reading) fromTitle() {
	g := r.p.table.given
	if len(r.row.Kinds) == 0 {
		for _, k := range g.kinds {
			r.addKind(k)
		}
	}
	r.row.Listed = r.row.Listed || g.listed && !r.row.LeftBehind()
	if g.helper {
		r.addRole("志愿者")
	}
}

// where settles group and status.
func (r *reading) where() {
	if r.row.Town != "" && r.row.Status == "" {
		r.row.Status = Away
	}
	h := r.p.home
	inHome := r.row.Relation != "" && !r.row.Head && h.group > 0
	switch {
	case r.row.Group > 0:
	case inHome:
		r.row.Group = h.group // a household's rows below its head leave it out
	case r.p.section > 0:
		r.row.Group = r.p.section
	case !r.failed:
		r.bad(column{heading: r.p.heading(group)}, "没写第几组")
	}
}

// atHome settles the household. A sheet without household numbers names the
// head, or starts each household with his row.
func (r *reading) atHome() {
	head := r.headNamed()
	r.row.Head = r.row.Head || head != "" && head == r.row.Name
	h := &r.p.home
	switch {
	case r.row.Household != "":
	case head != "":
		r.row.Household = head + "家"
	case r.row.Head && r.row.Name != "":
		r.row.Household = r.row.Name + "家"
	case r.row.Relation != "" && h.group == r.row.Group:
		r.row.Household = h.no
	}
	if r.row.Head {
		*h = home{r.row.Household, r.row.Group}
	}
}

// headNamed is the head of the household where a column names him beside the
// person.
func (r *reading) headNamed() string {
	for _, c := range r.p.table.cols {
		if c.field != headName {
			continue
		}
		if n, _, reason := readName(clean(r.line.at(c.col))); reason == "" {
			return n
		}
	}
	return ""
}
