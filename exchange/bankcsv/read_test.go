package bankcsv

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"startupfund/domain/ledger"
	"startupfund/domain/problem"
	"startupfund/exchange/camt053"
)

// mapped is a mapping as it is kept.
func mapped(t testing.TB, text string) Mapping {
	t.Helper()
	var m Mapping
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		t.Fatal(err)
	}
	return m
}

const (
	plain = `{"account":"XX41FUND0000000000000014","currency":"USD","encoding":"utf-8","comma":",","dates":"YYYY-MM-DD","decimal":".","group":",",
		"sign":"signed","columns":{"booked":"Date","value":"Value date","amount":"Amount","currency":"Currency","balance":"Balance",
		"end_to_end":"Our reference","bank_ref":"Bank reference","counterparty":"Name","text":["Text"]}}`
	good = "Date,Value date,Amount,Currency,Balance,Our reference,Bank reference,Name,Text\n" +
		"2026-03-01,2026-03-02,30.00,USD,130.00,E-1,B-1,Ministry of Finance,\"first, of two\"\n" +
		"2026-03-02,,-5.00,USD,125.00,,B-2,Bank,charges\n"

	german = `{"account":"DE02120300000000202051","currency":"EUR","encoding":"windows-1252","comma":";","dates":"DD.MM.YYYY","decimal":",","group":".",
		"newest_first":true,"sign":"mark","debits":["S"],"credits":["H"],"columns":{"booked":"Buchungstag","amount":"Umsatz","mark":"Soll/Haben",
		"balance":"Saldo","counterparty":"Empfänger","text":["Verwendungszweck"]}}`
	germanTable = "Umsätze des Kontos;;\nZeitraum: M\xe4rz\n\nBuchungstag;Empf\xe4nger;Verwendungszweck;Umsatz;Soll/Haben;Saldo;\n" +
		"03.03.2026;M\xfcller;Miete;1.234,50;S;-234,50;\n02.03.2026;Ministerium;Rate;1.000;H;1.000,00;\n;;;;;;\n"

	sided = `{"account":"000-778","currency":"KWD","encoding":"utf-8","comma":"\t","dates":"DD-Mon-YYYY","decimal":".","group":"",
		"sign":"columns","columns":{"booked":"Posted","in":"Credit","out":"Debit","bank_ref":"Ref"}}`
	sidedTable = "Posted\tRef\tDebit\tCredit\n01-Mar-2026\tA\t0.000\t10.125\n02-Mar-2026\tB\t2.5\t\n"
)

func kd(s string) ledger.Money {
	m, err := ledger.Parse(s, "KWD")
	if err != nil {
		panic(err)
	}
	return m
}

// told is a statement in a line a movement.
func told(s camt053.Statement) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s to %s (%s)\n", s.Account, s.Opening.Money, s.Closing.Money, s.ID)
	for _, e := range s.Entries {
		d := e.Details[0]
		fmt.Fprintf(&b, "%d %s %s %s %s|%s|%s|%s\n", e.N, e.Money, e.Booked.Format("0102"), e.Value.Format("0102"), d.EndToEndID, e.BankRef, e.Counterparty(d).Name, strings.Join(d.Text, "/"))
	}
	return b.String()
}

func TestRead(t *testing.T) {
	for _, c := range []struct {
		mapping, doc string
		said         *Ends
		want         string
	}{
		{plain, good, nil, "XX41FUND0000000000000014: 100.00 USD to 125.00 USD (2026-03-01/2026-03-02 2 125.00)\n" +
			"1 30.00 USD 0301 0302 E-1|B-1|Ministry of Finance|first, of two\n2 -5.00 USD 0302 0302 |B-2|Bank|charges\n"},
		{german, germanTable, nil, "DE02120300000000202051: 0.00 EUR to -234.50 EUR (2026-03-02/2026-03-03 2 -234.50)\n" +
			"1 1000.00 EUR 0302 0302 ||Ministerium|Rate\n2 -1234.50 EUR 0303 0303 ||Müller|Miete\n"},
		{sided, sidedTable, &Ends{kd("1.000"), kd("8.625")}, "000-778: 1.000 KWD to 8.625 KWD (2026-03-01/2026-03-02 2 8.625)\n" +
			"1 10.125 KWD 0301 0301 |A||\n2 -2.500 KWD 0302 0302 |B||\n"},
		{strings.Replace(sided, `"sign"`, `"out_negative":true,"sign"`, 1), strings.Replace(sidedTable, "2.5", "-2.5", 1), &Ends{kd("1.000"), kd("8.625")},
			"000-778: 1.000 KWD to 8.625 KWD (2026-03-01/2026-03-02 2 8.625)\n1 10.125 KWD 0301 0301 |A||\n2 -2.500 KWD 0302 0302 |B||\n"},
	} {
		s, err := Read(strings.NewReader(c.doc), mapped(t, c.mapping), c.said, 0)
		if err != nil {
			t.Error(err)
		} else if got := told(s); got != c.want {
			t.Errorf("%s\nwant\n%s", got, c.want)
		}
	}
}

