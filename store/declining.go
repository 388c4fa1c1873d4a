package store

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"startupfund/domain"
)

// DeclineProposal records that the body does not take a proposal up: by the
// decision of that number or, without one, by the vote that fell.
func (s *Store) DeclineProposal(ctx context.Context, by Ask, id uuid.UUID, number, reason string) (ProposalFile, error) {
	return act(ctx, s, by, "proposal.decline", func(t *tx) (ProposalFile, error) {
		p, err := t.proposalLocked(id, 0)
		if err != nil {
			return ProposalFile{}, err
		}
		v, err := t.verdicts(p)
		if err != nil {
			return ProposalFile{}, err
		}
		d, err := t.decisionNamed(number)
		if err != nil {
			return ProposalFile{}, err
		}
		out, err := p.Decline(t.by, v, d, reason, t.now)
		if err != nil {
			return ProposalFile{}, err
		}
		t.changed("stage", p.Stage)
		err = t.Exec(`INSERT INTO declinings (proposal, n, question, decision, reason, person, at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			out.Proposal, out.N, orNull(out.Question), orNull(out.Decision), out.Reason, out.Person, out.At).Error
		if err != nil {
			return ProposalFile{}, err
		}
		if err := t.unprepared(p.ID); err != nil {
			return ProposalFile{}, err
		}
		return t.keptProposal(&p)
	})
}

// decisionNamed is the decision of a number; nil where none is named.
func (t *tx) decisionNamed(number string) (*domain.Decision, error) {
	if number == "" {
		return nil, nil
	}
	list, err := t.decisions(`d.number = ?`, number)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, domain.ErrUnknownWord.With("given", number).At("/decision")
	}
	return &list[0].Decision, nil
}

// verdicts are what the body has said about a proposal. A question that is put on
// an agenda waits for the proposal's lock, and so cannot come in between.
func (t *tx) verdicts(p domain.Proposal) (v domain.Verdicts, err error) {
	var fallen uuid.NullUUID
	err = t.Raw(`SELECT count(*) FILTER (WHERE state IN ('listed', 'open', 'unconfirmed', 'unresolved')),
			(array_agg(id ORDER BY closed_at DESC) FILTER (WHERE state = 'not-adopted' AND proposal_version BETWEEN ? AND ?))[1],
			coalesce((SELECT d.number FROM decisions d WHERE d.proposal = ? AND d.proposal_version BETWEEN ? AND ? ORDER BY d.adopted_at DESC LIMIT 1), '')
		FROM questions WHERE proposal = ?`, p.AssessedFrom, p.Submission, p.ID, p.AssessedFrom, p.Submission, p.ID).Row().Scan(&v.Before, &fallen, &v.Decided)
	v.Fallen = fallen.UUID
	return v, err
}

// declining is how a proposal was declined; nil, where it was not.
func (t *tx) declining(proposal uuid.UUID) (*domain.Declining, error) {
	d := domain.Declining{Proposal: proposal}
	var question, decision uuid.NullUUID
	err := t.Raw(`SELECT x.n, x.question, x.decision, coalesce(d.number, ''), x.reason, x.person, x.at
		FROM declinings x LEFT JOIN decisions d ON d.id = x.decision WHERE x.proposal = ?`, proposal).Row().
		Scan(&d.N, &question, &decision, &d.Number, &d.Reason, &d.Person, &d.At)
	if errors.Is(missing(err), domain.ErrMissing) {
		return nil, nil
	}
	d.Question, d.Decision = question.UUID, decision.UUID
	return &d, err
}

var _ = ask(Question{"declined-on-the-bodys-word", "a proposal is declined without a vote that fell or a decision, or has one and is not", `
	SELECT p.ref FROM proposals p LEFT JOIN declinings d ON d.proposal = p.id LEFT JOIN questions q ON q.id = d.question
	WHERE (p.stage = 'declined') <> (d.proposal IS NOT NULL) OR q.state <> 'not-adopted' OR q.proposal <> p.id`})
