package api

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"startupfund/domain"
	"startupfund/store"
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
	Round   int                    `json:"round"`
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
	TotalBy  string      `json:"total_by,omitempty"`

	Second    *secondRoundView `json:"second_round,omitempty"` // where one is open
	Awaits    bool             `json:"awaits,omitempty"`       // others may have scored again; shown once one's own second is in
	First     []scoreView      `json:"first,omitempty"`        // what seats gave in the first round that scored again
	Was       string           `json:"first_total,omitempty"`  // what the first round came to
	Agreement *agreementOfView `json:"agreement,omitempty"`    // beside the scores; applied to none
	Recused   []scoreView      `json:"recused,omitempty"`      // of seats that an interest keeps from judging since; they count for nothing
	May       []string         `json:"may,omitempty"`
}

type secondRoundView struct {
	Reason string     `json:"reason"`
	At     time.Time  `json:"at"`
	Due    *time.Time `json:"due,omitempty"` // the instant before which second scores are asked for
}

// agreementOfView is how near the assessors are; Of is empty where there is too little to say.
type agreementOfView struct {
	Of          string      `json:"of"`
	Comparisons int         `json:"comparisons"`
	TooFew      int         `json:"too_few"`
	Criteria    []stepsView `json:"criteria"`
}

type stepsView struct {
	Criterion string `json:"criterion"`
	Given     int    `json:"given"`
	Lowest    int    `json:"lowest"`
	Highest   int    `json:"highest"`
}

func viewOfConcordance(c domain.Concordance, tooFew int) *agreementOfView {
	v := agreementOfView{Comparisons: c.Comparisons, TooFew: tooFew, Criteria: []stepsView{}}
	if c.Said {
		v.Of = c.Of.StringFixed(2)
	}
	for _, k := range c.Criteria {
		v.Criteria = append(v.Criteria, stepsView{k.Criterion, k.Given, k.Least, k.Most})
	}
	return &v
}

func viewOfScore(by domain.Actor, s domain.Score) scoreView {
	v := scoreView{Seat: s.SeatName, Own: by.Hat.Role == domain.Member && s.Organisation == by.Hat.Organisation, N: s.N, Round: s.Round, Version: s.Version, Points: map[string]pointsShape{}, Total: s.Total.StringFixed(4), Comment: s.Comment, At: s.At.UTC()}
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
	return s.shownScores(a)(s.Store.Scores(a, a.by, id))
}

// openSecondRound lets assessors score again.
func (s *Server) openSecondRound(a *asked) (answer, error) {
	id, in, err := onto[reasonRequest](a)
	if err != nil {
		return answer{}, err
	}
	return s.shownScores(a)(s.Store.OpenSecondRound(a, a.ask, id, in.Reason))
}

func (s *Server) shownScores(a *asked) func(store.ScoreSheet, error) (answer, error) {
	return func(sheet store.ScoreSheet, err error) (answer, error) {
		if err != nil {
			return answer{}, err
		}
		v := scoresView{Version: sheet.Version, Blind: sheet.Blind, Scores: viewsOfScores(a.by, sheet.Scores), May: s.may(a.by, sheet.May)}
		if len(sheet.Earlier) > 0 {
			v.Earlier = viewsOfScores(a.by, sheet.Earlier)
		}
		if sheet.From < sheet.Version {
			v.From = sheet.From
		}
		if sheet.Blind {
			return shown(v)
		}
		if len(sheet.Recused) > 0 {
			v.Recused = viewsOfScores(a.by, sheet.Recused)
		}
		v.Assessed, v.TotalBy, v.Awaits = &sheet.Assessed, string(sheet.TotalBy), sheet.Awaits
		if r := sheet.Second; r != nil {
			v.Second = &secondRoundView{r.Reason, r.At.UTC(), utc(r.Due)}
		}
		if len(v.Scores) > 0 {
			total := sheet.Total.StringFixed(4)
			v.Total, v.Agreement = &total, viewOfConcordance(sheet.Concord, sheet.TooFew)
		}
		if len(sheet.First) > 0 {
			v.First, v.Was = viewsOfScores(a.by, sheet.First), sheet.Was.StringFixed(4)
		}
		return shown(v)
	}
}

func viewsOfScores(by domain.Actor, list []domain.Score) []scoreView {
	views := make([]scoreView, len(list))
	for i, x := range list {
		views[i] = viewOfScore(by, x)
	}
	return views
}

// habitsView is how seats scored a call's proposals, of those that the reader has in sight.
type habitsView struct {
	TooFew int             `json:"too_few"`
	Seats  []seatHabitView `json:"seats"`
}

type seatHabitView struct {
	Seat string `json:"seat"`
	habitView
}

// scoringHabits shows each seat's mean and spread on a call, beside its scores.
func (s *Server) scoringHabits(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	h, err := s.Store.Habits(a, a.by, id)
	if err != nil {
		return answer{}, err
	}
	v := habitsView{h.TooFew, []seatHabitView{}}
	for _, x := range h.Seats {
		v.Seats = append(v.Seats, seatHabitView{x.SeatName, viewOfHabit(x)})
	}
	slices.SortFunc(v.Seats, func(x, y seatHabitView) int { return cmp.Compare(x.Seat, y.Seat) })
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
