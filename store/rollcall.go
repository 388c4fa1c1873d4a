package store

import (
	"context"

	"github.com/google/uuid"

	"startupfund/domain"
)

func init() { promises["unanswered_calls_pkey"] = domain.ErrAnswered }

// NoteNoAnswer records that seats were called in a vote and did not answer.
func (s *Store) NoteNoAnswer(ctx context.Context, by Ask, question uuid.UUID, seats []uuid.UUID) (domain.Item, error) {
	return act(ctx, s, by, "rollcall.note", func(t *tx) (domain.Item, error) {
		t.on("question", question)
		i, err := t.item(question, true)
		if err != nil {
			return i, err
		}
		list, err := i.NoteNoAnswer(by.Actor, seats, t.now)
		if err != nil {
			return i, err
		}
		for _, x := range list {
			t.changed("seat", x.Seat)
			if err := t.Exec(`INSERT INTO unanswered_calls (question, seat, text, person, at) VALUES (?, ?, ?, ?, ?)`,
				question, x.Seat, x.Text, x.Person, x.At).Error; err != nil {
				return i, err
			}
		}
		return t.item(question, false)
	})
}

func (t *tx) noAnswers(question uuid.UUID) (list []domain.NoAnswer, err error) {
	err = t.each(`SELECT x.seat, s.name, o.code, x.text, x.person, x.at FROM unanswered_calls x JOIN seats s ON s.id = x.seat
		JOIN question_rolls r ON r.question = x.question AND r.seat = x.seat JOIN organisations o ON o.id = r.organisation
		WHERE x.question = ? ORDER BY x.at, s.name`, func(scan func(...any) error) error {
		var x domain.NoAnswer
		err := scan(&x.Seat, &x.Name, &x.Code, &x.Text, &x.Person, &x.At)
		list = append(list, x)
		return err
	}, question)
	return list, err
}

var _ = ask(
	Question{"roll-calls-are-of-votes", "a seat was called in what is no vote, is recused from it, or had answered", `
		SELECT DISTINCT x.question::text FROM unanswered_calls x JOIN questions q ON q.id = x.question JOIN question_rolls r ON r.question = x.question AND r.seat = x.seat
		WHERE q.procedure <> 'vote' OR r.recused OR x.at < q.opened_at OR x.at > q.closed_at
			OR EXISTS (SELECT FROM positions p WHERE p.question = x.question AND p.seat = x.seat AND p.text = x.text AND p.at < x.at)`},
)
