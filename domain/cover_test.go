package domain

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"startupfund/domain/charter"
	"startupfund/domain/ledger"
)

func drawnSaid(draws []Draw) string {
	var list []string
	for _, d := range draws {
		list = append(list, d.Earmark+" "+d.Organisation+" "+d.Amount.Text())
	}
	return strings.Join(list, ", ")
}

// A grant takes cash first, and waits only for what the cash does not cover.
func TestAGrantIsCovered(t *testing.T) {
	shares := []GrantShare{{Code: "IOM", Amount: usd("60.00")}, {Code: "UNICEF", Amount: usd("40.00")}}
	for _, x := range []struct {
		what, cash, signed, awaited string // of area-2; beside it 10.00 of unearmarked cash
		took, waits                 string
	}{
		{"cash is enough", "90.00", "500.00", "0.00", "area-2 IOM 60.00, area-2 UNICEF 30.00, unearmarked UNICEF 10.00", ""},
		{"partly", "50.00", "40.00", "0.00", "area-2 IOM 50.00, unearmarked IOM 10.00", "area-2 UNICEF 40.00"},
		{"one cent short", "50.00", "39.99", "0.00", "refused", ""},
		{"no cash at all but what is unearmarked", "0.00", "90.00", "0.00", "unearmarked IOM 10.00", "area-2 IOM 50.00, area-2 UNICEF 40.00"},
		{"older decisions await the cash", "50.00", "90.00", "50.00", "unearmarked IOM 10.00", "area-2 IOM 50.00, area-2 UNICEF 40.00"},
		{"and more than the cash", "50.00", "90.00", "50.01", "refused", ""},
	} {
		pots := FreePots(map[string]ledger.Money{"area-2": usd(x.cash), Unearmarked: usd("10.00")}, map[string]ledger.Money{"area-2": usd(x.signed)},
			map[string]ledger.Money{"area-2": usd(x.awaited)})
		d, err := pots.Take([]string{"area-2", Unearmarked}, usd("100.00"), shares)
		took := drawnSaid(d.Cash)
		if errors.Is(err, ErrNotCovered) {
			took = "refused"
		}
		if took != x.took || drawnSaid(d.Awaited) != x.waits {
			t.Errorf("%s: took %s, waits for %s", x.what, took, drawnSaid(d.Awaited))
		}
	}
}

// Instalments promise what they will make available: the fee of each is not the fund's.
func TestWhatInstalmentsPromise(t *testing.T) {
	rules := charter.MustDefault()
	day := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	a := Agreement{Amount: usd("100.00"), FeeRate: decimal.RequireFromString("0.01"), Deposited: usd("0.00"),
		Instalments: []Instalment{{day, usd("33.50")}, {day.AddDate(0, 6, 0), usd("33.50")}, {day.AddDate(1, 0, 0), usd("33.00")}}}
	for deposited, want := range map[string]string{"0.00": "98.99", "33.50": "65.83", "40.00": "59.40", "100.00": "0.00"} {
		a.Deposited = usd(deposited)
		if got := a.Promised(rules).Text(); got != want {
			t.Errorf("after %s it promises %s, not %s", deposited, got, want)
		}
	}
	a.Deposited = usd("40.00")
	if list := a.Unpaid(); len(list) != 2 || list[0].Amount.Text() != "27.00" || !list[0].DueOn.Equal(day.AddDate(0, 6, 0)) {
		t.Errorf("unpaid: %v", list)
	}
}

// What comes in goes to the oldest decision, never more than waits, and each earmark's to its own.
func TestMoneyGoesToWhoWaitedLongest(t *testing.T) {
	wait := func(number, earmark, amount string) AwaitedCover {
		return AwaitedCover{DecisionNumber: number, Draw: Draw{Earmark: earmark}, Remaining: usd(amount)}
	}
	list := []AwaitedCover{wait("2026-001", "area-2", "30.00"), wait("2026-002", Unearmarked, "10.00"), wait("2026-003", "area-2", "30.00"), wait("2026-004", "area-5", "5.00")}
	var got []string
	for _, c := range CoverAwaited(list, map[string]ledger.Money{"area-2": usd("45.00"), Unearmarked: usd("99.00"), "area-3": usd("7.00")}) {
		got = append(got, c.DecisionNumber+" "+c.Now.Text())
	}
	if s := strings.Join(got, ", "); s != "2026-001 30.00, 2026-002 10.00, 2026-003 15.00" {
		t.Error(s)
	}
}
