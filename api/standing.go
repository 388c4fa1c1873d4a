package api

import (
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/store"
)

// standingInterestView is a standing interest: a stake that is declared once.
type standingInterestView struct {
	ID           uuid.UUID  `json:"id"`
	Organisation namedView  `json:"organisation"`
	By           string     `json:"by"` // who declared it
	Kind         string     `json:"kind"`
	Note         string     `json:"note"`
	About        *namedView `json:"about"`
	Area         string     `json:"area,omitempty"`
	From         string     `json:"from"`
	Until        string     `json:"until,omitempty"` // its last day
	Holds        bool       `json:"holds"`           // today
	At           time.Time  `json:"at"`
	Ending       string     `json:"ending,omitempty"` // what was said when it was ended
	May          []string   `json:"may"`
}

type standingInterestsView struct {
	All  bool                   `json:"all"` // whether those of every organisation are shown
	List []standingInterestView `json:"list"`
	May  []string               `json:"may"`
}

func (s *Server) viewOfStanding(by domain.Actor, x domain.StandingInterest, f store.StandingFile) standingInterestView {
	v := standingInterestView{ID: x.ID, Organisation: namedView{x.Organisation.String(), x.Code, x.Name}, By: x.By, Kind: string(x.Kind), Note: x.Note, Area: x.Area, From: date(x.From),
		Holds: x.Holds(f.Today), At: x.At.UTC(), May: s.may(by, x.May(by, f.Kin, f.Today))}
	if x.About != uuid.Nil {
		v.About = &namedView{x.About.String(), x.AboutCode, x.AboutName}
	}
	if last := x.Last(); !last.IsZero() {
		v.Until = date(last)
	}
	if x.Ended != nil {
		v.Ending = x.Ended.Note
	}
	return v
}

// standingInterests is the register: one's own organisation's, or everybody's.
func (s *Server) standingInterests(a *asked) (answer, error) {
	f, err := s.Store.StandingInterests(a, a.by)
	if err != nil {
		return answer{}, err
	}
	v := standingInterestsView{All: f.All, List: []standingInterestView{}, May: []string{}}
	if a.by.Hat.Capacity != domain.Adviser {
		v.May = s.may(a.by, []string{"standing.declare"})
	}
	for _, x := range f.List {
		v.List = append(v.List, s.viewOfStanding(a.by, x, f))
	}
	return shown(v)
}

type standingRequest struct {
	Kind  charter.InterestKind `json:"kind"`
	Note  string               `json:"note"`
	About *uuid.UUID           `json:"about"`
	Area  string               `json:"area"`
	From  string               `json:"from"`
	Until string               `json:"until"`
}

// declareStanding puts one of the caller's own organisation on record.
func (s *Server) declareStanding(a *asked) (answer, error) {
	in, err := body[standingRequest](a)
	if err != nil {
		return answer{}, err
	}
	x := domain.StandingInterest{Kind: in.Kind, Note: in.Note, Area: in.Area}
	if in.About != nil {
		x.About = *in.About
	}
	if x.From, x.Until, err = period(in.From, in.Until); err != nil {
		return answer{}, err
	}
	f, err := s.Store.DeclareStanding(a, a.ask, x)
	if err != nil {
		return answer{}, err
	}
	return made("/standing-interests", s.viewOfStanding(a.by, f.List[0], f), 0)
}

type standingEnding struct {
	Last string `json:"last"`
	Note string `json:"note"`
}

// endStanding ends one with its last day.
func (s *Server) endStanding(a *asked) (answer, error) {
	id, in, err := onto[standingEnding](a)
	if err != nil {
		return answer{}, err
	}
	last, err := dayOr(in.Last, "/last")
	if err != nil {
		return answer{}, err
	}
	f, err := s.Store.EndStanding(a, a.ask, id, last, in.Note)
	if err != nil {
		return answer{}, err
	}
	return shown(s.viewOfStanding(a.by, f.List[0], f))
}

type dismissalRequest struct {
	Organisation string               `json:"organisation"`
	Kind         charter.InterestKind `json:"kind"`
	Reason       string               `json:"reason"`
}

type dismissalView struct {
	Reason string    `json:"reason"`
	By     string    `json:"by"`
	At     time.Time `json:"at"`
}

// dismissInterest sets an interest in an item aside.
func (s *Server) dismissInterest(a *asked) (answer, error) {
	id, in, err := onto[dismissalRequest](a)
	if err != nil {
		return answer{}, err
	}
	x, err := s.Store.DismissInterest(a, a.ask, id, in.Organisation, in.Kind, in.Reason)
	if err != nil {
		return answer{}, err
	}
	return made("/questions/"+id.String(), interestOf(x), 0)
}

type suggestionRequest struct {
	Organisation string               `json:"organisation"`
	Kind         charter.InterestKind `json:"kind"`
	Note         string               `json:"note"`
}

// suggestInterest puts one of another organisation on record.
func (s *Server) suggestInterest(a *asked) (answer, error) {
	id, in, err := onto[suggestionRequest](a)
	if err != nil {
		return answer{}, err
	}
	x, err := s.Store.SuggestInterest(a, a.ask, id, in.Organisation, in.Kind, in.Note)
	if err != nil {
		return answer{}, err
	}
	return made("/questions/"+id.String(), interestOf(x), 0)
}

// interestIn is an interest with what the caller may do to it.
func (s *Server) interestIn(by domain.Actor, i domain.Item, x domain.Interest) interestView {
	v := interestOf(x)
	v.May = s.may(by, i.MayInterest(by, x))
	return v
}
