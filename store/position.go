package store

import (
	"context"

	"github.com/google/uuid"

	"startupfund/domain"
)

// TakePosition keeps what a seat says to a question: by's own, or the seat named
// where the secretariat records. Text is the version that they have before them; 0 where
// they do not say.
func (s *Store) TakePosition(ctx context.Context, by Ask, question, seat uuid.UUID, text int, key, reason string) (domain.Position, error) {
	by.arrives = question
	return act(ctx, s, by, "position.take", func(t *tx) (domain.Position, error) {
		t.on("question", question)
		i, err := t.item(question, true)
		if err != nil {
			return domain.Position{}, err
		}
		p, err := i.TakePosition(by.Actor, seat, key, reason, t.now)
		if err != nil {
			return p, err
		}
		if text != 0 && text != i.TextVersion {
			return p, domain.ErrTextMoved.With("given", text, "version", i.TextVersion)
		}
		t.changed("seat", p.Seat)
		t.changed("n", p.N)
		return p, t.Exec(`INSERT INTO positions (question, seat, n, text, position, reason, person, recorded_by, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			question, p.Seat, p.N, p.Text, p.Key, p.Reason, p.Person, p.RecordedBy, p.At).Error
	})
}

func (t *tx) positions(question uuid.UUID) ([]domain.Position, error) {
	rows, err := t.Raw(`SELECT seat, n, text, position, reason, person, recorded_by, at FROM positions WHERE question = ? ORDER BY at, seat, n`, question).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []domain.Position
	for rows.Next() {
		var p domain.Position
		if err := rows.Scan(&p.Seat, &p.N, &p.Text, &p.Key, &p.Reason, &p.Person, &p.RecordedBy, &p.At); err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, rows.Err()
}
