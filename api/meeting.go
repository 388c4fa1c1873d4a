package api

import (
	"context"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/store"
)

type meetingView struct {
	ID             uuid.UUID  `json:"id"`
	Ref            string     `json:"ref"`
	Title          string     `json:"title"`
	StartsAt       time.Time  `json:"starts_at"`
	State          string     `json:"state"`
	Presiding      *uuid.UUID `json:"presiding,omitempty"`
	PresidingName  string     `json:"presiding_name,omitempty"`
	CharterVersion int        `json:"charter_version"`
	OpenedAt       *time.Time `json:"opened_at,omitempty"`
	ClosedAt       *time.Time `json:"closed_at,omitempty"`
	EndsAt         *time.Time `json:"ends_at,omitempty"`
	Held           string     `json:"held"`
	Place          string     `json:"place"`
	Link           string     `json:"link,omitempty"` // for those who may attend
	Version        int        `json:"version"`
	May            []string   `json:"may"`

	CalledOff *calledOffView `json:"called_off,omitempty"`
}

type meetingFileView struct {
	meetingView
	Agenda []agendaView   `json:"agenda"`
	Room   []presenceView `json:"room"`
	// Attending are those there without a seat, who has left too; Attendees the capacities that the rules know.
	Attending []attendanceView   `json:"attending"`
	Attendees []charter.Attendee `json:"attendees"`
	Items     []proposedItemView `json:"items"` // that members asked the agenda to have
	Due       dueView            `json:"due"`
	Present   *uuid.UUID         `json:"present,omitempty"` // the item that the meeting is at
	Carried   []carriedView      `json:"carried"`           // what it did not reach and another meeting took over
}

// dueView are the instants until which items are asked for and listed with their papers.
type dueView struct {
	Items  time.Time `json:"items"`
	Papers time.Time `json:"papers"`
}

type agendaView struct {
	ID        uuid.UUID `json:"id"`
	Item      int       `json:"item"`
	Kind      string    `json:"kind"`
	Procedure string    `json:"procedure"`
	Title     string    `json:"title"`
	State     string    `json:"state"`
	Decision  string    `json:"decision,omitempty"`
	Late      bool      `json:"late"` // listed after the day for items and papers
	// ProposedItem is what a member asked for and it comes of; of an item that has a name alone.
	ProposedItem *uuid.UUID `json:"proposed_item,omitempty"`
	// CarriedFrom is the meeting that did not reach it, where it was carried over.
	CarriedFrom *itemPlaceView `json:"carried_from,omitempty"`
}

type presenceView struct {
	ID           uuid.UUID `json:"id"`
	Seat         uuid.UUID `json:"seat"`
	SeatName     string    `json:"seat_name"`
	Organisation string    `json:"organisation"`
	Person       uuid.UUID `json:"person"`
	Name         string    `json:"name,omitempty"`
	Capacity     string    `json:"capacity,omitempty"`
	JoinedAt     time.Time `json:"joined_at"`
	May          []string  `json:"may"`
}

func (s *Server) meetingView(by domain.Actor, m store.MeetingFile) meetingView {
	v := meetingView{ID: m.ID, Ref: m.Ref, Title: m.Title, StartsAt: m.StartsAt, State: string(m.State), CharterVersion: m.CharterVersion,
		OpenedAt: m.OpenedAt, ClosedAt: m.ClosedAt, Held: string(m.Held), Place: m.Place, Version: m.Version, May: s.may(by, m.May)}
	if !m.EndsAt.IsZero() {
		v.EndsAt = &m.EndsAt
	}
	if domain.MayAttend(m.Attendees, by.Hat) {
		v.Link = m.Link
	}
	if x := m.CalledOff; x != nil {
		v.CalledOff = &calledOffView{x.Reason, x.By, x.At}
	}
	if m.Presiding != uuid.Nil {
		v.Presiding, v.PresidingName = &m.Presiding, m.PresidingName
	}
	return v
}

func (s *Server) presenceOf(by domain.Actor, p domain.Presence) presenceView {
	return presenceView{p.ID, p.Seat, p.SeatName, p.Code, p.Person, p.Name, string(p.Capacity), p.JoinedAt, s.may(by, p.May(by))}
}

// meetingFields narrow the list of meetings.
var meetingFields = narrowed{fields: []string{"state"}}

// meetings lists the body's meetings, the latest first.
func (s *Server) meetings(a *asked) (answer, error) {
	f, err := a.listAsk(meetingFields)
	if err != nil {
		return answer{}, err
	}
	list, err := s.Store.Meetings(a, a.by, f)
	if err != nil {
		return answer{}, err
	}
	return listed(a, list, func(m store.MeetingFile) meetingView { return s.meetingView(a.by, m) })
}

