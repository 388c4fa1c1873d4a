package domain

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/ledger"
	"startupfund/domain/problem"
)

var (
	ErrInPipeline    = problem.New(problem.Conflict, "in-the-pipeline-already")
	ErrNotInPipeline = problem.New(problem.Conflict, "not-in-the-pipeline")
	ErrMoveNotHere   = problem.New(problem.Invalid, "moves-belong-to-the-pipeline") // of a question of another kind
	ErrOwnFacts      = problem.New(problem.Conflict, "facts-come-from-the-proposal")
)

// Direction is what a question of the pipeline does to the list, once adopted.
type Direction string

const (
	Enter  Direction = "enter"
	Remove Direction = "leave"
)

// Leaving is why a programme left the pipeline.
type Leaving string

const (
	LeftFunded     Leaving = "funded"           // by this fund: the grant's own decision takes it off
	LeftElsewhere  Leaving = "funded-elsewhere" // by another source
	LeftWithdrawn  Leaving = "withdrawn"        // by those who proposed it
	LeftSuperseded Leaving = "superseded"       // another programme takes its place
	LeftNotPursued Leaving = "not-pursued"      // the body does not go on with it
)

// leavings are those that a question may give; LeftFunded follows from a grant.
var leavings = []Leaving{LeftElsewhere, LeftWithdrawn, LeftSuperseded, LeftNotPursued}

// Ripeness is how far a programme in the pipeline is written.
type Ripeness string

const (
	RipeNote      Ripeness = "concept-note"
	RipeWriting   Ripeness = "in-preparation"     // its joint programme document is being written
	RipeDocument  Ripeness = "document-submitted" // and waits for money
	RipeWithdrawn Ripeness = "withdrawn"          // its applicant took it back: the body has not taken it off yet
	RipeDeclined  Ripeness = "declined"           // the body does not take it up, and has not taken it off yet
)

// tellable are those that somebody may say of a programme without a proposal.
var tellable = []Ripeness{RipeNote, RipeWriting, RipeDocument}

// PipelineFacts are what the pipeline says of a programme. Those of a proposal are
// what its last submission says that was found eligible; others are told with the
// question, and corrected by the secretariat.
type PipelineFacts struct {
	Title, Purpose string
	Language       string // of both
	Scope          charter.Scope
	Region         string // of a regional programme, where it has a name
	States         []uuid.UUID
	Area           string
	Objectives     []int
	Organisations  []uuid.UUID // the convening one first
	Budget         *ledger.Money
	Months         int      // of duration; 0 while not known
	SDG            []string // goals "8", targets "10.7"
	Partners       []string // national: ministries, local governments
	Ripeness       Ripeness
}

// PipelineMove is a question's part in the pipeline.
type PipelineMove struct {
	Move   Direction
	Entry  uuid.UUID      // the one that leaves
	Reason Leaving        // why it does
	Facts  *PipelineFacts // of one that enters without a proposal
	// Standing is the entry that leaves, or the one that the proposal has already.
	Standing *PipelineEntry
	Kinds    map[uuid.UUID]string // of the organisations that the facts name
}

// PipelineEntry is a programme's stay in the pipeline, from one decision to another.
type PipelineEntry struct {
	ID         uuid.UUID
	Ref        string // "PL-2026-003"
	Proposal   uuid.UUID
	Applicant  uuid.UUID // the organisation that proposed it; Nil without a proposal
	Submission int       // of the proposal, that the facts are from
	Facts      PipelineFacts
	FactsN     int // how often they were told or corrected; 0 of a proposal's
	EnteredAt  time.Time
	EnteredBy  string // number of the decision
	LeftAt     *time.Time
	LeftBy     string
	LeftWhy    Leaving
}

// PipelineRef names the nth entry of a year.
func PipelineRef(year int, n int64) string { return fmt.Sprintf("PL-%d-%03d", year, n) }

// Stakes are the interests of an organisation that follow from what the entry says.
func (e PipelineEntry) Stakes(kin Kin, organisation uuid.UUID) (kinds []charter.InterestKind) {
	if kin.Same(e.Applicant, organisation) {
		kinds = append(kinds, charter.OwnOrganisation)
	}
	return append(kinds, e.Facts.stakes(kin, organisation)...)
}

func (f PipelineFacts) stakes(kin Kin, organisation uuid.UUID) (kinds []charter.InterestKind) {
	if kin.Among(f.States, organisation) {
		kinds = append(kinds, charter.OwnState)
	}
	if kin.Among(f.Organisations, organisation) {
		kinds = append(kinds, charter.ImplementingPartner)
	}
	return kinds
}

