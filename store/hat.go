package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"github.com/google/uuid"

	"startupfund/domain"
)

// usualHat is the one to wear on coming in: the only one held today, or the one
// worn last. Otherwise none: the person chooses.
func (t *tx) usualHat(person uuid.UUID) (domain.Hat, error) {
	hats, err := t.hats(person)
	if err != nil || len(hats) == 0 {
		return domain.Hat{}, err
	}
	if len(hats) == 1 {
		return hats[0], nil
	}
	var last uuid.NullUUID
	err = t.Raw(`SELECT hat FROM sessions WHERE person = ? AND hat IS NOT NULL ORDER BY created_at DESC, id LIMIT 1`, person).Row().Scan(&last)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return domain.Hat{}, err
	}
	if i := slices.IndexFunc(hats, func(h domain.Hat) bool { return last.Valid && h.Membership == last.UUID }); i >= 0 {
		return hats[i], nil
	}
	return domain.Hat{}, nil
}

// hats are those a person holds today, each with the organisation's name for short in
// the person's own language.
func (t *tx) hats(person uuid.UUID) ([]domain.Hat, error) {
	rows, err := t.Raw(`SELECT m.id, m.organisation, o.code, `+shortIn("p.language")+`, m.role, m.capacity FROM memberships m
		JOIN persons p ON p.id = m.person JOIN organisations o ON o.id = m.organisation
		WHERE m.person = ? AND m.term @> ?::date ORDER BY o.code, m.role`, person, t.today()).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var hats []domain.Hat
	for rows.Next() {
		var h domain.Hat
		if err := rows.Scan(&h.Membership, &h.Organisation, &h.Code, &h.Name, &h.Role, &h.Capacity); err != nil {
			return nil, err
		}
		hats = append(hats, h)
	}
	return hats, rows.Err()
}

// Hats are those that by holds today and can put on.
func (s *Store) Hats(ctx context.Context, by domain.Actor) ([]domain.Hat, error) {
	return read(ctx, s, by, func(t *tx) ([]domain.Hat, error) { return t.hats(by.Person) })
}

// WearHat changes the hat of an open session for another that its owner holds
// today.
func (s *Store) WearHat(ctx context.Context, by Ask, session, membership uuid.UUID) error {
	_, err := act(ctx, s, by, "session.wear", func(t *tx) (uuid.UUID, error) {
		t.on("session", session)
		hats, err := t.hats(by.Person)
		if err != nil {
			return session, err
		}
		i := slices.IndexFunc(hats, func(h domain.Hat) bool { return h.Membership == membership })
		if i < 0 {
			return session, domain.ErrMissing
		}
		t.by.Hat = hats[i]
		t.changed("hat", membership)
		return session, t.one(`UPDATE sessions SET hat = ? WHERE id = ? AND person = ? AND ended_at IS NULL`, membership, session, by.Person)
	})
	return err
}
