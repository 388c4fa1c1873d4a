package api

import (
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
)

type attendanceView struct {
	ID           uuid.UUID        `json:"id"`
	As           charter.Attendee `json:"as"`
	Organisation string           `json:"organisation"`
	Name         string           `json:"name"`
	CameAt       time.Time        `json:"came_at"`
	LeftAt       *time.Time       `json:"left_at"`
	May          []string         `json:"may"`
}

func (s *Server) attendanceOf(by domain.Actor, m domain.Meeting, x domain.Attendance) attendanceView {
	var may []string
	if _, err := x.Left(m, x.CameAt); err == nil {
		may = s.may(by, []string{"attendance.record"})
	}
	return attendanceView{x.ID, x.As, x.Code, x.Name, x.CameAt, x.LeftAt, append([]string{}, may...)}
}

type attendanceRequest struct {
	As           charter.Attendee `json:"as"`
	Organisation uuid.UUID        `json:"organisation"`
	Name         string           `json:"name"`
}

// attend records that somebody has come who takes no seat.
func (s *Server) attend(a *asked) (answer, error) {
	id, in, err := onto[attendanceRequest](a)
	if err != nil {
		return answer{}, err
	}
	x, err := s.Store.Attend(a, a.ask, id, domain.Attendance{As: in.As, Organisation: in.Organisation, Name: in.Name})
	if err != nil {
		return answer{}, err
	}
	return made("/attendances/"+x.ID.String(), s.attendanceOf(a.by, domain.Meeting{State: domain.MeetingOpen}, x), 0)
}

// attendanceLeft notes that somebody who attended has gone.
func (s *Server) attendanceLeft(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	if _, err := s.Store.AttendanceLeft(a, a.ask, id); err != nil {
		return answer{}, err
	}
	return done()
}
