package xlsx

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
)

// Kind is what a cell's text was written as.
type Kind int

// The kinds; dates, truths and errors are Other.
const (
	Number Kind = iota
	Text
	Other
)

// Cell is what stands in a cell: of a formula the value that was kept with it, since
// nothing is computed. A number is as the file has it.
type Cell struct {
	Text    string // without blanks around it, its first 4 KB
	Kind    Kind
	Formula bool
}

// Page is one sheet as far as it was asked for. Rows end after their last filled cell,
// and the page after its last row that has one.
type Page struct {
	Rows   [][]Cell
	Beyond bool // something stands farther down or across than was asked for
}

// Page reads the nth sheet, counted from 0, to so many rows and columns. What has
// nothing but a look is passed over, however far it goes.
func (w *Workbook) Page(n, rows, columns int) (Page, error) {
	p, err := w.part(w.sheets[n].part)
	if err != nil {
		return Page{}, w.fault(err)
	}
	defer p.Close()
	r := &pageReader{part: p, rows: rows, columns: columns}
	for err == nil && !r.done {
		var t xml.Token
		if t, err = p.next(); err == nil {
			err = r.take(t)
		}
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return r.page, w.fault(err)
}

// pageReader takes a sheet's rows and cells in the order in which they must stand.
type pageReader struct {
	*part
	rows, columns int // of the page
	page          Page
	row, column   int // where it is, from 1
	inside, done  bool
}

func (r *pageReader) take(t xml.Token) error {
	switch t := t.(type) {
	case xml.EndElement:
		r.done = r.inside && t.Name.Local == "sheetData"
	case xml.StartElement:
		switch {
		case t.Name.Local == "sheetData":
			r.inside = true
		case r.inside && t.Name.Local == "row":
			return r.begin(t)
		case r.inside && t.Name.Local == "c" && r.row > 0:
			return r.cell(t)
		}
	}
	return nil
}

func (r *pageReader) begin(e xml.StartElement) error {
	row := r.row + 1
	if said := attribute(e, "r"); said != "" {
		n, err := strconv.Atoi(said)
		if err != nil || n < row {
			return ErrBroken
		}
		row = n
	}
	if row > lastRow {
		return ErrBroken
	}
	r.row, r.column = row, 0
	return nil
}

func (r *pageReader) cell(e xml.StartElement) error {
	column := r.column + 1
	if said := attribute(e, "r"); said != "" {
		across, down, ok := place(said)
		if !ok || down != r.row || across < column {
			return ErrBroken
		}
		column = across
	}
	if column > lastColumn {
		return ErrBroken
	}
	r.column = column
	c, err := r.content(attribute(e, "t"))
	if err != nil || c.Text == "" && !c.Formula {
		return err
	}
	if r.row > r.rows {
		r.page.Beyond, r.done = true, true
		return nil
	}
	if r.column > r.columns {
		r.page.Beyond = true
		return nil
	}
	for len(r.page.Rows) < r.row {
		r.page.Rows = append(r.page.Rows, nil)
	}
	row := r.page.Rows[r.row-1]
	for len(row) < r.column {
		row = append(row, Cell{})
	}
	row[r.column-1] = c
	r.page.Rows[r.row-1] = row
	return nil
}

// content is what stands in the cell that has just begun.
func (r *pageReader) content(kind string) (c Cell, err error) {
	var value, inline string
	err = r.within(func(e xml.StartElement) (err error) {
		switch e.Name.Local {
		case "v":
			value, err = r.text()
			value = kept(value)
		case "is":
			inline, err = r.rich()
		case "f":
			var formula string
			formula, err = r.text()
			c.Formula = formula != "" || attribute(e, "t") == "shared"
		}
		return err
	})
	c.Text = value
	switch kind {
	case "", "n":
	case "s":
		c.Kind = Text
		if value != "" {
			n, wrong := strconv.Atoi(value)
			if wrong != nil || n < 0 || n >= len(r.texts) {
				return c, errors.Join(err, ErrBroken)
			}
			c.Text = r.texts[n]
		}
	case "inlineStr":
		c.Kind, c.Text = Text, inline
	default:
		c.Kind = Other
	}
	return c, err
}

// place reads where a cell stands: "C7" is 3 across and 7 down.
func place(name string) (across, down int, ok bool) {
	i := 0
	for ; i < len(name) && i < 3 && name[i] >= 'A' && name[i] <= 'Z'; i++ {
		across = across*26 + int(name[i]-'A'+1)
	}
	down, err := strconv.Atoi(name[i:])
	return across, down, err == nil && across > 0 && down > 0
}
