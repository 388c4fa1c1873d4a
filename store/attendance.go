package store

import (
	"context"

	"github.com/google/uuid"

	"startupfund/domain"
)

func init() { promises["one_attendance_a_name"] = domain.ErrAttendsAlready }

// Attend records that somebody has come to a meeting who takes no seat.
func (s *Store) Attend(ctx context.Context, by Ask, meeting uuid.UUID, a domain.Attendance) (domain.Attendance, error) {
	return act(ctx, s, by, "attendance.record", func(t *tx) (domain.Attendance, error) {
		t.on("meeting", meeting)
		m, err := t.meeting(meeting, "FOR UPDATE")
		if err != nil {
			return a, err
		}
		c, err := t.charterOf(m.CharterVersion)
		if err != nil {
			return a, err
		}
		o, err := t.organisationAt(a.Organisation, "", "/organisation")
		if err != nil {
			return a, err
		}
		there, err := t.attendances(meeting)
		if err != nil {
			return a, err
		}
		if a, err = m.Attend(c, a, there, t.now); err != nil {
			return a, err
		}
		a.Code = o.Code
		t.changed("attends", a.ID)
		t.changed("as", string(a.As))
		t.changed("organisation", o.Code)
		return a, t.Exec(`INSERT INTO attendances (id, meeting, capacity, organisation, name, came_at, recorded_by) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			a.ID, a.Meeting, string(a.As), a.Organisation, a.Name, a.CameAt, by.Person).Error
	})
}

// AttendanceLeft notes that somebody who attended without a seat has gone.
func (s *Store) AttendanceLeft(ctx context.Context, by Ask, id uuid.UUID) (bool, error) {
	return act(ctx, s, by, "attendance.record", func(t *tx) (bool, error) {
		var meeting uuid.UUID
		if err := t.Raw(`SELECT meeting FROM attendances WHERE id = ?`, id).Row().Scan(&meeting); err != nil {
			return false, missing(err)
		}
		t.on("meeting", meeting)
		m, err := t.meeting(meeting, "FOR UPDATE")
		if err != nil {
			return false, err
		}
		there, err := t.attendances(meeting)
		if err != nil {
			return false, err
		}
		for _, a := range there {
			if a.ID != id {
				continue
			}
			if a, err = a.Left(m, t.now); err != nil {
				return false, err
			}
			t.changed("left", id)
			return true, t.Exec(`UPDATE attendances SET left_at = ? WHERE id = ?`, a.LeftAt, id).Error
		}
		return false, domain.ErrMissing
	})
}

// attendances lists who was and is at a meeting without a seat, as they came.
func (t *tx) attendances(meeting uuid.UUID) ([]domain.Attendance, error) {
	rows, err := t.Raw(`SELECT a.id, a.capacity, a.organisation, o.code, a.name, a.came_at, a.left_at
		FROM attendances a JOIN organisations o ON o.id = a.organisation WHERE a.meeting = ? ORDER BY a.came_at, a.name`, meeting).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []domain.Attendance
	for rows.Next() {
		a := domain.Attendance{Meeting: meeting}
		if err := rows.Scan(&a.ID, &a.As, &a.Organisation, &a.Code, &a.Name, &a.CameAt, &a.LeftAt); err != nil {
			return nil, err
		}
		list = append(list, a)
	}
	return list, rows.Err()
}

var _ = ask(
	Question{"nobody-attends-a-closed-meeting", "somebody attends a meeting that is over", `
		SELECT a.id::text FROM attendances a JOIN meetings m ON m.id = a.meeting WHERE m.state = 'closed' AND a.left_at IS NULL`},
	Question{"attendance-within-its-meeting", "somebody attended before the meeting opened", `
		SELECT a.id::text FROM attendances a JOIN meetings m ON m.id = a.meeting WHERE m.opened_at IS NULL OR a.came_at < m.opened_at`},
)
