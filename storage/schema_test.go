package storage

import (
	"cmp"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// schema is what a database says of its tables.
type schema struct {
	Columns map[string]column   // "person.name"
	Indexes map[string][]string // of a table, each "unique village, number", sorted
}

type column struct {
	Type string // text, number
	Null bool
	Wide int // of a bounded text
}

// One test compares both dialects table by table: what is true of one store is
// true of the other.
func testOneSchema(t *testing.T, a address) {
	lite := sqliteSchema(t, sqliteAddress(t).migrated(t).open(t, newHands().clocks()))
	maria := mariaSchema(t, a.open(t, newHands().clocks()))
	if len(lite.Columns) < 150 {
		t.Fatalf("only %d columns were seen", len(lite.Columns))
	}
	same(t, "SQLite beside MariaDB", lite, maria)
}

var wide = regexp.MustCompile(`(?m)^    (\w+) +(?:VAR)?CHAR\((\d+)\) .*CHECK \(length\((\w+)\) <= (\d+)\)`)

func sqliteSchema(t *testing.T, s *Store) schema {
	all := schema{map[string]column{}, map[string][]string{}}
	var tables []struct{ Name, SQL string }
	query := "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'goose%' AND name NOT LIKE 'sqlite%'"
	must(t, s.read.Select(&tables, query))
	for _, table := range tables {
		widths := map[string]int{}
		for _, m := range wide.FindAllStringSubmatch(table.SQL, -1) {
			if m[1] == m[3] && m[2] == m[4] {
				widths[m[1]], _ = strconv.Atoi(m[2])
			}
		}
		var columns []struct {
			Name, Type  string
			NotNull, PK int
		}
		must(t, s.read.Select(&columns, `SELECT name, type, "notnull", pk FROM pragma_table_info(?)`, table.Name))
		for _, c := range columns {
			kind := column{Type: kindOf(c.Type), Null: c.NotNull == 0 && c.PK == 0, Wide: widths[c.Name]}
			all.Columns[table.Name+"."+c.Name] = kind
		}
		all.Indexes[table.Name] = sqliteIndexes(t, s, table.Name)
	}
	return all
}

func sqliteIndexes(t *testing.T, s *Store, table string) []string {
	var parts []struct {
		Name   string
		Unique bool
		Column string
	}
	must(t, s.read.Select(&parts, `SELECT l.name, l."unique", i.name AS "column"
		FROM pragma_index_list(?) l, pragma_index_info(l.name) i ORDER BY l.name, i.seqno`, table))
	indexes := map[string]string{}
	for _, p := range parts {
		indexes[p.Name] = join(indexes[p.Name], p.Unique, p.Column)
	}
	var id int
	must(t, s.read.Get(&id, "SELECT COUNT(*) FROM pragma_table_info(?) WHERE name = 'id' AND pk = 1", table))
	if id == 1 { // the id is the row itself there, and no index
		indexes["id"] = join("", true, "id")
	}
	return slices.Sorted(maps.Values(indexes))
}

func mariaSchema(t *testing.T, s *Store) schema {
	all := schema{map[string]column{}, map[string][]string{}}
	var columns []struct {
		Table     string
		Name      string
		Type      string
		Null      string
		Wide      *int
		Charset   *string
		Collation *string
	}
	must(t, s.read.Select(&columns, "SELECT table_name AS `table`, column_name AS name, data_type AS type, is_nullable AS `null`,"+
		" character_maximum_length AS wide, character_set_name AS charset, collation_name AS collation"+
		" FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name NOT LIKE 'goose%'"))
	for _, c := range columns {
		kind := column{Type: kindOf(c.Type), Null: c.Null == "YES"}
		if kind.Type == "text" && (*c.Charset != "utf8mb4" || *c.Collation != "utf8mb4_bin") {
			t.Errorf("%s.%s is %s", c.Table, c.Name, *c.Collation)
		}
		if c.Wide != nil && c.Type != "text" && !strings.HasSuffix(c.Type, "blob") {
			kind.Wide = *c.Wide
		}
		all.Columns[c.Table+"."+c.Name] = kind
	}
	var parts []struct {
		Table, Name, Column string
		NonUnique           bool `db:"non_unique"`
	}
	must(t, s.read.Select(&parts, "SELECT table_name AS `table`, index_name AS name, column_name AS `column`, non_unique"+
		" FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name NOT LIKE 'goose%'"+
		" ORDER BY table_name, index_name, seq_in_index"))
	named := map[string]map[string]string{}
	for _, p := range parts {
		if named[p.Table] == nil {
			named[p.Table] = map[string]string{}
		}
		named[p.Table][p.Name] = join(named[p.Table][p.Name], !p.NonUnique, p.Column)
	}
	for table, indexes := range named {
		all.Indexes[table] = slices.Sorted(maps.Values(indexes))
	}
	return all
}

// join adds a column to the words about an index.
func join(index string, unique bool, column string) string {
	if index != "" {
		return index + ", " + column
	}
	if unique {
		return "unique " + column
	}
	return column
}

func kindOf(sql string) string {
	sql = strings.ToLower(sql)
	if strings.Contains(sql, "char") || strings.Contains(sql, "text") {
		return "text"
	}
	return "number"
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// rows is every kind of row; a new noun is added here.
var rows = []row{
	Village{},
	Setting{},
	Duty{},
	Person{},
	Household{},
	Alias{},
	Contact{},
	Volunteer{},
	Role{},
	Member{},
	Proxy{},
	Invitation{},
	Help{},
	HelpLog{},
	Ask{},
	Plan{},
	Door{},
	Medium{},
	Leaving{},
	Tagging{},
	Visit{},
	ServiceRecord{},
	Finding{},
	Alert{},
	AlertLog{},
	Absence{},
	Proposal{},
	Slip{},
	Ladder{},
	Listening{},
	Reach{},
	Substitute{},
	Consent{},
	ConsentText{},
	Trait{},
	Behalf{},
	Taught{},
	Puzzle{},
	Measure{},
	Vouching{},
	VouchCall{},
	Tenure{},
	Gate{},
	Notice{},
	Subscription{},
	BriefItem{},
	briefBound{},
	Heard{},
	Watermark{},
	Birthday{},
	PhoneCall{},
	Courtesy{},
	Missed{},
}

// Every column has its field and every field its column, and words are cut to
// exactly what their column holds.
func TestRowsFitTheirTables(t *testing.T) {
	t.Parallel()
	lite := sqliteSchema(t, sqliteAddress(t).migrated(t).open(t, newHands().clocks()))
	for _, r := range rows {
		kind := reflect.TypeOf(r)
		for i := range kind.NumField() {
			name := r.table() + "." + kind.Field(i).Tag.Get("db")
			c, there := lite.Columns[name]
			delete(lite.Columns, name)
			if clip, _ := strconv.Atoi(cmp.Or(kind.Field(i).Tag.Get("clip"), strconv.Itoa(c.Wide))); !there || clip != c.Wide {
				t.Errorf("%s: in the table %v, holds %d, cut to %d", name, there, c.Wide, clip)
			}
		}
	}
	same(t, "columns without a field", lite.Columns, map[string]column{})
}
