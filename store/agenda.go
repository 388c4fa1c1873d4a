package store

import (
	"context"
	"database/sql"

	"github.com/google/uuid"

	"startupfund/domain"
)

func init() { promises["item_answers_pkey"] = domain.ErrItemAnswered }

// ProposeItem keeps what a member asks the agenda of a meeting to have.
func (s *Store) ProposeItem(ctx context.Context, by Ask, meeting uuid.UUID, x domain.ProposedItem) (domain.ProposedItem, error) {
	return act(ctx, s, by, "item.propose", func(t *tx) (domain.ProposedItem, error) {
		m, err := t.meeting(meeting, "FOR SHARE")
		if err != nil {
			return x, err
		}
		sitting, err := t.sitting(t.today())
		if err != nil {
			return x, err
		}
		c, err := t.charterOf(m.CharterVersion)
		if err != nil {
			return x, err
		}
		if x, err = m.Propose(c, by.Actor, sitting, x, t.now); err != nil {
			return x, err
		}
		t.on("proposed-item", x.ID)
		t.changed("meeting", m.Ref)
		t.changed("organisation", x.Code)
		return x, t.Exec(`INSERT INTO proposed_items (id, meeting, organisation, person, title, text, reason, language, late, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			x.ID, x.Meeting, x.Organisation, x.Person, x.Title, x.Text, x.Reason, x.Language, x.Late, x.At).Error
	})
}

// AnswerItem takes a proposed item of a meeting on, or declines it.
func (s *Store) AnswerItem(ctx context.Context, by Ask, meeting, id uuid.UUID, take bool, note string) (domain.ProposedItem, error) {
	name := "item.decline"
	if take {
		name = "item.take"
	}
	return act(ctx, s, by, name, func(t *tx) (x domain.ProposedItem, err error) {
		t.on("proposed-item", id)
		m, err := t.meeting(meeting, "FOR UPDATE") // one answer at a time
		if err != nil {
			return x, err
		}
		if x, err = only(t.proposedItems(`x.id = ? AND x.meeting = ?`, id, meeting)); err != nil {
			return x, err
		}
		a, err := m.AnswerItem(by.Actor, x, take, note, t.now)
		if err != nil {
			return x, err
		}
		t.concerned, x.Answer = x.Person, &a
		t.changed("meeting", m.Ref)
		t.changed("taken", a.Taken)
		return x, t.Exec(`INSERT INTO item_answers (item, taken, note, person, at) VALUES (?, ?, ?, ?, ?)`, id, a.Taken, a.Note, a.Person, a.At).Error
	})
}

// comesOf holds a question that names a proposed item to those of its meeting.
func (t *tx) comesOf(q domain.Question, meeting uuid.UUID) error {
	if q.ProposedItem == uuid.Nil {
		return nil
	}
	items, err := t.proposedItems(`x.meeting = ?`, meeting)
	if err != nil {
		return err
	}
	return q.ComesOf(items)
}

func (t *tx) proposedItems(condition string, args ...any) (list []domain.ProposedItem, err error) {
	err = t.each(`SELECT x.id, x.meeting, x.organisation, o.code, x.person, x.title, x.text, x.reason, x.language, x.late, x.at, a.taken, a.note, a.person, a.at
		FROM proposed_items x JOIN organisations o ON o.id = x.organisation LEFT JOIN item_answers a ON a.item = x.id WHERE `+condition, func(scan func(...any) error) error {
		var x domain.ProposedItem
		var taken sql.NullBool
		var note sql.NullString
		var person uuid.NullUUID
		var at sql.NullTime
		if err := scan(&x.ID, &x.Meeting, &x.Organisation, &x.Code, &x.Person, &x.Title, &x.Text, &x.Reason, &x.Language, &x.Late, &x.At, &taken, &note, &person, &at); err != nil {
			return err
		}
		if taken.Valid {
			x.Answer = &domain.ItemAnswer{Taken: taken.Bool, Note: note.String, Person: person.UUID, At: at.Time}
		}
		list = append(list, x)
		return nil
	}, args...)
	return list, err
}

// unansweredItems are what members asked agendas to have, and nobody has answered: each
// waits at its meeting.
func (t *tx) unansweredItems() (list []domain.Task, err error) {
	err = t.each(`SELECT x.meeting::text, m.ref, x.title, x.language, x.at FROM proposed_items x JOIN meetings m ON m.id = x.meeting
		WHERE NOT EXISTS (SELECT FROM item_answers a WHERE a.item = x.id) ORDER BY x.at, x.id LIMIT ?`, func(scan func(...any) error) error {
		task := domain.Task{Subject: "meeting"}
		if err := scan(&task.ID, &task.Ref, &task.Title, &task.Language, &task.Since); err != nil {
			return err
		}
		list = append(list, task.Waits(t.by.Hat.Role, []string{"item.answer"})...)
		return nil
	}, mostTasks)
	return list, err
}

var _ = ask(
	Question{"items-before-their-meeting", "an agenda item was proposed once its meeting had opened", `
		SELECT x.id::text FROM proposed_items x JOIN meetings m ON m.id = x.meeting WHERE x.at > m.opened_at`},
	Question{"items-answered-after-they-were-proposed", "a proposed item was answered before it was proposed, or taken on once its meeting was over", `
		SELECT x.id::text FROM proposed_items x JOIN item_answers a ON a.item = x.id JOIN meetings m ON m.id = x.meeting
		WHERE a.at < x.at OR a.taken AND a.at > m.closed_at`},
	Question{"questions-come-of-items-taken-on", "a question comes of a proposed item that is another meeting's, or was not taken on", `
		SELECT q.id::text FROM questions q JOIN proposed_items x ON x.id = q.proposed_item LEFT JOIN item_answers a ON a.item = x.id
		WHERE q.meeting IS DISTINCT FROM x.meeting AND NOT EXISTS (SELECT FROM carried_items c WHERE c.question = q.id AND c.meeting = x.meeting) OR a.taken IS NOT TRUE`},
)
