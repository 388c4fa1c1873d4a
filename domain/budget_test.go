package domain

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"startupfund/domain/charter"
	"startupfund/domain/ledger"
	"startupfund/domain/problem"
)

var budgeted = map[string]uuid.UUID{"IOM": uuid.New(), "ILO": uuid.New()}

// planned reads "IOM staff 1 100.00" a cell.
func planned(cells ...string) (b Budget) {
	for _, text := range cells {
		var who, line, amount string
		var year int
		fmt.Sscan(text, &who, &line, &year, &amount)
		b = append(b, BudgetCell{budgeted[who], line, year, usd(amount)})
	}
	return b
}

func budgetCase() Case {
	g := Case{Charter: charter.MustDefault(), Kinds: map[uuid.UUID]string{}, Codes: map[uuid.UUID]string{}}
	for code, id := range budgeted {
		g.Kinds[id], g.Codes[id] = "un", code
	}
	return g
}

func said(all []problem.Problem) string {
	var b strings.Builder
	for _, p := range all {
		fmt.Fprintf(&b, "%s %s\n", p.Field, p.Code)
	}
	return b.String()
}

// Each cell is refused at its place; one is refused for its indirect cost only above
// the rate of that organisation and year.
func TestABudgetIsJudgedCellByCell(t *testing.T) {
	for _, r := range []struct {
		name  string
		cells []string
		want  string
	}{
		{"in order, the indirect cost to the cent", []string{"IOM staff 1 100.07", "IOM travel 1 50000.00", "IOM indirect 1 3507.00"}, ""},
		{"a cent too much", []string{"IOM staff 1 100.07", "IOM travel 1 50000.00", "IOM indirect 1 3507.01"}, "/budget/2/amount indirect-cost-above-the-rate\n"},
		{"half a cent goes up", []string{"IOM staff 1 0.50", "IOM indirect 1 0.04", "ILO staff 1 200000.00"}, ""},
		{"less is allowed", []string{"IOM staff 1 100000.00", "IOM indirect 1 1.00"}, ""},
		{"another's money, and another year's, are no base", []string{"IOM staff 1 100000.00", "ILO indirect 1 1.00", "IOM indirect 2 1.00"},
			"/budget/1/amount indirect-cost-above-the-rate\n/budget/2/amount indirect-cost-above-the-rate\n"},
		{"a line and a year that are not there", []string{"IOM sundries 1 100000.00", "IOM staff 4 100000.00", "IOM indirect 4 7000.01"},
			"/budget/0/line budget-line-unknown\n/budget/1/year budget-year-beyond-the-programme\n/budget/2/year budget-year-beyond-the-programme\n/budget/2/amount indirect-cost-above-the-rate\n"},
		{"more than the charter allows in all", []string{"IOM staff 1 5000000.01"}, "/budget amount-above-maximum\n"},
	} {
		c := Content{Budget: planned(r.cells...)}
		c, err := c.tidy(budgetCase().Kinds)
		if err != nil {
			t.Fatal(r.name, err)
		}
		g := budgetCase()
		var kept []problem.Problem
		for _, p := range c.lacksMoney(g) {
			if !p.Is(ErrBelowMinimum) {
				kept = append(kept, p)
			}
		}
		if got := said(kept); got != r.want {
			t.Errorf("%s:\n%s", r.name, got)
		}
	}
	p := Content{Budget: planned("ILO indirect 2 1.00")}.lacksBudget(budgetCase())[0].Params()
	if p["organisation"] != "ILO" || p["year"] != 2 || p["line"].(map[string]string)["en"] != "Indirect support costs" || p["rate"] != "7" {
		t.Errorf("the cell is not named: %v", p)
	}
}

func TestWhatNoBudgetCanKeepIsRefused(t *testing.T) {
	b := planned("IOM staff 1 1.00", "IOM staff 1 2.00", "ILO staff 0 1.00", "ILO staff 1 -1.00", "ILO travel 21 1.00", "UNDP travel 1 1.00")
	b = append(b, BudgetCell{budgeted["ILO"], "", 1, usd("1.00")}, BudgetCell{budgeted["ILO"], "travel", 1, ledger.Zero("EUR")})
	want := `/budget/1 budget-cell-twice
/budget/2/year unknown-value
/budget/3/amount budget-amount-below-zero
/budget/4/year unknown-value
/budget/5/organisation required
/budget/6/line unknown-value
/budget/7/amount other-currency
`
	if got := said(b.tidy()); got != want {
		t.Errorf("got\n%s", got)
	}
}

// With a budget there is one figure: a share is what its organisation's cells come to.
func TestSharesFollowTheBudget(t *testing.T) {
	given := usd("300.00")
	c := Content{Budget: planned("IOM staff 1 100.00", "ILO staff 2 50.50", "IOM travel 3 200.00"),
		Shares: []Asked{{budgeted["IOM"], &given}, {}}}
	c, err := c.tidy(budgetCase().Kinds)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Shares) != 3 || c.Shares[0].Amount.Text() != "300.00" || c.Shares[1].Amount != nil || c.Shares[2].Amount.Text() != "50.50" || c.Amount().Text() != "350.50" {
		t.Errorf("shares %+v", c.Shares)
	}
	other := usd("50.51")
	c.Shares[2].Amount = &other
	if _, err := c.tidy(budgetCase().Kinds); err == nil || said([]problem.Problem{err.(problem.Problem)}) != "/shares/2/amount share-differs-from-the-budget\n" {
		t.Errorf("a second figure was taken: %v", err)
	}
}

