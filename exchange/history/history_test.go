package history

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/ledger"
	"startupfund/domain/problem"
)

const header = "year,kind,party,programme,amount_usd\n"

func TestRead(t *testing.T) {
	rows, err := Read(strings.NewReader("\ufeff" + header +
		`2015,contribution,"Sweden, through Swedish International Development Cooperation Agency (Sida) [SE-0]",,579492.00` + "\r\n" +
		"2015,aa_fee,MPTF Office,,5795.00\n" +
		"2016,transfer,UN Women,00081625 JP GEO Gender Equality,-241802.5\n"))
	if err != nil {
		t.Fatal(err)
	}
	type row struct {
		line, year                int
		kind                      domain.HistoryKind
		name, acronym, ref, code  string
		programme, title, dollars string
	}
	want := []row{
		{2, 2015, "contribution", "Sweden, through Swedish International Development Cooperation Agency", "Sida", "SE-0", "SE-0", "", "", "579492.00"},
		{3, 2015, "aa_fee", "MPTF Office", "", "", "MPTF-OFFICE", "", "", "5795.00"},
		{4, 2016, "transfer", "UN Women", "", "", "UN-WOMEN", "00081625", "JP GEO Gender Equality", "-241802.50"},
	}
	var got []row
	for _, r := range rows {
		got = append(got, row{r.Line, r.Year, r.Kind, r.Party.Name, r.Party.Acronym, r.Party.Reference, r.Party.Code(),
			r.Programme.Code, r.Programme.Title, r.Amount.Text()})
	}
	if d := cmp.Diff(want, got, cmp.AllowUnexported(row{})); d != "" {
		t.Error(d)
	}
}

