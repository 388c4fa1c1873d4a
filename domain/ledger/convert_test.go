package ledger

import (
	"testing"

	"github.com/shopspring/decimal"
)

// A rate says how much of the first currency one unit of the second buys; the half cent
// goes up, away from nothing on either side of it.
func TestConvert(t *testing.T) {
	for _, row := range []struct {
		amount     string
		from, into Currency
		rate, want string
	}{
		{"15000000.00", "NOK", USD, "10.15", "1477832.51 USD"}, // 1,477,832.5123…
		{"882.00", "EUR", USD, "0.882", "1000.00 USD"},
		{"0.01", "XOF", USD, "1", ""},
		{"1", "JPY", USD, "200", "0.01 USD"}, // half a cent
		{"1", "JPY", USD, "201", "0.00 USD"}, // less than half
		{"-1", "JPY", USD, "200", "-0.01 USD"},
		{"0.00", "EUR", USD, "0.882", "0.00 USD"},
		{"1.00", USD, "JPY", "0.0066", "152 JPY"}, // 151.51…
		{"1.00", USD, "KWD", "3.2", "0.313 KWD"},  // 0.3125
	} {
		m, err := Parse(row.amount, row.from)
		if row.want == "" {
			if err == nil {
				t.Errorf("%s %s reads", row.amount, row.from)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if got := Convert(m, decimal.RequireFromString(row.rate), row.into).String(); got != row.want {
			t.Errorf("%s at %s: %s, not %s", m, row.rate, got, row.want)
		}
	}
}
