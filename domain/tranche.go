package domain

import (
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain/charter"
	"startupfund/domain/ledger"
	"startupfund/domain/problem"
)

// What a transfer of a later tranche still needs (domain.md 3.3; charter /agent/tranche_share).
var (
	ErrBeyondTranche = problem.New(problem.Conflict, "beyond-the-tranche")
	ErrTrancheUnused = problem.New(problem.Conflict, "tranche-not-used")
	ErrReportsOwed   = problem.New(problem.Conflict, "reports-owed-before-the-tranche")

	// ErrTrancheParts refuses a plan whose parts are not the whole.
	ErrTrancheParts = problem.New(problem.Invalid, "tranches-are-not-the-whole")
)

const mostTranches = 12

// TranchePlan is how an organisation's part of a programme is paid: per cent in each
// tranche, in order, 100 together.
type TranchePlan struct {
	Parts  []int
	N      int // counts the plans made for it; 0 is the charter's own (/agent/tranches)
	Reason string
	Person uuid.UUID
	At     time.Time
}

// PlanOf is the last of the plans made, or the charter's; what only prepares a document
// is paid at once.
func PlanOf(p Programme, c charter.Charter, made []TranchePlan) TranchePlan {
	switch {
	case len(made) > 0:
		return made[len(made)-1]
	case p.Preparation:
		return TranchePlan{Parts: []int{100}}
	}
	return TranchePlan{Parts: c.Agent.Tranches.Value}
}

// Plan puts another in its place: after is how many the planner has seen.
func (p TranchePlan) Plan(by Actor, parts []int, reason string, after int, now time.Time) (TranchePlan, error) {
	if after != p.N {
		return p, ErrStale
	}
	sum := 0
	var found []problem.Problem
	for i, part := range parts {
		if part < 1 {
			found = append(found, ErrTrancheParts.With("sum", part).At(fmt.Sprintf("/parts/%d", i)))
		}
		sum += part
	}
	switch {
	case len(parts) > mostTranches:
		found = append(found, ErrTooMuch.With("limit", mostTranches).At("/parts"))
	case sum != 100:
		found = append(found, ErrTrancheParts.With("sum", sum).At("/parts"))
	}
	if err := problem.Join(append(found, written(reason, "/reason", longestReason)...)); err != nil {
		return p, err
	}
	return TranchePlan{Parts: parts, N: p.N + 1, Reason: reason, Person: by.Person, At: now}, nil
}

// Ceilings are what may have been released in all once each tranche is: its parts of what
// was granted, rounded down to the currency's last decimal; the last is all of it, so that
// what rounding left comes with the last.
func (p TranchePlan) Ceilings(granted ledger.Money) []ledger.Money {
	list := make([]ledger.Money, len(p.Parts))
	sum := 0
	for i, part := range p.Parts {
		sum += part
		whole := granted.Amount.Mul(decimal.NewFromInt(int64(sum))).Shift(-2)
		list[i] = ledger.New(whole.RoundDown(granted.Currency.Places()), granted.Currency)
	}
	return list
}

// PaidPart is an organisation's part of a programme, as far as its tranches go.
type PaidPart struct {
	Plan     TranchePlan
	Granted  ledger.Money
	Released ledger.Money // for payments that stand
	First    *time.Time   // when the first of them was released
	Scope    Scoped       // what the test is made over: this part, or all of the programme's
	Owed     []ReportDue  // reports and statements that are overdue
	Papers   []time.Time  // when the reports and statements came that the test asks for
}

// Scoped is what the test of the charter's scope counts (/agent/tranche_per, tranche_counts).
type Scoped struct {
	Released, Spent, Committed ledger.Money
}

// Tranche is the tranche that a payment would be of, with the test that it waits for.
type Tranche struct {
	N, Of   int
	Ceiling ledger.Money // what may have been released in all, this tranche with it
	Tested  bool         // the first is not
	Share   charter.Rate // of what was sent that has to be used
	Scoped               // what is counted
	Used    ledger.Money // of it, by what the charter counts
	Needed  ledger.Money // to be used, rounded up to the currency's last decimal
	Owed    []ReportDue
	Counts  charter.TrancheCount
}

