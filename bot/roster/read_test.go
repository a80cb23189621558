package roster

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

func TestSmallestRoster(t *testing.T) {
	s := clearly(t, workbook(t, lines{{"姓名", "组"}, {"王桂香", "2"}, {"刘满生", 3}}))
	want := []Row{{Line: 2, Name: "王桂香", Group: 2}, {Line: 3, Name: "刘满生", Group: 3}}
	if diff := cmp.Diff(want, s.Rows); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[string]string{"姓名": "姓名", "组": "组"}, s.Headings); diff != "" {
		t.Error(diff)
	}
}

func TestSheetAsVillagesWriteIt(t *testing.T) {
	s := clearly(t, workbook(t, lines{
		{"青坪村村民花名册"},
		{"填报单位：青坪村", "", "", "2026年11月"},
		{"序号", "户 号", "村民小组", "姓　名", "与户主关系", "性别", "出生年月", "身份证号码", "联系电话", "居住情况", "人员类别", "探访人", "职务", "子女情况", "", "备注", "民族"},
		{"", "", "", "", "", "", "", "", "", "", "", "", "", "姓名", "电话", "", ""},
		{1, "3组8号", "第三组", "刘 满 生（满爷爷）", "户主", "男", 1943.03, "", 1.9900002001e10, "在村", "独居、高龄", "夏满妹、向建国", "", "刘海波、刘海燕", "19900002002/19900002003", "爱下棋", "汉"},
		{2, "", "", "刘海波", "儿子", "男", "1972/5/9", "", "１９９００００２００２", "外出（东莞）", "", "", "", "", "", "", ""},
		{},
		{3, "3组9号", "三", "夏满妹", "户主", "女", time.Date(1975, 2, 3, 0, 0, 0, 0, time.UTC), "", "199-0000-2004", "在家", "/", "", "志愿者、党员", "", "", "", ""},
		{"合计", 3, "", "", "", "", "", "", "", "", "", "", "", "", "", "", ""},
		{"填表人：向丽", "", "", "", "审核人："},
	},
		[2]string{"A1", "Q1"}, [2]string{"A3", "A4"}, [2]string{"D3", "D4"}, [2]string{"N3", "O3"}))
	want := []Row{
		{
			Line: 5, Name: "刘满生", Group: 3, Sex: "M", Born: "1943", Household: "3组8号", Relation: "户主", Head: true, Phone: "19900002001",
			Aliases: []string{"满爷爷"}, Status: AtHome, Kinds: []string{"独居", "高龄"}, Listed: true, Visitor: "夏满妹", Backup: "向建国",
			Kin: []Kin{{Name: "刘海波", Phone: "19900002002"}, {Name: "刘海燕", Phone: "19900002003"}}, Note: "爱下棋",
		},
		{Line: 6, Name: "刘海波", Group: 3, Sex: "M", Born: "1972-05-09", Household: "3组8号", Relation: "儿子", Phone: "19900002002", Status: Away, Town: "东莞"},
		{
			Line: 8, Name: "夏满妹", Group: 3, Sex: "F", Born: "1975-02-03", Household: "3组9号", Relation: "户主", Head: true, Phone: "19900002004",
			Status: AtHome, Roles: []string{"志愿者"}, Note: "党员",
		},
	}
	if diff := cmp.Diff(want, s.Rows); diff != "" {
		t.Error(diff)
	}
	if got := s.Headings["民族"]; got != "" {
		t.Errorf("民族 was taken for %q", got)
	}
}

func TestMergedGroupAndHousehold(t *testing.T) {
	s := clearly(t, workbook(t, lines{
		{"组别", "户号", "姓名", "监护人", "监护人电话"},
		{"4组", "12", "向语涵", "夏桂花", "19900002005"},
		{"", "", "", "向光明", "19900002006"},
		{"", "", "向光明", "", ""},
		{"5组", "13", "王桂香", "", ""},
	}, [2]string{"A2", "A4"}, [2]string{"B2", "B4"}, [2]string{"C2", "C3"}))
	want := []Row{
		{Line: 2, Name: "向语涵", Group: 4, Household: "12", Kin: []Kin{{Name: "夏桂花", Phone: "19900002005"}, {Name: "向光明", Phone: "19900002006"}}},
		{Line: 4, Name: "向光明", Group: 4, Household: "12"},
		{Line: 5, Name: "王桂香", Group: 5, Household: "13"},
	}
	if diff := cmp.Diff(want, s.Rows); diff != "" {
		t.Error(diff)
	}
}

