package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
)

// PlanMeeting puts a meeting on the calendar.
func (s *Store) PlanMeeting(ctx context.Context, by Ask, title string, startsAt time.Time) (domain.Meeting, error) {
	return act(ctx, s, by, "meeting.plan", func(t *tx) (domain.Meeting, error) {
		m, err := domain.PlanMeeting(title, startsAt, t.charter)
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
		return m, t.Exec(`INSERT INTO meetings (id, ref, title, starts_at, state, charter_version, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			m.ID, m.Ref, m.Title, m.StartsAt, string(m.State), m.CharterVersion, t.now).Error
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

// CloseMeeting ends it; whoever is in the room leaves.
func (s *Store) CloseMeeting(ctx context.Context, by Ask, id uuid.UUID) (domain.Meeting, error) {
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
		if m, err = m.Close(underWay, t.now); err != nil {
			return m, err
		}
		if err := t.Exec(`UPDATE presences SET left_at = ? WHERE meeting = ? AND left_at IS NULL`, t.now, id).Error; err != nil {
			return m, err
		}
		return m, t.saveMeeting(&m)
	})
}

// Designate puts somebody present in the chair of a meeting.
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
		if m, err = m.Designate(c, person, room); err != nil {
			return m, err
		}
		t.changed("presiding", person)
		return m, t.saveMeeting(&m)
	})
}

// Join seats by in a meeting's room. The secretariat seats somebody else: the
// person named, for the seat named.
func (s *Store) Join(ctx context.Context, by Ask, meeting, person, seat uuid.UUID) (domain.Presence, error) {
	return act(ctx, s, by, "presence.join", func(t *tx) (p domain.Presence, err error) {
		t.on("meeting", meeting)
		m, err := t.meeting(meeting, "FOR UPDATE")
		if err != nil {
			return p, err
		}
		sitting, err := t.seatable(meeting)
		if err != nil {
			return p, err
		}
		comer := by.Actor
		switch {
		case by.Hat.Role == domain.Secretariat:
			if comer, err = t.accredited(person, seat, sitting); err != nil {
				return p, err
			}
		case person != uuid.Nil && person != by.Person:
			return p, domain.ErrAccredited.At("/person")
		}
		if err := t.showOut(meeting); err != nil {
			return p, err
		}
		room, err := t.room(meeting, nil)
		if err != nil {
			return p, err
		}
		p, left, err := m.Join(comer, seat, sitting, room, t.now)
		if err != nil {
			return p, err
		}
		if left != nil {
			if err := t.Exec(`UPDATE presences SET left_at = ? WHERE id = ?`, t.now, left.ID).Error; err != nil {
				return p, err
			}
			t.changed("left", left.ID)
		}
		t.changed("joined", p.ID)
		t.changed("seat", p.SeatName)
		return p, t.insertPresence(p)
	})
}

// Leave notes that somebody has left the room: by, or whom the secretariat saw go.
func (s *Store) Leave(ctx context.Context, by Ask, presence uuid.UUID) (bool, error) {
	return act(ctx, s, by, "presence.leave", func(t *tx) (bool, error) {
		t.on("presence", presence)
		var meeting uuid.UUID
		if err := t.Raw(`SELECT meeting FROM presences WHERE id = ? AND (person = ? OR ?)`, presence, by.Person, by.Hat.Role == domain.Secretariat).
			Row().Scan(&meeting); err != nil {
			return false, missing(err)
		}
		if _, err := t.meeting(meeting, "FOR UPDATE"); err != nil {
			return false, err
		}
		done := t.Exec(`UPDATE presences SET left_at = ? WHERE id = ? AND left_at IS NULL`, t.now, presence)
		if done.Error == nil && done.RowsAffected == 0 {
			return false, domain.ErrNotPresent.With("seat", "")
		}
		return true, done.Error
	})
}

// MeetingFile is a meeting with its agenda and who is in the room.
type MeetingFile struct {
	domain.Meeting
	May    []string // acts that the domain would not refuse; policy has its own say
	Agenda []domain.Question
	Room   []domain.Presence
}

// Meetings lists all, the latest first, without agenda and room.
func (s *Store) Meetings(ctx context.Context, by domain.Actor) ([]MeetingFile, error) {
	return read(ctx, s, by, func(t *tx) ([]MeetingFile, error) {
		list, err := t.meetings(`true ORDER BY starts_at DESC, ref DESC`)
		if err != nil {
			return nil, err
		}
		files := make([]MeetingFile, len(list))
		for i, m := range list {
			if files[i].Meeting = m; m.State == domain.MeetingClosed {
				continue
			}
			h, err := t.hall(m)
			if err != nil {
				return nil, err
			}
			files[i].May = m.May(by, h)
		}
		return files, nil
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
		h, err := t.hall(f.Meeting)
		f.Room, f.May = h.Room, f.Meeting.May(by, h)
		return f, err
	})
}

func (t *tx) meeting(id uuid.UUID, lock string) (domain.Meeting, error) {
	list, err := t.meetings(`id = ? `+lock, id)
	if err != nil {
		return domain.Meeting{}, err
	}
	if len(list) == 0 {
		return domain.Meeting{}, domain.ErrMissing
	}
	return list[0], nil
}

func (t *tx) meetings(condition string, args ...any) ([]domain.Meeting, error) {
	rows, err := t.Raw(`SELECT id, ref, title, starts_at, state, presiding, charter_version, version, opened_at, closed_at
		FROM meetings WHERE `+condition, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []domain.Meeting
	for rows.Next() {
		var m domain.Meeting
		var presiding uuid.NullUUID
		if err := rows.Scan(&m.ID, &m.Ref, &m.Title, &m.StartsAt, &m.State, &presiding, &m.CharterVersion, &m.Version, &m.OpenedAt, &m.ClosedAt); err != nil {
			return nil, err
		}
		m.Presiding = presiding.UUID
		list = append(list, m)
	}
	return list, rows.Err()
}

func (t *tx) saveMeeting(m *domain.Meeting) error {
	m.Version++
	t.changed("state", string(m.State))
	return t.Exec(`UPDATE meetings SET state = ?, presiding = ?, opened_at = ?, closed_at = ?, version = ? WHERE id = ?`,
		string(m.State), orNull(m.Presiding), m.OpenedAt, m.ClosedAt, m.Version, m.ID).Error
}

func (t *tx) insertPresence(p domain.Presence) error {
	return t.Exec(`INSERT INTO presences (id, meeting, seat, organisation, person, capacity, joined_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		p.ID, p.Meeting, p.Seat, p.Organisation, p.Person, string(p.Capacity), p.JoinedAt).Error
}

// accreditedOn is that a presence p is of somebody who stands for its organisation
// on the day of its one parameter: whose accreditation has ended counts no more,
// in the room or not.
const accreditedOn = `EXISTS (SELECT FROM memberships a WHERE a.person = p.person AND a.organisation = p.organisation
	AND a.role IN ('member', 'coordinator') AND a.capacity <> 'adviser' AND a.term @> ?::date)`

// showOut ends the presences of those who are accredited no more, so that others
// may take their seats.
func (t *tx) showOut(meeting uuid.UUID) error {
	return t.Exec(`UPDATE presences p SET left_at = ? WHERE p.meeting = ? AND p.left_at IS NULL AND NOT `+accreditedOn,
		t.now, meeting, t.today().Format(time.DateOnly)).Error
}

// room lists those present now, or at an instant: when a question closed.
func (t *tx) room(meeting uuid.UUID, at *time.Time) ([]domain.Presence, error) {
	day := t.today()
	if at != nil {
		day = t.charter.Day(*at)
	}
	rows, err := t.Raw(`SELECT p.id, p.seat, s.name, p.organisation, o.code, p.person, n.name, p.capacity, p.joined_at, p.left_at
		FROM presences p JOIN seats s ON s.id = p.seat JOIN organisations o ON o.id = p.organisation JOIN persons n ON n.id = p.person
		WHERE p.meeting = ? AND (CASE WHEN ?::timestamptz IS NULL THEN p.left_at IS NULL
			ELSE p.joined_at <= ? AND (p.left_at IS NULL OR p.left_at > ?) END) AND `+accreditedOn+`
		ORDER BY s.name, p.joined_at`, meeting, at, at, at, day.Format(time.DateOnly)).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []domain.Presence
	for rows.Next() {
		p := domain.Presence{Meeting: meeting}
		if err := rows.Scan(&p.ID, &p.Seat, &p.SeatName, &p.Organisation, &p.Code, &p.Person, &p.Name, &p.Capacity, &p.JoinedAt, &p.LeftAt); err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, rows.Err()
}

// seatable lists the seats for which people may come into a meeting: those held
// today, and those on the roll of a question under way, whoever holds them since.
func (t *tx) seatable(meeting uuid.UUID) ([]domain.Sitting, error) {
	sitting, err := t.sitting(t.today())
	if err != nil {
		return nil, err
	}
	rows, err := t.Raw(`SELECT DISTINCT r.seat, r.constituency, s.name, r.organisation, o.code, o.name
		FROM question_rolls r JOIN questions q ON q.id = r.question JOIN seats s ON s.id = r.seat JOIN organisations o ON o.id = r.organisation
		WHERE q.meeting = ? AND q.state = 'open'`, meeting).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var x domain.Sitting
		if err := rows.Scan(&x.ID, &x.Constituency, &x.Name, &x.Organisation, &x.Code, &x.Holder); err != nil {
			return nil, err
		}
		sitting = append(sitting, x)
	}
	return sitting, rows.Err()
}

// accredited is a person under the hat that stands for a seat today.
func (t *tx) accredited(person, seat uuid.UUID, sitting []domain.Sitting) (domain.Actor, error) {
	for _, s := range sitting {
		if s.ID != seat {
			continue
		}
		role := domain.Member
		if s.Chair() {
			role = domain.Coordinator
		}
		a := domain.Actor{Person: person, Hat: domain.Hat{Organisation: s.Organisation, Code: s.Code, Role: role}}
		err := t.Raw(`SELECT id, capacity FROM memberships WHERE person = ? AND organisation = ? AND role = ? AND term @> ?::date AND capacity <> 'adviser'
			ORDER BY capacity DESC LIMIT 1`, person, s.Organisation, string(role), t.today().Format(time.DateOnly)).Row().Scan(&a.Hat.Membership, &a.Hat.Capacity)
		if err == nil {
			return a, nil
		}
		if !errors.Is(missing(err), domain.ErrMissing) {
			return a, err
		}
	}
	return domain.Actor{}, domain.ErrAccredited.At("/person")
}
