package budget

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/xuri/excelize/v2"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/domain/ledger"
	"startupfund/domain/problem"
)

var (
	iom = Organisation{uuid.New(), "XM-DAC-47066", []string{"IOM", "International Organization for Migration"}}
	ilo = Organisation{uuid.New(), "ILO", []string{"=HYPERLINK(\"https://example.org\")"}}
)

func form(language string) Form {
	return Form{Title: "Safe recruitment", Organisations: []Organisation{iom, ilo}, Known: []Organisation{iom, ilo}, Lines: charter.MustDefault().Budget.Lines, Years: 3,
		Currency: ledger.USD, Language: language, Words: Words{Line: "Budget line", Total: "Total", Help: "Fill in the white cells.",
			Year: func(n int) string { return fmt.Sprintf("Year %d", n) }, Totals: []string{"Total", "المجموع"}}}
}

func cell(who Organisation, line string, year int, amount string) domain.BudgetCell {
	m, err := ledger.Parse(amount, ledger.USD)
	if err != nil {
		panic(err)
	}
	return domain.BudgetCell{Organisation: who.ID, Line: line, Year: year, Amount: m}
}

func written(cells domain.Budget) string {
	var b strings.Builder
	for _, c := range cells {
		code := map[uuid.UUID]string{iom.ID: "IOM", ilo.ID: "ILO"}[c.Organisation]
		fmt.Fprintf(&b, "%s %s %d %s\n", code, c.Line, c.Year, c.Amount.Text())
	}
	return b.String()
}

func faults(bad []Refused) string {
	var b strings.Builder
	for _, r := range bad {
		fmt.Fprintf(&b, "%s %s %q\n", r.Cell, r.Why.Code, r.Shown)
	}
	return b.String()
}

// What is written is read back to the cent, in every language, and by either format.
func TestABudgetReadsBack(t *testing.T) {
	cells := domain.Budget{cell(iom, "staff", 1, "0.10"), cell(ilo, "travel", 1, "9999999999999.99"), cell(iom, "indirect", 3, "7.00")}
	for _, language := range charter.Languages {
		var book, csv bytes.Buffer
		if err := errors.Join(WriteWorkbook(&book, form(language), cells), WriteCSV(&csv, form(language), cells)); err != nil {
			t.Fatal(err)
		}
		for name, file := range map[string][]byte{"xlsx": book.Bytes(), "csv": csv.Bytes()} {
			good, bad, err := Read(t.Context(), file, form(language))
			if err != nil || len(bad) > 0 || written(good) != written(cells) {
				t.Errorf("%s in %s: %v\n%s%s", name, language, err, written(good), faults(bad))
			}
		}
	}
}

// Each cell of a file is taken or refused by its own name; one bad cell spoils no other.
func TestCellsAreReadOneByOne(t *testing.T) {
	var empty bytes.Buffer
	if err := WriteWorkbook(&empty, form("en"), nil); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&empty)
	if err != nil {
		t.Fatal(err)
	}
	put := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for at, raw := range map[string]string{"B5": "1.1000000000000001", "B6": "0.30000000000000004", "B7": "1E5", "B8": "10.005", "B9": "-4", "B11": "1e400"} {
		put(f.SetCellDefault("Year 1", at, raw))
	}
	put(f.SetCellStr("Year 1", "C5", "1,250.5"))
	put(f.SetCellStr("Year 1", "C6", "18 5OO"))
	put(f.SetCellStr("Year 1", "C7", "١٬٢٥٠"))
	put(f.SetCellFormula("Year 1", "C8", "1+1"))
	put(f.SetCellDefault("Year 1", "C9", "12.5"))
	put(f.SetCellFormula("Year 1", "C9", "B5*2"))
	put(f.SetCellBool("Year 1", "C10", true))
	put(f.SetCellStr("Year 1", "E4", "UNDP"))
	put(f.SetCellStr("Year 1", "A14", "Contingency"))
	put(f.SetCellDefault("Year 1", "B14", "5"))
	put(f.SetSheetName("Year 3", "Year 7"))
	var file bytes.Buffer
	put(f.Write(&file))
	good, bad, err := Read(t.Context(), file.Bytes(), form("en"))
	put(err)
	if got, want := written(good), "IOM staff 1 1.10\nILO staff 1 1250.50\nIOM supplies 1 0.30\nIOM equipment 1 100000.00\nILO travel 1 12.50\n"; got != want {
		t.Errorf("taken:\n%s", got)
	}
	want := `Year 1!E4 sheet-organisation-unknown "UNDP"
Year 1!C6 sheet-amount-unreadable "18 5OO"
Year 1!C7 sheet-amount-unreadable "١٬٢٥٠"
Year 1!B8 sheet-amount-finer-than-a-cent "10.005"
Year 1!C8 sheet-formula-without-a-number ""
Year 1!B9 sheet-amount-unreadable "-4"
Year 1!C10 sheet-amount-unreadable "1"
Year 1!B11 sheet-amount-unreadable "1e400"
Year 1!A14 sheet-line-unknown "Contingency"
Year 7!A4 sheet-year-unknown "Year 7"
`
	if got := faults(bad); got != want {
		t.Errorf("refused:\n%s", got)
	}
	if p := bad[1].Why.Params(); p["organisation"] != ilo.Names[0] || p["year"] != 1 || p["line"].(map[string]string)["fr"] != "Fournitures, produits de base et matériel" {
		t.Errorf("a cell is not named: %v", p)
	}
}