func TestGroupFromSectionTitleOrSheetName(t *testing.T) {
	section := clearly(t, workbook(t, lines{{"序号", "姓名", "电话"}, {"一组（2人）"}, {1, "向大有", ""}, {"第二组"}, {1, "舒小云", ""}}, [2]string{"A2", "C2"}))
	title := clearly(t, workbook(t, lines{{"青坪村第六组名册"}, {"序号", "姓名"}, {1, "向大有"}}))
	f := excelize.NewFile()
	if err := f.SetSheetName("Sheet1", "7组"); err != nil {
		t.Fatal(err)
	}
	put(t, f, "7组", lines{{"姓名", "性别"}, {"向大有", "男"}})
	sheet := clearly(t, saved(t, f))
	got := []int{section.Rows[0].Group, section.Rows[1].Group, title.Rows[0].Group, sheet.Rows[0].Group}
	if diff := cmp.Diff([]int{1, 2, 6, 7}, got); diff != "" {
		t.Error(diff)
	}
}

func TestTitleTellsWhatEverybodyIs(t *testing.T) {
	for title, want := range map[string]Row{
		"青坪村空巢老人探访名单": {Line: 3, Name: "向大有", Group: 1, Kinds: []string{"空巢"}, Listed: true},
		"空巢、独居老人花名册":  {Line: 3, Name: "向大有", Group: 1, Listed: true},
		"60岁以上老人花名册":  {Line: 3, Name: "向大有", Group: 1},
		"留守儿童花名册":     {Line: 3, Name: "向大有", Group: 1, Kinds: []string{"留守儿童"}},
		"村级志愿者名册":     {Line: 3, Name: "向大有", Group: 1, Roles: []string{"志愿者"}},
		"一老一小：老人、儿童":  {Line: 3, Name: "向大有", Group: 1},
		"1组至7组村民花名册":  {Line: 3, Name: "向大有", Group: 1},
	} {
		s := clearly(t, workbook(t, lines{{title}, {"姓名", "组"}, {"向大有", 1}}))
		if diff := cmp.Diff([]Row{want}, s.Rows); diff != "" {
			t.Errorf("%s: %s", title, diff)
		}
	}
}

