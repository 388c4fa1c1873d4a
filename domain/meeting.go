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
	ErrMeetingStage          = problem.New(problem.Conflict, "meeting-stage")
	ErrQuestionUnderWay      = problem.New(problem.Conflict, "question-under-way")
	ErrRepresentativePresent = problem.New(problem.Conflict, "representative-present")
	ErrInAnotherSeat         = problem.New(problem.Conflict, "in-another-seat")
	ErrNotPresent            = problem.New(problem.Conflict, "not-present")
	ErrNoDesignee            = problem.New(problem.Conflict, "no-designee")
	ErrAccredited            = problem.New(problem.Invalid, "not-accredited")
)

// MeetingState is how far a meeting is.
type MeetingState string

const (
	MeetingPlanned MeetingState = "planned"
	MeetingOpen    MeetingState = "open"
	MeetingClosed  MeetingState = "closed"
)

// longestTitle holds for meetings and questions: two lines of an agenda.
const longestTitle = 300

// Meeting is one session of the body, in a room or at a distance.
type Meeting struct {
	ID             uuid.UUID
	Ref            string // "M-2026-02"
	Title          string
	StartsAt       time.Time
	State          MeetingState
	Present        uuid.UUID // the item that the open meeting is at; none between items
	Presiding      uuid.UUID // the person in the chair; before it opens the designee, where one is named, else nobody
	PresidingName  string
	CharterVersion int
	Version        int
	OpenedAt       *time.Time
	ClosedAt       *time.Time
	Where
	EndsAt   time.Time // when it is meant to end; zero where that is open
	Sequence int       // how often what stands in people's calendars has changed

	CalledOff *CallingOff // of one that was called off
}

// PlanMeeting puts a meeting on the calendar.
func PlanMeeting(p MeetingPlan, c charter.Charter, now time.Time) (Meeting, error) {
	m := Meeting{ID: uuid.New(), State: MeetingPlanned, CharterVersion: c.Version, Version: 1}
	if err := m.meant(p, c, now); err != nil {
		return Meeting{}, err
	}
	return m, nil
}

func titled(title string) error {
	switch {
	case strings.TrimSpace(title) == "":
		return ErrRequired.At("/title")
	case len([]rune(title)) > longestTitle:
		return ErrTooLong.With("limit", longestTitle).At("/title")
	}
	return nil
}

// Open begins the meeting with by in the chair: the designee who was named for it and
// stands for a seat, or somebody of the organisation that holds the Chair's seat today,
// where any does.
func (m Meeting) Open(by Actor, sitting []Sitting, now time.Time) (Meeting, error) {
	if m.State != MeetingPlanned {
		return m, ErrMeetingStage.With("meeting", m.Ref, "state", string(m.State))
	}
	switch designated := m.Presiding != uuid.Nil && m.Presiding == by.Person; {
	case by.Hat.Role != Coordinator && !designated:
		return m, ErrNotInTheChair.With("meeting", m.Ref)
	case by.Hat.Role != Coordinator:
		if _, err := seatOf(sitting, by, uuid.Nil); err != nil {
			return m, err
		}
	case slices.ContainsFunc(sitting, func(s Sitting) bool { return s.Chair() && s.Organisation != by.Hat.Organisation }):
		return m, ErrNoSeat.With("organisation", by.Hat.Code)
	}
	m.State, m.Presiding, m.OpenedAt = MeetingOpen, by.Person, &now
	return m, nil
}

// Close ends it: a member's people, where one of them presides. No question may be under
// way: it is settled or withdrawn first.
func (m Meeting) Close(by Actor, underWay int, now time.Time) (Meeting, error) {
	switch {
	case by.Hat.Role == Member && by.Person != m.Presiding:
		return m, ErrNotInTheChair.With("meeting", m.Ref)
	case m.State != MeetingOpen:
		return m, ErrMeetingStage.With("meeting", m.Ref, "state", string(m.State))
	case underWay > 0:
		return m, ErrQuestionUnderWay.With("count", underWay)
	}
	m.State, m.ClosedAt, m.Present = MeetingClosed, &now, uuid.Nil
	return m, nil
}

// Designate puts somebody else in the chair, where the charter knows a designee: of those
// in the room or, before the meeting opens, of those who may sit down in it. Until then the
// designee may open it, and is replaced, or taken back by naming nobody; whoever opens it
// presides.
func (m Meeting) Designate(c charter.Charter, person uuid.UUID, room, accredited []Presence) (Meeting, error) {
	of, refused := room, ErrNotPresent
	if m.State == MeetingPlanned {
		of, refused = accredited, ErrAccredited
	}
	switch {
	case m.Over():
		return m, ErrMeetingStage.With("meeting", m.Ref, "state", string(m.State))
	case !c.Body.Chair.Designee.Value:
		return m, ErrNoDesignee
	}
	for _, p := range of {
		if p.Person == person {
			m.designates(person, p.Name)
			return m, nil
		}
	}
	if m.State == MeetingPlanned && person == uuid.Nil {
		m.designates(uuid.Nil, "")
		return m, nil
	}
	return m, refused.At("/person")
}

