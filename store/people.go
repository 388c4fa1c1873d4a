package store

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgconn"

	"startupfund/domain"
)

const personColumns = `SELECT p.id, p.email, p.name, p.language, p.password_hash IS NOT NULL, p.disabled_at IS NOT NULL, p.version,
	p.mail_failed_at, coalesce(p.mail_failure, '') FROM persons p `

func scanPerson(row interface{ Scan(...any) error }) (p domain.Person, err error) {
	err = row.Scan(&p.ID, &p.Email, &p.Name, &p.Language, &p.HasPassword, &p.Disabled, &p.Version, &p.MailFailedAt, &p.MailFailure)
	return p, missing(err)
}

// person loads one with their memberships, locked for the rest of an act.
func (t *tx) person(id uuid.UUID, lock string) (domain.Person, error) {
	p, err := scanPerson(t.Raw(personColumns+`WHERE p.id = ? `+lock, id).Row())
	if err != nil {
		return p, err
	}
	p.Memberships, err = t.memberships(`m.person = ?`, id)
	return p, err
}

const lockPerson = `FOR NO KEY UPDATE`

// Person is one, with their roles of all times.
func (s *Store) Person(ctx context.Context, by domain.Actor, id uuid.UUID) (domain.Person, error) {
	return read(ctx, s, by, func(t *tx) (domain.Person, error) { return t.person(id, "") })
}

var peopleListed = listing{
	from: "persons p", id: "p.id::text", said: `concat_ws(' ', p.name, p.email)`,
	orders: map[string]column{"name": {"lower(p.name)", "text"}, "email": {"lower(p.email)", "text"}},
	first:  "name",
}

// People lists persons, page by page.
func (s *Store) People(ctx context.Context, by domain.Actor, f ListAsk) (Page[domain.Person], error) {
	return read(ctx, s, by, func(t *tx) (Page[domain.Person], error) {
		p, err := t.page(peopleListed, f)
		if err != nil || len(p.Items) == 0 {
			return Page[domain.Person]{}, err
		}
		list, err := t.persons(`WHERE p.id IN ?`, p.Items)
		if err != nil {
			return Page[domain.Person]{}, err
		}
		all, err := t.memberships(`m.person IN ?`, p.Items)
		for _, m := range all {
			for i := range list {
				if list[i].ID == m.Person {
					list[i].Memberships = append(list[i].Memberships, m)
				}
			}
		}
		return laid(p, list, func(x domain.Person) string { return x.ID.String() }), err
	})
}

func (t *tx) persons(condition string, args ...any) (list []domain.Person, err error) {
	rows, err := t.Raw(personColumns+condition, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		p, err := scanPerson(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, rows.Err()
}

// AddPerson makes somebody known to the fund, has the link with which they choose
// their password mailed to them, and tells one.
func (s *Store) AddPerson(ctx context.Context, by Ask, p domain.Person) (Invited, error) {
	var token Token
	out, err := act(ctx, s, by, "person.create", func(t *tx) (Invited, error) {
		p, err := p.Check()
		if err != nil {
			return Invited{}, err
		}
		if p.ID, err = t.addPerson(p, nil); err != nil {
			return Invited{}, err
		}
		t.on("person", p.ID)
		var expires time.Time
		if token, expires, err = t.invite(p.ID); err != nil {
			return Invited{}, err
		}
		if err := t.mail(Mail{About: AboutInvitation, Person: p.ID}, 0); err != nil {
			return Invited{}, err
		}
		p, err = t.person(p.ID, "")
		return Invited{Person: p, Expires: expires}, err
	})
	out.Token = token
	return out, err
}

func (t *tx) addPerson(p domain.Person, passwordHash *string) (uuid.UUID, error) {
	id := uuid.New()
	done := t.Exec(`INSERT INTO persons (id, email, name, language, password_hash, created_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (email) DO NOTHING`,
		id, p.Email, p.Name, p.Language, passwordHash, t.now)
	if done.Error == nil && done.RowsAffected == 0 {
		return id, domain.ErrTaken.With("given", p.Email).At("email")
	}
	return id, done.Error
}

// ChangePerson sets name, address and language, where the version read is still
// the one that stands.
func (s *Store) ChangePerson(ctx context.Context, by Ask, version int, change domain.Person) (domain.Person, error) {
	return act(ctx, s, by, "person.change", func(t *tx) (domain.Person, error) {
		t.on("person", change.ID)
		p, err := t.person(change.ID, lockPerson)
		if err != nil {
			return p, err
		}
		if p.Version != version {
			return p, domain.ErrStale
		}
		if change, err = change.Check(); err != nil {
			return p, err
		}
		err = t.Exec(`UPDATE persons SET mail_failed_at = CASE WHEN email = @email THEN mail_failed_at END,
			mail_failure = CASE WHEN email = @email THEN mail_failure END, email = @email, name = @name, language = @language,
			version = version + 1 WHERE id = @id`, map[string]any{"email": change.Email, "name": change.Name, "language": change.Language, "id": change.ID}).Error
		if broken(err, "one_person_an_email") {
			return p, domain.ErrTaken.With("given", change.Email).At("email")
		}
		if err != nil {
			return p, err
		}
		return t.person(change.ID, "")
	})
}

// DisablePerson shuts somebody out: their sessions and links end with the act.
func (s *Store) DisablePerson(ctx context.Context, by Ask, id uuid.UUID) error {
	_, err := act(ctx, s, by, "person.disable", func(t *tx) (uuid.UUID, error) {
		t.on("person", id)
		p, err := t.person(id, lockPerson)
		if err != nil {
			return id, err
		}
		if err := p.Disabling(by.Actor); err != nil {
			return id, err
		}
		for _, sql := range []string{
			`UPDATE persons SET disabled_at = ?, version = version + 1 WHERE id = ?`,
			`UPDATE sessions SET ended_at = ? WHERE person = ? AND ended_at IS NULL`,
			`UPDATE invitations SET ended_at = ? WHERE person = ? AND ended_at IS NULL`,
		} {
			if err := t.Exec(sql, t.now, id).Error; err != nil {
				return id, err
			}
		}
		return id, nil
	})
	return err
}

// EnablePerson lets somebody in again, with the password they had.
func (s *Store) EnablePerson(ctx context.Context, by Ask, id uuid.UUID) error {
	_, err := act(ctx, s, by, "person.enable", func(t *tx) (uuid.UUID, error) {
		t.on("person", id)
		p, err := t.person(id, lockPerson)
		if err != nil {
			return id, err
		}
		if err := p.Enabling(by.Actor); err != nil {
			return id, err
		}
		return id, t.Exec(`UPDATE persons SET disabled_at = NULL, version = version + 1 WHERE id = ?`, id).Error
	})
	return err
}

// broken tells whether err is the named promise of the database.
func broken(err error, promise string) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.ConstraintName == promise
}

var _ = ask(
	Question{"disabled-means-out", "a disabled person has an open session or link", `
		SELECT p.id::text FROM persons p WHERE p.disabled_at IS NOT NULL
		AND (EXISTS (SELECT FROM sessions s WHERE s.person = p.id AND s.ended_at IS NULL)
		  OR EXISTS (SELECT FROM invitations i WHERE i.person = p.id AND i.ended_at IS NULL))`},
	Question{"hats-are-ones-own", "a session wears somebody else's hat", `
		SELECT s.id::text FROM sessions s JOIN memberships m ON m.id = s.hat WHERE m.person <> s.person`},
)
