package api

import (
	"encoding/hex"
	"fmt"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/domain/ledger"
	"startupfund/store"
)

// contentRequest is all that a draft says. What is absent is empty: a draft is
// saved whole.
type contentRequest struct {
	Title      string               `json:"title"`
	Summary    string               `json:"summary"`
	Language   string               `json:"language"`
	Scope      string               `json:"scope"`
	State      *string              `json:"state"`
	Others     []*string            `json:"other_states"`
	Area       string               `json:"area"`
	Objectives []int                `json:"objectives"`
	Markers    map[string]markShape `json:"markers"`
	Shares     []shareRequest       `json:"shares"`
	Answers    domain.Answers       `json:"answers"`
	Budget     []cellRequest        `json:"budget"`
}

type cellRequest struct {
	Organisation *string `json:"organisation"`
	Line         string  `json:"line"`
	Year         int     `json:"year"`
	Amount       money   `json:"amount"`
}

type markShape struct {
	Code   string `json:"code"`
	Reason string `json:"reason"`
}

type shareRequest struct {
	Organisation *string `json:"organisation"`
	Amount       *money  `json:"amount"`
}

// content reads a draft. It refuses what is malformed, each at its field, and
// nothing that is only missing.
func (in contentRequest) content() (domain.Content, error) {
	c := domain.Content{Title: in.Title, Summary: in.Summary, Language: in.Language, Area: in.Area, Objectives: in.Objectives,
		Markers: map[string]domain.Mark{}, Scope: charter.Scope(in.Scope), Answers: in.Answers}
	var found faults
	c.State = found.organisation(in.State, "/state")
	for i, text := range in.Others {
		if id := found.organisation(text, fmt.Sprintf("/other_states/%d", i)); id != uuid.Nil {
			c.OtherStates = append(c.OtherStates, id)
		}
	}
	for i, cell := range in.Budget {
		m, err := cell.Amount.at(fmt.Sprintf("/budget/%d/amount", i))
		found.add(err)
		c.Budget = append(c.Budget, domain.BudgetCell{Organisation: found.organisation(cell.Organisation, fmt.Sprintf("/budget/%d/organisation", i)),
			Line: cell.Line, Year: cell.Year, Amount: m})
	}
	for key, m := range in.Markers {
		c.Markers[key] = domain.Mark(m)
	}
	for i, s := range in.Shares {
		asked := domain.Asked{Organisation: found.organisation(s.Organisation, fmt.Sprintf("/shares/%d/organisation", i))}
		if s.Amount != nil && s.Amount.Amount != "" {
			m, err := s.Amount.at(fmt.Sprintf("/shares/%d/amount", i))
			found.add(err)
			asked.Amount = &m
		}
		c.Shares = append(c.Shares, asked)
	}
	return c, found.join()
}

// organisation reads an id that may be missing.
func (f *faults) organisation(text *string, field string) uuid.UUID {
	if text == nil || *text == "" {
		return uuid.Nil
	}
	id, err := uuid.Parse(*text)
	if err != nil || id.String() != *text {
		f.add(domain.ErrUnknownWord.With("given", short(*text)).At(field))
	}
	return id
}

type namedView struct {
	ID   string `json:"id"`
	Code string `json:"code"`
	Name string `json:"name"`
}

func namedIn(names map[uuid.UUID]store.Named, id uuid.UUID) *namedView {
	n, ok := names[id]
	if !ok {
		return nil
	}
	return &namedView{n.ID.String(), n.Code, n.Name}
}

// proposalLine is a proposal in a list.
type proposalLine struct {
	ID           string       `json:"id"`
	Ref          string       `json:"ref"`
	Call         string       `json:"call"`
	CallRef      string       `json:"call_ref"`
	Organisation *namedView   `json:"organisation"`
	State        *namedView   `json:"state"`
	Title        string       `json:"title"`
	Area         string       `json:"area"`
	Amount       ledger.Money `json:"amount"`
	Stage        string       `json:"stage"`
	SubmittedAt  *time.Time   `json:"submitted_at"`
	Version      int          `json:"version"`
}

type proposalView struct {
	proposalLine
	Summary        string               `json:"summary"`
	Language       string               `json:"language"`
	Phase          domain.Phase         `json:"phase"`
	Form           int                  `json:"form"`
	Scope          charter.Scope        `json:"scope"`
	OtherStates    []namedView          `json:"other_states"`
	Objectives     []int                `json:"objectives"`
	Markers        map[string]markShape `json:"markers"`
	Shares         []shareView          `json:"shares"`
	Answers        domain.Answers       `json:"answers"`
	Budget         []cellView           `json:"budget"`
	Eligibility    []eligibilityView    `json:"eligibility"`
	Due            *time.Time           `json:"due"` // of what was given back
	Endorsed       bool                 `json:"endorsed"`
	Endorsement    *endorsementView     `json:"endorsement"`
	Submission     *submissionView      `json:"submission"`
	Screening      *screeningView       `json:"screening"`
	Declining      *decliningView       `json:"declining,omitempty"`
	Reopening      *reopeningView       `json:"reopening,omitempty"`
	Change         *versionChangeView   `json:"change,omitempty"`
	CharterVersion int                  `json:"charter_version"`
	CreatedAt      time.Time            `json:"created_at"`
	UpdatedAt      time.Time            `json:"updated_at"`
	May            []string             `json:"may"`
}

