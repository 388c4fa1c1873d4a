package domain

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

var (
	// ErrInAMeeting refuses to circulate in writing what is decided in a meeting.
	ErrInAMeeting = problem.New(problem.Invalid, "not-in-writing")
	// ErrSilenceRuns refuses to settle a question whose silence is not over. It names the end.
	ErrSilenceRuns = problem.New(problem.Conflict, "silence-runs")
	// ErrSilenceOver refuses to extend a silence that is over, and names its end.
	ErrSilenceOver = problem.New(problem.Conflict, "silence-over")
	// ErrExtension refuses more days than the charter leaves.
	ErrExtension = problem.New(problem.Invalid, "extension-too-long")
)

// SilenceExtension is a later end of a silence, with its reason. It is kept for ever.
type SilenceExtension struct {
	N      int // the silence's first, second, …
	Days   int // more, of the charter's kind
	Until  time.Time
	Reason string
	Person uuid.UUID
	By     string // who that is
	At     time.Time
}

// InWriting tells whether the body decides the question without meeting.
func (q Question) InWriting() bool { return q.Procedure == charter.ByNoObjection }

// Circulate brings a question before the body in writing, about the matter that it
// names. Its silence begins when whoever presides opens it; until then members declare
// their interests.
func Circulate(c charter.Charter, q Question, about Matter, now time.Time) (Question, error) {
	if len(c.Body.Procedures(q.Kind)) > 0 && q.Procedure != charter.ByNoObjection {
		return Question{}, ErrInAMeeting.With("given", clipped(string(q.Procedure))).At("/procedure")
	}
	q, err := Meeting{}.asks(c, q, about)
	q.CirculatedAt = &now
	return q, err
}

// SilenceEnd is the instant at which a silence ends that was opened at an instant and has
// so many days (no_objection.days and what it was extended by): the end of the last of
// them in the charter's time zone. The day of its opening is none of them. A position at
// the very instant is late.
func SilenceEnd(c charter.Charter, opened time.Time, days int) time.Time {
	return endOf(c, opened, days, c.Body.NoObjection.DaysAre.Value)
}

// endOf is the end of the last of so many days of a kind after that of an instant.
func endOf(c charter.Charter, from time.Time, days int, are charter.DayKind) time.Time {
	last := c.Day(from).AddDate(0, 0, days)
	if are == charter.BusinessDays {
		last = c.AddBusinessDays(c.Day(from), days)
	}
	return c.Begins(last.AddDate(0, 0, 1)).UTC()
}

// putInWriting opens the silence.
func (i Item) putInWriting(by Actor, now time.Time) (Question, error) {
	if i.State != QuestionListed {
		return i.Question, ErrQuestionStage.With("item", i.called(), "state", string(i.State))
	}
	for _, refused := range []func() error{func() error { return i.presidedBy(by) }, i.decidable, i.Arithmetic().quorum} {
		if err := refused(); err != nil {
			return i.Question, err
		}
	}
	q := i.Question
	ends := SilenceEnd(i.Charter, now, i.Charter.Body.NoObjection.Days.Value)
	q.State, q.OpenedAt, q.EndsAt = QuestionOpen, &now, &ends
	return q, nil
}

// SilenceOver tells whether the time to speak to a question in writing is over.
func (i Item) SilenceOver(now time.Time) bool {
	return i.EndsAt != nil && !now.Before(*i.EndsAt)
}

// Late tells whether a position came after the end: it is kept, and does not count.
func (i Item) Late(p Position) bool { return i.SilenceOver(p.At) }

// inTime are the positions that count.
func (i Item) inTime() []Position {
	return slices.DeleteFunc(slices.Clone(i.Positions), i.Late)
}

// chairInWriting is the seat whose people preside over a question in writing: the Chair's,
// unless an interest takes the question out of those hands; then the longest serving of
// those who are not recused. So it is where the charter names a designee or has members elect
// too: in writing nobody is in a room to be named, and somebody is to close the question.
func (i Item) chairInWriting() (first RollSeat, ok bool) {
	least := i.Charter.Interests.Chair.HandsOverFrom.Value
	for _, r := range i.Roll {
		if r.Chair && !r.Effect.Includes(least) {
			return r, true
		}
	}
	for _, r := range i.Roll {
		if r.Chair || r.Recused {
			continue
		}
		if !ok || r.Serving.Before(first.Serving) || r.Serving.Equal(first.Serving) && r.Name < first.Name {
			first, ok = r, true
		}
	}
	return first, ok
}

