package store

import (
	"context"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/form"
	"startupfund/domain/problem"
)

// ProposalFile is a proposal as somebody sees it now. Whoever is no insider sees
// what was submitted last, never what is being mended.
type ProposalFile struct {
	domain.Proposal
	Endorsed    bool                // exactly this content, by its state
	Endorsement *domain.Endorsement // the owner state's latest, of whatever content
	Last        *domain.Submission
	Screening   *domain.Screening     // of the last submission
	Due         *time.Time            // before which what was given back is handed in again
	Reopening   *domain.Reopening     // of the last submission, or of the one before it
	Change      *domain.VersionChange // of the last submission since the one before it; nil for the first
	Declining   *domain.Declining
	Named       map[uuid.UUID]Named
	May         []string // acts that the domain would not refuse; policy has its own say
}

// Named is an organisation by the words people know it by.
type Named struct {
	ID               uuid.UUID
	Code, Name, Kind string
	Merged           bool // it is another's other name by now
}

// CreateProposal begins a draft in a call, for the organisation of the hat;
// answered are the call's questions of eligibility, by key.
func (s *Store) CreateProposal(ctx context.Context, by Ask, call uuid.UUID, answered map[string]bool, c domain.Content) (ProposalFile, error) {
	return act(ctx, s, by, "proposal.create", func(t *tx) (ProposalFile, error) {
		g, err := t.grounds(call, uuid.Nil, c)
		if err != nil {
			return ProposalFile{}, err
		}
		g.Answered = answered
		p, err := domain.Begin(uuid.New(), t.by, g, c, t.now)
		if err != nil {
			return ProposalFile{}, err
		}
		year := t.today().Year()
		n, err := t.next(domain.ProposalRef(year, 0)[:len("P-2026")])
		if err != nil {
			return ProposalFile{}, err
		}
		p.Ref = domain.ProposalRef(year, n)
		t.on("proposal", p.ID)
		t.changed("ref", p.Ref)
		t.changed("stage", p.Stage)
		err = t.Exec(`INSERT INTO proposals (id, ref, call, organisation, title, currency, phase, form, stage, charter_version, created_by, created_at, updated_at)
			VALUES (?, ?, ?, ?, '', ?, ?, ?, ?, ?, ?, ?, ?)`, p.ID, p.Ref, p.Call, p.Organisation, string(t.currency()), string(p.Phase), p.Form, string(p.Stage),
			p.CharterVersion, orNull(t.by.Person), t.now, t.now).Error
		if err != nil {
			return ProposalFile{}, err
		}
		if err := t.keepEligibility(p); err != nil {
			return ProposalFile{}, err
		}
		if err := t.keepProposal(p); err != nil {
			return ProposalFile{}, err
		}
		if t.by.Person != uuid.Nil {
			began := p.Began(t.by, t.now)
			p.Team = domain.Team{began.Teammate}
			if err := t.addToTeam(p.ID, began); err != nil {
				return ProposalFile{}, err
			}
		}
		return t.proposalFile(p)
	})
}

// SaveProposal replaces what a draft says, whole. version is the one that was
// read: another's change in between is not overwritten.
func (s *Store) SaveProposal(ctx context.Context, by Ask, id uuid.UUID, version int, c domain.Content) (ProposalFile, error) {
	return act(ctx, s, by, "proposal.save", func(t *tx) (ProposalFile, error) {
		p, err := t.proposalLocked(id, version)
		if err != nil {
			return ProposalFile{}, err
		}
		names, err := t.named(c.Organisations()...)
		if err != nil {
			return ProposalFile{}, err
		}
		if err := p.SavedBy(t.by, c, kindsOf(names)); err != nil {
			return ProposalFile{}, err
		}
		was := p.Content
		if err := p.Save(c, kindsOf(names), t.now); err != nil {
			return ProposalFile{}, err
		}
		t.changed("amount", p.Amount())
		if was.State != p.State {
			t.changed("state", orNull(p.State))
		}
		return t.keptProposal(&p)
	})
}

