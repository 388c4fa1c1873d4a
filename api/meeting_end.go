package api

import (
	"context"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/store"
)

type calledOffView struct {
	Reason string    `json:"reason"`
	By     string    `json:"by"`
	At     time.Time `json:"at"`
}

// itemPlaceView is where an item stood on an agenda.
type itemPlaceView struct {
	Meeting uuid.UUID `json:"meeting"`
	Ref     string    `json:"ref"`
	Item    int       `json:"item"`
}

type carriedView struct {
	ID    uuid.UUID `json:"id"`
	Item  int       `json:"item"` // the number that it had here
	Kind  string    `json:"kind"`
	Title string    `json:"title"`
	To    uuid.UUID `json:"to"` // the meeting that took it over
	ToRef string    `json:"to_ref"`
	At    time.Time `json:"at"`
}

func carriedOf(x store.CarriedOver) carriedView {
	return carriedView{x.Question.ID, x.Item, string(x.Question.Kind), x.Question.Title, x.To, x.ToRef, x.At}
}

// unreachedRequest is what becomes of an item that a meeting did not reach: it goes to
// another, or comes off the agenda for a reason.
type unreachedRequest struct {
	Question uuid.UUID `json:"question"`
	To       uuid.UUID `json:"to"`
	Reason   string    `json:"reason"`
}

func unreached(list []unreachedRequest) []domain.Unreached {
	return each(list, func(r unreachedRequest) domain.Unreached {
		return domain.Unreached{Item: r.Question, To: r.To, Reason: r.Reason}
	})
}

// closeMeeting ends it, and says what becomes of what it did not reach; of nothing, where
// nothing is sent.
func (s *Server) closeMeeting(a *asked) (answer, error) {
	var in struct {
		Items []unreachedRequest `json:"items"`
	}
	if a.Request.ContentLength != 0 {
		var err error
		if in, err = body[struct {
			Items []unreachedRequest `json:"items"`
		}](a); err != nil {
			return answer{}, err
		}
	}
	return s.onMeeting(a, func(c context.Context, by store.Ask, id uuid.UUID) (domain.Meeting, error) {
		return s.Store.CloseMeeting(c, by, id, unreached(in.Items))
	})
}

type cancellationRequest struct {
	Reason string             `json:"reason"`
	Items  []unreachedRequest `json:"items"`
}

// cancelMeeting calls off a meeting that has not opened.
func (s *Server) cancelMeeting(a *asked) (answer, error) {
	in, err := body[cancellationRequest](a)
	if err != nil {
		return answer{}, err
	}
	return s.onMeeting(a, func(c context.Context, by store.Ask, id uuid.UUID) (domain.Meeting, error) {
		return s.Store.CancelMeeting(c, by, id, in.Reason, unreached(in.Items))
	})
}