// An organisation is written by what people call it and read by every name and by its
// code; a name that two have is nobody's, and is not written.
func TestOrganisationsGoByTheirNames(t *testing.T) {
	twin := Organisation{uuid.New(), "XM-DAC-41127", []string{"IOM", "Office"}}
	frame := form("en")
	cells := domain.Budget{cell(iom, "staff", 1, "1.00")}
	head := func() string {
		var csv bytes.Buffer
		if err := WriteCSV(&csv, frame, cells); err != nil {
			t.Fatal(err)
		}
		who, _, _ := strings.Cut(strings.Split(csv.String(), "\n")[1], ",")
		return who
	}
	if got := head(); got != "IOM" {
		t.Errorf("it is written as %q", got)
	}
	frame.Known = append(frame.Known, twin)
	if got := head(); got != "International Organization for Migration" {
		t.Errorf("a name that two have is written: %q", got)
	}
	good, bad, err := Read(t.Context(), []byte("xm-dac-47066,staff,1,1\nINTERNATIONAL organization for Migration,staff,2,2\nIOM,staff,3,3\nOffice,travel,1,4\n"), frame)
	if err != nil || len(good) != 3 || good[0].Organisation != iom.ID || good[1].Organisation != iom.ID || good[2].Organisation != twin.ID || faults(bad) != "A3 sheet-organisation-unknown \"IOM\"\n" {
		t.Errorf("%v %v\n%s", err, good, faults(bad))
	}
}

// No text of a person becomes a formula of a sheet.
func TestTextsAreNoFormulas(t *testing.T) {
	frame := form("en")
	frame.Title, frame.Organisations[0].Names = `=cmd|' /C calc'!A0`, []string{"+1"}
	frame.Known = frame.Organisations
	var book, csv bytes.Buffer
	if err := errors.Join(WriteWorkbook(&book, frame, nil), WriteCSV(&csv, frame, domain.Budget{cell(iom, "staff", 1, "1.00")})); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&book)
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []string{"A1", "B4"} {
		if formula, _ := f.GetCellFormula("Year 1", at); formula != "" {
			t.Errorf("%s is the formula %s", at, formula)
		}
	}
	if !strings.Contains(csv.String(), "\n'+1,") {
		t.Errorf("a spreadsheet computes %q", csv.String())
	}
}

