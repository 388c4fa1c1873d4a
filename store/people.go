package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgconn"

	"startupfund/domain"
	"startupfund/domain/problem"
)

// How long the link to choose a password is good: of an invitation, and of a
// forgotten password, which anybody may ask for.
const (
	InvitationLasts = 72 * time.Hour
	ResetLasts      = time.Hour
)

// ErrInvitation refuses a link that is unknown, used, replaced or too old.
var ErrInvitation = problem.New(problem.Invalid, "invitation-not-valid")

// Invited is a person and the one-time token to choose a password with. The
// token is told once: asking again under the same key does not tell it.
type Invited struct {
	Person  domain.Person
	Token   Token `json:"-"`
	Expires time.Time
}

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

// Person is one, with their roles of all times.
func (s *Store) Person(ctx context.Context, by domain.Actor, id uuid.UUID) (domain.Person, error) {
	return read(ctx, s, by, func(t *tx) (domain.Person, error) { return t.person(id, "") })
}

// People lists persons by name, after the one named, at most limit of them;
// next names the last where there are more.
func (s *Store) People(ctx context.Context, by domain.Actor, after uuid.UUID, limit int) (list []domain.Person, next uuid.UUID, err error) {
	list, err = read(ctx, s, by, func(t *tx) ([]domain.Person, error) {
		rows, err := t.Raw(personColumns+`WHERE ?::uuid IS NULL OR (lower(p.name), p.id) > (SELECT lower(name), id FROM persons WHERE id = ?)
			ORDER BY lower(p.name), p.id LIMIT ?`, orNull(after), orNull(after), limit+1).Rows()
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		var list []domain.Person
		var ids []uuid.UUID
		for rows.Next() {
			p, err := scanPerson(rows)
			if err != nil {
				return nil, err
			}
			list, ids = append(list, p), append(ids, p.ID)
		}
		if len(ids) == 0 || rows.Err() != nil {
			return nil, rows.Err()
		}
		all, err := t.memberships(`m.person IN ?`, ids)
		for _, m := range all {
			for i := range list {
				if list[i].ID == m.Person {
					list[i].Memberships = append(list[i].Memberships, m)
				}
			}
		}
		return list, err
	})
	if len(list) > limit {
		list = list[:limit]
		next = list[limit-1].ID
	}
	return list, next, err
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

// invite makes a link; earlier ones are no longer good.
func (t *tx) invite(person uuid.UUID) (Token, time.Time, error) {
	if err := t.Exec(`UPDATE invitations SET ended_at = ? WHERE person = ? AND ended_at IS NULL`, t.now, person).Error; err != nil {
		return "", time.Time{}, err
	}
	return t.link(person, InvitationLasts)
}

// link makes a link and leaves earlier ones good: whichever is used ends them all.
func (t *tx) link(person uuid.UUID, lasts time.Duration) (Token, time.Time, error) {
	token, sum := newToken()
	expires := t.now.Add(lasts)
	return token, expires, t.Exec(`INSERT INTO invitations (id, person, token_hash, created_at, expires_at) VALUES (?, ?, ?, ?, ?)`,
		uuid.New(), person, sum, t.now, expires).Error
}

// Invite gives a person a new link, for a password that was never chosen or is
// forgotten. The present password stays good until the link is used.
func (s *Store) Invite(ctx context.Context, by Ask, id uuid.UUID) (Invited, error) {
	var token Token
	out, err := act(ctx, s, by, "person.invite", func(t *tx) (Invited, error) {
		t.on("person", id)
		p, err := t.person(id, lockPerson)
		if err != nil {
			return Invited{}, err
		}
		if err := p.Inviting(); err != nil {
			return Invited{}, err
		}
		var expires time.Time
		if token, expires, err = t.invite(id); err != nil {
			return Invited{}, err
		}
		return Invited{Person: p, Expires: expires}, t.mail(Mail{About: AboutInvitation, Person: id}, 0)
	})
	out.Token = token
	return out, err
}

// AcceptInvitation sets the password of whom the token invites, once, and ends
// whatever sessions they had.
func (s *Store) AcceptInvitation(ctx context.Context, token Token, password string) error {
	sum := sha256.Sum256([]byte(token))
	p, err := read(ctx, s, domain.Actor{}, func(t *tx) (domain.Person, error) { return t.invitee(sum[:], "") })
	if err != nil {
		return err
	}
	if err := domain.CheckPassword(password, p); err != nil {
		return err
	}
	hashed, err := hash(ctx, password)
	if err != nil {
		return err
	}
	_, err = act(ctx, s, As(domain.Actor{Person: p.ID}), "invitation.accept", func(t *tx) (uuid.UUID, error) {
		t.on("person", p.ID)
		if _, err := t.invitee(sum[:], `FOR NO KEY UPDATE OF p, i`); err != nil {
			return p.ID, err
		}
		for _, q := range []struct {
			sql  string
			args []any
		}{
			{`UPDATE persons SET password_hash = ?, version = version + 1 WHERE id = ?`, []any{hashed, p.ID}},
			{`UPDATE invitations SET ended_at = ? WHERE person = ? AND ended_at IS NULL`, []any{t.now, p.ID}},
			{`UPDATE sessions SET ended_at = ? WHERE person = ? AND ended_at IS NULL`, []any{t.now, p.ID}},
			{`DELETE FROM sign_in_failures WHERE key = ?`, []any{accountKey(p.Email)}},
		} {
			if err := t.Exec(q.sql, q.args...).Error; err != nil {
				return p.ID, err
			}
		}
		return p.ID, nil
	})
	return err
}

func (t *tx) invitee(sum []byte, lock string) (domain.Person, error) {
	p, err := scanPerson(t.Raw(personColumns+`JOIN invitations i ON i.person = p.id
		WHERE i.token_hash = ? AND i.ended_at IS NULL AND i.expires_at > ? AND p.disabled_at IS NULL `+lock, sum, t.now).Row())
	if errors.Is(err, domain.ErrMissing) {
		return p, ErrInvitation.At("token")
	}
	return p, err
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

// Grant gives a person a role for an organisation.
func (s *Store) Grant(ctx context.Context, by Ask, m domain.Membership) (domain.Membership, error) {
	return act(ctx, s, by, "membership.grant", func(t *tx) (domain.Membership, error) {
		p, err := t.person(m.Person, lockPerson)
		if err != nil {
			return m, err
		}
		return t.grant(p, m)
	})
}

func (t *tx) grant(p domain.Person, m domain.Membership) (domain.Membership, error) {
	if err := p.Grant(t.by, m); err != nil {
		return m, err
	}
	o, err := t.organisation(m.Organisation, "")
	if errors.Is(err, domain.ErrMissing) {
		return m, domain.ErrUnknownWord.With("given", m.Organisation.String()).At("organisation")
	}
	if err != nil {
		return m, err
	}
	m.ID, m.Person, m.OrganisationCode = uuid.New(), p.ID, o.Code
	t.on("membership", m.ID)
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
		list, err := t.memberships(`m.id = ?`, id)
		if err != nil {
			return domain.Membership{}, err
		}
		if len(list) == 0 {
			return domain.Membership{}, domain.ErrMissing
		}
		m := list[0]
		if err := m.End(by.Actor, on); err != nil {
			return m, err
		}
		m.Until = on
		t.changed("until", on.Format(time.DateOnly))
		return m, t.Exec(`UPDATE memberships SET term = daterange(lower(term), ?::date, '[]') WHERE id = ?`, on, id).Error
	})
}

// orNever keeps an open end open.
func orNever(day time.Time) *time.Time {
	if day.IsZero() {
		return nil
	}
	return &day
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
