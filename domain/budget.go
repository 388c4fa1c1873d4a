package domain

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain/charter"
	"startupfund/domain/ledger"
	"startupfund/domain/problem"
)

// Each names the cell it is about as people do, by organisation, line and year.
var (
	ErrCellTwice    = problem.New(problem.Invalid, "budget-cell-twice")
	ErrCellNegative = problem.New(problem.Invalid, "budget-amount-below-zero")
	ErrCellLine     = problem.New(problem.Invalid, "budget-line-unknown")
	ErrCellYear     = problem.New(problem.Invalid, "budget-year-beyond-the-programme")
	ErrIndirectCost = problem.New(problem.Invalid, "indirect-cost-above-the-rate")
	ErrShareDiffers = problem.New(problem.Invalid, "share-differs-from-the-budget")
)

// Neither is a rule of the fund: one bounds a list, the other a year's number.
const (
	maxCells     = 5000
	furthestYear = 20
)

// Budget is what each organisation plans to spend, by line of the charter and year
// of the programme. It keeps the order in which it was sent, so that a refusal's
// pointer finds its cell.
type Budget []BudgetCell

// BudgetCell is one organisation's amount on one line in one year, the first of
// which is 1.
type BudgetCell struct {
	Organisation uuid.UUID
	Line         string // key of a budget line
	Year         int
	Amount       ledger.Money
}

// place is where a cell stands; a budget has one a place.
type place struct {
	organisation uuid.UUID
	line         string
	year         int
}

func (c BudgetCell) place() place { return place{c.Organisation, c.Line, c.Year} }

// tidy refuses what could not be kept, each at its cell.
func (b Budget) tidy() (found []problem.Problem) {
	if len(b) > maxCells {
		return []problem.Problem{ErrTooMuch.With("limit", maxCells).At("/budget")}
	}
	seen := make(map[place]bool, len(b))
	for i, c := range b {
		field := fmt.Sprintf("/budget/%d", i)
		amount := field + "/amount"
		if c.Organisation == uuid.Nil {
			found = append(found, ErrRequired.At(field+"/organisation"))
		}
		if c.Line == "" || len(c.Line) > 40 {
			found = append(found, ErrUnknownWord.With("given", clip(c.Line)).At(field+"/line"))
		}
		found = append(found, plain(c.Line, field+"/line")...)
		switch {
		case c.Year < 1 || c.Year > furthestYear:
			found = append(found, ErrUnknownWord.With("given", fmt.Sprint(c.Year)).At(field+"/year"))
		case seen[c.place()]:
			found = append(found, ErrCellTwice.With("line", c.Line, "year", c.Year).At(field))
		case c.Amount.Currency != ledger.USD:
			found = append(found, ledger.ErrOtherMoney.With("currency", string(c.Amount.Currency), "books", string(ledger.USD)).At(amount))
		case c.Amount.IsNegative():
			found = append(found, ErrCellNegative.With("line", c.Line, "year", c.Year, "amount", c.Amount).At(amount))
		}
		seen[c.place()] = true
	}
	return found
}

// shareOut makes the shares of a content with a budget what the budget comes to:
// there is no second figure. One that was given and differs is refused.
func (c *Content) shareOut() (found []problem.Problem) {
	if len(c.Budget) == 0 {
		return nil
	}
	c.Shares = slices.Clone(c.Shares)
	totals := sumsBy(c.Budget, func(x BudgetCell) uuid.UUID { return x.Organisation })
	for _, x := range c.Budget {
		if !slices.ContainsFunc(c.Shares, func(s Asked) bool { return s.Organisation == x.Organisation }) {
			c.Shares = append(c.Shares, Asked{Organisation: x.Organisation})
		}
	}
	for i, s := range c.Shares {
		total, budgeted := totals[s.Organisation]
		if !budgeted {
			total = ledger.Zero(ledger.USD)
		}
		switch {
		case s.Amount != nil && !s.Amount.Equal(total):
			found = append(found, ErrShareDiffers.With("amount", *s.Amount, "budget", total).At(fmt.Sprintf("/shares/%d/amount", i)))
		case budgeted:
			c.Shares[i].Amount = &total
		default:
			c.Shares[i].Amount = nil
		}
	}
	return found
}

// sumsBy adds up the cells that have one key.
func sumsBy[K comparable](b Budget, key func(BudgetCell) K) map[K]ledger.Money {
	totals := map[K]ledger.Money{}
	for _, c := range b {
		was, ok := totals[key(c)]
		if !ok {
			was = ledger.Zero(c.Amount.Currency)
		}
		totals[key(c)] = was.Add(c.Amount)
	}
	return totals
}

// Months is for how long the programme is planned, where its form asks for it
// ("months") and the answer is no more than the charter's longest programme; else 0.
func (c Content) Months(ch charter.Charter) int {
	if given, ok := c.Answers["months"].(json.Number); ok {
		if n, err := given.Int64(); err == nil && n >= 1 && n <= int64(ch.Proposals.MaximumMonths.Value) {
			return int(n)
		}
	}
	return 0
}