// What is no sheet is refused as a whole, and so is what unpacks without end.
func TestWhatIsNoSheetIsRefused(t *testing.T) {
	f := excelize.NewFile()
	if err := f.SetCellStr("Sheet1", "A1", strings.Repeat("0", 30_000)); err != nil {
		t.Fatal(err)
	}
	for row := 2; row < 1500; row++ {
		if err := f.SetCellStr("Sheet1", at(row, 1), strings.Repeat(fmt.Sprint(row%10), 30_000)); err != nil {
			t.Fatal(err)
		}
	}
	var bomb bytes.Buffer
	if err := f.Write(&bomb); err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string][]byte{"nothing": nil, "an archive cut off": []byte("PK\x03\x04"), "a picture": []byte("\x89PNG\r\n\x1a\n\x00"),
		"letters": []byte("Dear colleague,\nplease find attached"), "a bomb": bomb.Bytes()} {
		if _, _, err := Read(t.Context(), file, form("en")); !errors.Is(err, ErrNotASheet) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A sheet that goes farther than a budget is refused whole and at once, however far it
// goes; what has nothing but a look there is no part of it.
func TestASheetThatGoesFartherIsRefused(t *testing.T) {
	filled := func(change func(*excelize.File) error) []byte {
		t.Helper()
		var plain, file bytes.Buffer
		if err := WriteWorkbook(&plain, form("en"), domain.Budget{cell(iom, "staff", 1, "1.00")}); err != nil {
			t.Fatal(err)
		}
		f, err := excelize.OpenReader(&plain)
		if err == nil {
			err = errors.Join(change(f), f.Write(&file))
		}
		if err != nil {
			t.Fatal(err)
		}
		return file.Bytes()
	}
	put := func(at string) func(*excelize.File) error {
		return func(f *excelize.File) error { return f.SetCellDefault("Year 1", at, "1") }
	}
	for name, c := range map[string]struct {
		change func(*excelize.File) error
		want   error
	}{
		"the last column": {put("GS1"), ErrNotASheet},
		"the last row":    {put("A201"), ErrNotASheet},
		"within":          {put("GR200"), nil},
		"a look":          {func(f *excelize.File) error { return f.SetCellStyle("Year 1", "ZZ9", "ZZ999", 1) }, nil},
		"a sheet beside": {func(f *excelize.File) error {
			_, err := f.NewSheet("Notes")
			return errors.Join(err, f.SetCellStr("Notes", "ZZ999", "1"))
		}, nil},
		"every row": {func(f *excelize.File) error {
			for row := headRow; row < 2_000; row++ {
				if err := put(fmt.Sprint("ZZ", row))(f); err != nil {
					return err
				}
			}
			return nil
		}, ErrNotASheet},
		"more cells than a budget has": {func(f *excelize.File) error {
			for row := firstLine; row < 100; row++ {
				for column := 2; column < 120; column++ {
					if err := errors.Join(f.SetCellStr("Year 1", at(headRow, column), "IOM"), f.SetCellStr("Year 1", at(row, 1), "staff"), put(at(row, column))(f)); err != nil {
						return err
					}
				}
			}
			return nil
		}, ErrNotASheet},
	} {
		good, _, err := Read(t.Context(), filled(c.change), form("en"))
		if !errors.Is(err, c.want) || err == nil && written(good) != "IOM staff 1 1.00\n" {
			t.Errorf("%s: %v\n%s", name, err, written(good))
		}
	}
	gone, end := context.WithCancel(t.Context())
	end()
	if _, _, err := Read(gone, filled(put("B5")), form("en")); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestAmountsAreReadAsTyped(t *testing.T) {
	for _, r := range []struct{ language, text, want string }{
		{"en", "1,250.5", "1250.50"}, {"en", "US$ 1,250", "1250.00"}, {"en", "12,50", ""}, {"en", "1.005", "sheet-amount-finer-than-a-cent"},
		{"fr", "1 250,5", "1250.50"}, {"fr", "1250.50", "1250.50"}, {"fr", "1.250", "1250.00"}, {"es", "1.250,50", "1250.50"},
		{"ar", "١٬٢٥٠٫٥", "1250.50"}, {"ru", "1\u00a0250", "1250.00"}, {"zh", "1,250", "1250.00"}, {"en", "1 2 5", ""}, {"en", "5.", ""},
		{"en", "-1", ""}, {"en", "1e3", ""}, {"en", strings.Repeat("9", 16), ""}, {"en", "0007", "7.00"},
	} {
		got, fault := typed(r.text, r.language, ledger.USD)
		if r.want == "" {
			r.want = ErrAmount.Code
		}
		if got+fault.Code != r.want {
			t.Errorf("%q in %s is %s%s, not %s", r.text, r.language, got, fault.Code, r.want)
		}
	}
	var none problem.Problem
	if _, fault := number("99.99", ledger.USD); fault.Code != none.Code {
		t.Error(fault)
	}
}