// stakes are the interests of an organisation in what the move is about.
func (m *PipelineMove) stakes(kin Kin, organisation uuid.UUID) []charter.InterestKind {
	switch {
	case m == nil:
		return nil
	case m.Move == Remove && m.Standing != nil:
		return m.Standing.Stakes(kin, organisation)
	case m.Facts != nil:
		return m.Facts.stakes(kin, organisation)
	}
	return nil
}

// moves checks what a question says about the pipeline, and gives it its move: a
// proposal that is named enters.
func (q Question) moves(c charter.Charter) (*PipelineMove, error) {
	m := q.Move
	if q.Kind != charter.Pipeline {
		if m != nil {
			return nil, ErrMoveNotHere.At("/pipeline")
		}
		return nil, nil
	}
	if q.Proposal != uuid.Nil {
		if m == nil {
			m = &PipelineMove{}
		}
		if m.Move == Remove || m.Facts != nil {
			return nil, ErrOwnFacts.At("/pipeline")
		}
		m.Move = Enter
		return m, m.decidable()
	}
	if m == nil {
		return nil, nil // a word on the pipeline that moves nothing
	}
	switch m.Move {
	case Enter:
		if m.Facts == nil {
			return nil, ErrRequired.At("/proposal")
		}
		m.Entry, m.Reason = uuid.Nil, ""
		f, wrong := m.Facts.tidy(c, m.Kinds, "/pipeline/facts")
		m.Facts = &f
		return m, problem.Join(wrong)
	case Remove:
		m.Facts = nil
		switch {
		case m.Entry == uuid.Nil:
			return nil, ErrRequired.At("/pipeline/entry")
		case m.Standing == nil:
			return nil, ErrUnknownWord.With("given", m.Entry.String()).At("/pipeline/entry")
		case m.Reason == "":
			return nil, ErrRequired.At("/pipeline/reason")
		case !slices.Contains(leavings, m.Reason):
			return nil, ErrUnknownWord.With("given", clip(string(m.Reason))).At("/pipeline/reason")
		}
		return m, m.decidable()
	}
	return nil, ErrUnknownWord.With("given", clip(string(m.Move))).At("/pipeline/move")
}

// decidable refuses a move that was made by another decision in the meantime.
func (m *PipelineMove) decidable() error {
	switch {
	case m == nil:
		return nil
	case m.Move == Enter && m.Standing != nil:
		return ErrInPipeline.With("entry", m.Standing.Ref).At("/proposal")
	case m.Move == Remove && m.Standing.LeftAt != nil:
		return ErrNotInPipeline.With("entry", m.Standing.Ref, "decision", m.Standing.LeftBy).At("/pipeline/entry")
	}
	return nil
}

// Bounds, in characters; no rules of the fund.
const (
	longestRegion  = 200
	mostPartners   = 50
	longestMonths  = 600
	longestPartner = 300
)

// tidy lists everything that is wrong with facts that somebody tells, each at its
// field, and puts them in one form.
func (f PipelineFacts) tidy(c charter.Charter, kinds map[uuid.UUID]string, at string) (PipelineFacts, []problem.Problem) {
	f.Title, f.Region = strings.TrimSpace(f.Title), strings.TrimSpace(f.Region)
	found := written(f.Title, at+"/title", c.Proposals.TitleCharacters.Value)
	found = append(found, written(f.Purpose, at+"/purpose", c.Proposals.SummaryCharacters.Value)...)
	found = append(found, spoken(f.Language, at+"/language")...)
	found = append(found, bounded(f.Region, at+"/region", longestRegion)...)
	add := func(err problem.Problem, field string) { found = append(found, err.At(at+field)) }
	if f.Scope == "" {
		f.Scope = charter.National
	}
	if !slices.Contains([]charter.Scope{charter.National, charter.Regional, charter.Global}, f.Scope) {
		add(ErrUnknownWord.With("given", clip(string(f.Scope))), "/scope")
	}
	if len(f.States) == 0 && f.Scope == charter.National {
		add(ErrRequired, "/states")
	}
	for _, id := range f.States {
		if kinds[id] != "state" {
			add(ErrNotAState.With("organisation", id.String()), "/states")
		}
	}
	area, known := c.Area(f.Area)
	switch {
	case f.Area == "":
		add(ErrRequired, "/area")
	case !known:
		add(ErrUnknownWord.With("given", clip(f.Area)), "/area")
	}
	f.Objectives = slices.Clone(f.Objectives)
	slices.Sort(f.Objectives)
	f.Objectives = slices.Compact(f.Objectives)
	for _, o := range f.Objectives {
		switch {
		case o < 1 || o > charter.Objectives:
			add(ErrUnknownWord.With("given", fmt.Sprint(o)), "/objectives")
		case known && !slices.Contains(area.Objectives.Value, o):
			add(ErrOtherArea.With("objective", o, "area", f.Area), "/objectives")
		}
	}
	if len(f.Organisations) == 0 {
		add(ErrRequired, "/organisations")
	}
	for _, id := range f.Organisations {
		if kinds[id] != "un" {
			add(ErrNotUN.With("organisation", id.String()), "/organisations")
		}
	}
	if b, currency := f.Budget, c.Fund.Currency.Value.Currency; b != nil {
		switch {
		case b.Currency != currency:
			add(ledger.ErrOtherMoney.With("currency", string(b.Currency), "books", string(currency)), "/budget")
		case !b.IsPositive():
			add(ledger.ErrNotPositive.With("amount", *b), "/budget")
		}
	}
	if f.Months < 0 || f.Months > longestMonths {
		add(ErrUnknownWord.With("given", fmt.Sprint(f.Months)), "/months")
	}
	if len(f.Partners) > mostPartners {
		add(ErrTooMuch.With("limit", mostPartners), "/partners")
	}
	for _, p := range f.Partners {
		found = append(found, written(p, at+"/partners", longestPartner)...)
	}
	if f.Ripeness == "" {
		f.Ripeness = RipeNote
	}
	if !slices.Contains(tellable, f.Ripeness) {
		add(ErrUnknownWord.With("given", clip(string(f.Ripeness))), "/stage")
	}
	f.SDG = nil // told by a proposal's form alone
	return f, found
}

