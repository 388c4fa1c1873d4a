package domain

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

var (
	// ErrRollCall refuses to close a roll call before everybody in the room has answered, or was called and did not. It names the seats.
	ErrRollCall = problem.New(problem.Conflict, "roll-call-runs")
	// ErrNoRollCall refuses to call the seats on an item that is not voted on.
	ErrNoRollCall = problem.New(problem.Conflict, "no-roll-call")
	// ErrAnswered refuses to note that a seat did not answer which has, or for which it is noted. It names the seat.
	ErrAnswered = problem.New(problem.Conflict, "roll-call-answered")
)

// NoAnswer is that a seat present was called in a roll call and did not answer: it took no
// part in the vote. It is kept for ever; whatever the seat says later counts.
type NoAnswer struct {
	Seat   uuid.UUID
	Name   string // the seat's
	Code   string // the organisation's that held it
	Text   int    // version of the question's text on which it was called
	Person uuid.UUID
	At     time.Time
}

// NoteNoAnswer records that seats were called and did not answer, by whoever presides: each
// is in the room, takes positions, and has said nothing of the text.
func (i Item) NoteNoAnswer(by Actor, seats []uuid.UUID, now time.Time) (list []NoAnswer, err error) {
	switch {
	case i.State != QuestionOpen:
		return nil, ErrQuestionStage.With("item", i.called(), "state", string(i.State))
	case i.Procedure != charter.ByVote:
		return nil, ErrNoRollCall.With("item", i.called())
	}
	if err := i.presidedBy(by); err != nil {
		return nil, err
	}
	if len(seats) == 0 {
		return nil, ErrRequired.At("/seats")
	}
	counted := i.Arithmetic().Seats
	for _, seat := range seats {
		n := slices.IndexFunc(counted, func(s SeatCount) bool { return s.Seat == seat })
		if n < 0 {
			return nil, ErrMissing
		}
		switch s := counted[n]; {
		case s.Recused:
			return nil, ErrRecused.With("reason", s.Reason)
		case !s.Decides:
			return nil, ErrChairSilent
		case s.Last != nil || s.Unanswered || slices.ContainsFunc(list, func(x NoAnswer) bool { return x.Seat == seat }):
			return nil, ErrAnswered.With("seat", s.Name).At("/seats")
		case !s.Present:
			return nil, ErrNotPresent.With("seat", s.Name, "recorded", true).At("/seats")
		default:
			list = append(list, NoAnswer{Seat: seat, Name: s.Name, Code: s.Code, Text: i.TextVersion, Person: by.Person, At: i.notBefore(now)})
		}
	}
	return list, nil
}

// unanswered are the seats that did not answer when they were called on the text as it stands.
func (i Item) unanswered() map[uuid.UUID]bool {
	seats := map[uuid.UUID]bool{}
	for _, x := range i.NoAnswers {
		if x.Text == i.TextVersion {
			seats[x.Seat] = true
		}
	}
	return seats
}

// Uncalled counts those in the room whose answer a roll call waits for.
func (a Arithmetic) Uncalled(c charter.Charter) int {
	if a.Procedure != charter.ByVote || !c.Body.Vote.AllAnswer.Value {
		return 0
	}
	return a.Silent - a.Unanswered
}

// recordNoAnswers puts who was called and did not answer into the decision's record.
func (i Item) recordNoAnswers(r map[string]any) {
	if len(i.NoAnswers) == 0 {
		return
	}
	list := []any{}
	for _, x := range i.NoAnswers {
		list = append(list, map[string]any{"seat": x.Name, "organisation": x.Code, "text": x.Text, "by": x.Person, "at": instant(x.At)})
	}
	r["unanswered"] = list
}

// mayInRollCall lists what by can do about those in the room who have not answered.
func (i Item) mayInRollCall(by Actor) []string {
	if i.State == QuestionOpen && i.presidedBy(by) == nil && i.Arithmetic().Uncalled(i.Charter) > 0 {
		return []string{"rollcall.note"}
	}
	return nil
}
