package store

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
)

func init() { promises["referendum_answers_pkey"] = domain.ErrReferendumAnswered }

// ConfirmPosition keeps what a capital says of what by's seat joined ad referendum.
func (s *Store) ConfirmPosition(ctx context.Context, by Ask, question, seat uuid.UUID, confirmed bool, reason string) (domain.Item, error) {
	by.arrives = question
	return act(ctx, s, by, "position.confirm", func(t *tx) (domain.Item, error) {
		t.on("question", question)
		i, err := t.item(question, true)
		if err != nil {
			return i, err
		}
		x, err := i.Confirm(by.Actor, seat, confirmed, reason, t.now)
		if err != nil {
			return i, err
		}
		t.changed("seat", x.Seat)
		t.changed("confirmed", x.Confirmed)
		if err := t.Exec(`INSERT INTO referendum_answers (question, seat, confirmed, reason, person, at) VALUES (?, ?, ?, ?, ?, ?)`,
			question, x.Seat, x.Confirmed, x.Reason, x.Person, x.At).Error; err != nil {
			return i, err
		}
		return t.item(question, false)
	})
}

// refers begins the referendum of a question that was announced, where there is one.
func (t *tx) refers(i domain.Item, q domain.Question, a domain.Arithmetic) error {
	r := i.Refers(q, a)
	if r == nil {
		return nil
	}
	t.changed("referendum_ends_at", r.EndsAt)
	if err := t.Exec(`INSERT INTO referenda (question, waits, at, ends_at) VALUES (?, ?, ?, ?)`, q.ID, r.Waits, r.At, r.EndsAt).Error; err != nil {
		return err
	}
	for _, p := range i.Room {
		if err := t.Exec(`INSERT INTO referendum_rooms (question, presence) VALUES (?, ?)`, q.ID, p.ID).Error; err != nil {
			return err
		}
	}
	return t.watchReferendum(q.ID, r.EndsAt)
}

// roomOf lists those present at an item: now, when it was closed, or, where capitals were
// waited for, as they were noted at its announcement. What it comes to is counted by them
// long after, and an act's time alone does not tell whether somebody left before or after.
func (t *tx) roomOf(i domain.Item) ([]domain.Presence, error) {
	if i.Referendum == nil {
		return t.room(i.Meeting, i.ClosedAt)
	}
	return t.presences(i.Meeting, `p.id IN (SELECT presence FROM referendum_rooms WHERE question = ?)`, i.ID)
}

// referendum loads that of a question; nil where there is none.
func (t *tx) referendum(question uuid.UUID) (*domain.Referendum, error) {
	var r domain.Referendum
	err := missing(t.Raw(`SELECT waits, at, ends_at FROM referenda WHERE question = ?`, question).Row().Scan(&r.Waits, &r.At, &r.EndsAt))
	if errors.Is(err, domain.ErrMissing) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &r, t.each(`SELECT a.seat, s.name, o.code, a.confirmed, a.reason, a.person, p.name, a.at FROM referendum_answers a JOIN seats s ON s.id = a.seat
		JOIN question_rolls q ON q.question = a.question AND q.seat = a.seat JOIN organisations o ON o.id = q.organisation
		JOIN persons p ON p.id = a.person WHERE a.question = ? ORDER BY s.name`, func(scan func(...any) error) error {
		var x domain.ReferendumAnswer
		err := scan(&x.Seat, &x.Name, &x.Code, &x.Confirmed, &x.Reason, &x.Person, &x.By, &x.At)
		r.Given = append(r.Given, x)
		return err
	}, question)
}

// unreferred are the referenda on which by's capital has not spoken, and what waits for
// by to announce or to end, now that the capitals have.
func (t *tx) unreferred() (list []domain.Task, err error) {
	var ids []uuid.UUID
	if err := t.Raw(`SELECT r.question FROM referenda r JOIN questions q ON q.id = r.question
		WHERE q.state = 'unconfirmed' OR q.state = 'adopted' AND r.ends_at > ? ORDER BY r.ends_at LIMIT ?`, t.now, mostTasks).Scan(&ids).Error; err != nil {
		return nil, err
	}
	for _, id := range ids {
		i, err := t.item(id, false)
		if err != nil {
			return nil, err
		}
		if _, hidden := i.Hidden(t.by); hidden {
			continue
		}
		task := domain.Task{Subject: "question", ID: id.String(), Ref: i.Ref(), Title: i.Title, Language: i.Question.Language, Since: i.Referendum.At, Due: &i.Referendum.EndsAt}
		list = append(list, task.Waits(t.by.Hat.Role, i.May(t.by))...)
	}
	return list, nil
}

// watchReferendum has people told a day before an end, and at it.
func (t *tx) watchReferendum(question uuid.UUID, ends time.Time) error {
	if t.store.mute { // what is invented was told long ago
		return nil
	}
	for _, at := range []time.Time{ends.Add(-silenceWarning), ends} {
		if at.After(t.now) {
			if err := t.later(SilenceDue{question}, at.Sub(t.now)); err != nil {
				return err
			}
		}
	}
	return nil
}

