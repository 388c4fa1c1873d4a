package store

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
)

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
	return t.presences(meeting, `p.meeting = ? AND (CASE WHEN ?::timestamptz IS NULL THEN p.left_at IS NULL
			ELSE p.joined_at <= ? AND (p.left_at IS NULL OR p.left_at > ?) END) AND `+accreditedOn, meeting, at, at, at, day.Format(time.DateOnly))
}

func (t *tx) presences(meeting uuid.UUID, condition string, args ...any) ([]domain.Presence, error) {
	rows, err := t.Raw(`SELECT p.id, p.seat, s.name, p.organisation, o.code, p.person, n.name, p.capacity, p.joined_at, p.left_at
		FROM presences p JOIN seats s ON s.id = p.seat JOIN organisations o ON o.id = p.organisation JOIN persons n ON n.id = p.person
		WHERE `+condition+` ORDER BY s.name, p.joined_at`, args...).Rows()
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

// Accredited lists who may sit down in a meeting today, and for which seat: by
// seat, the representative first.
func (s *Store) Accredited(ctx context.Context, by domain.Actor, meeting uuid.UUID) ([]domain.Presence, error) {
	return read(ctx, s, by, func(t *tx) ([]domain.Presence, error) {
		if _, err := t.meeting(meeting, ""); err != nil {
			return nil, err
		}
		return t.accreditedTo(meeting)
	})
}

// accreditedTo lists who may sit down in a meeting today.
func (t *tx) accreditedTo(meeting uuid.UUID) (list []domain.Presence, err error) {
	sitting, err := t.seatable(meeting)
	if err != nil {
		return nil, err
	}
	for _, x := range sitting {
		found, err := t.standsFor(x)
		if err != nil {
			return nil, err
		}
		for _, p := range found {
			p.Meeting = meeting
			if !slices.ContainsFunc(list, func(o domain.Presence) bool { return o.Seat == p.Seat && o.Person == p.Person }) {
				list = append(list, p)
			}
		}
	}
	return list, nil
}

// withSpeakers fills in who may speak for each seat today.
func (t *tx) withSpeakers(sitting []domain.Sitting) error {
	for n, x := range sitting {
		found, err := t.standsFor(x)
		if err != nil {
			return err
		}
		for _, p := range found {
			sitting[n].Speakers = append(sitting[n].Speakers, p.Person)
		}
	}
	return nil
}

// otherNames are those of an organisation o but its code and its full name, as a list.
const otherNames = `to_jsonb(array_remove(ARRAY[o.short_name], '') || ARRAY(SELECT a.text FROM organisation_aliases a
	WHERE a.organisation = o.id AND a.ended_at IS NULL ORDER BY a.text))`

// withNames gives the holders of seats what else they go by.
func (t *tx) withNames(sitting []domain.Sitting) error {
	holders := make([]uuid.UUID, len(sitting))
	for n, x := range sitting {
		holders[n] = x.Organisation
	}
	called, err := pairs[uuid.UUID, []byte](t.Raw(`SELECT o.id, `+otherNames+` FROM organisations o WHERE o.id IN ?`, append(holders, uuid.Nil)).Rows())
	if err != nil {
		return err
	}
	for n, x := range sitting {
		if err := json.Unmarshal(called[x.Organisation], &sitting[n].Called); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) standsFor(x domain.Sitting) ([]domain.Presence, error) {
	role := domain.Member
	if x.Chair() {
		role = domain.Coordinator
	}
	rows, err := t.Raw(`SELECT m.person, p.name, m.capacity FROM memberships m JOIN persons p ON p.id = m.person WHERE m.organisation = ? AND m.role = ?
		AND m.term @> ?::date AND m.capacity <> 'adviser' ORDER BY m.capacity DESC, p.name`, x.Organisation, string(role), t.today().Format(time.DateOnly)).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []domain.Presence
	for rows.Next() {
		p := domain.Presence{Seat: x.ID, SeatName: x.Name, Organisation: x.Organisation, Code: x.Code}
		if err := rows.Scan(&p.Person, &p.Name, &p.Capacity); err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, rows.Err()
}
