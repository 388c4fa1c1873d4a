package api

import (
	"github.com/google/uuid"

	"startupfund/domain"
)

type bookingRequest struct {
	Kind         domain.BookingKind `json:"kind"`
	Organisation *uuid.UUID         `json:"organisation"`
	Reason       string             `json:"reason"`
}

// bookLine books what the bank's own line tells of: interest, a charge, other income.
func (s *Server) bookLine(a *asked) (answer, error) {
	id, in, err := onto[bookingRequest](a)
	if err != nil {
		return answer{}, err
	}
	m, err := s.Store.BookLine(a, a.ask, id, domain.Booking{Kind: in.Kind, Reason: in.Reason}, in.Organisation)
	if err != nil {
		return answer{}, err
	}
	return answer{status: 201, body: s.matchView(a, m)}, nil
}
