package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
)

// nominations reads them with the days for which the seat was wanted or, once given, is
// held: what is given up is another's to fill.
func (t *tx) nominations(condition string, args ...any) (list []domain.Nomination, err error) {
	rows, err := t.Raw(`SELECT id, seat, organisation, lower(term), upper(term) - 1, state, note, at, settled_note, seat_term
		FROM (SELECT n.id, n.seat, n.organisation, coalesce(h.term, n.term) AS term, n.state, n.note, n.at, n.settled_note, h.id AS seat_term
			FROM nominations n LEFT JOIN seat_terms h ON h.id = n.seat_term AND NOT isempty(h.term)) n
		WHERE `+condition+` ORDER BY at, id`, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var n domain.Nomination
		var term uuid.NullUUID
		if err := rows.Scan(&n.ID, &n.Seat, &n.Organisation, &n.From, &n.Until, &n.State, &n.Note, &n.At, &n.Settled, &term); err != nil {
			return nil, err
		}
		n.Term = term.UUID
		list = append(list, n)
	}
	return list, rows.Err()
}

// Nominate names an organisation for a seat that falls vacant.
func (s *Store) Nominate(ctx context.Context, by Ask, c domain.Choosing, note string) (domain.Nomination, error) {
	return act(ctx, s, by, "seat.nominate", func(t *tx) (domain.Nomination, error) {
		if err := t.lockRotation(); err != nil {
			return domain.Nomination{}, err
		}
		r, err := t.rota()
		if err != nil {
			return domain.Nomination{}, err
		}
		if _, ok := r.Codes[c.Organisation]; !ok {
			return domain.Nomination{}, domain.ErrUnknownWord.With("given", c.Organisation.String()).At("/organisation")
		}
		if !slices.ContainsFunc(r.Seats, func(s domain.Seat) bool { return s.ID == c.Seat }) {
			return domain.Nomination{}, domain.ErrMissing
		}
		standing, err := t.nominations(`seat = ?`, c.Seat)
		if err != nil {
			return domain.Nomination{}, err
		}
		n, err := r.Nominate(t.by, t.today(), c, note, standing)
		if err != nil {
			return n, err
		}
		n.At = t.now
		t.on("nomination", n.ID)
		t.changed("organisation", r.Codes[n.Organisation])
		t.changed("from", day(n.From))
		return n, t.Exec(`INSERT INTO nominations (id, seat, organisation, term, state, note, person, at) VALUES (?, ?, ?, daterange(?::date, ?::date, '[]'), ?, ?, ?, ?)`,
			n.ID, n.Seat, n.Organisation, day(n.From), day(n.Until), string(n.State), n.Note, t.by.Person, t.now).Error
	})
}

// ChooseNomination records whom the constituency chose.
func (s *Store) ChooseNomination(ctx context.Context, by Ask, id uuid.UUID, note string) (domain.Nomination, error) {
	return s.settle(ctx, by, "nomination.choose", id, func(n domain.Nomination, others []domain.Nomination) (domain.Nomination, error) {
		return n.Choose(others, note)
	})
}

// WithdrawNomination takes one back before it is confirmed.
func (s *Store) WithdrawNomination(ctx context.Context, by Ask, id uuid.UUID, note string) (domain.Nomination, error) {
	return s.settle(ctx, by, "nomination.withdraw", id, func(n domain.Nomination, _ []domain.Nomination) (domain.Nomination, error) {
		return n.Withdraw(note)
	})
}

func (s *Store) settle(ctx context.Context, by Ask, name string, id uuid.UUID, how func(domain.Nomination, []domain.Nomination) (domain.Nomination, error)) (domain.Nomination, error) {
	return act(ctx, s, by, name, func(t *tx) (domain.Nomination, error) {
		t.on("nomination", id)
		if err := t.lockRotation(); err != nil {
			return domain.Nomination{}, err
		}
		n, err := t.nomination(id)
		if err != nil {
			return n, err
		}
		others, err := t.nominations(`seat = ?`, n.Seat)
		if err != nil {
			return n, err
		}
		if n, err = how(n, others); err != nil {
			return n, err
		}
		t.changed("state", n.State)
		return n, t.Exec(`UPDATE nominations SET state = ?, settled_note = ?, settled_by = ?, settled_at = ? WHERE id = ?`,
			string(n.State), n.Settled, t.by.Person, t.now, n.ID).Error
	})
}

