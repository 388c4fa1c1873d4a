package api

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"startupfund/domain"
	"startupfund/domain/charter"
)

// evidenceView is one rule with how well it is founded. Path is where it stands in
// the document, as a JSON Pointer with list members by their key.
type evidenceView struct {
	Path   string `json:"path"`
	Value  string `json:"value"`
	Source string `json:"source"`
	Reason string `json:"reason"`
}

// evidence lists every rule of a charter, names in a language.
func evidence(c charter.Charter, language string) []evidenceView {
	views := []evidenceView{}
	for _, l := range c.Rules() {
		v := evidenceView{l.Path, l.Value, string(l.Source), l.Reason}
		if l.Names != nil {
			v.Value = l.Names.In(language)
		}
		views = append(views, v)
	}
	return views
}

// charterRules shows every rule in force on a day, each with its source and reason.
func (s *Server) charterRules(a *asked) (answer, error) {
	on, err := a.day("on")
	if err != nil {
		return answer{}, err
	}
	c, err := s.Store.Charter(a, a.by, on)
	if err != nil {
		return answer{}, err
	}
	return shown(evidence(c, languageOf(a.Context)))
}

// charterData fills the pages of the rules: all parts of the document with what is
// in them, or one with its rules. Whole, it is more than a poor line bears.
type charterData struct {
	Version   int
	From      time.Time
	AdoptedBy string
	Parts     []charterPart
	Part      *charterPart
}

type charterPart struct {
	Key, Name, Href string
	Assumed         int
	Lines           []evidenceView
}

func (s *Server) charterPage(a *asked, p page) (string, page, error) {
	on, err := a.day("on")
	if err != nil {
		return "", p, err
	}
	c, err := s.Store.Charter(a, a.by, on)
	if err != nil {
		return "", p, err
	}
	day := ""
	if given := a.Query("on"); given != "" {
		day = "?on=" + url.QueryEscape(given)
	}
	d := charterData{Version: c.Version, From: c.EffectiveFrom, AdoptedBy: c.AdoptedBy}
	for _, l := range evidence(c, p.language) {
		key, path, _ := strings.Cut(strings.TrimPrefix(l.Path, "/"), "/")
		if n := len(d.Parts); n == 0 || d.Parts[n-1].Key != key {
			d.Parts = append(d.Parts, charterPart{Key: key, Name: p.say("site.charter.part."+key, nil), Href: p.To("charter/" + key + day)})
		}
		part := &d.Parts[len(d.Parts)-1]
		if l.Source == string(charter.Assumed) {
			part.Assumed++
		}
		l.Path, l.Source = strings.ReplaceAll(path, "/", " › "), p.say("site.charter.source."+l.Source, nil)
		part.Lines = append(part.Lines, l)
	}
	p.Title = p.say("site.charter.title", nil)
	if wanted := a.Param("part"); wanted != "" {
		n := slices.IndexFunc(d.Parts, func(part charterPart) bool { return part.Key == wanted })
		if n < 0 {
			return "", p, domain.ErrMissing
		}
		d.Part, p.Title = &d.Parts[n], d.Parts[n].Name
	}
	p.Data = d
	return "charter", p, nil
}
