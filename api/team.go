package api

import (
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/store"
)

// teamView is who works on a proposal, the lead first, and how it came about, the
// latest first.
type teamView struct {
	Members []teammateView  `json:"members"`
	Entries []teamEntryView `json:"entries"`
	May     []string        `json:"may"`
}

type teammateView struct {
	Person       uuid.UUID       `json:"person"`
	Name         string          `json:"name"`
	Email        string          `json:"email"`
	Organisation uuid.UUID       `json:"organisation"`
	Code         string          `json:"code"`
	Role         domain.TeamRole `json:"role"`
	Since        time.Time       `json:"since"`
	Active       bool            `json:"active"`
	Oneself      bool            `json:"oneself"`
	May          []string        `json:"may"`
}

type teamEntryView struct {
	Name   string          `json:"name"`
	Role   domain.TeamRole `json:"role"`
	How    domain.TeamAct  `json:"how"`
	By     string          `json:"by"`
	Reason string          `json:"reason"`
	At     time.Time       `json:"at"`
}

func (s *Server) teamOf(a *asked, f store.TeamFile) teamView {
	v := teamView{[]teammateView{}, []teamEntryView{}, s.may(a.by, f.May)}
	for _, m := range f.Members {
		v.Members = append(v.Members, teammateView{m.Person, m.Name, m.Email, m.Organisation, m.Code, m.Role, m.Since.UTC(), m.Active,
			m.Person == a.by.Person, s.may(a.by, m.May)})
	}
	for _, e := range f.Entries {
		v.Entries = append(v.Entries, teamEntryView{e.Name, e.Role, e.How, e.ByName, e.Reason, e.At.UTC()})
	}
	return v
}

func (s *Server) shownTeam(a *asked) func(store.TeamFile, error) (answer, error) {
	return func(f store.TeamFile, err error) (answer, error) {
		if err != nil {
			return answer{}, err
		}
		return shown(s.teamOf(a, f))
	}
}

func (s *Server) team(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	return s.shownTeam(a)(s.Store.Team(a, a.by, id))
}

type teamInvitationRequest struct {
	Email        string          `json:"email"`
	Name         string          `json:"name"`
	Language     string          `json:"language"`
	Organisation uuid.UUID       `json:"organisation"`
	Role         domain.TeamRole `json:"role"`
}

// teamInvitedView has the link of somebody new to the fund, where no mail server
// brings it to them.
type teamInvitedView struct {
	teamView
	Token   store.Token `json:"token,omitempty"`
	Expires *time.Time  `json:"expires_at,omitempty"`
}

func (s *Server) inviteToTeam(a *asked) (answer, error) {
	id, in, err := onto[teamInvitationRequest](a)
	if err != nil {
		return answer{}, err
	}
	out, err := s.Store.InviteToTeam(a, a.ask, id, domain.Person{Email: in.Email, Name: in.Name, Language: in.Language}, in.Organisation, in.Role)
	if err != nil {
		return answer{}, err
	}
	v := teamInvitedView{teamView: s.teamOf(a, out.TeamFile)}
	if i := out.Invited; i != nil && !s.Mailed {
		expires := i.Expires.UTC()
		v.Token, v.Expires = i.Token, &expires
	}
	return made("/proposals/"+id.String()+"/team", v, 0)
}

func (s *Server) joinTeam(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	return s.shownTeam(a)(s.Store.JoinTeam(a, a.ask, id))
}

func (s *Server) leaveTeam(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	if _, err := s.Store.LeaveTeam(a, a.ask, id); err != nil {
		return answer{}, err
	}
	return done()
}

func (s *Server) takeOverTeam(a *asked) (answer, error) {
	id, in, err := onto[reasonRequest](a)
	if err != nil {
		return answer{}, err
	}
	return s.shownTeam(a)(s.Store.TakeOverTeam(a, a.ask, id, in.Reason))
}

// teammate reads whom of a proposal's team is spoken of.
func (a *asked) teammate() (id, person uuid.UUID, err error) {
	if id, err = a.id("id"); err != nil {
		return id, person, err
	}
	person, err = a.id("person")
	return id, person, err
}

func (s *Server) handOverTeam(a *asked) (answer, error) {
	id, person, err := a.teammate()
	if err != nil {
		return answer{}, err
	}
	return s.shownTeam(a)(s.Store.HandOverTeam(a, a.ask, id, person))
}

type teamRoleRequest struct {
	Role domain.TeamRole `json:"role"`
}

func (s *Server) recastTeammate(a *asked) (answer, error) {
	id, person, err := a.teammate()
	if err != nil {
		return answer{}, err
	}
	in, err := body[teamRoleRequest](a)
	if err != nil {
		return answer{}, err
	}
	return s.shownTeam(a)(s.Store.RecastTeammate(a, a.ask, id, person, in.Role))
}

func (s *Server) dismissTeammate(a *asked) (answer, error) {
	id, person, err := a.teammate()
	if err != nil {
		return answer{}, err
	}
	return s.shownTeam(a)(s.Store.DismissTeammate(a, a.ask, id, person))
}
