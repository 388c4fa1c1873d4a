package store

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"

	"github.com/google/uuid"

	"startupfund/domain"
)

// assessedFrom is, of a proposal p, the first version of which scores and questions
// are about what its newest says.
const assessedFrom = `coalesce((SELECT x.assessed_from FROM version_changes x WHERE x.proposal = p.id AND x.n = p.submission), p.submission)`

// ReopenProposal gives an eligible proposal back for mending.
func (s *Store) ReopenProposal(ctx context.Context, by Ask, id uuid.UUID, reason string) (ProposalFile, error) {
	return act(ctx, s, by, "proposal.reopen", func(t *tx) (ProposalFile, error) {
		p, err := t.proposalLocked(id, 0)
		if err != nil {
			return ProposalFile{}, err
		}
		v, err := t.verdicts(p)
		if err != nil {
			return ProposalFile{}, err
		}
		r, err := p.Reopen(t.by, v, reason, t.now)
		if err != nil {
			return ProposalFile{}, err
		}
		t.changed("stage", p.Stage)
		t.changed("submission", r.N)
		if err := t.Exec(`INSERT INTO reopenings (proposal, n, reason, person, at) VALUES (?, ?, ?, ?, ?)`, r.Proposal, r.N, r.Reason, r.Person, r.At).Error; err != nil {
			return ProposalFile{}, err
		}
		return t.keptProposal(&p)
	})
}

// holdQuestions keeps the questions about a proposal as they are. Who settles one
// locks it before its proposal, and so does whoever may void it.
func (t *tx) holdQuestions(proposal uuid.UUID) error {
	var ids []uuid.UUID
	return t.Raw(`SELECT id FROM questions WHERE proposal = ? AND state IN ('listed', 'open', 'unconfirmed', 'unresolved') ORDER BY id FOR UPDATE`, proposal).Scan(&ids).Error
}

// keepChange records what a submission says otherwise than the one before it, and
// voids the questions that are about what is no longer said.
func (t *tx) keepChange(p *domain.Proposal, g domain.Case, v domain.Submission) error {
	if v.N == 1 {
		p.AssessedFrom = 1
		return nil
	}
	earlier, err := t.submission(p.ID, v.N-1)
	if err != nil {
		return err
	}
	c, err := v.Since(earlier, p.AssessedFrom, g.Charter.Proposals)
	if err != nil {
		return err
	}
	p.AssessedFrom = c.AssessedFrom
	t.changed("changed", c.Changed)
	t.changed("assessed_from", c.AssessedFrom)
	names, err := json.Marshal(c.Changed)
	if err != nil {
		return err
	}
	if err := t.Exec(`INSERT INTO version_changes (proposal, n, changed, assessed_from) VALUES (?, ?, ARRAY(SELECT jsonb_array_elements_text(?::jsonb)), ?)`,
		p.ID, c.N, string(names), c.AssessedFrom).Error; err != nil {
		return err
	}
	voided, err := t.endQuestions(p.ID, func(q domain.Question) (domain.Question, bool) { return q.Voided(c, t.now) })
	if err != nil {
		return err
	}
	for _, q := range voided {
		if err := t.Exec(`INSERT INTO voidings (question, proposal, n, at) VALUES (?, ?, ?, ?)`, q.ID, p.ID, c.N, t.now).Error; err != nil {
			return err
		}
		t.changed("voided", q.ID)
	}
	return nil
}

// leaveQuestions ends what the body was to decide about a proposal that is taken back,
// and tells those before whom it was: each of them once, of the first of several.
func (t *tx) leaveQuestions(proposal uuid.UUID) error {
	left, err := t.endQuestions(proposal, func(q domain.Question) (domain.Question, bool) { return q.Left(t.now) })
	if len(left) > 0 {
		ids := make([]uuid.UUID, len(left))
		for i, q := range left {
			ids[i] = q.ID
		}
		t.changed("questions_withdrawn", ids)
	}
	subject := t.subject
	defer func() { t.subject = subject }()
	told := map[uuid.UUID]bool{}
	for _, q := range left {
		t.on("question", q.ID)
		err = cmp.Or(err, t.tellOnce("question.withdraw", told))
	}
	return err
}

// endQuestions ends those of the questions about a proposal before the body that end
// says, and gives them back. They were held before.
func (t *tx) endQuestions(proposal uuid.UUID, end func(domain.Question) (domain.Question, bool)) (ended []domain.Question, err error) {
	pending, err := t.questions(`q.proposal = ? AND q.state IN ('listed', 'open', 'unconfirmed', 'unresolved') ORDER BY q.id`, proposal)
	if err != nil {
		return nil, err
	}
	for _, q := range pending {
		q, ends := end(q)
		if !ends {
			continue
		}
		if err := t.Exec(`UPDATE questions SET state = ?, closed_at = ?, version = version + 1 WHERE id = ?`, string(q.State), q.ClosedAt, q.ID).Error; err != nil {
			return nil, err
		}
		ended = append(ended, q)
	}
	return ended, nil
}

