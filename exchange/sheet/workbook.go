package sheet

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"

	"startupfund/domain/ledger"
)

// workbook writes a workbook of one sheet as it goes. The library that writes budgets
// would hold it whole, and write amounts through binary numbers.
type workbook struct {
	file *zip.Writer
	to   *bufio.Writer
	n    int
}

const (
	declaration   = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	spreadsheetML = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relations     = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	openPackage   = "http://schemas.openxmlformats.org/package/2006/"
)

// The styles, by their numbers: 0 plain, 1 the head, 2 an amount.
const styles = `<styleSheet xmlns="` + spreadsheetML + `"><numFmts count="1"><numFmt numFmtId="164" formatCode="#,##0.00"/></numFmts>` +
	`<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
	`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
	`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
	`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
	`<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>` +
	`<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`

func newWorkbook(to io.Writer, name string, columns []Column, fromRight bool) (Writer, error) {
	w := &workbook{file: zip.NewWriter(to)}
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<Types xmlns="` + openPackage + `content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
			`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>` +
			`<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="` + openPackage + `relationships"><Relationship Id="rId1" Type="` + relations + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns="` + spreadsheetML + `" xmlns:r="` + relations + `"><sheets><sheet name="` + escaped(name) + `" sheetId="1" r:id="rId1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="` + openPackage + `relationships"><Relationship Id="rId1" Type="` + relations + `/worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="rId2" Type="` + relations + `/styles" Target="styles.xml"/></Relationships>`},
		{"xl/styles.xml", styles},
	} {
		f, err := w.file.Create(part[0])
		if err != nil {
			return nil, err
		}
		if _, err := io.WriteString(f, declaration+part[1]); err != nil {
			return nil, err
		}
	}
	f, err := w.file.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		return nil, err
	}
	w.to = bufio.NewWriter(f)
	way := ""
	if fromRight {
		way = ` rightToLeft="1"`
	}
	fmt.Fprintf(w.to, `%s<worksheet xmlns="%s"><sheetViews><sheetView%s workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`,
		declaration, spreadsheetML, way)
	heads := make([]Cell, len(columns))
	for i, c := range columns {
		heads[i] = c.Head
	}
	return w, w.row(heads, 1)
}

func (w *workbook) Row(row []Cell) error { return w.row(row, 0) }

func (w *workbook) row(row []Cell, style int) error {
	w.n++
	fmt.Fprintf(w.to, `<row r="%d">`, w.n)
	for _, c := range row {
		switch v := c.(type) {
		case nil:
			fmt.Fprintf(w.to, `<c s="%d"/>`, style)
		case int:
			fmt.Fprintf(w.to, `<c s="%d"><v>%d</v></c>`, style, v)
		case ledger.Money:
			fmt.Fprintf(w.to, `<c s="2"><v>%s</v></c>`, v.Text())
		case time.Time:
			fmt.Fprintf(w.to, `<c s="%d" t="inlineStr"><is><t>%s</t></is></c>`, style, v.UTC().Format("2006-01-02 15:04 UTC"))
		default:
			fmt.Fprintf(w.to, `<c s="%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, style, escaped(text(c)))
		}
	}
	_, err := w.to.WriteString("</row>")
	return err
}

func (w *workbook) End(notes ...string) error {
	if err := below(w, notes); err != nil {
		return err
	}
	w.to.WriteString("</sheetData></worksheet>")
	if err := w.to.Flush(); err != nil {
		return err
	}
	return w.file.Close()
}

// escaped is a text as XML has it, cut to what a cell holds; what no XML may say is
// left out.
func escaped(s string) string {
	if r := []rune(s); len(r) > 32_000 {
		s = string(r[:32_000])
	}
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		panic("sheet: a text that cannot be written: " + err.Error())
	}
	return b.String()
}
