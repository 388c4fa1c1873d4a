package store

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
)

// unfulfilled are the conditions that the hat's own have to fulfil.
func (t *tx) unfulfilled() ([]domain.Task, error) {
	return t.conditionTasks("condition.claim", unsettled)
}

// unconfirmed are those that somebody says are fulfilled.
func (t *tx) unconfirmed() ([]domain.Task, error) {
	return t.conditionTasks("condition.find", `(SELECT s.step FROM condition_steps s WHERE s.condition = c.id ORDER BY s.n DESC LIMIT 1) = 'claim'`)
}

func (t *tx) conditionTasks(act, condition string) (tasks []domain.Task, err error) {
	err = t.eachCondition(condition, func(c domain.Condition, g domain.ProgrammeCase) error {
		for _, may := range c.May(g, t.by, true, t.now) {
			if may != act {
				continue
			}
			task := domain.Task{Subject: "programme", ID: fmt.Sprintf("%s#c%d", c.Programme, c.N), Ref: c.Ref(), Title: c.Text, Language: c.Language, Since: c.At}
			if n := len(c.Steps); n > 0 {
				task.Since = c.Steps[n-1].At
			}
			if c.DueOn != nil && act == "condition.claim" {
				due := t.charter.Begins(c.DueOn.AddDate(0, 0, 1))
				task.Due = &due
			}
			tasks = append(tasks, task.Waits(t.by.Hat.Role, []string{act})...)
		}
		return nil
	})
	return tasks, err
}

// RemindConditions tells who has to fulfil a condition that its day is near or over;
// the secretariat of those overdue. However often it runs, it tells once a day.
func (s *Store) RemindConditions(ctx context.Context) error {
	due, err := read(ctx, s, domain.Actor{}, func(t *tx) (due []domain.Condition, err error) {
		list, err := t.conditions(`c.due_on IS NOT NULL AND ` + unsettled)
		for _, c := range list {
			if c.RemindOn(t.today(), t.charter.Reporting) {
				due = append(due, c)
			}
		}
		return due, err
	})
	for _, c := range due {
		err := s.remindOnce(ctx, "condition.remind", "condition", c.ID, func(t *tx) (bool, error) {
			t.changed("condition", c.Ref())
			t.changed("state", "due")
			if c.Overdue(t.today()) {
				t.changed("state", "overdue")
			}
			return t.first(`INSERT INTO condition_reminders (condition, on_day, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, c.ID, t.today(), t.now)
		})
		if err != nil {
			return err
		}
	}
	return err
}

// factOfCondition names a condition by its programme, for notices.
func (t *tx) factOfCondition(f fact) (fact, error) {
	c, g, err := t.conditionCase(uuid.MustParse(f.subject), false)
	if err != nil {
		return f, err
	}
	f.kind, f.subject = "programme", c.Programme.String() // where it is read
	f.submitter, f.proposal, f.recipient = g.Of.Organisation, g.Of.ID, c.Organisation
	if f.recipient == uuid.Nil {
		f.recipient = g.Convener()
	}
	f.params = map[string]string{"ref": c.Ref(), "programme": c.ProgrammeCode, "title": g.Title, "text": c.Text}
	if c.DueOn != nil {
		f.params["closes"] = c.DueOn.Format(time.RFC3339)
	}
	f.stage, _ = t.changes["state"].(string)
	return f, nil
}
