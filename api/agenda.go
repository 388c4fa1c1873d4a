package api

import (
	"context"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/store"
)

// proposedItemView is what a member asks the agenda to have, with what became of it. What
// question comes of it, the question says to those who may see that.
type proposedItemView struct {
	ID           uuid.UUID       `json:"id"`
	Organisation string          `json:"organisation"`
	Title        string          `json:"title"`
	Text         string          `json:"text"`
	Reason       string          `json:"reason"`
	Language     string          `json:"language"`
	Late         bool            `json:"late"`
	At           time.Time       `json:"at"`
	Answer       *itemAnswerView `json:"answer,omitempty"`
	May          []string        `json:"may"`
}

type itemAnswerView struct {
	Taken bool      `json:"taken"`
	Note  string    `json:"note,omitempty"`
	At    time.Time `json:"at"`
}

func (s *Server) proposedItemOf(by domain.Actor, x domain.ProposedItem) proposedItemView {
	v := proposedItemView{ID: x.ID, Organisation: x.Code, Title: x.Title, Text: x.Text, Reason: x.Reason, Language: x.Language, Late: x.Late, At: x.At.UTC(), May: []string{}}
	if a := x.Answer; a != nil {
		v.Answer = &itemAnswerView{a.Taken, a.Note, a.At.UTC()}
	} else {
		v.May = append(v.May, s.may(by, []string{"item.answer"})...)
	}
	return v
}

type proposedItemRequest struct {
	Title    string `json:"title"`
	Text     string `json:"text"`
	Reason   string `json:"reason"`
	Language string `json:"language"`
}

// proposeItem keeps what a member asks the agenda of a meeting to have.
func (s *Server) proposeItem(a *asked) (answer, error) {
	id, in, err := onto[proposedItemRequest](a)
	if err != nil {
		return answer{}, err
	}
	x, err := s.Store.ProposeItem(a, a.ask, id, domain.ProposedItem{Title: in.Title, Text: in.Text, Reason: in.Reason, Language: in.Language})
	if err != nil {
		return answer{}, err
	}
	return made("/meetings/"+id.String(), s.proposedItemOf(a.by, x), 0)
}

type itemAnswerRequest struct {
	Taken bool   `json:"taken"`
	Note  string `json:"note"`
}

// answerItem takes a proposed item on, or declines it.
func (s *Server) answerItem(a *asked) (answer, error) {
	id, in, err := onto[itemAnswerRequest](a)
	if err != nil {
		return answer{}, err
	}
	item, err := a.id("item")
	if err != nil {
		return answer{}, err
	}
	x, err := s.Store.AnswerItem(a, a.ask, id, item, in.Taken, in.Note)
	if err != nil {
		return answer{}, err
	}
	return shown(s.proposedItemOf(a.by, x))
}

type orderRequest struct {
	Items []uuid.UUID `json:"items"` // every item of the agenda, in its new order
}

// orderAgenda puts the items of a meeting that has not opened into another order.
func (s *Server) orderAgenda(a *asked) (answer, error) {
	_, in, err := onto[orderRequest](a)
	if err != nil {
		return answer{}, err
	}
	return s.onMeeting(a, func(c context.Context, by store.Ask, id uuid.UUID) (domain.Meeting, error) {
		return s.Store.OrderAgenda(c, by, id, in.Items)
	})
}
