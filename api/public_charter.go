package api

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/store"
)

// evidenceView is one rule with how well it is founded. Path is where it stands in
// the document, as a JSON Pointer with list members by their key.
type evidenceView struct {
	Path   string             `json:"path"`
	Names  []string           `json:"names"` // of the list members that it stands in, outermost first
	Value  string             `json:"value"`
	Source string             `json:"source"`
	Reason string             `json:"reason"`
	Since  charterEditionView `json:"since"` // the version from which on it has been as it is
}

// evidence lists every rule of the last of some versions, in the order in which they
// took effect, names in a language.
func evidence(all []store.CharterEdition, language string) []evidenceView {
	views, rules, editions := []evidenceView{}, make([]charter.Charter, len(all)), map[int]charterEditionView{}
	for i, e := range all {
		rules[i], editions[e.Version] = e.Charter, editionsOf(all[i : i+1])[0]
	}
	since, stated := charter.Since(rules), all[len(all)-1].Stated()
	named := namesOf(stated, language)
	for _, r := range stated {
		views = append(views, evidenceView{r.Path, named.around(r.Path), textOf(r, language), r.Source, r.Reason, editions[since[r.Path].Version]})
	}
	return views
}

// charterRules shows every rule in force on a day, or of a version, each with its source
// and reason and since when it is so.
func (s *Server) charterRules(a *asked) (answer, error) {
	all, err := s.upTo(a)
	if err != nil {
		return answer{}, err
	}
	return shown(evidence(all, languageOf(a.Context)))
}

// upTo are the versions up to the one that is asked for, in the order in which they took
// effect: that of a number, that in force on a day, or that in force today.
func (s *Server) upTo(a *asked) ([]store.CharterEdition, error) {
	on, err := a.day("on")
	if err != nil {
		return nil, err
	}
	var c charter.Charter
	if text := a.Query("version"); text != "" {
		c, err = s.charterNumbered(a, a.by, text)
	} else {
		c, err = s.Store.Charter(a, a.by, on)
	}
	if err != nil {
		return nil, err
	}
	all, err := s.Store.CharterEditions(a, a.by)
	if err != nil {
		return nil, err
	}
	return all[:1+slices.IndexFunc(all, func(e store.CharterEdition) bool { return e.Version == c.Version })], nil
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
	all, err := s.upTo(a)
	if err != nil {
		return "", p, err
	}
	c := all[len(all)-1]
	day := ""
	for _, name := range []string{"on", "version"} {
		if given := a.Query(name); given != "" {
			day = "?" + name + "=" + url.QueryEscape(given)
		}
	}
	d := charterData{Version: c.Version, From: c.EffectiveFrom, AdoptedBy: c.AdoptedBy}
	for _, l := range evidence(all, p.language) {
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