// Next is the tranche that a payment from now on would be of: the first that is not
// released whole, or the last.
func (p PaidPart) Next(c charter.Charter) Tranche {
	ceilings := p.Plan.Ceilings(p.Granted)
	n := slices.IndexFunc(ceilings, func(m ledger.Money) bool { return m.Cmp(p.Released) > 0 })
	if n < 0 {
		n = len(ceilings) - 1
	}
	t := Tranche{N: n + 1, Of: len(ceilings), Ceiling: ceilings[n], Tested: (n > 0 || p.replanned()) && p.Scope.Released.IsPositive(), Share: c.Agent.TrancheShare.Value,
		Scoped: p.Scope, Used: p.Scope.Spent, Counts: c.Agent.TrancheCounts.Value, Needed: ledger.Zero(p.Granted.Currency)}
	if t.Counts == charter.SpentOrCommitted {
		t.Used = t.Used.Add(p.Scope.Committed)
	}
	if t.Tested {
		t.Needed = ledger.New(p.Scope.Released.Amount.Mul(t.Share.Decimal).RoundUp(p.Granted.Currency.Places()), p.Granted.Currency)
		t.Owed = p.Owed
	}
	return t
}

// replanned tells whether another plan was made once money had gone out: it moves the ends,
// and frees nobody of the test.
func (p PaidPart) replanned() bool {
	return p.Plan.N > 0 && p.First != nil && !p.Plan.At.Before(*p.First)
}

// Missing is what a payment of amount still needs, released having gone out before it.
func (t Tranche) Missing(amount, released ledger.Money) (missing []problem.Problem) {
	if released.Add(amount).Cmp(t.Ceiling) > 0 {
		missing = append(missing, ErrBeyondTranche.With("tranche", t.N, "of", t.Of, "ceiling", t.Ceiling, "released", released, "asked", amount))
	}
	if t.Tested && t.Used.Cmp(t.Needed) < 0 {
		missing = append(missing, ErrTrancheUnused.With("used", t.Used, "needed", t.Needed, "sent", t.Released))
	}
	if t.Tested && len(t.Owed) > 0 {
		missing = append(missing, ErrReportsOwed.With("count", len(t.Owed)))
	}
	return missing
}

// Use is what an organisation says that it spent, and has committed beside, and when it
// last said so: of each year what is in the books, or else what it stated last and nobody
// sent back; commitments are those of its last word, while no later year is stated.
func (g ExpenditureCase) Use() (spent, committed ledger.Money, last *time.Time) {
	c := g.Funded.Currency
	spent, committed = ledger.Zero(c), ledger.Zero(c)
	of := map[int]ExpenditureStatement{}
	var newest *ExpenditureStatement
	for i, e := range g.Statements {
		state := g.State(e)
		if state == ExpenditureReturned || state == ExpenditureReplaced {
			continue
		}
		if was, ok := of[e.Year]; ok && g.State(was) == ExpenditureTaken {
			continue
		}
		of[e.Year] = e
		if newest == nil || e.Year >= newest.Year {
			newest = &g.Statements[i]
		}
		if last == nil || e.At.After(*last) {
			last = &g.Statements[i].At
		}
	}
	for _, e := range of {
		spent = spent.Add(e.Total(c))
	}
	if newest != nil && !newest.Certified {
		committed = newest.Committed
	}
	return spent, committed, last
}

// Complete is when the last paper of a request came, nil while one is missing or it is
// released: the clock of the charter's working days begins (/agent/release_days_to).
// The agent's own work is no paper.
func (r TransferRequest) Complete(g Grounds, c charter.Charter) *time.Time {
	if r.Over() || r.Signed == nil {
		return nil
	}
	for _, p := range r.Missing(g, c) {
		if !p.Is(ErrNotPrepared) {
			return nil
		}
	}
	at := r.Signed.At
	for _, came := range g.Papers {
		if came.After(at) {
			at = came
		}
	}
	return &at
}

// ReleaseBy is the last working day on which a complete request is paid in time.
func (r TransferRequest) ReleaseBy(g Grounds, c charter.Charter) *time.Time {
	at := r.Complete(g, c)
	if at == nil {
		return nil
	}
	day := c.AddBusinessDays(c.Day(*at), c.Agent.ReleaseDaysTo.Value)
	return &day
}