func TestReadRefuses(t *testing.T) {
	const good = "2015,contribution,Sweden [SE-0],,1.00\n"
	const jp = "00081625 JP GEO"
	for _, c := range []struct{ name, file, want string }{
		{"nothing", "", "history-header columns=year,kind,party,programme,amount_usd line=1"},
		{"another header, and a bad row", "year,kind,party,amount\n15\n", "history-header columns=year,kind,party,programme,amount_usd line=1"},
		{"everything wrong at once", header + good + "15,gift, ,x,1e6\n",
			"history-year column=year given=15 line=3; history-kind column=kind given=gift line=3; history-text column=party given=  line=3; history-amount column=amount_usd given=1e6 line=3"},
		{"too few columns", header + "2015,contribution,Sweden,1.00\n" + good, "history-columns expected=5 found=4 line=2"},
		{"too many columns", header + "2015,contribution,Sweden,,1.00,\n", "history-columns expected=5 found=6 line=2"},
		{"a year of this century only", header + "2115,contribution,Sweden,,1.00\n", "history-year column=year given=2115 line=2"},
		{"a party without a name", header + "2015,contribution,[SE-0],,1.00\n", "history-party column=party given=[SE-0] line=2"},
		{"a reference no account could bear", header + "2015,contribution,Sweden [SE:0],,1.00\n", "history-party column=party given=Sweden [SE:0] line=2"},
		{"an empty reference", header + "2015,contribution,Sweden [],,1.00\n", "history-party column=party given=Sweden [] line=2"},
		{"a transfer to no programme", header + "2015,transfer,UN Women,,1.00\n", "history-programme column=programme given= kind=transfer line=2"},
		{"a programme without number", header + "2015,transfer,UN Women,JP GEO,1.00\n", "history-programme column=programme given=JP GEO kind=transfer line=2"},
		{"a contribution to a programme", header + "2015,contribution,Sweden," + jp + ",1.00\n", "history-programme column=programme given=00081625 JP GEO kind=contribution line=2"},
		{"a contribution to something", header + "2015,contribution,Sweden,JP,1.00\n", "history-programme column=programme given=JP kind=contribution line=2"},
		{"a negative contribution", header + "2015,contribution,Sweden,,-1.00\n", "history-sign column=amount_usd given=-1.00 kind=contribution line=2"},
		{"a negative refund", header + "2015,refund,UN Women," + jp + ",-1.00\n", "history-sign column=amount_usd given=-1.00 kind=refund line=2"},
		{"nothing paid", header + "2015,contribution,Sweden,,0.00\n", "history-amount column=amount_usd given=0.00 line=2"},
		{"half a cent", header + "2015,contribution,Sweden,,0.005\n", "history-amount column=amount_usd given=0.005 line=2"},
		{"thousands set apart", header + "2015,contribution,Sweden,,\"1,000.00\"\n", "history-amount column=amount_usd given=1,000.00 line=2"},
		{"a line break in a name", header + "2015,contribution,\"Swe\nden\",,1.00\n" + good, "history-text column=party given=Swe\nden line=2"},
		{"no UTF-8", header + "2015,contribution,Su\xe8de,,1.00\n", "history-text column=party given=Su?de line=2"},
		{"a lost quote, after a bad row", header + "2015,contribution,Sweden,,x\n2015,contribution,\"Sweden,,1.00\n",
			"history-amount column=amount_usd given=x line=2; history-quoting column=0 line=4"},
		{"a comment", header + "# 2015\n", "history-columns expected=5 found=1 line=2"},
	} {
		rows, err := Read(strings.NewReader(c.file))
		if err == nil || rows != nil {
			t.Errorf("%s: taken", c.name)
			continue
		}
		got := err.Error()
		if c.name == "a lost quote, after a bad row" { // where the quote is missed is encoding/csv's to say
			got, _, _ = strings.Cut(got, "; history-quoting")
			c.want, _, _ = strings.Cut(c.want, "; history-quoting")
			if !strings.Contains(err.Error(), "history-quoting") {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		if got != c.want {
			t.Errorf("%s:\n%s, want\n%s", c.name, got, c.want)
		}
	}
}

func TestReadNamesTwentyAndStops(t *testing.T) {
	_, err := Read(strings.NewReader(header + strings.Repeat("x,x,x,x,x\n", 1000)))
	var p problem.Problem
	if !errors.As(err, &p) || len(p.Also) != maxRefusals-1 {
		t.Errorf("%d refusals", len(p.Also)+1)
	}
	if _, err := Read(strings.NewReader(header + strings.Repeat("x", maxBytes))); !errors.Is(err, ErrSize) {
		t.Errorf("a file too large: %v", err)
	}
}

// TestKnownHistories is the promise of the import: closing balances and fees as
// published, the two sides tied, the statement from postings alone.
func TestKnownHistories(t *testing.T) {
	closing := map[string]string{
		"MPTF00064": "27.00", "MPTF00120": "54.00", "MPTF00122": "3.00", "MPTF00135": "2.00", "MPTF00142": "1.00", "MPTF00173": "0.00",
	}
	if len(Known()) != len(closing) {
		t.Errorf("%d histories are kept", len(Known()))
	}
	for _, f := range Known() {
		h, err := domain.NewHistory(f.Code, f.Rows, decimal.New(1, -2))
		if err != nil {
			t.Errorf("%s: %v", f.Code, err)
			continue
		}
		if f.Name == "" || !strings.Contains(f.Source, "UN Pooled Funds") {
			t.Errorf("%s: named %q, from %q", f.Code, f.Name, f.Source)
		}
		for _, y := range h.Years {
			if !y.Difference.IsZero() || y.PublishedFee.IsZero() {
				t.Errorf("%s %d: fee published %v, ours %v", f.Code, y.Year, y.PublishedFee, y.OurFee)
			}
		}
		for _, v := range h.Vouchers {
			if err := v.Check(); err != nil {
				t.Errorf("%s: %s: %v", f.Code, v.Memo, err)
			}
		}
		end := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
		s := domain.FundingStatus(end, ledger.USD, domain.Flows(h.Vouchers, end))
		balances := ledger.Balances(h.Vouchers)
		for name, got := range map[string]ledger.Money{
			"closing": h.Closing, "statement": s.Line("balance_with_agent"),
			"bank": balances[domain.BankAccount(ledger.USD)], "available": balances[domain.Available("")],
		} {
			if got.Text() != closing[f.Code] {
				t.Errorf("%s: %s is %v, want %s", f.Code, name, got, closing[f.Code])
			}
		}
		if off := domain.Untied(balances, ledger.USD); !off.IsZero() {
			t.Errorf("%s: the two sides differ by %v", f.Code, off)
		}
	}
}

// TestKeptAsPublished compares what the project keeps with the files it was told.
func TestKeptAsPublished(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/data/history/*.csv")
	if len(files) == 0 {
		t.Skip("../shared/data/history is absent")
	}
	for _, file := range files {
		text, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := Read(text)
		text.Close()
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		code := strings.TrimSuffix(filepath.Base(file), ".csv")
		n := slices.IndexFunc(Known(), func(f Fund) bool { return f.Code == code })
		if n < 0 {
			t.Errorf("%s is not kept", code)
			continue
		}
		if d := cmp.Diff(rows, Known()[n].Rows); d != "" {
			t.Errorf("%s: %s", code, d)
		}
	}
}
