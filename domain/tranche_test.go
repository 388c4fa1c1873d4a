package domain

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"startupfund/domain/charter"
	"startupfund/domain/ledger"
	"startupfund/domain/problem"
)

// Whatever the parts, each tranche ends less than a cent below its part of what was granted,
// and the last at all of it.
func TestTranchesAreTheWhole(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var parts []int
		for left := 100; left > 0; {
			n := left
			if len(parts) < mostTranches-1 {
				n = rapid.IntRange(1, left).Draw(r, "part")
			}
			parts, left = append(parts, n), left-n
		}
		granted := ledger.New(decimal.New(rapid.Int64Range(1, 1e15).Draw(r, "cents"), -2), "USD")
		ceilings := TranchePlan{Parts: parts}.Ceilings(granted)
		sum := int64(0)
		for i, c := range ceilings {
			sum += int64(parts[i])
			short := granted.Amount.Mul(decimal.New(sum, -2)).Sub(c.Amount)
			if short.IsNegative() || short.GreaterThanOrEqual(decimal.New(1, -2)) {
				r.Fatalf("%v of %s: tranche %d ends at %s", parts, granted, i+1, c)
			}
		}
		if last := ceilings[len(ceilings)-1]; !last.Equal(granted) {
			r.Fatalf("%v of %s ends at %s", parts, granted, last)
		}
	})
}

// Each row says what a payment of amount still needs, all at once.
func TestATrancheSaysWhatIsMissing(t *testing.T) {
	spentOnly := rules
	spentOnly.Agent.TrancheCounts.Value = charter.Spent
	owed := []ReportDue{{Key: "annual-2025"}}
	for _, c := range []struct {
		name                       string
		rules                      charter.Charter
		parts                      []int
		released, spent, committed string
		owed                       []ReportDue
		amount                     string
		n                          int
		needed                     string
		want                       []error
	}{
		{"the first, whole", rules, []int{70, 30}, "0.00", "0.00", "0.00", owed, "70.00", 1, "0.00", nil},
		{"a cent beyond the first", rules, []int{70, 30}, "0.00", "0.00", "0.00", nil, "70.01", 1, "0.00", []error{ErrBeyondTranche}},
		{"the rest of the first is not tested", rules, []int{70, 30}, "40.00", "0.00", "0.00", owed, "30.00", 1, "0.00", nil},
		{"the second, a cent too little used", rules, []int{70, 30}, "70.00", "52.00", "0.49", nil, "30.00", 2, "52.50", []error{ErrTrancheUnused}},
		{"the second, just used", rules, []int{70, 30}, "70.00", "52.00", "0.50", nil, "30.00", 2, "52.50", nil},
		{"what is committed does not count", spentOnly, []int{70, 30}, "70.00", "52.00", "0.50", nil, "30.00", 2, "52.50", []error{ErrTrancheUnused}},
		{"beyond, unused and reports owed", rules, []int{50, 25, 25}, "50.00", "1.00", "1.00", owed, "25.01", 2, "37.50", []error{ErrBeyondTranche, ErrTrancheUnused, ErrReportsOwed}},
		{"what has to be used is rounded up", rules, []int{50, 50}, "50.01", "37.50", "0.00", nil, "1.00", 2, "37.51", []error{ErrTrancheUnused}},
		{"all is released", rules, []int{70, 30}, "100.00", "100.00", "0.00", nil, "0.01", 2, "75.00", []error{ErrBeyondTranche}},
	} {
		part := PaidPart{Plan: TranchePlan{Parts: c.parts}, Granted: dollars("100.00"), Released: dollars(c.released), Owed: c.owed,
			Scope: Scoped{dollars(c.released), dollars(c.spent), dollars(c.committed)}}
		next := part.Next(c.rules)
		missing := next.Missing(dollars(c.amount), part.Released)
		same := slices.EqualFunc(missing, c.want, func(p problem.Problem, want error) bool { return p.Is(want) })
		if next.N != c.n || next.Needed.Text() != c.needed || !same {
			t.Errorf("%s: tranche %d, %s needed, missing %v", c.name, next.N, next.Needed, missing)
		}
	}
}

