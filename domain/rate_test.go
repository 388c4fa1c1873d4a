package domain

import (
	"errors"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"startupfund/domain/ledger"
)

// A rate holds from its day on, to the end of the month whose file it stands in: a month
// without its file has none.
func TestAnOperationalRateHoldsInItsMonth(t *testing.T) {
	day := func(text string) time.Time {
		d, err := time.Parse(time.DateOnly, text)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	r := OperationalRate{Currency: "NOK", EffectiveOn: day("2026-10-01"), PerUSD: decimal.RequireFromString("10.15")}
	for _, row := range []struct {
		currency ledger.Currency
		day      string
		holds    bool
	}{
		{"NOK", "2026-10-01", true}, {"NOK", "2026-10-31", true},
		{"NOK", "2026-11-01", false}, {"NOK", "2026-09-30", false}, {"EUR", "2026-10-02", false},
	} {
		if err := r.Holds(row.currency, day(row.day)); (err == nil) != row.holds || err != nil && !errors.Is(err, ErrNoRate) {
			t.Error(row, err)
		}
	}
	if err := (OperationalRate{}).Holds("NOK", day("2026-10-02")); !errors.Is(err, ErrNoRate) {
		t.Error("no rate at all holds", err)
	}
	again, other, later := r, r, r
	again.PerUSD = decimal.RequireFromString("10.150")
	other.Currency = "EUR"
	later.PerUSD = decimal.RequireFromString("10.16")
	if added, corrected := NewRates([]OperationalRate{again, other}, []OperationalRate{r}); len(added) != 1 || len(corrected) != 0 || added[0].Currency != "EUR" {
		t.Error(added, corrected)
	}
	if added, corrected := NewRates([]OperationalRate{later}, []OperationalRate{r}); len(added) != 0 || len(corrected) != 1 {
		t.Error(added, corrected)
	}
}
