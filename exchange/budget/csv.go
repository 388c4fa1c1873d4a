package budget

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"startupfund/domain"
)

// mostRecords is how many cells are taken of one file.
const mostRecords = 10_000

// csv reads a cell a row: organisation, line, year, amount. Fields are parted by
// commas, semicolons or tabs; a first row without a year is a heading.
func (r *reader) csv(file []byte) error {
	file = bytes.TrimPrefix(file, []byte("\ufeff"))
	if !utf8.Valid(file) || bytes.ContainsRune(file, 0) {
		return ErrNotASheet
	}
	rows := csv.NewReader(bytes.NewReader(file))
	rows.FieldsPerRecord, rows.LazyQuotes = -1, true
	first, _, _ := bytes.Cut(file, []byte("\n"))
	for _, mark := range "\t;" {
		if bytes.ContainsRune(first, mark) {
			rows.Comma = mark
		}
	}
	for n := 1; n <= mostRecords; n++ {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			if n == 1 {
				return ErrNotASheet
			}
			return nil
		}
		if err != nil || len(row) < 4 {
			return ErrNotASheet
		}
		line, _ := rows.FieldPos(0)
		r.record(line, row, n == 1)
	}
	return ErrNotASheet
}

func (r *reader) record(n int, row []string, first bool) {
	at := func(column string) string { return fmt.Sprintf("%s%d", column, n) }
	year, numbered := smallNumber(row[2])
	if first && !numbered {
		return
	}
	who, known := r.form.organisation(strings.TrimPrefix(row[0], "'"))
	line, lined := r.line(row[1])
	switch {
	case !known:
		r.stray(at("A"), row[0], ErrOrganisation)
	case !lined:
		r.stray(at("B"), row[1], ErrLine)
	case !numbered || year < 1 || year > r.form.Years:
		r.stray(at("C"), row[2], ErrYear.With("years", r.form.Years))
	case strings.TrimSpace(row[3]) != "":
		amount, fault := typed(row[3], r.form.Language, r.form.Currency)
		r.cell(at("D"), who, line, year, amount, fault, row[3])
	}
}

// WriteCSV writes a cell a row, by names of organisations and keys of lines. What a spreadsheet would take for
// a formula is marked as text.
func WriteCSV(w io.Writer, form Form, cells domain.Budget) error {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"organisation", "line", "year", "amount"}); err != nil {
		return err
	}
	for _, c := range cells {
		who := c.Organisation.String()
		for _, o := range form.Organisations {
			if o.ID == c.Organisation {
				who = form.written(o)
			}
		}
		if strings.ContainsAny(who[:1], "=+-@\t\r") {
			who = "'" + who
		}
		if err := out.Write([]string{who, c.Line, strconv.Itoa(c.Year), c.Amount.Text()}); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
