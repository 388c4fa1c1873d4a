package store

import (
	"context"
	"database/sql"

	"github.com/google/uuid"

	"startupfund/domain"
)

// ProposeText keeps another text for a question: of by's own seat, or of the one named
// where the secretariat writes it down.
func (s *Store) ProposeText(ctx context.Context, by Ask, question, seat uuid.UUID, text, reason string) (domain.Item, error) {
	return act(ctx, s, by, "text.propose", func(t *tx) (domain.Item, error) {
		t.on("question", question)
		i, err := t.item(question, true)
		if err != nil {
			return i, err
		}
		x, err := i.ProposeText(by.Actor, seat, text, reason, t.now)
		if err != nil {
			return i, err
		}
		t.changed("seat", x.Seat)
		t.changed("n", x.N)
		if err := t.Exec(`INSERT INTO proposed_texts (question, n, seat, organisation, text, reason, person, at)
			SELECT ?, ?, ?, id, ?, ?, ?, ? FROM organisations WHERE code = ?`, question, x.N, x.Seat, x.Text, x.Reason, x.Person, x.At, x.Code).Error; err != nil {
			return i, err
		}
		if err := t.saveQuestion(&i.Question); err != nil {
			return i, err
		}
		return t.item(question, false)
	})
}

// AnswerText takes a proposed text, which then is the question's, or does not. Stays says
// that the sum which goes with the item stays.
func (s *Store) AnswerText(ctx context.Context, by Ask, question uuid.UUID, n int, accept, stays bool, reason string) (domain.Item, error) {
	name := "text.decline"
	if accept {
		name = "text.accept"
	}
	return act(ctx, s, by, name, func(t *tx) (domain.Item, error) {
		t.on("question", question)
		i, err := t.item(question, true)
		if err != nil {
			return i, err
		}
		a, err := i.AnswerText(by.Actor, n, accept, reason, t.now)
		if err != nil {
			return i, err
		}
		if err := i.SumStays(accept, stays); err != nil {
			return i, err
		}
		t.changed("n", n)
		var version *int
		if a.Accepted {
			version = &a.Version
			t.changed("text_version", a.Version)
		}
		if err := t.Exec(`INSERT INTO text_answers (question, n, version, reason, person, at) VALUES (?, ?, ?, ?, ?, ?)`,
			question, n, version, a.Reason, a.Person, a.At).Error; err != nil {
			return i, err
		}
		if err := t.saveQuestion(&i.Question); err != nil {
			return i, err
		}
		return t.item(question, false)
	})
}

func (t *tx) proposedTexts(question uuid.UUID) (list []domain.ProposedText, err error) {
	err = t.each(`SELECT x.n, x.seat, s.name, o.code, x.text, x.reason, x.person, x.at, a.version, a.reason, a.person, a.at
		FROM proposed_texts x JOIN seats s ON s.id = x.seat JOIN organisations o ON o.id = x.organisation
		LEFT JOIN text_answers a ON a.question = x.question AND a.n = x.n WHERE x.question = ? ORDER BY x.n`, func(scan func(...any) error) error {
		var x domain.ProposedText
		var version sql.NullInt64
		var reason sql.NullString
		var person uuid.NullUUID
		var at sql.NullTime
		if err := scan(&x.N, &x.Seat, &x.Name, &x.Code, &x.Text, &x.Reason, &x.Person, &x.At, &version, &reason, &person, &at); err != nil {
			return err
		}
		if person.Valid {
			x.Answer = &domain.TextAnswer{Accepted: version.Valid, Version: int(version.Int64), Reason: reason.String, Person: person.UUID, At: at.Time}
		}
		list = append(list, x)
		return nil
	}, question)
	return list, err
}

var _ = ask(
	Question{"texts-are-dense", "the texts proposed for a question, or the versions of its text, are not numbered one after the other", `
		SELECT question::text FROM proposed_texts GROUP BY question HAVING max(n) <> count(*)
		UNION SELECT question::text FROM text_answers WHERE version IS NOT NULL GROUP BY question HAVING max(version) <> count(*) + 1`},
	Question{"texts-before-the-end", "a text was proposed or answered after its question was closed, or answered before it was proposed", `
		SELECT DISTINCT q.id::text FROM proposed_texts x JOIN questions q ON q.id = x.question LEFT JOIN text_answers a ON a.question = x.question AND a.n = x.n
		WHERE x.at > q.closed_at OR a.at > q.closed_at OR a.at < x.at`},
	Question{"decided-texts-are-answered", "a question was decided while a proposed text had no answer", `
		SELECT DISTINCT x.question::text FROM proposed_texts x JOIN questions q ON q.id = x.question LEFT JOIN text_answers a ON a.question = x.question AND a.n = x.n
		WHERE q.state IN ('adopted', 'not-adopted') AND a.n IS NULL`},
	Question{"decided-as-it-stood", "a decision's text is not the last that its question had", `
		SELECT d.number FROM decisions d JOIN questions q ON q.id = d.question
		WHERE d.text <> coalesce((SELECT x.text FROM proposed_texts x JOIN text_answers a USING (question, n) WHERE x.question = q.id AND a.version IS NOT NULL ORDER BY a.version DESC LIMIT 1), q.text)`},
	Question{"positions-on-a-text", "a position is on a text that the question did not have when it was taken", `
		SELECT DISTINCT p.question::text FROM positions p
		WHERE p.text > 1 AND NOT EXISTS (SELECT FROM text_answers a WHERE a.question = p.question AND a.version = p.text AND a.at <= p.at)
			OR EXISTS (SELECT FROM text_answers a WHERE a.question = p.question AND a.version = p.text + 1 AND a.at < p.at)`},
)
