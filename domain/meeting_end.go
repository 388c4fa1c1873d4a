package domain

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/problem"
)

var (
	// ErrItemsUnsettled keeps a meeting from ending before it is said what becomes of each
	// item that it did not reach.
	ErrItemsUnsettled = problem.New(problem.Conflict, "items-unsettled")
	// ErrMeetingNotPlanned refuses to carry an item over to a meeting that has opened or
	// is over, or to the one that ends.
	ErrMeetingNotPlanned = problem.New(problem.Invalid, "meeting-not-planned")
	// ErrMeetingPast refuses to plan a meeting on a day that is over.
	ErrMeetingPast = problem.New(problem.Invalid, "meeting-in-the-past")
)

// MeetingCancelled is a meeting that was planned and does not take place.
const MeetingCancelled MeetingState = "cancelled"

// CallingOff is who called a meeting off, and why. It stands for ever.
type CallingOff struct {
	Reason string
	Person uuid.UUID
	By     string // the person's name
	At     time.Time
}

// Unreached is what becomes of an item that its meeting did not reach: another takes it
// over as it is, or it comes off the agenda for a reason.
type Unreached struct {
	Item   uuid.UUID // the question
	To     uuid.UUID // meeting that takes it over; Nil where it comes off
	Reason string    // why it comes off
}

// CarriedItem is where an item stood on the agenda of a meeting that did not reach it.
type CarriedItem struct {
	Question uuid.UUID
	N        int // the item's first, second, …
	Meeting  uuid.UUID
	Ref      string // the meeting's
	Item     int    // its number there
	Late     bool   // for that meeting
	To       uuid.UUID
	ToRef    string
	Person   uuid.UUID
	At       time.Time
}

// Over tells whether nothing is put on its agenda, or done of it, any more.
func (m Meeting) Over() bool { return m.State == MeetingClosed || m.State == MeetingCancelled }

// Cancel calls off a meeting that has not opened. Whoever keeps it in a calendar is told
// by the next number.
func (m Meeting) Cancel(by Actor, reason string, now time.Time) (Meeting, CallingOff, error) {
	if m.State != MeetingPlanned {
		return m, CallingOff{}, ErrMeetingStage.With("meeting", m.Ref, "state", string(m.State))
	}
	if err := problem.Join(written(reason, "/reason", longestReason)); err != nil {
		return m, CallingOff{}, err
	}
	m.State = MeetingCancelled
	m.Sequence++
	return m, CallingOff{Reason: strings.TrimSpace(reason), Person: by.Person, At: now}, nil
}

// Settled refuses to end a meeting while it is not said of each item still listed what
// becomes of it, or an item would go where none can be put.
func (m Meeting) Settled(listed []Question, list []Unreached, others map[uuid.UUID]Meeting) error {
	var found []problem.Problem
	settled := map[uuid.UUID]bool{}
	for n, u := range list {
		field := fmt.Sprintf("/items/%d", n)
		stands := slices.ContainsFunc(listed, func(q Question) bool { return q.ID == u.Item })
		switch to := others[u.To]; {
		case !stands || settled[u.Item]:
			found = append(found, ErrUnknownWord.With("given", u.Item.String()).At(field+"/question"))
		case u.To == uuid.Nil:
			found = append(found, written(u.Reason, field+"/reason", longestReason)...)
		case to.State != MeetingPlanned || to.ID == m.ID:
			found = append(found, ErrMeetingNotPlanned.With("meeting", to.Ref).At(field+"/to"))
		}
		settled[u.Item] = true
	}
	left := slices.DeleteFunc(slices.Clone(listed), func(q Question) bool { return settled[q.ID] })
	if len(left) > 0 {
		return ErrItemsUnsettled.With("count", len(left))
	}
	return problem.Join(found)
}

// AtItem is a refusal of what was asked for the nth of the items that a meeting did not reach.
func AtItem(err error, n int) error {
	var p problem.Problem
	if errors.As(err, &p) {
		return p.At(fmt.Sprintf("/items/%d%s", n, cmp.Or(p.Field, "/question")))
	}
	return err
}

// Carried is the item as another meeting takes it over: with all that was said of it, under
// the next number of that agenda. Whoever had it listed in time has it so still; what was
// late is late again where that meeting's own day is over too.
func (q Question) Carried(by Actor, from, to Meeting, c charter.Charter, number int, now time.Time) (Question, CarriedItem) {
	x := CarriedItem{Question: q.ID, Meeting: from.ID, Ref: from.Ref, Item: q.Number, Late: q.Late, To: to.ID, ToRef: to.Ref, Person: by.Person, At: now}
	q.Meeting, q.Number, q.Late = to.ID, number, q.Late && now.After(to.Due(c).Papers)
	return q, x
}

// MinutedBefore is what the record of the meeting that did not reach it has of an item that
// was carried over: what had been declared by then, under the number that it had there.
func (i Item) MinutedBefore(x CarriedItem) MinutedItem {
	i.Number, i.State, i.OpenedAt = x.Item, QuestionListed, nil
	i.Interests = slices.DeleteFunc(slices.Clone(i.Interests), func(o Interest) bool { return o.At.After(x.At) })
	return i.Minuted("")
}
