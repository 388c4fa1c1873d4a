package store

import (
	"cmp"
	"context"
	"slices"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

// ReportFile is a narrative report as somebody sees it now; of one not begun, what
// it is to say.
type ReportFile struct {
	domain.Report // the ID is Nil while it is not begun
	ProgrammeFile ProgrammeFile
	Due           domain.ReportDue // without a key where the calendar no longer has it
	Framework     domain.Framework
	Year          int // whose targets it is held against
	Late          int // days by which it came or, while it did not, is late
	Versions      []ReportVersionRecord
	Findings      []ReportFindingRecord // the latest first
	Lacks         []problem.Problem     // for those who write it
	May           []string
}

// ReportVersionRecord is a version with the name of who handed it in.
type ReportVersionRecord struct {
	domain.ReportVersion
	By string
}

// ReportFindingRecord is a finding with the name of who made it; the programme's
// side does not read it: an office speaks.
type ReportFindingRecord struct {
	domain.ReportFinding
	By string
}

// proposalOf is the proposal that a programme came of, as it was decided on. A
// programme of the past has none.
func (t *tx) proposalOf(p domain.Programme) (domain.Proposal, error) {
	list, err := t.proposalsAs(func(domain.Proposal) bool { return true }, `p.id = ?`, p.Proposal)
	return first(list), err
}

// frameworkOf is the results framework of the version that the programme was
// granted on.
func (t *tx) frameworkOf(p domain.Programme) (domain.Framework, error) {
	var content string
	err := t.Raw(`SELECT coalesce((SELECT v.content FROM decisions d JOIN proposal_versions v ON v.proposal = d.proposal AND v.n = d.proposal_version
		WHERE d.id = ?), '')`, orNull(p.Decision)).Row().Scan(&content)
	if err != nil || content == "" {
		return domain.Framework{}, err
	}
	c, err := domain.Frozen([]byte(content))
	return domain.FrameworkOf(c.Answers), err
}

// standingFiles are the attachments of something that nobody took away.
func (t *tx) standingFiles(kind string, id uuid.UUID) ([]domain.Attachment, error) {
	list, err := t.attachments("a.kind = ? AND a.subject = ? AND "+standing, kind, id)
	plain := make([]domain.Attachment, len(list))
	for i, f := range list {
		plain[i] = f.Attachment
	}
	return plain, err
}

// Report shows a report of a programme by its key in the calendar.
func (s *Store) Report(ctx context.Context, by domain.Actor, programme uuid.UUID, key string) (ReportFile, error) {
	return read(ctx, s, by, func(t *tx) (ReportFile, error) {
		f, g, err := t.reportCase(programme, key, false)
		if err != nil {
			return ReportFile{}, err
		}
		r, err := t.reportRow(`programme = ? AND key = ?`, programme, key)
		if err != nil {
			return ReportFile{}, err
		}
		return t.reportFile(f, g, r)
	})
}

// reportFile shows a report to whoever asks: the draft to those who write it, else
// what was handed in, else what was accepted. What is out of reach is missing.
func (t *tx) reportFile(f ProgrammeFile, g domain.ReportCase, r domain.Report) (out ReportFile, err error) {
	if err := t.withReport(&g, r); err != nil {
		return out, err
	}
	sees := g.Proposal.SeesReports(t.by)
	begins := g.Proposal.Reporting(t.by, domain.Lead, domain.Editor, domain.Finance, domain.Reader) == nil
	switch {
	case r.ID == uuid.Nil && (!begins || g.Due.Key == "" || g.Due.Kind == domain.EvaluationReport),
		sees == domain.ReportSubmitted && r.State == domain.ReportDraft, sees == domain.ReportAccepted && r.State != domain.ReportAccepted:
		return out, domain.ErrMissing
	}
	out = ReportFile{Report: r, ProgrammeFile: f, Due: g.Due, Framework: g.Framework, Year: g.Year(), Late: g.Late}
	if r.ID == uuid.Nil {
		out.Key, out.Late = g.Due.Key, g.Due.Late(t.today())
		if _, err := domain.BeginReport(uuid.Nil, t.by, g, t.now); err == nil {
			out.May = append(out.May, "report.begin")
		}
		return out, nil
	}
	if r.Submission == 0 && g.Due.Key != "" {
		out.Late = g.Due.Late(t.today())
	}
	if out.Versions, err = t.reportVersions(r.ID); err != nil {
		return out, err
	}
	if out.Findings, err = t.reportFindings(r.ID); err != nil {
		return out, err
	}
	if sees != domain.ReportDraft && r.State == domain.ReportReturned { // what is being mended is not theirs to see
		if out.ReportContent, err = domain.FrozenReport(out.Versions[len(out.Versions)-1].Content); err != nil {
			return out, err
		}
	}
	if sees == domain.ReportDraft && t.by.Hat.Role != domain.Auditor {
		for i := range out.Findings {
			out.Findings[i].By = ""
		}
		out.Lacks = r.Lacks(g, t.now)
	}
	if sees == domain.ReportAccepted { // what was said on the way is between the two sides
		out.Findings = nil
		for i := range out.Versions {
			out.Versions[i].By = ""
		}
	}
	out.May = r.May(t.by, g, t.now)
	return out, nil
}

// reporting is the frame of an act on a report: the programme held still, the case
// loaded, the version that was read compared. Version 0 asks for none.
func (s *Store) reporting(ctx context.Context, by Ask, name string, programme uuid.UUID, key string, version int,
	do func(*tx, domain.ReportCase, *domain.Report) error) (ReportFile, error) {
	return act(ctx, s, by, name, func(t *tx) (ReportFile, error) {
		t.on("programme", programme)
		f, g, err := t.reportCase(programme, key, true)
		if err != nil {
			return ReportFile{}, err
		}
		t.tellsOf(g.Due)
		t.changed("report", key)
		r, err := t.reportRow(`programme = ? AND key = ?`, programme, key)
		if err != nil {
			return ReportFile{}, err
		}
		if err := t.withReport(&g, r); err != nil {
			return ReportFile{}, err
		}
		if name != "report.begin" && (r.ID == uuid.Nil || slices.Index(reportOrder, r.State) < slices.Index(reportOrder, g.Proposal.SeesReports(t.by))) {
			return ReportFile{}, domain.ErrMissing
		}
		if version != 0 && r.Version != version {
			return ReportFile{}, domain.ErrStale
		}
		if err := do(t, g, &r); err != nil {
			return ReportFile{}, err
		}
		t.changed("state", string(r.State))
		return t.reportFile(f, g, r)
	})
}

// reportOrder is from what few see to what all see.
var reportOrder = []domain.ReportState{domain.ReportDraft, domain.ReportSubmitted, domain.ReportReturned, domain.ReportAccepted}

// BeginReport begins the draft of one that the calendar has; one begun already is
// given as it is.
func (s *Store) BeginReport(ctx context.Context, by Ask, programme uuid.UUID, key string) (ReportFile, error) {
	return s.reporting(ctx, by, "report.begin", programme, key, 0, func(t *tx, g domain.ReportCase, r *domain.Report) (err error) {
		begun, err := domain.BeginReport(uuid.New(), t.by, g, t.now)
		if err != nil || r.ID != uuid.Nil {
			return err
		}
		*r = begun
		return t.Exec(`INSERT INTO reports (id, programme, key, language, form, state, created_by, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			r.ID, r.Programme, r.Key, r.Language, r.Form, string(r.State), t.by.Person, t.now, t.now).Error
	})
}

// SaveReport replaces what a draft says, whole, over the version that was read.
func (s *Store) SaveReport(ctx context.Context, by Ask, programme uuid.UUID, key string, version int, c domain.ReportContent) (ReportFile, error) {
	return s.reporting(ctx, by, "report.save", programme, key, version, func(t *tx, g domain.ReportCase, r *domain.Report) error {
		if err := r.Save(t.by, g, c, t.now); err != nil {
			return err
		}
		r.Version++
		return t.keepReport(*r)
	})
}

// SubmitReport freezes what the draft says as the next version.
func (s *Store) SubmitReport(ctx context.Context, by Ask, programme uuid.UUID, key string) (ReportFile, error) {
	return s.reporting(ctx, by, "report.submit", programme, key, 0, func(t *tx, g domain.ReportCase, r *domain.Report) error {
		v, err := r.Submit(t.by, g, t.now)
		if err != nil {
			return err
		}
		t.changed("version", v.N)
		t.changed("late", v.Late)
		if err := t.Exec(`INSERT INTO report_versions (report, n, content, content_hash, due_on, late, person, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			r.ID, v.N, string(v.Content), v.Hash, v.Due, v.Late, v.Person, v.At).Error; err != nil {
			return err
		}
		for _, a := range g.Files {
			if err := t.Exec(`INSERT INTO report_files (report, n, attachment) VALUES (?, ?, ?)`, r.ID, v.N, a.ID).Error; err != nil {
				return err
			}
		}
		r.Version++
		return t.keepReport(*r)
	})
}

// FindReport records the secretariat's word on what was handed in.
func (s *Store) FindReport(ctx context.Context, by Ask, programme uuid.UUID, key string, outcome domain.ReportState, remark string, points []domain.ReportPoint) (ReportFile, error) {
	return s.reporting(ctx, by, "report.find", programme, key, 0, func(t *tx, g domain.ReportCase, r *domain.Report) error {
		x, err := r.Find(t.by, g, outcome, remark, points, t.now)
		if err != nil {
			return err
		}
		if err := t.Exec(`INSERT INTO report_findings (report, n, outcome, remark, person, at) VALUES (?, ?, ?, ?, ?, ?)`,
			r.ID, x.N, string(x.Outcome), x.Remark, x.Person, x.At).Error; err != nil {
			return err
		}
		for i, p := range x.Points {
			if err := t.Exec(`INSERT INTO report_points (report, n, number, section, todo) VALUES (?, ?, ?, ?, ?)`, r.ID, x.N, i+1, p.Section, p.Todo).Error; err != nil {
				return err
			}
		}
		r.Version++
		return t.keepReport(*r)
	})
}

// ReportText is a version as it was handed in: the very bytes.
func (s *Store) ReportText(ctx context.Context, by domain.Actor, programme uuid.UUID, key string, n int) (domain.ReportVersion, error) {
	return read(ctx, s, by, func(t *tx) (domain.ReportVersion, error) {
		f, g, err := t.reportCase(programme, key, false)
		if err != nil {
			return domain.ReportVersion{}, err
		}
		r, err := t.reportRow(`programme = ? AND key = ?`, programme, key)
		if err != nil {
			return domain.ReportVersion{}, err
		}
		file, err := t.reportFile(f, g, r)
		if err != nil {
			return domain.ReportVersion{}, err
		}
		if n < 1 || n > len(file.Versions) || g.Proposal.SeesReports(t.by) == domain.ReportAccepted && n < len(file.Versions) {
			return domain.ReportVersion{}, domain.ErrMissing
		}
		return file.Versions[n-1].ReportVersion, nil
	})
}

// A report's files are those of who writes it; others whom it reaches see what the
// last version was handed in with.
var _ = holds("report", holder{
	reach: func(t *tx, id uuid.UUID, n int) (string, []any, error) {
		r, g, err := t.reportByID(id, false)
		if err != nil {
			return "", nil, err
		}
		sees := g.Proposal.SeesReports(t.by)
		if slices.Index(reportOrder, r.State) < slices.Index(reportOrder, sees) || n > r.Submission {
			return "", nil, domain.ErrMissing
		}
		if n == 0 && sees == domain.ReportDraft {
			return standing, nil, nil
		}
		return "EXISTS (SELECT FROM report_files s WHERE s.attachment = a.id AND s.report = a.subject AND s.n = ?)", []any{cmp.Or(n, r.Submission)}, nil
	},
	change: func(t *tx, id uuid.UUID, lock bool) error {
		r, g, err := t.reportByID(id, lock)
		if err != nil {
			return err
		}
		return cmp.Or(g.Proposal.Reporting(t.by, domain.Lead, domain.Editor), r.Editable())
	},
	rules: func(t *tx, id uuid.UUID) (charter.Charter, error) {
		_, g, err := t.reportByID(id, false)
		return g.Charter, err
	},
})

var _ = ask(
	Question{"reports-are-frozen", "a report's versions do not run from one to its last", `
		SELECT r.id::text FROM reports r LEFT JOIN report_versions v ON v.report = r.id
		GROUP BY r.id HAVING count(v.n) <> r.submission OR coalesce(max(v.n), 0) <> r.submission`},
	Question{"reports-match-their-hash", "a report's version is not what was hashed", `
		SELECT report::text || '/' || n FROM report_versions WHERE sha256(convert_to(content, 'UTF8')) <> content_hash`},
	Question{"reports-are-where-their-findings-left-them", "a report's state is not that of the finding on its last version", `
		SELECT r.id::text FROM reports r LEFT JOIN report_findings f ON f.report = r.id AND f.n = r.submission
		WHERE r.state <> CASE WHEN r.submission = 0 THEN 'draft' ELSE coalesce(f.outcome, 'submitted') END`},
	Question{"reports-name-their-files", "a report's version names other files than it was handed in with", `
		SELECT v.report::text || '/' || v.n FROM report_versions v WHERE
			(SELECT coalesce(jsonb_agg(x->>'sha256' ORDER BY x->>'sha256'), '[]') FROM jsonb_array_elements(v.content::jsonb->'attachments') x) <>
			(SELECT coalesce(jsonb_agg(encode(a.sha256, 'hex') ORDER BY encode(a.sha256, 'hex')), '[]') FROM report_files s
			 JOIN attachments a ON a.id = s.attachment WHERE s.report = v.report AND s.n = v.n)`},
	Question{"returned-reports-have-points", "a report was returned without saying what to mend", `
		SELECT f.report::text FROM report_findings f WHERE f.outcome = 'returned' AND NOT EXISTS (SELECT FROM report_points p WHERE p.report = f.report AND p.n = f.n)`},
)
