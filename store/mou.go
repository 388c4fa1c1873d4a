package store

import (
	"context"
	"time"

	"startupfund/domain"
)

// RecordMOU keeps a memorandum. Two of one organisation never overlap: the
// database promises it, as domain.ErrMOUOverlap.
func (s *Store) RecordMOU(ctx context.Context, by Ask, m domain.MOU, document string) (domain.MOU, error) {
	return act(ctx, s, by, "mou.record", func(t *tx) (domain.MOU, error) {
		t.on("mou", m.ID)
		code, err := t.organisationCode(m.Organisation, "/organisation")
		if err != nil {
			return domain.MOU{}, err
		}
		m.OrganisationCode = code
		if m, err = m.Sign(); err != nil {
			return domain.MOU{}, err
		}
		t.changed("organisation", code)
		t.changed("ref", m.Ref)
		return m, t.Exec(`INSERT INTO mous (id, organisation, ref, in_force, document, created_at) VALUES (?, ?, ?, daterange(?::date, ?::date, '[]'), ?, ?)`,
			m.ID, m.Organisation, m.Ref, m.From, m.Until, document, t.now).Error
	})
}

// MOUs lists those within reach, by organisation, oldest first.
func (s *Store) MOUs(ctx context.Context, by domain.Actor) ([]domain.MOU, error) {
	return read(ctx, s, by, func(t *tx) ([]domain.MOU, error) {
		rows, err := t.Raw(`SELECT m.id, m.organisation, o.code, m.ref, lower(m.in_force), upper(m.in_force) - 1
			FROM mous m JOIN organisations o ON o.id = m.organisation WHERE ? OR m.organisation = ? ORDER BY o.code, lower(m.in_force)`,
			by.Scope == domain.Any, by.Hat.Organisation).Rows()
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		var list []domain.MOU
		for rows.Next() {
			var m domain.MOU
			var until *time.Time
			if err := rows.Scan(&m.ID, &m.Organisation, &m.OrganisationCode, &m.Ref, &m.From, &until); err != nil {
				return nil, err
			}
			m.Until = until
			list = append(list, m)
		}
		return list, rows.Err()
	})
}

func init() { promises["one_mou_at_a_time"] = domain.ErrMOUOverlap }
