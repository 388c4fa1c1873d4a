package api

import (
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
)

// electionView is how those in the room elect one of them to preside over an item.
type electionView struct {
	Open    bool            `json:"open"`
	Needed  int             `json:"needed"` // seats that must name the same person
	Elected *uuid.UUID      `json:"elected,omitempty"`
	Among   []electableView `json:"among"`
	Names   []namingView    `json:"names"`
}

type electableView struct {
	Seat         uuid.UUID `json:"seat"`
	Organisation string    `json:"organisation"`
	Person       uuid.UUID `json:"person"`
	Name         string    `json:"name"`
}

type namingView struct {
	Seat         string    `json:"seat"`
	Organisation string    `json:"organisation"`
	Person       uuid.UUID `json:"person"`
	Name         string    `json:"name"`
	Elected      bool      `json:"elected"`
	At           time.Time `json:"at"`
}

func namingOf(x domain.Naming) namingView {
	return namingView{x.SeatName, x.Code, x.Person, x.Name, x.Elected, x.At}
}

func electionOf(e *domain.Election) *electionView {
	if e == nil {
		return nil
	}
	v := electionView{Open: e.Open, Needed: e.Needed, Names: each(e.Names, namingOf),
		Among: each(e.Among, func(p domain.Presence) electableView { return electableView{p.Seat, p.Code, p.Person, p.Name} })}
	if e.Elected != uuid.Nil {
		v.Elected = &e.Elected
	}
	return &v
}

type namingRequest struct {
	Person uuid.UUID `json:"person"`
	Seat   uuid.UUID `json:"seat"`
}

// electPresider names who is to preside over the item, for a seat in the room.
func (s *Server) electPresider(a *asked) (answer, error) {
	id, in, err := onto[namingRequest](a)
	if err != nil {
		return answer{}, err
	}
	x, err := s.Store.ElectPresider(a, a.ask, id, in.Seat, in.Person)
	if err != nil {
		return answer{}, err
	}
	return made("/questions/"+id.String(), namingOf(x), 0)
}
