package store

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"startupfund/domain"
)

// CloseMeeting ends it; whoever is in the room leaves, and each item that it did not reach
// goes where list says.
func (s *Store) CloseMeeting(ctx context.Context, by Ask, id uuid.UUID, list []domain.Unreached) (domain.Meeting, error) {
	return act(ctx, s, by, "meeting.close", func(t *tx) (domain.Meeting, error) {
		t.on("meeting", id)
		m, err := t.meeting(id, "FOR UPDATE")
		if err != nil {
			return m, err
		}
		underWay, err := t.underWay(id)
		if err != nil {
			return m, err
		}
		closed, err := m.Close(by.Actor, underWay, t.now)
		if err != nil {
			return m, err
		}
		if err := t.settleItems(m, list); err != nil {
			return m, err
		}
		if err := t.Exec(`UPDATE presences SET left_at = ? WHERE meeting = ? AND left_at IS NULL`, t.now, id).Error; err != nil {
			return m, err
		}
		if err := t.Exec(`UPDATE attendances SET left_at = greatest(came_at, ?) WHERE meeting = ? AND left_at IS NULL`, t.now, id).Error; err != nil {
			return m, err
		}
		return closed, t.saveMeeting(&closed)
	})
}

// CancelMeeting calls off a meeting that has not opened, and each item on its agenda goes
// where list says.
func (s *Store) CancelMeeting(ctx context.Context, by Ask, id uuid.UUID, reason string, list []domain.Unreached) (domain.Meeting, error) {
	return act(ctx, s, by, "meeting.cancel", func(t *tx) (domain.Meeting, error) {
		t.on("meeting", id)
		m, err := t.meeting(id, "FOR UPDATE")
		if err != nil {
			return m, err
		}
		off, x, err := m.Cancel(by.Actor, reason, t.now)
		if err != nil {
			return m, err
		}
		if err := t.settleItems(m, list); err != nil {
			return m, err
		}
		if err := t.Exec(`INSERT INTO meeting_cancellations (meeting, reason, person, at) VALUES (?, ?, ?, ?)`, id, x.Reason, x.Person, x.At).Error; err != nil {
			return m, err
		}
		return off, t.saveMeeting(&off)
	})
}

// settleItems carries each listed item of a meeting that ends over to another, or takes it
// off the agenda, and tells those before whom it is of each.
func (t *tx) settleItems(m domain.Meeting, list []domain.Unreached) error {
	listed, err := t.questions(`q.meeting = ? AND q.state = 'listed' ORDER BY q.item`, m.ID)
	if err != nil {
		return err
	}
	others, err := t.othersOf(list)
	if err != nil {
		return err
	}
	if err := m.Settled(listed, list, others); err != nil {
		return err
	}
	subject := t.subject
	defer func() { t.subject = subject }()
	var carried, off []uuid.UUID
	for n, u := range list {
		t.on("question", u.Item)
		if u.To == uuid.Nil {
			if err := t.takeOff(u, n); err != nil {
				return err
			}
			off = append(off, u.Item)
			continue
		}
		at := slices.IndexFunc(listed, func(q domain.Question) bool { return q.ID == u.Item })
		if err := t.carry(listed[at], m, others[u.To]); err != nil {
			return err
		}
		carried = append(carried, u.Item)
	}
	delete(t.changes, "state") // of the items: the meeting's own follows
	if len(carried) > 0 {
		t.changed("carried", carried)
	}
	if len(off) > 0 {
		t.changed("withdrawn", off)
	}
	return nil
}

// othersOf are the meetings that are to take items over, held still in the order of their ids.
func (t *tx) othersOf(list []domain.Unreached) (map[uuid.UUID]domain.Meeting, error) {
	ids := []uuid.UUID{}
	for _, u := range list {
		if u.To != uuid.Nil {
			ids = append(ids, u.To)
		}
	}
	meetings, err := t.meetings(`id IN ? ORDER BY id FOR UPDATE`, append(ids, uuid.Nil))
	others := map[uuid.UUID]domain.Meeting{}
	for _, m := range meetings {
		others[m.ID] = m
	}
	return others, err
}

// takeOff is the nth of the items that a meeting did not reach, taken off its agenda.
func (t *tx) takeOff(u domain.Unreached, n int) error {
	i, err := t.item(u.Item, true)
	if err != nil {
		return err
	}
	q, w, err := i.Withdraw(t.by, u.Reason, t.now)
	if err != nil {
		return domain.AtItem(err, n)
	}
	if err := t.withdraw(&q, w); err != nil {
		return err
	}
	return t.tellOnce("question.withdraw", map[uuid.UUID]bool{})
}

