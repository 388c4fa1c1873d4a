package store

import (
	"context"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
)

func init() {
	promises["mandate_settlements_pkey"], promises["a_mandate_is_settled_once"] = domain.ErrMandateSettled, domain.ErrMandateSettled
}

// RaiseMandate records that a question touches the mandate of the entity of by's seat.
func (s *Store) RaiseMandate(ctx context.Context, by Ask, question, seat uuid.UUID, text, language string) (domain.Item, error) {
	return s.onMandates(ctx, by, "mandate.raise", question, func(t *tx, i domain.Item) error {
		m, err := i.RaiseMandate(by.Actor, seat, text, language, t.now)
		if err != nil {
			return err
		}
		t.changed("n", m.N)
		t.changed("mandate", m.Code)
		return t.Exec(`INSERT INTO mandates (question, n, seat, organisation, text, language, person, at)
			SELECT ?, ?, ?, id, ?, ?, ?, ? FROM organisations WHERE code = ?`, question, m.N, m.Seat, m.Text, m.Language, m.Person, m.At, m.Code).Error
	})
}

// SettleMandate records what came of a mandate that a question touches.
func (s *Store) SettleMandate(ctx context.Context, by Ask, question uuid.UUID, n int, how domain.MandateSettlement) (domain.Item, error) {
	return s.onMandates(ctx, by, "mandate.settle", question, func(t *tx, i domain.Item) error {
		x, err := i.SettleMandate(by.Actor, n, how, t.now)
		if err != nil {
			return err
		}
		t.changed("n", n)
		t.changed("settled", x.Settled)
		t.changed("mandate", i.Mandates[n-1].Code)
		return t.Exec(`INSERT INTO mandate_settlements (question, n, turn, settled, parties, settled_on, text, language, person, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			question, n, len(i.Mandates[n-1].Came)+1, x.Settled, x.Parties, x.On.Format(time.DateOnly), x.Text, x.Language, x.Person, x.At).Error
	})
}

func (s *Store) onMandates(ctx context.Context, by Ask, name string, question uuid.UUID, do func(*tx, domain.Item) error) (domain.Item, error) {
	return act(ctx, s, by, name, func(t *tx) (domain.Item, error) {
		t.on("question", question)
		i, err := t.item(question, true)
		if err != nil {
			return i, err
		}
		if err := do(t, i); err != nil {
			return i, err
		}
		return t.item(question, false)
	})
}

func (t *tx) mandates(question uuid.UUID) (list []domain.Mandate, err error) {
	err = t.each(`SELECT x.n, x.seat, s.name, o.code, x.text, x.language, x.person, x.at FROM mandates x JOIN seats s ON s.id = x.seat
		JOIN organisations o ON o.id = x.organisation WHERE x.question = ? ORDER BY x.n`, func(scan func(...any) error) error {
		var m domain.Mandate
		err := scan(&m.N, &m.Seat, &m.Name, &m.Code, &m.Text, &m.Language, &m.Person, &m.At)
		list = append(list, m)
		return err
	}, question)
	if err != nil || len(list) == 0 {
		return list, err
	}
	return list, t.each(`SELECT n, settled, parties, settled_on, text, language, person, at FROM mandate_settlements WHERE question = ? ORDER BY n, turn`,
		func(scan func(...any) error) error {
			var n int
			var s domain.MandateSettlement
			err := scan(&n, &s.Settled, &s.Parties, &s.On, &s.Text, &s.Language, &s.Person, &s.At)
			if err == nil {
				list[n-1].Came = append(list[n-1].Came, s)
			}
			return err
		}, question)
}

var _ = ask(
	Question{"mandates-are-dense", "the mandates that a question touches, or what came of one, do not count from one", `
		SELECT question::text FROM mandates GROUP BY question HAVING max(n) <> count(*) OR min(n) <> 1
		UNION ALL SELECT question::text FROM mandate_settlements GROUP BY question, n HAVING max(turn) <> count(*) OR min(turn) <> 1`},
	Question{"mandates-end-settled", "something came of a mandate after it was settled, or before it was raised", `
		SELECT DISTINCT s.question::text FROM mandate_settlements s JOIN mandates m USING (question, n)
		WHERE s.at < m.at OR s.settled AND EXISTS (SELECT FROM mandate_settlements l WHERE l.question = s.question AND l.n = s.n AND l.turn > s.turn)`},
)
