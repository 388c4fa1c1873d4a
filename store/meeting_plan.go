package store

import (
	"context"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
)

// ChangeMeeting says anew when and where a meeting that has not opened is to be.
func (s *Store) ChangeMeeting(ctx context.Context, by Ask, id uuid.UUID, version int, p domain.MeetingPlan) (domain.Meeting, error) {
	return act(ctx, s, by, "meeting.change", func(t *tx) (domain.Meeting, error) {
		t.on("meeting", id)
		m, err := t.meeting(id, "FOR UPDATE")
		if err != nil {
			return m, err
		}
		if version != m.Version {
			return m, domain.ErrStale
		}
		if m, err = m.Change(p, t.charter, t.now); err != nil {
			return m, err
		}
		t.changed("title", m.Title)
		t.changed("starts_at", m.StartsAt)
		if err := t.Exec(`UPDATE meetings SET title = ?, starts_at = ?, held = ?, place = ?, link = ?, ends_at = ? WHERE id = ?`,
			m.Title, m.StartsAt, string(m.Held), m.Place, m.Link, instantOrNull(m.EndsAt), m.ID).Error; err != nil {
			return m, err
		}
		return m, t.saveMeeting(&m)
	})
}

func instantOrNull(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	return &at
}
