package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/problem"
)

// Settings of sign-in. They are the program's security and no rule of the fund,
// so they stand here and not in the charter; docs/security.md tells them.
const (
	SessionIdle    = 60 * time.Minute // without a request, a session ends
	SessionLongest = 12 * time.Hour   // whatever happens, it ends
	SeenEvery      = time.Minute      // how exactly idleness is kept

	GuessesPerAccount = 5 // in GuessWindow, whether or not there is such an account
	GuessesPerAddress = 50
	GuessWindow       = 15 * time.Minute

	ResetsPerAccount = 3 // letters for a forgotten password in GuessWindow
	ResetsPerAddress = 20
)

// ErrCredentials is the one answer to every sign-in that fails: no such account,
// wrong password, none chosen yet, disabled.
var ErrCredentials = problem.New(problem.Unsigned, "wrong-email-or-password")

// Session is somebody signed in, under one hat at a time.
type Session struct {
	ID           uuid.UUID
	Actor        domain.Actor
	Name         string
	Email        string
	Language     string
	Mail         MailChoice
	MailFailedAt *time.Time // the last letter did not arrive
	MailFailure  string     // what the mail server said
	Expires      time.Time  // unless it is used before; never later than SessionLongest after its start
}

// thisDay is the day of n.at in the zone of the charter then in force.
const thisDay = `(n.at AT TIME ZONE coalesce((SELECT c.time_zone FROM charters_standing c WHERE c.effective_from <= (n.at AT TIME ZONE c.time_zone)::date
	ORDER BY c.effective_from DESC, c.version DESC LIMIT 1), 'UTC'))::date`

// Session finds the one that a token opens. What has ended, by its owner, by an
// administrator or by time, is refused as domain.ErrUnsigned. A hat whose
// membership is over is no longer worn: rights end with the fact that gave them.
// That it was used is noted at most once in SeenEvery, with no event.
func (s *Store) Session(ctx context.Context, token string) (Session, error) {
	sum := sha256.Sum256([]byte(token))
	var out Session
	var hat, org uuid.NullUUID
	var code, name, role, capacity sql.NullString
	var now, seen time.Time
	err := s.db.WithContext(ctx).Raw(`
		SELECT s.id, s.person, p.name, p.email, p.language, p.mail, p.mail_failed_at, coalesce(p.mail_failure, ''), n.at, s.seen_at, s.expires_at, m.id, m.organisation, o.code, `+shortIn("p.language")+`, m.role, m.capacity
		FROM (SELECT coalesce(?::timestamptz, clock_timestamp()) AS at) n
		JOIN sessions s ON s.token_hash = ? AND s.ended_at IS NULL AND s.expires_at > n.at AND s.seen_at > n.at - make_interval(secs => ?)
		JOIN persons p ON p.id = s.person AND p.disabled_at IS NULL
		LEFT JOIN memberships m ON m.id = s.hat AND m.term @> `+thisDay+`
		LEFT JOIN organisations o ON o.id = m.organisation`, s.override(), sum[:], int(SessionIdle.Seconds())).Row().
		Scan(&out.ID, &out.Actor.Person, &out.Name, &out.Email, &out.Language, &out.Mail, &out.MailFailedAt, &out.MailFailure, &now, &seen, &out.Expires, &hat, &org, &code, &name, &role, &capacity)
	if errors.Is(err, sql.ErrNoRows) {
		return Session{}, domain.ErrUnsigned
	}
	if err != nil {
		return Session{}, translate(err)
	}
	if now.Sub(seen) >= SeenEvery {
		seen = now
		if err := s.db.WithContext(ctx).Exec(`UPDATE sessions SET seen_at = greatest(seen_at, ?) WHERE id = ? AND ended_at IS NULL`, now, out.ID).Error; err != nil {
			return Session{}, translate(err)
		}
	}
	if idle := seen.Add(SessionIdle); idle.Before(out.Expires) {
		out.Expires = idle
	}
	out.Expires = out.Expires.UTC()
	out.Actor.Hat = domain.Hat{Membership: hat.UUID, Organisation: org.UUID, Code: code.String, Name: name.String,
		Role: domain.Role(role.String), Capacity: domain.Capacity(capacity.String)}
	return out, nil
}

