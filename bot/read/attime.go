package read

import "time"

func (l *line) atPart(d *day, p *part) When {
	from, to := p.from, p.to
	var date time.Time
	if d != nil {
		date, from, to = d.date, min(from, d.from), max(to, d.to)
	} else {
		date = l.dayOf(p.hour, ends[p.name])
	}
	return When{At: date.Add(time.Duration(p.hour) * time.Hour), Grain: Part, Span: l.Span(from, to)}
}

// begins is the hour at which a part of the day begins that is written as hour: at 14:50
// a report's 下午 is today's.
func begins(hour int) int {
	switch hour {
	case 15:
		return 12
	case 18, 20, 22:
		return hour - 2
	case 12:
		return 11
	}
	return hour
}

// dayOf finds the day of a part that was said without one: a request means the
// coming one, a report the last one.
func (l *line) dayOf(hour, over int) time.Time {
	today, now := l.today(), l.sinceMidnight()
	switch {
	case l.back && time.Duration(begins(hour))*time.Hour > now:
		return today.AddDate(0, 0, -1)
	case !l.back && time.Duration(over)*time.Hour <= now:
		return today.AddDate(0, 0, 1)
	}
	return today
}

func (l *line) atClock(d *day, k *clock, p *part) When {
	hour, next := hourOf(k, p)
	at := k.after(hour)
	from, to := k.from, k.to
	var date time.Time
	if d != nil {
		date, from, to = l.moved(d, at), min(from, d.from), max(to, d.to)
	} else {
		date = l.dayOfClock(at, next)
	}
	if p != nil {
		from, to = min(from, p.from), max(to, p.to)
	}
	if next {
		date = date.AddDate(0, 0, 1)
	}
	w := When{At: date.Add(at), Grain: Hour, Span: l.Span(from, to)}
	if k.exact {
		w.Grain = Minute
	}
	return w
}

// after is the clock's time of a day, its hour being one of 24.
func (k *clock) after(hour int) time.Duration {
	return time.Duration(hour)*time.Hour + time.Duration(k.minute)*time.Minute + time.Duration(k.second)*time.Second
}

// dayOfClock finds the day to whose day or night an hour belongs that was said
// without one.
func (l *line) dayOfClock(at time.Duration, next bool) time.Time {
	today, now := l.today(), l.sinceMidnight()
	if next {
		at += 24 * time.Hour
	}
	if l.back && at > now {
		return today.AddDate(0, 0, -1)
	}
	if !l.back && at < now {
		return today.AddDate(0, 0, 1)
	}
	return today
}

// moved is the date of d, moved on if d is today by words that leave it open
// and its hour is past: 周二 on a Tuesday.
func (l *line) moved(d *day, at time.Duration) time.Time {
	if !l.back && d.date.Equal(l.today()) && at < l.sinceMidnight() {
		return d.date.AddDate(0, 0, d.open)
	}
	return d.date
}

// hourOf turns a said hour into one of 24; next means the day after: 晚上两点 is
// in the night that belongs to the next date. A bare hour lies in working
// hours, 8 to 19.
func hourOf(k *clock, p *part) (hour int, next bool) {
	h := k.hour
	if h == 24 {
		return 0, true
	}
	if p == nil {
		if h >= 1 && h <= 7 {
			h += 12
		}
		return h, false
	}
	switch p.name {
	case "noon":
		if h <= 3 {
			h += 12
		}
	case "afternoon", "dusk":
		if h < 12 {
			h += 12
		}
	case "evening", "night":
		switch {
		case h == 12:
			return 0, true
		case h <= 4:
			return h, true
		case h < 12:
			h += 12
		}
	}
	return h, false
}