// Years is how many years of a programme may be budgeted: those that its months
// reach into, or those of the charter's longest programme.
func (c Content) Years(ch charter.Charter) int {
	return (cmp.Or(c.Months(ch), ch.Proposals.MaximumMonths.Value) + 11) / 12
}

// Ceiling is the most that a content may ask by what everybody reads: the lowest of
// the charter's, the call's, its area's and, where it names a state, a state's. What
// others of the state have asked already is said when it is handed in (full).
func (g Case) Ceiling(c Content) Ceiling {
	most := g.Call.Most(c.Area, g.Charter)
	if g.Call.StateCeiling != nil && len(c.States()) > 0 {
		most = most.lower(*g.Call.StateCeiling, CeilingOfState)
	}
	return most
}

// lacksBudget judges the cells of a proposal.
func (c Content) lacksBudget(g Case) []problem.Problem {
	return c.Budget.judged(g, c.Years(g.Charter))
}

// judged says of each cell what is wrong with it: it is on a line of the charter, in
// one of the programme's years, and the indirect cost of an organisation and year
// within its rate.
func (b Budget) judged(g Case, years int) (found []problem.Problem) {
	allowed := b.Indirect(g.Charter)
	for i, cell := range b {
		field := fmt.Sprintf("/budget/%d", i)
		line, known := g.Charter.BudgetLine(cell.Line)
		if !known {
			found = append(found, ErrCellLine.With("organisation", g.code(cell.Organisation), "line", clip(cell.Line), "year", cell.Year).At(field+"/line"))
			continue
		}
		name := []any{"organisation", g.code(cell.Organisation), "line", map[string]string(line.Name.Value), "year", cell.Year}
		if cell.Year > years {
			found = append(found, ErrCellYear.With(name...).With("years", years).At(field+"/year"))
		}
		if cell.Line != g.Charter.Budget.Indirect.Line.Value {
			continue
		}
		if cost := allowed[OrganisationYear{cell.Organisation, cell.Year}]; cell.Amount.Cmp(cost.Allowed) > 0 {
			found = append(found, ErrIndirectCost.With(name...).With("amount", cell.Amount, "allowed", cost.Allowed, "base", cost.Base,
				"rate", percent(g.Charter.Budget.Indirect.Rate.Value.Decimal)).At(field+"/amount"))
		}
	}
	return found
}

// code is what people call an organisation of the case, or else its id.
func (g Case) code(id uuid.UUID) string {
	if code := g.Codes[id]; code != "" {
		return code
	}
	return id.String()
}

// percent writes a rate as a percentage, "7".
func percent(rate decimal.Decimal) string { return rate.Shift(2).String() }

// OrganisationYear is whose indirect cost, and of when.
type OrganisationYear struct {
	Organisation uuid.UUID
	Year         int
}

// IndirectCost is what an organisation may ask for a year as indirect cost, and
// what of: the sum of its other lines.
type IndirectCost struct{ Base, Allowed ledger.Money }

// Indirect computes, by the charter's rate and rounding, the most that each
// organisation may ask as indirect cost for each year it has a cell in.
func (b Budget) Indirect(ch charter.Charter) map[OrganisationYear]IndirectCost {
	all := map[OrganisationYear]IndirectCost{}
	for _, c := range b {
		at := OrganisationYear{c.Organisation, c.Year}
		cost, ok := all[at]
		if !ok {
			cost.Base = ledger.Zero(c.Amount.Currency)
		}
		if c.Line != ch.Budget.Indirect.Line.Value {
			cost.Base = cost.Base.Add(c.Amount)
		}
		all[at] = cost
	}
	for at, cost := range all {
		cost.Allowed = ch.IndirectCost(cost.Base)
		all[at] = cost
	}
	return all
}

// Part is a figure and what part of the whole it is: a percentage with one decimal,
// half up, made to be shown and for nothing else; "" where the whole is nothing.
type Part[K any] struct {
	Key   K
	Total ledger.Money
	Share string
}

// BudgetSums are a budget's totals: by organisation in the order of the shares, by
// line in the charter's order, by year.
type BudgetSums struct {
	Organisations []Part[uuid.UUID]
	Lines         []Part[string]
	Years         []Part[int]
	Total         ledger.Money
}

// Sums adds a content's budget up. years is how many are shown.
func (c Content) Sums(ch charter.Charter, years int) BudgetSums {
	s := BudgetSums{Total: ledger.Zero(ledger.USD)}
	for _, cell := range c.Budget {
		s.Total = s.Total.Add(cell.Amount)
	}
	organisations := sumsBy(c.Budget, func(x BudgetCell) uuid.UUID { return x.Organisation })
	for _, a := range c.Shares {
		if a.Organisation != uuid.Nil {
			s.Organisations = append(s.Organisations, part(a.Organisation, organisations, s.Total))
		}
	}
	lines := sumsBy(c.Budget, func(x BudgetCell) string { return x.Line })
	for _, l := range ch.Budget.Lines {
		s.Lines = append(s.Lines, part(l.Key, lines, s.Total))
	}
	byYear := sumsBy(c.Budget, func(x BudgetCell) int { return x.Year })
	for year := range byYear {
		years = max(years, year)
	}
	for year := 1; year <= years; year++ {
		s.Years = append(s.Years, part(year, byYear, s.Total))
	}
	return s
}

