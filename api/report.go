package api

import (
	"encoding/hex"
	"strconv"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	forms "startupfund/domain/form"
	"startupfund/store"
)

// reportingView is what a programme reports, and when.
type reportingView struct {
	Programme  reportedView           `json:"programme"`
	Items      []reportLineView       `json:"items"`
	Delivered  bool                   `json:"delivered"`
	Evaluation *evaluationView        `json:"evaluation"`
	Statements []closingStatementView `json:"statements"`
	May        []string               `json:"may"`
}

// reportedView is a programme as its reports name it.
type reportedView struct {
	ID       uuid.UUID             `json:"id"`
	Code     string                `json:"code"`
	Title    string                `json:"title"`
	State    domain.ProgrammeState `json:"state"`
	StartsOn *string               `json:"starts_on"`
	EndsOn   *string               `json:"ends_on"`
}

type reportLineView struct {
	Key    string            `json:"key"`
	Kind   domain.ReportKind `json:"kind"`
	From   string            `json:"from,omitempty"`
	To     string            `json:"to,omitempty"`
	DueOn  string            `json:"due_on,omitempty"`
	State  string            `json:"state"`
	CameAt *time.Time        `json:"came_at"`
	Late   int               `json:"late_days"`
	Asked  bool              `json:"asked"`
	Writes bool              `json:"writes"`
}

func reportedOf(f store.ProgrammeFile) reportedView {
	return reportedView{f.ID, f.Code, f.Title, f.State, dayText(f.StartsOn), dayText(f.EndsOn)}
}

// dayText is a day as an answer writes it; nil where it is not known.
func dayText(d *time.Time) *string {
	if d == nil {
		return nil
	}
	text := d.Format(time.DateOnly)
	return &text
}

func reportLineOf(l store.ReportLine) reportLineView {
	v := reportLineView{Key: l.Key, Kind: l.Kind, State: string(l.State), Late: l.Late, Asked: l.Asked, Writes: l.Writes}
	if l.State == "" {
		v.State = "open"
	}
	if l.Asked {
		v.From, v.To, v.DueOn = l.From.Format(time.DateOnly), l.To.Format(time.DateOnly), l.Due.Format(time.DateOnly)
	}
	if l.Came != nil {
		at := l.Came.UTC()
		v.CameAt = &at
	}
	return v
}

// reporting shows a programme's calendar of reports.
func (s *Server) reporting(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	return s.shownReporting(a)(s.Store.Reporting(a, a.by, id))
}

func (s *Server) shownReporting(a *asked) func(store.ReportingFile, error) (answer, error) {
	return func(f store.ReportingFile, err error) (answer, error) {
		if err != nil {
			return answer{}, err
		}
		v := reportingView{Programme: reportedOf(f.Programme), Items: []reportLineView{}, Delivered: f.Closing.Delivered,
			Evaluation: evaluationOf(f.Closing.Evaluation), Statements: []closingStatementView{}, May: s.may(a.by, f.May)}
		for _, l := range f.Lines {
			v.Items = append(v.Items, reportLineOf(l))
		}
		for _, share := range f.Programme.Shares {
			v.Statements = append(v.Statements, closingStatementView{share.Organisation, share.Code, f.Closing.Statements[share.Organisation]})
		}
		return shown(v)
	}
}

type dueReportView struct {
	reportLineView
	Programme  reportedView `json:"programme"`
	Convening  string       `json:"convening"`
	RemindedAt *time.Time   `json:"reminded_at"`
}

// dueReports lists what is overdue, due soon or waits to be read, of all programmes.
func (s *Server) dueReports(a *asked) (answer, error) {
	list, err := s.Store.DueReports(a, a.by)
	if err != nil {
		return answer{}, err
	}
	views := make([]dueReportView, len(list))
	for i, d := range list {
		views[i] = dueReportView{reportLineOf(d.ReportLine), reportedOf(d.Programme), d.Convening, nil}
		if d.Reminded != nil {
			at := d.Reminded.UTC()
			views[i].RemindedAt = &at
		}
	}
	return shown(views)
}

