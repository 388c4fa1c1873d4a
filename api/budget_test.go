package api

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3filter"
)

func init() {
	openapi3filter.RegisterBodyDecoder("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", openapi3filter.FileBodyDecoder)
}

var octets = header("Content-Type", "application/octet-stream")

// cells are budget cells as the API takes them, each "IOM staff 1 100.00".
func (s *story) cells(all ...string) []map[string]any {
	s.t.Helper()
	list := []map[string]any{}
	for _, text := range all {
		var org, line, amount string
		var year int
		fmt.Sscan(text, &org, &line, &year, &amount)
		list = append(list, map[string]any{"organisation": s.org(org, "un"), "line": line, "year": year,
			"amount": map[string]string{"amount": amount, "currency": "USD"}})
	}
	return list
}

// dig goes into an answer by members and places of lists: "cells", "0", "line".
func dig(r reply, path ...string) string {
	var at any
	if err := json.Unmarshal(r.raw, &at); err != nil {
		return err.Error()
	}
	for _, step := range path {
		switch v := at.(type) {
		case map[string]any:
			at = v[step]
		case []any:
			n, _ := strconv.Atoi(step)
			if n >= len(v) {
				return ""
			}
			at = v[n]
		}
	}
	return fmt.Sprint(at)
}

// A budget is kept cell by cell, makes the shares, is refused by the cell's name, and
// is compared with the version before.
func TestABudgetFromFirstCellToSecondVersion(t *testing.T) {
	s := newStory(t)
	call := s.openCall()
	s.person("ana", "applicant", "PMU-QM", "un")
	s.person("eve", "applicant", "PMU-QN", "un")
	s.person("foc", "focal-point", "QM", "state")
	note := s.note("QM")
	note["shares"] = []any{}
	note["budget"] = s.cells("IOM staff 1 100000.00", "IOM indirect 1 7000.01", "ILO travel 2 50000.00")
	made := s.ask("ana", "POST", call+"/proposals", text(note), "201")
	path := "/proposals/" + made.at("id")
	if got := dig(made, "amount", "amount") + dig(made, "shares", "1", "amount", "amount"); got != "157000.0150000.00" {
		t.Fatal(made.raw)
	}
	s.ask("foc", "POST", path+"/endorsement", `{"note":"NV 1"}`, "200", ifMatch(made.tag()))
	speaks := func(lang string) { s.ask("ana", "PUT", "/session/language", `{"language":"`+lang+`"}`, "200") }
	speaks("fr")
	refused := s.ask("ana", "POST", path+"/submission", "", "422 indirect-cost-above-the-rate")
	for _, want := range []string{"IOM, Coûts d’appui indirects, année 1", "/budget/1/amount", "100\u202f000,00"} {
		if !strings.Contains(string(refused.raw), want) {
			t.Errorf("%q is not said: %s", want, refused.raw)
		}
	}

	// A second figure, a cell twice, and a content out of reach are refused.
	note["shares"] = s.note("QM")["shares"]
	s.ask("ana", "PUT", path, text(note), "422 share-differs-from-the-budget", ifMatch(s.ask("ana", "GET", path, "", "200").tag()))
	note["shares"] = []any{}
	note["budget"] = s.cells("IOM staff 1 1.00", "IOM staff 1 2.00")
	s.ask("ana", "PUT", path, text(note), "422 budget-cell-twice", ifMatch(s.ask("ana", "GET", path, "", "200").tag()))
	for _, way := range []string{"/budget", "/budget-sheet"} {
		s.ask("eve", "GET", path+way, "", "404 not-found")
	}
	s.ask("eve", "POST", path+"/budget-sheet", "x", "404 not-found", octets)

	note["budget"] = s.cells("IOM staff 1 100000.00", "IOM indirect 1 7000.00", "ILO travel 2 50000.00")
	saved := s.ask("ana", "PUT", path, text(note), "200", ifMatch(s.ask("ana", "GET", path, "", "200").tag()))
	s.ask("foc", "POST", path+"/endorsement", `{"note":"NV 2"}`, "200", ifMatch(saved.tag()))
	s.ask("ana", "POST", path+"/submission", "", "201")
	s.ask("ana", "POST", path+"/budget-sheet", "organisation,line,year,amount\nIOM,staff,1,5", "200", octets)
	s.ask("sec", "POST", path+"/screening", `{"version":1,"outcome":"returned","reason":"More for travel."}`, "200")

	// The sheet that is downloaded reads back whole.
	speaks("ar")
	sheet := s.ask("ana", "GET", path+"/budget-sheet", "", "200")
	read := s.ask("ana", "POST", path+"/budget-sheet", string(sheet.raw), "200", octets)
	if len(read.JSON()["cells"].([]any)) != 3 || len(read.JSON()["refused"].([]any)) != 0 {
		t.Fatal(read.raw)
	}
	s.ask("ana", "POST", path+"/budget-sheet", wide(t, sheet.raw), "422 not-a-budget-sheet", octets)
	speaks("en")
	csv := strings.ReplaceAll(string(s.ask("ana", "GET", path+"/budget-sheet?format=csv", "", "200").raw), "50000.00", `"57.500,00"`)
	bad := s.ask("ana", "POST", path+"/budget-sheet", csv+"WHO,staff,1,5\n", "200", octets)
	if got := dig(bad, "refused", "0", "cell") + dig(bad, "refused", "0", "shown") + dig(bad, "refused", "1", "cell") + dig(bad, "refused", "1", "code"); got != "D457.500,00A5sheet-organisation-unknown" {
		t.Errorf("%s\n%s", got, bad.raw)
	}
	speaks("es")
	good := s.ask("ana", "POST", path+"/budget-sheet", csv, "200", octets)
	if dig(good, "cells", "2", "amount", "amount") != "57500.00" {
		t.Errorf("%s", good.raw)
	}
	s.ask("ana", "POST", path+"/budget-sheet", "PK\x03\x04", "422 not-a-budget-sheet", octets)
	s.ask("ana", "POST", path+"/budget-sheet", strings.Repeat("0", 2<<20+1), "413 too-large", octets)

	note["budget"] = s.cells("IOM staff 1 100000.00", "IOM indirect 1 7000.00", "ILO travel 2 57500.01", "ILO supplies 3 0.00")
	saved = s.ask("ana", "PUT", path, text(note), "200", ifMatch(s.ask("ana", "GET", path, "", "200").tag()))
	b := s.ask("ana", "GET", path+"/budget?with=1", "", "200")
	var change struct {
		Change struct {
			Cells []struct{ Line string }
			Lines []struct {
				Line, Share string
				Beyond      bool
			}
		}
	}
	must(t, json.Unmarshal(b.raw, &change))
	if c := change.Change; len(c.Cells) != 1 || c.Cells[0].Line != "travel" || !c.Lines[4].Beyond || c.Lines[4].Share != "+15.0" || c.Lines[0].Beyond {
		t.Errorf("%s", b.raw)
	}
	if dig(b, "remainder", "amount") != "4835499.99" || dig(b, "organisations", "0", "share") != "65.0" {
		t.Errorf("%s", b.raw)
	}
	s.ask("ana", "GET", path+"/budget?with=2", "", "404 not-found")
	s.ask("ana", "GET", path+"/budget?version=x", "", "404 not-found")
	if v := s.ask("sec", "GET", path+"/budget", "", "200"); dig(v, "total", "amount") != "157000.00" {
		t.Errorf("the secretariat sees what is being mended: %s", v.raw)
	}
}

// wide is a workbook with a hundred thousand rows more, each with one cell far to the
// right: small as a file, and eleven gigabytes to whoever opens it whole.
func wide(t *testing.T, book []byte) string {
	t.Helper()
	var rows strings.Builder
	for n := 201; n < 100_000; n++ {
		fmt.Fprintf(&rows, `<row r="%d"><c r="ZZ%d"><v>1</v></c></row>`, n, n)
	}
	from, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	must(t, err)
	var b bytes.Buffer
	to := zip.NewWriter(&b)
	for _, f := range from.File {
		text, err := fs.ReadFile(from, f.Name)
		must(t, err)
		part, err := to.Create(f.Name)
		must(t, err)
		_, err = part.Write(bytes.Replace(text, []byte("</sheetData>"), []byte(rows.String()+"</sheetData>"), 1))
		must(t, err)
	}
	must(t, to.Close())
	return b.String()
}