func part[K comparable](key K, totals map[K]ledger.Money, whole ledger.Money) Part[K] {
	total, ok := totals[key]
	if !ok {
		total = ledger.Zero(whole.Currency)
	}
	return Part[K]{key, total, shareOf(total, whole)}
}

// shareOf is part of whole in per cent with one decimal, half up: to be shown.
func shareOf(part, whole ledger.Money) string {
	if whole.IsZero() {
		return ""
	}
	return part.Amount.Shift(2).DivRound(whole.Amount, 1).StringFixed(1)
}

// Moved is what became of a line, or a cell, since an earlier version.
type Moved struct {
	BudgetCell    // of a line, its key alone; of a share, its organisation alone
	Before, After ledger.Money
	Share         string // of Before, in per cent with one decimal, to be shown; "" where that was nothing
	Beyond        bool   // by more than the charter lets a line move without a revision
}

// BudgetChange compares a budget with an earlier one.
type BudgetChange struct {
	Cells []Moved // those that differ
	Lines []Moved // every line of the charter
}

// Since says what changed since an earlier budget. A line has moved beyond the
// charter's share where the difference of its totals is more than that share of what
// it was; from nothing, any amount is.
func (b Budget) Since(earlier Budget, ch charter.Charter) BudgetChange {
	var change BudgetChange
	moved := func(cell BudgetCell, before, after ledger.Money) Moved { return cell.moved(before, after, ch) }
	zero := ledger.Zero(ledger.USD)
	or := func(m ledger.Money, there bool) ledger.Money {
		if !there {
			return zero
		}
		return m
	}
	was, is := sumsBy(earlier, BudgetCell.place), sumsBy(b, BudgetCell.place)
	seen := map[place]bool{}
	for _, c := range append(slices.Clone(b), earlier...) {
		before, then := was[c.place()]
		after, now := is[c.place()]
		if m := moved(c, or(before, then), or(after, now)); !seen[c.place()] && !m.Before.Equal(m.After) {
			change.Cells = append(change.Cells, m)
		}
		seen[c.place()] = true
	}
	slices.SortStableFunc(change.Cells, func(x, y Moved) int {
		return cmp.Or(cmp.Compare(x.Year, y.Year), cmp.Compare(lineNumber(ch, x.Line), lineNumber(ch, y.Line)))
	})
	wasLine, isLine := sumsBy(earlier, func(c BudgetCell) string { return c.Line }), sumsBy(b, func(c BudgetCell) string { return c.Line })
	for _, l := range ch.Budget.Lines {
		before, then := wasLine[l.Key]
		after, now := isLine[l.Key]
		change.Lines = append(change.Lines, moved(BudgetCell{Line: l.Key}, or(before, then), or(after, now)))
	}
	return change
}

// moved says how far a cell, a line or an organisation's share goes from what it had.
func (b BudgetCell) moved(before, after ledger.Money, ch charter.Charter) Moved {
	m := Moved{BudgetCell: b, Before: before, After: after}
	difference := after.Sub(before)
	if m.Share = shareOf(difference, before); !before.IsZero() && difference.IsPositive() {
		m.Share = "+" + m.Share
	}
	m.Beyond = difference.Abs().Amount.Cmp(before.Amount.Mul(ch.Budget.RevisionShare.Value.Decimal)) > 0
	return m
}

// lineNumber is the place of a line in the charter, from 0; those it does not have
// come last.
func lineNumber(ch charter.Charter, key string) int {
	if n := slices.IndexFunc(ch.Budget.Lines, func(l charter.BudgetLine) bool { return l.Key == key }); n >= 0 {
		return n
	}
	return len(ch.Budget.Lines)
}

// inOrder is the budget as it is frozen: by share, year and line, without the cells
// of nothing, so that one budget has one spelling.
func (c Content) inOrder() Budget {
	var b Budget
	for _, cell := range c.Budget {
		if !cell.Amount.IsZero() {
			b = append(b, cell)
		}
	}
	who := func(id uuid.UUID) int {
		return slices.IndexFunc(c.Shares, func(s Asked) bool { return s.Organisation == id })
	}
	slices.SortFunc(b, func(x, y BudgetCell) int {
		return cmp.Or(cmp.Compare(who(x.Organisation), who(y.Organisation)), cmp.Compare(x.Year, y.Year), cmp.Compare(x.Line, y.Line))
	})
	return b
}
