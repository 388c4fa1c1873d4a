package domain

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/ledger"
	"startupfund/domain/problem"
)

var (
	ErrPlanTotal = problem.New(problem.Invalid, "plan-total-differs")
	ErrPlanLess  = problem.New(problem.Invalid, "plan-takes-away")
	ErrPlanMore  = problem.New(problem.Invalid, "plan-asks-for-nothing")
	ErrPlanSame  = problem.New(problem.Invalid, "plan-unchanged")
	ErrPlanSent  = problem.New(problem.Conflict, "plan-below-what-was-sent")
)

// Plan is how a programme's money is shared out: by organisation, and where it has
// a budget, by line and year too.
type Plan struct {
	Shares []GrantShare
	Budget Budget
}

// Total is what all shares come to.
func (p Plan) Total(c ledger.Currency) ledger.Money {
	total := ledger.Zero(c)
	for _, s := range p.Shares {
		total = total.Add(s.Amount)
	}
	return total
}

// of is an organisation's share; nothing where it has none.
func (p Plan) of(organisation uuid.UUID, c ledger.Currency) ledger.Money {
	for _, s := range p.Shares {
		if s.Organisation == organisation {
			return s.Amount
		}
	}
	return ledger.Zero(c)
}

// equal tells whether two plans say the same, in whatever order.
func (p Plan) equal(o Plan) bool {
	return slices.EqualFunc(p.inOrder().Shares, o.inOrder().Shares, func(x, y GrantShare) bool {
		return x.Organisation == y.Organisation && x.Amount.Equal(y.Amount)
	}) && slices.EqualFunc(p.inOrder().Budget, o.inOrder().Budget, func(x, y BudgetCell) bool {
		return x.place() == y.place() && x.Amount.Equal(y.Amount)
	})
}

// inOrder is the plan by organisation, line and year, without what is nothing.
func (p Plan) inOrder() Plan {
	o := Plan{slices.DeleteFunc(slices.Clone(p.Shares), func(s GrantShare) bool { return s.Amount.IsZero() }),
		slices.DeleteFunc(slices.Clone(p.Budget), func(c BudgetCell) bool { return c.Amount.IsZero() })}
	slices.SortFunc(o.Shares, func(x, y GrantShare) int { return cmp.Compare(x.Organisation.String(), y.Organisation.String()) })
	slices.SortFunc(o.Budget, func(x, y BudgetCell) int {
		return cmp.Or(cmp.Compare(x.Organisation.String(), y.Organisation.String()), cmp.Compare(x.Line, y.Line), cmp.Compare(x.Year, y.Year))
	})
	return o
}

// less is what a plan has more than an earlier one, in all and by organisation.
func (p Plan) less(before Plan, c ledger.Currency) (ledger.Money, []GrantShare) {
	var more []GrantShare
	for _, s := range p.Shares {
		if d := s.Amount.Sub(before.of(s.Organisation, c)); d.IsPositive() {
			s.Amount = d
			more = append(more, s)
		}
	}
	return p.Total(c).Sub(before.Total(c)), more
}

// sent refuses a plan that takes from an organisation what was paid to it, or is
// asked for: such money comes back by a refund, not by a plan.
func (p Plan) sent(g ProgrammeCase) (found []problem.Problem) {
	for _, s := range p.Shares {
		least := g.Plan.of(s.Organisation, s.Amount.Currency)
		if free, ok := g.Free[s.Organisation]; ok {
			least = least.Sub(free)
		}
		if s.Amount.Cmp(least) < 0 {
			found = append(found, ErrPlanSent.With("organisation", s.Code, "amount", s.Amount, "least", least).At("/shares"))
		}
	}
	return found
}

// replans judges a new plan: a revision shares the same money out anew, an extension
// with cost brings more to some and takes from nobody. Where the programme has a
// budget the shares are what the new budget comes to.
func (g ProgrammeCase) replans(c charter.Charter, x *ChangeRequest) (found []problem.Problem) {
	x.Before = g.Plan
	currency := c.Fund.Currency.Value.Currency
	if len(g.Plan.Budget) > 0 && len(x.After.Budget) == 0 {
		return []problem.Problem{ErrRequired.At("/budget")}
	}
	if found = g.shareOut(c, x); len(found) > 0 {
		return found
	}
	if x.After.equal(x.Before) {
		return []problem.Problem{ErrPlanSame}
	}
	before, after := x.Before.Total(currency), x.After.Total(currency)
	switch {
	case x.Kind == BudgetRevision && !after.Equal(before):
		found = append(found, ErrPlanTotal.With("total", after, "approved", before).At("/shares"))
	case x.Kind == CostExtension && after.Cmp(before) <= 0:
		found = append(found, ErrPlanMore.With("total", after, "approved", before).At("/shares"))
	}
	for _, s := range x.After.Shares {
		if was := x.Before.of(s.Organisation, currency); x.Kind == CostExtension && s.Amount.Cmp(was) < 0 {
			found = append(found, ErrPlanLess.With("organisation", s.Code, "amount", s.Amount, "approved", was).At("/shares"))
		}
	}
	x.Measure(g, c)
	return append(found, x.After.sent(g)...)
}

