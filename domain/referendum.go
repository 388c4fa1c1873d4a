package domain

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

var (
	// ErrReferendumRuns refuses to adopt while a capital may still confirm. It names the seats and the end.
	ErrReferendumRuns = problem.New(problem.Conflict, "referendum-runs")
	// ErrReferendumRefused refuses to adopt what a capital did not confirm. It names the seats.
	ErrReferendumRefused = problem.New(problem.Conflict, "referendum-refused")
	// ErrNoReferendum refuses to confirm where the seat did not join ad referendum.
	ErrNoReferendum = problem.New(problem.Conflict, "no-referendum")
	// ErrReferendumOver refuses an answer at its end or after it, and names that end.
	ErrReferendumOver = problem.New(problem.Conflict, "referendum-over")
	// ErrReferendumAnswered refuses a second answer for a seat.
	ErrReferendumAnswered = problem.New(problem.Conflict, "referendum-answered")
	// ErrAwaitsCapitals refuses a second question about what one that waits is about. It names the item.
	ErrAwaitsCapitals = problem.New(problem.Conflict, "awaits-capitals")
)

// QuestionUnconfirmed is announced, and waits for the capitals of those who joined ad
// referendum: nobody speaks to it any more, and it has no number.
const QuestionUnconfirmed QuestionState = "unconfirmed"

// Unconfirmed is adopted but for the capitals of those who joined ad referendum, where
// the charter has the outcome wait for them.
const Unconfirmed Outcome = "unconfirmed"

// Referendum is the time in which capitals confirm what their seats joined ad referendum.
type Referendum struct {
	Waits  bool      // the outcome does: the charter's word when it was announced
	At     time.Time // of the announcement
	EndsAt time.Time // they answer before that instant
	Given  []ReferendumAnswer
}

// ReferendumAnswer is a capital's answer for a seat that joined ad referendum. It is given
// once and never changed.
type ReferendumAnswer struct {
	Seat      uuid.UUID
	Name      string // the seat's
	Code      string // the organisation's on the roll
	Confirmed bool
	Reason    string // why not; may be empty where it confirms
	Person    uuid.UUID
	By        string // who that is
	At        time.Time
}

// Referred is where a position ad referendum stands.
type Referred string

const (
	ReferredOpen  Referred = "" // the capital may still speak
	ConfirmedBy   Referred = "confirmed"
	NotConfirmed  Referred = "not-confirmed"
	SilentlyTaken Referred = "silence-confirms"
	SilentlyLost  Referred = "silence-refuses"
)

// stands tells whether the position joins as it was taken.
func (r Referred) stands() bool { return r != NotConfirmed && r != SilentlyLost }

// ReferendumEnd is the instant before which capitals answer that which was announced at
// another: the end of the last of the charter's days after that one, in its time zone.
func ReferendumEnd(c charter.Charter, announced time.Time) time.Time {
	r := c.Body.Consensus.Referendum
	return endOf(c, announced, r.Days.Value, r.DaysAre.Value)
}

// referred is where the position of a seat stands that joined ad referendum.
func (i Item) referred(seat uuid.UUID) Referred {
	r := i.Referendum
	if r == nil {
		return ReferredOpen
	}
	for _, x := range r.Given {
		if x.Seat == seat {
			if x.Confirmed {
				return ConfirmedBy
			}
			return NotConfirmed
		}
	}
	switch {
	case i.Now.Before(r.EndsAt):
		return ReferredOpen
	case i.Charter.Body.Consensus.Referendum.Silence.Value == charter.SilenceRefuses:
		return SilentlyLost
	}
	return SilentlyTaken
}

// refer is what a position ad referendum does as it stands: it is for the question, and
// where the outcome waits for capitals, against it from the moment one does not confirm.
func (a *Arithmetic) refer(c charter.Charter, s *SeatCount) {
	waits := c.Body.Consensus.Referendum.Waits.Value
	s.Effect, s.AdReferendum, s.Referred = charter.Joins, true, s.Last.Referred
	if waits && !s.Referred.stands() {
		s.Effect = charter.Blocks
	}
	if s.Referred == ReferredOpen && s.Decides && !s.Recused {
		a.Unconfirmed++
	}
}

// announced is the question as it is from its announcement on, where capitals are waited for.
func (q Question) announced(at time.Time) Question {
	q.State, q.ClosedAt = QuestionUnconfirmed, &at
	return q
}

// Refers is the referendum that begins with a question's announcement; nil where nobody
// joined ad referendum, and where it is over with it.
func (i Item) Refers(q Question, a Arithmetic) *Referendum {
	if i.Referendum != nil || a.Unconfirmed == 0 || q.State != QuestionAdopted && q.State != QuestionUnconfirmed {
		return nil
	}
	return &Referendum{Waits: i.Charter.Body.Consensus.Referendum.Waits.Value, At: *q.ClosedAt, EndsAt: ReferendumEnd(i.Charter, *q.ClosedAt)}
}

