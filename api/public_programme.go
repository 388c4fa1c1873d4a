package api

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/store"
)

// lifeData fills the page of one programme: all that everybody may know of it, in the
// order of its life.
type lifeData struct {
	ID, State, Title, Code string
	Preparation            bool
	Facts                  [][2]string
	Decision, Proposal     string
	Steps                  []lifeLine
	Parts                  []bookLine
	Currency               string
	Entries                []entryLine
	Conditions             []conditionLine
	Reports                [][2]string
	Results                []resultLine
	ResultsOf              string
	Evaluation             *evaluationLine
}

type lifeLine struct{ Name, Until, On, Decision string }

type bookLine struct{ Name, Share, Allocated, Transferred, Spent string }

type entryLine struct{ On, What, Name, Amount, Voucher, Number string }

type conditionLine struct{ Ref, Text, Language, Terms, State, Decision, Waiver string }

type resultLine struct{ Name, Baseline, Target, Value, Progress string }

type evaluationLine struct {
	Title, Language, Evaluator, On string
	Findings                       []string
	Answers                        []recommendationLine
	Answered                       bool
}

type recommendationLine struct {
	Text, Uptake, Reason, Action, Due, State string
	Overdue                                  bool
	FollowUps                                []followUpLine
}

type followUpLine struct{ On, State, Text, Language string }

// programmePage is one programme by its code.
func (s *Server) programmePage(a *asked, p page) (string, page, error) {
	list, err := s.Store.Programmes(a, a.by)
	if err != nil {
		return "", p, err
	}
	n := slices.IndexFunc(list, func(f store.ProgrammeFile) bool { return f.Code == a.Param("code") })
	if n < 0 {
		return "", p, domain.ErrMissing
	}
	l, err := s.Store.Programme(a, a.by, list[n].ID)
	if err != nil {
		return "", p, err
	}
	c, err := s.Store.CharterVersion(a, a.by, l.CharterVersion)
	if err != nil {
		return "", p, err
	}
	names, err := s.Store.OrganisationNames(a, p.language)
	if err != nil {
		return "", p, err
	}
	d := lifeData{ID: l.ID.String(), Preparation: l.Preparation, Code: l.Code, Title: l.Title, State: p.say("site.programme.state."+string(l.State), nil), Decision: l.DecisionNumber}
	add := func(id, value string) {
		if value != "" {
			d.Facts = append(d.Facts, [2]string{p.say(id, nil), value})
		}
	}
	add("site.pipeline.states", l.OwnerState)
	add("site.pipeline.area", p.areaName(l.Area, c))
	add("site.programme.convener", names[l.Convener].Short)
	add("site.programme.start", p.orDay(l.StartsOn))
	add("site.programme.end", p.orDay(l.EndsOn))
	for _, step := range l.Steps {
		line := lifeLine{Name: p.say("site.programme.step."+step.Name, nil), On: p.longDay(c.Day(step.At)), Decision: step.Number}
		if step.EndsOn != nil {
			line.Until = p.say("site.programme.until", map[string]any{"day": p.longDay(*step.EndsOn)})
		}
		d.Steps = append(d.Steps, line)
	}
	books, err := s.Store.ProgrammeBooks(a, a.by, l.ID)
	if err != nil {
		return "", p, err
	}
	p.books(&d, books, names)
	if l.Proposal != uuid.Nil { // of the past nothing more is known
		if err := s.aftermath(a, p, &d, l, names); err != nil {
			return "", p, err
		}
	}
	p.Title, p.Data = l.Title, d
	return "programme", p, nil
}

func (p page) orDay(day *time.Time) string {
	if day == nil {
		return ""
	}
	return p.longDay(*day)
}

func (p page) books(d *lifeData, b store.ProgrammeBooks, names map[string]domain.Called) {
	for _, x := range b.Parts {
		d.Currency = string(x.Share.Currency)
		d.Parts = append(d.Parts, bookLine{cmp.Or(names[x.Organisation].Short, x.Organisation), p.figures(x.Share.Text()), p.figures(x.Allocated.Text()),
			p.figures(x.Transferred.Text()), p.figures(x.Spent.Text())})
	}
	for _, e := range b.Entries {
		d.Entries = append(d.Entries, entryLine{p.longDay(e.BookedOn), p.say("site.programme.entry."+e.What, nil), cmp.Or(names[e.Organisation].Short, e.Organisation),
			p.figures(e.Amount.Text()), e.Voucher.String(), fmt.Sprint(e.Number)})
	}
}

