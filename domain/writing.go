package domain

import (
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/form"
	"startupfund/domain/problem"
)

var (
	// ErrNotSelectable refuses to select what is no concept note of a call in two stages.
	ErrNotSelectable = problem.New(problem.Conflict, "not-selectable")
	// ErrNoDocument refuses a grant on a concept note where a joint programme document follows it.
	ErrNoDocument = problem.New(problem.Conflict, "document-comes-first")
)

// OnForm is the form that the proposal is written on: that of its phase and of
// the version it was begun under.
func (p Proposal) OnForm() (*form.Form, error) { return form.Find(string(p.Phase), p.Form) }

// answered tidies content's answers by the proposal's form.
func (p Proposal) answered(c Content) (Content, error) {
	f, err := p.OnForm()
	if err != nil {
		return c, err
	}
	tidied, found := f.Tidy(c.Answers)
	c.Answers = tidied
	return c, problem.Join(found)
}

// lacksAnswers lists what the form asks and the answers lack.
func (p Proposal) lacksAnswers(g Case, at time.Time) []problem.Problem {
	f, err := p.OnForm()
	if err != nil {
		return []problem.Problem{form.ErrNoForm.With("phase", string(p.Phase), "version", p.Form)}
	}
	s := form.Subject{Answers: p.Answers, Owners: p.States(), Amount: p.Amount(), Rules: g.Charter.Proposals,
		Today: g.Charter.Day(at).Format(time.DateOnly), Name: func(id uuid.UUID) string { return g.Codes[id] }}
	for _, share := range p.Shares {
		if share.Organisation != uuid.Nil {
			s.Participants = append(s.Participants, share.Organisation)
		}
	}
	return f.Lacks(s)
}

// Select takes an eligible concept note of a call in two stages on: the same
// proposal becomes the draft of a joint programme document, which begins with what
// the note said. The body decides so; nobody else.
func (p *Proposal) Select(call Call, at time.Time) error {
	if p.Phase != Concept || call.Stages != 2 || p.Stage != Eligible {
		return ErrNotSelectable.With("ref", p.Ref, "stage", string(p.Stage))
	}
	f, err := form.Find(string(Document), call.DocumentForm)
	if err != nil {
		return err
	}
	p.Phase, p.Form, p.Stage, p.UpdatedAt = Document, call.DocumentForm, Draft, at
	p.Answers = f.Begun(p.Answers)
	return nil
}

// CopyFrom takes sections of an earlier proposal of the same organisation over,
// as far as both forms have the fields; what stood in their place goes.
func (p *Proposal) CopyFrom(from Proposal, sections []string, kinds map[uuid.UUID]string, at time.Time) error {
	if p.ID == from.ID || p.Organisation != from.Organisation {
		return ErrMissing
	}
	f, err := p.OnForm()
	if err != nil {
		return err
	}
	if len(sections) == 0 {
		return ErrRequired.At("/sections")
	}
	c := p.Content
	c.Answers = Answers{}
	for key, v := range p.Answers {
		c.Answers[key] = v
	}
	for _, key := range sections {
		s, known := f.Section(key)
		if !known {
			return ErrUnknownWord.With("given", clip(key)).At("/sections")
		}
		for _, part := range s.Parts() {
			c.copyPart(from.Content, part)
		}
		for _, d := range s.Fields {
			if v, answered := from.Answers[d.Key]; answered && d.Kind != form.Part {
				c.Answers[d.Key] = v
			}
		}
	}
	c.Answers = f.Begun(c.Answers)
	return p.Save(c, kinds, at)
}

func (c *Content) copyPart(from Content, part string) {
	switch part {
	case "title":
		c.Title = from.Title
	case "summary":
		c.Summary = from.Summary
	case "language":
		c.Language = from.Language
	case "scope":
		c.Scope = from.Scope
	case "state":
		c.State = from.State
	case "other_states":
		c.OtherStates = from.OtherStates
	case "area":
		c.Area = from.Area
	case "objectives":
		c.Objectives = from.Objectives
	case "markers":
		c.Markers = from.Markers
	case "shares":
		c.Shares = from.Shares
	case "budget":
		c.Budget = from.Budget
	}
}

// Standing is how far one section of a proposal is.
type Standing struct {
	Section string
	Missing int  // of what stands in the way of a submission
	Begun   bool // something is said in it
}

// Standings count what lacks, section by section in the order of the form.
func (p Proposal) Standings(f *form.Form, lacks []problem.Problem) []Standing {
	missing := map[string]int{}
	for _, l := range lacks {
		if !errors.Is(l, ErrNotEndorsed) { // the state's to give, on a page of its own
			missing[f.SectionOf(l.Field)]++
		}
	}
	all := make([]Standing, len(f.Sections))
	for i, s := range f.Sections {
		all[i] = Standing{Section: s.Key, Missing: missing[s.Key], Begun: slices.ContainsFunc(s.Parts(), p.says)}
		for _, d := range s.Fields {
			if _, answered := p.Answers[d.Key]; answered && d.Kind != form.Part {
				all[i].Begun = true
			}
		}
	}
	return all
}

// says tells whether the content has anything under one of its own names.
func (c Content) says(part string) bool {
	switch part {
	case "title":
		return c.Title != ""
	case "summary":
		return c.Summary != ""
	case "state":
		return c.State != uuid.Nil
	case "other_states":
		return len(c.OtherStates) > 0
	case "area":
		return c.Area != ""
	case "objectives":
		return len(c.Objectives) > 0
	case "markers":
		for _, m := range c.Markers {
			if m != (Mark{}) {
				return true
			}
		}
	case "shares":
		return len(c.Shares) > 0
	case "budget":
		return len(c.Budget) > 0
	}
	return false
}
