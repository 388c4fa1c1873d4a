package domain

import (
	"maps"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/ledger"
	"startupfund/domain/problem"
)

// ErrNoCoverCame refuses to allocate where no money came in for any grant that waits.
var ErrNoCoverCame = problem.New(problem.Conflict, "no-cover-came")

// Drawn is where a grant's money comes from: what is allocated at once, and what
// waits for instalments that were signed for. What waits is in no account.
type Drawn struct {
	Cash    []Draw
	Awaited []Draw
}

// Pots is what grants may be adopted on, by earmark: money in the bank that no
// decision has taken and none waits for, and what signed instalments will bring
// beyond what waits for them. A charter that asks for cash has no Signed.
type Pots struct {
	Cash   map[string]ledger.Money
	Signed map[string]ledger.Money
}

// FreePots is what older decisions leave: what they await is taken off the cash
// first, since it goes to them before anybody, and the rest of it off what is signed.
func FreePots(available, signed, awaited map[string]ledger.Money) Pots {
	free := Pots{Cash: maps.Clone(available), Signed: maps.Clone(signed)}
	for e, owed := range awaited {
		if cash, ok := free.Cash[e]; ok {
			part := least(cash, owed)
			free.Cash[e], owed = cash.Sub(part), owed.Sub(part)
		}
		if s, ok := free.Signed[e]; ok {
			free.Signed[e] = s.Sub(least(s, owed))
		}
	}
	return free
}

// Take draws a grant out of the pots: each share from the cash first, pot by pot,
// and what the cash does not cover from what is signed. What does not fit in all of
// them together is refused whole, and p is left as it was. What was taken is taken off p.
func (p Pots) Take(earmarks []string, amount ledger.Money, shares []GrantShare) (Drawn, error) {
	nothing := ledger.Zero(amount.Currency)
	of := func(pots map[string]ledger.Money) ledger.Money {
		sum := nothing
		for _, e := range earmarks {
			if m, ok := pots[e]; ok {
				sum = sum.Add(m)
			}
		}
		return sum
	}
	if there := of(p.Cash).Add(of(p.Signed)); there.Cmp(amount) < 0 {
		return Drawn{}, ErrNotCovered.With("asked", amount, "available", there, "earmarks", strings.Join(earmarks, ", "))
	}
	var d Drawn
	for _, s := range shares {
		cash, left := taken(p.Cash, earmarks, s.Code, s.Amount)
		awaited, _ := taken(p.Signed, earmarks, s.Code, left)
		d.Cash, d.Awaited = append(d.Cash, cash...), append(d.Awaited, awaited...)
	}
	return d, nil
}

// taken takes what is wanted for an organisation out of pots, the first first, and
// says what they did not hold.
func taken(pots map[string]ledger.Money, earmarks []string, organisation string, wanted ledger.Money) (draws []Draw, left ledger.Money) {
	for _, e := range earmarks {
		there, ok := pots[e]
		if !ok {
			continue
		}
		if part := least(there, wanted); part.IsPositive() {
			pots[e], wanted = there.Sub(part), wanted.Sub(part)
			draws = append(draws, Draw{Earmark: e, Organisation: organisation, Amount: part})
		}
	}
	return draws, wanted
}

func least(a, b ledger.Money) ledger.Money {
	if a.Cmp(b) < 0 {
		return a
	}
	return b
}

// Unpaid is what of the schedule is still to come: deposits fill the first
// instalments first.
func (a Agreement) Unpaid() (list []Instalment) {
	paid := a.Deposited
	for _, i := range a.Instalments {
		part := least(paid, i.Amount)
		paid = paid.Sub(part)
		if rest := i.Amount.Sub(part); rest.IsPositive() {
			list = append(list, Instalment{DueOn: i.DueOn, Amount: rest})
		}
	}
	return list
}

// Promised is what the unpaid instalments will make available, the agent's fee taken
// off each. c is the charter that the agreement pinned.
func (a Agreement) Promised(c charter.Charter) ledger.Money {
	sum := ledger.Zero(a.Amount.Currency)
	for _, i := range a.Unpaid() {
		sum = sum.Add(i.Amount.Sub(c.FeeAt(a.FeeRate, i.Amount)))
	}
	return sum
}

// AwaitedCover is a part of a grant that waits for money to come in.
type AwaitedCover struct {
	Decision       uuid.UUID
	DecisionNumber string
	N              int // its place among the decision's, from 1
	Programme      uuid.UUID
	ProgrammeCode  string
	Draw                        // the earmark, the organisation, and how much waited when it was adopted
	Remaining      ledger.Money // how much waits still
	Since          time.Time
}

// Covered is what of an awaited part money has come in for.
type Covered struct {
	AwaitedCover
	Now ledger.Money
}

// CoverAwaited says which parts the available money covers, by earmark: the first of
// the list first, so it comes with the oldest decision first. None gets more than waits.
func CoverAwaited(list []AwaitedCover, available map[string]ledger.Money) (covered []Covered) {
	left := maps.Clone(available)
	for _, w := range list {
		there, ok := left[w.Earmark]
		if !ok {
			continue
		}
		if part := least(there, w.Remaining); part.IsPositive() {
			left[w.Earmark] = there.Sub(part)
			covered = append(covered, Covered{w, part})
		}
	}
	return covered
}
