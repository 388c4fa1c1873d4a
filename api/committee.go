package api

import (
	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/store"
)

type committeeTermView struct {
	ID           uuid.UUID `json:"id"`
	Organisation uuid.UUID `json:"organisation"`
	Code         string    `json:"code"`
	Name         string    `json:"name"`
	From         string    `json:"from"`
	Until        *string   `json:"until"`
	Note         string    `json:"note"`
	LeftNote     string    `json:"left_note"`
	May          []string  `json:"may"`
}

type executiveCommitteeView struct {
	On           string              `json:"on"`
	Constituency string              `json:"constituency"` // whose members it is; "" where it is a list of its own
	Members      []committeeTermView `json:"members"`
	Terms        []committeeTermView `json:"terms"`
}

// executiveCommittee tells who is of the Executive Committee on a day, and shows the list
// of its own that is kept.
func (s *Server) executiveCommittee(a *asked) (answer, error) {
	on, err := a.day("on")
	if err != nil {
		return answer{}, err
	}
	c, err := s.Store.Committee(a, a.by, on)
	if err != nil {
		return answer{}, err
	}
	may := func(list []store.Members, ends bool) []committeeTermView {
		return each(list, func(m store.Members) committeeTermView {
			v := s.committeeTerm(a.by, m.Belonging)
			v.Code, v.Name = m.Code, m.Name
			if !ends {
				v.May = []string{}
			}
			return v
		})
	}
	return shown(executiveCommitteeView{date(c.On), c.Constituency, may(c.Members, c.Constituency == ""), may(c.Terms, true)})
}

func (s *Server) committeeTerm(by domain.Actor, b domain.Belonging) committeeTermView {
	return committeeTermView{ID: b.ID, Organisation: b.Organisation, From: date(b.From), Until: lastDay(b.Until), Note: b.Note, LeftNote: b.LeftNote,
		May: s.may(by, []string{"committee.release"})}
}

type committeeTermRequest struct {
	Organisation uuid.UUID `json:"organisation"`
	From         string    `json:"from"`
	Until        string    `json:"until"`
	Note         string    `json:"note"`
}

// joinCommittee puts an organisation on the Executive Committee's own list.
func (s *Server) joinCommittee(a *asked) (answer, error) {
	in, err := body[committeeTermRequest](a)
	if err != nil {
		return answer{}, err
	}
	b := domain.Belonging{Organisation: in.Organisation, Note: in.Note}
	if b.From, b.Until, err = period(in.From, in.Until); err != nil {
		return answer{}, err
	}
	if b, err = s.Store.JoinCommittee(a, a.ask, b); err != nil {
		return answer{}, err
	}
	return made("/executive-committee", s.committeeTerm(a.by, b), 0)
}

// leaveCommittee sets an organisation's last day on that list.
func (s *Server) leaveCommittee(a *asked) (answer, error) {
	return ending(a, s.Store.LeaveCommittee, func(b domain.Belonging) committeeTermView { return s.committeeTerm(a.by, b) })
}