// presidesInWriting refuses whoever does not stand for the seat that presides, and who
// has had the question's proposal in hand.
func (i Item) presidesInWriting(by Actor) error {
	seat, ok := i.chairInWriting()
	adviser := by.Hat.Role == Member && by.Hat.Capacity == Adviser
	vacant := !ok && by.Hat.Role == Coordinator && !slices.ContainsFunc(i.Roll, func(r RollSeat) bool { return r.Chair })
	if !vacant && !(ok && seat.standsFor(by)) || adviser || i.Hands.Has(by.Person) || i.personal(by.Person).Includes(i.Charter.Interests.Chair.HandsOverFrom.Value) {
		return ErrNotPresiding.With("item", i.called())
	}
	return nil
}

// speaksInWriting finds the seat that by speaks for: being there is not asked.
func (i Item) speaksInWriting(by Actor, seat uuid.UUID) (RollSeat, uuid.UUID, error) {
	for _, r := range i.Roll {
		if !r.standsFor(by) || seat != uuid.Nil && r.Seat != seat {
			continue
		}
		return r, by.Person, i.barred(by, r)
	}
	return RollSeat{}, uuid.Nil, ErrNoSeat.With("organisation", by.Hat.Code)
}

// Extend gives a silence that runs a later end: more days, together no more than the
// charter's, for a reason that all may read.
func (i Item) Extend(by Actor, days int, reason string, now time.Time) (Question, SilenceExtension, error) {
	q := i.Question
	if err := i.extendable(by, now); err != nil {
		return q, SilenceExtension{}, err
	}
	left := i.ExtensionLeft()
	switch {
	case days < 1 || days > left:
		return q, SilenceExtension{}, ErrExtension.With("given", days, "left", left, "most", i.Charter.Body.NoObjection.ExtensionDays.Value).At("/days")
	case strings.TrimSpace(reason) == "":
		return q, SilenceExtension{}, ErrRequired.At("/reason")
	case len([]rune(reason)) > longestReason:
		return q, SilenceExtension{}, ErrTooLong.With("limit", longestReason).At("/reason")
	}
	ends := SilenceEnd(i.Charter, *i.OpenedAt, i.silenceDays()+days)
	q.EndsAt = &ends
	return q, SilenceExtension{N: len(i.Extensions) + 1, Days: days, Until: ends, Reason: reason, Person: by.Person, At: now}, nil
}

// extendable refuses whoever neither presides nor keeps the record, and an end that is past.
func (i Item) extendable(by Actor, now time.Time) error {
	if !i.InWriting() || i.State != QuestionOpen {
		return ErrQuestionStage.With("item", i.called(), "state", string(i.State))
	}
	if kind, hidden := i.Hidden(by); hidden {
		return ErrRecused.With("reason", string(kind))
	}
	if by.Hat.Role != Secretariat && i.presidedBy(by) != nil {
		return ErrNotPresiding.With("item", i.called())
	}
	if i.SilenceOver(now) {
		return ErrSilenceOver.With("item", i.called(), "ended", *i.EndsAt)
	}
	return nil
}

// silenceDays is how long the silence is, with its extensions.
func (i Item) silenceDays() int {
	days := i.Charter.Body.NoObjection.Days.Value
	for _, x := range i.Extensions {
		days += x.Days
	}
	return days
}

// ExtensionLeft is by how many days the silence may still be extended.
func (i Item) ExtensionLeft() int {
	return i.Charter.Body.NoObjection.Days.Value + i.Charter.Body.NoObjection.ExtensionDays.Value - i.silenceDays()
}

// written is what the record has of a question in writing: from when to when, by which
// extensions, and what came too late.
func (i Item) written() map[string]any {
	extensions, late := []any{}, []any{}
	for _, x := range i.Extensions {
		extensions = append(extensions, map[string]any{"days": x.Days, "ends_at": instant(x.Until), "at": instant(x.At)})
	}
	for _, r := range i.Roll {
		for _, p := range i.Positions {
			if p.Seat == r.Seat && i.Late(p) {
				late = append(late, map[string]any{"seat": r.Name, "n": p.N, "position": p.Key, "reason": p.Reason, "person": p.Person, "at": instant(p.At)})
			}
		}
	}
	return map[string]any{"ref": i.Written, "ends_at": instant(*i.EndsAt), "extensions": extensions, "late": late}
}
