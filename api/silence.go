package api

import (
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/store"
)

// inWritingView is what a question has that is decided without a meeting. To those out of
// whose sight it is, nothing but what it is called.
type inWritingView struct {
	Ref           string                 `json:"ref"`
	CirculatedAt  *time.Time             `json:"circulated_at,omitempty"`
	Days          int                    `json:"days,omitempty"`
	DaysAre       string                 `json:"days_are,omitempty"`
	SilenceCounts *bool                  `json:"silence_counts,omitempty"`
	WouldEndAt    *time.Time             `json:"would_end_at,omitempty"` // of one that is not open, were it opened now
	EndsAt        *time.Time             `json:"ends_at,omitempty"`
	Over          bool                   `json:"over"`
	Extensions    []silenceExtensionView `json:"extensions,omitempty"`
	ExtensionLeft int                    `json:"extension_left"`
}

type silenceExtensionView struct {
	N      int       `json:"n"`
	Days   int       `json:"days"`
	EndsAt time.Time `json:"ends_at"`
	Reason string    `json:"reason"`
	By     string    `json:"by"`
	At     time.Time `json:"at"`
}

func inWritingOf(i domain.Item) *inWritingView {
	rules := i.Charter.Body.NoObjection
	counts := rules.SilenceCounts.Value
	v := &inWritingView{Ref: i.Written, CirculatedAt: utc(i.CirculatedAt), Days: rules.Days.Value, DaysAre: string(rules.DaysAre.Value), SilenceCounts: &counts,
		EndsAt: utc(i.EndsAt), Over: i.SilenceOver(i.Now), ExtensionLeft: i.ExtensionLeft()}
	if i.State == domain.QuestionListed {
		would := domain.SilenceEnd(i.Charter, i.Now, rules.Days.Value)
		v.WouldEndAt = &would
	}
	for _, x := range i.Extensions {
		v.Extensions = append(v.Extensions, silenceExtensionView{x.N, x.Days, x.Until.UTC(), x.Reason, x.By, x.At.UTC()})
	}
	return v
}

// silenceView is a question in writing in their list.
type silenceView struct {
	ID           uuid.UUID  `json:"id"`
	Ref          string     `json:"ref"`
	Kind         string     `json:"kind"`
	Title        string     `json:"title"`
	State        string     `json:"state"`
	CirculatedAt *time.Time `json:"circulated_at"`
	EndsAt       *time.Time `json:"ends_at"`
	ClosedAt     *time.Time `json:"closed_at"`
	Hidden       bool       `json:"hidden"`
	Spoken       bool       `json:"spoken"`
	Decision     string     `json:"decision,omitempty"`
	May          []string   `json:"may"`
}

// silences lists the questions in writing: those that run first, by their end.
func (s *Server) silences(a *asked) (answer, error) {
	return whole(func(f store.SilenceFile) silenceView {
		return silenceView{f.ID, f.Written, string(f.Kind), f.Title, string(f.State), utc(f.CirculatedAt), utc(f.EndsAt), utc(f.ClosedAt), f.Hidden, f.Spoken,
			f.Decision, s.may(a.by, f.May)}
	})(s.Store.Silences(a, a.by))
}

// circulate brings a question before the body in writing.
func (s *Server) circulate(a *asked) (answer, error) {
	in, err := body[questionRequest](a)
	if err != nil {
		return answer{}, err
	}
	q, err := in.question()
	if err != nil {
		return answer{}, err
	}
	if q, err = s.Store.CirculateQuestion(a, a.ask, q); err != nil {
		return answer{}, err
	}
	return made("/questions/"+q.ID.String(), bodyOf(q), q.Version)
}

type extensionOfSilenceRequest struct {
	Days   int    `json:"days"`
	Reason string `json:"reason"`
}

// extendSilence gives a silence that runs a later end.
func (s *Server) extendSilence(a *asked) (answer, error) {
	id, in, err := onto[extensionOfSilenceRequest](a)
	if err != nil {
		return answer{}, err
	}
	q, err := s.Store.ExtendSilence(a, a.ask, id, in.Days, in.Reason)
	if err != nil {
		return answer{}, err
	}
	return versioned(bodyOf(q), q.Version)
}

type remarkRequest struct {
	Answers  int    `json:"answers"`
	Language string `json:"language"`
	Text     string `json:"text"`
}

type remarkView struct {
	N            int       `json:"n"`
	Answers      int       `json:"answers,omitempty"`
	Language     string    `json:"language"`
	Text         string    `json:"text"`
	Organisation string    `json:"organisation"`
	Role         string    `json:"role"`
	By           string    `json:"by,omitempty"`
	At           time.Time `json:"at"`
}

func remarkOf(r domain.Remark) remarkView {
	return remarkView{r.N, r.Answers, r.Language, r.Text, r.Code, string(r.Role), r.By, r.At.UTC()}
}

// thread is what was asked and answered about a question in writing.
func (s *Server) thread(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	return whole(remarkOf)(s.Store.Thread(a, a.by, id))
}

// remark asks or answers in it.
func (s *Server) remark(a *asked) (answer, error) {
	id, in, err := onto[remarkRequest](a)
	if err != nil {
		return answer{}, err
	}
	r, err := s.Store.Remark(a, a.ask, id, in.Answers, in.Language, in.Text)
	if err != nil {
		return answer{}, err
	}
	return made("/questions/"+id.String()+"/thread", remarkOf(r), 0)
}
