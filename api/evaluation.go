package api

import (
	"fmt"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/store"
)

type evaluationView struct {
	ID              uuid.UUID            `json:"id"`
	Title           string               `json:"title"`
	Evaluator       string               `json:"evaluator"`
	Language        string               `json:"language"`
	CompletedOn     string               `json:"completed_on"`
	Findings        string               `json:"findings"`
	At              time.Time            `json:"at"`
	Recommendations []recommendationView `json:"recommendations"`
	ResponseDue     string               `json:"response_due_on"`
	AnsweredAt      *time.Time           `json:"answered_at"`
	Overdue         int                  `json:"overdue"` // promises
}

type recommendationView struct {
	Text      string         `json:"text"`
	Answer    *answerView    `json:"answer"`
	State     string         `json:"state"` // of what was promised; "" where nobody has said
	Overdue   bool           `json:"overdue"`
	FollowUps []followUpView `json:"follow_ups"`
	Follows   bool           `json:"follows"`
}

// answerView is the convening organisation's word on a recommendation, and who does
// what it promises.
type answerView struct {
	Uptake       domain.Uptake `json:"uptake"`
	Reason       string        `json:"reason"`
	Action       string        `json:"action"`
	DueOn        string        `json:"due_on"`
	Organisation string        `json:"organisation"` // code; "" where nothing is done
}

type followUpView struct {
	On       string    `json:"on"`
	State    string    `json:"state"`
	Text     string    `json:"text"`
	Language string    `json:"language"`
	By       string    `json:"by"` // empty where it is not the reader's to know
	At       time.Time `json:"at"`
}

func evaluationOf(f *store.EvaluationFile) *evaluationView {
	if f == nil {
		return nil
	}
	v := &evaluationView{ID: f.ID, Title: f.Title, Evaluator: f.Evaluator, Language: f.Language, CompletedOn: f.CompletedOn.Format(time.DateOnly),
		Findings: f.Findings, At: f.At.UTC(), Recommendations: []recommendationView{}, Overdue: len(f.Overdue), ResponseDue: f.ResponseDue.Format(time.DateOnly)}
	if f.Answered != nil {
		at := f.Answered.UTC()
		v.AnsweredAt = &at
	}
	for i, r := range f.Recommendations {
		x := recommendationView{Text: r.Text, State: string(r.State()), Overdue: f.Overdue[i+1], Follows: f.Follows[i+1], FollowUps: []followUpView{}}
		if a := r.Answer; a != nil {
			x.Answer = &answerView{Uptake: a.Uptake, Reason: a.Reason, Action: a.Action}
			if a.Due != nil {
				x.Answer.DueOn, x.Answer.Organisation = a.Due.Format(time.DateOnly), a.Code
			}
		}
		for _, u := range r.FollowUps {
			x.FollowUps = append(x.FollowUps, followUpView{u.On.Format(time.DateOnly), string(u.State), u.Text, u.Language, f.Names[fmt.Sprintf("%d/%d", i+1, u.N)], u.At.UTC()})
		}
		v.Recommendations = append(v.Recommendations, x)
	}
	return v
}

type evaluationRequest struct {
	Title           string   `json:"title"`
	Evaluator       string   `json:"evaluator"`
	Language        string   `json:"language"`
	CompletedOn     string   `json:"completed_on"`
	Findings        string   `json:"findings"`
	Recommendations []string `json:"recommendations"`
}

// registerEvaluation puts on record what somebody independent found.
func (s *Server) registerEvaluation(a *asked) (answer, error) {
	id, in, err := onto[evaluationRequest](a)
	if err != nil {
		return answer{}, err
	}
	e := domain.Evaluation{Title: in.Title, Evaluator: in.Evaluator, Language: in.Language, Findings: in.Findings}
	if in.CompletedOn != "" {
		if e.CompletedOn, err = dayAt(in.CompletedOn, "/completed_on"); err != nil {
			return answer{}, err
		}
	}
	for _, text := range in.Recommendations {
		e.Recommendations = append(e.Recommendations, domain.Recommendation{Text: text})
	}
	return s.shownReporting(a)(s.Store.RegisterEvaluation(a, a.ask, id, e))
}

type responseRequest struct {
	Answers []answerRequest `json:"answers"`
}

type answerRequest struct {
	Uptake       domain.Uptake `json:"uptake"`
	Reason       string        `json:"reason"`
	Action       string        `json:"action"`
	DueOn        string        `json:"due_on"`
	Organisation *uuid.UUID    `json:"organisation"` // that does it; null is whoever convenes
}

// respondToEvaluation is the management response, in the order of the recommendations.
func (s *Server) respondToEvaluation(a *asked) (answer, error) {
	id, in, err := onto[responseRequest](a)
	if err != nil {
		return answer{}, err
	}
	var answers []domain.ManagementAnswer
	for i, x := range in.Answers {
		m := domain.ManagementAnswer{Uptake: x.Uptake, Reason: x.Reason, Action: x.Action}
		if x.DueOn != "" {
			day, err := dayAt(x.DueOn, fmt.Sprintf("/answers/%d/due_on", i))
			if err != nil {
				return answer{}, err
			}
			m.Due = &day
		}
		if x.Organisation != nil {
			m.Organisation = *x.Organisation
		}
		answers = append(answers, m)
	}
	return s.shownReporting(a)(s.Store.RespondToEvaluation(a, a.ask, id, answers))
}

type followUpRequest struct {
	Recommendation int                  `json:"recommendation"`
	On             *string              `json:"on"`
	State          domain.FollowUpState `json:"state"`
	Text           string               `json:"text"`
	Language       string               `json:"language"`
}

// followUpEvaluation says how far something is that the management response promised.
func (s *Server) followUpEvaluation(a *asked) (answer, error) {
	id, in, err := onto[followUpRequest](a)
	if err != nil {
		return answer{}, err
	}
	x := domain.FollowUp{Recommendation: in.Recommendation, State: in.State, Text: in.Text, Language: in.Language}
	on, err := optionalDay(in.On, "/on")
	if err != nil {
		return answer{}, err
	}
	if on != nil {
		x.On = *on
	}
	return s.shownReporting(a)(s.Store.FollowUp(a, a.ask, id, x))
}
