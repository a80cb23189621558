package lunar

import (
	"testing"
	"time"

	"github.com/6tail/lunar-go/calendar"
	"pgregory.net/rapid"
)

func day(t *testing.T, text string) time.Time {
	t.Helper()
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// The dates on which calendars disagree, and those the village lives by.
func TestInvariant13Days(t *testing.T) {
	for _, c := range []struct {
		day  string
		want Date
	}{
		{"2027-02-06", Date{Year: 2027, Month: 1, Day: 1}},
		{"2027-02-05", Date{Year: 2026, Month: 12, Day: 29}},
		{"2030-02-03", Date{Year: 2030, Month: 1, Day: 1}},
		{"2030-02-02", Date{Year: 2029, Month: 12, Day: 30}},
		{"2026-02-17", Date{Year: 2026, Month: 1, Day: 1}},
		{"2026-10-18", Date{Year: 2026, Month: 9, Day: 9}},
		{"2026-11-24", Date{Year: 2026, Month: 10, Day: 16}},
		{"2027-09-15", Date{Year: 2027, Month: 8, Day: 15}},
		{"2025-07-25", Date{Year: 2025, Month: 6, Day: 1, Leap: true}},
		{"2028-06-23", Date{Year: 2028, Month: 5, Day: 1, Leap: true}},
		{"2033-12-22", Date{Year: 2033, Month: 11, Day: 1, Leap: true}},
		{"2034-02-19", Date{Year: 2034, Month: 1, Day: 1}},
		{"1901-01-01", Date{Year: 1900, Month: 11, Day: 11}},
	} {
		got, known := Of(day(t, c.day))
		if !known || got != c.want {
			t.Errorf("%s is %+v, want %+v", c.day, got, c.want)
		}
		back, there := c.want.In(time.UTC)
		if !there || back.Format(time.DateOnly) != c.day {
			t.Errorf("%s %v is %s, want %s", c.want, c.want.Year, back.Format(time.DateOnly), c.day)
		}
	}
}

func TestRepeatedMonths(t *testing.T) {
	for year, month := range map[int]int{2025: 6, 2028: 5, 2033: 11, 2023: 2, 2020: 4, 2026: 0, 2027: 0, 1899: 0} {
		if got := Leap(year); got != month {
			t.Errorf("%d repeats %d, want %d", year, got, month)
		}
	}
}

// What is no day is refused; what people keep all the same has its day.
func TestNoSuchDay(t *testing.T) {
	for _, d := range []Date{
		{Year: 2026, Month: 12, Day: 30},
		{Year: 2026, Month: 6, Day: 1, Leap: true},
		{Year: 2025, Month: 5, Day: 1, Leap: true},
		{Year: 2026, Month: 13, Day: 1},
		{Year: 2026, Month: 0, Day: 1},
		{Year: 2026, Month: 1, Day: 0},
		{Year: 2026, Month: 1, Day: 31},
		{Year: 1899, Month: 1, Day: 1},
		{Year: 2101, Month: 1, Day: 1},
	} {
		if at, there := d.In(time.UTC); there {
			t.Errorf("%+v is said to be %s", d, at.Format(time.DateOnly))
		}
	}
	for _, c := range []struct {
		of   Date
		year int
		want string
	}{
		{Date{Month: 12, Day: 30}, 2026, "2027-02-05"}, // 三十夜
		{Date{Month: 12, Day: 30}, 2029, "2030-02-02"},
		{Date{Month: 6, Day: 3, Leap: true}, 2026, "2026-07-16"},
		{Date{Month: 6, Day: 3, Leap: true}, 2025, "2025-07-27"},
	} {
		kept, known := c.of.Kept(c.year)
		at, there := kept.In(time.UTC)
		if !known || !there || at.Format(time.DateOnly) != c.want {
			t.Errorf("%v is kept in %d on %s, want %s", c.of, c.year, at.Format(time.DateOnly), c.want)
		}
	}
	if _, known := (Date{Month: 13, Day: 1}).Kept(2026); known {
		t.Error("a thirteenth month is kept")
	}
}

func TestTerms(t *testing.T) {
	of2026 := []string{
		"01-05", "01-20", "02-04", "02-18", "03-05", "03-20", "04-05", "04-20", "05-05", "05-21", "06-05", "06-21",
		"07-07", "07-23", "08-07", "08-23", "09-07", "09-23", "10-08", "10-23", "11-07", "11-22", "12-07", "12-22",
	}
	for i, want := range of2026 {
		on, known := Term(i).In(2026, time.UTC)
		if !known || on.Format("01-02") != want {
			t.Errorf("%s of 2026 is %s, want %s", Term(i), on.Format("01-02"), want)
		}
		if back, found := TermOn(on); !found || back != Term(i) {
			t.Errorf("%s is %v", want, back)
		}
	}
	if _, found := TermOn(day(t, "2026-12-23")); found {
		t.Error("the day after 冬至 is a term")
	}
	for _, year := range []int{1900, 2101} {
		if _, known := WinterSolstice.In(year, time.UTC); known {
			t.Errorf("the terms of %d are known", year)
		}
	}
	if WinterSolstice.String() != "冬至" || PureBrightness.String() != "清明" || Term(24).String() != "" {
		t.Error("the names are out of step")
	}
}

func TestNames(t *testing.T) {
	for d, want := range map[Date]string{
		{Month: 9, Day: 9}: "九月初九", {Month: 6, Day: 15, Leap: true}: "闰六月十五",
		{Month: 12, Day: 30}: "腊月三十", {Month: 1, Day: 1}: "正月初一",
	} {
		if got := d.String(); got != want {
			t.Errorf("%+v is called %s, want %s", d, got, want)
		}
		if back, ok := Parse(want); !ok || back != d {
			t.Errorf("%s is read as %+v", want, back)
		}
	}
}

func TestNoName(t *testing.T) {
	for _, name := range []string{"", "九月", "初九", "十三月初一", "九月卅一", "闰", "2026-九月初九"} {
		if d, ok := Parse(name); ok {
			t.Errorf("%q is read as %+v", name, d)
		}
	}
}

// Every day of two centuries follows the one before it and comes back, and one a
// week is what the library says: a month begun on the wrong day is wrong for
// longer than that.
func TestEveryDay(t *testing.T) {
	for d, i := day(t, "1901-01-01"), 0; d.Year() <= 2100; d, i = d.AddDate(0, 0, 1), i+1 {
		got, known := Of(d)
		if back, there := got.In(time.UTC); !known || !there || !back.Equal(d) {
			t.Fatalf("%s is %+v and comes back as %s", d.Format(time.DateOnly), got, back)
		}
		if i%7 != 0 {
			continue
		}
		theirs := calendar.NewLunarFromDate(d)
		month := theirs.GetMonth()
		want := Date{Year: theirs.GetYear(), Month: max(month, -month), Day: theirs.GetDay(), Leap: month < 0}
		if got != want {
			t.Fatalf("%s is %+v, want %+v", d.Format(time.DateOnly), got, want)
		}
	}
}

// Whatever is asked, a day that is said to exist is read back as itself.
func TestDatesComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Date{
			Year: rapid.IntRange(1890, 2110).Draw(t, "year"), Month: rapid.IntRange(-1, 14).Draw(t, "month"),
			Day: rapid.IntRange(-1, 32).Draw(t, "day"), Leap: rapid.Bool().Draw(t, "leap"),
		}
		at, there := d.In(time.UTC)
		if !there {
			return
		}
		if got, known := Of(at); !known || got != d {
			t.Fatalf("%+v comes back as %+v", d, got)
		}
	})
}

func TestNothingIsAllocated(t *testing.T) {
	d := time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)
	n := testing.AllocsPerRun(100, func() {
		l, _ := Of(d)
		kept, _ := l.Kept(2027)
		at, _ := kept.In(time.UTC)
		_, _ = TermOn(at)
		_, _ = WinterSolstice.In(2026, time.UTC)
		_ = MonthName(l.Month)
	})
	if n != 0 {
		t.Errorf("%v allocations", n)
	}
}