// shareOut makes the new shares complete, one for each organisation of the
// programme: out of the new budget, or as they are given, the others as they were.
func (g ProgrammeCase) shareOut(c charter.Charter, x *ChangeRequest) (found []problem.Problem) {
	currency := c.Fund.Currency.Value.Currency
	given := map[uuid.UUID]ledger.Money{}
	takesPart := func(o uuid.UUID) bool {
		return slices.ContainsFunc(g.Shares, func(s GrantShare) bool { return s.Organisation == o })
	}
	if len(x.After.Budget) > 0 {
		if found = x.After.Budget.tidy(); len(found) > 0 {
			return found
		}
		for i, cell := range x.After.Budget {
			if !takesPart(cell.Organisation) {
				found = append(found, ErrGrantStranger.With("organisation", g.code(cell.Organisation)).At(fmt.Sprintf("/budget/%d/organisation", i)))
			}
		}
		years := g.years(c, x)
		found = append(found, x.After.Budget.judged(Case{Charter: c, Codes: g.Codes}, years)...)
		given = sumsBy(x.After.Budget, func(b BudgetCell) uuid.UUID { return b.Organisation })
		for _, s := range g.Shares {
			if _, ok := given[s.Organisation]; !ok {
				given[s.Organisation] = ledger.Zero(currency)
			}
		}
	} else {
		for i, s := range x.After.Shares {
			at := fmt.Sprintf("/shares/%d", i)
			_, twice := given[s.Organisation]
			switch {
			case !takesPart(s.Organisation) || twice:
				found = append(found, ErrGrantStranger.With("organisation", g.code(s.Organisation)).At(at+"/organisation"))
			case s.Amount.Currency != currency:
				found = append(found, ledger.ErrOtherMoney.With("currency", string(s.Amount.Currency), "books", string(currency)).At(at+"/amount"))
			case s.Amount.IsNegative():
				found = append(found, ledger.ErrNotPositive.With("amount", s.Amount).At(at+"/amount"))
			default:
				given[s.Organisation] = s.Amount
			}
		}
	}
	x.After.Shares = slices.Clone(g.Shares)
	for i, s := range x.After.Shares {
		if m, ok := given[s.Organisation]; ok {
			x.After.Shares[i].Amount = m
		}
	}
	return found
}

func (g ProgrammeCase) code(organisation uuid.UUID) string {
	return Case{Codes: g.Codes}.code(organisation)
}

// years is how many years the budget may have: those that the programme's days reach
// into, or before it started what its proposal says.
func (g ProgrammeCase) years(c charter.Charter, x *ChangeRequest) int {
	if g.StartsOn == nil || g.EndsOn == nil {
		return g.Of.Years(c)
	}
	ends := *g.EndsOn
	if x.EndsOn != nil {
		ends = *x.EndsOn
	}
	years := 1
	for !ends.Before(AddMonths(*g.StartsOn, 12*years)) {
		years++
	}
	return years
}

// Since says which organisations' shares and which lines of the budget differ from an
// earlier plan, and which of them by more than the charter leaves to the secretariat.
func (p Plan) Since(earlier Plan, c charter.Charter) (moves []Moved) {
	for _, s := range p.Shares {
		if was := earlier.of(s.Organisation, s.Amount.Currency); !was.Equal(s.Amount) {
			moves = append(moves, BudgetCell{Organisation: s.Organisation}.moved(was, s.Amount, c))
		}
	}
	return append(moves, slices.DeleteFunc(p.Budget.Since(earlier.Budget, c).Lines, func(m Moved) bool { return m.Before.Equal(m.After) })...)
}

// Move is allocated money that goes from one organisation of a programme to another.
type Move struct {
	From, To string // codes
	Amount   ledger.Money
}

// Moves turns one sharing out into another of the same total: who gives, gives in
// the order of the shares to who takes, until each has what the new one says.
func (p Plan) Moves(before Plan) (moves []Move) {
	var gives, takes []GrantShare
	for _, s := range p.Shares {
		switch d := s.Amount.Sub(before.of(s.Organisation, s.Amount.Currency)); {
		case d.IsPositive():
			s.Amount = d
			takes = append(takes, s)
		case d.IsNegative():
			s.Amount = d.Abs()
			gives = append(gives, s)
		}
	}
	for len(gives) > 0 && len(takes) > 0 {
		part := gives[0].Amount
		if takes[0].Amount.Cmp(part) < 0 {
			part = takes[0].Amount
		}
		moves = append(moves, Move{gives[0].Code, takes[0].Code, part})
		if gives[0].Amount = gives[0].Amount.Sub(part); gives[0].Amount.IsZero() {
			gives = gives[1:]
		}
		if takes[0].Amount = takes[0].Amount.Sub(part); takes[0].Amount.IsZero() {
			takes = takes[1:]
		}
	}
	return moves
}

// record is the plan as a decision's record has it.
func (p Plan) record(codes map[uuid.UUID]string) map[string]any {
	shares, cells := []any{}, []any{}
	for _, s := range p.Shares {
		shares = append(shares, map[string]any{"organisation": s.Code, "amount": s.Amount})
	}
	for _, c := range p.Budget {
		cells = append(cells, map[string]any{"organisation": Case{Codes: codes}.code(c.Organisation), "line": c.Line, "year": c.Year, "amount": c.Amount})
	}
	return map[string]any{"shares": shares, "budget": cells}
}