// reopened is what became of a proposal after it was found eligible: the newest time
// it was given back, and what its last submission changed. Either may be missing.
func (t *tx) reopened(p domain.Proposal) (*domain.Reopening, *domain.VersionChange, error) {
	r := domain.Reopening{Proposal: p.ID}
	err := missing(t.Raw(`SELECT n, reason, person, at FROM reopenings WHERE proposal = ? AND n >= ? ORDER BY n DESC LIMIT 1`, p.ID, p.Submission-1).Row().
		Scan(&r.N, &r.Reason, &r.Person, &r.At))
	back := &r
	if errors.Is(err, domain.ErrMissing) {
		back, err = nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	c := domain.VersionChange{N: p.Submission}
	var names []byte
	err = missing(t.Raw(`SELECT array_to_json(changed), assessed_from FROM version_changes WHERE proposal = ? AND n = ?`, p.ID, p.Submission).Row().Scan(&names, &c.AssessedFrom))
	if errors.Is(err, domain.ErrMissing) {
		return back, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	return back, &c, json.Unmarshal(names, &c.Changed)
}

// voiding is why a question is void; nil, where it is not.
func (t *tx) voiding(question uuid.UUID) (*domain.Voiding, error) {
	var v domain.Voiding
	var names []byte
	err := missing(t.Raw(`SELECT x.n, array_to_json(c.changed), coalesce(r.reason, ''), x.at FROM voidings x JOIN version_changes c ON c.proposal = x.proposal AND c.n = x.n
		LEFT JOIN reopenings r ON r.proposal = x.proposal AND r.n = x.n - 1 WHERE x.question = ?`, question).Row().Scan(&v.N, &names, &v.Reason, &v.At))
	if errors.Is(err, domain.ErrMissing) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &v, json.Unmarshal(names, &v.Changed)
}

var _ = ask(
	Question{"reopened-was-eligible", "a proposal was given back that was not eligible, or on which a decision stood", `
		SELECT p.ref || '/' || r.n FROM reopenings r JOIN proposals p ON p.id = r.proposal
		WHERE NOT EXISTS (SELECT FROM screenings s WHERE s.proposal = r.proposal AND s.n = r.n AND s.outcome = 'eligible' AND s.at <= r.at)
			OR EXISTS (SELECT FROM decisions d WHERE d.proposal = r.proposal AND d.adopted_at <= r.at
				AND d.proposal_version BETWEEN coalesce((SELECT x.assessed_from FROM version_changes x WHERE x.proposal = r.proposal AND x.n = r.n), r.n) AND r.n)`},
	Question{"assessed-from-follows", "a version carries scores of one that it does not follow without a material change", `
		SELECT p.ref || '/' || c.n FROM version_changes c JOIN proposals p ON p.id = c.proposal
		WHERE c.assessed_from NOT IN (c.n, coalesce((SELECT x.assessed_from FROM version_changes x WHERE x.proposal = c.proposal AND x.n = c.n - 1), c.n - 1))
			OR c.assessed_from = c.n AND c.changed = '{}'`},
	Question{"versions-name-what-they-change", "a mended version does not say what it changed", `
		SELECT p.ref || '/' || v.n FROM proposal_versions v JOIN proposals p ON p.id = v.proposal
		WHERE EXISTS (SELECT FROM reopenings r WHERE r.proposal = v.proposal AND r.n = v.n - 1)
			AND NOT EXISTS (SELECT FROM version_changes c WHERE c.proposal = v.proposal AND c.n = v.n)`},
	Question{"voided-by-a-change", "a question is void without a material change of its proposal, or was voided and is not", `
		SELECT q.id::text FROM questions q LEFT JOIN voidings x ON x.question = q.id LEFT JOIN version_changes c ON c.proposal = x.proposal AND c.n = x.n
		WHERE (q.state = 'voided') <> (x.question IS NOT NULL) OR x.proposal <> q.proposal OR c.assessed_from <= q.proposal_version`},
	Question{"nothing-is-asked-about-another-content", "a question before the body is about what its proposal no longer says", `
		SELECT q.id::text FROM questions q JOIN proposals p ON p.id = q.proposal WHERE q.state IN ('listed', 'open', 'unconfirmed', 'unresolved') AND q.proposal_version < ` + assessedFrom},
	Question{"nothing-is-asked-about-what-was-taken-back", "a question before the body is about a proposal that its applicant withdrew", `
		SELECT q.id::text FROM questions q JOIN proposals p ON p.id = q.proposal WHERE q.state IN ('listed', 'open', 'unconfirmed', 'unresolved') AND p.stage = 'withdrawn'`},
	Question{"decided-on-what-was-said", "a decision is about a version that said something else than the newest of its day", `
		SELECT d.number FROM decisions d JOIN proposal_versions v ON v.proposal = d.proposal AND v.at < d.adopted_at
		JOIN version_changes c ON c.proposal = v.proposal AND c.n = v.n WHERE d.proposal_version < c.assessed_from`},
)