// aftermath is what followed the decision: conditions, reports with their results, and
// the evaluation.
func (s *Server) aftermath(a *asked, p page, d *lifeData, l store.ProgrammeLife, names map[string]domain.Called) error {
	conditions, err := s.Store.Conditions(a, a.by, l.ID)
	if err != nil {
		return err
	}
	for _, c := range conditions {
		d.Conditions = append(d.Conditions, p.condition(c, names))
	}
	reporting, err := s.Store.Reporting(a, a.by, l.ID)
	if err != nil {
		return err
	}
	accepted := ""
	for _, r := range reporting.Lines {
		if !r.Asked || r.Kind == domain.EvaluationReport {
			continue
		}
		name := p.say("site.programme.report."+string(r.Kind), map[string]any{"year": r.To.Year()})
		state := p.say("site.programme.report.due", map[string]any{"day": p.longDay(r.Due)})
		if r.State == domain.ReportAccepted {
			state, accepted, d.ResultsOf = p.say("site.programme.report.accepted", nil), r.Key, name
		}
		d.Reports = append(d.Reports, [2]string{name, state})
	}
	if accepted != "" {
		f, err := s.Store.Report(a, a.by, l.ID, accepted)
		if err != nil {
			return err
		}
		d.Results = resultsOf(f)
	}
	d.Evaluation = p.evaluated(reporting.Closing.Evaluation, names)
	return nil
}

func resultsOf(f store.ReportFile) (lines []resultLine) {
	for _, i := range f.Framework.Indicators {
		target, _ := i.Target(f.Year)
		x := f.Results[i.Key]
		line := resultLine{i.Name, cmp.Or(i.Baseline, "–"), cmp.Or(target, "–"), cmp.Or(x.Value, "–"), i.Progress(x.Value, target)}
		if line.Progress != "" {
			line.Progress += " %"
		}
		lines = append(lines, line)
	}
	return lines
}

func (p page) condition(c store.ConditionFile, names map[string]domain.Called) conditionLine {
	state := string(c.State())
	if c.Overdue {
		state = "overdue"
	}
	line := conditionLine{Ref: c.Ref(), Text: c.Text, Language: c.Language, State: p.say("site.condition.state."+state, nil), Decision: c.Number, Waiver: c.Waiver}
	line.Terms = p.terms(c.ConditionTerms, cmp.Or(names[c.Owed].Short, c.Owed))
	return line
}

// terms are who has to fulfil a condition, until when, and whether money waits.
func (p page) terms(c domain.ConditionTerms, who string) string {
	due := p.say("site.condition.due."+string(c.Due), nil)
	if c.DueOn != nil {
		due = p.say("site.condition.due.day", map[string]any{"day": p.longDay(*c.DueOn)})
	}
	if c.Blocking {
		due += " · " + p.say("site.condition.blocking", nil)
	}
	if who == "" {
		return due
	}
	return who + " · " + due
}

func (p page) evaluated(f *store.EvaluationFile, names map[string]domain.Called) *evaluationLine {
	if f == nil || !f.File { // its document is what makes it everybody's
		return nil
	}
	e := &evaluationLine{Title: f.Title, Language: f.Language, Evaluator: f.Evaluator, On: p.longDay(f.CompletedOn), Findings: paragraphs(f.Findings), Answered: f.Answered != nil}
	for i, r := range f.Recommendations {
		line := recommendationLine{Text: r.Text, Overdue: f.Overdue[i+1]}
		if x := r.Answer; x != nil {
			line.Uptake, line.Reason, line.Action = p.say("site.programme.uptake."+string(x.Uptake), nil), x.Reason, x.Action
		}
		if r.Promised() {
			line.Due = p.say("site.programme.promised", map[string]any{"day": p.longDay(*r.Answer.Due), "who": cmp.Or(names[r.Answer.Code].Short, r.Answer.Code)})
			line.State = p.say("site.programme.follow-up."+cmp.Or(string(r.State()), "none"), nil)
		}
		for _, u := range slices.Backward(r.FollowUps) {
			line.FollowUps = append(line.FollowUps, followUpLine{p.longDay(u.On), p.say("site.programme.follow-up."+string(u.State), nil), u.Text, u.Language})
		}
		e.Answers = append(e.Answers, line)
	}
	return e
}
