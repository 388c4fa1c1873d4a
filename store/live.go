package store

import (
	"context"

	"github.com/google/uuid"

	"startupfund/domain"
)

// TurnMeeting says which item an open meeting is at; Nil is none.
func (s *Store) TurnMeeting(ctx context.Context, by Ask, meeting, item uuid.UUID) (domain.Meeting, error) {
	return act(ctx, s, by, "meeting.turn", func(t *tx) (domain.Meeting, error) {
		t.on("meeting", meeting)
		m, err := t.meeting(meeting, "FOR UPDATE")
		if err != nil {
			return m, err
		}
		agenda, err := t.questions(`q.meeting = ?`, meeting)
		if err != nil {
			return m, err
		}
		if m, err = m.Turn(by.Actor, agenda, item); err != nil {
			return m, err
		}
		t.changed("present", item)
		return m, t.saveMeeting(&m)
	})
}

// Pulse is where a meeting is, and a word that is another one when anything of it has changed
// that its page shows. Who takes which position has no part in it: nobody who is out of an
// item's sight can count them by its beats.
type Pulse struct {
	Word    string
	State   domain.MeetingState
	Present uuid.UUID
}

// Pulse reads it.
func (s *Store) Pulse(ctx context.Context, by domain.Actor, meeting uuid.UUID) (Pulse, error) {
	return read(ctx, s, by, func(t *tx) (p Pulse, err error) {
		var present uuid.NullUUID
		err = t.Raw(`SELECT m.state, m.present, concat_ws(' ', m.version,
			(SELECT concat(count(*), '-', sum(version)) FROM questions WHERE meeting = m.id),
			(SELECT concat(count(*), '-', count(left_at)) FROM presences WHERE meeting = m.id),
			(SELECT concat(count(*), '-', count(left_at)) FROM attendances WHERE meeting = m.id),
			(SELECT count(*) FROM interests i JOIN questions q ON q.id = i.question WHERE q.meeting = m.id),
			(SELECT concat(count(*), '-', count(a.item)) FROM proposed_items x LEFT JOIN item_answers a ON a.item = x.id WHERE x.meeting = m.id))
			FROM meetings m WHERE m.id = ?`, meeting).Row().Scan(&p.State, &present, &p.Word)
		p.Present = present.UUID
		return p, missing(err)
	})
}

var _ = ask(
	Question{"present-items-of-open-meetings", "a meeting that is not open is at an item, or one is at an item that is not its own", `
		SELECT m.id::text FROM meetings m LEFT JOIN questions q ON q.id = m.present WHERE m.present IS NOT NULL AND (m.state <> 'open' OR q.meeting IS DISTINCT FROM m.id)`},
)
