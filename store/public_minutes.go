package store

import (
	"context"

	"github.com/google/uuid"

	"startupfund/domain"
)

// PublicMinutes are the minutes that the charter makes public, abridged, the newest first;
// or the one of a number.
func (s *Store) PublicMinutes(ctx context.Context, by domain.Actor, number string) ([]MinutesFile, error) {
	return read(ctx, s, by, func(t *tx) (list []MinutesFile, err error) {
		var meetings []uuid.UUID
		if err := t.Raw(`SELECT meeting FROM fixed_minutes WHERE ? = '' OR number = ? ORDER BY at DESC, number DESC`, number, number).Scan(&meetings).Error; err != nil {
			return nil, err
		}
		for _, meeting := range meetings {
			m, err := t.meeting(meeting, "")
			if err != nil {
				return nil, err
			}
			f := MinutesFile{Visible: true}
			f.Meeting = m
			if f.Charter, err = t.charterOf(m.CharterVersion); err != nil {
				return nil, err
			}
			if !f.Charter.Body.Minutes.Public.Value {
				continue
			}
			if err := t.withFixed(&f.Minutes); err != nil {
				return nil, err
			}
			if f.Says, err = domain.ReadMinutes(f.Fixed.Record); err != nil {
				return nil, err
			}
			f.Language = f.Says.Language
			f.Minutes = f.Minutes.ReadBy(false, nil) // the public has no interest, and reads no position
			list = append(list, f)
		}
		return list, nil
	})
}
