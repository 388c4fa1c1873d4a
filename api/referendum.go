package api

import (
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
)

// referendumView is the time in which capitals confirm what their seats joined ad
// referendum, and where each stands.
type referendumView struct {
	Waits   bool               `json:"waits"`
	At      time.Time          `json:"at"`
	EndsAt  time.Time          `json:"ends_at"`
	Over    bool               `json:"over"`
	Silence string             `json:"silence"`
	Seats   []referredSeatView `json:"seats,omitempty"`
}

type referredSeatView struct {
	Seat         uuid.UUID  `json:"seat"`
	Organisation string     `json:"organisation"`
	Stands       string     `json:"stands"`
	Reason       string     `json:"reason,omitempty"`
	By           string     `json:"by,omitempty"`
	At           *time.Time `json:"at,omitempty"`
}

// referendumOf shows that of an item; nil where there is none. Who joined so, those read
// who read positions.
func referendumOf(by domain.Actor, i domain.Item) *referendumView {
	r := i.Referendum
	if r == nil {
		return nil
	}
	v := &referendumView{r.Waits, r.At.UTC(), r.EndsAt.UTC(), !i.Now.Before(r.EndsAt), string(i.Charter.Body.Consensus.Referendum.Silence.Value), nil}
	if !i.Reads(by) {
		return v
	}
	for _, s := range i.Arithmetic().Seats {
		if !s.AdReferendum {
			continue
		}
		seat := referredSeatView{Seat: s.Seat, Organisation: s.Code, Stands: "open"}
		if s.Referred != domain.ReferredOpen {
			seat.Stands = string(s.Referred)
		}
		for _, x := range r.Given {
			if x.Seat == s.Seat {
				at := x.At.UTC()
				seat.Reason, seat.By, seat.At = x.Reason, x.By, &at
			}
		}
		v.Seats = append(v.Seats, seat)
	}
	return v
}

type capitalAnswerRequest struct {
	Seat      *uuid.UUID `json:"seat"`
	Confirmed bool       `json:"confirmed"`
	Reason    string     `json:"reason"`
}

// confirmPosition keeps what a capital says of what its seat joined ad referendum.
func (s *Server) confirmPosition(a *asked) (answer, error) {
	id, in, err := onto[capitalAnswerRequest](a)
	if err != nil {
		return answer{}, err
	}
	var seat uuid.UUID
	if in.Seat != nil {
		seat = *in.Seat
	}
	i, err := s.Store.ConfirmPosition(a, a.ask, id, seat, in.Confirmed, in.Reason)
	if err != nil {
		return answer{}, err
	}
	return made("/questions/"+id.String(), s.itemView(a.by, i), 0)
}
