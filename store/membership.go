package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
)

func (t *tx) memberships(condition string, args ...any) ([]domain.Membership, error) {
	rows, err := t.Raw(`SELECT m.id, m.person, m.organisation, o.code, m.role, m.capacity, lower(m.term), upper(m.term) - 1, m.note
		FROM memberships m JOIN organisations o ON o.id = m.organisation WHERE `+condition+` ORDER BY lower(m.term) DESC, m.id`, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []domain.Membership
	for rows.Next() {
		var m domain.Membership
		var until sql.NullTime
		if err := rows.Scan(&m.ID, &m.Person, &m.Organisation, &m.OrganisationCode, &m.Role, &m.Capacity, &m.From, &until, &m.Note); err != nil {
			return nil, err
		}
		m.Until = until.Time
		list = append(list, m)
	}
	return list, rows.Err()
}

// Grant gives a person a role for an organisation.
func (s *Store) Grant(ctx context.Context, by Ask, m domain.Membership) (domain.Membership, error) {
	return act(ctx, s, by, "membership.grant", func(t *tx) (domain.Membership, error) {
		p, err := t.person(m.Person, lockPerson)
		if err != nil {
			return m, err
		}
		if err := m.Grantable(t.by); err != nil {
			return m, err
		}
		return t.grant(p, m)
	})
}

func (t *tx) grant(p domain.Person, m domain.Membership) (domain.Membership, error) {
	held, err := t.memberships(`m.person = ?`, p.ID)
	if err != nil {
		return m, err
	}
	if err := p.Grant(t.by, m, held); err != nil {
		return m, err
	}
	o, err := t.organisationAt(m.Organisation, "", "organisation")
	if err != nil {
		return m, err
	}
	if o.MergedInto != uuid.Nil {
		return m, domain.ErrMerged.With("name", o.Name).At("organisation")
	}
	if m.Person, m.OrganisationCode = p.ID, o.Code; m.ID == uuid.Nil { // a note's has the note's own
		m.ID = uuid.New()
	}
	t.on("membership", m.ID)
	t.concerned = p.ID
	t.changed("person", p.ID)
	t.changed("organisation", o.ID)
	t.changed("role", m.Role)
	t.changed("capacity", m.Capacity)
	t.changed("from", m.From.Format(time.DateOnly))
	if !m.Until.IsZero() {
		t.changed("until", m.Until.Format(time.DateOnly))
	}
	err = t.Exec(`INSERT INTO memberships (id, person, organisation, role, capacity, term, note, created_at)
		VALUES (?, ?, ?, ?, ?, daterange(?::date, ?::date, '[]'), ?, ?)`,
		m.ID, m.Person, m.Organisation, string(m.Role), string(m.Capacity), m.From, orNever(m.Until), m.Note, t.now).Error
	if broken(err, "same_hat_once_at_a_time") {
		return m, domain.ErrSameHat.With("role", string(m.Role), "organisation", o.Code)
	}
	return m, err
}

// EndMembership sets the last day of a role.
func (s *Store) EndMembership(ctx context.Context, by Ask, id uuid.UUID, on time.Time) (domain.Membership, error) {
	return act(ctx, s, by, "membership.end", func(t *tx) (domain.Membership, error) {
		t.on("membership", id)
		if err := t.Exec(`SELECT FROM memberships WHERE id = ? FOR NO KEY UPDATE`, id).Error; err != nil {
			return domain.Membership{}, err
		}
		m, err := only(t.memberships(`m.id = ?`, id))
		if err != nil {
			return domain.Membership{}, err
		}
		if err := m.End(by.Actor, on); err != nil {
			return m, err
		}
		m.Until = on
		t.changed("until", on.Format(time.DateOnly))
		return m, t.Exec(`UPDATE memberships SET term = daterange(lower(term), ?::date, '[]') WHERE id = ?`, on, id).Error
	})
}

// known finds the person of an address, or makes them known to the fund.
func (t *tx) known(who domain.Person) (person domain.Person, fresh bool, err error) {
	email, ok := domain.Email(who.Email)
	if !ok {
		return person, false, domain.ErrEmail.At("/email")
	}
	person, err = scanPerson(t.Raw(personColumns+`WHERE p.email = ? `+lockPerson, email).Row())
	switch {
	case errors.Is(err, domain.ErrMissing):
		if person, err = who.Check(); err != nil {
			return person, false, err
		}
		person.ID, err = t.addPerson(person, nil)
		return person, true, err
	case err == nil && person.Disabled:
		err = domain.ErrDisabled
	}
	return person, false, err
}

// orNever keeps an open end open.
func orNever(day time.Time) *time.Time {
	if day.IsZero() {
		return nil
	}
	return &day
}

// Enrol gives a role to whoever has the address, and makes them known to the fund
// where they are not: the console's way to let somebody in. There is a token
// where they have no password yet.
func (s *Store) Enrol(ctx context.Context, by Ask, p domain.Person, organisation string, m domain.Membership) (Invited, error) {
	var token Token
	out, err := act(ctx, s, by, "person.enrol", func(t *tx) (Invited, error) {
		p, err := p.Check()
		if err != nil {
			return Invited{}, err
		}
		o, err := scanOrganisation(t.Raw(organisationColumns+`WHERE o.code = ?`, organisation).Row())
		if errors.Is(err, domain.ErrMissing) {
			return Invited{}, domain.ErrUnknownWord.With("given", organisation).At("organisation")
		}
		if err != nil {
			return Invited{}, err
		}
		known, err := scanPerson(t.Raw(personColumns+`WHERE p.email = ? `+lockPerson, p.Email).Row())
		if errors.Is(err, domain.ErrMissing) {
			known = p
			known.ID, err = t.addPerson(p, nil)
		}
		if err != nil {
			return Invited{}, err
		}
		if m.From.IsZero() {
			m.From = t.today()
		}
		m.Organisation = o.ID
		if _, err := t.grant(known, m); err != nil {
			return Invited{}, err
		}
		var expires time.Time
		if !known.HasPassword {
			if token, expires, err = t.invite(known.ID); err != nil {
				return Invited{}, err
			}
		}
		known, err = t.person(known.ID, "")
		return Invited{Person: known, Expires: expires}, err
	})
	out.Token = token
	return out, err
}

var _ = ask(
	Question{"one-organisation-on-the-body", "a person is on the body for two organisations at once", `
		SELECT a.person::text FROM memberships a JOIN memberships b ON b.person = a.person AND b.organisation <> a.organisation AND a.term && b.term
		WHERE a.role IN ('member', 'coordinator') AND b.role IN ('member', 'coordinator')`},
)
