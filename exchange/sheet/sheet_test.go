package sheet

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"startupfund/domain/ledger"
)

var columns = []Column{{"title", "Title"}, {"amount", "المبلغ"}, {"states", "States"}, {"at", "At"}, {"n", "N"}, {"none", "None"}}

func written(t *testing.T, format string, fromRight bool) []byte {
	t.Helper()
	exact, err := ledger.Parse("900719925474993.01", "USD")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w, err := New(format, &b, "Proposals", columns, fromRight)
	if err != nil {
		t.Fatal(err)
	}
	for _, title := range []string{`=HYPERLINK("http://x","y")`, " +1+1", "＝SUM(A1)", "@x", "-2", "\tx", "Safe <b> & sound\nmigration", "安全"} {
		if err := w.Row([]Cell{title, exact, []string{"=1", "Kenya"}, time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), 7, nil}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.End(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestCSVHasNoFormulas(t *testing.T) {
	raw := written(t, "csv", false)
	if !bytes.HasPrefix(raw, []byte("\ufeff")) {
		t.Error("a spreadsheet would not know it for UTF-8")
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\ufeff")))).ReadAll()
	if err != nil || len(rows) != 9 {
		t.Fatal(len(rows), err)
	}
	for i, want := range []string{`'=HYPERLINK("http://x","y")`, "' +1+1", "'＝SUM(A1)", "'@x", "'-2", "'\tx", "Safe <b> & sound\nmigration", "安全"} {
		if got := rows[i+1][0]; got != want {
			t.Errorf("row %d: %q", i+1, got)
		}
	}
	if got := strings.Join(rows[1][1:], "|"); got != "900719925474993.01|'=1; Kenya|2026-03-02T09:00:00Z|7|" {
		t.Error(got)
	}
	if rows[0][1] != "المبلغ" {
		t.Error(rows[0])
	}
}

func TestWorkbookIsReadAsWritten(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(written(t, "xlsx", true)))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows("Proposals", excelize.Options{RawCellValue: true})
	if err != nil || len(rows) != 9 {
		t.Fatal(len(rows), err)
	}
	if rows[1][0] != `=HYPERLINK("http://x","y")` || rows[7][0] != "Safe <b> & sound\nmigration" || rows[1][1] != "900719925474993.01" || rows[1][4] != "7" {
		t.Error(rows[1], rows[7])
	}
	if formula, err := f.GetCellFormula("Proposals", "A2"); err != nil || formula != "" {
		t.Errorf("%q %v", formula, err)
	}
	if v, err := f.GetSheetView("Proposals", 0); err != nil || v.RightToLeft == nil || !*v.RightToLeft {
		t.Error("an Arabic sheet is read from the left")
	}
}

func TestJSONKeepsAmountsAsText(t *testing.T) {
	var list []map[string]any
	if err := json.Unmarshal(written(t, "json", false), &list); err != nil || len(list) != 8 {
		t.Fatal(len(list), err)
	}
	if m := list[0]["amount"].(map[string]any); m["amount"] != "900719925474993.01" || m["currency"] != "USD" || list[0]["title"] != `=HYPERLINK("http://x","y")` || list[0]["none"] != nil {
		t.Error(list[0])
	}
	var none bytes.Buffer
	w, _ := New("json", &none, "", columns, false)
	if err := w.End(); err != nil || json.Unmarshal(none.Bytes(), &list) != nil || len(list) != 0 {
		t.Errorf("an empty list: %s", none.String())
	}
}

// Notes stand below the list, and nowhere else.
func TestNotesBelow(t *testing.T) {
	for format, want := range map[string]string{
		"csv":  "\ufeffName\r\nNiger\r\n\r\nNiger: as agreed\r\n",
		"json": "[\n{\"name\":\"Niger\"}\n]\n",
	} {
		var b strings.Builder
		w, err := New(format, &b, "Names", []Column{{"name", "Name"}}, false)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Row([]Cell{"Niger"}); err != nil {
			t.Fatal(err)
		}
		if err := w.End("Niger: as agreed"); err != nil {
			t.Fatal(err)
		}
		if b.String() != want {
			t.Errorf("%s: %q", format, b.String())
		}
	}
}
