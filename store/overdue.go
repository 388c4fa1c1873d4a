package store

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
)

// RemindReview asks applicants again for answers, and experts for advice, that are
// overdue, and tells the secretariat. However often it runs, it tells once a day.
func (s *Store) RemindReview(ctx context.Context) error {
	return errors.Join(s.remindAnswers(ctx), s.remindAdvice(ctx))
}

// overdueThread is a thread that is asked about again.
type overdueThread struct {
	domain.Clarification
	due time.Time
}

func (s *Store) remindAnswers(ctx context.Context) error {
	late, err := read(ctx, s, domain.Actor{}, func(t *tx) ([]overdueThread, error) { return t.overdueThreads(uuid.Nil) })
	for _, x := range late {
		err = errors.Join(err, s.remindOnce(ctx, "clarification.remind", "proposal", x.Proposal, func(t *tx) (bool, error) {
			if still, err := t.overdueThreads(x.ID); err != nil || len(still) == 0 {
				return false, err
			}
			t.changed("clarification", x.Number)
			t.changed("due", x.due.Format(time.RFC3339))
			return t.first(`INSERT INTO clarification_reminders (clarification, on_day, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, x.ID, t.today(), t.now)
		}))
	}
	return err
}

// overdueThreads are those whose answer is asked for again today; all, or the one.
func (t *tx) overdueThreads(one uuid.UUID) (late []overdueThread, err error) {
	proposals, err := t.proposals(`p.stage IN ('submitted', 'eligible') AND EXISTS (SELECT FROM clarifications c JOIN clarification_entries e ON e.clarification = c.id
		WHERE c.proposal = p.id AND c.version = p.submission AND e.due_at <= ? AND (? OR c.id = ?)) ORDER BY p.ref`, t.now, one == uuid.Nil, one)
	if err != nil {
		return nil, err
	}
	for _, p := range proposals {
		rules, err := t.charterOf(p.CharterVersion)
		if err != nil {
			return nil, err
		}
		threads, err := t.clarifications(p.ID)
		if err != nil {
			return nil, err
		}
		for _, x := range threads {
			if (one == uuid.Nil || x.ID == one) && x.RemindOn(p, t.today(), rules) {
				late = append(late, overdueThread{x, *x.Due(p)})
			}
		}
	}
	return late, nil
}

func (s *Store) remindAdvice(ctx context.Context) error {
	late, err := read(ctx, s, domain.Actor{}, func(t *tx) ([]AdviceRecord, error) { return t.overdueAdvice(uuid.Nil) })
	for _, r := range late {
		err = errors.Join(err, s.remindOnce(ctx, "advice.remind", "proposal", r.Proposal, func(t *tx) (bool, error) {
			if still, err := t.overdueAdvice(r.ID); err != nil || len(still) == 0 {
				return false, err
			}
			t.advises(r.AdviceRequest)
			return t.first(`INSERT INTO advice_reminders (request, on_day, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, r.ID, t.today(), t.now)
		}))
	}
	return err
}

// overdueAdvice is what is asked for again today; all, or the one.
func (t *tx) overdueAdvice(one uuid.UUID) (late []AdviceRecord, err error) {
	waiting, err := t.advice(`x.request IS NULL AND r.due_at <= ? AND r.version = p.submission AND p.stage IN ('submitted', 'eligible') AND (? OR r.id = ?) ORDER BY r.due_at, r.id`,
		t.now, one == uuid.Nil, one)
	if err != nil {
		return nil, err
	}
	for _, r := range waiting {
		p, rules, err := t.advisedOn(r.Proposal, "")
		if err != nil {
			return nil, err
		}
		if r.RemindOn(p, t.today(), rules) {
			late = append(late, r)
		}
	}
	return late, nil
}