// reportView is a narrative report; of one not begun, what it is to say.
type reportView struct {
	ID        *uuid.UUID                    `json:"id"`
	Programme reportedView                  `json:"programme"`
	Key       string                        `json:"key"`
	Kind      domain.ReportKind             `json:"kind"`
	From      string                        `json:"from,omitempty"`
	To        string                        `json:"to,omitempty"`
	DueOn     string                        `json:"due_on,omitempty"`
	Late      int                           `json:"late_days"`
	State     string                        `json:"state"`
	Language  string                        `json:"language"`
	Form      int                           `json:"form"`
	Version   int                           `json:"version"`
	Results   map[string]reachedShape       `json:"results"`
	Outputs   map[string]domain.OutputState `json:"outputs"`
	Answers   domain.Answers                `json:"answers"`
	Framework []outcomeView                 `json:"framework"`
	Versions  []reportVersionView           `json:"versions"`
	Findings  []reportFindingView           `json:"findings"`
	Lacks     []lackView                    `json:"lacks"`
	May       []string                      `json:"may"`
}

type reachedShape struct {
	Value string `json:"value"`
	Note  string `json:"note"`
}

type outcomeView struct {
	Code    string       `json:"code"`
	Title   string       `json:"title"`
	Outputs []outputView `json:"outputs"`
}

type outputView struct {
	Code       string          `json:"code"`
	Title      string          `json:"title"`
	Indicators []indicatorView `json:"indicators"`
}

type indicatorView struct {
	Key          string `json:"key"`
	Name         string `json:"name"`
	Baseline     string `json:"baseline"`
	BaselineYear string `json:"baseline_year"`
	Target       string `json:"target"`
	TargetYear   int    `json:"target_year"`
	Progress     string `json:"progress"`
	Reached      bool   `json:"reached"`
}

type reportVersionView struct {
	N     int       `json:"n"`
	At    time.Time `json:"at"`
	By    string    `json:"by,omitempty"`
	DueOn string    `json:"due_on"`
	Late  int       `json:"late_days"`
	Hash  string    `json:"hash"`
}

type reportFindingView struct {
	N       int                `json:"n"`
	Outcome domain.ReportState `json:"outcome"`
	Remark  string             `json:"remark"`
	By      string             `json:"by,omitempty"`
	At      time.Time          `json:"at"`
	Points  []reportPointShape `json:"points"`
}

type reportPointShape struct {
	Section string `json:"section"`
	Todo    string `json:"todo"`
}

func (s *Server) reportView(a *asked, f store.ReportFile) reportView {
	v := reportView{Programme: reportedOf(f.ProgrammeFile), Key: f.Key, Kind: f.Due.Kind, Late: f.Late, State: string(f.State), Language: f.Language, Form: f.Form, Version: f.Version,
		Results: map[string]reachedShape{}, Outputs: f.Outputs, Answers: f.Answers, Framework: frameworkOf(f), Versions: []reportVersionView{},
		Findings: []reportFindingView{}, Lacks: []lackView{}, May: s.may(a.by, f.May)}
	if f.ID != uuid.Nil {
		v.ID = &f.ID
	} else {
		v.State, v.Form, v.Language = "open", forms.Newest("report"), "en"
	}
	if f.Due.Key != "" {
		v.From, v.To, v.DueOn = f.Due.From.Format(time.DateOnly), f.Due.To.Format(time.DateOnly), f.Due.Due.Format(time.DateOnly)
	} else {
		v.Kind = domain.AnnualReport // only a year's place in the calendar can go
	}
	if v.Outputs == nil {
		v.Outputs = map[string]domain.OutputState{}
	}
	if v.Answers == nil {
		v.Answers = domain.Answers{}
	}
	for key, x := range f.Results {
		v.Results[key] = reachedShape(x)
	}
	for _, x := range f.Versions {
		v.Versions = append(v.Versions, reportVersionView{x.N, x.At.UTC(), x.By, x.Due.Format(time.DateOnly), x.Late, hex.EncodeToString(x.Hash)})
	}
	for _, x := range f.Findings {
		points := []reportPointShape{}
		for _, p := range x.Points {
			points = append(points, reportPointShape(p))
		}
		v.Findings = append(v.Findings, reportFindingView{x.N, x.Outcome, x.Remark, x.By, x.At.UTC(), points})
	}
	words, onForm := s.Words.in(languageOf(a.Context)), (*forms.Form)(nil)
	if found, err := forms.Find("report", v.Form); err == nil {
		onForm = found
	}
	for _, p := range f.Lacks {
		section := ""
		if onForm != nil {
			section = onForm.SectionOf(p.Field)
		}
		v.Lacks = append(v.Lacks, lackView{words.item(p), section})
	}
	return v
}

