package document

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"flag"
	"io"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

var sample = Document{
	Title: "Safe & fair <work>", Language: "en", Source: "Start-up Fund", Footer: "P-2026-001, version 2, sha256 00ff", Page: "Page",
	Blocks: []Block{
		{Heading: "Summary", Level: 2},
		{Text: Text{Is: "One line.\r\n\nAnother\x01 one.", Language: "en"}},
		{Text: Text{Is: "مدارس لا تسأل عن الجواز (UNICEF) منذ 2024.", Language: "ar"}},
		{Facts: []Fact{{"State", Text{Is: "Soumbara"}}, {"Note", Text{Is: "none", Quiet: true}}}},
		{Table: &Table{Caption: "Budget", Head: []string{"Line", "IOM", "Total"}, Rows: [][]string{{"Staff", "82,000.00", "82,000.00"}},
			Total: []string{"Total", "82,000.00", "82,000.00"}, Amounts: true}},
		{Table: &Table{Head: []string{"File", "Kind", "SHA-256"}, Widths: []int{50, 10, 40}, Rows: [][]string{
			{"خطاب الوزارة.pdf", "PDF", "6b86b273ff34fce1"}, {"支持函（签字）.pdf", "PDF", "d4735e3a265e16ee"}}}},
	},
}

func parts(t *testing.T, d Document) map[string]string {
	t.Helper()
	var file bytes.Buffer
	if err := WriteDocx(&file, d); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(file.Bytes()), int64(file.Len()))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all[f.Name] = string(text)
		dec := xml.NewDecoder(bytes.NewReader(text))
		for {
			if _, err := dec.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
	}
	return all
}

// golden compares what was written with a file, and writes it where asked.
func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile("testdata/"+name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/" + name)
	if err != nil || got != string(want) {
		t.Errorf("%s is not what was written (%v); -update writes it anew", name, err)
	}
}

func TestDocx(t *testing.T) {
	all := parts(t, sample)
	golden(t, "body.golden.xml", strings.ReplaceAll(all["word/document.xml"], "<w:p>", "\n<w:p>"))
	golden(t, "footer.golden.xml", all["word/footer1.xml"])
	text := all["word/document.xml"]
	for what, piece := range map[string]string{
		"Arabic paragraphs run from right to left":   `<w:bidi/></w:pPr><w:r><w:rPr><w:rtl/><w:lang w:bidi="ar"/></w:rPr><w:t xml:space="preserve">مدارس لا تسأل عن الجواز (</w:t>`,
		"Latin letters within it do not":             `<w:lang w:val="en" w:eastAsia="ar"/></w:rPr><w:t xml:space="preserve">UNICEF) </w:t>`,
		"the head of a table is repeated":            `<w:tblHeader/>`,
		"a file's Arabic name runs its own way":      `<w:bidi/><w:jc w:val="right"/></w:pPr><w:r><w:rPr><w:rtl/><w:lang w:bidi="en"/></w:rPr><w:t xml:space="preserve">خطاب الوزارة.</w:t>`,
		"a Chinese one stands as it is":              `>支持函（签字）.pdf</w:t>`,
		"columns are as wide as they are said to be": `<w:tblLayout w:type="fixed"/><w:tblLook w:firstRow="1"/></w:tblPr><w:tblGrid><w:gridCol w:w="4819"/>`,
		"what XML cannot hold is left out":           `Another one.`,
		"what XML would take for its own is marked":  `Safe &amp; fair &lt;work&gt;`,
	} {
		if !strings.Contains(text, piece) {
			t.Errorf("not so: %s", what)
		}
	}
	arabic := sample
	arabic.Language = "ar"
	if text := parts(t, arabic)["word/document.xml"]; !strings.Contains(text, "<w:bidiVisual/>") || !strings.Contains(text, `<w:bidi/></w:sectPr>`) {
		t.Error("an Arabic document's tables and pages run from left to right")
	}
}

func TestPage(t *testing.T) {
	var b bytes.Buffer
	if err := WritePage(&b, sample, "Print this."); err != nil {
		t.Fatal(err)
	}
	golden(t, "page.golden.html", b.String())
	if strings.Contains(PagePolicy, "unsafe") || strings.Contains(b.String(), "<work>") {
		t.Error("the page lets a text be more than a text")
	}
}