func TestHouseholdsWithoutNumbers(t *testing.T) {
	s := clearly(t, workbook(t, lines{
		{"组", "户主", "姓名", "关系"},
		{1, "向大有", "向大有", "户主"},
		{1, "向大有", "舒小云", "妻"},
		{2, "", "刘来宝", "户主"},
		{"", "", "滕三妹", "妻"},
	}))
	type seat struct {
		Name, Household string
		Group           int
		Head            bool
	}
	var got []seat
	for _, r := range s.Rows {
		got = append(got, seat{r.Name, r.Household, r.Group, r.Head})
	}
	want := []seat{{"向大有", "向大有家", 1, true}, {"舒小云", "向大有家", 1, false}, {"刘来宝", "刘来宝家", 2, true}, {"滕三妹", "刘来宝家", 2, false}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWholeSheetProblems(t *testing.T) {
	two := excelize.NewFile()
	if _, err := two.NewSheet("二组"); err != nil {
		t.Fatal(err)
	}
	put(t, two, "Sheet1", lines{{"姓名", "组"}, {"向大有", 1}})
	put(t, two, "二组", lines{{"姓名", "组"}, {"向小有", 2}})
	long := lines{{"姓名", "组"}}
	for range maxRows + headingRows {
		long = append(long, []any{"向大有", 1})
	}
	wide := make([]any, maxColumns+1)
	for i := range wide {
		wide[i] = "备注"
	}
	wide[0], wide[1] = "姓名", "组"
	for what, c := range map[string]struct {
		data []byte
		want string
	}{
		"no heading":     {workbook(t, lines{{"向大有", 1}, {"向小有", 2}}), "没找到名单"},
		"heading only":   {workbook(t, lines{{"姓名", "组"}}), "没找到名单"},
		"too deep":       {workbook(t, append(make(lines, 10), []any{"姓名", "组"}, []any{"向大有", 1})), "没找到名单"},
		"no group":       {workbook(t, lines{{"姓名", "电话"}, {"向大有", ""}}), "没有“组”这一列"},
		"two sheets":     {saved(t, two), "“Sheet1”和“二组”里都有名单"},
		"too many rows":  {workbook(t, long), "超过20000行"},
		"too many cols":  {workbook(t, lines{wide, {"向大有", 1}}), "超过100列"},
		"old or locked":  {[]byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0}, "另存为"},
		"too many bytes": {make([]byte, maxBytes+1), "超过10兆"},
	} {
		s, said := read(t, c.data)
		if len(said) != 1 || !strings.Contains(said[0], c.want) || len(s.Rows) > 0 {
			t.Errorf("%s: %d rows, %q; want %q", what, len(s.Rows), said, c.want)
		}
	}
}

func TestBombIsRefused(t *testing.T) {
	f := excelize.NewFile()
	put(t, f, "Sheet1", lines{{"姓名", "组"}, {"向大有", 1}})
	f.Pkg.Store("xl/media/zero.bin", make([]byte, maxUnzipped+1)) // 64 MiB of nothing pack to 64 KiB
	data := saved(t, f)
	if len(data) > 1<<20 {
		t.Fatalf("the bomb is %d bytes", len(data))
	}
	if _, said := read(t, data); len(said) != 1 || !strings.Contains(said[0], "展开后太大") {
		t.Errorf("said %q", said)
	}
}

func TestNoWorkbook(t *testing.T) {
	for _, data := range []string{"", "姓名,组\n王桂香,2\n", "PK\x03\x04 and then nothing"} {
		if _, _, err := Read(strings.NewReader(data)); !errors.Is(err, ErrNoWorkbook) {
			t.Errorf("%q: error %v", data, err)
		}
	}
	broken := errors.New("line cut")
	if _, _, err := Read(&failing{broken}); !errors.Is(err, broken) {
		t.Errorf("reader's error is lost: %v", err)
	}
}

type failing struct{ err error }

func (f *failing) Read([]byte) (int, error) { return 0, f.err }

func TestProblemsAreBounded(t *testing.T) {
	rows := lines{{"姓名", "组"}}
	for range 3 * maxProblems {
		rows = append(rows, []any{"向大有", "溪边"})
	}
	_, said := read(t, workbook(t, rows))
	if len(said) != maxProblems || !strings.Contains(said[maxProblems-1], "错处还有") {
		t.Errorf("%d problems, last %q", len(said), said[len(said)-1])
	}
}

func TestMergedAreaOfTheWholeSheetIsCheap(t *testing.T) {
	// The library would fill the area cell by cell, so the reference is put in afterwards.
	data := repacked(t, workbook(t, lines{{"姓名", "组"}, {"向大有", 1}, {"向小有", 2}}, [2]string{"C1", "D2"}), "C1:D2", "C1:XFD1048576")
	if s := clearly(t, data); len(s.Rows) != 2 {
		t.Errorf("%d rows", len(s.Rows))
	}
}

func TestHiddenSheetIsPassedOver(t *testing.T) {
	f := excelize.NewFile()
	if _, err := f.NewSheet("旧的"); err != nil {
		t.Fatal(err)
	}
	put(t, f, "Sheet1", lines{{"姓名", "组"}, {"向大有", 1}})
	put(t, f, "旧的", lines{{"姓名", "组"}, {"向小有", 2}})
	if err := f.SetSheetVisible("旧的", false); err != nil {
		t.Fatal(err)
	}
	if s := clearly(t, saved(t, f)); len(s.Rows) != 1 || s.Sheet != "Sheet1" {
		t.Errorf("read %+v", s)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("PK\x03\x04"))
	f.Add(workbook(f, lines{{"名册"}, {"姓名", "组", "出生日期", "电话"}, {"王 桂 香", "三组", 17962, 1.9900001234e10}, {"合计"}}, [2]string{"A1", "D1"}))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, problems, err := Read(bytes.NewReader(data))
		if err != nil && len(s.Rows)+len(problems) > 0 || len(problems) > maxProblems || len(s.Rows) > maxRows+headingRows {
			t.Fatalf("%d rows, %d problems, %v", len(s.Rows), len(problems), err)
		}
		for _, r := range s.Rows {
			if r.Name == "" || r.Group < 1 || r.Group > 99 || r.Line < 1 {
				t.Fatalf("row %+v", r)
			}
		}
	})
}