type cellView struct {
	Organisation string       `json:"organisation"`
	Line         string       `json:"line"`
	Year         int          `json:"year"`
	Amount       ledger.Money `json:"amount"`
}

// eligibilityView is what was answered before the proposal was begun.
type eligibilityView struct {
	Key      string `json:"key"`
	Question string `json:"question"`
	Language string `json:"language"`
	Answer   bool   `json:"answer"`
}

type shareView struct {
	Organisation *namedView    `json:"organisation"`
	Amount       *ledger.Money `json:"amount"`
}

type endorsementView struct {
	OfThisContent bool      `json:"of_this_content"`
	Hash          string    `json:"hash"`
	Note          string    `json:"note"`
	At            time.Time `json:"at"`
}

type submissionView struct {
	N       int       `json:"n"`
	Hash    string    `json:"hash"`
	Receipt string    `json:"receipt"`
	Late    bool      `json:"late"`
	At      time.Time `json:"at"`

	Behalf *behalfView `json:"on_behalf,omitempty"` // where the secretariat handed it in for the applicant
}

type screeningView struct {
	Outcome string    `json:"outcome"`
	Reason  string    `json:"reason"`
	At      time.Time `json:"at"`
}

// decliningView says on whose word: that of a decision or, without one, of a vote
// that fell.
type decliningView struct {
	Decision string    `json:"decision,omitempty"`
	Reason   string    `json:"reason"`
	At       time.Time `json:"at"`
}

// reopeningView is why a version that was eligible was given back.
type reopeningView struct {
	Version int       `json:"version"`
	Reason  string    `json:"reason"`
	At      time.Time `json:"at"`
}

// versionChangeView is what the last submission says otherwise than the one before,
// and from which on scores and questions count for it.
type versionChangeView struct {
	Version      int      `json:"version"`
	Changed      []string `json:"changed"`
	Material     bool     `json:"material"`
	AssessedFrom int      `json:"assessed_from"`
}

func lineOf(f store.ProposalFile) proposalLine {
	v := proposalLine{ID: f.ID.String(), Ref: f.Ref, Call: f.Call.String(), CallRef: f.CallRef, Organisation: namedIn(f.Named, f.Organisation),
		State: namedIn(f.Named, f.State), Title: f.Title, Area: f.Area, Amount: f.Amount(), Stage: string(f.Stage), Version: f.Version}
	if f.SubmittedAt != nil {
		at := f.SubmittedAt.UTC()
		v.SubmittedAt = &at
	}
	return v
}

func (s *Server) proposalView(a *asked, f store.ProposalFile) proposalView {
	v := proposalView{proposalLine: lineOf(f), Summary: f.Summary, Language: f.Language, Objectives: append([]int{}, f.Objectives...),
		Phase: f.Phase, Form: f.Form, Scope: f.Scope, OtherStates: []namedView{}, Answers: f.Answers, Budget: []cellView{},
		Markers: map[string]markShape{}, Shares: []shareView{}, Endorsed: f.Endorsed, Due: utc(f.Due), CharterVersion: f.CharterVersion,
		CreatedAt: f.CreatedAt.UTC(), UpdatedAt: f.UpdatedAt.UTC(), May: s.may(a.by, f.May)}
	v.Eligibility = []eligibilityView{}
	for _, e := range f.Eligibility {
		v.Eligibility = append(v.Eligibility, eligibilityView(e))
	}
	for key, m := range f.Markers {
		v.Markers[key] = markShape(m)
	}
	if v.Answers == nil {
		v.Answers = domain.Answers{}
	}
	for _, id := range f.OtherStates {
		if n := namedIn(f.Named, id); n != nil {
			v.OtherStates = append(v.OtherStates, *n)
		}
	}
	for _, cell := range f.Budget {
		v.Budget = append(v.Budget, cellView{cell.Organisation.String(), cell.Line, cell.Year, cell.Amount})
	}
	for _, sh := range f.Shares {
		v.Shares = append(v.Shares, shareView{namedIn(f.Named, sh.Organisation), sh.Amount})
	}
	if e := f.Endorsement; e != nil {
		v.Endorsement = &endorsementView{f.Endorsed, hex.EncodeToString(e.Hash), e.Note, e.At.UTC()}
	}
	if f.Last != nil {
		last := viewOfSubmission(*f.Last)
		v.Submission = &last
	}
	if sc := f.Screening; sc != nil {
		v.Screening = &screeningView{string(sc.Outcome), sc.Reason, sc.At.UTC()}
	}
	if r := f.Reopening; r != nil {
		v.Reopening = &reopeningView{r.N, r.Reason, r.At.UTC()}
	}
	if c := f.Change; c != nil {
		v.Change = &versionChangeView{c.N, c.Changed, c.Material(), c.AssessedFrom}
	}
	if d := f.Declining; d != nil {
		v.Declining = &decliningView{d.Number, d.Reason, d.At.UTC()}
	}
	return v
}

func viewOfSubmission(v domain.Submission) submissionView {
	out := submissionView{v.N, hex.EncodeToString(v.Hash), v.Receipt, v.Late, v.At.UTC(), nil}
	if b := v.Behalf; b != nil {
		out.Behalf = &behalfView{b.Reason, b.Reference, b.DocumentHash}
	}
	return out
}
