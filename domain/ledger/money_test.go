package ledger

import (
	"encoding/json"
	"errors"
	"flag"
	"math/big"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"startupfund/domain/problem"
)

// Laws are tried on more cases than rapid's hundred; a flag still overrides.
func init() { _ = flag.Set("rapid.checks", "400") }

func TestParse(t *testing.T) {
	megabyte := strings.Repeat("9", 1<<20)
	for _, c := range []struct {
		amount   string
		currency Currency
		want     string // the text kept, or
		refusal  error  // why not
	}{
		{"125000.00", USD, "125000.00", nil},
		{"0", USD, "0.00", nil},
		{"5.5", USD, "5.50", nil},
		{"-5", USD, "-5.00", nil},
		{"999999999999999.99", USD, "999999999999999.99", nil},
		{"0.005", "KWD", "0.005", nil},
		{"70", "JPY", "70", nil},
		// Each of these breaks the amount's form and more.
		{"1e1000000", "usd", "", ErrCurrency},
		{megabyte, "", "", ErrCurrency},
		{"1e1000000", USD, "", ErrAmount},
		{megabyte, USD, "", ErrAmount},
		{"1000000000000000.005", USD, "", ErrAmount},
		{"NaN", USD, "", ErrAmount},
		{"Inf", USD, "", ErrAmount},
		{"−5", USD, "", ErrAmount}, // U+2212
		{"+1", USD, "", ErrAmount},
		{".5", USD, "", ErrAmount},
		{"5.", USD, "", ErrAmount},
		{"00012", USD, "", ErrAmount},
		{"-0", USD, "", ErrAmount},
		{"-0.00", USD, "", ErrAmount},
		{"١٢٥", USD, "", ErrAmount},
		{"1,000.00", USD, "", ErrAmount},
		{" 1", USD, "", ErrAmount},
		{"1\n", USD, "", ErrAmount},
		{"", USD, "", ErrAmount},
		{"0x10", USD, "", ErrAmount},
		{"0.0005", "KWD", "", ErrAmount},
		{"0.005", USD, "", ErrDecimals},
		{"-0.005", USD, "", ErrDecimals},
		{"10.000", USD, "", ErrDecimals}, // even a zero too many: nothing is guessed
		{"1.0", "JPY", "", ErrDecimals},
	} {
		m, err := Parse(c.amount, c.currency)
		name := clip(c.amount) + " " + string(c.currency)
		switch {
		case c.refusal != nil:
			if !errors.Is(err, c.refusal) {
				t.Errorf("%s: %v, want %v", name, err, c.refusal)
			}
			if err != nil && len(err.Error()) > 200 {
				t.Errorf("%s: a refusal of %d bytes", name, len(err.Error()))
			}
		case err != nil:
			t.Errorf("%s: %v", name, err)
		case m.Text() != c.want || m.Currency != c.currency:
			t.Errorf("%s: %v, want %s", name, m, c.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"1e1000000", "NaN", "−5", "+1", ".5", "5.", "00012",
		strings.Repeat("9", 1<<20), "-0", "-0.00", "١٢٥", "0.005", "125000.00", "-12.3", "1\x00", "0x1p-2"} {
		f.Add(seed, "USD")
	}
	f.Add("0.005", "KWD")
	f.Add("12", "JPY")
	f.Add("1", "usd")
	f.Fuzz(func(t *testing.T, amount, currency string) {
		m, err := Parse(amount, Currency(currency))
		if err != nil {
			var p problem.Problem
			if !errors.As(err, &p) {
				t.Fatalf("%q: %v is no refusal", amount, err)
			}
			return
		}
		// What is kept is what was written: no rounding, no second spelling.
		again, err := Parse(m.Text(), m.Currency)
		if err != nil || !again.Equal(m) {
			t.Fatalf("%q became %s, and that %v, %v", amount, m, again, err)
		}
		given, _ := new(big.Rat).SetString(amount)
		kept, _ := new(big.Rat).SetString(m.Text())
		if given == nil || given.Cmp(kept) != 0 {
			t.Fatalf("%q is kept as %s", amount, m)
		}
	})
}

func TestMoneyJSON(t *testing.T) {
	var kept struct{ M Money }
	for _, c := range []struct {
		body string
		want error
	}{
		{`{"amount":"5.00","currency":"USD"}`, nil},
		{` { "currency" : "USD" , "amount" : "5" } `, nil},
		{`null`, ErrAmount},
		{`5.00`, ErrAmount},
		{`"5.00"`, ErrAmount},
		{`[]`, ErrAmount},
		{`[{"amount":"5.00","currency":"USD"}]`, ErrAmount},
		{`{}`, ErrAmount},
		{`{"amount":"5.00"}`, ErrAmount},
		{`{"currency":"USD"}`, ErrAmount},
		{`{"amount":5.00,"currency":"USD"}`, ErrAmount},
		{`{"amount":null,"currency":"USD"}`, ErrAmount},
		{`{"amount":"5.00","currency":null}`, ErrAmount},
		{`{"amount":["5.00"],"currency":"USD"}`, ErrAmount},
		{`{"amount":{"amount":"5.00"},"currency":"USD"}`, ErrAmount},
		{`{"amount":"5.00","amount":"9.00","currency":"USD"}`, ErrAmount},
		{`{"amount":"5.00","\u0061mount":"9.00","currency":"USD"}`, ErrAmount},
		{`{"AMOUNT":"5.00","currency":"USD"}`, ErrAmount},
		{`{"amount":"5.00","AMOUNT":"9.00","currency":"USD"}`, ErrAmount},
		{`{"amount":"5.00","currency":"USD","rate":"1"}`, ErrAmount},
		{`{"amount":"5.001","currency":"USD"}`, ErrDecimals},
		{`{"amount":"5.001","currency":"dollars"}`, ErrCurrency},
	} {
		for _, within := range []struct {
			name, body string
			into       any
		}{
			{"alone", c.body, &Money{}},
			{"as a member", `{"M":` + c.body + `}`, &kept},
		} {
			err := json.Unmarshal([]byte(within.body), within.into)
			if c.want == nil && err != nil || c.want != nil && !errors.Is(err, c.want) {
				t.Errorf("%s %s: %v, want %v", within.name, c.body, err, c.want)
			}
		}
	}
	if kept.M.String() != "5.00 USD" {
		t.Errorf("kept %v: a refused amount must leave no trace", kept.M)
	}
}

// amounts draws money of any size that Parse takes, in currency c.
func amounts(c Currency) *rapid.Generator[Money] {
	return rapid.Custom(func(t *rapid.T) Money {
		units := rapid.Int64Range(-99_999_999_999_999, 99_999_999_999_999).Draw(t, "units")
		return New(decimal.New(units, -c.Places()), c)
	})
}

var currencies = rapid.SampledFrom([]Currency{USD, "EUR", "JPY", "KWD"})

func TestMoneyLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := currencies.Draw(t, "currency")
		a, b, d := amounts(c).Draw(t, "a"), amounts(c).Draw(t, "b"), amounts(c).Draw(t, "d")
		for law, holds := range map[string]bool{
			"a+b = b+a":         a.Add(b).Equal(b.Add(a)),
			"(a+b)+d = a+(b+d)": a.Add(b).Add(d).Equal(a.Add(b.Add(d))),
			"a+b-b = a":         a.Add(b).Sub(b).Equal(a),
			"a-b = a+(-b)":      a.Sub(b).Equal(a.Add(b.Neg())),
			"--a = a":           a.Neg().Neg().Equal(a),
			"a-a = 0":           a.Sub(a).IsZero(),
			"a+0 = a":           a.Add(Zero(c)).Equal(a),
			"|a| >= 0":          !a.Abs().IsNegative(),
			"sum":               Sum(c, a, b, d).Equal(a.Add(b).Add(d)),
			"a<b as -b<-a":      a.Cmp(b) == b.Neg().Cmp(a.Neg()),
			"whole minor units": len(a.Add(b).Text()) == len(New(a.Add(b).Amount, c).Text()),
		} {
			if !holds {
				t.Fatalf("%s fails for a=%v b=%v d=%v", law, a, b, d)
			}
		}
	})
}

func TestMoneyRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := amounts(currencies.Draw(t, "currency")).Draw(t, "m")
		if back, err := Parse(m.Text(), m.Currency); err != nil || !back.Equal(m) {
			t.Fatalf("%v as text: %v, %v", m, back, err)
		}
		wire, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		var back Money
		if err := json.Unmarshal(wire, &back); err != nil || !back.Equal(m) {
			t.Fatalf("%v as %s: %v, %v", m, wire, back, err)
		}
	})
}

func TestMoneyOfTwoCurrenciesStops(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("dollars and yen were added")
		}
	}()
	Zero(USD).Add(Zero("JPY"))
}
