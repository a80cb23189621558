package invented

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"mishu/bot/roster"
)

const sheet = "花名册"

// headings are the columns of the Workbook, as a village would name them.
var headings = []any{
	"序号", "村民小组", "户号", "姓名", "与户主关系", "性别", "出生日期", "农历生日", "联系电话", "居住情况", "务工地点", "人员类别", "是否探访", "探访等级",
	"探访人", "备用探访人", "职务", "特长", "别名", "住址", "家属", "邻居", "同意书",
}

// Workbook writes the people as the Excel roster that a village keeps: a title
// over all columns, the groups in Chinese digits and merged, a sum at the end.
// roster.Read gives the same People again.
func (p Place) Workbook() ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		return nil, fmt.Errorf("name worksheet: %w", err)
	}
	if err := p.write(f); err != nil {
		return nil, fmt.Errorf("write worksheet: %w", err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		return nil, fmt.Errorf("write workbook: %w", err)
	}
	return b.Bytes(), nil
}

// write streams the rows; merged areas have to be told before the stream ends.
func (p Place) write(f *excelize.File) error {
	w, err := f.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	rows := [][]any{{p.Name + "村民花名册"}, headings}
	for i, r := range p.People {
		rows = append(rows, p.cells(i, r))
	}
	rows = append(rows, []any{"合计", "", fmt.Sprintf("%d户", households), fmt.Sprintf("%d人", len(p.People))})
	for i, row := range rows {
		if err := w.SetRow(fmt.Sprintf("A%d", i+1), row); err != nil {
			return err
		}
	}
	last, err := excelize.ColumnNumberToName(len(headings))
	if err != nil {
		return err
	}
	if err := w.MergeCell("A1", last+"1"); err != nil {
		return err
	}
	for _, area := range p.groupAreas() {
		if err := w.MergeCell(area[0], area[1]); err != nil {
			return err
		}
	}
	return w.Flush()
}

// cells is one person's row; the group is written in the first row of its
// merged area alone.
func (p Place) cells(i int, r roster.Row) []any {
	group := ""
	if i == 0 || p.People[i-1].Group != r.Group {
		group = "第" + string([]rune("一二三四五六七八九")[r.Group-1]) + "组"
	}
	listed := "否"
	if r.Listed {
		listed = "是"
	}
	return []any{
		i + 1, group, r.Household, spaced(r.Name), r.Relation, map[string]string{"M": "男", "F": "女"}[r.Sex], r.Born, r.Lunar, r.Phone, r.Status, r.Town,
		strings.Join(r.Kinds, "、"), listed, r.Tier, r.Visitor, r.Backup, strings.Join(r.Roles, "、"), strings.Join(r.Skills, "、"),
		strings.Join(r.Aliases, "、"), r.Place, kinCell(r.Kin), kinCell(r.Watch), r.Consent,
	}
}

// spaced writes two characters apart, as lists line up their names: 向　丽.
func spaced(name string) string {
	if c := []rune(name); len(c) == 2 {
		return string(c[0]) + "　" + string(c[1])
	}
	return name
}

func kinCell(list []roster.Kin) string {
	var said []string
	for _, k := range list {
		said = append(said, fmt.Sprintf("%s（%s）%s", k.Name, k.Relation, k.Phone))
	}
	return strings.Join(said, "、")
}

// groupAreas are the merged cells of the group column.
func (p Place) groupAreas() [][2]string {
	const first = 3 // below title and headings
	var areas [][2]string
	from := 0
	for i := range p.People {
		if i+1 == len(p.People) || p.People[i+1].Group != p.People[i].Group {
			areas = append(areas, [2]string{fmt.Sprintf("B%d", from+first), fmt.Sprintf("B%d", i+first)})
			from = i + 1
		}
	}
	return areas
}
