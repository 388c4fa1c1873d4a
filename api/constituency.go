package api

import (
	"context"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/store"
)

type belongingView struct {
	ID           uuid.UUID   `json:"id"`
	Constituency string      `json:"constituency"`
	Organisation uuid.UUID   `json:"organisation"`
	Code         string      `json:"code"`
	Name         string      `json:"name"`
	Kind         string      `json:"kind"`
	From         string      `json:"from"`
	Until        *string     `json:"until"`
	Note         string      `json:"note"`
	Groups       []groupView `json:"groups"`
	May          []string    `json:"may"`
}

type groupView struct {
	ID    uuid.UUID `json:"id"`
	Group string    `json:"group"`
	From  *string   `json:"from"` // null is before the fund was
	Until *string   `json:"until"`
	Note  string    `json:"note"`
}

func viewGroup(g domain.GroupTerm) groupView {
	return groupView{g.ID, string(g.Group), lastDay(g.From), lastDay(g.Until), g.Note}
}

// constituencies shows who belongs to which on a day, or who ever did.
func (s *Server) constituencies(a *asked) (answer, error) {
	on, err := a.day("on")
	if err != nil {
		return answer{}, err
	}
	view := func(m store.Members) belongingView {
		v := s.belongingView(a.by, m.Belonging)
		v.Code, v.Name, v.Groups = m.Code, m.Name, each(m.Groups, viewGroup)
		return v
	}
	return whole(view)(s.Store.Constituencies(a, a.by, on, a.Query("ever") == "true"))
}

func (s *Server) belongingView(by domain.Actor, b domain.Belonging) belongingView {
	return belongingView{ID: b.ID, Constituency: b.Constituency, Organisation: b.Organisation, Kind: b.Kind, From: date(b.From), Until: lastDay(b.Until), Note: b.Note,
		Groups: []groupView{}, May: s.may(by, []string{"constituency.release"})}
}

type belongingRequest struct {
	Organisation uuid.UUID `json:"organisation"`
	Constituency string    `json:"constituency"`
	Kind         string    `json:"kind"`
	From         string    `json:"from"`
	Until        string    `json:"until"`
	Note         string    `json:"note"`
}

// joinConstituency lets an organisation belong to a constituency.
func (s *Server) joinConstituency(a *asked) (answer, error) {
	in, err := body[belongingRequest](a)
	if err != nil {
		return answer{}, err
	}
	b := domain.Belonging{Organisation: in.Organisation, Constituency: in.Constituency, Kind: in.Kind, Note: in.Note}
	if b.From, b.Until, err = period(in.From, in.Until); err != nil {
		return answer{}, err
	}
	if b, err = s.Store.Admit(a, a.ask, b); err != nil {
		return answer{}, err
	}
	return made("/constituencies", s.belongingView(a.by, b), 0)
}

type lastDayRequest struct {
	Until string `json:"until"`
	Note  string `json:"note"`
}

// ending sets the last day of what the address names, and answers with it.
func ending[T, V any](a *asked, end func(context.Context, store.Ask, uuid.UUID, time.Time, string) (T, error), view func(T) V) (answer, error) {
	id, in, err := onto[lastDayRequest](a)
	if err != nil {
		return answer{}, err
	}
	until, err := dayOr(in.Until, "/until")
	if err != nil {
		return answer{}, err
	}
	x, err := end(a, a.ask, id, until, in.Note)
	if err != nil {
		return answer{}, err
	}
	return shown(view(x))
}

// leaveConstituency sets the last day on which an organisation belongs there.
func (s *Server) leaveConstituency(a *asked) (answer, error) {
	return ending(a, s.Store.LeaveConstituency, func(b domain.Belonging) belongingView { return s.belongingView(a.by, b) })
}

// groups shows the groups in which a state was, is and will be.
func (s *Server) groups(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	return whole(viewGroup)(s.Store.GroupsOf(a, a.by, id))
}

type groupRequest struct {
	Group charter.Group `json:"group"`
	From  string        `json:"from"`
	Until string        `json:"until"`
	Note  string        `json:"note"`
}

// joinGroup says that a state is in a group of the United Nations.
func (s *Server) joinGroup(a *asked) (answer, error) {
	id, in, err := onto[groupRequest](a)
	if err != nil {
		return answer{}, err
	}
	g := domain.GroupTerm{Organisation: id, Group: in.Group, Note: in.Note}
	if g.From, g.Until, err = period(in.From, in.Until); err != nil {
		return answer{}, err
	}
	if g, err = s.Store.JoinGroup(a, a.ask, g); err != nil {
		return answer{}, err
	}
	return made("/organisations/"+id.String()+"/groups", viewGroup(g), 0)
}

// leaveGroup sets the last day on which a state is in a group.
func (s *Server) leaveGroup(a *asked) (answer, error) {
	return ending(a, s.Store.LeaveGroup, viewGroup)
}