func TestRefusals(t *testing.T) {
	cases := []struct {
		name, mapping, from, to string // of good, or of the table of the mapping
		want                    problem.Problem
		entry                   int
	}{
		{"another head", plain, "Date,", "Day,", camt053.ErrNotStatement, 0},
		{"two columns of one name", plain, "Name,Text", "Date,Text", camt053.ErrTwice, 0},
		{"a column twice", plain, "Text\n", "Text,Amount\n", camt053.ErrTwice, 0},
		{"no row", plain, good[strings.Index(good, "2026"):], "", camt053.ErrMissing, 0},
		{"a short row", plain, ",charges", "", camt053.ErrMalformed, 2},
		{"a quotation left open", plain, "two\"", "two", camt053.ErrMalformed, 0},
		{"bytes that are no UTF-8", plain, "Ministry", "Minist\xe8re", camt053.ErrEncoding, 0},
		{"a nought of a byte", plain, "Ministry", "Min\x00istry", camt053.ErrEncoding, 0},
		{"a value too long", plain, "charges", strings.Repeat("c", maxValue+1), camt053.ErrTooLong, 1},
		{"another form of day", plain, "2026-03-01", "01.03.2026", camt053.ErrValue, 1},
		{"no such day", plain, "2026-03-01", "2026-02-30", camt053.ErrValue, 1},
		{"no day", plain, "2026-03-01", "", camt053.ErrValue, 1},
		{"no such day of value", plain, "2026-03-02,30", "2026-13-02,30", camt053.ErrValue, 1},
		{"another currency", plain, "USD,130", "EUR,130", camt053.ErrOther, 1},
		{"no amount", plain, "30.00", "", camt053.ErrAmount, 1},
		{"an exponent", plain, "30.00", "3e1", camt053.ErrAmount, 1},
		{"a huge exponent", plain, "30.00", "1e999999999", camt053.ErrAmount, 1},
		{"very long", plain, "30.00", strings.Repeat("9", 65), camt053.ErrAmount, 1},
		{"sixteen digits", plain, "30.00", "1000000000000000", camt053.ErrAmount, 1},
		{"thousands that are none", plain, "30.00", `"3,0.00"`, camt053.ErrAmount, 1},
		{"two signs", plain, "-5.00", "--5.00", camt053.ErrAmount, 2},
		{"Arabic figures", plain, "30.00", "٣٠", camt053.ErrAmount, 1},
		{"finer than a cent", plain, "30.00", "30.005", camt053.ErrDecimals, 1},
		{"a balance nobody can read", plain, "130.00", "n/a", camt053.ErrAmount, 1},
		{"a cent too little", plain, "125.00", "124.99", camt053.ErrSum, 2},
		{"rows out of order", strings.Replace(plain, `"sign"`, `"newest_first":true,"sign"`, 1), "", "", camt053.ErrSum, 2},
		{"a mark nobody knows", german, ";S;", ";X;", camt053.ErrValue, 1},
		{"a mark and a sign", german, "1.234,50;S", "-1.234,50;S", camt053.ErrNegative, 1},
		{"a point for the comma", german, "1.234,50;", "1234.50;", camt053.ErrAmount, 1},
		{"in and out at once", sided, "0.000\t10.125", "1.000\t10.125", camt053.ErrTwice, 1},
		{"neither in nor out", sided, "0.000\t10.125", "\t", camt053.ErrMissing, 1},
		{"a sign where none is written", sided, "2.5", "-2.5", camt053.ErrNegative, 2},
		{"no balance and nobody says it", sided, "", "", camt053.ErrBalance, 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			doc := good
			switch {
			case strings.HasPrefix(c.mapping, german[:20]):
				doc = germanTable
			case strings.HasPrefix(c.mapping, sided[:20]):
				doc = sidedTable
			}
			if !strings.Contains(doc, c.from) {
				t.Fatalf("nothing to change: %q", c.from)
			}
			s, err := Read(strings.NewReader(strings.Replace(doc, c.from, c.to, 1)), mapped(t, c.mapping), nil, 0)
			if !errors.Is(err, c.want) || s.Entries != nil {
				t.Fatalf("%v, want %s", err, c.want.Code)
			}
			if got := err.(problem.Problem).Params()["entry"]; got != c.entry {
				t.Errorf("entry %v, want %d", got, c.entry)
			}
		})
	}
}

// What people say of a table must be what the table says.
func TestEnds(t *testing.T) {
	m := mapped(t, sided)
	for _, e := range []Ends{{kd("1.000"), kd("8.626")}, {kd("0.999"), kd("8.625")}, {ledger.Zero("USD"), ledger.Zero("USD")}} {
		if _, err := Read(strings.NewReader(sidedTable), m, &e, 0); !errors.Is(err, camt053.ErrSum) && !errors.Is(err, camt053.ErrOther) {
			t.Errorf("%v: %v", e, err)
		}
	}
	m = mapped(t, plain)
	one, two := ledger.New(kd("100").Amount, "USD"), ledger.New(kd("125").Amount, "USD")
	if _, err := Read(strings.NewReader(good), m, &Ends{one, two}, 0); err != nil {
		t.Error(err)
	}
	if _, err := Read(strings.NewReader(good), m, &Ends{two, two}, 0); !errors.Is(err, camt053.ErrSum) {
		t.Error(err)
	}
}

