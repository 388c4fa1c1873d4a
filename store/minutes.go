package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
)

// MinutesFile is the minutes of a meeting as a reader sees them.
type MinutesFile struct {
	domain.Minutes
	May     []string
	SendBy  time.Time // the instant by which they are to have gone out
	Sent    []Sending
	Reads   bool // positions
	Visible bool // whether they are there for the reader at all
	Late    bool
}

// DraftMinutes begins the minutes of a meeting that is over.
func (s *Store) DraftMinutes(ctx context.Context, by Ask, meeting uuid.UUID, language string) (uuid.UUID, error) {
	return s.onMinutes(ctx, by, "minutes.draft", meeting, func(t *tx, m domain.Minutes, _ sights) error {
		m, err := m.Draft(language, t.now)
		if err != nil {
			return err
		}
		t.changed("language", language)
		return t.Exec(`INSERT INTO minutes (meeting, language, person, at) VALUES (?, ?, ?, ?)`, meeting, m.Language, by.Person, t.now).Error
	})
}

// WriteMinutes puts prose into a part of the minutes.
func (s *Store) WriteMinutes(ctx context.Context, by Ask, meeting uuid.UUID, p domain.MinutesProse, after int) (uuid.UUID, error) {
	return s.onMinutes(ctx, by, "minutes.write", meeting, func(t *tx, m domain.Minutes, seen sights) error {
		text, err := m.Write(by.Actor, p, after, seen, t.now)
		if err != nil {
			return err
		}
		return t.insertProse(meeting, text)
	})
}

// CirculateMinutes hands the draft to the members.
func (s *Store) CirculateMinutes(ctx context.Context, by Ask, meeting uuid.UUID) (uuid.UUID, error) {
	return s.onMinutes(ctx, by, "minutes.circulate", meeting, func(t *tx, m domain.Minutes, _ sights) error {
		m, err := m.Circulate(t.now)
		if err != nil {
			return err
		}
		t.changed("until", m.Circulated.Until)
		return t.Exec(`INSERT INTO minutes_circulations (meeting, until, person, at) VALUES (?, ?, ?, ?)`, meeting, m.Circulated.Until, by.Person, t.now).Error
	})
}

