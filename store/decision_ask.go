package store

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
)

// AskFile is something that a decision asks, as a reader sees it.
type AskFile struct {
	domain.DecisionAsk
	Overdue bool
	MayStep bool // the reader may say how far it is
}

// AskOfDecision puts on record what a decision asks of an organisation.
func (s *Store) AskOfDecision(ctx context.Context, by Ask, number string, a domain.DecisionAsk) (uuid.UUID, error) {
	return act(ctx, s, by, "followup.ask", func(t *tx) (uuid.UUID, error) {
		t.on("decision", number)
		var decision uuid.UUID
		var adopted time.Time
		if err := t.Raw(`SELECT id, adopted_at FROM decisions WHERE number = ?`, number).Row().Scan(&decision, &adopted); err != nil {
			return uuid.Nil, missing(err)
		}
		a, err := a.Ask(t.charter.Day(adopted), t.now)
		if err != nil {
			return a.ID, err
		}
		if _, err := t.organisationAt(a.Organisation, "", "/organisation"); err != nil {
			return a.ID, err
		}
		n, err := t.next("asks:" + number)
		if err != nil {
			return a.ID, err
		}
		t.changed("ask", n)
		return a.ID, t.Exec(`INSERT INTO decision_asks (id, decision, n, text, language, organisation, due_on, person, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			a.ID, decision, n, a.Text, a.Language, a.Organisation, day(a.Due), by.Person, t.now).Error
	})
}

// StepOfAsk adds how far something is that a decision asks. It answers with the decision's number.
func (s *Store) StepOfAsk(ctx context.Context, by Ask, id uuid.UUID, step domain.AskStep) (string, error) {
	return act(ctx, s, by, "followup.step", func(t *tx) (string, error) {
		t.on("follow-up", id)
		if err := t.Exec(`SELECT pg_advisory_xact_lock(hashtextextended(?, 51))`, id.String()).Error; err != nil { // steps are counted one after another
			return "", err
		}
		a, err := only(t.asks(`a.id = ?`, id))
		if err != nil {
			return "", err
		}
		if !t.readsAsk(a) {
			return "", domain.ErrMissing
		}
		step, err := a.Step(by.Actor, step, t.charter.Day(a.At), t.now, t.today())
		if err != nil {
			return "", err
		}
		t.changed("state", string(step.State))
		return a.Decision, t.Exec(`INSERT INTO decision_steps (ask, n, on_day, state, text, language, person, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			id, step.N, day(step.On), string(step.State), step.Text, step.Language, step.Person, step.At).Error
	})
}

// Asks lists what a decision asks, or, of none named, all that is open, the overdue first.
// Organisations beside the body read their own.
func (s *Store) Asks(ctx context.Context, by domain.Actor, number string) ([]AskFile, error) {
	return read(ctx, s, by, func(t *tx) ([]AskFile, error) {
		if number != "" {
			var there bool
			if err := t.Raw(`SELECT EXISTS (SELECT FROM decisions WHERE number = ?)`, number).Row().Scan(&there); err != nil || !there {
				return nil, cmp.Or(err, error(domain.ErrMissing))
			}
		}
		list, err := t.asks(`? = '' OR d.number = ?`, number, number)
		if err != nil {
			return nil, err
		}
		files := []AskFile{}
		for _, a := range list {
			if t.readsAsk(a) && (number != "" || a.Awaited()) {
				files = append(files, AskFile{a, a.Overdue(t.today()), a.StepBy(t.by) == nil})
			}
		}
		if number == "" {
			slices.SortStableFunc(files, func(x, y AskFile) int {
				return cmp.Or(x.Due.Compare(y.Due), cmp.Compare(x.Decision, y.Decision), cmp.Compare(x.N, y.N))
			})
		}
		return files, nil
	})
}

// readsAsk tells whether by reads it: who decides, keeps and audits reads all, others their
// organisation's.
func (t *tx) readsAsk(a domain.DecisionAsk) bool {
	whole := []domain.Role{domain.Member, domain.Coordinator, domain.Secretariat, domain.Auditor}
	return slices.Contains(whole, t.by.Hat.Role) || t.by.Hat.Organisation == a.Organisation
}

func (t *tx) asks(condition string, args ...any) (list []domain.DecisionAsk, err error) {
	at := map[uuid.UUID]int{}
	if err := t.each(`SELECT a.id, d.number, d.title, a.n, a.text, a.language, a.organisation, o.code, a.due_on, a.at FROM decision_asks a
		JOIN decisions d ON d.id = a.decision JOIN organisations o ON o.id = a.organisation WHERE (`+condition+`) ORDER BY d.number, a.n`, func(scan func(...any) error) error {
		var a domain.DecisionAsk
		err := scan(&a.ID, &a.Decision, &a.Title, &a.N, &a.Text, &a.Language, &a.Organisation, &a.Code, &a.Due, &a.At)
		at[a.ID] = len(list)
		list = append(list, a)
		return err
	}, args...); err != nil || len(list) == 0 {
		return list, err
	}
	ids := make([]uuid.UUID, 0, len(list))
	for id := range at {
		ids = append(ids, id)
	}
	return list, t.each(`SELECT s.ask, s.n, s.on_day, s.state, s.text, s.language, s.person, p.name, s.at FROM decision_steps s JOIN persons p ON p.id = s.person
		WHERE s.ask IN ? ORDER BY s.ask, s.n`, func(scan func(...any) error) error {
		var of uuid.UUID
		var x domain.AskStep
		err := scan(&of, &x.N, &x.On, &x.State, &x.Text, &x.Language, &x.Person, &x.Name, &x.At)
		list[at[of]].Steps = append(list[at[of]].Steps, x)
		return err
	}, ids)
}

// unasked are what decisions ask of the hat's organisation and is near its day; of the
// secretariat, what is overdue.
func (t *tx) unasked() (list []domain.Task, err error) {
	chases := t.by.Hat.Role == domain.Secretariat
	asks, err := t.asks(`? OR a.organisation = ?`, chases, t.by.Hat.Organisation)
	if err != nil {
		return nil, err
	}
	for _, a := range asks {
		if !a.Awaited() || a.StepBy(t.by) != nil || chases && !a.Overdue(t.today()) || a.Due.Sub(t.today()) > watchedAhead {
			continue
		}
		due := t.charter.Begins(a.Due.AddDate(0, 0, 1))
		task := domain.Task{Subject: "decision", ID: a.Decision, Ref: a.Decision, Title: a.Text, Language: a.Language, Due: &due, Since: a.At}
		list = append(list, task.Waits(t.by.Hat.Role, []string{"followup.step"})...)
	}
	return list, nil
}

var _ = ask(
	Question{"decision-steps-follow", "a step of a follow-up is not counted, or is dated before the one before it or after it was written", `
		SELECT s.ask::text || '/' || s.n FROM decision_steps s JOIN decision_asks a ON a.id = s.ask LEFT JOIN decision_steps b ON b.ask = s.ask AND b.n = s.n - 1
		WHERE s.n > 1 AND b.n IS NULL OR b.on_day > s.on_day OR b.at > s.at OR s.at < a.at OR s.on_day > s.at::date + 1`},
	Question{"asks-after-decisions", "something was asked before the decision that asks it, or to be done before it", `
		SELECT d.number || '/' || a.n FROM decision_asks a JOIN decisions d ON d.id = a.decision WHERE a.at < d.adopted_at OR a.due_on < d.adopted_at::date - 1`},
)
