package api

import (
	"fmt"
	"time"

	"startupfund/domain"
)

type scoreRequest struct {
	Version int                    `json:"version"` // the submission that was read
	Points  map[string]pointsShape `json:"points"`
	Comment string                 `json:"comment"`
}

// pointsShape is what one criterion was given; null points leave it out, with the
// reason.
type pointsShape struct {
	Points *int   `json:"points"`
	Reason string `json:"reason"`
}

type scoreView struct {
	Seat    string                 `json:"seat"`
	Own     bool                   `json:"own"`
	N       int                    `json:"n"`
	Version int                    `json:"version"`
	Points  map[string]pointsShape `json:"points"`
	Total   string                 `json:"total"`
	Comment string                 `json:"comment"`
	At      time.Time              `json:"at"`
}

// scoresView is what the reader may see. Where it is blind, others may have scored
// and nothing is said of them.
type scoresView struct {
	Version  int         `json:"version"`
	From     int         `json:"from,omitempty"` // where scores of an earlier submission count too
	Blind    bool        `json:"blind"`
	Scores   []scoreView `json:"scores"`
	Total    *string     `json:"total"`
	Assessed *bool       `json:"assessed"`
	Earlier  []scoreView `json:"earlier,omitempty"` // about what the proposal said before; they count for nothing
}

func viewOfScore(by domain.Actor, s domain.Score) scoreView {
	v := scoreView{Seat: s.SeatName, Own: by.Hat.Role == domain.Member && s.Organisation == by.Hat.Organisation, N: s.N, Version: s.Version, Points: map[string]pointsShape{}, Total: s.Total.StringFixed(4), Comment: s.Comment, At: s.At.UTC()}
	for key, p := range s.Points {
		v.Points[key] = pointsShape(p)
	}
	return v
}

// submitScore takes a member's assessment.
func (s *Server) submitScore(a *asked) (answer, error) {
	id, in, err := onto[scoreRequest](a)
	if err != nil {
		return answer{}, err
	}
	points := make(map[string]domain.Points, len(in.Points))
	for key, p := range in.Points {
		points[key] = domain.Points(p)
	}
	score, err := s.Store.SubmitScore(a, a.ask, id, in.Version, points, in.Comment)
	if err != nil {
		return answer{}, err
	}
	return made(fmt.Sprintf("/proposals/%s/scores", id), viewOfScore(a.by, score), 0)
}

// scores shows those the reader may see.
func (s *Server) scores(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	sheet, err := s.Store.Scores(a, a.by, id)
	if err != nil {
		return answer{}, err
	}
	v := scoresView{Version: sheet.Version, Blind: sheet.Blind, Scores: []scoreView{}}
	for _, score := range sheet.Scores {
		v.Scores = append(v.Scores, viewOfScore(a.by, score))
	}
	for _, score := range sheet.Earlier {
		v.Earlier = append(v.Earlier, viewOfScore(a.by, score))
	}
	if sheet.From < sheet.Version {
		v.From = sheet.From
	}
	if !sheet.Blind && len(v.Scores) > 0 {
		total := sheet.Total.StringFixed(4)
		v.Total = &total
	}
	if !sheet.Blind {
		v.Assessed = &sheet.Assessed
	}
	return shown(v)
}

// assessmentView is a proposal before the assessors, as one of them sees it: her
// own part, and never whether others have scored.
type assessmentView struct {
	Proposal  proposalLine `json:"proposal"`
	Asked     bool         `json:"asked"`         // whether the seat is
	Due       string       `json:"due,omitempty"` // where it is asked: the last day on which it is in time
	Scored    bool         `json:"scored"`
	Interests []string     `json:"interests"`
	May       []string     `json:"may"`
}

// assessments lists what is to be assessed for the caller's seat.
func (s *Server) assessments(a *asked) (answer, error) {
	list, err := s.Store.Assessments(a, a.by)
	if err != nil {
		return answer{}, err
	}
	views := make([]assessmentView, len(list))
	for i, f := range list {
		views[i] = assessmentView{lineOf(f.ProposalFile), f.LastDay != nil, "", f.Scored, []string{}, s.may(a.by, f.May)}
		if f.LastDay != nil {
			views[i].Due = f.LastDay.Format(time.DateOnly)
		}
		for _, k := range f.Interests {
			views[i].Interests = append(views[i].Interests, string(k))
		}
	}
	return shown(views)
}
