package domain

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/form"
	"startupfund/domain/ledger"
	"startupfund/domain/problem"
)

var (
	// ErrNotDue refuses a report that the programme's calendar does not have.
	ErrNotDue = problem.New(problem.Missing, "report-not-asked")
	// ErrReportState refuses an act on a report that is not where it would have to be.
	ErrReportState = problem.New(problem.Conflict, "wrong-report-state")
	// ErrTooEarly refuses a report before the last day that it is about. It names the day.
	ErrTooEarly = problem.New(problem.Conflict, "report-too-early")
	// ErrNoIndicator refuses a value for what the decided document does not measure.
	ErrNoIndicator = problem.New(problem.Invalid, "no-such-indicator")
	// ErrShortfall asks a word on an indicator that has not reached its target.
	ErrShortfall = problem.New(problem.Invalid, "shortfall-not-explained")
	// ErrNotDone refuses a final report that leaves an output under way.
	ErrNotDone = problem.New(problem.Invalid, "output-left-under-way")
)

// ReportState is how far a narrative report has come.
type ReportState string

const (
	ReportDraft     ReportState = "draft"
	ReportSubmitted ReportState = "submitted"
	ReportReturned  ReportState = "returned" // with points; may be changed and handed in again
	ReportAccepted  ReportState = "accepted"
)

// OutputState is how far an output of the programme has come.
type OutputState string

const (
	OutputAhead   OutputState = "not-begun"
	OutputOngoing OutputState = "under-way"
	OutputDone    OutputState = "delivered"
	OutputDropped OutputState = "dropped"
)

var outputStates = []OutputState{OutputAhead, OutputOngoing, OutputDone, OutputDropped}

// Reached is what one indicator has come to, and why it is not what was planned.
type Reached struct {
	Value string // a decimal figure; "" while it is not known
	Note  string
}

// ReportContent is what a narrative report says. In a draft any of it may be missing.
type ReportContent struct {
	Language string                 // one of charter.Languages
	Results  map[string]Reached     // by the indicator's key
	Outputs  map[string]OutputState // by the output's number
	Answers  Answers                // to the form of reports
}

// Report is a narrative report of a programme.
type Report struct {
	ID        uuid.UUID
	Programme uuid.UUID
	Key       string // in the programme's calendar
	ReportContent
	Form       int // version of the form on which it was begun
	State      ReportState
	Submission int // the newest frozen version; 0 before the first
	Version    int
	CreatedAt  time.Time
	UpdatedAt  time.Time
}

// ReportFinding is the secretariat's word on a version.
type ReportFinding struct {
	N       int // of the version
	Outcome ReportState
	Remark  string
	Points  []ReportPoint // what is to be mended
	Person  uuid.UUID
	At      time.Time
}

// ReportPoint is one thing to mend.
type ReportPoint struct{ Section, Todo string }

// ReportCase is what a report is judged by, beside what it says itself.
type ReportCase struct {
	Programme Programme
	Proposal  Proposal
	Run       Run
	Due       ReportDue
	Framework Framework
	Charter   charter.Charter
	Files     []Attachment // those that stand
	Late      int          // days by which the first version came late; of none yet 0
	Writers   []uuid.UUID  // who began the report, and who handed it in
}

// Year is which year of the programme's targets the report is held against: the
// last for the final one.
func (g ReportCase) Year() int {
	if g.Due.Kind == FinalReport {
		return 1 << 20
	}
	return g.Run.Year(g.Due.To)
}

// Convenes tells whether the hat is the convening organisation's: the first that
// asked for money.
func (p Proposal) Convenes(by Hat) bool {
	return by.Role == Applicant && by.Organisation != uuid.Nil && len(p.Shares) > 0 && p.Shares[0].Organisation == by.Organisation
}

// Reporting refuses, as missing, whoever has nothing to do with the programme's
// reports, and by their part in the team whoever has another in it. The convening
// organisation's people answer for the programme, whether of the team or not.
func (p Proposal) Reporting(by Actor, roles ...TeamRole) error {
	switch {
	case p.Convenes(by.Hat):
		return nil
	case by.Hat.Role == Applicant && p.Insider(by):
		return p.worked(by, roles...)
	}
	return ErrMissing
}

// SeesReports tells which reports somebody sees: those being written too, those
// handed in, or those accepted alone.
func (p Proposal) SeesReports(by Actor) ReportState {
	switch {
	case p.Insider(by) || p.Convenes(by.Hat):
		return ReportDraft
	case by.Hat.Role == Secretariat || by.Hat.Role == Coordinator || by.Hat.Role == Member ||
		by.Hat.Role == PUNO && slices.ContainsFunc(p.Shares, func(s Asked) bool { return s.Organisation == by.Hat.Organisation }):
		return ReportSubmitted
	}
	return ReportAccepted
}

