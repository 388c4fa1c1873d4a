package domain

import (
	"startupfund/domain/charter"
	"startupfund/domain/ledger"
	"startupfund/domain/problem"
)

// ErrSumOfRequest refuses another sum in a text about a request for a change: what that
// takes follows from the plan that it asks for. It names the request.
var ErrSumOfRequest = problem.New(problem.Invalid, "sum-of-the-request")

// TextTerms are the money and the conditions that a proposed text names beside its words.
type TextTerms struct {
	Amount      *ledger.Money // nil where it names none: the sum stays
	Shares      []GrantShare
	Conditioned bool // it names the conditions: those, or none
	Conditions  []ConditionTerms
}

// Sums tells whether they name a sum.
func (t TextTerms) Sums() bool { return t.Amount != nil }

// any tells whether they name anything.
func (t TextTerms) any() bool { return t.Sums() || len(t.Shares) > 0 || t.Conditioned }

// retermed fits the terms that a text names to the question: a sum at or below what was
// requested, shared among those who take part, and conditions as one that is listed has them.
func (i Item) retermed(t TextTerms) (TextTerms, error) {
	q := i.Question
	if t.Sums() || len(t.Shares) > 0 {
		switch {
		case !i.Amount.IsPositive():
			return t, ErrMoneyless.With("kind", string(i.Kind)).At("/amount")
		case i.Change != nil:
			return t, ErrSumOfRequest.With("ref", i.Change.Ref).At("/amount")
		case !t.Sums():
			return t, ErrRequired.At("/amount")
		}
		var err error
		if q, err = i.refunded(q, t); err != nil {
			return t, err
		}
		t.Amount, t.Shares = &q.Amount, q.Shares
	}
	if t.Conditioned {
		shares := q.Shares
		switch {
		case i.Waiver != nil:
			shares = i.Waiver.Of.Shares
		case i.Change != nil:
			shares = i.Change.Programme.Shares
		}
		q.Conditions = t.Conditions
		q, err := q.conditioned(i.Kind == charter.Grant || i.Change != nil || i.Waiver != nil, shares)
		if err != nil {
			return t, err
		}
		t.Conditions = q.Conditions
	}
	return t, nil
}

// refunded is the question with the sum that a text names. Of one organisation alone the
// whole sum is its share.
func (i Item) refunded(q Question, t TextTerms) (Question, error) {
	q.Amount, q.Shares = *t.Amount, t.Shares
	if len(q.Shares) == 0 && len(i.Shares) == 1 {
		q.Shares = []GrantShare{{Organisation: i.Shares[0].Organisation, Code: i.Shares[0].Code, Amount: *t.Amount}}
	}
	switch {
	case i.Kind == charter.Pipeline:
		return q.prepares(i.Charter, *i.Case)
	case len(q.Shares) == 0:
		return q, ErrRequired.At("/shares")
	}
	return q.grant(i.Charter, *i.Case)
}

// stranded refuses a sum whose shares leave out an organisation that a condition, which
// stands, is for.
func (i Item) stranded(t TextTerms) error {
	if !t.Sums() || t.Conditioned || i.Kind != charter.Grant {
		return nil
	}
	q := i.Question
	_, err := q.conditioned(true, t.Shares)
	return err
}

// record is what a decision's record says of the terms that a text named.
func (t TextTerms) record(r map[string]any) {
	if t.Sums() {
		r["amount"], r["shares"] = *t.Amount, recordShares(t.Shares)
	}
	if t.Conditioned {
		r["conditions"] = recordTerms(t.Conditions)
	}
}

func recordShares(list []GrantShare) []any {
	shares := []any{}
	for _, s := range list {
		shares = append(shares, map[string]any{"organisation": s.Code, "amount": s.Amount})
	}
	return shares
}
