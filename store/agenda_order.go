package store

import (
	"context"

	"github.com/google/uuid"

	"startupfund/domain"
)

// OrderAgenda puts the items of a meeting that has not opened into another order.
func (s *Store) OrderAgenda(ctx context.Context, by Ask, meeting uuid.UUID, to []uuid.UUID) (domain.Meeting, error) {
	return act(ctx, s, by, "agenda.order", func(t *tx) (domain.Meeting, error) {
		t.on("meeting", meeting)
		m, err := t.meeting(meeting, "FOR UPDATE") // who lists an item waits
		if err != nil {
			return m, err
		}
		agenda, err := t.questions(`q.meeting = ?`, meeting)
		if err != nil {
			return m, err
		}
		ordered, err := m.Order(agenda, to)
		if err != nil {
			return m, err
		}
		// For a moment two items have one number: it is looked at when all have theirs.
		if err := t.Exec(`SET CONSTRAINTS one_question_an_item DEFERRED`).Error; err != nil {
			return m, err
		}
		for _, q := range ordered {
			if err := t.Exec(`UPDATE questions SET item = ? WHERE id = ? AND item <> ?`, q.Number, q.ID, q.Number).Error; err != nil {
				return m, err
			}
		}
		t.changed("order", to)
		return m, t.saveMeeting(&m)
	})
}
