package store

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
)

// ClosingFile is how a programme is brought to its end: what was found of it, and what
// its closing still needs.
type ClosingFile struct {
	Evaluation *EvaluationFile
	Statements map[uuid.UUID]string // by organisation, of closed books
	Delivered  bool                 // each output, by the latest accepted report
	May        []string
}

// EvaluationFile is an evaluation with until when its response is awaited.
type EvaluationFile struct {
	domain.Evaluation
	ResponseDue time.Time
}

// CloseOperations records that a programme's activities are over. The zero day is its
// last, or today.
func (s *Store) CloseOperations(ctx context.Context, by Ask, programme uuid.UUID, on time.Time, reason string) (ReportingFile, error) {
	return s.closing(ctx, by, "programme.close-operations", programme, func(t *tx, g domain.ReportCase, f ClosingFile) error {
		step, err := g.CloseOperations(t.by, on, f.Delivered, reason, t.now, t.today())
		if err != nil {
			return err
		}
		return t.stepProgramme(g.Programme, step)
	})
}

// CloseBooks closes a programme financially, on the statements named by organisation;
// what was allocated and never asked for becomes available again.
func (s *Store) CloseBooks(ctx context.Context, by Ask, programme uuid.UUID, statements map[uuid.UUID]string, reason string) (ReportingFile, error) {
	return s.closing(ctx, by, "programme.close-books", programme, func(t *tx, g domain.ReportCase, f ClosingFile) error {
		facts, err := t.closingFacts(g)
		if err != nil {
			return err
		}
		facts.Certified = statements
		step, err := g.CloseBooks(t.by, facts, reason, t.now)
		if err != nil {
			return err
		}
		for _, share := range g.Programme.Shares {
			if ref := statements[share.Organisation]; ref != "" {
				if err := t.Exec(`INSERT INTO closing_statements (programme, organisation, reference, person, at) VALUES (?, ?, ?, ?, ?)`,
					g.Programme.ID, share.Organisation, ref, t.by.Person, t.now).Error; err != nil {
					return err
				}
			}
		}
		back, err := t.freed(domain.ProgrammeCase{Programme: g.Programme})
		if err != nil {
			return err
		}
		entry := domain.Entry{ID: uuid.New(), BookedOn: t.today(), ValueOn: t.today(), Memo: g.Programme.Code, Subject: "programme:" + g.Programme.Code}
		if v := domain.FreeingVoucher(entry, g.Programme.Code, back); len(v.Postings) > 0 {
			if err := t.post(v); err != nil {
				return err
			}
		}
		return t.stepProgramme(g.Programme, step)
	})
}

