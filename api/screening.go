package api

import (
	"fmt"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/store"
)

type screeningRequest struct {
	Version int `json:"version"` // the submission that was read
	findingRequest
	Points []pointRequest `json:"points"`
}

// findingRequest is what can be found on one as on many.
type findingRequest struct {
	Outcome string                `json:"outcome"`
	Reason  string                `json:"reason"`
	Checks  map[string]checkShape `json:"checks"`
}

type checkShape struct {
	Mark   domain.CheckMark `json:"mark"`
	Remark string           `json:"remark"`
}

type pointRequest struct {
	Field   string `json:"field"`
	Section string `json:"section"`
	Todo    string `json:"todo"`
}

// screenProposal records a finding: the outcome, the list, and what is to be mended.
func (s *Server) screenProposal(a *asked) (answer, error) {
	id, in, err := onto[screeningRequest](a)
	if err != nil {
		return answer{}, err
	}
	return s.shownProposal(a)(s.Store.ScreenProposal(a, a.ask, id, in.finding()))
}

// on is the finding about the version of a submission that was read.
func (in findingRequest) on(version int) domain.Finding {
	f := domain.Finding{Read: version, Outcome: domain.Stage(in.Outcome), Reason: in.Reason}
	if len(in.Checks) > 0 {
		f.Checks = make(map[string]domain.Checked, len(in.Checks))
		for key, c := range in.Checks {
			f.Checks[key] = domain.Checked(c)
		}
	}
	return f
}

func (in screeningRequest) finding() domain.Finding {
	f := in.on(in.Version)
	for _, p := range in.Points {
		f.Points = append(f.Points, domain.MendPoint{Field: p.Field, Section: p.Section, Todo: p.Todo})
	}
	return f
}

// screeningsView is every finding, and the rules that the next one is made by.
type screeningsView struct {
	Stage       domain.Stage    `json:"stage"`
	Checklist   []checkItemView `json:"checklist"`
	Rounds      roundsView      `json:"rounds"`
	AppealUntil *time.Time      `json:"appeal_until"`
	Findings    []findingView   `json:"findings"`
	May         []string        `json:"may"`
}

type checkItemView struct {
	Key      string        `json:"key"`
	Name     charter.Names `json:"name"`
	KnockOut bool          `json:"knock_out"`
}

type roundsView struct {
	Used    int `json:"used"`
	Allowed int `json:"allowed"`
}

type findingView struct {
	ID      uuid.UUID             `json:"id"`
	N       int                   `json:"n"`
	Finding int                   `json:"finding"`
	Outcome domain.Stage          `json:"outcome"`
	Reason  string                `json:"reason"`
	By      string                `json:"by"`
	At      time.Time             `json:"at"`
	Checks  map[string]checkShape `json:"checks"`
	Points  []pointView           `json:"points"`
	Appeal  *appealView           `json:"appeal"`
}

type pointView struct {
	ID      uuid.UUID `json:"id"`
	Field   string    `json:"field"`
	Section string    `json:"section"`
	Todo    string    `json:"todo"`
	Mended  bool      `json:"mended"`
	Note    string    `json:"note"`
}

type appealView struct {
	ID       uuid.UUID           `json:"id"`
	Reason   string              `json:"reason"`
	By       string              `json:"by"`
	At       time.Time           `json:"at"`
	Decision *appealDecisionView `json:"decision"`
}

type appealDecisionView struct {
	Upheld bool      `json:"upheld"`
	Reason string    `json:"reason"`
	By     string    `json:"by"`
	At     time.Time `json:"at"`
}

