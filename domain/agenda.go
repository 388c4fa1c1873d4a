package domain

import (
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

// ErrItemAnswered refuses a second answer to a proposed item.
var ErrItemAnswered = problem.New(problem.Conflict, "item-answered")

// longestItem bounds, in characters, the text that a member proposes with an item: some ten pages.
const longestItem = 20_000

// ProposedItem is what a member asks the agenda of a meeting to have. It stands for ever,
// and so does its answer. It names no proposal: whoever reads the meeting reads it.
type ProposedItem struct {
	ID           uuid.UUID
	Meeting      uuid.UUID
	Organisation uuid.UUID // that holds the seat
	Code         string    // the organisation's
	Person       uuid.UUID
	Title        string
	Text         string // of what would be decided; may be empty
	Reason       string // why the body should take it up
	Language     string // of all three
	Late         bool   // asked for after the day that the charter gives
	At           time.Time
	Answer       *ItemAnswer // nil until the secretariat has given one
}

// ItemAnswer is what the secretariat says to a proposed item.
type ItemAnswer struct {
	Taken  bool
	Note   string // why not; may be empty where it is taken on
	Person uuid.UUID
	At     time.Time
}

// Propose asks the agenda of a planned meeting to have an item: for a seat that by's
// organisation holds today, and not by an adviser.
// After the charter's day it is late, and no less proposed: the body decides what it does of it.
func (m Meeting) Propose(c charter.Charter, by Actor, sitting []Sitting, x ProposedItem, now time.Time) (ProposedItem, error) {
	if m.State != MeetingPlanned {
		return x, ErrMeetingStage.With("meeting", m.Ref, "state", string(m.State))
	}
	seat, err := seatOf(sitting, by, uuid.Nil)
	if err != nil {
		return x, err
	}
	found := append(written(x.Title, "/title", longestTitle), bounded(x.Text, "/text", longestItem)...)
	found = append(found, written(x.Reason, "/reason", longestReason)...)
	if err := problem.Join(append(found, spoken(x.Language, "/language")...)); err != nil {
		return x, err
	}
	x.Late = now.After(m.Due(c).Items)
	x.ID, x.Meeting, x.Organisation, x.Code, x.Person, x.At = uuid.New(), m.ID, seat.Organisation, seat.Code, by.Person, now
	return x, nil
}

// AnswerItem takes a proposed item on, as long as the meeting is not over, or declines it
// with a reason.
func (m Meeting) AnswerItem(by Actor, x ProposedItem, take bool, note string, now time.Time) (ItemAnswer, error) {
	switch {
	case x.Answer != nil:
		return ItemAnswer{}, ErrItemAnswered.With("title", x.Title)
	case take && m.Over():
		return ItemAnswer{}, ErrMeetingStage.With("meeting", m.Ref, "state", string(m.State))
	}
	check := written
	if take {
		check = bounded
	}
	if err := problem.Join(check(note, "/note", longestReason)); err != nil {
		return ItemAnswer{}, err
	}
	return ItemAnswer{Taken: take, Note: note, Person: by.Person, At: now}, nil
}

// ComesOf refuses a question that names an item that was not proposed for the meeting
// and taken on.
func (q Question) ComesOf(items []ProposedItem) error {
	if q.ProposedItem == uuid.Nil {
		return nil
	}
	for _, x := range items {
		if x.ID == q.ProposedItem && x.Answer != nil && x.Answer.Taken {
			return nil
		}
	}
	return ErrUnknownWord.With("given", q.ProposedItem.String()).At("/proposed_item")
}
