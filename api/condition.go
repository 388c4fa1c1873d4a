package api

import (
	"fmt"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/store"
)

// conditionTermsRequest is a condition as a question puts it.
type conditionTermsRequest struct {
	Text         string              `json:"text"`
	Organisation *uuid.UUID          `json:"organisation"`
	Due          domain.ConditionDue `json:"due"`
	DueOn        *string             `json:"due_on"`
	Blocking     bool                `json:"blocking"`
}

func termsAsked(list []conditionTermsRequest) (terms []domain.ConditionTerms, err error) {
	for n, x := range list {
		c := domain.ConditionTerms{Text: x.Text, Due: x.Due, Blocking: x.Blocking}
		if x.Organisation != nil {
			c.Organisation = *x.Organisation
		}
		if c.DueOn, err = optionalDay(x.DueOn, fmt.Sprintf("/conditions/%d/due_on", n)); err != nil {
			return nil, err
		}
		terms = append(terms, c)
	}
	return terms, nil
}

type conditionTermsView struct {
	Text         string  `json:"text"`
	Organisation string  `json:"organisation"` // code; "" is whoever convenes
	Due          string  `json:"due"`
	DueOn        *string `json:"due_on"`
	Blocking     bool    `json:"blocking"`
}

func termsOf(list []domain.ConditionTerms) (views []conditionTermsView) {
	for _, c := range list {
		views = append(views, conditionTermsView{c.Text, c.Code, string(c.Due), dayText(c.DueOn), c.Blocking})
	}
	return views
}

// waiverBrief is the condition that the body is asked to do without, as its item of
// the agenda shows it.
type waiverBrief struct {
	ID        uuid.UUID `json:"id"`
	Ref       string    `json:"ref"`
	Programme partyView `json:"programme"`
	Title     string    `json:"title"` // the programme's
	Text      string    `json:"text"`
	Language  string    `json:"language"`
}

// conditionView is a condition with how far it is, and what was said of it to those
// who read that.
type conditionView struct {
	ID uuid.UUID `json:"id"`
	N  int       `json:"n"`
	conditionTermsView
	Ref       string              `json:"ref"`
	Programme partyView           `json:"programme"`
	Title     string              `json:"title"` // the programme's
	Language  string              `json:"language"`
	State     string              `json:"state"`
	Overdue   bool                `json:"overdue"`
	Decision  string              `json:"decision"`
	Waiver    string              `json:"waiver,omitempty"`
	At        time.Time           `json:"at"`
	Steps     []conditionStepView `json:"steps"`
	Agenda    *agendumView        `json:"agenda,omitempty"`
	Version   int                 `json:"version"`
	May       []string            `json:"may"`
}

type conditionStepView struct {
	N        int        `json:"n"`
	Step     string     `json:"step"`
	At       time.Time  `json:"at"`
	By       string     `json:"by,omitempty"`
	Text     string     `json:"text,omitempty"`
	Language string     `json:"language,omitempty"`
	Files    []fileView `json:"files,omitempty"`
}

// fileView is an attachment by its name, where it is read with something.
type fileView struct {
	ID   uuid.UUID `json:"id"`
	Name string    `json:"name"`
}

func (s *Server) conditionView(by domain.Actor, f store.ConditionFile) conditionView {
	v := conditionView{ID: f.ID, N: f.N, conditionTermsView: termsOf([]domain.ConditionTerms{f.ConditionTerms})[0], Ref: f.Ref(), Programme: partyView{f.Programme, f.ProgrammeCode}, Title: f.Title, Language: f.Language,
		State: string(f.State()), Overdue: f.Overdue, Decision: f.Number, Waiver: f.Waiver, At: f.At.UTC(), Steps: []conditionStepView{}, Version: f.Version(), May: s.may(by, f.May)}
	v.Organisation = f.Owed
	for _, step := range f.Steps {
		x := conditionStepView{N: step.N, Step: step.Name, At: step.At.UTC()}
		if f.Said {
			x.By, x.Text, x.Language = f.Names[step.N], step.Text, step.Language
			for _, file := range f.Files[step.N] {
				x.Files = append(x.Files, fileView(file))
			}
		}
		v.Steps = append(v.Steps, x)
	}
	v.Agenda = agendumOf(f.Agenda)
	return v
}

// conditions lists what decisions ask of a programme.
func (s *Server) conditions(a *asked) (answer, error) {
	programme, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	list, err := s.Store.Conditions(a, a.by, programme)
	return s.shownConditions(a, list, err)
}

// openConditions lists what is neither fulfilled nor waived, of all programmes.
func (s *Server) openConditions(a *asked) (answer, error) {
	list, err := s.Store.OpenConditions(a, a.by)
	return s.shownConditions(a, list, err)
}

func (s *Server) shownConditions(a *asked, list []store.ConditionFile, err error) (answer, error) {
	if err != nil {
		return answer{}, err
	}
	views := make([]conditionView, len(list))
	for i, f := range list {
		views[i] = s.conditionView(a.by, f)
	}
	return shown(views)
}

type claimRequest struct {
	Text     string `json:"text"`
	Language string `json:"language"`
}

// claimCondition says that one is fulfilled, with the files that stand at it.
func (s *Server) claimCondition(a *asked) (answer, error) {
	id, version, in, err := change[claimRequest](a)
	if err != nil {
		return answer{}, err
	}
	return s.shownCondition(a)(s.Store.ClaimCondition(a, a.ask, id, version, in.Text, in.Language))
}

type conditionFindingRequest struct {
	Outcome  string `json:"outcome"` // "confirmed" or "returned"
	Text     string `json:"text"`
	Language string `json:"language"`
}

// findCondition is the secretariat's word on a claim.
func (s *Server) findCondition(a *asked) (answer, error) {
	id, version, in, err := change[conditionFindingRequest](a)
	if err != nil {
		return answer{}, err
	}
	if in.Outcome != "confirmed" && in.Outcome != "returned" {
		return answer{}, domain.ErrUnknownWord.With("given", short(in.Outcome)).At("/outcome")
	}
	return s.shownCondition(a)(s.Store.FindCondition(a, a.ask, id, version, in.Outcome == "confirmed", in.Text, in.Language))
}

func (s *Server) shownCondition(a *asked) func(store.ConditionFile, error) (answer, error) {
	return func(f store.ConditionFile, err error) (answer, error) {
		if err != nil {
			return answer{}, err
		}
		return versioned(s.conditionView(a.by, f), f.Version())
	}
}