// frameworkOf is the results framework with how far each indicator has come.
func frameworkOf(f store.ReportFile) []outcomeView {
	all := []outcomeView{}
	for _, o := range f.Framework.Outcomes {
		outcome := outcomeView{o.Code, o.Title, []outputView{}}
		for _, x := range o.Outputs {
			output := outputView{x.Code, x.Title, []indicatorView{}}
			for _, i := range f.Framework.Indicators {
				if i.Output == x.Code {
					target, year := i.Target(f.Year)
					value := f.Results[i.Key].Value
					output.Indicators = append(output.Indicators, indicatorView{i.Key, i.Name, i.Baseline, i.BaselineYear, target, year,
						i.Progress(value, target), i.Reached(value, target)})
				}
			}
			outcome.Outputs = append(outcome.Outputs, output)
		}
		all = append(all, outcome)
	}
	return all
}

func (s *Server) shownReport(a *asked) func(store.ReportFile, error) (answer, error) {
	return func(f store.ReportFile, err error) (answer, error) {
		if err != nil {
			return answer{}, err
		}
		return versioned(s.reportView(a, f), f.Version)
	}
}

func (s *Server) report(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	return s.shownReport(a)(s.Store.Report(a, a.by, id, a.Param("key")))
}

func (s *Server) beginReport(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	return s.shownReport(a)(s.Store.BeginReport(a, a.ask, id, a.Param("key")))
}

// reportRequest is all that a draft says; it is saved whole.
type reportRequest struct {
	Language string                        `json:"language"`
	Results  map[string]reachedShape       `json:"results"`
	Outputs  map[string]domain.OutputState `json:"outputs"`
	Answers  domain.Answers                `json:"answers"`
}

func (s *Server) saveReport(a *asked) (answer, error) {
	id, version, in, err := change[reportRequest](a)
	if err != nil {
		return answer{}, err
	}
	c := domain.ReportContent{Language: in.Language, Results: map[string]domain.Reached{}, Outputs: in.Outputs, Answers: in.Answers}
	for key, x := range in.Results {
		c.Results[key] = domain.Reached(x)
	}
	return s.shownReport(a)(s.Store.SaveReport(a, a.ask, id, a.Param("key"), version, c))
}

func (s *Server) submitReport(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	return s.shownReport(a)(s.Store.SubmitReport(a, a.ask, id, a.Param("key")))
}

type reportFindingRequest struct {
	Outcome domain.ReportState `json:"outcome"`
	Remark  string             `json:"remark"`
	Points  []reportPointShape `json:"points"`
}

// findReport accepts what was handed in, or returns it with points.
func (s *Server) findReport(a *asked) (answer, error) {
	id, in, err := onto[reportFindingRequest](a)
	if err != nil {
		return answer{}, err
	}
	var points []domain.ReportPoint
	for _, p := range in.Points {
		points = append(points, domain.ReportPoint(p))
	}
	return s.shownReport(a)(s.Store.FindReport(a, a.ask, id, a.Param("key"), in.Outcome, in.Remark, points))
}

// reportVersion gives the very bytes that were handed in and hashed.
func (s *Server) reportVersion(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	n, err := strconv.Atoi(a.Param("n"))
	if err != nil {
		return answer{}, domain.ErrMissing
	}
	v, err := s.Store.ReportText(a, a.by, id, a.Param("key"), n)
	if err != nil {
		return answer{}, err
	}
	return answer{status: 200, raw: v.Content, media: "application/json"}, nil
}
