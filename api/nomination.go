package api

import (
	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/store"
)

type nominationView struct {
	ID           uuid.UUID  `json:"id"`
	Seat         uuid.UUID  `json:"seat"`
	Organisation uuid.UUID  `json:"organisation"`
	Name         string     `json:"name"`
	From         string     `json:"from"`
	Until        string     `json:"until"`
	State        string     `json:"state"`
	Note         string     `json:"note"`
	Settled      string     `json:"settled"`
	Term         *uuid.UUID `json:"term"`
	May          []string   `json:"may"`
}

func (s *Server) nominationView(by domain.Actor, names map[uuid.UUID]string, n domain.Nomination) nominationView {
	v := nominationView{n.ID, n.Seat, n.Organisation, names[n.Organisation], date(n.From), date(n.Until), string(n.State), n.Note, n.Settled, nil, s.may(by, n.May())}
	if n.Term != uuid.Nil {
		v.Term = &n.Term
	}
	return v
}

type nominationRequest struct {
	Organisation uuid.UUID `json:"organisation"`
	Note         string    `json:"note"`
}

// nominate names an organisation for a seat that falls vacant.
func (s *Server) nominate(a *asked) (answer, error) {
	seat, in, err := onto[nominationRequest](a)
	if err != nil {
		return answer{}, err
	}
	n, err := s.Store.Nominate(a, a.ask, domain.Choosing{Seat: seat, Organisation: in.Organisation}, in.Note)
	if err != nil {
		return answer{}, err
	}
	return made("/rotation", s.nominationView(a.by, nil, n), 0)
}

type settlingRequest struct {
	Note string `json:"note"`
}

// settleNomination records what became of a nomination.
func (s *Server) settleNomination(how func(*store.Store, *asked, uuid.UUID, string) (domain.Nomination, error)) func(*asked) (answer, error) {
	return func(a *asked) (answer, error) {
		id, in, err := onto[settlingRequest](a)
		if err != nil {
			return answer{}, err
		}
		n, err := how(s.Store, a, id, in.Note)
		if err != nil {
			return answer{}, err
		}
		return shown(s.nominationView(a.by, nil, n))
	}
}

func choosing(st *store.Store, a *asked, id uuid.UUID, note string) (domain.Nomination, error) {
	return st.ChooseNomination(a, a.ask, id, note)
}

func takingBack(st *store.Store, a *asked, id uuid.UUID, note string) (domain.Nomination, error) {
	return st.WithdrawNomination(a, a.ask, id, note)
}

type confirmationRequest struct {
	Nominations []uuid.UUID `json:"nominations"`
	Aside       []string    `json:"aside"`
	Reason      string      `json:"reason"`
}

// confirmRotation gives the seats to those whom the constituencies chose.
func (s *Server) confirmRotation(a *asked) (answer, error) {
	in, err := body[confirmationRequest](a)
	if err != nil {
		return answer{}, err
	}
	list, err := s.Store.ConfirmRotation(a, a.ask, in.Nominations, in.Aside, in.Reason)
	if err != nil {
		return answer{}, err
	}
	return shown(each(list, func(n domain.Nomination) nominationView { return s.nominationView(a.by, nil, n) }))
}