// oldNews is how long after its end nobody is told any more that the time of capitals on
// what was adopted is over.
const oldNews = 14 * 24 * time.Hour

// RemindReferenda tells of every referendum that nears its end or has come to it, and of
// which nobody was told.
func (s *Store) RemindReferenda(ctx context.Context) error {
	ids, err := read(ctx, s, domain.Actor{}, func(t *tx) (ids []uuid.UUID, err error) {
		return ids, t.Raw(`SELECT r.question FROM referenda r JOIN questions q ON q.id = r.question
			WHERE (q.state = 'unconfirmed' OR q.state = 'adopted' AND r.ends_at > ?) AND r.ends_at <= ?
			AND NOT EXISTS (SELECT FROM referendum_reminders m WHERE m.question = r.question AND m.kind = 'over') ORDER BY r.ends_at LIMIT ?`,
			t.now.Add(-oldNews), t.now.Add(silenceWarning), mostSilences).Scan(&ids).Error
	})
	for _, id := range ids {
		err = errors.Join(err, s.RemindReferendum(ctx, id))
	}
	return err
}

// RemindReferendum tells the body that a capital's time nears its end, or whoever steers
// and the secretariat that it is over; each once.
func (s *Store) RemindReferendum(ctx context.Context, question uuid.UUID) error {
	return s.remindOnce(ctx, "referendum.remind", "question", question, func(t *tx) (bool, error) {
		i, err := t.item(question, true)
		if err != nil || i.Referendum == nil || i.State != domain.QuestionUnconfirmed && i.State != domain.QuestionAdopted {
			return false, err
		}
		stage := domain.StageSilenceEnding
		switch {
		case i.State == domain.QuestionAdopted && i.CapitalsAnswered():
			return false, nil
		case !t.now.Before(i.Referendum.EndsAt):
			stage = domain.StageSilenceOver
		case i.Referendum.EndsAt.Sub(t.now) > silenceWarning || i.Arithmetic().Unconfirmed == 0:
			return false, nil
		}
		t.changed("state", stage)
		return t.first(`INSERT INTO referendum_reminders (question, kind, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, question, stage, t.now)
	})
}

// inReferendum fits what is told to a question that somebody joined ad referendum: until
// when capitals may speak, and what one said.
func (t *tx) inReferendum(f fact) fact {
	r := f.item.Referendum
	if r == nil {
		return f
	}
	f.params["closes"] = r.EndsAt.UTC().Format(time.RFC3339)
	if stage, ok := t.changes["state"].(string); ok && (stage == domain.StageSilenceEnding || stage == domain.StageSilenceOver) {
		f.stage = stage
	}
	if seat, ok := t.changes["seat"].(uuid.UUID); ok {
		for _, x := range r.Given {
			if x.Seat == seat {
				f.params["organisation"] = x.Code
				if !x.Confirmed {
					f.stage = domain.StageNotConfirmed
				}
			}
		}
	}
	return f
}

var _ = ask(
	Question{"referenda-are-of-positions", "a question is said to wait for capitals, or to have been joined ad referendum, and no position on it was", `
		SELECT r.question::text FROM referenda r WHERE NOT EXISTS (SELECT FROM positions p WHERE p.question = r.question)
		UNION ALL SELECT q.id::text FROM questions q WHERE q.state = 'unconfirmed' AND NOT EXISTS (SELECT FROM referenda r WHERE r.question = q.id AND r.waits)`},
	Question{"referenda-begin-with-the-announcement", "capitals were asked at another time than the one at which their question was announced", `
		SELECT q.id::text FROM referenda r JOIN questions q ON q.id = r.question WHERE q.closed_at IS DISTINCT FROM r.at`},
	Question{"capitals-answer-in-time", "a capital answered before it was asked, after its end, or for a seat that is not on the roll or takes no part", `
		SELECT a.question::text FROM referendum_answers a JOIN referenda r USING (question) LEFT JOIN question_rolls x USING (question, seat)
		WHERE a.at < r.at OR a.at >= r.ends_at OR x.seat IS NULL OR x.recused OR NOT EXISTS (SELECT FROM positions p WHERE p.question = a.question AND p.seat = a.seat)`},
	Question{"the-outcome-waited", "a decision whose outcome waits for capitals was adopted while one could still speak, or though one had refused", `
		SELECT d.number FROM decisions d JOIN referenda r USING (question) WHERE r.waits AND EXISTS (SELECT FROM referendum_answers a WHERE a.question = r.question AND NOT a.confirmed)
		UNION ALL SELECT d.number FROM decisions d JOIN referenda r USING (question) WHERE r.waits AND d.adopted_at < r.ends_at
			AND NOT EXISTS (SELECT FROM referendum_answers a WHERE a.question = r.question)`},
)