// designates names who presides; what stands in people's calendars changes with it.
func (m *Meeting) designates(person uuid.UUID, name string) {
	if m.State == MeetingPlanned && m.Presiding != person {
		m.Sequence++
	}
	m.Presiding, m.PresidingName = person, name
}

// Hall is what a meeting's acts look at beside the meeting itself.
type Hall struct {
	Charter  charter.Charter
	Sitting  []Sitting  // for whom people may come in
	Room     []Presence // those in it now
	UnderWay int        // questions that were put and are not settled
}

// May lists what by can do to the meeting now, by the acts' own rules.
func (m Meeting) May(by Actor, h Hall) []string {
	var may []string
	can := func(act string, possible bool) {
		if possible {
			may = append(may, act)
		}
	}
	_, opens := m.Open(by, h.Sitting, m.StartsAt)
	_, closes := m.Close(by, h.UnderWay, m.StartsAt)
	can("meeting.open", opens == nil)
	can("meeting.close", closes == nil)
	can("meeting.change", m.State == MeetingPlanned)
	can("meeting.cancel", m.State == MeetingPlanned)
	can("meeting.designate", m.State == MeetingPlanned && h.Charter.Body.Chair.Designee.Value || slices.ContainsFunc(h.Room, func(p Presence) bool {
		_, err := m.Designate(h.Charter, p.Person, h.Room, nil)
		return err == nil
	}))
	can("presence.join", m.State == MeetingOpen && by.Hat.Role == Secretariat || slices.ContainsFunc(h.Sitting, func(s Sitting) bool {
		_, _, err := m.Join(by, s.ID, h.Sitting, h.Room, m.StartsAt)
		return err == nil
	}))
	can("presence.leave", m.State == MeetingOpen && slices.ContainsFunc(h.Room, func(p Presence) bool {
		return p.Person == by.Person || by.Hat.Role == Secretariat
	}))
	can("attendance.record", m.State == MeetingOpen && len(h.Charter.Body.Attending.Value) > 0)
	_, asks := m.Propose(h.Charter, by, h.Sitting, ProposedItem{Title: "-", Reason: "-", Language: "en"}, m.StartsAt)
	can("item.propose", asks == nil)
	can("question.list", !m.Over())
	_, turns := m.Turn(by, nil, uuid.Nil)
	can("meeting.turn", turns == nil)
	can("agenda.order", m.State == MeetingPlanned)
	return may
}

// Presence is a person in the room for a seat, and for the organisation that
// held it then.
type Presence struct {
	ID           uuid.UUID
	Meeting      uuid.UUID
	Seat         uuid.UUID
	SeatName     string
	Organisation uuid.UUID
	Code         string
	Person       uuid.UUID
	Name         string
	Capacity     Capacity // "" for the chair's
	JoinedAt     time.Time
	LeftAt       *time.Time
}

// Leaver tells whether by may note that p has left: p's own person, and the
// secretary.
func (p Presence) Leaver(by Actor) bool {
	return p.Person == by.Person || by.Hat.Role == Secretariat
}

// May lists what by can do to a presence now.
func (p Presence) May(by Actor) []string {
	if p.LeftAt == nil && p.Leaver(by) {
		return []string{"presence.leave"}
	}
	return nil
}

// Join seats a person, who stands for an organisation under the hat of by, in
// the room. An alternate sits down only while the representative is away, and
// gives the seat up when the representative comes: left is then the alternate's
// presence, which ends. One person sits in one seat: the one named, where the
// organisation holds several.
func (m Meeting) Join(by Actor, seat uuid.UUID, sitting []Sitting, room []Presence, now time.Time) (joined Presence, left *Presence, err error) {
	if m.State != MeetingOpen {
		return Presence{}, nil, ErrMeetingStage.With("meeting", m.Ref, "state", string(m.State))
	}
	at, err := seatOf(sitting, by, seat)
	if err != nil {
		return Presence{}, nil, err
	}
	joined = Presence{ID: uuid.New(), Meeting: m.ID, Seat: at.ID, SeatName: at.Name, Organisation: at.Organisation, Code: at.Code,
		Person: by.Person, Capacity: by.Hat.Capacity, JoinedAt: now}
	for _, p := range room {
		switch {
		case p.Person == by.Person:
			return Presence{}, nil, ErrInAnotherSeat.With("seat", p.SeatName)
		case p.Seat == at.ID && p.Organisation == at.Organisation && by.Hat.Capacity != Representative:
			return Presence{}, nil, ErrRepresentativePresent.With("seat", p.SeatName)
		case p.Seat == at.ID && p.Organisation == at.Organisation:
			p.LeftAt = &now
			left = &p
		}
	}
	return joined, left, nil
}