// override is the test's or the example's clock, or nothing.
func (s *Store) override() *time.Time {
	if s.clock == nil {
		return nil
	}
	now := s.clock().UTC()
	return &now
}

// SignIn is somebody at the door.
type SignIn struct {
	Email, Password string
	Address         string // of the client, as the socket knows it
	Agent           string // what the browser calls itself
	Replaces        string // the token of the session that was open there, if any: it ends
}

// Token opens a session. It is told once, to its owner; the fund keeps its hash.
type Token string

// newToken has 256 bits of chance.
func newToken() (Token, []byte) {
	b := make([]byte, 32)
	rand.Read(b)
	token := Token(hex.EncodeToString(b))
	sum := sha256.Sum256([]byte(token))
	return token, sum[:]
}

// SignIn opens a new session where the password is right. Every failure is
// ErrCredentials and takes the same work; too many are domain.ErrTooMany.
func (s *Store) SignIn(ctx context.Context, in SignIn) (Token, error) {
	email, _ := domain.Email(in.Email)
	guess, err := s.guess(ctx, email, in.Address)
	if err != nil {
		return "", err
	}
	person, kept, err := s.credentials(ctx, email)
	if err != nil {
		return "", err
	}
	ok, old, err := fits(ctx, kept, in.Password)
	if err != nil {
		return "", err
	}
	if !ok {
		return "", ErrCredentials
	}
	renewed := ""
	if old {
		if renewed, err = hash(ctx, in.Password); err != nil {
			return "", err
		}
	}
	token, sum := newToken()
	_, err = act(ctx, s, As(domain.Actor{Person: person}), "session.start", func(t *tx) (uuid.UUID, error) {
		id := uuid.New()
		t.on("session", id)
		if err := t.stillHolds(person, kept, renewed); err != nil {
			return id, err
		}
		hat, err := t.usualHat(person)
		if err != nil {
			return id, err
		}
		t.by.Hat = hat
		if err := t.took(guess); err != nil {
			return id, err
		}
		if in.Replaces != "" {
			before := sha256.Sum256([]byte(in.Replaces))
			if err := t.Exec(`UPDATE sessions SET ended_at = ? WHERE token_hash = ? AND ended_at IS NULL`, t.now, before[:]).Error; err != nil {
				return id, err
			}
		}
		return id, t.Exec(`INSERT INTO sessions (id, token_hash, person, hat, agent, created_at, seen_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			id, sum, person, orNull(hat.Membership), clip(in.Agent, 200), t.now, t.now, t.now.Add(SessionLongest)).Error
	})
	if err != nil {
		return "", err
	}
	return token, nil
}

// credentials are the hash that an address answers to, or "" where nobody can
// sign in with it.
func (s *Store) credentials(ctx context.Context, email string) (person uuid.UUID, kept string, err error) {
	err = s.db.WithContext(ctx).Raw(`SELECT id, coalesce(password_hash, '') FROM persons WHERE email = ? AND disabled_at IS NULL`, email).Row().Scan(&person, &kept)
	if errors.Is(err, sql.ErrNoRows) {
		return uuid.Nil, "", nil
	}
	return person, kept, translate(err)
}

// stillHolds sees, under the person's lock, that what was compared outside any
// transaction is still the password, and makes an old hash new.
func (t *tx) stillHolds(person uuid.UUID, kept, renewed string) error {
	var now string
	err := t.Raw(`SELECT coalesce(password_hash, '') FROM persons WHERE id = ? AND disabled_at IS NULL FOR NO KEY UPDATE`, person).Row().Scan(&now)
	if errors.Is(err, sql.ErrNoRows) || err == nil && now != kept {
		return ErrCredentials
	}
	if err != nil || renewed == "" {
		return err
	}
	return t.Exec(`UPDATE persons SET password_hash = ? WHERE id = ?`, renewed, person).Error
}

// EndSession ends one of by's own.
func (s *Store) EndSession(ctx context.Context, by Ask, session uuid.UUID) error {
	_, err := act(ctx, s, by, "session.end", func(t *tx) (uuid.UUID, error) {
		t.on("session", session)
		return session, t.one(`UPDATE sessions SET ended_at = ? WHERE id = ? AND person = ? AND ended_at IS NULL`, t.now, session, by.Person)
	})
	return err
}

// OpenSession is one of a person's own, in their list.
type OpenSession struct {
	ID                 uuid.UUID
	Agent              string
	Start, Seen, Until time.Time
}

// Sessions are by's own that are open, the last used first.
func (s *Store) Sessions(ctx context.Context, by domain.Actor) ([]OpenSession, error) {
	return read(ctx, s, by, func(t *tx) ([]OpenSession, error) {
		rows, err := t.Raw(`SELECT id, agent, created_at, seen_at, least(expires_at, seen_at + make_interval(secs => ?)) FROM sessions
			WHERE person = ? AND ended_at IS NULL AND expires_at > ? AND seen_at > ? ORDER BY seen_at DESC, id`,
			int(SessionIdle.Seconds()), by.Person, t.now, t.now.Add(-SessionIdle)).Rows()
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		var list []OpenSession
		for rows.Next() {
			var o OpenSession
			if err := rows.Scan(&o.ID, &o.Agent, &o.Start, &o.Seen, &o.Until); err != nil {
				return nil, err
			}
			list = append(list, o)
		}
		return list, rows.Err()
	})
}

// SetLanguage is by's own choice.
func (s *Store) SetLanguage(ctx context.Context, by Ask, language string) error {
	_, err := act(ctx, s, by, "session.language", func(t *tx) (uuid.UUID, error) {
		t.on("person", by.Person)
		if !slices.Contains(domain.Languages, language) {
			return by.Person, domain.ErrUnknownWord.With("given", clip(language, 40)).At("language")
		}
		t.changed("language", language)
		return by.Person, t.one(`UPDATE persons SET language = ?, version = version + 1 WHERE id = ?`, language, by.Person)
	})
	return err
}

// ChangePassword is by's own act: it asks for the present password, which is
// guarded like a sign-in, and ends every other session.
func (s *Store) ChangePassword(ctx context.Context, by Ask, session uuid.UUID, present, chosen, address string) error {
	p, err := s.Person(ctx, domain.Actor{Person: by.Person, Scope: domain.Any}, by.Person)
	if err != nil {
		return err
	}
	if err := domain.CheckPassword(chosen, p); err != nil {
		return err
	}
	guess, err := s.guess(ctx, p.Email, address)
	if err != nil {
		return err
	}
	_, kept, err := s.credentials(ctx, p.Email)
	if err != nil {
		return err
	}
	ok, _, err := fits(ctx, kept, present)
	if err != nil {
		return err
	}
	if !ok {
		return ErrPresent.At("present")
	}
	renewed, err := hash(ctx, chosen)
	if err != nil {
		return err
	}
	by.Key = "" // nothing about a password is kept to answer with
	_, err = act(ctx, s, by, "session.password", func(t *tx) (uuid.UUID, error) {
		t.on("person", by.Person)
		if err := t.stillHolds(by.Person, kept, renewed); err != nil {
			return by.Person, err
		}
		if err := t.took(guess); err != nil {
			return by.Person, err
		}
		return by.Person, t.Exec(`UPDATE sessions SET ended_at = ? WHERE person = ? AND ended_at IS NULL AND id <> ?`, t.now, by.Person, session).Error
	})
	return err
}

// ErrPresent refuses to change a password without the present one.
var ErrPresent = problem.New(problem.Invalid, "wrong-present-password")

// one changes one row, or says that there is none.
func (t *tx) one(sql string, args ...any) error {
	done := t.Exec(sql, args...)
	if done.Error == nil && done.RowsAffected == 0 {
		return domain.ErrMissing
	}
	return done.Error
}

// clip keeps what others wrote within bounds, and within what PostgreSQL keeps.
func clip(s string, most int) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "?"), "\x00", "?")
	if r := []rune(s); len(r) > most {
		return string(r[:most])
	}
	return s
}