// carry puts an item on the agenda of another meeting, as it is.
func (t *tx) carry(q domain.Question, from, to domain.Meeting) error {
	c, err := t.charterOf(to.CharterVersion)
	if err != nil {
		return err
	}
	var number, n int
	if err := t.Raw(`SELECT coalesce((SELECT max(item) FROM questions WHERE meeting = ?), 0) + 1, (SELECT count(*) + 1 FROM carried_items WHERE question = ?)`, to.ID, q.ID).Row().
		Scan(&number, &n); err != nil {
		return err
	}
	q, x := q.Carried(t.by, from, to, c, number, t.now)
	if err := t.Exec(`INSERT INTO carried_items (question, n, meeting, item, late, taken_by, person, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		x.Question, n, x.Meeting, x.Item, x.Late, x.To, x.Person, x.At).Error; err != nil {
		return err
	}
	if err := t.Exec(`UPDATE questions SET meeting = ?, item = ?, late = ?, version = version + 1 WHERE id = ?`, q.Meeting, q.Number, q.Late, q.ID).Error; err != nil {
		return err
	}
	return t.tellOnce("question.list", map[uuid.UUID]bool{})
}

// CarriedOver is what a meeting did not reach, and where it stands now.
type CarriedOver struct {
	domain.CarriedItem
	Question domain.Question
}

// withCarried fills in what was carried over from a meeting, and to it.
func (t *tx) withCarried(f *MeetingFile) error {
	left, err := t.carried(`x.meeting = ?`, f.ID)
	if err != nil {
		return err
	}
	ids := make([]uuid.UUID, 0, len(left)+1)
	for _, x := range left {
		ids = append(ids, x.Question)
	}
	items, err := t.questions(`q.id IN ?`, append(ids, uuid.Nil))
	if err != nil {
		return err
	}
	if err := t.titled(items); err != nil {
		return err
	}
	for _, x := range left {
		at := slices.IndexFunc(items, func(q domain.Question) bool { return q.ID == x.Question })
		f.Carried = append(f.Carried, CarriedOver{x, items[at]})
	}
	came, err := t.carried(`x.taken_by = ?`, f.ID)
	f.Came = map[uuid.UUID]domain.CarriedItem{}
	for _, x := range came {
		f.Came[x.Question] = x
	}
	return err
}

func (t *tx) carried(condition string, args ...any) (list []domain.CarriedItem, err error) {
	err = t.each(`SELECT x.question, x.n, x.meeting, m.ref, x.item, x.late, x.taken_by, o.ref, x.person, x.at FROM carried_items x
		JOIN meetings m ON m.id = x.meeting JOIN meetings o ON o.id = x.taken_by WHERE `+condition+` ORDER BY x.item`, func(scan func(...any) error) error {
		var x domain.CarriedItem
		err := scan(&x.Question, &x.N, &x.Meeting, &x.Ref, &x.Item, &x.Late, &x.To, &x.ToRef, &x.Person, &x.At)
		list = append(list, x)
		return err
	}, args...)
	return list, err
}

var _ = ask(
	Question{"listed-where-it-can-be-put", "an item is listed at a meeting that is over or was called off", `
		SELECT q.id::text FROM questions q JOIN meetings m ON m.id = q.meeting WHERE q.state IN ('listed', 'open') AND m.state IN ('closed', 'cancelled')`},
	Question{"called-off-for-a-reason", "a meeting was called off without a word, or one that was called off opened", `
		SELECT m.ref FROM meetings m LEFT JOIN meeting_cancellations x ON x.meeting = m.id
		WHERE (m.state = 'cancelled') <> (x.meeting IS NOT NULL) OR x.meeting IS NOT NULL AND (m.opened_at IS NOT NULL OR EXISTS (SELECT FROM presences p WHERE p.meeting = m.id))`},
	Question{"carried-from-what-ended", "an item was carried over from a meeting that did not end then", `
		SELECT x.question::text FROM carried_items x JOIN meetings m ON m.id = x.meeting LEFT JOIN meeting_cancellations o ON o.meeting = m.id
		WHERE x.at IS DISTINCT FROM coalesce(o.at, m.closed_at)`},
	Question{"carried-on-from-where-it-went", "an item stands elsewhere than where it was carried over to last", `
		SELECT x.question::text FROM carried_items x LEFT JOIN carried_items y ON y.question = x.question AND y.n = x.n + 1 JOIN questions q ON q.id = x.question
		WHERE x.taken_by <> coalesce(y.meeting, q.meeting) OR x.n > 1 AND NOT EXISTS (SELECT FROM carried_items z WHERE z.question = x.question AND z.n = x.n - 1)`},
)
