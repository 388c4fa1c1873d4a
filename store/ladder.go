package store

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
)

func init() { promises["taken_back_once"] = domain.ErrNotInLadder }

// Unresolve ends a question without consensus, and records the first rung of the ladder.
func (s *Store) Unresolve(ctx context.Context, by Ask, question uuid.UUID, text string) (domain.Item, error) {
	return s.onLadder(ctx, by, "question.unresolve", question, func(t *tx, i domain.Item) error {
		q, first, err := i.Unresolve(by.Actor, text, t.now)
		if err != nil {
			return err
		}
		for _, r := range first {
			if err := t.insertRung(question, r); err != nil {
				return err
			}
		}
		return t.saveQuestion(&q)
	})
}

// ClimbLadder records the next rung of a question's ladder.
func (s *Store) ClimbLadder(ctx context.Context, by Ask, question uuid.UUID, text string) (domain.Item, error) {
	return s.onLadder(ctx, by, "ladder.climb", question, func(t *tx, i domain.Item) error {
		r, err := i.Climb(by.Actor, text, t.now)
		if err != nil {
			return err
		}
		q := i.Question
		return errors.Join(t.insertRung(question, r), t.saveQuestion(&q))
	})
}

// LeaveUndecided ends a question's ladder without a decision.
func (s *Store) LeaveUndecided(ctx context.Context, by Ask, question uuid.UUID, reason string) (domain.Item, error) {
	return s.onLadder(ctx, by, "ladder.end", question, func(t *tx, i domain.Item) error {
		q, end, err := i.LeaveUndecided(by.Actor, reason, t.now)
		if err != nil {
			return err
		}
		return errors.Join(t.insertLadderEnding(question, end), t.saveQuestion(&q))
	})
}

// TakenBack is how a question goes back to the body out of the ladder.
type TakenBack struct {
	Meeting   uuid.UUID         // Nil in writing
	Procedure charter.Procedure // "" as before
	Title     string
	Text      string
	Reason    string
}

// TakeBack puts a question without consensus to the body again, with the text that was
// worked out: another that follows it, on the agenda of a meeting.
func (s *Store) TakeBack(ctx context.Context, by Ask, question uuid.UUID, as TakenBack) (domain.Question, error) {
	return act(ctx, s, by, "ladder.return", func(t *tx) (domain.Question, error) {
		t.on("question", question)
		i, err := t.item(question, true)
		if err != nil {
			return i.Question, err
		}
		old, q, end, err := i.Return(by.Actor, as.Title, as.Text, as.Reason, t.now)
		if err != nil {
			return q, err
		}
		if as.Procedure != "" {
			q.Procedure = as.Procedure
		} else if as.Meeting == uuid.Nil {
			q.Procedure = charter.ByNoObjection
		}
		if err := errors.Join(t.insertLadderEnding(question, end), t.saveQuestion(&old)); err != nil {
			return q, err
		}
		put := func(q domain.Question) (domain.Question, error) { return t.list(as.Meeting, q) }
		if as.Meeting == uuid.Nil {
			put = t.circulate
		}
		if q, err = put(q); err != nil {
			return q, err
		}
		t.changed("follows", question)
		return q, nil
	})
}

