package api

import (
	"fmt"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/store"
)

// closingStatementView is the certified final statement of an organisation, by its
// reference; "" while the books are open.
type closingStatementView struct {
	Organisation uuid.UUID `json:"organisation"`
	Code         string    `json:"code"`
	Reference    string    `json:"reference"`
}

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
}

type recommendationView struct {
	Text   string       `json:"text"`
	Answer *answerShape `json:"answer"`
}

type answerShape struct {
	Uptake domain.Uptake `json:"uptake"`
	Reason string        `json:"reason"`
	Action string        `json:"action"`
	DueOn  string        `json:"due_on"`
}

func evaluationOf(f *store.EvaluationFile) *evaluationView {
	if f == nil {
		return nil
	}
	v := &evaluationView{ID: f.ID, Title: f.Title, Evaluator: f.Evaluator, Language: f.Language, CompletedOn: f.CompletedOn.Format(time.DateOnly),
		Findings: f.Findings, At: f.At.UTC(), Recommendations: []recommendationView{}, ResponseDue: f.ResponseDue.Format(time.DateOnly)}
	if f.Answered != nil {
		at := f.Answered.UTC()
		v.AnsweredAt = &at
	}
	for _, r := range f.Recommendations {
		x := recommendationView{Text: r.Text}
		if a := r.Answer; a != nil {
			x.Answer = &answerShape{a.Uptake, a.Reason, a.Action, ""}
			if a.Due != nil {
				x.Answer.DueOn = a.Due.Format(time.DateOnly)
			}
		}
		v.Recommendations = append(v.Recommendations, x)
	}
	return v
}

type operationsRequest struct {
	ClosedOn string `json:"closed_on"`
	Reason   string `json:"reason"`
}

// closeOperations records that a programme's activities are over.
func (s *Server) closeOperations(a *asked) (answer, error) {
	id, in, err := onto[operationsRequest](a)
	if err != nil {
		return answer{}, err
	}
	var on time.Time
	if in.ClosedOn != "" {
		if on, err = dayAt(in.ClosedOn, "/closed_on"); err != nil {
			return answer{}, err
		}
	}
	return s.shownReporting(a)(s.Store.CloseOperations(a, a.ask, id, on, in.Reason))
}

type booksRequest struct {
	Statements map[string]string `json:"statements"` // by the organisation's code
	Reason     string            `json:"reason"`
}

// closeBooks closes a programme financially.
func (s *Server) closeBooks(a *asked) (answer, error) {
	id, in, err := onto[booksRequest](a)
	if err != nil {
		return answer{}, err
	}
	f, err := s.Store.Programme(a, a.by, id)
	if err != nil {
		return answer{}, err
	}
	statements := map[uuid.UUID]string{}
	for _, share := range f.Shares {
		statements[share.Organisation] = in.Statements[share.Code]
	}
	return s.shownReporting(a)(s.Store.CloseBooks(a, a.ask, id, statements, in.Reason))
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
	Answers []answerShape `json:"answers"`
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
		answers = append(answers, m)
	}
	return s.shownReporting(a)(s.Store.RespondToEvaluation(a, a.ask, id, answers))
}
