package domain

import (
	"time"

	"startupfund/domain/charter"
	"startupfund/domain/ledger"
	"startupfund/domain/problem"
)

var (
	// ErrNoPreparation refuses preparation money where the charter gives none, or to what
	// is not a concept note that is selected.
	ErrNoPreparation = problem.New(problem.Invalid, "no-preparation-money")
	// ErrPreparationCeiling refuses more than the charter gives for one proposal.
	ErrPreparationCeiling = problem.New(problem.Invalid, "preparation-above-the-ceiling")
	// ErrOfPreparation refuses an act on a programme's life to what only prepares one.
	ErrOfPreparation = problem.New(problem.Conflict, "only-a-preparation")
)

// PreparationCode is the code of the programme that prepares a proposal's document.
func PreparationCode(ref string) string { return "PREP-" + ref }

// prepares fits preparation money to a question that selects a concept note: within
// the charter's ceiling, to the organisation that convenes, from money that the
// proposal's area may use. A question that names no money gives none.
func (q Question) prepares(c charter.Charter, g GrantCase) (Question, error) {
	currency := c.Fund.Currency.Value.Currency
	ceiling := c.Proposals.PreparationAmount.Value.Money
	switch {
	case q.Amount.Currency == "" || q.Amount.IsZero():
		return q.moneyless(c)
	case !g.selects(q.Kind) || c.Allocation.Preparation.Value != charter.SelectedNotes || len(g.Shares) == 0:
		return q, ErrNoPreparation.With("proposal", g.Ref).At("/amount")
	case q.Amount.Currency != currency:
		return q, ledger.ErrOtherMoney.With("currency", string(q.Amount.Currency), "books", string(currency)).At("/amount")
	case !q.Amount.IsPositive():
		return q, ledger.ErrNotPositive.With("amount", q.Amount).At("/amount")
	case q.Amount.Cmp(ceiling) > 0:
		return q, ErrPreparationCeiling.With("asked", q.Amount, "ceiling", ceiling).At("/amount")
	case q.Earmark != "" && (q.Earmark != g.Area || c.Allocation.Earmark.Value == charter.NoEarmarks):
		return q, ErrGrantEarmark.With("earmark", clipped(q.Earmark), "area", g.Area).At("/earmark")
	}
	q.Shares = []GrantShare{{Organisation: g.Shares[0].Organisation, Code: g.Shares[0].Code, Amount: q.Amount}}
	return q, nil
}

// Prepare makes the programme that a selected note's preparation money belongs to.
func (d Decision) Prepare(g GrantCase, now time.Time) Programme {
	p := d.Found(g, PreparationCode(g.Ref), now)
	p.Preparation = true
	return p
}

// Prepared ends the preparation of what was granted: what is left of its money may
// still be paid, until its books are closed.
func (p Programme) Prepared(d Decision, by Actor, now, began, today time.Time) ProgrammeStep {
	step := p.Step("close-operations", ProgrammeDone, d.ID, "", by, now)
	step.StartsOn, step.EndsOn = &began, &today
	return step
}

// left is what a grant may still give of what was requested: the request without what
// was given to prepare it, in all and of the organisation that convenes.
func (g GrantCase) left() (ledger.Money, []GrantShare) {
	shares := append([]GrantShare{}, g.Shares...)
	if g.Prepared.Currency == "" || !g.Prepared.IsPositive() || len(shares) == 0 {
		return g.Amount, shares
	}
	taken := g.Prepared
	if shares[0].Amount.Cmp(taken) < 0 { // whose parts bear the rest, the question says
		taken = shares[0].Amount
	}
	if shares[0].Amount = shares[0].Amount.Sub(taken); shares[0].Amount.IsZero() {
		shares = shares[1:]
	}
	return g.Amount.Sub(g.Prepared), shares
}
