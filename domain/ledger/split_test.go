package ledger

import (
	"errors"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

func weights(text string) []decimal.Decimal {
	var all []decimal.Decimal
	for _, w := range strings.Fields(text) {
		all = append(all, decimal.RequireFromString(w))
	}
	return all
}

func TestSplit(t *testing.T) {
	for _, c := range []struct{ total, weights, want string }{
		{"100.00", "1 1 1", "33.34 33.33 33.33"}, // a tie goes to the first
		{"100.00", "70 30", "70.00 30.00"},
		{"0.01", "1 1", "0.01 0.00"},
		{"0.02", "0 1 1 1", "0.00 0.01 0.01 0.00"}, // none to the weight of zero
		{"0.05", "0.1 0.2 0.3", "0.01 0.02 0.02"},  // 0.83 1.67 2.50: the second lost most, then the first
		{"-100.00", "1 1 1", "-33.34 -33.33 -33.33"},
		{"0.00", "1 2", "0.00 0.00"},
		{"7.77", "5", "7.77"},
		{"100.00", "", "nothing-to-split-by"},
		{"100.00", "0 0.000", "nothing-to-split-by"},
		{"100.00", "0 0 -1", "nothing-to-split-by weight=-1"},
	} {
		total, err := Parse(c.total, USD)
		if err != nil {
			t.Fatal(err)
		}
		parts, err := Split(total, weights(c.weights))
		got := make([]string, 0, len(parts))
		for _, p := range parts {
			got = append(got, p.Text())
		}
		if err != nil {
			got = append(got, err.Error())
			if !errors.Is(err, ErrWeights) {
				t.Errorf("%s by %s: %v", c.total, c.weights, err)
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s by %q: %v, want %s", c.total, c.weights, got, c.want)
		}
	}
}

func TestSplitLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := currencies.Draw(t, "currency")
		total := amounts(c).Draw(t, "total")
		shares := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) decimal.Decimal {
			return decimal.New(rapid.Int64Range(0, 1_000_000).Draw(t, "digits"), -rapid.Int32Range(0, 4).Draw(t, "places"))
		}), 1, 12).Draw(t, "weights")
		whole := decimal.Sum(decimal.Zero, shares...)
		parts, err := Split(total, shares)
		if whole.IsZero() {
			if !errors.Is(err, ErrWeights) {
				t.Fatalf("split by nothing: %v", err)
			}
			return
		}
		if err != nil || !Sum(c, parts...).Equal(total) {
			t.Fatalf("%v by %v: %v, %v", total, shares, parts, err)
		}
		unit := decimal.New(1, -c.Places())
		for i, p := range parts {
			// Less than a unit from the exact share: |part*whole − total*share| < unit*whole.
			off := p.Amount.Mul(whole).Sub(total.Amount.Mul(shares[i])).Abs()
			if off.Cmp(unit.Mul(whole)) >= 0 || shares[i].IsZero() && !p.IsZero() {
				t.Fatalf("part %d of %v by %v is %v", i, total, shares, p)
			}
		}
	})
}
