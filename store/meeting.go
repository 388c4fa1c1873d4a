package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
)

// PlanMeeting puts a meeting on the calendar.
func (s *Store) PlanMeeting(ctx context.Context, by Ask, p domain.MeetingPlan) (domain.Meeting, error) {
	return act(ctx, s, by, "meeting.plan", func(t *tx) (domain.Meeting, error) {
		m, err := domain.PlanMeeting(p, t.charter, t.now)
		if err != nil {
			return m, err
		}
		year := t.charter.Day(m.StartsAt).Year()
		n, err := t.next(fmt.Sprintf("meeting:%d", year))
		if err != nil {
			return m, err
		}
		m.Ref = fmt.Sprintf("M-%d-%02d", year, n)
		t.on("meeting", m.ID)
		t.changed("ref", m.Ref)
		return m, t.Exec(`INSERT INTO meetings (id, ref, title, starts_at, state, charter_version, created_at, held, place, link, ends_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			m.ID, m.Ref, m.Title, m.StartsAt, string(m.State), m.CharterVersion, t.now, string(m.Held), m.Place, m.Link, instantOrNull(m.EndsAt)).Error
	})
}

// OpenMeeting begins it, with by in the chair and, where the Chair's seat is
// held, in the room for it.
func (s *Store) OpenMeeting(ctx context.Context, by Ask, id uuid.UUID) (domain.Meeting, error) {
	return act(ctx, s, by, "meeting.open", func(t *tx) (domain.Meeting, error) {
		t.on("meeting", id)
		m, err := t.meeting(id, "FOR UPDATE")
		if err != nil {
			return m, err
		}
		sitting, err := t.sitting(t.today())
		if err != nil {
			return m, err
		}
		if m, err = m.Open(by.Actor, sitting, t.now); err != nil {
			return m, err
		}
		if err := t.saveMeeting(&m); err != nil {
			return m, err
		}
		if p, _, err := m.Join(by.Actor, uuid.Nil, sitting, nil, t.now); err == nil {
			return m, t.insertPresence(p)
		}
		return m, nil
	})
}

// Designate puts somebody present in the chair of a meeting or, before it opens, names who
// is to preside over it; Nil takes that back.
func (s *Store) Designate(ctx context.Context, by Ask, id, person uuid.UUID) (domain.Meeting, error) {
	return act(ctx, s, by, "meeting.designate", func(t *tx) (domain.Meeting, error) {
		t.on("meeting", id)
		m, err := t.meeting(id, "FOR UPDATE")
		if err != nil {
			return m, err
		}
		c, err := t.charterOf(m.CharterVersion)
		if err != nil {
			return m, err
		}
		room, err := t.room(id, nil)
		if err != nil {
			return m, err
		}
		accredited, err := t.accreditedTo(id)
		if err != nil {
			return m, err
		}
		if m, err = m.Designate(c, person, room, accredited); err != nil {
			return m, err
		}
		t.changed("presiding", person)
		return m, t.saveMeeting(&m)
	})
}

// MeetingFile is a meeting with its agenda and who is in the room.
type MeetingFile struct {
	domain.Meeting
	May    []string // acts that the domain would not refuse; policy has its own say
	Agenda []domain.Question
	Room   []domain.Presence
	// Attending are those who are or were there without a seat; Attendees the capacities
	// in which the charter lets anybody be.
	Attending []domain.Attendance
	Attendees []charter.Attendee
	Items     []domain.ProposedItem // that members asked the agenda to have
	Due       domain.Due            // until when items are asked for and listed
	// Decisions are the numbers of those that came of it, by their question.
	Decisions map[uuid.UUID]string
	Carried   []CarriedOver                    // what it did not reach and another meeting took over
	Came      map[uuid.UUID]domain.CarriedItem // by question: the meeting that did not reach what stands on its agenda
}

var meetingsListed = listing{
	from: "meetings m", id: "m.ref", said: `concat_ws(' ', m.ref, m.title)`, fields: map[string]string{"state": "m.state IN ?"},
	orders: map[string]column{"ref": {"m.ref", "text"}, "title": {"folded(m.title)", "text"}, "at": {"m.starts_at", "timestamptz"}, "state": {"m.state", "text"}},
	first:  "-at",
}

// Meetings lists them page by page, without agenda and room.
func (s *Store) Meetings(ctx context.Context, by domain.Actor, f ListAsk) (Page[MeetingFile], error) {
	return read(ctx, s, by, func(t *tx) (Page[MeetingFile], error) {
		p, err := t.page(meetingsListed, f)
		if err != nil {
			return Page[MeetingFile]{}, err
		}
		list, err := t.meetings(`ref IN ?`, p.Items)
		if err != nil {
			return Page[MeetingFile]{}, err
		}
		files := make([]MeetingFile, len(list))
		for i, m := range list {
			if files[i].Meeting = m; m.Over() {
				continue
			}
			h, err := t.hall(m)
			if err != nil {
				return Page[MeetingFile]{}, err
			}
			files[i].May, files[i].Attendees = m.May(by, h), h.Charter.Body.Attending.Value
		}
		return laid(p, files, func(f MeetingFile) string { return f.Ref }), nil
	})
}

// hall loads what a meeting's acts look at.
func (t *tx) hall(m domain.Meeting) (h domain.Hall, err error) {
	if h.Charter, err = t.charterOf(m.CharterVersion); err != nil {
		return h, err
	}
	if h.Sitting, err = t.seatable(m.ID); err != nil {
		return h, err
	}
	if h.Room, err = t.room(m.ID, nil); err != nil {
		return h, err
	}
	h.UnderWay, err = t.underWay(m.ID)
	return h, err
}

// underWay counts the questions that were put and are not settled.
func (t *tx) underWay(meeting uuid.UUID) (n int, err error) {
	err = t.Raw(`SELECT count(*) FROM questions WHERE meeting = ? AND state = 'open'`, meeting).Row().Scan(&n)
	return n, err
}

// Meeting opens one.
func (s *Store) Meeting(ctx context.Context, by domain.Actor, id uuid.UUID) (MeetingFile, error) {
	return read(ctx, s, by, func(t *tx) (f MeetingFile, err error) {
		if f.Meeting, err = t.meeting(id, ""); err != nil {
			return f, err
		}
		if f.Agenda, err = t.questions(`q.meeting = ? ORDER BY q.item`, id); err != nil {
			return f, err
		}
		if err := t.titled(f.Agenda); err != nil {
			return f, err
		}
		if f.Decisions, err = t.decided(id); err != nil {
			return f, err
		}
		h, err := t.hall(f.Meeting)
		if err != nil {
			return f, err
		}
		f.Room, f.May, f.Attendees = h.Room, f.Meeting.May(by, h), h.Charter.Body.Attending.Value
		f.Due = f.Meeting.Due(h.Charter)
		if f.Attending, err = t.attendances(id); err != nil {
			return f, err
		}
		if f.Items, err = t.proposedItems(`x.meeting = ? ORDER BY x.at, x.id`, id); err != nil {
			return f, err
		}
		return f, t.withCarried(&f)
	})
}

// decided are the numbers of a meeting's decisions by their question.
func (t *tx) decided(meeting uuid.UUID) (map[uuid.UUID]string, error) {
	return pairs[uuid.UUID, string](t.Raw(`SELECT question, number FROM decisions WHERE meeting = ?`, meeting).Rows())
}

func (t *tx) meeting(id uuid.UUID, lock string) (domain.Meeting, error) {
	return only(t.meetings(`id = ? `+lock, id))
}

func (t *tx) meetings(condition string, args ...any) ([]domain.Meeting, error) {
	rows, err := t.Raw(`SELECT id, ref, title, starts_at, state, presiding, charter_version, version, opened_at, closed_at,
			held, place, link, ends_at, sequence, present, coalesce((SELECT p.name FROM persons p WHERE p.id = presiding), ''),
			(SELECT jsonb_build_object('Reason', x.reason, 'Person', x.person, 'By', p.name, 'At', x.at) FROM meeting_cancellations x JOIN persons p ON p.id = x.person WHERE x.meeting = meetings.id)
		FROM meetings WHERE `+condition, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []domain.Meeting
	for rows.Next() {
		var m domain.Meeting
		var presiding, present uuid.NullUUID
		var ends *time.Time
		var off []byte
		if err := rows.Scan(&m.ID, &m.Ref, &m.Title, &m.StartsAt, &m.State, &presiding, &m.CharterVersion, &m.Version, &m.OpenedAt, &m.ClosedAt,
			&m.Held, &m.Place, &m.Link, &ends, &m.Sequence, &present, &m.PresidingName, &off); err != nil {
			return nil, err
		}
		if len(off) > 0 {
			if err := json.Unmarshal(off, &m.CalledOff); err != nil {
				return nil, err
			}
		}
		m.Presiding, m.Present, m.EndsAt = presiding.UUID, present.UUID, orOpen(ends)
		list = append(list, m)
	}
	return list, rows.Err()
}

func (t *tx) saveMeeting(m *domain.Meeting) error {
	m.Version++
	t.changed("state", string(m.State))
	return t.Exec(`UPDATE meetings SET state = ?, presiding = ?, present = ?, opened_at = ?, closed_at = ?, sequence = ?, version = ? WHERE id = ?`,
		string(m.State), orNull(m.Presiding), orNull(m.Present), m.OpenedAt, m.ClosedAt, m.Sequence, m.Version, m.ID).Error
}