// onLadder does an act on a question's ladder and shows what became of it.
func (s *Store) onLadder(ctx context.Context, by Ask, name string, question uuid.UUID, do func(*tx, domain.Item) error) (domain.Item, error) {
	return act(ctx, s, by, name, func(t *tx) (domain.Item, error) {
		t.on("question", question)
		if err := t.heardOut(question); err != nil {
			return domain.Item{}, err
		}
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

func (t *tx) insertRung(question uuid.UUID, r domain.Rung) error {
	t.changed("rung", r.Key)
	return t.Exec(`INSERT INTO rungs (question, n, key, text, person, at) VALUES (?, ?, ?, ?, ?, ?)`, question, r.N, r.Key, r.Text, r.Person, r.At).Error
}

func (t *tx) insertLadderEnding(question uuid.UUID, e domain.LadderEnding) error {
	return t.Exec(`INSERT INTO ladder_endings (question, outcome, reason, person, at) VALUES (?, ?, ?, ?, ?)`, question, string(e.As), e.Reason, e.Person, e.At).Error
}

// withLadder loads what was recorded of a question without consensus, and which
// questions stand before and after it.
func (t *tx) withLadder(i *domain.Item) (err error) {
	if i.Rungs, err = t.rungs(i.ID); err != nil {
		return err
	}
	if i.Ending, err = t.ladderEnding(i.ID); err != nil {
		return err
	}
	if i.Followed, err = t.agendumBeside(`q.id = (SELECT follows FROM questions WHERE id = ?)`, i.ID); err != nil {
		return err
	}
	if i.Followed != nil {
		if i.Followed.Rungs, err = t.rungs(i.Followed.Question); err != nil {
			return err
		}
	}
	i.NextItem, err = t.agendumBeside(`q.follows = ?`, i.ID)
	return err
}

func (t *tx) rungs(question uuid.UUID) (list []domain.Rung, err error) {
	err = t.each(`SELECT n, key, text, person, at FROM rungs WHERE question = ? ORDER BY n`, func(scan func(...any) error) error {
		var r domain.Rung
		list = append(list, r)
		last := &list[len(list)-1]
		return scan(&last.N, &last.Key, &last.Text, &last.Person, &last.At)
	}, question)
	return list, err
}

func (t *tx) ladderEnding(question uuid.UUID) (*domain.LadderEnding, error) {
	var e domain.LadderEnding
	err := missing(t.Raw(`SELECT outcome, reason, person, at FROM ladder_endings WHERE question = ?`, question).Row().Scan(&e.As, &e.Reason, &e.Person, &e.At))
	if errors.Is(err, domain.ErrMissing) {
		return nil, nil
	}
	return &e, err
}

// agendumBeside is the question before or after one in the ladder; nil where there is none.
func (t *tx) agendumBeside(condition string, id uuid.UUID) (*domain.Followed, error) {
	var f domain.Followed
	err := missing(t.Raw(`SELECT q.id, coalesce(q.written, m.ref || '/' || q.item) FROM questions q LEFT JOIN meetings m ON m.id = q.meeting WHERE `+condition, id).Row().Scan(&f.Question, &f.Ref))
	if errors.Is(err, domain.ErrMissing) {
		return nil, nil
	}
	return &f, err
}

// laddered notes which question without consensus, or waiting for capitals, if any, is
// about a proposal.
func (t *tx) laddered(g *domain.GrantCase) error {
	waits, err := t.agendumBeside(`q.proposal = ? AND q.state = 'unconfirmed'`, g.ID)
	if err != nil {
		return err
	}
	if waits != nil {
		g.Waiting = waits.Ref
	}
	f, err := t.agendumBeside(`q.proposal = ? AND q.state = 'unresolved'`, g.ID)
	if f != nil {
		g.InLadder, g.LadderItem = f.Question, f.Ref
	}
	return err
}

var _ = ask(
	Question{"unresolved-over-an-objection", "a question went into the ladder though it was never put, or nobody took a position on it", `
		SELECT q.id::text FROM questions q WHERE q.state IN ('unresolved', 'returned', 'undecided')
			AND (q.opened_at IS NULL OR q.closed_at IS NULL OR q.meeting IS NOT NULL AND NOT EXISTS (SELECT FROM positions p WHERE p.question = q.id))`},
	Question{"rungs-in-order", "the rungs of a ladder do not count from one, or one is older than the one before", `
		SELECT question::text FROM (SELECT question, n, at, row_number() OVER w AS place, lag(at) OVER w AS before FROM rungs WINDOW w AS (PARTITION BY question ORDER BY n)) x
		WHERE n <> place OR at < before GROUP BY question`},
	Question{"rungs-are-of-the-ladder", "a question has rungs that did not end without consensus, or a rung from before it did", `
		SELECT DISTINCT q.id::text FROM rungs r JOIN questions q ON q.id = r.question
		WHERE q.state NOT IN ('unresolved', 'returned', 'undecided', 'voided', 'withdrawn') OR r.at < q.closed_at`},
	Question{"ladders-end-once", "a question left the ladder without a word on how, or says that it did and has not", `
		SELECT q.id::text FROM questions q LEFT JOIN ladder_endings e ON e.question = q.id
		WHERE (q.state IN ('returned', 'undecided')) <> (e.question IS NOT NULL) OR e.outcome <> q.state`},
	Question{"taken-back-is-followed", "a question went back to the body and no other follows it, or one follows what did not", `
		SELECT q.id::text FROM questions q LEFT JOIN questions f ON f.follows = q.id WHERE (q.state = 'returned') <> (f.id IS NOT NULL)`},
	Question{"one-question-beside-the-ladder", "a proposal is before the body twice while a question about it is without consensus", `
		SELECT q.id::text FROM questions q JOIN questions o ON o.proposal = q.proposal AND o.id <> q.id AND o.opened_at > q.closed_at
		WHERE q.state = 'unresolved' AND o.state IN ('listed', 'open', 'unconfirmed', 'unresolved')`},
)
