package store

import (
	"context"
	"crypto/sha256"
	"errors"
	"time"

	"github.com/google/uuid"

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

// Invited refuses a token that opens nothing any more, so that nobody thinks up a
// password for it.
func (s *Store) Invited(ctx context.Context, token Token) error {
	sum := sha256.Sum256([]byte(token))
	_, err := read(ctx, s, domain.Actor{}, func(t *tx) (domain.Person, error) { return t.invitee(sum[:], "") })
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
