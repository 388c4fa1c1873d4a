package domain

import (
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

// Each row but the last two breaks every rule after the one that it shows.
func TestDecline(t *testing.T) {
	handed := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	question := uuid.New()
	decision := func(kind charter.DecisionKind, days int) *Decision {
		return &Decision{ID: uuid.New(), Number: "2026-001", AdoptedAt: handed.AddDate(0, 0, days), Question: Question{Kind: kind}}
	}
	for _, x := range []struct {
		what     string
		stage    Stage
		verdicts Verdicts
		decision *Decision
		reason   string
		want     error
	}{
		{"not screened, on an agenda", Submitted, Verdicts{Before: 1}, decision(charter.Grant, -1), "", ErrProposalStage},
		{"on an agenda", Eligible, Verdicts{Before: 1}, decision(charter.Grant, -1), "", ErrBeforeTheBody},
		{"by a grant", Eligible, Verdicts{}, decision(charter.Grant, 1), "", ErrDeclinesNot},
		{"by an older decision", Eligible, Verdicts{}, decision(charter.Pipeline, -1), "", ErrDeclinesNot},
		{"on nobody's word", Eligible, Verdicts{}, nil, "", ErrNotDeclined},
		{"without a reason", Eligible, Verdicts{Fallen: question}, nil, " ", ErrRequired},
		{"by a vote that fell", Eligible, Verdicts{Fallen: question}, nil, "It fell.", nil},
		{"by a decision", Eligible, Verdicts{}, decision(charter.Pipeline, 1), "Not taken up.", nil},
	} {
		p := Proposal{ID: uuid.New(), Ref: "P-2026-001", Stage: x.stage, Submission: 1, SubmittedAt: &handed}
		got, err := p.Decline(Actor{}, x.verdicts, x.decision, x.reason, handed.AddDate(0, 0, 2))
		var refusal problem.Problem
		switch {
		case x.want == nil && (err != nil || p.Stage != Declined || (got.Question == question) == (x.decision != nil)):
			t.Errorf("%s: %v, %+v", x.what, err, got)
		case x.want != nil && (!errors.As(err, &refusal) || !errors.Is(refusal, x.want) || p.Stage != x.stage):
			t.Errorf("%s: %v in stage %s, not %v", x.what, err, p.Stage, x.want)
		}
	}
}
