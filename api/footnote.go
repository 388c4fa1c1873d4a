package api

import (
	"github.com/google/uuid"

	"startupfund/domain"
)

type footnoteView struct {
	ID           uuid.UUID     `json:"id"`
	Organisation uuid.UUID     `json:"organisation"`
	Code         string        `json:"code"`
	Names        []string      `json:"names"`
	Text         string        `json:"text"` // in the reader's language
	Texts        domain.Worded `json:"texts"`
	From         string        `json:"from_on"`
	Until        string        `json:"until_on,omitempty"`
	Source       string        `json:"source"`
	Reason       string        `json:"reason,omitempty"`
}

func footnoteIn(language string) func(domain.Footnote) footnoteView {
	return func(f domain.Footnote) footnoteView {
		v := footnoteView{ID: f.ID, Organisation: f.Organisation, Code: f.Code, Names: f.Names, Text: f.Texts[language], Texts: f.Texts,
			From: date(f.From), Source: f.Source, Reason: f.Reason}
		if f.Until != nil {
			v.Until = date(*f.Until)
		}
		return v
	}
}

// footnotes lists the notes on names: of one organisation, or those of a day.
func (s *Server) footnotes(a *asked) (answer, error) {
	on, err := a.day("on")
	if err != nil {
		return answer{}, err
	}
	var organisation uuid.UUID
	if text := a.Query("organisation"); text != "" {
		if organisation, err = uuid.Parse(text); err != nil {
			return answer{}, domain.ErrMissing
		}
	}
	return whole(func(f domain.Footnote) footnoteView { return footnoteIn(languageOf(a.Context))(f) })(s.Store.Footnotes(a, a.by, organisation, on))
}

type footnoteRequest struct {
	Texts  map[string]string `json:"texts"`
	From   string            `json:"from_on"`
	Source string            `json:"source"`
}

func (s *Server) addFootnote(a *asked) (answer, error) {
	id, in, err := onto[footnoteRequest](a)
	if err != nil {
		return answer{}, err
	}
	from, err := dayOr(in.From, "/from_on")
	if err != nil {
		return answer{}, err
	}
	f, err := s.Store.AddFootnote(a, a.ask, id, in.Texts, from, in.Source)
	if err != nil {
		return answer{}, err
	}
	return made("/footnotes?organisation="+id.String(), footnoteIn(languageOf(a.Context))(f), 0)
}

type footnoteEnding struct {
	Until  string `json:"until_on"`
	Reason string `json:"reason"`
}

func (s *Server) endFootnote(a *asked) (answer, error) {
	id, in, err := onto[footnoteEnding](a)
	if err != nil {
		return answer{}, err
	}
	until, err := dayOr(in.Until, "/until_on")
	if err != nil {
		return answer{}, err
	}
	f, err := s.Store.EndFootnote(a, a.ask, id, until, in.Reason)
	if err != nil {
		return answer{}, err
	}
	return shown(footnoteIn(languageOf(a.Context))(f))
}
