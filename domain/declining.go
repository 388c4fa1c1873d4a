package domain

import (
	"cmp"
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

var (
	ErrBeforeTheBody = problem.New(problem.Conflict, "still-before-the-body")
	ErrNotDeclined   = problem.New(problem.Conflict, "body-has-not-declined")
	ErrDeclinesNot   = problem.New(problem.Invalid, "decision-does-not-decline")
)

// Verdicts are what the body has said, and is still to say, about a proposal.
type Verdicts struct {
	Before  int       // questions about it on an agenda or under way
	Decided string    // number of the newest decision about what it says; "" for none
	Fallen  uuid.UUID // the latest vote over its newest submission that fell; none, uuid.Nil
}

// Declining ends a proposal that the body did not take up, on the body's word.
type Declining struct {
	Proposal uuid.UUID
	N        int       // of the submission
	Question uuid.UUID // the vote that fell, or
	Decision uuid.UUID // the decision that says so
	Number   string    // its number
	Reason   string    // that the applicant reads
	Person   uuid.UUID
	At       time.Time
}

// declining are the kinds of decision by which the body may say that it does not
// take a proposal up; a grant's says the contrary of another one.
var declining = []charter.DecisionKind{charter.Pipeline, charter.Policy, charter.Plan}

// Decline records that the body does not take the proposal up. Nobody declines on
// their own word: it takes a vote that fell over this submission, or a decision,
// adopted since it was handed in, that is named. An open question comes first.
func (p *Proposal) Decline(by Actor, v Verdicts, d *Decision, reason string, at time.Time) (Declining, error) {
	if err := p.declinable(by, v); err != nil {
		return Declining{}, err
	}
	out := Declining{Proposal: p.ID, N: p.Submission, Reason: reason, Person: by.Person, At: at}
	switch {
	case d != nil && (!slices.Contains(declining, d.Kind) || p.SubmittedAt == nil || d.AdoptedAt.Before(*p.SubmittedAt)):
		return Declining{}, ErrDeclinesNot.With("number", d.Number, "kind", string(d.Kind)).At("/decision")
	case d != nil:
		out.Decision, out.Number = d.ID, d.Number
	case v.Fallen == uuid.Nil:
		return Declining{}, ErrNotDeclined.With("ref", p.Ref).At("/decision")
	default:
		out.Question = v.Fallen
	}
	if err := problem.Join(written(reason, "/reason", longestReason)); err != nil {
		return Declining{}, err
	}
	p.Stage, p.UpdatedAt = Declined, at
	return out, nil
}

func (p Proposal) declinable(by Actor, v Verdicts) error {
	if err := cmp.Or(p.in(Eligible), p.apart(by)); err != nil {
		return err
	}
	if v.Before > 0 {
		return ErrBeforeTheBody.With("ref", p.Ref, "count", v.Before)
	}
	return nil
}
