package store

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"startupfund/domain"
	"startupfund/domain/charter"
)

func init() { promises["one_holder_at_a_time"] = domain.ErrSeatHeld }

// foundSeats makes the seats that a charter has and the fund has not: so many in
// each constituency, and the chair's. None is ever taken away; one that the
// charter no longer has stays vacant.
func foundSeats(db *gorm.DB, c charter.Charter) error {
	seats := []domain.Seat{{Constituency: domain.ChairConstituency, Name: domain.ChairConstituency}}
	for _, k := range c.Constituencies {
		for n := range k.Seats.Value {
			seats = append(seats, domain.Seat{Constituency: k.Key, Name: fmt.Sprintf("%s-%d", k.Key, n+1)})
		}
	}
	for _, s := range seats {
		if err := db.Exec(`INSERT INTO seats (id, constituency, name) VALUES (?, ?, ?) ON CONFLICT (name) DO NOTHING`,
			uuid.New(), s.Constituency, s.Name).Error; err != nil {
			return err
		}
	}
	return nil
}

// SeatOn is a seat on a day, and who held it; nobody, where Held is nil.
type SeatOn struct {
	domain.Seat
	Held      *domain.Sitting
	Terms     []domain.Sitting              // all, first to last
	Begins    time.Time                     // the day to come from which the rules have it; zero where they have it that day, or never again
	Composing bool                          // it may be given outside the plan
	Drawn     map[uuid.UUID]domain.LotDrawn // by term
}

// Seats lists every seat of the body with its holder on a day; the zero day is
// today. A seat that only rules to come have is listed once somebody is to hold it.
func (s *Store) Seats(ctx context.Context, by domain.Actor, on time.Time) ([]SeatOn, error) {
	return read(ctx, s, by, func(t *tx) ([]SeatOn, error) {
		if on.IsZero() {
			on = t.today()
		}
		sitting, err := t.sitting(on)
		if err != nil {
			return nil, err
		}
		held := map[uuid.UUID]*domain.Sitting{}
		for i := range sitting {
			held[sitting[i].ID] = &sitting[i]
		}
		terms, err := t.terms()
		if err != nil {
			return nil, err
		}
		r := domain.Rota{Charter: t.charter}
		if r.Charters, err = t.charters(); err != nil {
			return nil, err
		}
		if r.Seats, err = t.allSeats(); err != nil {
			return nil, err
		}
		if r.Terms, err = t.seatTerms(`true`); err != nil {
			return nil, err
		}
		drawn, err := t.lotsDrawn()
		list := []SeatOn{}
		for _, x := range r.Seats {
			if terms[x.ID] != nil || r.Has(x, on) {
				list = append(list, SeatOn{x, held[x.ID], terms[x.ID], r.Begins(x, on), r.ComposingStill(x, on), drawn})
			}
		}
		return list, err
	})
}

// GiveSeat lets an organisation hold a seat for a term.
func (s *Store) GiveSeat(ctx context.Context, by Ask, seat uuid.UUID, term domain.SeatTerm) (domain.SeatTerm, error) {
	return act(ctx, s, by, "seat.give", func(t *tx) (domain.SeatTerm, error) {
		t.on("seat", seat)
		if err := t.lockRotation(); err != nil {
			return domain.SeatTerm{}, err
		}
		k := domain.Seat{ID: seat}
		if err := t.Raw(`SELECT constituency, name FROM seats WHERE id = ?`, seat).Row().Scan(&k.Constituency, &k.Name); err != nil {
			return domain.SeatTerm{}, missing(err)
		}
		r, err := t.rota()
		if err != nil {
			return domain.SeatTerm{}, err
		}
		code, known := r.Codes[term.Organisation]
		if !known {
			return domain.SeatTerm{}, domain.ErrUnknownWord.With("given", term.Organisation.String()).At("/organisation")
		}
		if term, err = r.Give(k, term); err != nil {
			return domain.SeatTerm{}, err
		}
		term.ID = uuid.New()
		t.changed("organisation", code)
		t.changed("from", term.From.Format(time.DateOnly))
		t.changed("until", lastDay(term.Until))
		return term, t.insertSeatTerm(term)
	})
}

func (t *tx) insertSeatTerm(x domain.SeatTerm) error {
	return t.Exec(`INSERT INTO seat_terms (id, seat, organisation, term, note) VALUES (?, ?, ?, daterange(?::date, ?::date, '[]'), ?)`,
		x.ID, x.Seat, x.Organisation, day(x.From), lastDay(x.Until), x.Note).Error
}

// lastDay is a term's end as the database takes it: none where it is open.
func lastDay(d time.Time) *string {
	if d.IsZero() {
		return nil
	}
	text := d.Format(time.DateOnly)
	return &text
}

// terms are all that a seat was and will be held for, by seat.
func (t *tx) terms() (map[uuid.UUID][]domain.Sitting, error) {
	list, err := t.sittings(`true`)
	all := map[uuid.UUID][]domain.Sitting{}
	for _, one := range list {
		all[one.ID] = append(all[one.ID], one)
	}
	return all, err
}

// sitting lists the seats that are held on a day.
func (t *tx) sitting(on time.Time) ([]domain.Sitting, error) {
	return t.sittings(`m.term @> ?::date`, on.Format(time.DateOnly))
}

func (t *tx) sittings(condition string, args ...any) ([]domain.Sitting, error) {
	rows, err := t.Raw(`SELECT s.id, s.constituency, s.name, m.organisation, o.code, o.name, lower(m.term), upper(m.term) - 1, m.note, m.id, m.meant_until, coalesce(m.ended_for, ''),
			(SELECT min(lower(e.term)) FROM seat_terms e WHERE e.organisation = m.organisation)
		FROM seats s JOIN seat_terms m ON m.seat = s.id JOIN organisations o ON o.id = m.organisation
		WHERE NOT isempty(m.term) AND (`+condition+`) ORDER BY s.name, lower(m.term)`, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []domain.Sitting
	for rows.Next() {
		var x domain.Sitting
		var until, meant *time.Time
		if err := rows.Scan(&x.ID, &x.Constituency, &x.Name, &x.Organisation, &x.Code, &x.Holder, &x.From, &until, &x.Note, &x.Term, &meant, &x.Ended, &x.Serving); err != nil {
			return nil, err
		}
		x.Until, x.Meant = orOpen(until), orOpen(meant)
		list = append(list, x)
	}
	return list, rows.Err()
}

// lotsDrawn are what was proposed for the terms that nominations gave, by term.
func (t *tx) lotsDrawn() (map[uuid.UUID]domain.LotDrawn, error) {
	of := map[uuid.UUID]domain.LotDrawn{}
	err := t.each(`SELECT n.seat_term, d.seat, d.day, d.seed, d.proposed, coalesce(o.code, ''), d.why, d.lot
		FROM rotation_draws d JOIN nominations n ON n.rotation = d.rotation AND n.seat = d.seat LEFT JOIN organisations o ON o.id = d.proposed`, func(scan func(...any) error) error {
		var d domain.LotDrawn
		var term uuid.UUID
		var proposed uuid.NullUUID
		err := scan(&term, &d.Seat, &d.Day, &d.Seed, &proposed, &d.Code, &d.Why, &d.Lot)
		d.Proposed = proposed.UUID
		of[term] = d
		return err
	})
	return of, err
}
