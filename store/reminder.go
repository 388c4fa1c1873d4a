package store

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"startupfund/domain"
)

// remindEvery is how often it is looked whether somebody is to be reminded; each is, once a day.
const remindEvery = time.Hour

// Remind is the job that reminds of reports and conditions, before they are due and after,
// of answers and advice that are overdue, of silences that end, of capitals that have not spoken,
// and of years whose expenditure is owed.
type Remind struct{}

// Kind is the job's name in river_job.
func (Remind) Kind() string { return "remind" }

type remindWorker struct {
	river.WorkerDefaults[Remind]
	*Store
}

func (w remindWorker) Work(ctx context.Context, _ *river.Job[Remind]) error {
	return errors.Join(w.RemindReports(ctx), w.RemindConditions(ctx), w.RemindReview(ctx), w.RemindSilences(ctx), w.RemindReferenda(ctx), w.RemindExpenditure(ctx))
}

// RemindReports tells the people who write a programme's reports of each that is due
// in as many days as the charter says, or is overdue; the secretariat of those
// overdue. However often it runs, it tells once a day.
func (s *Store) RemindReports(ctx context.Context) error {
	due, err := read(ctx, s, domain.Actor{}, func(t *tx) (due []DueReport, err error) {
		all, err := t.watched()
		if err != nil {
			return nil, err
		}
		for _, d := range all {
			rules, err := t.charterOf(d.Programme.CharterVersion)
			if err != nil {
				return nil, err
			}
			if d.Came == nil && d.Kind != domain.EvaluationReport && d.RemindOn(t.today(), rules.Reporting) {
				due = append(due, d)
			}
		}
		return due, nil
	})
	for _, d := range due {
		if err := s.remindReport(ctx, d); err != nil {
			return err
		}
	}
	return err
}

func (s *Store) remindReport(ctx context.Context, d DueReport) error {
	return s.remindOnce(ctx, "report.remind", "programme", d.Programme.ID, func(t *tx) (bool, error) {
		t.tellsOf(d.ReportDue)
		t.changed("state", "due")
		if d.Due.Before(t.today()) {
			t.changed("state", "overdue")
		}
		return t.reminds(d.Programme.ID, d.ReportDue)
	})
}

// reminds tells whether what a programme owes was not yet reminded of today, and keeps that it is.
func (t *tx) reminds(programme uuid.UUID, d domain.ReportDue) (bool, error) {
	return t.first(`INSERT INTO report_reminders (programme, key, on_day, due_on, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		programme, d.Key, t.today(), d.Due, t.now)
}

// remindOnce is an act of nobody's that reminds of something, unless do finds that it was
// done today or that there is nothing to remind of any more.
func (s *Store) remindOnce(ctx context.Context, name, subject string, id uuid.UUID, do func(*tx) (bool, error)) error {
	_, err := act(ctx, s, Ask{}, name, func(t *tx) (bool, error) {
		t.on(subject, id)
		reminds, err := do(t)
		if err == nil && !reminds {
			err = errNothing
		}
		return reminds, err
	})
	if errors.Is(err, errNothing) {
		return nil
	}
	return err
}

// first tells whether an INSERT that yields to a row there made one.
func (t *tx) first(sql string, values ...any) (bool, error) {
	done := t.Exec(sql, values...)
	return done.RowsAffected > 0, done.Error
}

// tellsOf notes, for the notice, which report an act is about.
func (t *tx) tellsOf(d domain.ReportDue) {
	t.changed("report", d.Key)
	if d.Key != "" {
		t.changed("period", d.From.Format(time.DateOnly)+" – "+d.To.Format(time.DateOnly))
		t.changed("closes", d.Due.Format(time.RFC3339))
	}
}

// reminded is when each report was last reminded of.
func (t *tx) reminded() (map[string]time.Time, error) {
	return pairs[string, time.Time](t.Raw(`SELECT programme::text || ' ' || key, max(at) FROM report_reminders GROUP BY programme, key`).Rows())
}

// unreported are the reports that are to be written by the hat's own, due within the
// time that the list of due reports looks ahead, and the responses to evaluations.
func (t *tx) unreported() (list []domain.Task, err error) {
	within, args := reach(t.by)
	files, err := t.programmes(`j.state IN ('active', 'suspended', 'cancelled', 'operationally-closed') AND j.starts_on IS NOT NULL
		AND (`+within+` OR p.shares->0->>'organisation' = ?) AND j.id IS NOT NULL`, append(args, t.by.Hat.Organisation.String())...)
	if err != nil || len(files) == 0 {
		return nil, err
	}
	lines, err := t.reportLines(files)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		p, err := t.proposalOf(f.Programme)
		if err != nil {
			return nil, err
		}
		task := func(l ReportLine, acts ...string) []domain.Task {
			due := t.charter.Begins(l.Due.AddDate(0, 0, 1))
			return domain.Task{Subject: "report", ID: f.ID.String() + "/reports/" + l.Key, Ref: f.Code, Title: f.Title, Language: p.Language,
				Due: &due, Since: t.charter.Begins(l.To.AddDate(0, 0, 1))}.Waits(t.by.Hat.Role, acts)
		}
		for _, l := range lines[f.ID] {
			switch {
			case !l.Asked, l.Due.Sub(t.today()) > watchedAhead:
			case l.Kind != domain.EvaluationReport:
				if p.Reporting(t.by, domain.Lead, domain.Editor) == nil && (l.State == "" || l.State == domain.ReportDraft || l.State == domain.ReportReturned) {
					list = append(list, task(l, "report.save")...)
				}
			}
		}
		more, err := t.unansweredEvaluation(f)
		if err != nil {
			return nil, err
		}
		list = append(list, more...)
	}
	return list, nil
}

// unansweredEvaluation waits for the management response.
func (t *tx) unansweredEvaluation(f ProgrammeFile) ([]domain.Task, error) {
	_, g, err := t.reportCase(f.ID, "", false)
	if err != nil {
		return nil, err
	}
	c, err := t.closingFile(g)
	if err != nil || c.Evaluation == nil {
		return nil, err
	}
	due := t.charter.Begins(c.Evaluation.ResponseDue.AddDate(0, 0, 1))
	return domain.Task{Subject: "report", ID: f.ID.String() + "/reports", Ref: f.Code, Title: c.Evaluation.Title, Language: c.Evaluation.Language,
		Due: &due, Since: c.Evaluation.At}.Waits(t.by.Hat.Role, slices.DeleteFunc(c.May, func(act string) bool { return act != "evaluation.respond" })), nil
}

// unread are the reports that wait for the secretariat's word.
func (t *tx) unread() (list []domain.Task, err error) {
	rows, err := t.Raw(`SELECT j.id, j.code, j.title, r.key, v.at FROM reports r JOIN programmes j ON j.id = r.programme
		JOIN report_versions v ON v.report = r.id AND v.n = r.submission WHERE r.state = 'submitted' ORDER BY v.at LIMIT ?`, mostTasks).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id uuid.UUID
		var key string
		task := domain.Task{Subject: "report"}
		if err := rows.Scan(&id, &task.Ref, &task.Title, &key, &task.Since); err != nil {
			return nil, err
		}
		task.ID = id.String() + "/reports/" + key
		list = append(list, task.Waits(t.by.Hat.Role, []string{"report.find"})...)
	}
	return list, rows.Err()
}
