package document

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"
)

// Media is what a .docx is by name.
const Media = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// WriteDocx writes the document as a word processor's file. The same document is
// the same bytes: no instant stands in it.
func WriteDocx(w io.Writer, d Document) error {
	z := zip.NewWriter(w)
	for _, part := range []struct{ name, text string }{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", packageParts},
		{"docProps/core.xml", fmt.Sprintf(properties, escape(d.Title), escape(d.Source), escape(d.Language))},
		{"word/_rels/document.xml.rels", documentParts},
		{"word/styles.xml", styles(d.Language)},
		{"word/settings.xml", settings},
		{"word/footer1.xml", footer(d)},
		{"word/document.xml", body(d)},
	} {
		f, err := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return err
		}
		if _, err := io.WriteString(f, xml.Header+part.text); err != nil {
			return err
		}
	}
	return z.Close()
}

const names = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

// escape is a text as XML holds it; what XML cannot hold is left out.
func escape(text string) string {
	var b bytes.Buffer
	xml.EscapeText(&b, []byte(strings.Map(func(c rune) rune { // a Buffer takes everything
		if c < ' ' && c != '\n' && c != '\t' || c == 0xFFFE || c == 0xFFFF {
			return -1
		}
		return c
	}, text)))
	return b.String()
}

// writer puts the body of a document together.
type writer struct {
	strings.Builder
	language string
}

func (w *writer) put(format string, args ...any) { fmt.Fprintf(w, format, args...) }

func body(d Document) string {
	w := &writer{language: d.Language}
	w.put(`<w:document%s><w:body>`, names)
	if d.Source != "" {
		w.paragraph("Source", Text{Is: d.Source}, false)
	}
	w.paragraph("Title", Text{Is: d.Title, Language: d.TitleIn}, false)
	for _, b := range d.Blocks {
		w.block(b)
	}
	w.put(`<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="11906" w:h="16838"/>` +
		`<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/>`)
	if rightToLeft("", d.Language) {
		w.put(`<w:bidi/>`)
	}
	w.put(`</w:sectPr></w:body></w:document>`)
	return w.String()
}

func (w *writer) block(b Block) {
	switch {
	case b.Heading != "":
		w.paragraph(fmt.Sprintf("Heading%d", b.Level), Text{Is: b.Heading}, false)
	case b.Table != nil:
		w.table(*b.Table)
	case len(b.Facts) > 0:
		for _, f := range b.Facts {
			w.paragraph("Fact", Text{Is: f.Name}, false)
			w.text(f.Value)
		}
	default:
		w.text(b.Text)
	}
}

// text writes one paragraph a line.
func (w *writer) text(t Text) {
	style := "Normal"
	if t.Quiet {
		style = "Remark"
	}
	for line := range strings.SplitSeq(t.Is, "\n") {
		if strings.TrimSpace(line) != "" {
			w.paragraph(style, Text{Is: strings.TrimRight(line, "\r"), Language: t.Language}, false)
		}
	}
}

// paragraph writes one in a style. What people wrote runs as its letters do, what is
// around it as the document; an amount stands at the end of its line and runs from
// left to right whatever is around it.
func (w *writer) paragraph(style string, t Text, amount bool) {
	language := t.Language
	if language == "" {
		language = w.language
	}
	rtl := rightToLeft("", w.language)
	if t.Language != "" || style == "Title" || style == "Cell" {
		rtl = rightToLeft(t.Is, language)
	}
	w.put(`<w:p><w:pPr><w:pStyle w:val="%s"/>`, style)
	if rtl && !amount {
		w.put(`<w:bidi/>`)
	}
	// Word turns "right" round in a paragraph that runs from right to left: there it is the left. An amount runs the
	// other way, and a cell that runs against its table begins where the table's cells begin.
	if amount || style == "Cell" && rtl != rightToLeft("", w.language) {
		w.put(`<w:jc w:val="right"/>`)
	}
	w.put(`</w:pPr>`)
	for _, r := range runs(t.Is, rtl && !amount) {
		w.put(`<w:r><w:rPr>`)
		if r.rtl {
			w.put(`<w:rtl/><w:lang w:bidi="%s"/>`, escape(language))
		} else {
			w.put(`<w:lang w:val="%s" w:eastAsia="%s"/>`, latin(language), escape(language))
		}
		w.put(`</w:rPr>`)
		for i, line := range strings.Split(r.text, "\n") {
			if i > 0 {
				w.put(`<w:br/>`)
			}
			w.put(`<w:t xml:space="preserve">%s</w:t>`, escape(line))
		}
		w.put(`</w:r>`)
	}
	w.put(`</w:p>`)
}

