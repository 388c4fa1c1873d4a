package api

import (
	"context"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/store"
)

type meetingRequest struct {
	Title    string       `json:"title"`
	StartsAt time.Time    `json:"starts_at"`
	EndsAt   time.Time    `json:"ends_at"`
	Held     domain.Venue `json:"held"`
	Place    string       `json:"place"`
	Link     string       `json:"link"`
}

func (r meetingRequest) plan() domain.MeetingPlan {
	return domain.MeetingPlan{Title: r.Title, StartsAt: r.StartsAt, EndsAt: r.EndsAt, Where: domain.Where{Held: r.Held, Place: r.Place, Link: r.Link}}
}

// planMeeting puts a meeting on the calendar.
func (s *Server) planMeeting(a *asked) (answer, error) {
	in, err := body[meetingRequest](a)
	if err != nil {
		return answer{}, err
	}
	m, err := s.Store.PlanMeeting(a, a.ask, in.plan())
	if err != nil {
		return answer{}, err
	}
	f, err := s.Store.Meeting(a, a.by, m.ID)
	if err != nil {
		return answer{}, err
	}
	return made("/meetings/"+m.ID.String(), s.meetingView(a.by, f), m.Version)
}

// changeMeeting says anew when and where a meeting is to be.
func (s *Server) changeMeeting(a *asked) (answer, error) {
	_, version, in, err := change[meetingRequest](a)
	if err != nil {
		return answer{}, err
	}
	return s.onMeeting(a, func(c context.Context, by store.Ask, id uuid.UUID) (domain.Meeting, error) {
		return s.Store.ChangeMeeting(c, by, id, version, in.plan())
	})
}
