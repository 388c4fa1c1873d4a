package domain

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/problem"
)

// Screening is the secretariat's finding on one submission.
type Screening struct {
	Proposal uuid.UUID
	N        int   // of the submission
	Outcome  Stage // Eligible, Ineligible or Returned
	Reason   string
	Person   uuid.UUID
	At       time.Time
}

// Screen finds a submitted proposal eligible, ineligible or in need of mending;
// the latter two with the reason that the applicant reads.
func (p *Proposal) Screen(by Actor, outcome Stage, reason string, at time.Time) (Screening, error) {
	if err := p.in(Submitted); err != nil {
		return Screening{}, err
	}
	var found []problem.Problem
	switch outcome {
	case Eligible:
		if strings.TrimSpace(reason) == "" {
			break
		}
		fallthrough
	case Ineligible, Returned:
		found = written(reason, "/reason", longestReason)
	default:
		found = append(found, ErrUnknownWord.With("given", clip(string(outcome))).At("/outcome"))
	}
	if err := problem.Join(found); err != nil {
		return Screening{}, err
	}
	p.Stage, p.UpdatedAt = outcome, at
	return Screening{Proposal: p.ID, N: p.Submission, Outcome: outcome, Reason: reason, Person: by.Person, At: at}, nil
}
