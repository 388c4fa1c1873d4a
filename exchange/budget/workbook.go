package budget

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"

	"github.com/xuri/excelize/v2"

	"startupfund/domain"
	"startupfund/domain/ledger"
	"startupfund/domain/problem"
	"startupfund/exchange/xlsx"
)

// What a budget has at most of a sheet. One that has something farther on is refused
// whole: no amount is left out unsaid.
const (
	mostRows    = 200
	mostColumns = 200
	headWithin  = 30 // rows
)

// workbook reads a sheet a year: a row that names organisations, and under it rows
// that begin with a line.
func (r *reader) workbook(ctx context.Context, file []byte) error {
	w, err := xlsx.Open(ctx, file)
	if err != nil {
		return unread(err)
	}
	found := false
	for n, name := range w.Sheets() {
		year, said := yearOf(name)
		if !said {
			year = n + 1
		}
		sheet, err := w.Page(n, mostRows, mostColumns)
		if err != nil {
			return unread(err)
		}
		s := page{sheet, name}
		head, across := r.head(s)
		if len(across) == 0 {
			continue
		}
		found = true
		if year < 1 || year > r.form.Years {
			r.stray(s.at(head, 1), name, ErrYear.With("years", r.form.Years))
			continue
		}
		if r.rows(s, head, across, year); s.Beyond || len(r.good)+len(r.bad) > mostRecords {
			return ErrNotASheet
		}
	}
	if !found {
		return ErrNotASheet
	}
	return nil
}

// unread is what a person is told of a workbook that cannot be read; a reading that was
// ended says so.
func unread(err error) error {
	if errors.Is(err, xlsx.ErrBroken) {
		return ErrNotASheet
	}
	return err
}

// yearOf is the number that a sheet's name ends with: "Year 2", "السنة 2", "第 2 年".
func yearOf(name string) (int, bool) {
	parts := strings.FieldsFunc(name, func(c rune) bool { return !unicode.IsDigit(c) })
	if len(parts) == 0 {
		return 0, false
	}
	return smallNumber(parts[len(parts)-1])
}

// page is one worksheet, as far as a budget could reach.
type page struct {
	xlsx.Page
	name string
}

// cell is what stands in a cell; rows and columns are counted from 1.
func (p page) cell(row, column int) xlsx.Cell {
	if row > len(p.Rows) || column > len(p.Rows[row-1]) {
		return xlsx.Cell{}
	}
	return p.Rows[row-1][column-1]
}

func (p page) text(row, column int) string { return p.cell(row, column).Text }

func (p page) at(row, column int) string {
	name, _ := excelize.CoordinatesToCellName(column, row)
	return p.name + "!" + name
}

// head is the row that names organisations, and which column is whose.
func (r *reader) head(p page) (row int, across map[int]Organisation) {
	for row = 1; row <= min(len(p.Rows), headWithin); row++ {
		across = map[int]Organisation{}
		for column := 1; column <= len(p.Rows[row-1]); column++ {
			if who, known := r.form.organisation(p.text(row, column)); known {
				across[column] = who
			}
		}
		if len(across) > 0 {
			return row, across
		}
	}
	return 0, nil
}

func (r *reader) rows(p page, head int, across map[int]Organisation, year int) {
	first := mostColumns
	for column := range across {
		first = min(first, column)
	}
	for column := first; column <= len(p.Rows[head-1]); column++ {
		label := p.text(head, column)
		if _, known := across[column]; !known && label != "" && !r.isTotal(label) {
			r.stray(p.at(head, column), label, ErrOrganisation)
		}
	}
	for row := head + 1; row <= len(p.Rows); row++ {
		label, filled := "", false
		for column := first - 1; column >= 1 && label == ""; column-- {
			label = p.text(row, column)
		}
		for column := range across {
			filled = filled || p.text(row, column) != ""
		}
		line, known := r.line(label)
		if !known {
			if filled && !r.isTotal(label) {
				r.stray(p.at(row, max(1, first-1)), label, ErrLine)
			}
			continue
		}
		for column := first; column <= len(p.Rows[row-1]); column++ {
			who, known := across[column]
			if !known {
				continue
			}
			c := p.cell(row, column)
			if amount, fault := r.amount(c); amount != "" || fault.Code != "" {
				r.cell(p.at(row, column), who, line, year, amount, fault, c.Text)
			}
		}
	}
}

// amount is what a cell comes to, "" for an empty one. Of a formula the number that was kept with it is
// taken, and nothing is computed.
func (r *reader) amount(c xlsx.Cell) (string, problem.Problem) {
	switch {
	case c.Text == "" && !c.Formula:
		return "", problem.Problem{}
	case c.Text == "":
		return "", ErrFormula
	case c.Kind == xlsx.Number:
		return number(c.Text, r.form.Currency)
	case c.Formula:
		amount, fault := number(c.Text, r.form.Currency)
		if fault.Is(ErrAmount) {
			fault = ErrFormula
		}
		return amount, fault
	case c.Kind == xlsx.Text:
		return typed(c.Text, r.form.Language, r.form.Currency)
	}
	return "", ErrAmount
}

