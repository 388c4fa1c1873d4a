package store

import (
	"context"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
)

func init() {
	promises["one_constituency_at_a_time"] = domain.ErrOneConstituency
	promises["in_a_group_once_at_a_time"] = domain.ErrGroupTwice
	promises["one_regional_group"] = domain.ErrOneRegion
	promises["nominated_once"] = domain.ErrNominated
	promises["one_chosen_a_vacancy"] = domain.ErrChosen
}

var _ = ask(
	Question{"seat-without-its-constituency", "who holds a seat that a nomination gave belonged to its constituency when the term began", `
		SELECT s.name || ' ' || o.code FROM nominations n JOIN seat_terms t ON t.id = n.seat_term JOIN seats s ON s.id = t.seat JOIN organisations o ON o.id = t.organisation
		WHERE n.state = 'confirmed' AND NOT EXISTS (SELECT FROM belongings b WHERE b.organisation = t.organisation AND b.constituency = s.constituency AND b.term @> lower(t.term))`},
	Question{"seats-never-taken", "a term that never began comes of a nomination that is not withdrawn, or a withdrawn nomination has a term with days", `
		SELECT n.id::text FROM nominations n JOIN seat_terms t ON t.id = n.seat_term WHERE (n.state = 'withdrawn') <> isempty(t.term)`},
	Question{"two-seats-at-once", "two seats of constituencies are not held by one organisation on one day", `
		SELECT DISTINCT o.code FROM seat_terms a JOIN seat_terms b ON a.organisation = b.organisation AND a.term && b.term AND a.seat < b.seat
		JOIN seats s ON s.id = a.seat JOIN seats x ON x.id = b.seat JOIN organisations o ON o.id = a.organisation
		JOIN nominations n ON n.seat_term IN (a.id, b.id) WHERE s.constituency <> 'chair' AND x.constituency <> 'chair'`},
)

// lockRotation lets one act at a time change who sits, is to sit or may sit: what is
// checked against all of it holds when it is written.
func (t *tx) lockRotation() error {
	return t.Exec(`SELECT pg_advisory_xact_lock(hashtextextended('rotation', 0))`).Error
}

// rota is all that the rotation looks at, as it stands now, by every version of the
// rules that is kept.
func (t *tx) rota() (r domain.Rota, err error) {
	r = domain.Rota{Charter: t.charter, Groups: map[uuid.UUID][]domain.GroupTerm{}}
	if r.Charters, err = t.charters(); err != nil {
		return r, err
	}
	kin, err := t.kin()
	if err != nil {
		return r, err
	}
	if r.Seats, err = t.allSeats(); err != nil {
		return r, err
	}
	if r.Terms, err = t.seatTerms(`true`); err != nil {
		return r, err
	}
	if r.Members, err = t.belongings(`true`); err != nil {
		return r, err
	}
	groups, err := t.groupTerms(`true`)
	if err != nil {
		return r, err
	}
	for _, g := range groups {
		r.Groups[g.Organisation] = append(r.Groups[g.Organisation], g)
	}
	r.Codes, err = pairs[uuid.UUID, string](t.Raw(`SELECT id, code FROM organisations`).Rows())
	return r.AsOne(kin), err
}

