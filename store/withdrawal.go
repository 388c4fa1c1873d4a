package store

import (
	"errors"

	"github.com/google/uuid"

	"startupfund/domain"
)

// withdrawal is why a question was taken back; nil, where nobody said so by this act: its
// proposal was withdrawn, or it was before reasons were asked.
func (t *tx) withdrawal(question uuid.UUID) (*domain.Withdrawal, error) {
	var w domain.Withdrawal
	err := missing(t.Raw(`SELECT w.reason, w.person, p.name, w.at FROM question_withdrawals w JOIN persons p ON p.id = w.person WHERE w.question = ?`, question).Row().
		Scan(&w.Reason, &w.Person, &w.By, &w.At))
	if errors.Is(err, domain.ErrMissing) {
		return nil, nil
	}
	return &w, err
}

// withdraw writes that a question was taken back, and why.
func (t *tx) withdraw(q *domain.Question, w domain.Withdrawal) error {
	if err := t.Exec(`INSERT INTO question_withdrawals (question, reason, person, at) VALUES (?, ?, ?, ?)`, q.ID, w.Reason, w.Person, w.At).Error; err != nil {
		return err
	}
	return t.saveQuestion(q)
}

var _ = ask(
	Question{"withdrawn-is-withdrawn", "a question was taken back and goes on, or ended at another time", `
		SELECT q.id::text FROM question_withdrawals w JOIN questions q ON q.id = w.question WHERE q.state <> 'withdrawn' OR q.closed_at <> w.at`},
	Question{"put-and-withdrawn-for-a-reason", "a question was taken back from the body without a reason", `
		SELECT q.id::text FROM question_withdrawals w JOIN questions q ON q.id = w.question WHERE q.opened_at IS NOT NULL AND w.reason = ''`},
)
