package domain

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"startupfund/domain/ledger"
)

func TestMonthsAreAddedByTheCalendar(t *testing.T) {
	for _, c := range []struct {
		day  string
		n    int
		want string
	}{
		{"2026-01-31", 1, "2026-02-28"}, {"2028-01-31", 1, "2028-02-29"}, {"2026-05-31", -3, "2026-02-28"}, {"2026-12-15", 2, "2027-02-15"}, {"2026-03-02", 24, "2028-03-02"},
	} {
		day, _ := time.Parse(time.DateOnly, c.day)
		if got := AddMonths(day, c.n).Format(time.DateOnly); got != c.want {
			t.Errorf("%s and %d months is %s, not %s", c.day, c.n, got, c.want)
		}
	}
}

// What is moved turns the old shares into the new, to the cent, and nobody both
// gives and takes.
func TestMovesLoseNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "organisations")
		var before, after Plan
		total := int64(0)
		for i := range n {
			amount := rapid.Int64Range(0, 1000).Draw(t, "before")
			total += amount
			before.Shares = append(before.Shares, GrantShare{uuid.New(), string(rune('A' + i)), exactly(amount)})
		}
		for i, s := range before.Shares {
			part := total
			if i < n-1 {
				part = rapid.Int64Range(0, total).Draw(t, "after")
			}
			total -= part
			s.Amount = exactly(part)
			after.Shares = append(after.Shares, s)
		}
		has := map[string]ledger.Money{}
		for _, s := range before.Shares {
			has[s.Code] = s.Amount
		}
		gave, took := map[string]bool{}, map[string]bool{}
		for _, m := range after.Moves(before) {
			if !m.Amount.IsPositive() {
				t.Fatalf("moves %s", m.Amount)
			}
			has[m.From], has[m.To] = has[m.From].Sub(m.Amount), has[m.To].Add(m.Amount)
			gave[m.From], took[m.To] = true, true
		}
		for _, s := range after.Shares {
			if !has[s.Code].Equal(s.Amount) || gave[s.Code] && took[s.Code] {
				t.Fatalf("%s has %s, not %s", s.Code, has[s.Code], s.Amount)
			}
		}
	})
}

func exactly(n int64) ledger.Money { return ledger.New(decimal.New(n, -2), ledger.USD) }

// What is left comes back under the earmarks that were drawn last.
func TestWhatWasDrawnLastComesBackFirst(t *testing.T) {
	drawn := []Draw{{"area-2", "IOM", usd("300.00")}, {Unearmarked, "IOM", usd("300.00")}, {Unearmarked, "ILO", usd("400.00")}}
	for _, c := range []struct {
		name string
		left []Draw
		want []Draw
	}{
		{"nothing", []Draw{{"", "IOM", usd("0.00")}}, nil},
		{"the last", []Draw{{"", "IOM", usd("300.00")}, {"", "ILO", usd("400.00")}}, []Draw{{Unearmarked, "IOM", usd("300.00")}, {Unearmarked, "ILO", usd("100.00")}, {Unearmarked, "ILO", usd("300.00")}}},
		{"all, and a cent that nothing was drawn for", []Draw{{"", "IOM", usd("1000.01")}},
			[]Draw{{Unearmarked, "IOM", usd("400.00")}, {Unearmarked, "IOM", usd("300.00")}, {"area-2", "IOM", usd("300.00")}, {Unearmarked, "IOM", usd("0.01")}}},
	} {
		got := Undrawn(drawn, c.left)
		if !slices.EqualFunc(got, c.want, func(x, y Draw) bool {
			return x.Earmark == y.Earmark && x.Organisation == y.Organisation && x.Amount.Equal(y.Amount)
		}) {
			t.Errorf("%s: %v, not %v", c.name, got, c.want)
		}
	}
}
