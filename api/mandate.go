package api

import (
	"strconv"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
)

// mandateView is that an item touches an entity's mandate, and what came of it.
type mandateView struct {
	N            int              `json:"n"`
	Organisation string           `json:"organisation"`
	Text         string           `json:"text"`
	Language     string           `json:"language"`
	At           time.Time        `json:"at"`
	Settled      bool             `json:"settled"`
	Came         []settlementView `json:"came"`
}

type settlementView struct {
	Settled  bool      `json:"settled"`
	Parties  string    `json:"parties"`
	On       string    `json:"on"`
	Text     string    `json:"text"`
	Language string    `json:"language"`
	At       time.Time `json:"at"`
}

func mandatesOf(list []domain.Mandate) []mandateView {
	var views []mandateView
	for _, m := range list {
		v := mandateView{m.N, m.Code, m.Text, m.Language, m.At.UTC(), m.Settled(), []settlementView{}}
		for _, s := range m.Came {
			v.Came = append(v.Came, settlementView{s.Settled, s.Parties, s.On.Format(time.DateOnly), s.Text, s.Language, s.At.UTC()})
		}
		views = append(views, v)
	}
	return views
}

type mandateRequest struct {
	Seat     *uuid.UUID `json:"seat"`
	Text     string     `json:"text"`
	Language string     `json:"language"`
}

// raiseMandate keeps that an item touches the mandate of the caller's entity.
func (s *Server) raiseMandate(a *asked) (answer, error) {
	id, in, err := onto[mandateRequest](a)
	if err != nil {
		return answer{}, err
	}
	var seat uuid.UUID
	if in.Seat != nil {
		seat = *in.Seat
	}
	i, err := s.Store.RaiseMandate(a, a.ask, id, seat, in.Text, in.Language)
	if err != nil {
		return answer{}, err
	}
	return made("/questions/"+id.String(), s.itemView(a.by, i), 0)
}

type settlementRequest struct {
	Settled  bool   `json:"settled"`
	Parties  string `json:"parties"`
	On       string `json:"on"`
	Text     string `json:"text"`
	Language string `json:"language"`
}

// settleMandate keeps what came of it.
func (s *Server) settleMandate(a *asked) (answer, error) {
	n, err := strconv.Atoi(a.Param("n"))
	if err != nil {
		return answer{}, domain.ErrMissing
	}
	id, in, err := onto[settlementRequest](a)
	if err != nil {
		return answer{}, err
	}
	how := domain.MandateSettlement{Settled: in.Settled, Parties: in.Parties, Text: in.Text, Language: in.Language}
	if how.On, err = dayAt(in.On, "/on"); err != nil {
		return answer{}, err
	}
	i, err := s.Store.SettleMandate(a, a.ask, id, n, how)
	if err != nil {
		return answer{}, err
	}
	return made("/questions/"+id.String(), s.itemView(a.by, i), 0)
}
