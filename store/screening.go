package store

import (
	"context"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
)

// ScreeningFile is every finding on a proposal's submissions, and the rules that
// they are made by.
type ScreeningFile struct {
	Stage       domain.Stage
	Findings    []FindingRecord // the latest first
	Rules       charter.Screening
	Used        int        // rounds in this phase
	AppealUntil *time.Time // of the latest finding, where it can be appealed against at all
	May         []string
}

// FindingRecord is a finding with the names of the people in it. The applicants'
// side does not read who screened: an office speaks.
type FindingRecord struct {
	domain.Screening
	By, Appellant, Decider string
}

// ScreenProposal records the secretariat's finding on the last submission.
func (s *Store) ScreenProposal(ctx context.Context, by Ask, id uuid.UUID, f domain.Finding) (ProposalFile, error) {
	return act(ctx, s, by, "proposal.screen", func(t *tx) (ProposalFile, error) {
		p, err := t.proposalLocked(id, 0)
		if err != nil {
			return ProposalFile{}, err
		}
		c, err := t.charterOf(p.CharterVersion)
		if err != nil {
			return ProposalFile{}, err
		}
		past, err := t.findingsOf(p)
		if err != nil {
			return ProposalFile{}, err
		}
		x, err := p.Screen(t.by, f, past, c.Screening, t.now)
		if err != nil {
			return ProposalFile{}, err
		}
		x.ID = uuid.New()
		t.changed("stage", p.Stage)
		t.changed("finding", x.ID)
		if err := t.keepFinding(x); err != nil {
			return ProposalFile{}, err
		}
		return t.keptProposal(&p)
	})
}

