package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
)

// FocalPointRecord is somebody who endorses, endorsed or will endorse for a state,
// and the note on the ground of which.
type FocalPointRecord struct {
	Membership  domain.Membership
	Name, Email string
	Reference   string // of the note verbale; what was noted with the role where there is none
	Document    string // SHA-256 of its scan, or ""
	Replaces    uuid.UUID
	RecordedBy  string
	RecordedAt  *time.Time
}

// FocalPoints lists them by state, the latest first.
func (s *Store) FocalPoints(ctx context.Context, by domain.Actor) ([]FocalPointRecord, error) {
	return read(ctx, s, by, func(t *tx) ([]FocalPointRecord, error) { return t.focalPoints(`true`) })
}

func (t *tx) focalPoints(condition string, args ...any) (list []FocalPointRecord, err error) {
	rows, err := t.Raw(`SELECT m.id, m.person, m.organisation, o.code, lower(m.term), upper(m.term) - 1, m.note, p.name, p.email,
			coalesce(a.reference, ''), coalesce(a.document_hash, ''), a.replaces, coalesce(w.name, ''), a.at
		FROM memberships m JOIN organisations o ON o.id = m.organisation JOIN persons p ON p.id = m.person
		LEFT JOIN accreditations a ON a.membership = m.id LEFT JOIN persons w ON w.id = a.person
		WHERE m.role = 'focal-point' AND `+condition+` ORDER BY o.name, lower(m.term) DESC, m.id`, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var f FocalPointRecord
		m := &f.Membership
		var until sql.NullTime
		var replaces uuid.NullUUID
		if err := rows.Scan(&m.ID, &m.Person, &m.Organisation, &m.OrganisationCode, &m.From, &until, &m.Note, &f.Name, &f.Email,
			&f.Reference, &f.Document, &replaces, &f.RecordedBy, &f.RecordedAt); err != nil {
			return nil, err
		}
		m.Role, m.Until, f.Replaces = domain.FocalPoint, until.Time, replaces.UUID
		list = append(list, f)
	}
	return list, rows.Err()
}

// Accredited is a focal point as they are recorded; with a token where they were not
// known to the fund before.
type Accredited struct {
	FocalPointRecord
	Invited *Invited
}

// Accredit records the note by which a state names its focal point. Whom they
// replace endorses until the day before; past endorsements stand.
func (s *Store) Accredit(ctx context.Context, by Ask, a domain.Accreditation, who domain.Person) (Accredited, error) {
	var token Token
	out, err := act(ctx, s, by, "membership.accredit", func(t *tx) (out Accredited, err error) {
		state, err := t.organisation(a.State, "")
		if errors.Is(err, domain.ErrMissing) {
			return out, domain.ErrNotAState.At("/state")
		}
		if err != nil {
			return out, err
		}
		former, err := t.former(a.Replaces)
		if err != nil {
			return out, err
		}
		if err := a.Accredit(t.by, state, former); err != nil {
			return out, err
		}
		person, fresh, err := t.known(who)
		if err != nil {
			return out, err
		}
		if former != nil {
			if err := t.Exec(`UPDATE memberships SET term = daterange(lower(term), ?::date, '[)') WHERE id = ?`, a.From, former.ID).Error; err != nil {
				return out, err
			}
		}
		m, err := t.grant(person, domain.Membership{Organisation: a.State, Role: domain.FocalPoint, From: a.From, Note: a.Reference})
		if err != nil {
			return out, err
		}
		t.changed("reference", a.Reference)
		if err := t.Exec(`INSERT INTO accreditations (membership, state, replaces, reference, document_hash, person, at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			m.ID, a.State, orNull(a.Replaces), a.Reference, a.DocumentHash, t.by.Person, t.now).Error; err != nil {
			return out, err
		}
		if fresh {
			out.Invited = &Invited{Person: person}
			if token, out.Invited.Expires, err = t.invite(person.ID); err != nil {
				return out, err
			}
		}
		if !person.HasPassword {
			if err := t.mail(Mail{About: AboutInvitation, Person: person.ID}, 0); err != nil {
				return out, err
			}
		}
		list, err := t.focalPoints(`m.id = ?`, m.ID)
		if err == nil {
			out.FocalPointRecord = list[0]
		}
		return out, err
	})
	if out.Invited != nil {
		out.Invited.Token = token
	}
	return out, err
}

// former is the focal point whom a note replaces, locked; nil where it names none.
func (t *tx) former(id uuid.UUID) (*domain.Membership, error) {
	if id == uuid.Nil {
		return nil, nil
	}
	if err := t.Exec(`SELECT FROM memberships WHERE id = ? FOR NO KEY UPDATE`, id).Error; err != nil {
		return nil, err
	}
	list, err := t.memberships(`m.id = ?`, id)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, domain.ErrNotFormer.At("/replaces")
	}
	return &list[0], nil
}
