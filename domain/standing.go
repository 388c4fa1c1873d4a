package domain

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

// Refusals about standing interests.
var (
	ErrStandingTwice = problem.New(problem.Conflict, "standing-interest-on-record")
	ErrStandingEnded = problem.New(problem.Conflict, "standing-interest-ended")
	ErrStandingDay   = problem.New(problem.Invalid, "standing-interest-day")
)

// StandingInterest is a stake that is declared once and then holds for every item that it
// touches, with the effect that the charter gives its kind. It is ended with a day, and
// never deleted.
type StandingInterest struct {
	ID           uuid.UUID
	Organisation uuid.UUID // whose it is; of the kind "personal", while its person speaks for the organisation
	Code, Name   string
	Person       uuid.UUID // who declared it
	By           string    // the person's name
	Kind         charter.InterestKind
	Note         string
	About        uuid.UUID // an organisation (a state is one) that an item may name; Nil where about something else
	AboutCode    string
	AboutName    string
	Area         string    // a thematic area of the charter; "" where about something else
	From         time.Time // its first day
	Until        time.Time // its last day, zero where none was told
	At           time.Time
	Ended        *StandingEnd
}

// StandingEnd ends a standing interest.
type StandingEnd struct {
	Last   time.Time // its last day
	Note   string
	Person uuid.UUID
	At     time.Time
}

// Last is the last day on which it holds; zero where there is none in sight.
func (x StandingInterest) Last() time.Time {
	if x.Ended != nil && (x.Until.IsZero() || x.Ended.Last.Before(x.Until)) {
		return x.Ended.Last
	}
	return x.Until
}

// Holds tells whether it holds on a day.
func (x StandingInterest) Holds(day time.Time) bool {
	return !day.Before(x.From) && (x.Last().IsZero() || !day.After(x.Last()))
}

// over tells whether it holds on no day from this one on.
func (x StandingInterest) over(today time.Time) bool {
	return !x.Last().IsZero() && x.Last().Before(today)
}

// Binds tells whether it is of a person's concern, speaking for the organisation: a personal
// one is of whoever declared it alone.
func (x StandingInterest) Binds(person uuid.UUID) bool {
	return x.Kind != charter.Personal || x.Person == person
}

// Touches tells whether something that names these organisations and states, in this
// thematic area, is of its concern.
func (x StandingInterest) Touches(kin Kin, parties []uuid.UUID, area string) bool {
	return kin.Among(parties, x.About) || x.Area != "" && x.Area == area
}