// charters are all versions of the rules that stand, those to come too.
func (t *tx) charters() ([]charter.Charter, error) {
	var versions []int
	if err := t.Raw(`SELECT version FROM charters_standing ORDER BY version`).Scan(&versions).Error; err != nil {
		return nil, err
	}
	list := make([]charter.Charter, len(versions))
	for n, version := range versions {
		var err error
		if list[n], err = t.charterOf(version); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func (t *tx) allSeats() (list []domain.Seat, err error) {
	rows, err := t.Raw(`SELECT id, constituency, name FROM seats ORDER BY name`).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var s domain.Seat
		if err := rows.Scan(&s.ID, &s.Constituency, &s.Name); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, rows.Err()
}

func (t *tx) seatTerms(condition string, args ...any) (list []domain.SeatTerm, err error) {
	rows, err := t.Raw(`SELECT id, seat, organisation, lower(term), upper(term) - 1, note, meant_until, coalesce(ended_for, ''), ended_note
		FROM seat_terms WHERE NOT isempty(term) AND (`+condition+`) ORDER BY lower(term), id`, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var x domain.SeatTerm
		var until, meant *time.Time
		if err := rows.Scan(&x.ID, &x.Seat, &x.Organisation, &x.From, &until, &x.Note, &meant, &x.Ended, &x.EndedNote); err != nil {
			return nil, err
		}
		x.Until, x.Meant = orOpen(until), orOpen(meant)
		list = append(list, x)
	}
	return list, rows.Err()
}

// orOpen is a day, or the zero one where the end is open.
func orOpen(d *time.Time) time.Time {
	if d == nil {
		return time.Time{}
	}
	return *d
}

// RotationPlan is what rotation looks like from a day.
type RotationPlan struct {
	On          time.Time
	Charter     charter.Charter
	Rounds      []domain.Round
	Nominations []domain.Nomination // for these vacancies, withdrawn ones too
	Names       map[uuid.UUID]string
	Speaks      map[uuid.UUID]bool // by seat: whether who asks may nominate for it
}

// Rotation plans what falls vacant from a day on; today where it is zero. Names are
// those of a reader's language.
func (s *Store) Rotation(ctx context.Context, by domain.Actor, on time.Time, language string) (RotationPlan, error) {
	return read(ctx, s, by, func(t *tx) (RotationPlan, error) {
		if on.IsZero() {
			on = t.today()
		}
		p := RotationPlan{On: on, Charter: t.charter}
		r, err := t.rota()
		if err != nil {
			return p, err
		}
		p.Rounds, p.Speaks = r.Plan(on), map[uuid.UUID]bool{}
		for _, round := range p.Rounds {
			for _, v := range round.Vacancies {
				p.Speaks[v.ID] = r.Speaks(by, v.Vacancy, t.today()) == nil
			}
		}
		if p.Nominations, err = t.nominations(`upper(term) > ?::date`, day(on)); err != nil {
			return p, err
		}
		p.Names, err = shortNames[uuid.UUID](t, "id", language)
		return p, err
	})
}

// Foresight is the outlook of the secretariat.
type Foresight struct {
	Charter charter.Charter
	Rounds  []domain.Ahead
	Spread  []domain.Spread
	Names   map[uuid.UUID]string
}

// Outlook is the seats of the next years as the program would propose them, with
// names of a reader's language.
func (s *Store) Outlook(ctx context.Context, by domain.Actor, years int, language string) (Foresight, error) {
	return read(ctx, s, by, func(t *tx) (Foresight, error) {
		f := Foresight{Charter: t.charter}
		r, err := t.rota()
		if err != nil {
			return f, err
		}
		f.Rounds, f.Spread = r.Outlook(t.today(), years)
		f.Names, err = shortNames[uuid.UUID](t, "id", language)
		return f, err
	})
}

// GiveUpSeat shortens a term to a last day.
func (s *Store) GiveUpSeat(ctx context.Context, by Ask, term uuid.UUID, why domain.SeatEnding, on time.Time, note string) (domain.SeatTerm, error) {
	return act(ctx, s, by, "seat.give-up", func(t *tx) (domain.SeatTerm, error) {
		t.on("seat-term", term)
		if err := t.lockRotation(); err != nil {
			return domain.SeatTerm{}, err
		}
		x, err := only(t.seatTerms(`id = ?`, term))
		if err != nil {
			return x, err
		}
		x, err = x.GiveUp(why, on, t.today(), note)
		if err != nil {
			return x, err
		}
		if !x.Never {
			t.changed("until", day(x.Until))
		}
		t.changed("why", x.Ended)
		if x.Never {
			return x, t.neverBegun(x)
		}
		return x, t.Exec(`UPDATE seat_terms SET term = daterange(lower(term), ?::date, '[]'), meant_until = ?, ended_for = ?, ended_note = ? WHERE id = ?`,
			day(x.Until), lastDay(x.Meant), string(x.Ended), x.EndedNote, x.ID).Error
	})
}

// neverBegun takes its days from a term that was given up before the first of them; the
// nomination that gave it is withdrawn with it, for the same reason.
func (t *tx) neverBegun(x domain.SeatTerm) error {
	if err := t.Exec(`UPDATE seat_terms SET term = 'empty', meant_from = ?, meant_until = coalesce(meant_until, ?), ended_for = ?, ended_note = ? WHERE id = ?`,
		day(x.From), lastDay(x.Until), string(x.Ended), x.EndedNote, x.ID).Error; err != nil {
		return err
	}
	t.changed("never_from", day(x.From))
	return t.Exec(`UPDATE nominations SET state = 'withdrawn', settled_note = ?, settled_by = ?, settled_at = ? WHERE seat_term = ?`,
		x.EndedNote, t.by.Person, t.now, x.ID).Error
}
