package api

import (
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/store"
)

type seatView struct {
	ID           uuid.UUID     `json:"id"`
	Constituency string        `json:"constituency"`
	Name         string        `json:"name"`
	Holder       *sittingView  `json:"holder"`
	Begins       *string       `json:"begins"` // the day to come from which the rules have it
	Terms        []sittingView `json:"terms"`
	May          []string      `json:"may"`
}

type sittingView struct {
	Term         uuid.UUID         `json:"term"`
	Organisation uuid.UUID         `json:"organisation"`
	Code         string            `json:"code"`
	Name         string            `json:"name"`
	From         string            `json:"from"`
	Until        *string           `json:"until"`
	MeantUntil   *string           `json:"meant_until"` // where it was given up before
	Ended        domain.SeatEnding `json:"ended"`       // why
	Drawn        *drawnView        `json:"drawn"`
}

// drawnView is what the program proposed when a nomination gave the seat, and by which lot.
type drawnView struct {
	Day      string     `json:"day"` // from which the seat was vacant
	Seed     string     `json:"seed"`
	Proposed *uuid.UUID `json:"proposed"`
	Code     string     `json:"code"` // of who was proposed; "" of nobody
	Why      string     `json:"why"`
	Lot      string     `json:"lot"`
}

// seats shows who sat on the body on a day.
func (s *Server) seats(a *asked) (answer, error) {
	on, err := a.day("on")
	if err != nil {
		return answer{}, err
	}
	return whole(func(x store.SeatOn) seatView { return s.seatView(a.by, x) })(s.Store.Seats(a, a.by, on))
}

func (s *Server) seatView(by domain.Actor, x store.SeatOn) seatView {
	v := seatView{ID: x.ID, Constituency: x.Constituency, Name: x.Name, Begins: lastDay(x.Begins), Terms: []sittingView{}, May: s.may(by, seatActs(x))}
	if x.Held != nil {
		held := s.viewSitting(by, x, *x.Held)
		v.Holder = &held
	}
	for _, term := range x.Terms {
		v.Terms = append(v.Terms, s.viewSitting(by, x, term))
	}
	return v
}

// seatActs are what may be done with a seat at all, whoever asks: it is given in the
// first composition alone.
func seatActs(x store.SeatOn) []string {
	acts := []string{"seat.give-up", "rotation.read"}
	if x.Composing {
		acts = append(acts, "seat.give")
	}
	return acts
}

func (s *Server) viewSitting(by domain.Actor, x store.SeatOn, h domain.Sitting) sittingView {
	v := sittingView{h.Term, h.Organisation, h.Code, h.Holder, h.From.Format(time.DateOnly), lastDay(h.Until), lastDay(h.Meant), h.Ended, nil}
	if d, kept := x.Drawn[h.Term]; kept && len(s.may(by, []string{"rotation.read"})) > 0 {
		v.Drawn = &drawnView{Day: date(d.Day), Seed: d.Seed, Code: d.Code, Why: d.Why, Lot: d.Lot}
		if d.Proposed != uuid.Nil {
			v.Drawn.Proposed = &d.Proposed
		}
	}
	return v
}

type seatTermRequest struct {
	Organisation uuid.UUID `json:"organisation"`
	From         string    `json:"from"`
	Until        string    `json:"until"`
	Note         string    `json:"note"`
}

type seatTermView struct {
	ID           uuid.UUID `json:"id"`
	Seat         uuid.UUID `json:"seat"`
	Organisation uuid.UUID `json:"organisation"`
	From         string    `json:"from"`
	Until        *string   `json:"until"`
	Note         string    `json:"note"`
	Never        bool      `json:"never"` // given up before its first day
}

// giveSeat lets an organisation hold a seat for a term.
func (s *Server) giveSeat(a *asked) (answer, error) {
	seat, in, err := onto[seatTermRequest](a)
	if err != nil {
		return answer{}, err
	}
	term := domain.SeatTerm{Organisation: in.Organisation, Note: in.Note}
	if term.From, term.Until, err = period(in.From, in.Until); err != nil {
		return answer{}, err
	}
	t, err := s.Store.GiveSeat(a, a.ask, seat, term)
	if err != nil {
		return answer{}, err
	}
	return made("/seats", seatTermView{t.ID, t.Seat, t.Organisation, t.From.Format(time.DateOnly), lastDay(t.Until), t.Note, t.Never}, 0)
}
