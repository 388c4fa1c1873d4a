package api

import (
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/store"
)

// askView is something that a decision asks, and how far it is.
type askView struct {
	ID           uuid.UUID      `json:"id"`
	Decision     string         `json:"decision"`
	Title        string         `json:"title"`
	N            int            `json:"n"`
	Text         string         `json:"text"`
	Language     string         `json:"language"`
	Organisation string         `json:"organisation"`
	DueOn        string         `json:"due_on"`
	State        string         `json:"state"`
	Overdue      bool           `json:"overdue"`
	Steps        []followUpView `json:"steps"`
	May          []string       `json:"may"`
}

func (s *Server) askView(by domain.Actor) func(store.AskFile) askView {
	return func(f store.AskFile) askView {
		v := askView{ID: f.ID, Decision: f.Decision, Title: f.Title, N: f.N, Text: f.Text, Language: f.Language, Organisation: f.Code,
			DueOn: f.Due.Format(time.DateOnly), State: string(f.State()), Overdue: f.Overdue, Steps: []followUpView{}, May: []string{}}
		if f.MayStep {
			v.May = s.may(by, []string{"followup.step"})
		}
		for _, x := range f.Steps {
			v.Steps = append(v.Steps, followUpView{x.On.Format(time.DateOnly), string(x.State), x.Text, x.Language, x.Name, x.At.UTC()})
		}
		return v
	}
}

// followUps lists what decisions ask and is open, the overdue first.
func (s *Server) followUps(a *asked) (answer, error) {
	return whole(s.askView(a.by))(s.Store.Asks(a, a.by, ""))
}

// decisionAsks lists what one decision asks, and how far each is.
func (s *Server) decisionAsks(a *asked) (answer, error) {
	return whole(s.askView(a.by))(s.Store.Asks(a, a.by, a.Param("number")))
}

type askRequest struct {
	Text         string    `json:"text"`
	Language     string    `json:"language"`
	Organisation uuid.UUID `json:"organisation"`
	DueOn        string    `json:"due_on"`
}

// askOfDecision puts on record what a decision asks of an organisation.
func (s *Server) askOfDecision(a *asked) (answer, error) {
	in, err := body[askRequest](a)
	if err != nil {
		return answer{}, err
	}
	ask := domain.DecisionAsk{Text: in.Text, Language: in.Language, Organisation: in.Organisation}
	if in.DueOn != "" {
		if ask.Due, err = dayAt(in.DueOn, "/due_on"); err != nil {
			return answer{}, err
		}
	}
	if _, err := s.Store.AskOfDecision(a, a.ask, a.Param("number"), ask); err != nil {
		return answer{}, err
	}
	return s.decisionAsks(a)
}

type askStepRequest struct {
	State    domain.FollowUpState `json:"state"`
	Text     string               `json:"text"`
	Language string               `json:"language"`
	On       *string              `json:"on"`
}

// stepOfAsk adds how far something is that a decision asks.
func (s *Server) stepOfAsk(a *asked) (answer, error) {
	id, in, err := onto[askStepRequest](a)
	if err != nil {
		return answer{}, err
	}
	step := domain.AskStep{State: in.State, Text: in.Text, Language: in.Language}
	if in.On != nil && *in.On != "" {
		if step.On, err = dayAt(*in.On, "/on"); err != nil {
			return answer{}, err
		}
	}
	number, err := s.Store.StepOfAsk(a, a.ask, id, step)
	if err != nil {
		return answer{}, err
	}
	return whole(s.askView(a.by))(s.Store.Asks(a, a.by, number))
}
