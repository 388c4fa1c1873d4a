package mt940

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"startupfund/domain/problem"
	"startupfund/exchange/camt053"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Every testdata/*.sta is read, and what was read compared with the .golden file
// beside it. A new case is a new file; `go test -update` writes its answer.
func TestGolden(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.sta")
	if len(files) < 3 {
		t.Fatal("cases are missing")
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			f, err := os.Open(file)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			all, err := ReadAll(f)
			if err != nil {
				t.Fatal(err)
			}
			got, err := json.MarshalIndent(all, "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			golden := strings.TrimSuffix(file, ".sta") + ".golden"
			if *update {
				if err := os.WriteFile(golden, append(got, '\n'), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)+"\n"); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// good is a small statement that is taken as it stands: 100 + 30 − 5 = 125.
const good = `:20:M
:25:XX41FUND0000000000000014
:28C:4
:60F:C260301USD100,00
:61:2603010301C30,00NTRFE-1//B-1
:86:from the ministry
:61:2603010301D5,NCHGNONREF
:62F:C260301USD125,00
-
`

// changed is good with the first of each pair replaced once by the second.
func changed(t *testing.T, pairs ...string) string {
	t.Helper()
	doc := good
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(doc, pairs[i]) {
			t.Fatalf("nothing to change: %q", pairs[i])
		}
		doc = strings.Replace(doc, pairs[i], pairs[i+1], 1)
	}
	return doc
}

const report = ":20:I\n:25:7\n:28C:1\n:34F:USDD0,\n:61:260301C30,NTRFE-1\n:90C:1USD30,\n-\n"

// Each row breaks more than one rule where it can; what comes first in the file is told.
func TestRefusals(t *testing.T) {
	one, two := good[:strings.Index(good, ":61:2603010301D5")]+":62M:C260301USD130,\n-\n",
		":20:M\n:25:XX41FUND0000000000000014\n:28C:4\n:60M:C260301USD130,\n"+good[strings.Index(good, ":61:2603010301D5"):]
	cases := []struct {
		name, doc string
		want      problem.Problem
		where     string // element, line, statement, entry
	}{
		{"empty", "", camt053.ErrNotStatement, " 1 0 0"},
		{"another kind of text", "date;amount\n2026-03-01;30,00\n", camt053.ErrNotStatement, " 2 0 0"},
		{"much of another kind", strings.Repeat("2026-03-01;30,00\n", 20), camt053.ErrNotStatement, " 11 0 0"},
		{"no beginning", changed(t, ":20:M\n", ""), camt053.ErrNotStatement, ":25: 1 0 0"},
		{"UTF-16", "\xff\xfe:\x002\x00", camt053.ErrEncoding, " 1 0 0"},
		{"bytes that are no UTF-8", changed(t, "ministry", "minist\xe9re", "30,00", "31,00"), camt053.ErrEncoding, ":61: 6 1 0"},
		{"a character that is none", changed(t, "ministry", "mini\x00stry"), camt053.ErrEncoding, ":61: 6 1 0"},
		{"a line too long", changed(t, "ministry", strings.Repeat("m", maxLine)), camt053.ErrTooLong, ":61: 6 1 0"},
		{"a field too long", changed(t, "ministry", strings.Repeat("m\n", maxField/2)), camt053.ErrTooLong, ":86: 489 1 1"},
		{"text behind", good + strings.Repeat("more\n", 11), camt053.ErrTrailing, " 20 1 2"},
		{"a field behind", good + ":61:2603010301C30,NTRFE-1\n", camt053.ErrMisplaced, ":61: 10 1 2"},
		{"two accounts", changed(t, ":28C:", ":25:7\n:28C:"), camt053.ErrTwice, ":25: 3 1 0"},
		{"two openings", changed(t, ":61:", ":60F:C260301USD100,00\n:61:"), camt053.ErrTwice, ":60F: 5 1 0"},
		{"told twice", changed(t, ":61:2603010301D", ":86:again\n:61:2603010301D"), camt053.ErrTwice, ":86: 7 1 1"},
		{"told of nothing", changed(t, ":61:", ":86:x\n:61:"), camt053.ErrMisplaced, ":86: 5 1 0"},
		{"movement before the opening", changed(t, ":60F:", ":61:2603010301C30,NTRFE-1\n:60F:"), camt053.ErrMisplaced, ":61: 4 1 0"},
		{"account behind the opening", changed(t, ":25:XX41FUND0000000000000014\n", "", ":61:", ":25:7\n:61:"), camt053.ErrMissing, ":25: 3 1 0"},
		{"no count", changed(t, ":28C:4\n", ""), camt053.ErrMissing, ":28C: 3 1 0"},
		{"a count of letters", changed(t, ":28C:4", ":28C:four"), camt053.ErrValue, ":28C: 3 1 0"},
		{"a field of another message", changed(t, ":61:", ":32A:260301USD5,\n:61:"), camt053.ErrMisplaced, ":32A: 5 1 0"},
		{"no opening", changed(t, ":60F:C260301USD100,00\n", ""), camt053.ErrMisplaced, ":61: 4 1 0"},
		{"nothing but a head", ":20:M\n:25:7\n:28C:1\n-\n", camt053.ErrBalance, " 4 1 0"},
		{"no closing", changed(t, ":62F:C260301USD125,00\n", ""), camt053.ErrBalance, " 8 1 2"},
		{"cut off", good[:strings.Index(good, ":62F:")], camt053.ErrBalance, " 7 1 2"},
		{"one page of two", one, camt053.ErrBalance, " 8 1 1"},
		{"the second page alone", two, camt053.ErrBalance, ":60M: 4 1 0"},
		{"pages of two accounts", one + strings.Replace(two, "0014", "0015", 1), camt053.ErrBalance, ":60M: 12 1 1"},
		{"pages with a gap", one + strings.Replace(two, "130", "131", 1), camt053.ErrBalance, ":60M: 12 1 1"},
		{"pages in two currencies", one + strings.Replace(two, "USD130", "EUR130", 1), camt053.ErrBalance, ":60M: 12 1 1"},
		{"a movement nobody can read", changed(t, "C30,00NTRF", "C30,00"), camt053.ErrValue, ":61: 5 1 1"},
		{"a point", changed(t, "C30,00", "C30.00"), camt053.ErrValue, ":61: 5 1 1"},
		{"neither credit nor debit", changed(t, "C30,00", "X30,00"), camt053.ErrValue, ":61: 5 1 1"},
		{"a sign", changed(t, "C30,00", "C-30,00"), camt053.ErrValue, ":61: 5 1 1"},
		{"no such day", changed(t, "2603010301C", "2602310301C"), camt053.ErrValue, ":61: 5 1 1"},
		{"no such entry day", changed(t, "2603010301C", "2603010230C"), camt053.ErrValue, ":61: 5 1 1"},
		{"another currency's letter", changed(t, "C30,00", "CR30,00"), camt053.ErrOther, ":61: 5 1 1"},
		{"finer than a cent", changed(t, "30,00", "30,005"), camt053.ErrDecimals, ":61: 5 1 1"},
		{"sixteen digits", changed(t, "30,00", "1000000000000000,"), camt053.ErrAmount, ":61: 5 1 1"},
		{"very long", changed(t, "30,00", strings.Repeat("0", 65)+","), camt053.ErrAmount, ":61: 5 1 1"},
		{"a balance of two commas", changed(t, "100,00", "1,00,00"), camt053.ErrAmount, ":60F: 4 1 0"},
		{"a balance without a comma", changed(t, "100,00", "100"), camt053.ErrAmount, ":60F: 4 1 0"},
		{"a balance nobody can read", changed(t, "C260301USD100", "260301USD100"), camt053.ErrValue, ":60F: 4 1 0"},
		{"a day of a balance", changed(t, "C260301USD100", "C261301USD100"), camt053.ErrValue, ":60F: 4 1 0"},
		{"no such currency", changed(t, "USD100", "usd100"), camt053.ErrCurrency, ":60F: 4 1 0"},
		{"closing in another currency", changed(t, "USD125", "EUR125"), camt053.ErrOther, ":62F: 8 1 2"},
		{"a cent too little", changed(t, "125,00", "124,99"), camt053.ErrSum, ":62F: 8 1 0"},
		{"a debit taken for a credit", changed(t, "D5", "C5"), camt053.ErrSum, ":62F: 8 1 0"},
		{"what takes a credit back", changed(t, "C30", "RC30"), camt053.ErrSum, ":62F: 8 1 0"},
		{"what is expected does not count", changed(t, "C30", "EC30"), camt053.ErrSum, ":62F: 8 1 0"},
		{"a report whose count is another", strings.Replace(report, "90C:1", "90C:2", 1), camt053.ErrSum, ":90C: 6 1 1"},
		{"a report whose sum is another", strings.Replace(report, "USD30", "USD31", 1), camt053.ErrSum, ":90C: 6 1 1"},
		{"a report in another currency", strings.Replace(report, "USD30", "EUR30", 1), camt053.ErrOther, ":90C: 6 1 1"},
		{"a report with a balance", strings.Replace(report, ":90C:1USD30,", ":62F:C260301USD30,", 1), camt053.ErrMisplaced, ":62F: 6 1 1"},
		{"a report without an account", strings.Replace(report, ":25:7\n", "", 1), camt053.ErrMissing, ":25: 3 1 0"},
		{"a report in no currency", strings.Replace(report, "USDD0", "0", 1), camt053.ErrCurrency, ":34F: 4 1 0"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			all, err := ReadAll(strings.NewReader(c.doc))
			if !errors.Is(err, c.want) || all != nil {
				t.Fatalf("%v, want %s", err, c.want.Code)
			}
			p := err.(problem.Problem).Params()
			if got := fmt.Sprintf("%s %v %v %v", p["element"], p["line"], p["statement"], p["entry"]); got != c.where {
				t.Errorf("at %q, want %q", got, c.where)
			}
		})
	}
}

// What looks odd and is well: said in another way, or of no matter to the books.
func TestTaken(t *testing.T) {
	cases := []struct{ name, doc string }{
		{"as it stands", good},
		{"byte order mark", "\ufeff" + good},
		{"carriage returns", strings.ReplaceAll(good, "\n", "\r\n")},
		{"a telex's frame", "\x01\r\n" + strings.TrimSuffix(good, "\n") + "\x03"},
		{"no end", strings.TrimSuffix(good, "-\n")},
		{"no new line at the end", strings.TrimSuffix(good, "\n")},
		{"lines of the bank's own", "BANK\n940\n" + good + "BANK\n"},
		{"the old count", changed(t, ":28C:", ":28:")},
		{"the bank before the account", changed(t, ":25:", ":25:QUIMXXQ0/")},
		{"the bank and its branch before the account", changed(t, ":25:", ":25P:QUIMXXQ0XXX/")},
		{"the currency behind the account", changed(t, "0014", "0014 USD")},
		{"a reference of another message", changed(t, ":25:", ":21:X\n:25:")},
		{"the currency's last letter", changed(t, "C30", "CD30")},
		{"a blank entry day", changed(t, "2603010301C", "260301    C")},
		{"no entry day", changed(t, "2603010301C", "260301C")},
		{"thirty days to a month", changed(t, "2603010301C", "2602300301C")},
		{"zeros before", changed(t, "30,00", "000000030,000")},
		{"a word of ours in the text", changed(t, "from the ministry", "from\n:the ministry:\n- and others")},
		{"a blank line", changed(t, ":61:2603010301D", "\n:61:2603010301D")},
		{"what the bank says of the whole", changed(t, "-\n", ":64:C260301USD1,\n:65:C260302USD1,\n:86:all\n-\n")},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			all, err := ReadAll(strings.NewReader(c.doc))
			if err != nil {
				t.Fatal(err)
			}
			s := all[0]
			if got := s.Opening.Money.Add(s.Booked()); !got.Equal(s.Closing.Money) || s.ID != "4 2026-03-01" || s.Account != "XX41FUND0000000000000014" {
				t.Errorf("%s, want %s (%s)", got, s.Closing.Money, s.ID)
			}
			e := s.Entries[0]
			if e.Money.Text() != "30.00" || e.Booked.Format("0102") != "0301" && e.Booked != e.Value || e.Details[0].EndToEndID != "E-1" {
				t.Errorf("%+v", e)
			}
		})
	}
}

// A movement is booked in the year nearest to its value day.
func TestEntryDay(t *testing.T) {
	for _, c := range []struct{ value, entry, want string }{
		{"251231", "0102", "2026-01-02"}, {"260102", "1231", "2025-12-31"}, {"260301", "0301", "2026-03-01"}, {"240228", "0229", "2024-02-29"},
		{"240301", "", "2024-03-01"},
	} {
		value, _ := dayOf(c.value)
		if got, ok := entryDay(value, c.entry); !ok || got.Format("2006-01-02") != c.want {
			t.Errorf("%s %s: %v", c.value, c.entry, got)
		}
	}
}

// Nobody hears of a file that is not well to its end.
func TestNothingIsHandedOnBefore(t *testing.T) {
	err := Read(strings.NewReader(good+changed(t, "125,00", "1,00")), 0,
		func(camt053.Header) error { t.Error("told"); return nil }, func(camt053.Entry) error { return nil })
	if !errors.Is(err, camt053.ErrSum) {
		t.Error(err)
	}
	own := errors.New("enough")
	if err := Read(strings.NewReader(good), 0, func(camt053.Header) error { return own }, nil); !errors.Is(err, own) {
		t.Error(err)
	}
}

func TestBegins(t *testing.T) {
	for doc, want := range map[string]bool{
		good: true, "{1:F01X}{4:\r\n" + good: true, "\x01\r\n" + good: true, "": false, "<a>\n:20:</a>": false, "\ufeff <a>\n:20:": false, "a;b\n": false,
	} {
		if Begins([]byte(doc)) != want {
			t.Errorf("%q", doc)
		}
	}
}