func findingOf(r store.FindingRecord) findingView {
	v := findingView{ID: r.ID, N: r.N, Finding: r.Finding, Outcome: r.Outcome, Reason: r.Reason, By: r.By, At: r.At.UTC(),
		Checks: map[string]checkShape{}, Points: []pointView{}}
	for key, c := range r.Checks {
		v.Checks[key] = checkShape(c)
	}
	for _, p := range r.Points {
		v.Points = append(v.Points, pointView{p.ID, p.Field, p.Section, p.Todo, p.Mended, p.Note})
	}
	if x := r.Appeal; x != nil {
		v.Appeal = &appealView{x.ID, x.Reason, r.Appellant, x.At.UTC(), nil}
		if d := x.Decision; d != nil {
			v.Appeal.Decision = &appealDecisionView{d.Upheld, d.Reason, r.Decider, d.At.UTC()}
		}
	}
	return v
}

func (s *Server) shownScreenings(a *asked) func(store.ScreeningFile, error) (answer, error) {
	return func(f store.ScreeningFile, err error) (answer, error) {
		if err != nil {
			return answer{}, err
		}
		v := screeningsView{Stage: f.Stage, Checklist: []checkItemView{}, Rounds: roundsView{f.Used, f.Rules.Rounds.Value}, Findings: []findingView{}, May: s.may(a.by, f.May)}
		for _, i := range f.Rules.Checklist {
			v.Checklist = append(v.Checklist, checkItemView{i.Key, i.Name.Value, i.KnockOut.Value})
		}
		for _, r := range f.Findings {
			v.Findings = append(v.Findings, findingOf(r))
		}
		if f.AppealUntil != nil {
			until := f.AppealUntil.UTC()
			v.AppealUntil = &until
		}
		return shown(v)
	}
}

func (s *Server) screenings(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	return s.shownScreenings(a)(s.Store.Screenings(a, a.by, id))
}

type mendingRequest struct {
	Mended bool   `json:"mended"`
	Note   string `json:"note"`
}

// mendPoint ticks a point off, or takes the tick back.
func (s *Server) mendPoint(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	point, err := a.id("point")
	if err != nil {
		return answer{}, err
	}
	in, err := body[mendingRequest](a)
	if err != nil {
		return answer{}, err
	}
	return s.shownScreenings(a)(s.Store.MendPoint(a, a.ask, id, point, in.Mended, in.Note))
}

type appealRequest struct {
	Reason string `json:"reason"`
}

func (s *Server) makeAppeal(a *asked) (answer, error) {
	id, in, err := onto[appealRequest](a)
	if err != nil {
		return answer{}, err
	}
	return s.shownScreenings(a)(s.Store.Appeal(a, a.ask, id, in.Reason))
}

type appealDecisionRequest struct {
	Upheld bool   `json:"upheld"`
	Reason string `json:"reason"`
}

func (s *Server) decideAppeal(a *asked) (answer, error) {
	id, in, err := onto[appealDecisionRequest](a)
	if err != nil {
		return answer{}, err
	}
	return s.shownScreenings(a)(s.Store.DecideAppeal(a, a.ask, id, in.Upheld, in.Reason))
}

type behalfRequest struct {
	Proposal     string `json:"proposal"`
	ContentHash  string `json:"content_hash"`
	Reason       string `json:"reason"`
	Reference    string `json:"reference"`
	DocumentHash string `json:"document_hash"`
}

// behalfView says openly who handed in, why, and on which paper.
type behalfView struct {
	Reason       string `json:"reason"`
	Reference    string `json:"reference"`
	DocumentHash string `json:"document_hash"`
}

// submitFor hands in what an applicant's letter names.
func (s *Server) submitFor(a *asked) (answer, error) {
	in, err := body[behalfRequest](a)
	if err != nil {
		return answer{}, err
	}
	x := domain.Behalf{Reason: in.Reason, Reference: in.Reference, DocumentHash: in.DocumentHash}
	h, err := s.Store.SubmitFor(a, a.ask, in.Proposal, x, in.ContentHash)
	if err != nil {
		return answer{}, err
	}
	return made(fmt.Sprintf("/proposals/%s/versions/%d", h.Proposal, h.N), viewOfSubmission(h.Submission), 0)
}