// reportForm is the form on which reports are begun.
func reportForm(version int) (*form.Form, error) { return form.Find("report", version) }

// BeginReport makes the draft of a report that the calendar has.
func BeginReport(id uuid.UUID, by Actor, g ReportCase, at time.Time) (Report, error) {
	if err := g.Proposal.Reporting(by, Lead, Editor); err != nil {
		return Report{}, err
	}
	if g.Due.Key == "" || g.Due.Kind == EvaluationReport {
		return Report{}, ErrNotDue
	}
	if g.Charter.Day(at).Before(g.Due.From) {
		return Report{}, ErrTooEarly.With("day", g.Due.To)
	}
	language := g.Proposal.Language
	if language == "" {
		language = charter.Languages[0]
	}
	return Report{ID: id, Programme: g.Programme.ID, Key: g.Due.Key, ReportContent: ReportContent{Language: language},
		Form: form.Newest("report"), State: ReportDraft, Version: 1, CreatedAt: at, UpdatedAt: at}, nil
}

// Editable refuses a change of what was handed in and not given back.
func (r Report) Editable() error { return r.in(ReportDraft, ReportReturned) }

func (r Report) in(states ...ReportState) error {
	if slices.Contains(states, r.State) {
		return nil
	}
	return ErrReportState.With("state", string(r.State))
}

// Save takes new content for what is not, or no longer, handed in. It may be
// incomplete; only what could not be kept is refused.
func (r *Report) Save(by Actor, g ReportCase, c ReportContent, at time.Time) error {
	if err := cmp.Or(g.Proposal.Reporting(by, Lead, Editor), r.Editable()); err != nil {
		return err
	}
	f, err := reportForm(r.Form)
	if err != nil {
		return err
	}
	found := spoken(c.Language, "/language")
	tidied, wrong := f.Tidy(c.Answers)
	c.Answers, found = tidied, append(found, wrong...)
	results := map[string]Reached{}
	for _, key := range slices.Sorted(maps.Keys(c.Results)) {
		at := "/results/" + pointer(key)
		if _, known := g.Framework.Indicator(key); !known {
			found = append(found, ErrNoIndicator.With("given", clip(key)).At(at))
		}
		x := Reached{strings.TrimSpace(c.Results[key].Value), strings.TrimSpace(c.Results[key].Note)}
		found = append(found, bounded(x.Value, at+"/value", 60)...)
		found = append(found, bounded(x.Note, at+"/note", longestNote)...)
		if x != (Reached{}) {
			results[key] = x
		}
	}
	known := map[string]bool{}
	for _, o := range g.Framework.Outputs() {
		known[o.Code] = true
	}
	outputs := map[string]OutputState{}
	for _, code := range slices.Sorted(maps.Keys(c.Outputs)) {
		switch state := c.Outputs[code]; {
		case !known[code], state != "" && !slices.Contains(outputStates, state):
			found = append(found, ErrUnknownWord.With("given", clip(string(state))).At("/outputs/"+pointer(code)))
		case state != "":
			outputs[code] = state
		}
	}
	if err := problem.Join(found); err != nil {
		return err
	}
	c.Results, c.Outputs = results, outputs
	r.ReportContent, r.UpdatedAt = c, at
	return nil
}

// Lacks lists everything for which handing it in would be refused now; nothing
// for what is not being written.
func (r Report) Lacks(g ReportCase, at time.Time) []problem.Problem {
	if r.Editable() != nil {
		return nil
	}
	if g.Due.Key == "" { // the programme's days moved, and its time is another report's now
		return []problem.Problem{ErrNotDue}
	}
	var found []problem.Problem
	if !g.Charter.Day(at).After(g.Due.To) {
		found = append(found, ErrTooEarly.With("day", g.Due.To))
	}
	f, err := reportForm(r.Form)
	if err != nil {
		return append(found, form.ErrNoForm.With("phase", "report", "version", r.Form))
	}
	found = append(found, r.lacksResults(g)...)
	found = append(found, f.Lacks(form.Subject{Answers: r.Answers, Amount: ledger.Zero(ledger.USD), Rules: g.Charter.Proposals})...)
	if g.Due.Kind == FinalReport && textOf(r.Answers["afterwards"]) == "" {
		found = append(found, ErrRequired.At("/answers/afterwards"))
	}
	for _, a := range g.Files {
		if a.Arrived == nil {
			found = append(found, ErrUnfinished.With("name", a.Name).At("/attachments"))
		}
	}
	return found
}