// meeting shows one, with its agenda and who is in the room.
func (s *Server) meeting(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	f, err := s.Store.Meeting(a, a.by, id)
	if err != nil {
		return answer{}, err
	}
	return versioned(s.meetingFile(a.by, f), f.Version)
}

func (s *Server) meetingFile(by domain.Actor, f store.MeetingFile) meetingFileView {
	v := meetingFileView{meetingView: s.meetingView(by, f), Agenda: []agendaView{}, Room: []presenceView{}}
	for _, q := range f.Agenda {
		v.Agenda = append(v.Agenda, agendaOf(q, f.Decisions[q.ID]))
		if x, carried := f.Came[q.ID]; carried {
			v.Agenda[len(v.Agenda)-1].CarriedFrom = &itemPlaceView{x.Meeting, x.Ref, x.Item}
		}
	}
	v.Carried = each(f.Carried, carriedOf)
	for _, p := range f.Room {
		v.Room = append(v.Room, s.presenceOf(by, p))
	}
	if f.Present != uuid.Nil {
		v.Present = &f.Present
	}
	v.Attendees, v.Due = f.Attendees, dueView{f.Due.Items, f.Due.Papers}
	v.Items = each(f.Items, func(x domain.ProposedItem) proposedItemView { return s.proposedItemOf(by, x) })
	v.Attending = each(f.Attending, func(x domain.Attendance) attendanceView { return s.attendanceOf(by, f.Meeting, x) })
	return v
}

func agendaOf(q domain.Question, decision string) agendaView {
	v := agendaView{ID: q.ID, Item: q.Number, Kind: string(q.Kind), Procedure: string(q.Procedure), Title: q.Title, State: string(q.State), Decision: decision, Late: q.Late}
	if q.Title != "" && q.ProposedItem != uuid.Nil {
		v.ProposedItem = &q.ProposedItem
	}
	return v
}

// openMeeting begins it, with the caller in the chair.
func (s *Server) openMeeting(a *asked) (answer, error) { return s.onMeeting(a, s.Store.OpenMeeting) }

func (s *Server) onMeeting(a *asked, do func(ctx context.Context, by store.Ask, id uuid.UUID) (domain.Meeting, error)) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	m, err := do(a, a.ask, id)
	if err != nil {
		return answer{}, err
	}
	f, err := s.Store.Meeting(a, a.by, m.ID)
	if err != nil {
		return answer{}, err
	}
	return versioned(s.meetingView(a.by, f), m.Version)
}

type presidingRequest struct {
	Person *uuid.UUID `json:"person"`
}

// designate puts somebody present in the chair of the meeting or, before it opens, names who
// is to preside over it; nobody takes that back.
func (s *Server) designate(a *asked) (answer, error) {
	in, err := body[presidingRequest](a)
	if err != nil {
		return answer{}, err
	}
	if in.Person != nil && *in.Person == uuid.Nil { // nobody was chosen: that is not taking anybody back
		return answer{}, domain.ErrRequired.At("/person")
	}
	return s.onMeeting(a, func(c context.Context, by store.Ask, id uuid.UUID) (domain.Meeting, error) {
		var person uuid.UUID
		if in.Person != nil {
			person = *in.Person
		}
		return s.Store.Designate(c, by, id, person)
	})
}

type presenceRequest struct {
	Person uuid.UUID `json:"person"`
	Seat   uuid.UUID `json:"seat"`
}

// join seats the caller in the room, for the seat of the caller's organisation;
// the secretariat seats the person named, for the seat named.
func (s *Server) join(a *asked) (answer, error) {
	id, in, err := onto[presenceRequest](a)
	if err != nil {
		return answer{}, err
	}
	p, err := s.Store.Join(a, a.ask, id, in.Person, in.Seat)
	if err != nil {
		return answer{}, err
	}
	return made("/presences/"+p.ID.String(), s.presenceOf(a.by, p), 0)
}

// leave notes that somebody has left the room.
func (s *Server) leave(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	if _, err := s.Store.Leave(a, a.ask, id); err != nil {
		return answer{}, err
	}
	return done()
}

type accreditedView struct {
	Seat         uuid.UUID `json:"seat"`
	SeatName     string    `json:"seat_name"`
	Organisation string    `json:"organisation"`
	Person       uuid.UUID `json:"person"`
	Name         string    `json:"name"`
	Capacity     string    `json:"capacity,omitempty"`
}

// accredited lists who may sit down in a meeting, and for which seat.
func (s *Server) accredited(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	return whole(func(p domain.Presence) accreditedView {
		return accreditedView{p.Seat, p.SeatName, p.Code, p.Person, p.Name, string(p.Capacity)}
	})(s.Store.Accredited(a, a.by, id))
}