func (t *tx) nomination(id uuid.UUID) (domain.Nomination, error) {
	return only(t.nominations(`id = ?`, id))
}

// ConfirmRotation gives their seats to those whom the constituencies chose, all or
// none; rules of balance are set aside by name alone, and with a reason.
func (s *Store) ConfirmRotation(ctx context.Context, by Ask, nominations []uuid.UUID, aside []string, reason string) ([]domain.Nomination, error) {
	return act(ctx, s, by, "rotation.confirm", func(t *tx) ([]domain.Nomination, error) {
		if err := t.lockRotation(); err != nil {
			return nil, err
		}
		r, err := t.rota()
		if err != nil {
			return nil, err
		}
		list, err := t.chosen(nominations)
		if err != nil {
			return nil, err
		}
		terms, err := r.ConfirmNominations(t.today(), list, aside, reason)
		if err != nil {
			return nil, err
		}
		choices := make([]domain.Choosing, len(list))
		for i, n := range list {
			choices[i] = domain.Choosing{Seat: n.Seat, Organisation: n.Organisation}
		}
		rotation := uuid.New()
		t.on("rotation", rotation)
		t.changed("aside", aside)
		if len(aside) == 0 {
			reason = ""
		}
		if err := t.Exec(`INSERT INTO rotations (id, charter_version, aside, reason, person, at) VALUES (?, ?, ?::text[], ?, ?, ?)`,
			rotation, t.charter.Version, "{"+strings.Join(aside, ",")+"}", reason, t.by.Person, t.now).Error; err != nil {
			return nil, err
		}
		for _, d := range r.Draws(t.today(), choices) {
			if err := t.Exec(`INSERT INTO rotation_draws (rotation, seat, day, seed, proposed, why, lot) VALUES (?, ?, ?, ?, ?, ?, ?)`,
				rotation, d.Seat, day(d.Day), d.Seed, orNull(d.Proposed), d.Why, d.Lot).Error; err != nil {
				return nil, err
			}
		}
		var seated []string
		for i, x := range terms {
			if err := t.seatChosen(rotation, &list[i], x); err != nil {
				return nil, err
			}
			seated = append(seated, r.Codes[x.Organisation])
		}
		t.changed("seated", seated)
		return list, nil
	})
}

func (t *tx) seatChosen(rotation uuid.UUID, n *domain.Nomination, x domain.SeatTerm) error {
	x.Note = n.Settled
	if err := t.insertSeatTerm(x); err != nil {
		return err
	}
	n.State, n.Term = domain.Confirmed, x.ID
	return t.Exec(`UPDATE nominations SET state = 'confirmed', rotation = ?, seat_term = ? WHERE id = ?`, rotation, x.ID, n.ID).Error
}

func (t *tx) chosen(ids []uuid.UUID) (list []domain.Nomination, err error) {
	for _, id := range ids {
		n, err := t.nomination(id)
		if err != nil {
			return nil, err
		}
		list = append(list, n)
	}
	return list, nil
}

// SeatLetter is what the letter to a new holder speaks of.
type SeatLetter struct {
	domain.Seat
	Organisation string
	From, Until  time.Time
}

// SeatLetter is the letter about a term on the body.
func (s *Store) SeatLetter(ctx context.Context, by domain.Actor, term uuid.UUID) (SeatLetter, error) {
	return read(ctx, s, by, func(t *tx) (SeatLetter, error) {
		var l SeatLetter
		var until *time.Time
		err := t.Raw(`SELECT s.id, s.constituency, s.name, o.name, lower(m.term), coalesce(m.meant_until, upper(m.term) - 1) FROM seat_terms m JOIN seats s ON s.id = m.seat
			JOIN organisations o ON o.id = m.organisation WHERE m.id = ? AND NOT isempty(m.term) AND s.constituency <> 'chair'`, term).Row().Scan(&l.ID, &l.Constituency, &l.Name, &l.Organisation, &l.From, &until)
		l.Until = orOpen(until)
		return l, missing(err)
	})
}