// latin is the language that Latin letters are taken for: a word processor breaks
// what it takes for Chinese within its words.
func latin(language string) string {
	if language == "zh" || language == "ar" {
		return "en"
	}
	return escape(language)
}

func (w *writer) table(t Table) {
	if t.Caption != "" {
		w.paragraph("Caption", Text{Is: t.Caption}, false)
	}
	w.put(`<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/>`)
	if rightToLeft("", w.language) {
		w.put(`<w:bidiVisual/>`)
	}
	w.put(`<w:tblW w:w="5000" w:type="pct"/>`)
	if t.Widths != nil {
		w.put(`<w:tblLayout w:type="fixed"/>`)
	}
	w.put(`<w:tblLook w:firstRow="1"/></w:tblPr><w:tblGrid>`)
	columns := t.columns()
	for _, c := range columns {
		w.put(`<w:gridCol w:w="%d"/>`, c)
	}
	w.put(`</w:tblGrid>`)
	w.row(t.Head, columns, "HeadCell", `<w:tblHeader/>`, t.Amounts)
	for _, r := range t.Rows {
		w.row(r, columns, "Cell", "", t.Amounts)
	}
	if len(t.Total) > 0 {
		w.row(t.Total, columns, "HeadCell", "", t.Amounts)
	}
	w.put(`</w:tbl>`)
	w.paragraph("Normal", Text{}, false) // two tables that touch are one
}

// sheet is how wide the text of an A4 sheet is, in twentieths of a point.
const sheet = 9638

// columns are as wide as the table says; else as what names a row and what is an
// amount need. A word processor fits these to what they hold, or leaves them.
func (t Table) columns() []int {
	widths := t.Widths
	if widths == nil {
		for i := range t.Head {
			width := 100 / len(t.Head)
			if t.Amounts && len(t.Head) > 1 {
				if amount := min(16, 70/(len(t.Head)-1)); i > 0 {
					width = amount
				} else {
					width = 100 - amount*(len(t.Head)-1)
				}
			}
			widths = append(widths, width)
		}
	}
	columns := make([]int, len(widths))
	for i, hundredths := range widths {
		columns[i] = sheet * hundredths / 100
	}
	return columns
}

func (w *writer) row(cells []string, columns []int, style, also string, amounts bool) {
	w.put(`<w:tr><w:trPr><w:cantSplit/>%s</w:trPr>`, also)
	for i, c := range cells {
		w.put(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, columns[i])
		w.paragraph(style, Text{Is: c}, amounts && i > 0)
		w.put(`</w:tc>`)
	}
	w.put(`</w:tr>`)
}

func footer(d Document) string {
	w := &writer{language: d.Language}
	rtl := rightToLeft("", d.Language)
	w.put(`<w:ftr%s>`, names)
	w.paragraph("Footer", Text{Is: d.Footer}, false)
	field := func(code string) {
		w.put(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> %s </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`, code)
	}
	w.put(`<w:p><w:pPr><w:pStyle w:val="Footer"/>`)
	if rtl {
		w.put(`<w:bidi/>`)
	}
	w.put(`</w:pPr><w:r><w:rPr>`)
	if rtl {
		w.put(`<w:rtl/>`)
	}
	w.put(`</w:rPr><w:t xml:space="preserve">%s </w:t></w:r>`, escape(d.Page))
	field("PAGE")
	w.put(`<w:r><w:t xml:space="preserve"> / </w:t></w:r>`)
	field("NUMPAGES")
	w.put(`</w:p></w:ftr>`)
	return w.String()
}