func TestCheck(t *testing.T) {
	for name, c := range map[string]struct{ mapping, from, to, field string }{
		"no account":               {plain, "XX41FUND0000000000000014", "", "/account"},
		"no currency":              {plain, `"USD"`, `"dollar"`, "/currency"},
		"an encoding nobody reads": {plain, "utf-8", "utf-7", "/encoding"},
		"a letter between fields":  {plain, `"comma":","`, `"comma":"a"`, "/comma"},
		"nothing between fields":   {plain, `"comma":","`, `"comma":""`, "/comma"},
		"days in two ways":         {plain, "YYYY-MM-DD", "YYYY-DD-MM", "/dates"},
		"no decimal mark":          {plain, `"decimal":"."`, `"decimal":""`, "/decimal"},
		"one mark for two things":  {plain, `"group":","`, `"group":"."`, "/group"},
		"no day":                   {plain, `"booked":"Date"`, `"booked":""`, "/columns/booked"},
		"no rule of signs":         {plain, "signed", "", "/sign"},
		"a mark without words":     {german, `["S"]`, `[]`, "/sign"},
		"a word for both":          {german, `["S"]`, `["H"]`, "/debits"},
		"an empty word":            {german, `["S"]`, `[""]`, "/debits"},
		"one side":                 {sided, `"out":"Debit"`, `"out":""`, "/sign"},
		"a sign and two columns":   {sided, "columns\",", "signed\",", "/sign"},
	} {
		if !strings.Contains(c.mapping, c.from) {
			t.Fatalf("%s: nothing to change", name)
		}
		_, err := Read(strings.NewReader(good), mapped(t, strings.Replace(c.mapping, c.from, c.to, 1)), nil, 0)
		var p problem.Problem
		if !errors.As(err, &p) || !p.Is(ErrMapping) || p.Field != c.field {
			t.Errorf("%s: %v at %s, want %s", name, err, p.Field, c.field)
		}
	}
	for _, form := range DateForms() {
		if forms[form] == "" {
			t.Error(form)
		}
	}
}

type endless struct{ rest, again string }

func (e *endless) Read(p []byte) (int, error) {
	if e.rest == "" {
		e.rest = e.again
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	return n, nil
}

// Whoever sends without end is stopped by a count.
func TestLimits(t *testing.T) {
	head := good[:strings.Index(good, "\n")+1]
	for name, c := range map[string]struct {
		start, again string
		want         problem.Problem
	}{
		"rows":         {head, "2026-03-01,,0.00,USD,0,,,,\n", camt053.ErrTooMany},
		"one field":    {head, "x", camt053.ErrTooLarge},
		"one value":    {head + `"`, "x\n", camt053.ErrTooLarge},
		"nothing":      {head, "\n", camt053.ErrTooLarge},
		"no head":      {"", "a,b\n", camt053.ErrNotStatement},
		"many columns": {head, ",", camt053.ErrTooLarge},
	} {
		if _, err := Read(&endless{c.start, c.again}, mapped(t, plain), nil, 2<<20); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want.Code)
		}
	}
	broken := errors.New("broken")
	if _, err := Read(failing{broken}, mapped(t, plain), nil, 0); !errors.Is(err, broken) {
		t.Error(err)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// Whatever is sent, Read refuses it by name or takes it exactly, by arithmetic other
// than ours.
func FuzzRead(f *testing.F) {
	maps := []Mapping{mapped(f, plain), mapped(f, german), mapped(f, sided)}
	for i, seed := range []string{good, germanTable, sidedTable, ""} {
		f.Add(uint8(i), []byte(seed))
	}
	f.Fuzz(func(t *testing.T, which uint8, b []byte) {
		m := maps[int(which)%len(maps)]
		var said *Ends
		if m.Columns.Balance == "" {
			said = &Ends{kd("1.000"), kd("8.625")}
		}
		s, err := Read(strings.NewReader(string(b)), m, said, 0)
		var p problem.Problem
		if err != nil {
			if !errors.As(err, &p) {
				t.Fatal(err)
			}
			return
		}
		sum, _ := new(big.Rat).SetString(s.Opening.Money.Text())
		for i, e := range s.Entries {
			one, _ := new(big.Rat).SetString(e.Money.Text())
			if sum.Add(sum, one); e.N != i+1 || e.Money.Currency != m.Currency || e.Booked.IsZero() {
				t.Fatalf("%+v", e)
			}
		}
		if end, _ := new(big.Rat).SetString(s.Closing.Money.Text()); end.Cmp(sum) != 0 || s.ID == "" {
			t.Fatalf("%+v", s)
		}
	})
}