// RegisterEvaluation puts what somebody independent found on record.
func (s *Store) RegisterEvaluation(ctx context.Context, by Ask, programme uuid.UUID, e domain.Evaluation) (ReportingFile, error) {
	return s.closing(ctx, by, "evaluation.register", programme, func(t *tx, g domain.ReportCase, f ClosingFile) error {
		var before *domain.Evaluation
		if f.Evaluation != nil {
			before = &f.Evaluation.Evaluation
		}
		e, err := g.Register(t.by, before, e, t.now, t.today())
		if err != nil {
			return err
		}
		e.ID = uuid.New()
		t.changed("evaluation", e.ID)
		if err := t.Exec(`INSERT INTO evaluations (id, programme, title, evaluator, language, completed_on, findings, person, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			e.ID, e.Programme, e.Title, e.Evaluator, e.Language, e.CompletedOn, e.Findings, e.Person, e.At).Error; err != nil {
			return err
		}
		for i, r := range e.Recommendations {
			if err := t.Exec(`INSERT INTO recommendations (evaluation, n, text) VALUES (?, ?, ?)`, e.ID, i+1, r.Text).Error; err != nil {
				return err
			}
		}
		return nil
	})
}

// RespondToEvaluation is the management response, recommendation by recommendation.
func (s *Store) RespondToEvaluation(ctx context.Context, by Ask, programme uuid.UUID, answers []domain.ManagementAnswer) (ReportingFile, error) {
	return s.closing(ctx, by, "evaluation.respond", programme, func(t *tx, g domain.ReportCase, f ClosingFile) error {
		if f.Evaluation == nil {
			return domain.ErrMissing
		}
		e, err := g.Respond(t.by, f.Evaluation.Evaluation, answers, t.now, t.today())
		if err != nil {
			return err
		}
		t.changed("evaluation", e.ID)
		if err := t.Exec(`INSERT INTO evaluation_responses (evaluation, person, at) VALUES (?, ?, ?)`, e.ID, t.by.Person, t.now).Error; err != nil {
			return err
		}
		for i, r := range e.Recommendations {
			a := r.Answer
			if err := t.Exec(`INSERT INTO management_answers (evaluation, n, uptake, reason, action, due_on) VALUES (?, ?, ?, ?, ?, ?)`,
				e.ID, i+1, string(a.Uptake), a.Reason, a.Action, a.Due).Error; err != nil {
				return err
			}
		}
		return nil
	})
}

// closing is the frame of an act that ends a programme or says what was found of it:
// the programme held still, and shown afterwards.
func (s *Store) closing(ctx context.Context, by Ask, name string, programme uuid.UUID, do func(*tx, domain.ReportCase, ClosingFile) error) (ReportingFile, error) {
	return act(ctx, s, by, name, func(t *tx) (ReportingFile, error) {
		t.on("programme", programme)
		_, g, err := t.reportCase(programme, "", true)
		if err != nil {
			return ReportingFile{}, err
		}
		f, err := t.closingFile(g)
		if err != nil {
			return ReportingFile{}, err
		}
		if err := do(t, g, f); err != nil {
			return ReportingFile{}, err
		}
		return t.reportingFile(programme)
	})
}

// closingFile is what the end of a programme needs and has.
func (t *tx) closingFile(g domain.ReportCase) (f ClosingFile, err error) {
	facts, err := t.closingFacts(g)
	if err != nil {
		return f, err
	}
	latest, err := t.reportRow(`programme = ? AND state = 'accepted' ORDER BY CASE key WHEN 'final' THEN 'z' ELSE key END DESC LIMIT 1`, g.Programme.ID)
	if err != nil {
		return f, err
	}
	f.Delivered = latest.Delivered(g.Framework)
	var e *domain.Evaluation
	if f.Evaluation, err = t.evaluation(g); err != nil {
		return f, err
	}
	if f.Evaluation != nil {
		e = &f.Evaluation.Evaluation
	}
	f.May = g.MayClose(t.by, f.Delivered, facts, e, t.now, t.today())
	f.Statements = map[uuid.UUID]string{}
	rows, err := t.Raw(`SELECT organisation, reference FROM closing_statements WHERE programme = ?`, g.Programme.ID).Rows()
	if err != nil {
		return f, err
	}
	defer rows.Close()
	for rows.Next() {
		var id uuid.UUID
		var ref string
		if err := rows.Scan(&id, &ref); err != nil {
			return f, err
		}
		f.Statements[id] = ref
	}
	return f, rows.Err()
}

// closingFacts are those that the program knows; which statements are certified is
// told by who closes the books, until expenditure is reported here.
func (t *tx) closingFacts(g domain.ReportCase) (f domain.ClosingFacts, err error) {
	_, f.FinalAsked = g.Run.Report("final", g.Charter.Reporting)
	err = t.Raw(`SELECT EXISTS (SELECT FROM reports WHERE programme = ? AND key = 'final' AND state = 'accepted'),
		(SELECT count(*) FROM transfer_requests WHERE programme = ? AND stage IN ('requested', 'signed', 'prepared', 'released'))`, g.Programme.ID, g.Programme.ID).Row().
		Scan(&f.FinalAccepted, &f.OnTheirWay)
	return f, err
}

// evaluation is a programme's; nil where there is none. Who sees accepted reports
// alone sees it once its document is there.
func (t *tx) evaluation(g domain.ReportCase) (*EvaluationFile, error) {
	var e domain.Evaluation
	rows, err := t.Raw(`SELECT e.id, e.title, e.evaluator, e.language, e.completed_on, e.findings, e.person, e.at, r.at,
			EXISTS (SELECT FROM attachments a JOIN attachment_arrivals v ON v.attachment = a.id WHERE a.kind = 'evaluation' AND a.subject = e.id
				AND NOT EXISTS (SELECT FROM attachment_removals x WHERE x.attachment = a.id))
		FROM evaluations e LEFT JOIN evaluation_responses r ON r.evaluation = e.id WHERE e.programme = ?`, g.Programme.ID).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	if !rows.Next() {
		return nil, rows.Err()
	}
	if err := rows.Scan(&e.ID, &e.Title, &e.Evaluator, &e.Language, &e.CompletedOn, &e.Findings, &e.Person, &e.At, &e.Answered, &e.File); err != nil {
		return nil, err
	}
	rows.Close()
	e.Programme = g.Programme.ID
	answers, err := t.Raw(`SELECT r.text, m.uptake, coalesce(m.reason, ''), coalesce(m.action, ''), m.due_on FROM recommendations r
		LEFT JOIN management_answers m ON m.evaluation = r.evaluation AND m.n = r.n WHERE r.evaluation = ? ORDER BY r.n`, e.ID).Rows()
	if err != nil {
		return nil, err
	}
	defer answers.Close()
	for answers.Next() {
		var r domain.Recommendation
		var a domain.ManagementAnswer
		var uptake *domain.Uptake
		if err := answers.Scan(&r.Text, &uptake, &a.Reason, &a.Action, &a.Due); err != nil {
			return nil, err
		}
		if uptake != nil {
			a.Uptake = *uptake
			r.Answer = &a
		}
		e.Recommendations = append(e.Recommendations, r)
	}
	return &EvaluationFile{e, e.ResponseDue(g.Charter)}, answers.Err()
}

// An evaluation's document is everybody's; the secretariat attaches it, until it is
// answered.
var _ = holds("evaluation", holder{
	reach: func(t *tx, id uuid.UUID, _ int) (string, []any, error) {
		_, err := t.evaluatedBy(id, false)
		return standing, nil, err
	},
	change: func(t *tx, id uuid.UUID, lock bool) error {
		e, err := t.evaluatedBy(id, lock)
		if err != nil {
			return err
		}
		if t.by.Hat.Role != domain.Secretariat {
			return domain.ErrMissing
		}
		if e.Answered != nil {
			return domain.ErrEvaluated
		}
		return nil
	},
	rules: inForce,
})

func (t *tx) evaluatedBy(id uuid.UUID, lock bool) (*EvaluationFile, error) {
	var programme uuid.UUID
	if err := t.Raw(`SELECT programme FROM evaluations WHERE id = ?`, id).Row().Scan(&programme); err != nil {
		return nil, missing(err)
	}
	_, g, err := t.reportCase(programme, "", lock)
	if err != nil {
		return nil, err
	}
	return t.evaluation(g)
}

// programmeOn names reports and evaluations by their programme, for notices.
func (t *tx) factOfProgramme(f fact) (fact, error) {
	var code, title string
	var convening *uuid.UUID
	err := t.Raw(`SELECT j.code, j.title, p.organisation, p.id, (p.shares->0->>'organisation')::uuid FROM programmes j JOIN proposals p ON p.id = j.proposal
		WHERE j.id = ?::uuid`, f.subject).Row().Scan(&code, &title, &f.submitter, &f.proposal, &convening)
	if convening != nil {
		f.recipient = *convening
	}
	f.params = map[string]string{"ref": code, "title": title}
	for _, name := range []string{"report", "period", "closes", "state"} {
		if v, there := t.changes[name].(string); there {
			f.params[name] = v
		}
	}
	f.stage = f.params["state"]
	f.kind = "report" // where it is read: the programme's reports
	return f, err
}

var _ = ask(
	Question{"closed-books-hold-nothing", "money stands allocated to a programme whose books are closed, or is on its way", `
		SELECT b.account FROM programmes p JOIN balances b ON starts_with(b.account, 'fund:allocated:' || p.code || ':') WHERE p.state = 'financially-closed' AND b.held <> 0
		UNION ALL SELECT r.ref FROM programmes p JOIN transfer_requests r ON r.programme = p.id AND r.stage IN ('requested', 'signed', 'prepared', 'released')
		WHERE p.state = 'financially-closed'`},
	Question{"closed-books-have-their-report", "a programme that began was closed financially without an accepted final report, or without each organisation's statement", `
		SELECT p.code FROM programmes p WHERE p.state = 'financially-closed' AND p.starts_on IS NOT NULL AND p.ends_on >= p.starts_on
		AND NOT EXISTS (SELECT FROM programme_steps s WHERE s.programme = p.id AND s.state = 'cancelled')
		AND (NOT EXISTS (SELECT FROM reports r WHERE r.programme = p.id AND r.key = 'final' AND r.state = 'accepted')
			OR EXISTS (SELECT FROM programme_shares x WHERE x.programme = p.id AND NOT EXISTS (SELECT FROM closing_statements c WHERE c.programme = p.id AND c.organisation = x.organisation)))`},
	Question{"responses-answer-all", "a management response leaves a recommendation without an answer", `
		SELECT r.evaluation::text || '/' || r.n FROM recommendations r JOIN evaluation_responses e ON e.evaluation = r.evaluation
		WHERE NOT EXISTS (SELECT FROM management_answers m WHERE m.evaluation = r.evaluation AND m.n = r.n)`},
)

// seenClosing leaves out what is not for whoever sees accepted reports alone.
func (f ClosingFile) seenBy(as domain.ReportState) ClosingFile {
	if as == domain.ReportAccepted && f.Evaluation != nil && !f.Evaluation.File {
		f.Evaluation = nil
	}
	f.May = slices.Clone(f.May)
	return f
}