// DeclareStanding puts a standing interest of by's organisation on record. earlier are
// those that it has declared before.
func DeclareStanding(by Actor, x StandingInterest, earlier []StandingInterest, c charter.Charter, today, now time.Time) (StandingInterest, error) {
	if by.Hat.Role != Member && by.Hat.Role != Coordinator {
		return x, ErrForbidden
	}
	if by.Hat.Capacity == Adviser {
		return x, ErrAdviser
	}
	if x.From.IsZero() {
		x.From = today
	}
	var wrong []problem.Problem
	if !c.Interests.Known(x.Kind) {
		wrong = append(wrong, ErrUnknownWord.With("given", clipped(string(x.Kind))).At("/kind"))
	}
	if x.About != uuid.Nil && x.Area != "" {
		wrong = append(wrong, ErrUnknownWord.With("given", clipped(x.Area)).At("/area"))
	} else if _, known := c.Area(x.Area); x.Area != "" && !known {
		wrong = append(wrong, ErrUnknownWord.With("given", clipped(x.Area)).At("/area"))
	}
	if x.About == by.Hat.Organisation && x.About != uuid.Nil {
		wrong = append(wrong, ErrStandingTwice.With("kind", string(x.Kind)).At("/about")) // the facts show it
	}
	if !x.Until.IsZero() && (x.Until.Before(x.From) || x.Until.Before(today)) {
		wrong = append(wrong, ErrStandingDay.With("least", later(x.From, today).Format(time.DateOnly)).At("/until"))
	}
	noted := bounded
	if x.About == uuid.Nil && x.Area == "" { // what the program cannot find by itself is to be said
		noted = written
	}
	if err := problem.Join(append(wrong, noted(x.Note, "/note", longestReason)...)); err != nil {
		return x, err
	}
	x.ID, x.Organisation, x.Code, x.Name, x.Person, x.Note, x.At = uuid.New(), by.Hat.Organisation, by.Hat.Code, by.Hat.Name, by.Person, strings.TrimSpace(x.Note), now
	if slices.ContainsFunc(earlier, func(e StandingInterest) bool { return e.same(x) && !e.over(today) }) {
		return x, ErrStandingTwice.With("kind", string(x.Kind))
	}
	return x, nil
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func (x StandingInterest) same(o StandingInterest) bool {
	return x.Organisation == o.Organisation && x.Kind == o.Kind && x.About == o.About && x.Area == o.Area &&
		(x.Kind != charter.Personal || x.Person == o.Person) && (x.About != uuid.Nil || x.Area != "" || x.Note == o.Note)
}

// End ends it, for the organisation whose it is by now, with a last day that is not past: what it touched until then it touched. What
// went on the record of an item stays there.
func (x StandingInterest) End(by Actor, kin Kin, last time.Time, note string, today, now time.Time) (StandingInterest, error) {
	switch {
	case !kin.Same(x.Organisation, by.Hat.Organisation):
		return x, ErrMissing
	case by.Hat.Role != Member && by.Hat.Role != Coordinator:
		return x, ErrForbidden
	case by.Hat.Capacity == Adviser:
		return x, ErrAdviser
	case x.Ended != nil || x.over(today):
		return x, ErrStandingEnded
	}
	wrong := bounded(note, "/note", longestReason)
	if last.IsZero() || last.Before(today) || last.Before(x.From) {
		wrong = append(wrong, ErrStandingDay.With("least", later(x.From, today).Format(time.DateOnly)).At("/last"))
	}
	if err := problem.Join(wrong); err != nil {
		return x, err
	}
	x.Ended = &StandingEnd{Last: last, Note: strings.TrimSpace(note), Person: by.Person, At: now}
	return x, nil
}

// May lists what by can do to it today.
func (x StandingInterest) May(by Actor, kin Kin, today time.Time) []string {
	if _, err := x.End(by, kin, later(x.From, today), "", today, today); err != nil {
		return nil
	}
	return []string{"standing.end"}
}

// SeesStanding tells whose standing interests by reads: those of every organisation, by
// office or from the chair; else the own one's.
func SeesStanding(by Actor) (all bool) {
	return by.Hat.Role == Secretariat || by.Hat.Role == Auditor || by.Hat.Role == Coordinator
}

// parties are the organisations and states that an item names.
func (i Item) parties() (parties []uuid.UUID, area string) {
	of := func(f PipelineFacts, applicant ...uuid.UUID) ([]uuid.UUID, string) {
		return slices.Concat(applicant, f.States, f.Organisations), f.Area
	}
	switch {
	case i.Case != nil:
		parties = append(slices.Clone(i.Case.States), i.Case.Organisation)
		for _, s := range i.Case.Shares {
			parties = append(parties, s.Organisation)
		}
		return parties, i.Case.Area
	case i.Move != nil && i.Move.Move == Remove && i.Move.Standing != nil:
		return of(i.Move.Standing.Facts, i.Move.Standing.Applicant)
	case i.Move != nil && i.Move.Facts != nil:
		return of(*i.Move.Facts)
	}
	return nil, ""
}

// touching are the standing interests that the item is of concern to.
func (i Item) touching(organisation uuid.UUID) (list []StandingInterest) {
	parties, area := i.parties()
	for _, x := range i.Standing {
		if i.Kin.Same(x.Organisation, organisation) && x.Touches(i.Kin, parties, area) {
			list = append(list, x)
		}
	}
	return list
}
