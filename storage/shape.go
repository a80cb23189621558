package storage

import (
	"database/sql"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// row is a struct that is stored in one table. Its fields carry `db` tags; a
// field tagged "id" is given by the database.
type row interface{ table() string }

// shape is how a row's type is written and read.
type shape struct {
	read   string  // "SELECT id, village, name FROM person "
	insert string  // "INSERT INTO person (village, name) VALUES (?, ?)"
	save   string  // "UPDATE person SET name = ? WHERE village = ? AND id = ?"
	fields []field // the inserted ones
	saved  []field // those that may change: all but the village
	id     int     // the id's place in the struct, -1 if it has none
}

// field is one field of a struct that is written.
type field struct {
	place int
	clip  int // tag `clip:"400"`: people's words are cut to what the column holds, 0: too long is an error
}

var shapes sync.Map // reflect.Type -> *shape; filled once a type

func shapeOf(r row) *shape {
	t := reflect.TypeOf(r)
	if s, ok := shapes.Load(t); ok {
		return s.(*shape)
	}
	s := newShape(t, r.table())
	shapes.Store(t, s)
	return s
}

func newShape(t reflect.Type, table string) *shape {
	s := &shape{id: -1}
	var all, put, set []string
	for i := range t.NumField() {
		name := t.Field(i).Tag.Get("db")
		all = append(all, name)
		if name == "id" {
			s.id = i
			continue
		}
		f := field{place: i}
		f.clip, _ = strconv.Atoi(t.Field(i).Tag.Get("clip"))
		put, s.fields = append(put, name), append(s.fields, f)
		if name != "village" {
			set, s.saved = append(set, name+" = ?"), append(s.saved, f)
		}
	}
	s.read = fmt.Sprintf("SELECT %s FROM %s ", strings.Join(all, ", "), table)
	s.insert = fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", table, strings.Join(put, ", "), marks(len(put)))
	s.save = fmt.Sprintf("UPDATE %s SET %s WHERE village = ? AND id = ?", table, strings.Join(set, ", "))
	return s
}

// marks are the places of n arguments: "?, ?, ?".
func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

// values are some fields of a row, with room for more arguments.
func values(v reflect.Value, fields []field) []any {
	args := make([]any, len(fields), len(fields)+4)
	for i, f := range fields {
		if args[i] = v.Field(f.place).Interface(); f.clip > 0 {
			args[i] = clip(v.Field(f.place).String(), f.clip)
		}
	}
	return args
}

// clip cuts words to what a column holds, on a rune boundary.
func clip(s string, runes int) string {
	if len(s) <= runes {
		return s
	}
	for at := range s {
		if runes == 0 {
			return s[:at]
		}
		runes--
	}
	return s
}

// insert writes r, a pointer to a row, and sets its id.
func insert[T row](tx *Tx, r *T) error {
	s := shapeOf(*r)
	v := reflect.ValueOf(r).Elem()
	res, err := tx.run(s.insert, values(v, s.fields))
	if err != nil {
		return fmt.Errorf("insert %s: %w", (*r).table(), err)
	}
	tx.wrote = true
	if s.id < 0 {
		return nil
	}
	id, err := res.LastInsertId()
	if err != nil {
		return fmt.Errorf("insert %s: %w", (*r).table(), err)
	}
	v.Field(s.id).SetInt(id)
	return nil
}

// insertLater writes a row whose id nobody needs, at the latest before COMMIT.
func insertLater(tx *Tx, r row) error {
	s := shapeOf(r)
	if err := tx.later(s.insert, values(reflect.ValueOf(r), s.fields)); err != nil {
		return fmt.Errorf("insert %s: %w", r.table(), err)
	}
	return nil
}

// rowsAtOnce bounds one INSERT of many rows: SQLite allows 32,766 arguments.
const rowsAtOnce = 100

// insertAll writes rows without reading the ids that the database gave them. One
// that is there already refuses all that go with it.
func insertAll[T row](tx *Tx, rows []T) error {
	for some := range slices.Chunk(rows, rowsAtOnce) {
		s := shapeOf(some[0])
		var args []any
		for _, r := range some {
			args = append(args, values(reflect.ValueOf(r), s.fields)...)
		}
		more := strings.Repeat(", ("+marks(len(s.fields))+")", len(some)-1)
		if _, err := tx.run(s.insert+more, args); err != nil {
			return fmt.Errorf("insert %ss: %w", some[0].table(), err)
		}
		tx.wrote = true
	}
	return nil
}

// save writes all fields of a row that was read, and locked, in this
// transaction. A row of another village is not there.
func save[T row](v In, r T) error {
	found, err := saveIf(v, r, "")
	if err == nil && !found {
		err = fmt.Errorf("save %s: the village has no such row", r.table())
	}
	return err
}

// saveIf is save where the row still is as the condition says, " AND ..."; false
// if it is not.
func saveIf[T row](v In, r T, condition string, args ...any) (bool, error) {
	s, fields := shapeOf(r), reflect.ValueOf(r)
	args = append(append(values(fields, s.saved), v.ID, fields.Field(s.id).Int()), args...)
	n, err := v.tx.exec(s.save+condition, args...)
	return n == 1, err
}

// one reads the single row that the rest of the query names; false if none.
func one[T row](tx *Tx, rest string, args ...any) (T, bool, error) {
	var r T
	err := tx.get(&r, shapeOf(r).read+rest, args)
	if errors.Is(err, sql.ErrNoRows) {
		return r, false, nil
	}
	if err != nil {
		return r, false, fmt.Errorf("read %s: %w", r.table(), err)
	}
	return r, true, nil
}

// list reads the rows that the rest of the query names. Every caller bounds it
// by LIMIT or by what a village can hold.
func list[T row](tx *Tx, rest string, args ...any) ([]T, error) {
	var rows []T
	var r T
	if err := tx.all(&rows, shapeOf(r).read+rest, args); err != nil {
		return nil, fmt.Errorf("list %s: %w", r.table(), err)
	}
	return rows, nil
}
