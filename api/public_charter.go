package api

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
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
	Called string             `json:"called"` // within its part, in the reader's language
	Names  []string           `json:"names"`  // of the list members that it stands in, outermost first
	Value  string             `json:"value"`  // as a table shows it, in the reader's language
	Source string             `json:"source"`
	Reason string             `json:"reason"`
	Since  charterEditionView `json:"since"` // the version from which on it has been as it is
	Acted  bool               `json:"acted"` // by this program; else people alone follow it
}

// evidence lists every rule of the last of some versions, in the order in which they
// took effect, names in a language.
func evidence(all []store.CharterEdition, words tongue) []evidenceView {
	views, rules, editions := []evidenceView{}, make([]charter.Charter, len(all)), map[int]charterEditionView{}
	for i, e := range all {
		rules[i], editions[e.Version] = e.Charter, editionsOf(all[i : i+1])[0]
	}
	since, stated := charter.Since(rules), all[len(all)-1].Stated()
	names := words.names(stated)
	for _, r := range stated {
		views = append(views, evidenceView{r.Path, names.called(r.Path), names.around(r.Path), names.text(r), r.Source, r.Reason, editions[since[r.Path].Version], charter.Acted(r.Path)})
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
	return shown(evidence(all, s.Words.in(languageOf(a.Context))))
}

// upTo are the versions that stand up to the one that is asked for, taken back or not, in
// the order in which they took effect: that of a number, that in force on a day, or that in force today.
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
	all = all[:1+slices.IndexFunc(all, func(e store.CharterEdition) bool { return e.Version == c.Version })]
	return slices.DeleteFunc(all, func(e store.CharterEdition) bool { return e.TakenBack != "" && e.Version != c.Version }), nil
}

// charterData fills the pages of the rules: all parts of the document with what is
// in them, or one with its rules. Whole, it is more than a poor line bears.
type charterData struct {
	Version   int
	From      time.Time
	AdoptedBy string
	TakenBack string // number of the decision by which it never is in force
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
	d := charterData{Version: c.Version, From: c.EffectiveFrom, AdoptedBy: c.AdoptedBy, TakenBack: c.TakenBack}
	for _, l := range evidence(all, p.tongue) {
		key, _, _ := strings.Cut(strings.TrimPrefix(l.Path, "/"), "/")
		if n := len(d.Parts); n == 0 || d.Parts[n-1].Key != key {
			d.Parts = append(d.Parts, charterPart{Key: key, Name: p.say("site.charter.part."+key, nil), Href: p.To("charter/" + key + day)})
		}
		part := &d.Parts[len(d.Parts)-1]
		if l.Source == string(charter.Assumed) {
			part.Assumed++
		}
		l.Source = p.say("site.charter.source."+l.Source, nil)
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

// versionsData fills the page of the versions: all of them, and two compared.
type versionsData struct {
	All         []versionLine
	From, To    int
	Differences []differenceLine
}

type versionLine struct {
	Version                              int
	From                                 time.Time
	AdoptedBy, Decision, TakenBack, Href string
	InForce                              bool
}

type differenceLine struct {
	Part, Rule, Path string
	Was, Is          *sideLine // nil where that version has no such rule
}

type sideLine struct{ Value, Source, Reason string }

// charterVersionsPage lists the versions of the rules, each with its decision, and
// compares any two: the last two where the address names none.
func (s *Server) charterVersionsPage(a *asked, p page) (string, page, error) {
	all, err := s.Store.CharterEditions(a, a.by)
	if err != nil {
		return "", p, err
	}
	d := versionsData{}
	for _, e := range all {
		line := versionLine{Version: e.Version, From: e.EffectiveFrom, AdoptedBy: e.AdoptedBy, Decision: e.Decision, TakenBack: e.TakenBack, InForce: e.InForce, Href: p.To("charter?version=" + strconv.Itoa(e.Version))}
		d.All, d.From, d.To = append(d.All, line), d.To, e.Version
	}
	from, to := strconv.Itoa(d.From), strconv.Itoa(d.To)
	if a.Query("from") != "" {
		from, to = a.Query("from"), a.Query("to")
	}
	if len(all) > 1 {
		was, is, err := s.compared(a, a.by, from, to)
		if err != nil {
			return "", p, err
		}
		d.From, d.To = was.Version, is.Version
		names := p.names(was.Stated(), is.Stated())
		for _, x := range charter.Compare(was, is) {
			key, _, _ := strings.Cut(strings.TrimPrefix(x.Path, "/"), "/")
			d.Differences = append(d.Differences, differenceLine{p.say("site.charter.part."+key, nil), names.called(x.Path), x.Path, names.side(x.Was), names.side(x.Is)})
		}
	}
	p.Title, p.Data = p.say("site.charter.versions", nil), d
	return "charter-versions", p, nil
}

// side is what one version says of a rule, a name in all its languages.
func (n ruleNames) side(s *charter.Stated) *sideLine {
	if s == nil {
		return nil
	}
	text := n.text(*s)
	if s.Kind == charter.KindNames {
		var names charter.Names
		if json.Unmarshal(s.Value, &names) == nil {
			all := make([]string, len(charter.Languages))
			for i, language := range charter.Languages {
				all[i] = names[language]
			}
			text = strings.Join(all, " · ")
		}
	}
	return &sideLine{text, n.say("site.charter.source."+s.Source, nil), s.Reason}
}
