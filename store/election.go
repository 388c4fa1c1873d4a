package store

import (
	"context"

	"github.com/google/uuid"

	"startupfund/domain"
)

// ElectPresider puts on record whom a seat in the room names to preside over an item.
func (s *Store) ElectPresider(ctx context.Context, by Ask, question, seat, person uuid.UUID) (domain.Naming, error) {
	return act(ctx, s, by, "chair.elect", func(t *tx) (domain.Naming, error) {
		t.on("question", question)
		i, err := t.item(question, true)
		if err != nil {
			return domain.Naming{}, err
		}
		x, err := i.Elect(by.Actor, seat, person, t.now)
		if err != nil {
			return x, err
		}
		t.changed("seat", x.Seat)
		t.changed("elected", x.Elected)
		return x, t.Exec(`INSERT INTO chair_namings (question, n, seat, organisation, person, named_by, recorded_by, elected, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			question, x.N, x.Seat, x.Organisation, x.Person, x.By, x.Recorded, x.Elected, x.At).Error
	})
}

func (t *tx) namings(question uuid.UUID) (list []domain.Naming, err error) {
	err = t.each(`SELECT x.n, x.seat, s.name, x.organisation, o.code, x.person, p.name, x.named_by, x.recorded_by, x.elected, x.at FROM chair_namings x
		JOIN seats s ON s.id = x.seat JOIN organisations o ON o.id = x.organisation JOIN persons p ON p.id = x.person WHERE x.question = ? ORDER BY x.n`, func(scan func(...any) error) error {
		var x domain.Naming
		err := scan(&x.N, &x.Seat, &x.SeatName, &x.Organisation, &x.Code, &x.Person, &x.Name, &x.By, &x.Recorded, &x.Elected, &x.At)
		list = append(list, x)
		return err
	}, question)
	return list, err
}

var _ = ask(
	Question{"elected-of-those-present", "somebody was named to preside over an item who was not in the room", `
		SELECT x.question::text FROM chair_namings x JOIN questions q ON q.id = x.question WHERE NOT EXISTS (SELECT FROM presences p
			WHERE p.meeting = q.meeting AND p.person = x.person AND p.joined_at <= x.at AND (p.left_at IS NULL OR p.left_at >= x.at))
		AND NOT EXISTS (SELECT FROM carried_items c WHERE c.question = q.id)`},
)