// A budget has one spelling, whatever the order it was sent in and whatever cells of
// nothing stand in it, and reads back.
func TestABudgetHasOneSpelling(t *testing.T) {
	kinds := budgetCase().Kinds
	rapid.Check(t, func(t *rapid.T) {
		all := planned("IOM staff 1 100.00", "IOM travel 1 0.00", "ILO staff 2 50.50", "IOM staff 2 7.00", "ILO grants 1 0.01")
		shuffled := rapid.Permutation(all).Draw(t, "order")
		in := func(b Budget) Proposal {
			c, err := Content{Budget: b, Shares: []Asked{{Organisation: budgeted["ILO"]}, {Organisation: budgeted["IOM"]}}}.tidy(kinds)
			if err != nil {
				t.Fatal(err)
			}
			return Proposal{Ref: "P-2026-001", Content: c}
		}
		bytes, hash := in(all).canonical()
		if _, other := in(shuffled).canonical(); string(other) != string(hash) {
			t.Fatal("another order is another content")
		}
		read, err := Frozen(bytes)
		if err != nil || len(read.Budget) != 4 || read.Budget[0].Line != "grants" {
			t.Fatal(read.Budget, err)
		}
	})
}

// The sums agree with each other, and per cent are shown with one decimal.
func TestBudgetSums(t *testing.T) {
	c, err := Content{Budget: planned("IOM staff 1 100.00", "ILO staff 2 50.00", "ILO travel 1 150.01"), Answers: Answers{"months": json.Number("13")}}.tidy(budgetCase().Kinds)
	if err != nil {
		t.Fatal(err)
	}
	ch := charter.MustDefault()
	s := c.Sums(ch, c.Years(ch))
	if s.Total.Text() != "300.01" || len(s.Years) != 2 || s.Years[0].Total.Text() != "250.01" || len(s.Lines) != 8 || s.Lines[4].Total.Text() != "150.01" ||
		s.Organisations[0].Share != "33.3" || s.Organisations[1].Share != "66.7" {
		t.Errorf("%+v", s)
	}
}

// A line that moves by just the charter's share of itself needs no revision; a cent
// more does, and so does any amount on a line that had none.
func TestALineMovesBeyondItsShare(t *testing.T) {
	before := planned("IOM staff 1 1000.00", "IOM travel 1 1000.00", "ILO travel 2 1000.00", "ILO supplies 1 10.00")
	after := planned("IOM staff 1 1150.00", "IOM travel 1 700.00", "ILO travel 2 999.99", "IOM grants 1 0.01")
	change := after.Since(before, charter.MustDefault())
	var got strings.Builder
	for _, m := range change.Lines {
		if !m.Before.Equal(m.After) {
			fmt.Fprintf(&got, "%s %s %s %s %v\n", m.Line, m.Before.Text(), m.After.Text(), m.Share, m.Beyond)
		}
	}
	want := "staff 1000.00 1150.00 +15.0 false\nsupplies 10.00 0.00 -100.0 true\ntravel 2000.00 1699.99 -15.0 true\ngrants 0.00 0.01  true\n"
	if got.String() != want {
		t.Errorf("got\n%s", got.String())
	}
	if len(change.Cells) != 5 || change.Cells[0].Line != "staff" || change.Cells[4].Year != 2 {
		t.Errorf("cells %+v", change.Cells)
	}
}

// The ceiling in sight is the lowest of those that apply to what is asked, and says whose it is.
func TestTheLowestCeilingCounts(t *testing.T) {
	money := func(text string) *ledger.Money { m := usd(text); return &m }
	state := uuid.New()
	for _, r := range []struct {
		name    string
		limits  Limits
		content Content
		want    string
	}{
		{"the charter's", Limits{}, Content{Area: "area-1", State: state}, "5000000.00 charter"},
		{"the call's", Limits{Ceiling: money("900000.00")}, Content{}, "900000.00 call"},
		{"of two alike the call's", Limits{Ceiling: money("900000.00"), AreaCeilings: map[string]ledger.Money{"area-1": usd("900000.00")}}, Content{Area: "area-1"}, "900000.00 call"},
		{"the area's", Limits{Ceiling: money("900000.00"), AreaCeilings: map[string]ledger.Money{"area-1": usd("300000.00")}}, Content{Area: "area-1"}, "300000.00 area"},
		{"another area's", Limits{Ceiling: money("900000.00"), AreaCeilings: map[string]ledger.Money{"area-1": usd("300000.00")}}, Content{Area: "area-2"}, "900000.00 call"},
		{"the state's", Limits{AreaCeilings: map[string]ledger.Money{"area-1": usd("300000.00")}, StateCeiling: money("250000.00")}, Content{Area: "area-1", State: state}, "250000.00 state"},
		{"of another state beside none", Limits{StateCeiling: money("250000.00")}, Content{OtherStates: []uuid.UUID{state}}, "250000.00 state"},
		{"of no state", Limits{StateCeiling: money("250000.00")}, Content{}, "5000000.00 charter"},
	} {
		g := budgetCase()
		g.Call.Limits = r.limits
		got := g.Ceiling(r.content)
		if is := got.Amount.Text() + " " + string(got.Of); is != r.want {
			t.Errorf("%s: %s", r.name, is)
		}
	}
}
