// Package sheet writes lists as other programs read them: CSV, XLSX and JSON, row by
// row as they come, so that a list of any length is never held as a whole. What
// people wrote stays text: no spreadsheet takes it for a formula. Amounts are written
// digit by digit, never through a binary number.
package sheet

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"strings"
	"time"

	"startupfund/domain/ledger"
)

// Cell is one value of a row: a string, a []string, an int, a bool, a ledger.Money, a
// time.Time, or nil for nothing.
type Cell any

// Column is one of a list: its name for programs, and its head for people.
type Column struct{ Key, Head string }

// Writer takes the rows of a list, one after the other, and then its end, with the
// notes that stand below it. JSON has no place for notes: its readers ask for them.
type Writer interface {
	Row([]Cell) error
	End(notes ...string) error
}

// below writes the notes under a list, an empty row between.
func below(w Writer, notes []string) error {
	for i, note := range notes {
		if i == 0 {
			if err := w.Row([]Cell{""}); err != nil {
				return err
			}
		}
		if err := w.Row([]Cell{note}); err != nil {
			return err
		}
	}
	return nil
}

// Formats are what a list can be written as, with their media types.
var Formats = map[string]string{
	"csv":  "text/csv; charset=utf-8",
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"json": "application/json",
}

// New begins a list in one of the Formats. Name is the sheet's, in a workbook; to
// whoever reads from right to left it is shown so.
func New(format string, to io.Writer, name string, columns []Column, fromRight bool) (Writer, error) {
	switch format {
	case "csv":
		return newCSV(to, columns)
	case "xlsx":
		return newWorkbook(to, name, columns, fromRight)
	}
	_, err := io.WriteString(to, "[")
	return &objects{to: to, columns: columns}, err
}

// text is a cell as words: instants in UTC, as RFC 3339 has them.
func text(c Cell) string {
	switch v := c.(type) {
	case nil:
		return ""
	case string:
		return v
	case []string:
		return strings.Join(v, "; ")
	case ledger.Money:
		return v.Text()
	case time.Time:
		return v.UTC().Format(time.RFC3339)
	}
	b, err := json.Marshal(c)
	if err != nil {
		panic("sheet: a cell that cannot be written: " + err.Error())
	}
	return string(b)
}

// plain is a text that no spreadsheet takes for a formula: what begins like one, as
// is or after blanks, gets an apostrophe before it, which spreadsheets do not show.
func plain(s string) string {
	rest := strings.TrimLeft(s, " \u00a0\u3000\ufeff")
	if rest != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠|%", []rune(rest)[0]) {
		return "'" + s
	}
	return s
}

type table struct{ to *csv.Writer }

// newCSV begins with the mark by which spreadsheets know UTF-8.
func newCSV(to io.Writer, columns []Column) (Writer, error) {
	if _, err := io.WriteString(to, "\ufeff"); err != nil {
		return nil, err
	}
	t := &table{csv.NewWriter(to)}
	t.to.UseCRLF = true
	heads := make([]Cell, len(columns))
	for i, c := range columns {
		heads[i] = c.Head
	}
	return t, t.Row(heads)
}

func (t *table) Row(row []Cell) error {
	out := make([]string, len(row))
	for i, c := range row {
		switch c.(type) {
		case string, []string:
			out[i] = plain(text(c))
		default:
			out[i] = text(c)
		}
	}
	return t.to.Write(out)
}

func (t *table) End(notes ...string) error {
	if err := below(t, notes); err != nil {
		return err
	}
	t.to.Flush()
	return t.to.Error()
}

type objects struct {
	to      io.Writer
	columns []Column
	begun   bool
}

func (o *objects) Row(row []Cell) error {
	var b strings.Builder
	if o.begun {
		b.WriteString(",")
	}
	o.begun = true
	b.WriteString("\n{")
	for i, c := range row {
		if i > 0 {
			b.WriteString(",")
		}
		if at, ok := c.(time.Time); ok {
			c = text(at)
		}
		value, err := json.Marshal(c)
		if err != nil {
			return err
		}
		key, err := json.Marshal(o.columns[i].Key)
		if err != nil {
			return err
		}
		b.Write(key)
		b.WriteString(":")
		b.Write(value)
	}
	b.WriteString("}")
	_, err := io.WriteString(o.to, b.String())
	return err
}

func (o *objects) End(...string) error {
	_, err := io.WriteString(o.to, "\n]\n")
	return err
}