func TestAPlanOfTranches(t *testing.T) {
	by := Actor{Person: uuid.New()}
	if got := PlanOf(Programme{Preparation: true}, rules, nil); !slices.Equal(got.Parts, []int{100}) {
		t.Errorf("preparation: %v", got)
	}
	own := PlanOf(Programme{}, rules, nil)
	if !slices.Equal(own.Parts, []int{70, 30}) || own.N != 0 {
		t.Errorf("the charter's: %v", own)
	}
	for _, c := range []struct {
		name   string
		parts  []int
		reason string
		after  int
		want   []problem.Problem
	}{
		{"stale, and not the whole", []int{1}, "", 1, []problem.Problem{ErrStale}},
		{"one of nothing, 101 together, no reason", []int{0, 101}, "", 0, []problem.Problem{ErrTrancheParts, ErrRequired}},
		{"nothing", nil, "x", 0, []problem.Problem{ErrTrancheParts}},
		{"thirteen", []int{88, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, "x", 0, []problem.Problem{ErrTooMuch}},
		{"in three", []int{40, 30, 30}, "x", 0, nil},
	} {
		p, err := own.Plan(by, c.parts, c.reason, c.after, monday)
		for _, want := range c.want {
			if err == nil || !strings.Contains(err.Error(), want.Code) {
				t.Errorf("%s: %v, not %v", c.name, err, want)
			}
		}
		if c.want == nil && (err != nil || p.N != 1 || PlanOf(Programme{}, rules, []TranchePlan{p}).N != 1) {
			t.Errorf("%s: %v, %v", c.name, p, err)
		}
	}
}

// Of each year what is in the books counts, else the last word; commitments are those of the
// newest year's provisional word.
func TestUseCountsEachYearOnce(t *testing.T) {
	at := func(days int) time.Time { return monday.AddDate(0, 0, days) }
	say := func(year, n int, certified bool, spent, committed string, day int, taken *bool) ExpenditureStatement {
		e := ExpenditureStatement{ID: uuid.New(), Year: year, N: n, Certified: certified, Committed: dollars(committed), At: at(day), Lines: map[string]ledger.Money{"staff": dollars(spent)}}
		if taken != nil {
			e.Finding = &ExpenditureFinding{Accepted: *taken}
		}
		return e
	}
	yes, no := true, false
	for _, c := range []struct {
		name             string
		all              []ExpenditureStatement
		spent, committed string
		last             int
	}{
		{"nothing", nil, "0.00", "0.00", -1},
		{"provisional, twice", []ExpenditureStatement{say(2025, 1, false, "10.00", "9.00", 1, nil), say(2025, 2, false, "12.00", "5.00", 2, nil)}, "12.00", "5.00", 2},
		{"certified and waiting takes its place", []ExpenditureStatement{say(2025, 1, false, "10.00", "9.00", 1, nil), say(2025, 2, true, "12.00", "0.00", 2, nil)}, "12.00", "0.00", 2},
		{"sent back", []ExpenditureStatement{say(2025, 1, true, "12.00", "0.00", 2, &no)}, "0.00", "0.00", -1},
		{"in the books, a correction waits", []ExpenditureStatement{say(2025, 1, true, "12.00", "0.00", 2, &yes), say(2025, 2, true, "99.00", "0.00", 3, nil)}, "12.00", "0.00", 2},
		{"a year after it", []ExpenditureStatement{say(2025, 1, true, "12.00", "0.00", 2, &yes), say(2026, 1, false, "3.00", "4.00", 3, nil)}, "15.00", "4.00", 3},
		{"an older word does not commit", []ExpenditureStatement{say(2025, 1, false, "12.00", "7.00", 4, nil), say(2026, 1, false, "3.00", "4.00", 3, nil)}, "15.00", "4.00", 4},
	} {
		spent, committed, last := ExpenditureCase{Funded: dollars("0.00"), Statements: c.all}.Use()
		day := -1
		if last != nil {
			day = int(last.Sub(monday).Hours() / 24)
		}
		if spent.Text() != c.spent || committed.Text() != c.committed || day != c.last {
			t.Errorf("%s: %s, %s, day %d", c.name, spent, committed, day)
		}
	}
}

// The clock begins with the last paper and counts working days; the agent's own work is no paper.
func TestTheClockBeginsWithTheLastPaper(t *testing.T) {
	signed := &Step{uuid.New(), monday}
	g := Grounds{State: ProgrammeActive, MOU: true, Allocated: dollars("100.00"), Papers: []time.Time{monday.AddDate(0, 0, -9), monday.AddDate(0, 0, 3)}}
	r := TransferRequest{Decision: uuid.New(), Amount: dollars("100.00"), Stage: TransferSigned, Signed: signed}
	if by := r.ReleaseBy(g, rules); by == nil || by.Format(time.DateOnly) != "2026-03-12" { // Thursday 5 March and five working days
		t.Errorf("complete: %v", by)
	}
	r.Stage, r.Prepared = TransferPrepared, &Step{uuid.New(), monday.AddDate(0, 0, 8)}
	if by := r.ReleaseBy(g, rules); by == nil || by.Format(time.DateOnly) != "2026-03-12" {
		t.Errorf("prepared: %v", by)
	}
	for name, change := range map[string]func(*TransferRequest, *Grounds){
		"unsigned":      func(r *TransferRequest, _ *Grounds) { r.Signed = nil },
		"no memorandum": func(_ *TransferRequest, g *Grounds) { g.MOU = false },
		"released":      func(r *TransferRequest, _ *Grounds) { r.Stage = TransferReleased },
		"untested": func(_ *TransferRequest, g *Grounds) {
			g.Tranche, g.Released = &Tranche{Ceiling: dollars("1.00")}, dollars("0.00")
		},
	} {
		r, g := r, g
		if change(&r, &g); r.Complete(g, rules) != nil {
			t.Errorf("%s: the clock runs", name)
		}
	}
}