func (t *tx) keepFinding(x domain.Screening) error {
	err := t.Exec(`INSERT INTO screenings (id, proposal, n, finding, outcome, reason, person, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		x.ID, x.Proposal, x.N, x.Finding, string(x.Outcome), x.Reason, x.Person, x.At).Error
	if err != nil {
		return err
	}
	for item, c := range x.Checks {
		if err := t.Exec(`INSERT INTO screening_checks (screening, item, mark, remark) VALUES (?, ?, ?, ?)`, x.ID, item, string(c.Mark), c.Remark).Error; err != nil {
			return err
		}
	}
	for i, m := range x.Points {
		if err := t.Exec(`INSERT INTO screening_points (id, screening, number, field, section, todo) VALUES (?, ?, ?, ?, ?, ?)`,
			m.ID, x.ID, i+1, m.Field, m.Section, m.Todo).Error; err != nil {
			return err
		}
	}
	return nil
}

// findingsOf are those on the submissions of the phase that the proposal is in, the
// latest first.
func (t *tx) findingsOf(p domain.Proposal) (past []domain.Screening, err error) {
	records, err := t.findings(`s.proposal = ? AND coalesce(v.content::jsonb->>'phase', 'concept') = ? ORDER BY s.n DESC, s.finding DESC`, p.ID, string(p.Phase))
	for _, r := range records {
		past = append(past, r.Screening)
	}
	return past, err
}

// finding is the latest on a proposal; nil where there is none.
func (t *tx) finding(proposal uuid.UUID) (*domain.Screening, error) {
	list, err := t.findings(`s.proposal = ? ORDER BY s.n DESC, s.finding DESC LIMIT 1`, proposal)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0].Screening, nil
}

func (t *tx) findings(condition string, args ...any) (list []FindingRecord, err error) {
	rows, err := t.Raw(`SELECT s.id, s.proposal, s.n, s.finding, s.outcome, s.reason, s.person, s.at, w.name,
			a.id, a.reason, a.person, a.at, coalesce(aw.name, ''), d.upheld, d.reason, d.person, d.at, coalesce(dw.name, '')
		FROM screenings s JOIN persons w ON w.id = s.person JOIN proposal_versions v ON v.proposal = s.proposal AND v.n = s.n
		LEFT JOIN appeals a ON a.screening = s.id LEFT JOIN persons aw ON aw.id = a.person
		LEFT JOIN appeal_decisions d ON d.appeal = a.id LEFT JOIN persons dw ON dw.id = d.person WHERE `+condition, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var r FindingRecord
		var appeal, appellant, decider uuid.NullUUID
		var appealReason, decided *string
		var appealedAt, decidedAt *time.Time
		var upheld *bool
		if err := rows.Scan(&r.ID, &r.Proposal, &r.N, &r.Finding, &r.Outcome, &r.Reason, &r.Person, &r.At, &r.By,
			&appeal, &appealReason, &appellant, &appealedAt, &r.Appellant, &upheld, &decided, &decider, &decidedAt, &r.Decider); err != nil {
			return nil, err
		}
		if appeal.Valid {
			r.Appeal = &domain.Appeal{ID: appeal.UUID, Reason: *appealReason, Person: appellant.UUID, At: *appealedAt}
			if upheld != nil {
				r.Appeal.Decision = &domain.AppealDecision{Upheld: *upheld, Reason: *decided, Person: decider.UUID, At: *decidedAt}
			}
		}
		list = append(list, r)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	rows.Close()
	for i := range list {
		if err := t.withList(&list[i].Screening); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// withList reads a finding's checks and points, and how far these are mended.
func (t *tx) withList(s *domain.Screening) error {
	checks, err := t.Raw(`SELECT item, mark, remark FROM screening_checks WHERE screening = ?`, s.ID).Rows()
	if err != nil {
		return err
	}
	defer checks.Close()
	s.Checks = map[string]domain.Checked{}
	for checks.Next() {
		var item string
		var c domain.Checked
		if err := checks.Scan(&item, &c.Mark, &c.Remark); err != nil {
			return err
		}
		s.Checks[item] = c
	}
	if err := checks.Err(); err != nil {
		return err
	}
	checks.Close()
	rows, err := t.Raw(`SELECT p.id, p.field, p.section, p.todo, coalesce(m.mended, false), coalesce(m.note, ''), m.at FROM screening_points p
		LEFT JOIN LATERAL (SELECT mended, note, at FROM point_mendings x WHERE x.point = p.id ORDER BY seq DESC LIMIT 1) m ON true
		WHERE p.screening = ? ORDER BY p.number`, s.ID).Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var m domain.MendPoint
		if err := rows.Scan(&m.ID, &m.Field, &m.Section, &m.Todo, &m.Mended, &m.Note, &m.At); err != nil {
			return err
		}
		s.Points = append(s.Points, m)
	}
	return rows.Err()
}

// Screenings shows them.
func (s *Store) Screenings(ctx context.Context, by domain.Actor, id uuid.UUID) (ScreeningFile, error) {
	return read(ctx, s, by, func(t *tx) (ScreeningFile, error) {
		p, err := t.proposal(id, "")
		if err != nil {
			return ScreeningFile{}, err
		}
		return t.screeningFile(p)
	})
}

func (t *tx) screeningFile(p domain.Proposal) (f ScreeningFile, err error) {
	c, err := t.charterOf(p.CharterVersion)
	if err != nil {
		return f, err
	}
	f.Stage, f.Rules = p.Stage, c.Screening
	if f.Findings, err = t.findings(`s.proposal = ? ORDER BY s.n DESC, s.finding DESC`, p.ID); err != nil {
		return f, err
	}
	past, err := t.findingsOf(p)
	if err != nil {
		return f, err
	}
	f.Used = domain.Rounds(past)
	var last *domain.Screening
	if len(f.Findings) > 0 {
		last = &f.Findings[0].Screening
		if until := last.AppealUntil(c); p.Stage == domain.Ineligible && !until.IsZero() {
			f.AppealUntil = &until
		}
	}
	f.May = p.MayScreening(t.by, last, c, t.now)
	if t.by.Hat.Role == domain.Applicant || t.by.Hat.Role == domain.FocalPoint {
		for i := range f.Findings {
			f.Findings[i].By, f.Findings[i].Decider = "", ""
		}
	}
	if !p.Insider(t.by) && t.by.Hat.Role != domain.Secretariat { // what is being mended is not theirs to see
		for i := range f.Findings {
			for k := range f.Findings[i].Points {
				m := &f.Findings[i].Points[k]
				m.Mended, m.Note, m.At = false, "", nil
			}
		}
	}
	return f, nil
}

// MendPoint ticks a point off, or takes the tick back.
func (s *Store) MendPoint(ctx context.Context, by Ask, id, point uuid.UUID, mended bool, note string) (ScreeningFile, error) {
	return act(ctx, s, by, "point.mend", func(t *tx) (ScreeningFile, error) {
		p, err := t.proposalLocked(id, 0)
		if err != nil {
			return ScreeningFile{}, err
		}
		last, err := t.finding(id)
		if err != nil {
			return ScreeningFile{}, err
		}
		var points []domain.MendPoint
		if last != nil {
			points = last.Points
		}
		x, err := p.Mend(t.by, points, point, mended, note, t.now)
		if err != nil {
			return ScreeningFile{}, err
		}
		t.changed("point", x.ID)
		t.changed("mended", x.Mended)
		if err := t.Exec(`INSERT INTO point_mendings (point, mended, note, person, at) VALUES (?, ?, ?, ?, ?)`,
			x.ID, x.Mended, x.Note, t.by.Person, t.now).Error; err != nil {
			return ScreeningFile{}, err
		}
		return t.screeningFile(p)
	})
}

// Appeal records the applicant's word against the last finding.
func (s *Store) Appeal(ctx context.Context, by Ask, id uuid.UUID, reason string) (ScreeningFile, error) {
	return act(ctx, s, by, "appeal.make", func(t *tx) (ScreeningFile, error) {
		p, err := t.proposalLocked(id, 0)
		if err != nil {
			return ScreeningFile{}, err
		}
		c, err := t.charterOf(p.CharterVersion)
		if err != nil {
			return ScreeningFile{}, err
		}
		last, err := t.finding(id)
		if err != nil {
			return ScreeningFile{}, err
		}
		a, err := p.Appeal(t.by, last, reason, c, t.now)
		if err != nil {
			return ScreeningFile{}, err
		}
		t.changed("appeal", a.ID)
		if err := t.Exec(`INSERT INTO appeals (id, screening, reason, person, at) VALUES (?, ?, ?, ?, ?)`, a.ID, last.ID, a.Reason, a.Person, a.At).Error; err != nil {
			return ScreeningFile{}, err
		}
		return t.screeningFile(p)
	})
}

// DecideAppeal upholds an appeal or lets the finding stand.
func (s *Store) DecideAppeal(ctx context.Context, by Ask, id uuid.UUID, upheld bool, reason string) (ScreeningFile, error) {
	return act(ctx, s, by, "appeal.decide", func(t *tx) (ScreeningFile, error) {
		p, err := t.proposalLocked(id, 0)
		if err != nil {
			return ScreeningFile{}, err
		}
		c, err := t.charterOf(p.CharterVersion)
		if err != nil {
			return ScreeningFile{}, err
		}
		last, err := t.finding(id)
		if err != nil {
			return ScreeningFile{}, err
		}
		d, err := p.DecideAppeal(t.by, last, upheld, reason, c.Screening, t.now)
		if err != nil {
			return ScreeningFile{}, err
		}
		t.changed("upheld", d.Upheld)
		t.changed("stage", p.Stage)
		if err := t.Exec(`INSERT INTO appeal_decisions (appeal, upheld, reason, person, at) VALUES (?, ?, ?, ?, ?)`,
			last.Appeal.ID, d.Upheld, d.Reason, d.Person, d.At).Error; err != nil {
			return ScreeningFile{}, err
		}
		if _, err := t.keptProposal(&p); err != nil {
			return ScreeningFile{}, err
		}
		return t.screeningFile(p)
	})
}

// unheard are the appeals that nobody has decided on.
func (t *tx) unheard() ([]domain.Task, error) {
	list, err := t.proposals(`p.stage = 'ineligible' AND EXISTS (SELECT FROM screenings s JOIN appeals a ON a.screening = s.id
		WHERE s.proposal = p.id AND NOT EXISTS (SELECT FROM appeal_decisions d WHERE d.appeal = a.id)) ORDER BY p.ref LIMIT ?`, mostTasks)
	if err == nil {
		list, err = t.inSight(list)
	}
	if err != nil {
		return nil, err
	}
	return t.waits(list, func(f ProposalFile) time.Time {
		if f.Screening != nil && f.Screening.Appeal != nil {
			return f.Screening.Appeal.At
		}
		return f.UpdatedAt
	})
}

var _ = ask(
	Question{"findings-run-from-one", "a submission's findings are not numbered from one, or a second one has no appeal that was upheld before it", `
		SELECT s.id::text FROM screenings s WHERE s.finding > 1 AND NOT EXISTS (SELECT FROM screenings b JOIN appeals a ON a.screening = b.id
			JOIN appeal_decisions d ON d.appeal = a.id AND d.upheld AND d.at <= s.at
			WHERE b.proposal = s.proposal AND b.n = s.n AND b.finding = s.finding - 1)`},
	Question{"appeals-are-against-ineligible", "an appeal is against a finding that was not ineligible, or was decided by the person who screened", `
		SELECT a.id::text FROM appeals a JOIN screenings s ON s.id = a.screening LEFT JOIN appeal_decisions d ON d.appeal = a.id
		WHERE s.outcome <> 'ineligible' OR a.at < s.at OR d.at < a.at OR d.person = s.person`},
	Question{"points-are-of-returns", "a finding that gave nothing back has points to mend", `
		SELECT p.id::text FROM screening_points p JOIN screenings s ON s.id = p.screening WHERE s.outcome <> 'returned'`},
	Question{"points-were-mended", "a proposal was submitted again with a point that was not ticked off before", `
		SELECT p.id::text FROM screening_points p JOIN screenings s ON s.id = p.screening
		JOIN proposal_versions v ON v.proposal = s.proposal AND v.n = s.n + 1
		WHERE NOT coalesce((SELECT m.mended FROM point_mendings m WHERE m.point = p.id AND m.at <= v.at ORDER BY m.seq DESC LIMIT 1), false)`},
	Question{"what-is-not-met-has-a-remark", "an item of a finding is not met, and no remark says why", `
		SELECT c.screening::text FROM screening_checks c WHERE c.mark = 'not-met' AND btrim(c.remark) = ''`},
)