// CorrectMinutes puts on record what a member would have otherwise.
func (s *Store) CorrectMinutes(ctx context.Context, by Ask, meeting uuid.UUID, part, language, text string) (uuid.UUID, error) {
	return s.onMinutes(ctx, by, "minutes.correct", meeting, func(t *tx, m domain.Minutes, seen sights) error {
		sitting, err := t.sitting(t.today())
		if err != nil {
			return err
		}
		c, err := m.Correct(by.Actor, part, language, text, sitting, seen, t.now)
		if err != nil {
			return err
		}
		t.changed("correction", c.N)
		return t.Exec(`INSERT INTO minutes_corrections (id, meeting, n, part, language, text, seat, organisation, person, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			c.ID, meeting, c.N, c.Part, c.Language, c.Text, c.Seat, by.Hat.Organisation, c.By, c.At).Error
	})
}

// AnswerCorrection takes a correction, or does not.
func (s *Store) AnswerCorrection(ctx context.Context, by Ask, meeting, correction uuid.UUID, taken bool, reason, text string) (uuid.UUID, error) {
	return s.onMinutes(ctx, by, "minutes.answer", meeting, func(t *tx, m domain.Minutes, seen sights) error {
		a, prose, err := m.Answer(by.Actor, correction, taken, reason, text, seen, t.now)
		if err != nil {
			return err
		}
		t.changed("taken", taken)
		if prose != nil {
			if err := t.insertProse(meeting, *prose); err != nil {
				return err
			}
		}
		return t.Exec(`INSERT INTO minutes_answers (correction, taken, reason, person, at) VALUES (?, ?, ?, ?, ?)`, correction, a.Taken, a.Reason, a.By, a.At).Error
	})
}

// FixMinutes makes them what they are for ever.
func (s *Store) FixMinutes(ctx context.Context, by Ask, meeting uuid.UUID) (uuid.UUID, error) {
	return s.onMinutes(ctx, by, "minutes.fix", meeting, func(t *tx, m domain.Minutes, _ sights) error {
		year := t.today().Year()
		n, err := t.next(fmt.Sprintf("minutes:%d", year))
		if err != nil {
			return err
		}
		if m, err = m.Fix(by.Actor, fmt.Sprintf("MIN-%d-%02d", year, n), t.now); err != nil {
			return err
		}
		t.changed("number", m.Fixed.Number)
		return t.Exec(`INSERT INTO fixed_minutes (meeting, number, record, record_hash, person, at) VALUES (?, ?, ?, ?, ?, ?)`,
			meeting, m.Fixed.Number, string(m.Fixed.Record), m.Fixed.Hash, m.Fixed.By, m.Fixed.At).Error
	})
}

// AmendMinutes adds a corrigendum to minutes that are fixed.
func (s *Store) AmendMinutes(ctx context.Context, by Ask, meeting uuid.UUID, part, text string) (uuid.UUID, error) {
	return s.onMinutes(ctx, by, "minutes.amend", meeting, func(t *tx, m domain.Minutes, seen sights) error {
		c, err := m.Amend(by.Actor, part, text, seen, t.now)
		if err != nil {
			return err
		}
		t.changed("corrigendum", c.N)
		return t.Exec(`INSERT INTO minutes_corrigenda (meeting, n, part, text, person, at) VALUES (?, ?, ?, ?, ?, ?)`, meeting, c.N, c.Part, c.Text, c.By, c.At).Error
	})
}

// sights is what by sees of each item of a meeting.
type sights = map[uuid.UUID]domain.Sight

// onMinutes is an act on the minutes of a meeting, which is held still for it.
func (s *Store) onMinutes(ctx context.Context, by Ask, name string, meeting uuid.UUID, do func(*tx, domain.Minutes, sights) error) (uuid.UUID, error) {
	return act(ctx, s, by, name, func(t *tx) (uuid.UUID, error) {
		t.on("minutes", meeting)
		m, seen, err := t.minutes(meeting, "FOR UPDATE")
		if err != nil {
			return meeting, err
		}
		return meeting, do(t, m, seen)
	})
}

// Minutes opens the minutes of a meeting, as by may read them.
func (s *Store) Minutes(ctx context.Context, by domain.Actor, meeting uuid.UUID) (MinutesFile, error) {
	return read(ctx, s, by, func(t *tx) (MinutesFile, error) { return t.minutesFile(meeting) })
}

func (t *tx) minutesFile(meeting uuid.UUID) (f MinutesFile, err error) {
	m, seen, err := t.minutes(meeting, "")
	if err != nil {
		return f, err
	}
	sitting, err := t.sitting(t.today())
	if err != nil {
		return f, err
	}
	then, err := t.sitting(m.Charter.Day(m.Meeting.StartsAt))
	if err != nil {
		return f, err
	}
	sits := slices.Contains(domain.Organisations(append(then, sitting...)), t.by.Hat.Organisation)
	f = MinutesFile{Minutes: m, Visible: m.SeenBy(t.by), Reads: domain.ReadsPositions(m.Charter, t.by.Hat.Role, sits)}
	if f.Visible {
		f.Minutes = m.ReadBy(f.Reads, seen)
	} else {
		f.Minutes = domain.Minutes{Meeting: m.Meeting, Charter: m.Charter}
	}
	f.May = m.May(t.by, sitting, t.now)
	if m.Meeting.ClosedAt == nil {
		return f, nil
	}
	f.SendBy = domain.SendBy(m.Charter, *m.Meeting.ClosedAt)
	if f.Sent, err = t.sendings(`s.meeting = ?`, meeting); err != nil {
		return f, err
	}
	f.Late = len(f.Sent) == 0 && !t.now.Before(f.SendBy)
	return f, nil
}

var _ = ask(
	Question{"minutes-of-what-is-over", "minutes were drafted of a meeting that is not over", `
		SELECT m.ref FROM minutes x JOIN meetings m ON m.id = x.meeting WHERE m.state <> 'closed' OR m.closed_at > x.at`},
	Question{"minutes-fixed-after-corrections", "minutes were fixed before their corrections were over, or with one unanswered", `
		SELECT f.number FROM fixed_minutes f JOIN minutes_circulations c ON c.meeting = f.meeting WHERE f.at < c.until
		OR EXISTS (SELECT FROM minutes_corrections k LEFT JOIN minutes_answers a ON a.correction = k.id
			WHERE k.meeting = f.meeting AND (a.correction IS NULL OR a.at > f.at OR k.at >= c.until))`},
	Question{"minutes-say-the-record", "fixed minutes name a decision that the meeting did not take, or leave one out", `
		SELECT f.number FROM fixed_minutes f WHERE (SELECT coalesce(array_agg(d.number ORDER BY d.number), '{}') FROM decisions d WHERE d.meeting = f.meeting)
			<> (SELECT coalesce(array_agg(i->>'decision' ORDER BY i->>'decision'), '{}') FROM jsonb_array_elements(f.record::jsonb->'items') i WHERE i->>'decision' <> '')`},
	Question{"sent-to-somebody", "something was sent out to nobody", `
		SELECT s.id::text FROM sendings s WHERE NOT EXISTS (SELECT FROM sending_recipients r WHERE r.sending = s.id)`},
)