// WriteWorkbook writes a budget to be filled in: the words are locked, the cells are
// not. Amounts are written as the decimal text they are; texts are never formulas, and
// the sums are the only formulas there are.
func WriteWorkbook(w io.Writer, form Form, cells domain.Budget) error {
	f := excelize.NewFile()
	defer f.Close()
	b := &writer{file: f, form: form, kept: map[key]ledger.Money{}}
	for _, c := range cells {
		b.kept[key{c.Organisation, c.Line, c.Year}] = c.Amount
	}
	b.styles()
	for year := 1; year <= form.Years; year++ {
		b.sheet(year)
	}
	if b.err != nil {
		return b.err
	}
	return f.Write(w)
}

// writer fills a workbook; after the first error it does nothing.
type writer struct {
	file                *excelize.File
	form                Form
	kept                map[key]ledger.Money
	head, open, sum, by int
	err                 error
}

func (b *writer) do(err error) {
	if b.err == nil {
		b.err = err
	}
}

func (b *writer) styles() {
	style := func(s excelize.Style) int {
		id, err := b.file.NewStyle(&s)
		b.do(err)
		return id
	}
	figures := "#,##0.00"
	if b.form.Currency.Places() == 0 {
		figures = "#,##0"
	}
	side := []excelize.Border{{Type: "bottom", Color: "D5DCE1", Style: 1}}
	b.head = style(excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}, Border: side})
	b.by = style(excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	b.open = style(excelize.Style{CustomNumFmt: &figures, Border: side, Protection: &excelize.Protection{Locked: false}})
	b.sum = style(excelize.Style{CustomNumFmt: &figures, Font: &excelize.Font{Bold: true}, Border: side})
}

const (
	headRow   = 4
	firstLine = headRow + 1
)

func (b *writer) sheet(year int) {
	name := b.form.Words.Year(year)
	if year == 1 {
		b.do(b.file.SetSheetName("Sheet1", name))
	} else {
		_, err := b.file.NewSheet(name)
		b.do(err)
	}
	rtl := b.form.Language == "ar"
	b.do(b.file.SetSheetView(name, -1, &excelize.ViewOptions{RightToLeft: &rtl}))
	last := firstLine + len(b.form.Lines) - 1
	total := len(b.form.Organisations) + 2
	b.text(name, 1, 1, b.form.Title, b.head)
	b.text(name, 2, 1, b.form.Words.Help, b.by)
	b.text(name, headRow, 1, b.form.Words.Line+" ("+string(b.form.Currency)+")", b.head)
	for n, l := range b.form.Lines {
		b.text(name, firstLine+n, 1, fmt.Sprintf("%d. %s", n+1, l.Name.Value[b.form.Language]), b.by)
		b.add(name, firstLine+n, total, at(firstLine+n, 2)+":"+at(firstLine+n, total-1))
	}
	b.text(name, last+1, 1, b.form.Words.Total, b.head)
	b.text(name, headRow, total, b.form.Words.Total, b.head)
	for n, who := range b.form.Organisations {
		b.text(name, headRow, n+2, b.form.written(who), b.head)
		for m, l := range b.form.Lines {
			cell := at(firstLine+m, n+2)
			if amount, kept := b.kept[key{who.ID, l.Key, year}]; kept {
				b.do(b.file.SetCellDefault(name, cell, amount.Text()))
			}
			b.do(b.file.SetCellStyle(name, cell, cell, b.open))
		}
		b.add(name, last+1, n+2, at(firstLine, n+2)+":"+at(last, n+2))
	}
	b.add(name, last+1, total, at(last+1, 2)+":"+at(last+1, total-1))
	b.do(b.file.SetColWidth(name, "A", "A", 44))
	end, _ := excelize.ColumnNumberToName(total)
	b.do(b.file.SetColWidth(name, "B", end, 17))
	b.do(b.file.SetPanes(name, &excelize.Panes{Freeze: true, XSplit: 1, YSplit: headRow, TopLeftCell: at(firstLine, 2), ActivePane: "bottomRight"}))
	b.do(b.file.ProtectSheet(name, &excelize.SheetProtectionOptions{SelectLockedCells: true, SelectUnlockedCells: true, FormatColumns: true}))
}

func (b *writer) text(sheet string, row, column int, text string, style int) {
	b.do(b.file.SetCellStr(sheet, at(row, column), text))
	b.do(b.file.SetCellStyle(sheet, at(row, column), at(row, column), style))
}

func (b *writer) add(sheet string, row, column int, what string) {
	b.do(b.file.SetCellFormula(sheet, at(row, column), "SUM("+what+")"))
	b.do(b.file.SetCellStyle(sheet, at(row, column), at(row, column), b.sum))
}

func at(row, column int) string {
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		panic("budget: no cell " + strconv.Itoa(row) + ", " + strconv.Itoa(column)) // both are ours, and small
	}
	return name
}
