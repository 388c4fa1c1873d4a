package xlsx

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"
)

const (
	root    = `<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	related = `<Relationship Id="r%d" Type="http://x/%s" Target="%s"/>`
)

// book is a workbook written by hand: its parts over those of one with one sheet.
func book(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	all := map[string]string{
		"_rels/.rels":     root,
		"xl/workbook.xml": `<workbook xmlns:r="r"><sheets><sheet name="Year 1" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships>` + fmt.Sprintf(related, 1, "worksheet", "worksheets/sheet1.xml") +
			fmt.Sprintf(related, 2, "sharedStrings", "/xl/sharedStrings.xml") + `</Relationships>`,
		"xl/sharedStrings.xml":     `<sst><si><t>IOM</t></si><si><r><t xml:space="preserve"> Travel </t></r><rPh><t>no</t></rPh><r><t>cost_x000D_</t></r></si></sst>`,
		"xl/worksheets/sheet1.xml": `<worksheet><sheetData/></worksheet>`,
	}
	for name, text := range parts {
		all[name] = text
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range all {
		f, err := z.Create(name)
		if err == nil {
			_, err = f.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func sheetOf(rows string) map[string]string {
	return map[string]string{"xl/worksheets/sheet1.xml": "<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData>" + rows + "</sheetData><mergeCells><mergeCell ref=\"A1:XFD1048576\"/></mergeCells></worksheet>"}
}

// first reads the first sheet as a budget does.
func first(ctx context.Context, file []byte) (Page, error) {
	w, err := Open(ctx, file)
	if err != nil {
		return Page{}, err
	}
	return w.Page(0, 200, 200)
}

func TestCellsAreReadAsTheyStand(t *testing.T) {
	for name, c := range map[string]struct{ rows, want string }{
		"named cells": {`<row r="2"><c r="B2" t="s"><v>0</v></c><c r="D2" t="s"><v>1</v></c></row>`, "[] [{ 0 false} {IOM 1 false} { 0 false} {Travel cost 1 false}] "},
		"no names":    {`<row><c><v> 1.10 </v></c><c t="inlineStr"><is><t>a</t><r><t>b</t></r></is></c></row><row><c t="b"><v>1</v></c></row>`, "[{1.10 0 false} {ab 1 false}] [{1 2 false}] "},
		"formulas":    {`<row r="1"><c r="A1"><f>1+1</f></c><c r="B1"><f t="shared" si="0"/><v>2</v></c><c r="C1" t="str"><f>T()</f><v>x</v></c></row>`, "[{ 0 true} {2 0 true} {x 2 true}] "},
		// Spreadsheets write rows to the end of a sheet for their look.
		"looks far off": {`<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row><row r="1048576"><c r="A1048576" s="1"/></row>`, "[{1 0 false}] "},
	} {
		page, err := first(t.Context(), book(t, sheetOf(c.rows)))
		var got strings.Builder
		for _, r := range page.Rows {
			fmt.Fprint(&got, r, " ")
		}
		if err != nil || got.String() != c.want || page.Beyond {
			t.Errorf("%s: %q, %v", name, got.String(), err)
		}
	}
	if page, err := first(t.Context(), book(t, map[string]string{"xl/worksheets/sheet1.xml": "", `XL\Worksheets\Sheet1.xml`: ""})); !errors.Is(err, ErrBroken) {
		t.Error("a part that is there twice", page, err)
	}
}

// What stands beyond what was asked for is said, and the reading ends there.
func TestWhatStandsBeyondIsSaid(t *testing.T) {
	for rows, beyond := range map[string]bool{
		`<row r="200"><c r="GR200"><v>1</v></c></row>`:                               false,
		`<row r="200"><c r="GS200"><v>1</v></c></row>`:                               true,
		`<row r="201"><c r="A201"><v>1</v></c></row>`:                                true,
		`<row r="201"><c r="A201"><f>1</f></c></row><row r="1">is not looked at</b>`: true,
	} {
		if page, err := first(t.Context(), book(t, sheetOf(rows))); err != nil || page.Beyond != beyond {
			t.Errorf("%s: %v, %v", rows, page.Beyond, err)
		}
	}
}

// bombs are files under two megabytes that would unpack, or unfold, to more than a
// workbook of people has.
func bombs(t testing.TB) map[string][]byte {
	many := func(n int, each string) string { return strings.Repeat(each, n) }
	sheets := map[string]string{"xl/workbook.xml": `<workbook xmlns:r="r"><sheets>` + many(101, `<sheet name="a" r:id="r1"/>`) + `</sheets></workbook>`}
	strung := func(text string) map[string]string { return map[string]string{"xl/sharedStrings.xml": text} }
	return map[string][]byte{
		"bytes":                 book(t, sheetOf(many(180, `<row><c><v>`+many(100<<10, "0")+`</v></c></row>`))),
		"elements":              book(t, sheetOf(`<row><c>`+many(600_000, `<x/>`)+`</c></row>`)),
		"rows without cells":    book(t, sheetOf(many(600_000, `<row/>`))),
		"depth":                 book(t, sheetOf(`<row>`+many(100_000, `<c>`)+many(100_000, `</c>`)+`</row>`)),
		"attributes":            book(t, sheetOf(`<row `+many(1<<20, `a="" `)+`/>`)),
		"one text":              book(t, strung(`<sst><si><t>`+many(12<<20, " ")+`</t></si></sst>`)),
		"shared strings":        book(t, strung(`<sst>`+many(600_000, `<si/>`)+`</sst>`)),
		"sheets":                book(t, sheets),
		"entities":              book(t, strung(`<!DOCTYPE sst [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><sst><si><t>&b;</t></si></sst>`)),
		"a declaration":         book(t, strung(`<!DOCTYPE sst><sst/>`)),
		"another encoding":      book(t, strung(`<?xml version="1.0" encoding="utf-7"?><sst/>`)),
		"a shared text too far": book(t, sheetOf(`<row><c t="s"><v>2</v></c></row>`)),
		"a row after itself":    book(t, sheetOf(`<row r="2"/><row r="2"/>`)),
		"a cell after itself":   book(t, sheetOf(`<row><c r="B1"><v>1</v></c><c r="B1"><v>2</v></c></row>`)),
		"a cell of another row": book(t, sheetOf(`<row r="2"><c r="B1"/></row>`)),
		"a column too far":      book(t, sheetOf(`<row r="1"><c r="XFE1"/></row>`)),
		"a row too far":         book(t, sheetOf(`<row r="1048577"/>`)),
		"no sheet":              book(t, map[string]string{"xl/_rels/workbook.xml.rels": `<Relationships/>`}),
		"no archive":            []byte("PK\x03\x04"),
	}
}

func TestBombsAreRefusedCheaply(t *testing.T) {
	for name, file := range bombs(t) {
		if len(file) > 2<<20 {
			t.Fatalf("%s has %d bytes", name, len(file))
		}
		var err error
		if used := allocated(func() { _, err = first(t.Context(), file) }); !errors.Is(err, ErrBroken) || used > 200<<20 {
			t.Errorf("%s: %v, %d MB", name, err, used>>20)
		}
	}
}

// A hundred thousand rows that each have one cell far to the right filled eleven
// gigabytes once.
func TestAWideSheetCostsWhatIsReadOfIt(t *testing.T) {
	var rows strings.Builder
	for n := range 100_000 {
		fmt.Fprintf(&rows, `<row r="%d"><c r="ZZ%d"><v>1</v></c></row>`, n+1, n+1)
	}
	file := book(t, sheetOf(rows.String()))
	var page Page
	var err error
	if used := allocated(func() { page, err = first(t.Context(), file) }); err != nil || !page.Beyond || used > 4<<20 {
		t.Errorf("%v, %v, %d KB", page.Beyond, err, used>>10)
	}
}

// allocated is how many bytes something takes, given back or not.
func allocated(by func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	by()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// Who has gone is not read for.
func TestReadingEndsWithItsContext(t *testing.T) {
	ctx, end := context.WithCancelCause(t.Context())
	w, err := Open(ctx, book(t, nil))
	if err != nil {
		t.Fatal(err)
	}
	end(nil)
	if _, err := w.Page(0, 200, 200); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	late, end2 := context.WithTimeout(t.Context(), time.Nanosecond)
	defer end2()
	<-late.Done()
	if _, err := Open(late, book(t, nil)); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}

func FuzzCells(f *testing.F) {
	for _, rows := range []string{`<row r="2"><c r="B2" t="s"><v>1</v></c></row>`, `<row><c t="inlineStr"><is><t>a</t></is></c><c><f>1</f></c></row>`,
		`<row r="100000"><c r="ZZ100000"><v>1</v></c></row>`, `<row r="1048576"/>`, `<row><c r="XFE1"/></row>`, `<row`, `&a;`} {
		f.Add(rows)
	}
	f.Fuzz(func(t *testing.T, rows string) {
		page, err := first(t.Context(), book(t, sheetOf(rows)))
		if err != nil && !errors.Is(err, ErrBroken) || len(page.Rows) > 200 {
			t.Errorf("%d rows, %v", len(page.Rows), err)
		}
		for _, r := range page.Rows {
			if len(r) > 200 {
				t.Errorf("%d columns", len(r))
			}
		}
	})
}