// lacksResults asks a figure for each indicator, a word on each that is short of
// its target, and the state of each output.
func (r Report) lacksResults(g ReportCase) (found []problem.Problem) {
	for _, i := range g.Framework.Indicators {
		x, at := r.Results[i.Key], "/results/"+pointer(i.Key)
		target, _ := i.Target(g.Year())
		switch {
		case x.Value == "":
			found = append(found, ErrRequired.At(at+"/value"))
		case figureOf(x.Value) == nil:
			found = append(found, form.ErrFigure.With("given", clip(x.Value)).At(at+"/value"))
		case target != "" && !i.Reached(x.Value, target) && x.Note == "":
			found = append(found, ErrShortfall.With("value", x.Value, "target", target).At(at+"/note"))
		}
	}
	for _, o := range g.Framework.Outputs() {
		switch state := r.Outputs[o.Code]; {
		case state == "":
			found = append(found, ErrRequired.At("/outputs/"+pointer(o.Code)))
		case g.Due.Kind == FinalReport && state != OutputDone && state != OutputDropped:
			found = append(found, ErrNotDone.With("output", o.Code).At("/outputs/"+pointer(o.Code)))
		}
	}
	return found
}

// Submit freezes the content as the next version, or says everything that stands
// in the way at once. How late it is, the first version says: what was given back
// and comes again is not late by that.
func (r *Report) Submit(by Actor, g ReportCase, at time.Time) (ReportVersion, error) {
	if err := cmp.Or(g.Proposal.Reporting(by, Lead), r.Editable(), problem.Join(r.Lacks(g, at))); err != nil {
		return ReportVersion{}, err
	}
	late := g.Late
	if r.Submission == 0 {
		late = g.Due.Late(g.Charter.Day(at))
	}
	r.State, r.UpdatedAt = ReportSubmitted, at
	r.Submission++
	content, hash := r.canonical(g)
	return ReportVersion{N: r.Submission, Content: content, Hash: hash, Due: g.Due.Due, Late: late, Person: by.Person, At: at}, nil
}

// Find records the secretariat's word on what was handed in: accepted, or returned
// with what is to be mended.
func (r *Report) Find(by Actor, g ReportCase, outcome ReportState, remark string, points []ReportPoint, at time.Time) (ReportFinding, error) {
	if err := r.findable(by, g); err != nil {
		return ReportFinding{}, err
	}
	found := bounded(remark, "/remark", longestReason)
	f, err := reportForm(r.Form)
	if err != nil {
		return ReportFinding{}, err
	}
	switch outcome {
	case ReportAccepted:
		if len(points) > 0 {
			found = append(found, ErrUnknownWord.With("given", string(outcome)).At("/outcome"))
		}
	case ReportReturned:
		if len(points) == 0 {
			found = append(found, ErrRequired.At("/points"))
		}
	default:
		found = append(found, ErrUnknownWord.With("given", clip(string(outcome))).At("/outcome"))
	}
	if len(points) > mostPoints {
		found = append(found, ErrTooMuch.With("limit", mostPoints).At("/points"))
	}
	for i, p := range points {
		at := fmt.Sprintf("/points/%d", i)
		if _, known := f.Section(p.Section); !known {
			found = append(found, ErrUnknownWord.With("given", clip(p.Section)).At(at+"/section"))
		}
		found = append(found, written(p.Todo, at+"/todo", longestReason)...)
	}
	if err := problem.Join(found); err != nil {
		return ReportFinding{}, err
	}
	r.State, r.UpdatedAt = outcome, at
	return ReportFinding{N: r.Submission, Outcome: outcome, Remark: strings.TrimSpace(remark), Points: points, Person: by.Person, At: at}, nil
}

// findable asks for another person than wrote the report, or works on its proposal, or has.
func (r Report) findable(by Actor, g ReportCase) error {
	if err := r.in(ReportSubmitted); err != nil {
		return err
	}
	if slices.Contains(g.Writers, by.Person) {
		return ErrWorkedOn.With("ref", g.Proposal.Ref)
	}
	return g.Proposal.apart(by)
}

// May lists the acts that a person under this hat can do to the report now, by the
// same rules as the acts themselves.
func (r Report) May(by Actor, g ReportCase, at time.Time) []string {
	var may []string
	can := func(act string, err error) {
		if err == nil {
			may = append(may, act)
		}
	}
	copied := r
	can("report.save", cmp.Or(g.Proposal.Reporting(by, Lead, Editor), r.Editable()))
	_, err := copied.Submit(by, g, at)
	can("report.submit", err)
	if by.Hat.Role == Secretariat {
		can("report.find", r.findable(by, g))
	}
	return may
}
