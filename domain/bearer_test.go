package domain

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/ledger"
)

// Who bears what: all of it unearmarked, or in proportion, with the last cents where most
// was lost by rounding, the first of two alike; where there is nothing, it is unearmarked.
func TestWhoBearsACost(t *testing.T) {
	for _, row := range []struct {
		by        charter.Bearer
		total     string
		available map[string]string
		want      string
	}{
		{charter.Unearmarked, "35.00", map[string]string{"area-2": "70.00"}, "unearmarked 35.00"},
		{charter.ProRata, "35.00", nil, "unearmarked 35.00"},
		{charter.ProRata, "35.00", map[string]string{"area-2": "0.00"}, "unearmarked 35.00"},
		{charter.ProRata, "0.02", map[string]string{"area-2": "1.00", "area-1": "1.00", "unearmarked": "1.00"}, "area-1 0.01, area-2 0.01"},
		{charter.ProRata, "10.00", map[string]string{"area-2": "20.00", "area-1": "10.00"}, "area-1 3.33, area-2 6.67"},
		{charter.ProRata, "30.00", map[string]string{"area-2": "20.00", "area-1": "10.00"}, "area-1 10.00, area-2 20.00"},
	} {
		available := map[string]ledger.Money{}
		for e, amount := range row.available {
			available[e] = usd(amount)
		}
		borne, err := Borne(row.by, usd(row.total), available)
		var got []string
		for _, b := range borne {
			got = append(got, b.Earmark+" "+b.Amount.Text())
		}
		if s := strings.Join(got, ", "); err != nil || s != row.want {
			t.Errorf("%v: %s, %v", row, s, err)
		}
	}
}

// What is booked from a line of the bank: both sides of the books move by its amount, and
// what does not fit is refused.
func TestWhatIsBookedFromALine(t *testing.T) {
	rules := charter.MustDefault()
	for _, row := range []struct {
		amount string
		state  LineState
		b      Booking
		want   string
	}{
		{"12.00", LineUnmatched, Booking{BookInterest, "", "Q1"}, "interest: income:interest:fund > agent:bank:USD 12.00, fund:cover > fund:available:unearmarked 12.00"},
		{"12.00", LineOnHold, Booking{BookOrganisationInterest, "IOM", "2025"}, "interest: income:interest-organisations:IOM > agent:bank:USD 12.00, fund:cover > fund:available:unearmarked 12.00"},
		{"12.00", LineUnmatched, Booking{BookOtherIncome, "X", "sold"}, "other-income: income:other:X > agent:bank:USD 12.00, fund:cover > fund:available:unearmarked 12.00"},
		{"-35.00", LineUnmatched, Booking{BookCharge, "", "wires"}, "bank-charge: agent:bank:USD > cost:bank-charges 35.00, fund:available:unearmarked > fund:cover 35.00"},
		{"35.00", LineUnmatched, Booking{BookCharge, "", "given back"}, "bank-charge: cost:bank-charges > agent:bank:USD 35.00, fund:cover > fund:available:unearmarked 35.00"},
		{"-12.00", LineUnmatched, Booking{BookInterest, "", "x"}, "not-a-receipt"},
		{"12.00", LineMatched, Booking{BookInterest, "", "x"}, "already-matched"},
		{"12.00", LineUnmatched, Booking{"gift", "", "x"}, "unknown-value"},
		{"12.00", LineUnmatched, Booking{BookInterest, "IOM", "x"}, "unknown-value"},
		{"12.00", LineUnmatched, Booking{BookOtherIncome, "", "x"}, "required"},
		{"12.00", LineUnmatched, Booking{BookInterest, "", " "}, "required"},
	} {
		l := BankLine{ID: uuid.New(), Amount: usd(row.amount), ValueOn: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)}
		v, err := l.Book(row.state, row.b, nil, rules, uuid.New())
		got := string(v.Kind)
		for i, p := range v.Postings {
			got += fmt.Sprintf("%s %s > %s %s", map[bool]string{true: ":", false: ","}[i == 0], p.From, p.To, p.Money.Text())
		}
		var refused interface{ Error() string }
		if errors.As(err, &refused) {
			got = refused.Error()
		}
		if !strings.Contains(got, row.want) {
			t.Errorf("%v: %s", row, got)
		}
	}
}