// Confirm gives the answer of a capital for by's seat (named, where there are several):
// it confirms, or does not, with its reasons.
func (i Item) Confirm(by Actor, seat uuid.UUID, confirmed bool, reason string, now time.Time) (ReferendumAnswer, error) {
	r, err := i.confirms(by, seat, now)
	if err != nil {
		return ReferendumAnswer{}, err
	}
	check := written
	if confirmed {
		check = bounded
	}
	if err := problem.Join(check(reason, "/reason", longestReason)); err != nil {
		return ReferendumAnswer{}, err
	}
	return ReferendumAnswer{Seat: r.Seat, Name: r.Name, Code: r.Code, Confirmed: confirmed, Reason: reason, Person: by.Person, At: now}, nil
}

// confirms finds the seat on the roll whose capital by may answer for.
func (i Item) confirms(by Actor, seat uuid.UUID, now time.Time) (RollSeat, error) {
	if i.Referendum == nil {
		return RollSeat{}, ErrNoReferendum.With("item", i.called())
	}
	if i.State != QuestionUnconfirmed && i.State != QuestionAdopted {
		return RollSeat{}, ErrQuestionStage.With("item", i.called(), "state", string(i.State))
	}
	if kind, hidden := i.Hidden(by); hidden {
		return RollSeat{}, ErrRecused.With("reason", string(kind))
	}
	counted := i.Arithmetic().Seats
	err := error(ErrNoSeat.With("organisation", by.Hat.Code))
	for n, r := range i.Roll {
		if !r.standsFor(by) || seat != uuid.Nil && r.Seat != seat {
			continue
		}
		switch {
		case by.Hat.Role == Member && by.Hat.Capacity == Adviser:
			return r, ErrAdviser
		case !counted[n].AdReferendum:
			err = ErrNoReferendum.With("item", i.called())
		case slices.ContainsFunc(i.Referendum.Given, func(x ReferendumAnswer) bool { return x.Seat == r.Seat }):
			err = ErrReferendumAnswered.With("seat", r.Name)
		case !now.Before(i.Referendum.EndsAt):
			return r, ErrReferendumOver.With("item", i.called(), "ended", i.Referendum.EndsAt)
		default:
			return r, nil
		}
	}
	return RollSeat{}, err
}

// unconfirmed refuses the adoption of what waits for capitals, or has lost one.
func (i Item) unconfirmed(a Arithmetic) error {
	open := a.seats(func(s SeatCount) bool { return s.AdReferendum && s.Referred == ReferredOpen })
	lost := a.seats(func(s SeatCount) bool { return s.AdReferendum && !s.Referred.stands() })
	switch {
	case i.State != QuestionUnconfirmed:
		return nil
	case lost != "":
		return ErrReferendumRefused.With("seats", lost)
	case open != "":
		return ErrReferendumRuns.With("item", i.called(), "seats", open, "ends", i.Referendum.EndsAt)
	}
	return nil
}

// settledBy refuses whoever does not announce what a question comes to: whoever presides
// or, of one that waits for capitals, whoever steers it then.
func (i Item) settledBy(by Actor) error {
	if i.State == QuestionUnconfirmed {
		return i.steeredBy(by)
	}
	return i.presidedBy(by)
}

// CapitalsAnswered tells whether every capital has spoken that was asked.
func (i Item) CapitalsAnswered() bool {
	asked := 0
	for _, s := range i.Arithmetic().Seats {
		if s.AdReferendum && s.Decides && !s.Recused {
			asked++
		}
	}
	return i.Referendum != nil && len(i.Referendum.Given) == asked
}

// mayOnReferendum lists what by can do to a question that somebody joined ad referendum.
func (i Item) mayOnReferendum(by Actor) (may []string) {
	if _, err := i.confirms(by, uuid.Nil, i.Now); err == nil {
		may = append(may, "position.confirm")
	}
	if i.State != QuestionUnconfirmed || i.steeredBy(by) != nil {
		return may
	}
	switch i.Arithmetic().Outcome {
	case Adopted:
		may = append(may, "decision.announce")
	case Blocked:
		may = append(may, "question.unresolve")
	}
	return may
}

// recordReferendum puts into a decision's record that somebody joined ad referendum: until
// when capitals could answer, and, where the outcome waited for them, their answers and
// when it was concluded. What they say to a decision that did not wait comes after it.
func (i Item) recordReferendum(r map[string]any, d Decision, a Arithmetic) {
	if !slices.ContainsFunc(a.Seats, func(s SeatCount) bool { return s.AdReferendum && s.Decides && !s.Recused }) {
		return
	}
	of := i.Referendum
	if of == nil {
		of = &Referendum{Waits: i.Charter.Body.Consensus.Referendum.Waits.Value, EndsAt: ReferendumEnd(i.Charter, *d.ClosedAt)}
	}
	kept := map[string]any{"waits": of.Waits, "ends_at": instant(of.EndsAt)}
	if of.Waits {
		given := []any{}
		for _, x := range of.Given {
			given = append(given, map[string]any{"seat": x.Name, "confirmed": x.Confirmed, "reason": x.Reason, "person": x.Person, "at": instant(x.At)})
		}
		kept["confirmations"], kept["concluded_at"] = given, instant(d.AdoptedAt)
	}
	r["referendum"] = kept
}
