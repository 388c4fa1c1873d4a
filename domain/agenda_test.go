package domain

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
)

// What is refused of an item that a member proposes, and of its answer.
func TestWhatIsRefusedOfAProposedItem(t *testing.T) {
	now := time.Date(2026, 5, 1, 9, 0, 0, 0, time.UTC)
	org, rules := uuid.New(), charter.MustDefault()
	hat := func(role Role, c Capacity) Actor {
		return Actor{Person: uuid.New(), Hat: Hat{Role: role, Capacity: c, Organisation: org, Code: "QMM"}}
	}
	sitting := []Sitting{{Seat: Seat{ID: uuid.New(), Constituency: "donors"}, Organisation: org, Code: "QMM"}}
	planned := Meeting{ID: uuid.New(), Ref: "M-2026-01", State: MeetingPlanned}
	open, closed := planned, planned
	open.State, closed.State = MeetingOpen, MeetingClosed
	fine := ProposedItem{Title: "Costs of transfers", Text: "The body takes note.", Reason: "They rose.", Language: "fr"}
	with := func(change func(*ProposedItem)) ProposedItem { x := fine; change(&x); return x }
	member := hat(Member, Representative)
	for name, c := range map[string]struct {
		of      Meeting
		by      Actor
		sitting []Sitting
		x       ProposedItem
		want    error
	}{
		"by the representative":           {planned, member, sitting, fine, nil},
		"by the alternate":                {planned, hat(Member, Alternate), sitting, fine, nil},
		"without a text":                  {planned, member, sitting, with(func(x *ProposedItem) { x.Text = "" }), nil},
		"by an adviser":                   {planned, hat(Member, Adviser), sitting, fine, ErrAdviser},
		"by whoever holds no seat":        {planned, member, nil, fine, ErrNoSeat},
		"by the Chair, for another seat":  {planned, hat(Coordinator, ""), sitting, fine, ErrNoSeat},
		"of a meeting under way":          {open, member, sitting, fine, ErrMeetingStage},
		"of a meeting that is over":       {closed, member, sitting, fine, ErrMeetingStage},
		"without a title":                 {planned, member, sitting, with(func(x *ProposedItem) { x.Title = " " }), ErrRequired},
		"without a reason":                {planned, member, sitting, with(func(x *ProposedItem) { x.Reason = "" }), ErrRequired},
		"with a title that is too long":   {planned, member, sitting, with(func(x *ProposedItem) { x.Title = strings.Repeat("я", 301) }), ErrTooLong},
		"with a text that is too long":    {planned, member, sitting, with(func(x *ProposedItem) { x.Text = strings.Repeat("x", 20_001) }), ErrTooLong},
		"with a reason that is too long":  {planned, member, sitting, with(func(x *ProposedItem) { x.Reason = strings.Repeat("x", longestReason+1) }), ErrTooLong},
		"in a language that nobody reads": {planned, member, sitting, with(func(x *ProposedItem) { x.Language = "xx" }), ErrUnknownWord},
	} {
		got, err := c.of.Propose(rules, c.by, c.sitting, c.x, now)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, not %v", name, err, c.want)
		}
		if err == nil && (got.Organisation != org || got.Person != c.by.Person || got.Meeting != planned.ID || !got.At.Equal(now)) {
			t.Errorf("%s: %+v", name, got)
		}
	}

	answered := with(func(x *ProposedItem) { x.Answer = &ItemAnswer{} })
	for name, c := range map[string]struct {
		of   Meeting
		x    ProposedItem
		take bool
		note string
		want error
	}{
		"taken on":                      {planned, fine, true, "", nil},
		"taken on in the meeting":       {open, fine, true, "", nil},
		"taken on after it":             {closed, fine, true, "", ErrMeetingStage},
		"declined":                      {planned, fine, false, "It was before the body.", nil},
		"declined after it":             {closed, fine, false, "There was no time.", nil},
		"declined without a reason":     {planned, fine, false, " ", ErrRequired},
		"with a note that is too long":  {planned, fine, true, strings.Repeat("x", longestReason+1), ErrTooLong},
		"answered before, and taken on": {planned, answered, true, "", ErrItemAnswered},
		"answered before, and declined": {planned, answered, false, "No.", ErrItemAnswered},
	} {
		if _, err := c.of.AnswerItem(member, c.x, c.take, c.note, now); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, not %v", name, err, c.want)
		}
	}

	item := with(func(x *ProposedItem) { x.ID, x.Answer = uuid.New(), &ItemAnswer{Taken: true} })
	q := Question{ProposedItem: item.ID}
	declined := item
	declined.Answer = &ItemAnswer{}
	if err := q.ComesOf([]ProposedItem{item}); err != nil {
		t.Error(err)
	}
	for _, items := range [][]ProposedItem{nil, {declined}, {fine}} {
		if err := q.ComesOf(items); !errors.Is(err, ErrUnknownWord) {
			t.Errorf("%v: %v", items, err)
		}
	}
}
