package store

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
)

// EvaluationFile is an evaluation with until when its response is awaited.
type EvaluationFile struct {
	domain.Evaluation
	ResponseDue time.Time
	Overdue     map[int]bool      // of its recommendations, from 1: promised, and the day is over
	Follows     map[int]bool      // of which the actor may say how far they are
	Names       map[string]string // of who wrote follow-ups, by "recommendation/follow-up"; none where the actor does not read them
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
			if err := t.Exec(`INSERT INTO management_answers (evaluation, n, uptake, reason, action, due_on, organisation) VALUES (?, ?, ?, ?, ?, ?, ?)`,
				e.ID, i+1, string(a.Uptake), a.Reason, a.Action, a.Due, orNull(a.Organisation)).Error; err != nil {
				return err
			}
		}
		return nil
	})
}

// FollowUp adds how far something is that the management response promised.
func (s *Store) FollowUp(ctx context.Context, by Ask, programme uuid.UUID, x domain.FollowUp) (ReportingFile, error) {
	return s.closing(ctx, by, "evaluation.follow-up", programme, func(t *tx, g domain.ReportCase, f ClosingFile) error {
		if f.Evaluation == nil {
			return domain.ErrMissing
		}
		x, err := g.FollowUp(t.by, f.Evaluation.Evaluation, x, t.now, t.today())
		if err != nil {
			return err
		}
		t.changed("evaluation", f.Evaluation.ID)
		t.changed("recommendation", x.Recommendation)
		t.changed("state", string(x.State))
		return t.Exec(`INSERT INTO management_follow_ups (evaluation, n, nth, on_day, state, text, language, person, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			f.Evaluation.ID, x.Recommendation, x.N, x.On, string(x.State), x.Text, x.Language, x.Person, x.At).Error
	})
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
	answers, err := t.Raw(`SELECT r.text, m.uptake, coalesce(m.reason, ''), coalesce(m.action, ''), m.due_on, m.organisation, coalesce(o.code, '') FROM recommendations r
		LEFT JOIN management_answers m ON m.evaluation = r.evaluation AND m.n = r.n
		LEFT JOIN programmes j ON j.id = ? LEFT JOIN proposals p ON p.id = j.proposal
		LEFT JOIN organisations o ON o.id = coalesce(m.organisation, (p.shares->0->>'organisation')::uuid) WHERE r.evaluation = ? ORDER BY r.n`, e.Programme, e.ID).Rows()
	if err != nil {
		return nil, err
	}
	defer answers.Close()
	for answers.Next() {
		var r domain.Recommendation
		var a domain.ManagementAnswer
		var uptake *domain.Uptake
		var doer uuid.NullUUID
		if err := answers.Scan(&r.Text, &uptake, &a.Reason, &a.Action, &a.Due, &doer, &a.Code); err != nil {
			return nil, err
		}
		if uptake != nil {
			a.Uptake, a.Organisation = *uptake, doer.UUID
			r.Answer = &a
		}
		e.Recommendations = append(e.Recommendations, r)
	}
	if err := answers.Err(); err != nil {
		return nil, err
	}
	answers.Close()
	return t.followed(g, e)
}

// followed adds to an evaluation how far what was promised is, as the actor sees it.
func (t *tx) followed(g domain.ReportCase, e domain.Evaluation) (*EvaluationFile, error) {
	f := &EvaluationFile{e, e.ResponseDue(g.Charter), map[int]bool{}, map[int]bool{}, map[string]string{}}
	rows, err := t.Raw(`SELECT f.n, f.nth, f.on_day, f.state, f.text, f.language, f.person, f.at, p.name FROM management_follow_ups f JOIN persons p ON p.id = f.person
		WHERE f.evaluation = ? ORDER BY f.n, f.nth`, e.ID).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	named := g.Proposal.SeesReports(t.by) != domain.ReportAccepted
	for rows.Next() {
		var x domain.FollowUp
		var name string
		if err := rows.Scan(&x.Recommendation, &x.N, &x.On, &x.State, &x.Text, &x.Language, &x.Person, &x.At, &name); err != nil {
			return nil, err
		}
		r := &f.Recommendations[x.Recommendation-1]
		r.FollowUps = append(r.FollowUps, x)
		if named {
			f.Names[fmt.Sprintf("%d/%d", x.Recommendation, x.N)] = name
		}
	}
	for i, r := range f.Recommendations {
		if r.Overdue(t.today()) {
			f.Overdue[i+1] = true
		}
		f.Follows[i+1] = g.Follows(t.by, r)
	}
	return f, rows.Err()
}

// unfollowed are the promises of a programme whose day is near or over, of which the
// hat's own say how far they are.
func (t *tx) unfollowed() (list []domain.Task, err error) {
	var ids []uuid.UUID
	within, args := reach(t.by)
	org := t.by.Hat.Organisation
	if err := t.Raw(`SELECT DISTINCT e.programme FROM management_answers m JOIN evaluations e ON e.id = m.evaluation
		JOIN programmes j ON j.id = e.programme JOIN proposals p ON p.id = j.proposal
		WHERE (`+within+` OR p.shares->0->>'organisation' = ? OR m.organisation = ?) AND m.due_on <= ? AND NOT EXISTS (SELECT FROM management_follow_ups f WHERE f.evaluation = m.evaluation AND f.n = m.n AND f.state <> 'under-way'
			AND f.nth = (SELECT max(nth) FROM management_follow_ups x WHERE x.evaluation = m.evaluation AND x.n = m.n)) LIMIT ?`,
		append(args, org.String(), org, t.today().Add(watchedAhead), mostTasks)...).Scan(&ids).Error; err != nil {
		return nil, err
	}
	for _, id := range ids {
		p, g, err := t.reportCase(id, "", false)
		if err != nil {
			return nil, err
		}
		f, err := t.evaluation(g)
		if err != nil {
			return nil, err
		}
		for i, r := range f.Recommendations {
			if !f.Follows[i+1] || !r.Awaited() || r.Answer.Due.Sub(t.today()) > watchedAhead {
				continue
			}
			due := t.charter.Begins(r.Answer.Due.AddDate(0, 0, 1))
			task := domain.Task{Subject: "report", ID: fmt.Sprintf("%s/reports#r%d", id, i+1), Ref: p.Code, Title: r.Answer.Action, Due: &due, Since: *f.Answered}
			list = append(list, task.Waits(t.by.Hat.Role, []string{"evaluation.follow-up"})...)
		}
	}
	return list, nil
}

var _ = ask(
	Question{"responses-answer-all", "a management response leaves a recommendation without an answer", `
		SELECT r.evaluation::text || '/' || r.n FROM recommendations r JOIN evaluation_responses e ON e.evaluation = r.evaluation
		WHERE NOT EXISTS (SELECT FROM management_answers m WHERE m.evaluation = r.evaluation AND m.n = r.n)`},
	Question{"follow-ups-follow-promises", "a follow-up is of what was rejected, is not counted, or is dated before the response or its forerunner, or after it was written", `
		SELECT f.evaluation::text || '/' || f.n || '/' || f.nth FROM management_follow_ups f JOIN management_answers m USING (evaluation, n)
		JOIN evaluation_responses r USING (evaluation)
		LEFT JOIN management_follow_ups b ON b.evaluation = f.evaluation AND b.n = f.n AND b.nth = f.nth - 1
		WHERE m.uptake = 'rejected' OR f.nth > 1 AND b.nth IS NULL OR b.on_day > f.on_day OR b.at > f.at OR f.at < r.at OR f.on_day < r.at::date - 1 OR f.on_day > f.at::date + 1`},
)

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
