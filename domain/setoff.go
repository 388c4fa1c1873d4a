package domain

import (
	"slices"
	"time"

	"startupfund/domain/ledger"
)

// PaidIn is what counts of a deposit against its agreement, in the agreement's currency.
type PaidIn struct {
	On     time.Time // the bank's value day
	Amount ledger.Money
}

// InstalmentState says how far an instalment is paid.
type InstalmentState string

const (
	InstalmentPaid InstalmentState = "paid"
	InstalmentLate InstalmentState = "late" // its day is over and not all of it came
	InstalmentPart InstalmentState = "part" // some came, and its day is not over
	InstalmentDue  InstalmentState = "due"
)

// PaidInstalment is an instalment with what was deposited of it.
type PaidInstalment struct {
	Instalment
	Paid     ledger.Money
	PaidOn   time.Time // the day on which the last of it came; zero while some is missing
	LateDays int       // that it came after its day, or is over it today; 0 where it is not late
	State    InstalmentState
}

// SetOff sets what was deposited against the schedule: the oldest money fills the first
// instalment first. What came beyond the schedule is in none.
func (a Agreement) SetOff(today time.Time) []PaidInstalment {
	payments := slices.Clone(a.Payments)
	slices.SortStableFunc(payments, func(x, y PaidIn) int { return x.On.Compare(y.On) })
	list := make([]PaidInstalment, len(a.Instalments))
	for n, i := range a.Instalments {
		p := PaidInstalment{Instalment: i, Paid: ledger.Zero(a.Amount.Currency), State: InstalmentDue}
		for len(payments) > 0 && p.Paid.Cmp(i.Amount) < 0 {
			part := least(payments[0].Amount, i.Amount.Sub(p.Paid))
			p.Paid, p.PaidOn = p.Paid.Add(part), payments[0].On
			if payments[0].Amount = payments[0].Amount.Sub(part); payments[0].Amount.IsZero() {
				payments = payments[1:]
			}
		}
		until := today
		if p.Paid.Equal(i.Amount) {
			p.State, until = InstalmentPaid, p.PaidOn
		} else if p.PaidOn = (time.Time{}); p.Paid.IsPositive() {
			p.State = InstalmentPart
		}
		if until.After(i.DueOn) {
			p.LateDays = int(until.Sub(i.DueOn).Hours() / 24)
			if p.State != InstalmentPaid {
				p.State = InstalmentLate
			}
		}
		list[n] = p
	}
	return list
}
