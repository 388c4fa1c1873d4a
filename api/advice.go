package api

import (
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/store"
)

// adviceView is the technical advice on a proposal, and whom the secretariat could ask.
type adviceView struct {
	Requests []adviceRequestView `json:"requests"`
	Bodies   []bodyView          `json:"bodies"`
	Least    string              `json:"least"` // the first day that it can be due
	May      []string            `json:"may"`
}

type adviceRequestView struct {
	ID         uuid.UUID          `json:"id"`
	Proposal   uuid.UUID          `json:"proposal"`
	Ref        string             `json:"ref"`
	Title      string             `json:"title"`
	TitleIn    string             `json:"title_language"`
	Version    int                `json:"version"`
	Number     int                `json:"number"`
	From       namedView          `json:"organisation"`
	Adviser    string             `json:"adviser"` // "" where any expert of the organisation may answer
	Objectives []int              `json:"objectives"`
	Language   string             `json:"language"`
	Text       string             `json:"text"`
	Asker      string             `json:"asker"`
	At         time.Time          `json:"at"`
	Due        time.Time          `json:"due"`
	State      domain.AdviceState `json:"state"`
	Late       bool               `json:"late"`
	Outcome    *adviceOutcomeView `json:"outcome"`
	May        []string           `json:"may"`
}

type adviceOutcomeView struct {
	Recommendation domain.AdviceWord `json:"recommendation"`
	Language       string            `json:"language"`
	Text           string            `json:"text"`
	By             string            `json:"by"`
	At             time.Time         `json:"at"`
}

type bodyView struct {
	Organisation namedView              `json:"organisation"`
	Leads        []int                  `json:"leads"`
	Experts      []expertView           `json:"experts"`
	Stakes       []charter.InterestKind `json:"stakes"`
	Asked        bool                   `json:"asked"`
}

type expertView struct {
	ID   uuid.UUID `json:"id"`
	Name string    `json:"name"`
}

func (s *Server) adviceRequestOf(a *asked, r store.AdviceRecord) adviceRequestView {
	v := adviceRequestView{r.ID, r.Proposal, r.Ref, r.Title, r.TitleLanguage, r.Version, r.Number, namedView{r.From.ID.String(), r.From.Code, r.From.Name}, r.Adviser,
		append([]int{}, r.Objectives...), r.Language, r.Text, r.Asker, r.At.UTC(), r.Due.UTC(), r.State, r.Late, nil, s.may(a.by, r.May)}
	if o := r.Outcome; o != nil {
		v.Outcome = &adviceOutcomeView{o.Recommendation, o.Language, o.Text, r.By, o.At.UTC()}
	}
	return v
}

func (s *Server) shownAdvice(a *asked) func(store.AdviceFile, error) (answer, error) {
	return func(f store.AdviceFile, err error) (answer, error) {
		if err != nil {
			return answer{}, err
		}
		v := adviceView{Requests: []adviceRequestView{}, Bodies: []bodyView{}, Least: f.Least.Format(time.DateOnly), May: s.may(a.by, f.May)}
		for _, r := range f.Requests {
			v.Requests = append(v.Requests, s.adviceRequestOf(a, r))
		}
		for _, b := range f.Bodies {
			x := bodyView{namedView{b.Organisation.String(), b.Code, b.Name}, append([]int{}, b.Leads...), []expertView{}, append([]charter.InterestKind{}, b.Stakes...), b.Asked}
			for _, e := range b.Experts {
				x.Experts = append(x.Experts, expertView(e))
			}
			v.Bodies = append(v.Bodies, x)
		}
		return shown(v)
	}
}

// advice is what was asked of experts about a proposal, and what they said.
func (s *Server) advice(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	return s.shownAdvice(a)(s.Store.Advice(a, a.by, id))
}

type adviceRequest struct {
	Organisation uuid.UUID  `json:"organisation"`
	Person       *uuid.UUID `json:"person"`
	Language     string     `json:"language"`
	Text         string     `json:"text"`
	Due          string     `json:"due"`
}

func (s *Server) askAdvice(a *asked) (answer, error) {
	id, in, err := onto[adviceRequest](a)
	if err != nil {
		return answer{}, err
	}
	var due time.Time
	if in.Due != "" {
		if due, err = dayAt(in.Due, "/due"); err != nil {
			return answer{}, err
		}
	}
	person := uuid.Nil
	if in.Person != nil {
		person = *in.Person
	}
	return s.shownAdvice(a)(s.Store.AskAdvice(a, a.ask, id, in.Organisation, person, in.Language, in.Text, due))
}

// adviceAsked is what is asked of the expert who reads.
func (s *Server) adviceAsked(a *asked) (answer, error) {
	return whole(func(r store.AdviceRecord) adviceRequestView { return s.adviceRequestOf(a, r) })(s.Store.AdviceAsked(a, a.by))
}

func (s *Server) shownRequest(a *asked) func(store.AdviceRecord, error) (answer, error) {
	return func(r store.AdviceRecord, err error) (answer, error) {
		if err != nil {
			return answer{}, err
		}
		return shown(s.adviceRequestOf(a, r))
	}
}

func (s *Server) adviceRequested(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	return s.shownRequest(a)(s.Store.AdviceRequested(a, a.by, id))
}

type adviceGivenRequest struct {
	Recommendation domain.AdviceWord `json:"recommendation"`
	Language       string            `json:"language"`
	Text           string            `json:"text"`
}

// giveAdvice records the expert's advice; it is shown, and never counted.
func (s *Server) giveAdvice(a *asked) (answer, error) {
	id, in, err := onto[adviceGivenRequest](a)
	if err != nil {
		return answer{}, err
	}
	return s.shownRequest(a)(s.Store.GiveAdvice(a, a.ask, id, in.Recommendation, in.Language, in.Text))
}

func (s *Server) declineAdvice(a *asked) (answer, error) {
	id, in, err := onto[entryRequest](a)
	if err != nil {
		return answer{}, err
	}
	return s.shownRequest(a)(s.Store.DeclineAdvice(a, a.ask, id, in.Language, in.Text))
}

func (s *Server) withdrawAdvice(a *asked) (answer, error) {
	id, in, err := onto[entryRequest](a)
	if err != nil {
		return answer{}, err
	}
	return s.shownAdvice(a)(s.Store.WithdrawAdvice(a, a.ask, id, in.Language, in.Text))
}
