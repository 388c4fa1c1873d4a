package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
)

// calendarDays is how long what is past stays in a calendar that is subscribed to: a year
// and a month, for whoever looks up the last yearly meeting.
const calendarDays = 400

// Silence is the end of a question in writing, as calendars are told of it: by what it is
// called, never by its title, which a calendar would keep from nobody.
type Silence struct {
	ID         uuid.UUID
	Written    string
	EndsAt     time.Time
	Extensions int
}

// Dates are the body's, as one person's calendar has them.
type Dates struct {
	Hats      []domain.Hat
	Language  string
	Attendees []charter.Attendee // the capacities in which the rules let anybody attend
	Meetings  []domain.Meeting
	Due       map[uuid.UUID]domain.Due // by meeting: until when items are asked for and listed
	Silences  []Silence
	Fund      charter.Names
}

// RenewCalendar gives by an address for a calendar; the one before is no longer good. It
// is told once.
func (s *Store) RenewCalendar(ctx context.Context, by Ask) (Token, error) {
	var token Token
	_, err := act(ctx, s, by, "calendar.renew", func(t *tx) (bool, error) {
		t.on("person", by.Person)
		var sum []byte
		token, sum = newToken()
		return true, t.Exec(`INSERT INTO calendar_feeds (person, hash, made_at) VALUES (?, ?, ?)
			ON CONFLICT (person) DO UPDATE SET hash = excluded.hash, made_at = excluded.made_at`, by.Person, sum, t.now).Error
	})
	return token, err
}

// CalendarMade is when by's address for a calendar was made; zero where there is none.
func (s *Store) CalendarMade(ctx context.Context, by domain.Actor) (time.Time, error) {
	return read(ctx, s, by, func(t *tx) (at time.Time, err error) {
		err = t.Raw(`SELECT made_at FROM calendar_feeds WHERE person = ?`, by.Person).Row().Scan(&at)
		if errors.Is(err, sql.ErrNoRows) {
			return time.Time{}, nil
		}
		return at, err
	})
}

// Calendar are the dates for whoever holds a token. Hats are those that the person holds
// today: what policy lets none of them read, the asker leaves out.
func (s *Store) Calendar(ctx context.Context, token string) (Dates, error) {
	sum := sha256.Sum256([]byte(token))
	return read(ctx, s, domain.Actor{}, func(t *tx) (d Dates, err error) {
		var person uuid.UUID
		if err := t.Raw(`SELECT f.person, p.language FROM calendar_feeds f JOIN persons p ON p.id = f.person
			WHERE f.hash = ? AND p.disabled_at IS NULL`, sum[:]).Row().Scan(&person, &d.Language); err != nil {
			return d, missing(err)
		}
		if d.Hats, err = t.hats(person); err != nil {
			return d, err
		}
		d.Attendees, d.Fund = t.charter.Body.Attending.Value, t.charter.Fund.Name.Value
		if d.Meetings, err = t.meetings(`starts_at > ? ORDER BY starts_at, ref`, t.now.AddDate(0, 0, -calendarDays)); err != nil {
			return d, err
		}
		d.Due = map[uuid.UUID]domain.Due{}
		for _, m := range d.Meetings {
			c, err := t.charterOf(m.CharterVersion)
			if err != nil {
				return d, err
			}
			d.Due[m.ID] = m.Due(c)
		}
		rows, err := t.Raw(`SELECT q.id, q.written, q.ends_at, (SELECT count(*) FROM silence_extensions e WHERE e.question = q.id)
			FROM questions q WHERE q.state = 'open' AND q.ends_at IS NOT NULL ORDER BY q.ends_at, q.written`).Rows()
		if err != nil {
			return d, err
		}
		defer rows.Close()
		for rows.Next() {
			var x Silence
			if err := rows.Scan(&x.ID, &x.Written, &x.EndsAt, &x.Extensions); err != nil {
				return d, err
			}
			d.Silences = append(d.Silences, x)
		}
		return d, rows.Err()
	})
}
