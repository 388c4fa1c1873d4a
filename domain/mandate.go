package domain

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/problem"
)

var (
	// ErrNoMandate refuses whoever is of no constituency whose mandates are recorded. It names that one.
	ErrNoMandate = problem.New(problem.Denied, "no-mandate-of-the-network")
	// ErrMandateSettled refuses to settle a mandate a second time.
	ErrMandateSettled = problem.New(problem.Conflict, "mandate-settled")
	// ErrSettledLater refuses a day of settling that is to come, or before the mandate was raised.
	ErrSettledLater = problem.New(problem.Invalid, "settled-on-another-day")
)

// longestParties bounds the names of those who settled something.
const longestParties = 300

// Mandate is that an item touches the mandate of a seat's entity, as that says it. It is
// counted nowhere and stands for ever, and so does what came of it.
type Mandate struct {
	N        int // the question's first, second, …
	Seat     uuid.UUID
	Name     string // the seat's
	Code     string // the organisation's that held it
	Text     string
	Language string
	Person   uuid.UUID
	At       time.Time
	Came     []MandateSettlement // the first first
}

// MandateSettlement is what came of a mandate that an item touches.
type MandateSettlement struct {
	Settled  bool
	Parties  string    // who settled it, or tried to
	On       time.Time // a day
	Text     string
	Language string
	Person   uuid.UUID // who wrote it down
	At       time.Time
}

// Settled tells whether what the item touches was settled.
func (m Mandate) Settled() bool { return len(m.Came) > 0 && m.Came[len(m.Came)-1].Settled }

// RaiseMandate records that the item touches the mandate of by's entity, of a seat (named,
// where there are several) of the constituency that the charter says (body.mandates_of).
func (i Item) RaiseMandate(by Actor, seat uuid.UUID, text, language string, now time.Time) (Mandate, error) {
	r, err := i.mandated(by, seat)
	if err != nil {
		return Mandate{}, err
	}
	if err := problem.Join(append(written(text, "/text", longestReason), spoken(language, "/language")...)); err != nil {
		return Mandate{}, err
	}
	return Mandate{N: len(i.Mandates) + 1, Seat: r.Seat, Name: r.Name, Code: r.Code, Text: text, Language: language, Person: by.Person, At: now}, nil
}

// mandated finds the seat whose entity's mandate by may speak of.
func (i Item) mandated(by Actor, seat uuid.UUID) (RollSeat, error) {
	if !i.UnderWay() {
		return RollSeat{}, ErrQuestionStage.With("item", i.called(), "state", string(i.State))
	}
	of := i.Charter.Body.MandatesOf.Value
	err := error(ErrNoMandate.With("constituency", of))
	for _, r := range i.Roll {
		if r.Constituency != of || !r.standsFor(by) || seat != uuid.Nil && r.Seat != seat {
			continue
		}
		return r, i.silenced(by, r)
	}
	return RollSeat{}, err
}

// SettleMandate records how a mandate was settled, by whom and on which day, or that it was
// not; the Coordinator or the secretariat writes it down, while the item is before the body
// or afterwards. What is settled stays so; what is not may be taken up again.
func (i Item) SettleMandate(by Actor, n int, s MandateSettlement, now time.Time) (MandateSettlement, error) {
	if kind, hidden := i.Hidden(by); hidden {
		return s, ErrRecused.With("reason", string(kind))
	}
	if n < 1 || n > len(i.Mandates) {
		return s, ErrMissing
	}
	m, today := i.Mandates[n-1], i.Charter.Day(now)
	if m.Settled() {
		return s, ErrMandateSettled.With("organisation", m.Code)
	}
	found := append(written(s.Text, "/text", longestReason), written(s.Parties, "/parties", longestParties)...)
	found = append(found, spoken(s.Language, "/language")...)
	switch {
	case s.On.IsZero():
		found = append(found, ErrRequired.At("/on"))
	case s.On.After(today) || s.On.Before(i.Charter.Day(m.At)):
		found = append(found, ErrSettledLater.With("from", i.Charter.Day(m.At), "today", today).At("/on"))
	}
	s.Person, s.At = by.Person, now
	return s, problem.Join(found)
}

// mayOnMandates lists what by can do about the mandates that the item touches.
func (i Item) mayOnMandates(by Actor) (may []string) {
	if _, err := i.mandated(by, uuid.Nil); err == nil {
		may = append(may, "mandate.raise")
	}
	if _, hidden := i.Hidden(by); !hidden && slices.ContainsFunc(i.Mandates, func(m Mandate) bool { return !m.Settled() }) {
		may = append(may, "mandate.settle")
	}
	return may
}

// recordMandates puts what the item touches, and what had come of it, into its decision's
// record. No count rests on it.
func (i Item) recordMandates(r map[string]any) {
	if len(i.Mandates) == 0 {
		return
	}
	list := []any{}
	for _, m := range i.Mandates {
		came := []any{}
		for _, s := range m.Came {
			came = append(came, map[string]any{"settled": s.Settled, "parties": s.Parties, "on": s.On.Format(time.DateOnly), "text": s.Text, "language": s.Language, "at": instant(s.At)})
		}
		list = append(list, map[string]any{"n": m.N, "seat": m.Name, "organisation": m.Code, "text": m.Text, "language": m.Language, "person": m.Person, "at": instant(m.At), "came": came})
	}
	r["mandates"] = list
}

// minutedMandates are what the minutes have of the mandates that the item touches.
func (i Item) minutedMandates() (list []MinutedMandate) {
	for _, m := range i.Mandates {
		x := MinutedMandate{Organisation: m.Code, Text: m.Text, Settled: m.Settled()}
		if n := len(m.Came); n > 0 {
			last := m.Came[n-1]
			x.Came = last.On.Format(time.DateOnly) + ", " + last.Parties + ": " + last.Text
		}
		list = append(list, x)
	}
	return list
}