// InPipeline are the facts of a proposal in the pipeline: what a submission says,
// and how far the proposal is.
func (c Content) InPipeline(phase Phase, stage Stage) PipelineFacts {
	amount := c.Amount()
	f := PipelineFacts{Title: c.Title, Purpose: c.Summary, Language: c.Language, Scope: c.Scope, States: c.States(), Area: c.Area,
		Objectives: c.Objectives, Budget: &amount, Ripeness: ripeness(phase, stage), Months: c.Answers.number("months"),
		SDG: append(c.Answers.texts("sdg_goals"), c.Answers.texts("sdg_targets")...), Partners: c.Answers.names("government_partners")}
	if f.Scope == "" {
		f.Scope = charter.National
	}
	for _, s := range c.Shares {
		if s.Organisation != uuid.Nil && !slices.Contains(f.Organisations, s.Organisation) {
			f.Organisations = append(f.Organisations, s.Organisation)
		}
	}
	return f
}

func ripeness(phase Phase, stage Stage) Ripeness {
	switch {
	case stage == Withdrawn:
		return RipeWithdrawn
	case stage == Declined || stage == Ineligible:
		return RipeDeclined
	case phase != Document:
		return RipeNote
	case stage == Draft || stage == Returned:
		return RipeWriting
	}
	return RipeDocument
}

// CorrectFacts replaces what the pipeline says of a programme without a proposal:
// how far it is, its budget, a name. What the body decided on stays on record.
func (e PipelineEntry) CorrectFacts(c charter.Charter, f PipelineFacts, kinds map[uuid.UUID]string, reason string) (PipelineFacts, error) {
	switch {
	case e.LeftAt != nil:
		return f, ErrNotInPipeline.With("entry", e.Ref, "decision", e.LeftBy)
	case e.Proposal != uuid.Nil:
		return f, ErrOwnFacts
	}
	f, wrong := f.tidy(c, kinds, "/facts")
	return f, problem.Join(append(wrong, written(reason, "/reason", longestReason)...))
}

// May lists what by can do to the entry now.
func (e PipelineEntry) May(by Actor) []string {
	if by.Hat.Role == Secretariat && e.LeftAt == nil && e.Proposal == uuid.Nil {
		return []string{"pipeline.correct"}
	}
	return nil
}

// number is what the answer to a form's field counts; 0 where there is none.
func (a Answers) number(key string) int {
	n, _ := strconv.Atoi(fmt.Sprint(a[key]))
	return n
}

// texts are the members of an answer that is a list of texts.
func (a Answers) texts(key string) (list []string) {
	members, _ := a[key].([]any)
	for _, m := range members {
		if s, ok := m.(string); ok {
			list = append(list, s)
		}
	}
	return list
}

// names are those of the records in an answer that is a list of them.
func (a Answers) names(key string) (list []string) {
	members, _ := a[key].([]any)
	for _, m := range members {
		if r, ok := m.(map[string]any); ok {
			if s, ok := r["name"].(string); ok && s != "" {
				list = append(list, s)
			}
		}
	}
	return list
}
