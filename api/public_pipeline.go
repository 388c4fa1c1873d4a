package api

import (
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"startupfund/domain"
	"startupfund/domain/charter"
)

// waitingLine is an entry of the pipeline as the site shows it.
type waitingLine struct {
	Ref, Title, Language, Budget, Stage, Decision string
	Purpose                                       []string
	Warn                                          bool // it stands although its applicant took it back, or it was declined
	Facts                                         [][2]string
}

// goneLine is one that left; Decision is empty where nobody knows it.
type goneLine struct{ Ref, Title, Language, When, Why, Decision string }

type pipelineData struct {
	Lead     string
	Entries  []waitingLine
	Left     []goneLine
	Editions []editionLine
	Edition  *editionData
}

type editionLine struct {
	Name, Href, Count string
	On                time.Time
}

type editionData struct {
	N                int
	Hash             string
	Foreword         spoken
	Since            bool // something differs from it today
	Added, WentSince []goneLine
	Changed          []changedLine
}

type changedLine struct {
	Ref, Title, Language string
	Fields               [][3]string
}

func (p page) waiting(l domain.PipelineLine, c charter.Charter) waitingLine {
	w := waitingLine{Ref: l.Ref, Title: l.Title, Language: l.Language, Purpose: paragraphs(l.Purpose), Stage: p.say("site.pipeline.stage."+string(l.Stage), nil),
		Decision: l.EnteredBy, Warn: l.Stage == domain.RipeWithdrawn || l.Stage == domain.RipeDeclined}
	add := func(id, value string) {
		if value != "" {
			w.Facts = append(w.Facts, [2]string{p.say("site.pipeline."+id, nil), value})
		}
	}
	where := namesIn(l.States)
	if l.Scope != charter.National {
		where = strings.Trim(p.say("site.pipeline.scope."+string(l.Scope), nil)+": "+strings.Trim(l.Region+"; "+where, "; "), ": ")
	}
	add("states", where)
	add("area", p.areaName(l.Area, c))
	add("objectives", numbersIn(l.Objectives))
	add("organisations", namesIn(l.Organisations))
	if l.Budget != nil {
		w.Budget = p.amount(*l.Budget)
		add("budget", w.Budget)
	}
	if l.Months > 0 {
		add("duration", p.say("site.pipeline.months", map[string]any{"n": l.Months}))
	}
	add("sdg", strings.Join(l.SDG, ", "))
	add("partners", strings.Join(l.Partners, "; "))
	if on, err := time.Parse(time.DateOnly, l.EnteredOn); err == nil {
		add("entered", p.longDay(on))
	}
	return w
}

func (p page) areaName(key string, c charter.Charter) string {
	if area, ok := c.Area(key); ok {
		return area.Name.Value.In(p.language)
	}
	return key
}

func (p page) gone(list []domain.PipelineGone) (lines []goneLine) {
	for _, g := range list {
		line := goneLine{Ref: g.Ref, Title: g.Title, Language: g.Language, Decision: g.By}
		if g.Why != "" {
			line.Why = p.say("site.pipeline.left."+string(g.Why), nil)
		}
		if on, err := time.Parse(time.DateOnly, g.On); err == nil {
			line.When = p.longDay(on)
		}
		lines = append(lines, line)
	}
	return lines
}

// pipelinePage is the list of today, with what left it and the editions.
func (s *Server) pipelinePage(a *asked, p page) (string, page, error) {
	list, err := s.Store.Pipeline(a, a.by)
	if err != nil {
		return "", p, err
	}
	left, err := s.Store.LeftPipeline(a, a.by)
	if err != nil {
		return "", p, err
	}
	published, err := s.Store.Editions(a, a.by)
	if err != nil {
		return "", p, err
	}
	c, err := s.Store.Charter(a, a.by, time.Time{})
	d := pipelineData{Lead: p.say("site.pipeline.lead", nil), Left: p.gone(left)}
	for _, f := range list {
		d.Entries = append(d.Entries, p.waiting(f.Line, c))
	}
	for _, e := range published {
		on, _ := time.Parse(time.DateOnly, e.PublishedOn)
		d.Editions = append(d.Editions, editionLine{p.say("site.pipeline.edition", map[string]any{"n": e.N}), p.To(fmt.Sprintf("pipeline/editions/%d", e.N)),
			p.say("site.pipeline.count", map[string]any{"n": len(e.Says.Entries)}), on})
	}
	p.Title, p.Data = p.say("site.pipeline.title", nil), d
	return "pipeline", p, err
}

// editionPage is one edition as it was published, by the charter of its day, and how
// today's list differs.
func (s *Server) editionPage(a *asked, p page) (string, page, error) {
	f, err := s.anEdition(a)
	if err != nil {
		return "", p, err
	}
	c, err := s.Store.CharterVersion(a, a.by, f.Says.Charter)
	if err != nil {
		return "", p, err
	}
	on, _ := time.Parse(time.DateOnly, f.PublishedOn)
	e := editionData{N: f.N, Hash: hex.EncodeToString(f.Hash), Foreword: spoken{paragraphs(f.Says.Foreword), f.Says.Language}, WentSince: p.gone(f.Since.Left)}
	for _, l := range f.Since.Added {
		e.Added = append(e.Added, goneLine{Ref: l.Ref, Title: l.Title, Language: l.Language, Decision: l.EnteredBy})
	}
	for _, x := range f.Since.Changed {
		line := changedLine{Ref: x.Ref, Title: x.Title, Language: x.Language}
		for _, d := range x.Fields {
			line.Fields = append(line.Fields, [3]string{p.say("site.pipeline.field."+d.Field, nil), p.pipelineValue(d.Field, d.Was, c), p.pipelineValue(d.Field, d.Is, c)})
		}
		e.Changed = append(e.Changed, line)
	}
	e.Since = len(e.Added)+len(e.WentSince)+len(e.Changed) > 0
	d := pipelineData{Lead: p.say("site.pipeline.edition.lead", map[string]any{"day": p.longDay(on)}), Left: p.gone(f.Says.Left), Edition: &e}
	for _, l := range f.Says.Entries {
		d.Entries = append(d.Entries, p.waiting(l, c))
	}
	p.Title, p.Data = p.say("site.pipeline.edition.title", map[string]any{"n": f.N}), d
	return "pipeline", p, nil
}

// pipelineValue writes a value of a field that changed; nothing is a dash.
func (p page) pipelineValue(field, value string, c charter.Charter) string {
	switch {
	case value == "" || field == "months" && value == "0":
		return "–"
	case field == "stage":
		return p.say("site.pipeline.stage."+value, nil)
	case field == "scope":
		return p.say("site.pipeline.scope."+value, nil)
	case field == "area":
		return p.areaName(value, c)
	case field == "budget":
		return p.figures(value)
	}
	return value
}
