package api

import (
	"time"

	"github.com/google/uuid"

	"startupfund/store"
)

type enquiryView struct {
	ID       uuid.UUID           `json:"id"`
	N        int                 `json:"n"`
	Language string              `json:"language"`
	Text     string              `json:"text"`
	At       time.Time           `json:"at"`
	Own      bool                `json:"own"`
	Asker    *namedView          `json:"asker"` // null for all but the secretariat and who asked
	Answers  []enquiryAnswerView `json:"answers"`
	Version  int                 `json:"version"`
	May      []string            `json:"may"`
}

type enquiryAnswerView struct {
	N        int       `json:"n"`
	Language string    `json:"language"`
	Text     string    `json:"text"`
	Reason   string    `json:"reason"`
	At       time.Time `json:"at"`
}

func (s *Server) enquiryView(a *asked, f store.EnquiryFile) enquiryView {
	v := enquiryView{ID: f.ID, N: f.N, Language: f.Language, Text: f.Text, At: f.At.UTC(), Own: f.Own, Answers: []enquiryAnswerView{}, Version: f.Version(),
		May: s.may(a.by, f.May)}
	if f.Asker != nil {
		v.Asker = &namedView{f.Asker.ID.String(), f.Asker.Code, f.Asker.Name}
	}
	for _, x := range f.Answers {
		v.Answers = append(v.Answers, enquiryAnswerView{x.N, x.Language, x.Text, x.Reason, x.At.UTC()})
	}
	return v
}

// enquiries are the questions about a call that the reader may see: those that are
// answered, one's own, and to the secretariat all.
func (s *Server) enquiries(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	after, limit, err := a.numbered()
	if err != nil {
		return answer{}, err
	}
	list, err := s.Store.Enquiries(a, a.by, id, after, limit)
	if err != nil {
		return answer{}, err
	}
	return listed(a, list, func(f store.EnquiryFile) enquiryView { return s.enquiryView(a, f) })
}

type enquiryRequest struct {
	Language string `json:"language"`
	Text     string `json:"text"`
}

// askAboutCall puts a question about a call to the secretariat.
func (s *Server) askAboutCall(a *asked) (answer, error) {
	id, in, err := onto[enquiryRequest](a)
	if err != nil {
		return answer{}, err
	}
	f, err := s.Store.AskAboutCall(a, a.ask, id, in.Language, in.Text)
	if err != nil {
		return answer{}, err
	}
	return made("/calls/"+id.String()+"/enquiries", s.enquiryView(a, f), f.Version())
}

type enquiryAnswerRequest struct {
	Language string `json:"language"`
	Text     string `json:"text"`
	Reason   string `json:"reason"`
}

// answerEnquiry publishes an answer, or its next version.
func (s *Server) answerEnquiry(a *asked) (answer, error) {
	id, version, in, err := change[enquiryAnswerRequest](a)
	if err != nil {
		return answer{}, err
	}
	f, err := s.Store.AnswerEnquiry(a, a.ask, id, version, in.Language, in.Text, in.Reason)
	if err != nil {
		return answer{}, err
	}
	return versioned(s.enquiryView(a, f), f.Version())
}
