package domain

import (
	"cmp"
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

var (
	// ErrAgendaChanged refuses an order of other items than stand on the agenda now.
	ErrAgendaChanged = problem.New(problem.Conflict, "agenda-changed")
	// ErrNotInTheChair refuses to whoever does not preside to say where the meeting is.
	ErrNotInTheChair = problem.New(problem.Denied, "not-in-the-chair")
)

// Due are the instants by which what a meeting deals with is to be known.
type Due struct {
	Items  time.Time // what members ask the agenda to have
	Papers time.Time // its items, with their papers
}

// Due says until when items are asked for and listed before a meeting, by the rules of a charter.
func (m Meeting) Due(c charter.Charter) Due {
	return Due{c.DaysBefore(m.StartsAt, c.Body.Agenda.ItemDays.Value), c.DaysBefore(m.StartsAt, c.Body.Agenda.PaperDays.Value)}
}

// Order puts the items of an agenda into another order until the meeting opens: to names
// every one of them once. The numbers that they have go to them anew, the smallest first.
func (m Meeting) Order(agenda []Question, to []uuid.UUID) ([]Question, error) {
	if m.State != MeetingPlanned {
		return nil, ErrMeetingStage.With("meeting", m.Ref, "state", string(m.State))
	}
	agenda = slices.SortedFunc(slices.Values(agenda), func(a, b Question) int { return cmp.Compare(a.Number, b.Number) })
	if len(to) != len(agenda) {
		return nil, ErrAgendaChanged.With("count", len(agenda))
	}
	ordered := make([]Question, 0, len(to))
	for n, id := range to {
		i := slices.IndexFunc(agenda, func(q Question) bool { return q.ID == id })
		if i < 0 || slices.Contains(to[:n], id) {
			return nil, ErrAgendaChanged.With("count", len(agenda))
		}
		q := agenda[i]
		q.Number = agenda[n].Number
		ordered = append(ordered, q)
	}
	return ordered, nil
}

// Turn says which item of its agenda an open meeting is at; Nil is none. Whoever presides
// says so, and the secretariat for them, of an item that is out of their sight too: there it
// has a number.
func (m Meeting) Turn(by Actor, agenda []Question, item uuid.UUID) (Meeting, error) {
	switch {
	case m.State != MeetingOpen:
		return m, ErrMeetingStage.With("meeting", m.Ref, "state", string(m.State))
	case by.Person != m.Presiding && by.Hat.Role != Secretariat:
		return m, ErrNotInTheChair.With("meeting", m.Ref)
	case item != uuid.Nil && !slices.ContainsFunc(agenda, func(q Question) bool { return q.ID == item }):
		return m, ErrUnknownWord.With("given", item.String()).At("/item")
	}
	m.Present = item
	return m, nil
}
