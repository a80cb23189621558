// Package roster reads the Excel sheets in which villages keep their people.
// It turns cells into facts and says, row by row and in plain Chinese, what it
// could not understand. It stores nothing and knows nothing of what is stored.
package roster

import (
	"fmt"
	"slices"
)

// The values of Row.Status.
const (
	AtHome       = "在村"
	Away         = "外出"
	WithChildren = "随子女"
	InCare       = "机构"
)

// The values of Row.Tier: how closely an elder is looked after.
const (
	High   = "高"
	Middle = "重点"
	Normal = "一般"
)

// The values of Row.Consent.
const (
	Basic  = "基本"
	Health = "健康"
)

// CannotRead is the value of Row.Literacy of whoever is rung, not written to.
const CannotRead = "不识字"

// LeftBehindChild is the one kind in Row.Kinds that does not put a person on
// the visit list of elders.
const LeftBehindChild = "留守儿童"

// Row is one person as the sheet gives him. Only Line, Name and Group are
// always set (settled.md 24); what a village did not write stays empty.
type Row struct {
	Line      int    // row number in the sheet, as Excel shows it
	Name      string // full name, spaces taken out
	Group     int    // village group, 1-99
	Sex       string // "M", "F" or ""
	Born      string // YYYY-MM-DD, or YYYY where only the year is sure, or ""
	Lunar     string // lunar birthday, 九月初六, or ""
	Age       int    // as written; 0 where it was not (Born is better where both are there)
	Household string // number or door as written; people of one group who share it live together
	Relation  string // to the household's head as written: 户主 妻 儿媳 ..., or ""
	Head      bool   // head of the household
	Phone     string // 11 digits, or a landline as 0745-1234567, or ""
	Aliases   []string
	Status    string   // AtHome, Away, WithChildren, InCare or "" (not written)
	Town      string   // Away: where to, 东莞
	Kinds     []string // 独居 空巢 高龄 失能 重残 留守 其他: why on the visit list; or LeftBehindChild
	Listed    bool     // on the visit list of elders
	Tier      string   // High, Middle, Normal or "" (not fixed yet)
	Visitor   string   // name of the main visitor; of a left-behind child the paired volunteer
	Backup    string   // name of the visitor who steps in
	Roles     []string // 志愿者 组长 村医 秘书长 会长 会计 监督 儿童主任 妇联主任 炊事员
	Kin       []Kin    // whom to ring, in order
	Watch     []Kin    // neighbours who see the person daily
	Place     string   // how to find the door: 桥头第三家
	Skills    []string // 驾车 理发 水电 ...
	Note      string   // whatever else was written, never an ID number
	Consent   string   // Basic or Health: the person has signed that this is kept; "" has not
	Papers    string   // where the signed paper is, if the sheet's owner says so
	Literacy  string   // CannotRead or ""
	Hearing   string   // 左耳好, 听不见 ...
	KeyWith   string   // who has the key: 夏满妹
	Proxy     []Kin    // who may ask for the person; he hears nothing before the person agreed
}

// LeftBehind tells whether the person is a left-behind child (留守儿童).
func (r Row) LeftBehind() bool { return slices.Contains(r.Kinds, LeftBehindChild) }

// Has tells whether the person holds a role, such as 志愿者.
func (r Row) Has(role string) bool { return slices.Contains(r.Roles, role) }

// Kin is somebody to ring about a person. Any field may be empty, not all.
type Kin struct {
	Name     string
	Relation string // 儿子 女儿 邻居 ... as written
	Phone    string
}

// Problem is one thing in the sheet that could not be understood. Reason is
// said to the village as it stands, so it is plain Chinese and ends in what to
// write instead.
type Problem struct {
	Line   int    // row number in the sheet; 0 where the whole sheet is meant
	Column string // heading as the village wrote it; "" where the whole row is meant
	Reason string
}

// String is the problem as one line: 第7行 组别：“向家湾”看不出是第几组，请写数字，如 3.
func (p Problem) String() string {
	switch {
	case p.Line == 0:
		return p.Reason
	case p.Column == "":
		return fmt.Sprintf("第%d行：%s", p.Line, p.Reason)
	default:
		return fmt.Sprintf("第%d行 %s：%s", p.Line, p.Column, p.Reason)
	}
}

// Sheet is what was read of a workbook.
type Sheet struct {
	Sheet string // name of the worksheet that held the roster
	Rows  []Row  // in the order of the sheet; a row with a problem is not among them
	// Headings tells for each heading of the sheet, as written, what it was
	// taken for (one of 姓名 组 性别 ...), or "" where the column was not used.
	Headings map[string]string
}
