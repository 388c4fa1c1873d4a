// Package budget reads and writes a proposal's budget as spreadsheets have it: an
// .xlsx with a sheet a year, organisations across and lines down, or a CSV with a
// cell a row. It reads what is there and judges no rule of the fund: what cannot be
// read stays as it was written and is refused by the name of its cell.
package budget

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/domain/ledger"
	"startupfund/domain/problem"
)

// Each is of one cell, but the first, which is of the file.
var (
	ErrNotASheet      = problem.New(problem.Invalid, "not-a-budget-sheet")
	ErrAmount         = problem.New(problem.Invalid, "sheet-amount-unreadable")
	ErrTooFine        = problem.New(problem.Invalid, "sheet-amount-finer-than-a-cent")
	ErrFormula        = problem.New(problem.Invalid, "sheet-formula-without-a-number")
	ErrLine           = problem.New(problem.Invalid, "sheet-line-unknown")
	ErrOrganisation   = problem.New(problem.Invalid, "sheet-organisation-unknown")
	ErrYear           = problem.New(problem.Invalid, "sheet-year-unknown")
	ErrCellGivenTwice = problem.New(problem.Invalid, "sheet-cell-twice")
)

// Largest is how many bytes of a file are taken. A budget of a hundred organisations
// has a tenth of it.
const Largest = 2 << 20

// Organisation is one of those that may have cells.
type Organisation struct {
	ID    uuid.UUID
	Code  string
	Names []string // what else it is called, that which is written first
}

// Form is the budget's frame: what may stand in its cells, and the words beside them.
type Form struct {
	Title         string
	Organisations []Organisation // across, in this order
	Known         []Organisation // all that are told apart by their names, in what is read
	Lines         []charter.BudgetLine
	Years         int
	Currency      ledger.Currency
	Language      string // of what is written; also how amounts are typed in what is read
	Words         Words
}

// Words are those of a sheet, in the form's language; Totals in every language, so
// that a sheet is read in whichever it was made.
type Words struct {
	Line, Total, Help string
	Year              func(int) string
	Totals            []string
}

// Refused is a cell that could not be taken: where it stands in the file, which cell
// of the budget it is as far as that is known, and what is written in it.
type Refused struct {
	Cell         string // "C7"; of a workbook with its sheet, "Year 2!C7"
	Organisation uuid.UUID
	Line         string
	Year         int // 0 where it is not known
	Shown        string
	Why          problem.Problem
}

// Read takes a file, which tells by its first bytes what it is. The cells that could
// be read are in good, all others in bad; an error is of the file as a whole. Reading
// ends with ctx, and fails with its error.
func Read(ctx context.Context, file []byte, form Form) (good domain.Budget, bad []Refused, err error) {
	r := &reader{form: form, seen: map[key]bool{}}
	if bytes.HasPrefix(file, []byte("PK\x03\x04")) {
		err = r.workbook(ctx, file)
	} else {
		err = r.csv(file)
	}
	return r.good, r.bad, err
}

// key is where a cell of the budget stands.
type key struct {
	organisation uuid.UUID
	line         string
	year         int
}

// reader collects what a file says.
type reader struct {
	form Form
	seen map[key]bool
	good domain.Budget
	bad  []Refused
}

// cell takes one amount, as it is written at a place of the file.
func (r *reader) cell(at string, who Organisation, line charter.BudgetLine, year int, amount string, fault problem.Problem, shown string) {
	place := key{who.ID, line.Key, year}
	if fault.Code == "" && r.seen[place] {
		fault = ErrCellGivenTwice
	}
	r.seen[place] = true
	if fault.Code == "" {
		m, err := ledger.Parse(amount, r.form.Currency)
		if err == nil {
			r.good = append(r.good, domain.BudgetCell{Organisation: who.ID, Line: line.Key, Year: year, Amount: m})
			return
		}
		fault = ErrAmount
	}
	r.bad = append(r.bad, Refused{at, who.ID, line.Key, year, clip(shown), fault.With("cell", at, "organisation", r.form.written(who),
		"line", map[string]string(line.Name.Value), "year", year, "shown", clip(shown))})
}

// stray refuses what stands where no cell of the budget is.
func (r *reader) stray(at, shown string, why problem.Problem) {
	r.bad = append(r.bad, Refused{Cell: at, Shown: clip(shown), Why: why.With("cell", at, "shown", clip(shown))})
}

// organisation finds one by its code, else by a name that no other has, however the
// letters are set.
func (f Form) organisation(text string) (found Organisation, known bool) {
	text = strings.TrimSpace(text)
	if i := slices.IndexFunc(f.Known, func(o Organisation) bool { return strings.EqualFold(o.Code, text) }); i >= 0 {
		return f.Known[i], text != ""
	}
	for _, o := range f.Known {
		if slices.ContainsFunc(o.Names, func(name string) bool { return strings.EqualFold(strings.TrimSpace(name), text) }) {
			if known {
				return Organisation{}, false // whose it is cannot be told
			}
			found, known = o, true
		}
	}
	return found, known && text != ""
}

// written is what an organisation is called in a sheet: by the first of its names by
// which it is found again, else by its code.
func (f Form) written(o Organisation) string {
	for _, name := range o.Names {
		if found, known := f.organisation(name); known && found.ID == o.ID {
			return name
		}
	}
	return o.Code
}

// line finds one by its key, its number, or its name in any language, with or
// without the number before it.
func (r *reader) line(text string) (charter.BudgetLine, bool) {
	text = strings.TrimSpace(text)
	number, rest, _ := strings.Cut(text, ".")
	n, numbered := smallNumber(number)
	for i, l := range r.form.Lines {
		if numbered && n == i+1 && strings.TrimSpace(rest) == "" {
			return l, true
		}
		for _, name := range append([]string{l.Key}, values(l.Name.Value)...) {
			if text != "" && (strings.EqualFold(text, name) || numbered && strings.EqualFold(strings.TrimSpace(rest), name)) {
				return l, true
			}
		}
	}
	return charter.BudgetLine{}, false
}

// isTotal tells a heading of sums: what it heads is no cell.
func (r *reader) isTotal(text string) bool {
	return slices.ContainsFunc(r.form.Words.Totals, func(w string) bool { return strings.EqualFold(strings.TrimSpace(text), w) })
}

func values(names charter.Names) []string {
	var all []string
	for _, name := range names {
		all = append(all, name)
	}
	return all
}

// clip keeps an echo short enough to show, and free of what turns writing over.
func clip(s string) string {
	r := []rune(strings.Map(func(c rune) rune {
		if c < ' ' || c >= '\u202a' && c <= '\u202e' || c >= '\u2066' && c <= '\u2069' {
			return -1
		}
		return c
	}, s))
	if len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return string(r)
}