// SubmitProposal freezes what the draft says as the next version and gives the
// receipt for it.
func (s *Store) SubmitProposal(ctx context.Context, by Ask, id uuid.UUID) (domain.Submission, error) {
	return act(ctx, s, by, "proposal.submit", func(t *tx) (domain.Submission, error) {
		if err := t.holdQuestions(id); err != nil {
			return domain.Submission{}, err
		}
		p, err := t.proposalLocked(id, 0)
		if err != nil {
			return domain.Submission{}, err
		}
		if err := p.Led(t.by); err != nil {
			return domain.Submission{}, err
		}
		g, err := t.grounds(p.Call, p.ID, p.Content)
		if err != nil {
			return domain.Submission{}, err
		}
		if g.Others, err = t.otherEntries(g.Call, p.ID, p.States(), true); err != nil {
			return domain.Submission{}, err
		}
		v, err := p.Submit(g, t.now)
		if err != nil {
			return domain.Submission{}, err
		}
		return v, t.keepSubmission(&p, g, v)
	})
}

// SubmitFor hands in, as the secretariat, the content that an applicant's letter
// names by its hash. The proposal is named by its ref, as the letter has it.
func (s *Store) SubmitFor(ctx context.Context, by Ask, ref string, x domain.Behalf, named string) (Handed, error) {
	return act(ctx, s, by, "proposal.submit-for", func(t *tx) (Handed, error) {
		var id uuid.UUID
		if err := missing(t.Raw(`SELECT id FROM proposals WHERE ref = ?`, ref).Row().Scan(&id)); err != nil {
			return Handed{}, err
		}
		if err := t.holdQuestions(id); err != nil {
			return Handed{}, err
		}
		list, err := t.proposalsAs(func(domain.Proposal) bool { return true }, `p.id = ? FOR UPDATE OF p`, id)
		if err != nil {
			return Handed{}, err
		}
		if len(list) == 0 {
			return Handed{}, domain.ErrMissing
		}
		p := list[0]
		t.on("proposal", p.ID)
		g, err := t.grounds(p.Call, p.ID, p.Content)
		if err != nil {
			return Handed{}, err
		}
		v, err := p.SubmitFor(t.by, g, x, named, t.now)
		if err != nil {
			return Handed{}, err
		}
		if err := t.keepSubmission(&p, g, v); err != nil {
			return Handed{}, err
		}
		b := v.Behalf
		return Handed{p.ID, v}, t.Exec(`INSERT INTO submissions_on_behalf (proposal, n, reason, reference, document_hash, person, at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			p.ID, v.N, b.Reason, b.Reference, b.DocumentHash, b.Person, b.At).Error
	})
}

// Handed is a submission and the proposal it is of.
type Handed struct {
	Proposal uuid.UUID
	domain.Submission
}

// keepSubmission writes a frozen version, its files and what became of the proposal.
func (t *tx) keepSubmission(p *domain.Proposal, g domain.Case, v domain.Submission) error {
	t.changed("stage", p.Stage)
	t.changed("receipt", v.Receipt)
	err := t.Exec(`INSERT INTO proposal_versions (proposal, n, content, content_hash, person, receipt, late, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		p.ID, v.N, string(v.Content), v.Hash, orNull(t.by.Person), v.Receipt, v.Late, v.At).Error
	if err != nil {
		return err
	}
	if err := t.submitAttachments(*p, g); err != nil {
		return err
	}
	if err := t.keepChange(p, g, v); err != nil {
		return err
	}
	_, err = t.keptProposal(p)
	return err
}

// WithdrawProposal takes one back before it is decided on, and off every agenda.
func (s *Store) WithdrawProposal(ctx context.Context, by Ask, id uuid.UUID) (ProposalFile, error) {
	return act(ctx, s, by, "proposal.withdraw", func(t *tx) (ProposalFile, error) {
		if err := t.holdQuestions(id); err != nil {
			return ProposalFile{}, err
		}
		p, err := t.proposalLocked(id, 0)
		if err != nil {
			return ProposalFile{}, err
		}
		if err := p.Led(t.by); err != nil {
			return ProposalFile{}, err
		}
		if err := p.Withdraw(t.now); err != nil {
			return ProposalFile{}, err
		}
		if err := t.unprepared(p.ID); err != nil {
			return ProposalFile{}, err
		}
		if err := t.leaveQuestions(p.ID); err != nil {
			return ProposalFile{}, err
		}
		t.changed("stage", p.Stage)
		return t.keptProposal(&p)
	})
}

// Proposal shows one.
func (s *Store) Proposal(ctx context.Context, by domain.Actor, id uuid.UUID) (ProposalFile, error) {
	return read(ctx, s, by, func(t *tx) (ProposalFile, error) {
		p, err := t.proposal(id, "")
		if err != nil {
			return ProposalFile{}, err
		}
		return t.proposalFile(p)
	})
}

// Lacking is what a draft's submission would be refused for, and how far each
// section of its form is. To whom it is not to be seen, nothing.
type Lacking struct {
	Form     *form.Form
	Lacks    []problem.Problem
	Sections []domain.Standing
}

// Lacks says for what a submission of the proposal would be refused now.
func (s *Store) Lacks(ctx context.Context, by domain.Actor, id uuid.UUID) (Lacking, error) {
	return read(ctx, s, by, func(t *tx) (Lacking, error) {
		p, err := t.proposal(id, "")
		if err != nil {
			return Lacking{}, err
		}
		if !p.Insider(t.by) {
			return Lacking{}, nil // what is being mended is not theirs to see
		}
		g, err := t.grounds(p.Call, p.ID, p.Content)
		if err != nil {
			return Lacking{}, err
		}
		f, err := p.OnForm()
		if err != nil {
			return Lacking{}, err
		}
		lacks := p.Lacks(g, t.now)
		return Lacking{f, lacks, p.Standings(f, lacks)}, nil
	})
}

// Submission shows one version as it was handed in.
func (s *Store) Submission(ctx context.Context, by domain.Actor, id uuid.UUID, n int) (domain.Submission, error) {
	return read(ctx, s, by, func(t *tx) (domain.Submission, error) {
		if _, err := t.proposal(id, ""); err != nil {
			return domain.Submission{}, err
		}
		return t.submission(id, n)
	})
}

// reach is domain.Proposal.Reaches as SQL, and what stands for its parameters.
func reach(by domain.Actor) (condition string, args []any) {
	org := by.Hat.Organisation
	switch {
	case by.Hat.Role == domain.Auditor:
		return "true", nil
	case by.Scope == domain.Any:
		return "p.submission > 0", nil
	case by.Hat.Role == domain.Applicant:
		return "(p.organisation = ? OR p.id IN (SELECT x.proposal FROM proposal_team x WHERE x.person = ? AND x.organisation = ?))", []any{org, by.Person, org}
	case by.Hat.Role == domain.FocalPoint:
		return "(p.state = ? OR ? = ANY (p.other_states))", []any{org, org}
	}
	return "false", nil
}

var _ = ask(
	Question{"submissions-are-frozen", "a proposal's versions do not run from one to its last submission", `
		SELECT p.ref FROM proposals p LEFT JOIN proposal_versions v ON v.proposal = p.id
		GROUP BY p.id HAVING count(v.n) <> p.submission OR coalesce(max(v.n), 0) <> p.submission`},
	Question{"contents-match-their-hash", "a version's content is not what was hashed", `
		SELECT receipt FROM proposal_versions WHERE sha256(convert_to(content, 'UTF8')) <> content_hash`},
	Question{"stages-are-justified", "a proposal stands in a stage that its screening does not justify", `
		SELECT p.ref FROM proposals p LEFT JOIN LATERAL (SELECT CASE WHEN d.upheld THEN '' ELSE x.outcome END AS outcome FROM screenings x
			LEFT JOIN appeals a ON a.screening = x.id LEFT JOIN appeal_decisions d ON d.appeal = a.id
			WHERE x.proposal = p.id AND x.n = p.submission ORDER BY x.finding DESC LIMIT 1) s ON true
			LEFT JOIN reopenings r ON r.proposal = p.id AND r.n = p.submission
		WHERE coalesce(s.outcome, '') <> CASE WHEN p.stage = 'draft' AND p.submission > 0 THEN 'eligible' WHEN p.stage IN ('draft', 'submitted') THEN '' WHEN p.stage IN ('approved', 'declined') OR p.stage = 'returned' AND r.n IS NOT NULL THEN 'eligible'
			ELSE p.stage END AND p.stage <> 'withdrawn' OR r.n IS NOT NULL AND p.stage NOT IN ('returned', 'withdrawn')`},
	Question{"what-is-handed-in-stands", "a proposal that is not being written says something else than was submitted", `
		SELECT p.ref FROM proposals p JOIN proposal_versions v ON v.proposal = p.id AND v.n = p.submission
		WHERE p.stage NOT IN ('draft', 'returned', 'withdrawn') AND (v.content::jsonb->>'title', v.content::jsonb->>'area', v.content::jsonb->>'amount',
			v.content::jsonb->>'state') IS DISTINCT FROM (p.title, p.area, p.amount::numeric(20, 2)::text, p.state::text)`},
	Question{"documents-were-selected", "a joint programme document was begun without a decision that selected its concept note, or a call of one stage has the one where it asks for the other", `
		SELECT p.ref FROM proposals p JOIN calls c ON c.id = p.call WHERE CASE WHEN c.stages = 1 THEN (p.phase = 'document') <> (c.concept_form = 0)
			ELSE p.phase = 'document' AND NOT EXISTS (
			SELECT FROM decisions d JOIN screenings s ON s.proposal = d.proposal AND s.n = d.proposal_version AND s.outcome = 'eligible'
			WHERE d.proposal = p.id AND d.kind = 'pipeline') END`},
	Question{"grants-are-on-documents", "a grant was decided on a concept note where a joint programme document follows it", `
		SELECT d.number FROM decisions d JOIN proposals p ON p.id = d.proposal JOIN calls c ON c.id = p.call AND c.stages = 2
		JOIN proposal_versions v ON v.proposal = d.proposal AND v.n = d.proposal_version
		WHERE d.kind = 'grant' AND v.content::jsonb->>'phase' IS DISTINCT FROM 'document'`},
	Question{"shares-make-the-amount", "a proposal's shares do not sum to its amount", `
		SELECT ref FROM proposals p WHERE amount <> (SELECT coalesce(sum(nullif(s->>'amount', '')::numeric), 0) FROM jsonb_array_elements(p.shares) s)`},
	Question{"budgets-make-the-shares", "a proposal with a budget has a share that is not what its organisation's cells come to", `
		SELECT DISTINCT p.ref FROM proposals p, LATERAL (
			SELECT coalesce(nullif(s->>'amount', '')::numeric, 0) AS share, (SELECT coalesce(sum((b->>'amount')::numeric), 0)
				FROM jsonb_array_elements(p.budget) b WHERE b->>'organisation' = s->>'organisation') AS budgeted
			FROM jsonb_array_elements(p.shares) s) x
		WHERE p.budget <> '[]' AND x.share <> x.budgeted`},
	Question{"submitted-in-time", "a first submission came at or after its call's closing and is not flagged late", `
		SELECT v.receipt FROM proposal_versions v JOIN proposals p ON p.id = v.proposal JOIN calls c ON c.id = p.call
		WHERE v.n = 1 AND (v.at < c.opens_at OR v.at >= c.closes_at AND NOT v.late)`},
)
