package api

import (
	"bytes"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/domain/ledger"
	"startupfund/store"
)

// pipelineView is the list of today.
type pipelineView struct {
	Entries []pipelineEntryView   `json:"entries"`
	Left    []domain.PipelineGone `json:"left"`
	May     []string              `json:"may"`
}

// pipelineEntryView is an entry, and whom its facts name for a form that corrects them.
type pipelineEntryView struct {
	domain.PipelineLine
	ID              uuid.UUID   `json:"id"`
	Version         int         `json:"version"` // of its facts; 0 where they are a proposal's
	StateIDs        []uuid.UUID `json:"state_ids"`
	OrganisationIDs []uuid.UUID `json:"organisation_ids"`
	LeftOn          *time.Time  `json:"left_at"`
	LeftBy          string      `json:"left_by"`
	LeftWhy         string      `json:"left_reason"`
	May             []string    `json:"may"`
}

func (s *Server) pipelineEntryOf(a *asked, f store.PipelineFile) pipelineEntryView {
	v := pipelineEntryView{PipelineLine: f.Line, ID: f.ID, Version: f.FactsN, StateIDs: append([]uuid.UUID{}, f.Facts.States...),
		OrganisationIDs: append([]uuid.UUID{}, f.Facts.Organisations...), LeftBy: f.LeftBy, LeftWhy: string(f.LeftWhy), May: s.may(a.by, f.May)}
	if f.LeftAt != nil {
		at := f.LeftAt.UTC()
		v.LeftOn = &at
	}
	return v
}

// pipeline shows what stands in the pipeline, and what left it.
func (s *Server) pipeline(a *asked) (answer, error) {
	list, err := s.Store.Pipeline(a, a.by)
	if err != nil {
		return answer{}, err
	}
	left, err := s.Store.LeftPipeline(a, a.by)
	if err != nil {
		return answer{}, err
	}
	v := pipelineView{Entries: []pipelineEntryView{}, Left: append([]domain.PipelineGone{}, left...), May: s.may(a.by, []string{"pipeline.publish"})}
	for _, f := range list {
		v.Entries = append(v.Entries, s.pipelineEntryOf(a, f))
	}
	return shown(v)
}

func (s *Server) pipelineEntry(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	f, err := s.Store.PipelineEntry(a, a.by, id)
	if err != nil {
		return answer{}, err
	}
	return versioned(s.pipelineEntryOf(a, f), f.FactsN)
}

type pipelineFactsRequest struct {
	Title         string          `json:"title"`
	Purpose       string          `json:"purpose"`
	Language      string          `json:"language"`
	Scope         charter.Scope   `json:"scope"`
	Region        string          `json:"region"`
	States        []uuid.UUID     `json:"states"`
	Area          string          `json:"area"`
	Objectives    []int           `json:"objectives"`
	Organisations []uuid.UUID     `json:"organisations"`
	Budget        *money          `json:"budget"`
	Months        int             `json:"months"`
	Partners      []string        `json:"partners"`
	Stage         domain.Ripeness `json:"stage"`
}

func (in pipelineFactsRequest) facts(at string) (f domain.PipelineFacts, err error) {
	f = domain.PipelineFacts{Title: in.Title, Purpose: in.Purpose, Language: in.Language, Scope: in.Scope, Region: in.Region, States: in.States, Area: in.Area,
		Objectives: in.Objectives, Organisations: in.Organisations, Months: in.Months, Partners: in.Partners, Ripeness: in.Stage}
	if in.Budget != nil {
		var m ledger.Money
		if m, err = in.Budget.at(at + "/budget"); err == nil {
			f.Budget = &m
		}
	}
	return f, err
}

type pipelineCorrectionRequest struct {
	Facts  pipelineFactsRequest `json:"facts"`
	Reason string               `json:"reason"`
}

// correctPipeline replaces what is told of a programme without a proposal.
func (s *Server) correctPipeline(a *asked) (answer, error) {
	id, version, in, err := change[pipelineCorrectionRequest](a)
	if err != nil {
		return answer{}, err
	}
	f, err := in.Facts.facts("/facts")
	if err != nil {
		return answer{}, err
	}
	e, err := s.Store.CorrectPipeline(a, a.ask, id, version, f, in.Reason)
	if err != nil {
		return answer{}, err
	}
	return versioned(s.pipelineEntryOf(a, e), e.FactsN)
}

// pipelineMoveRequest is what a question does in the pipeline.
type pipelineMoveRequest struct {
	Move   domain.Direction      `json:"move"`
	Entry  *uuid.UUID            `json:"entry"`
	Reason domain.Leaving        `json:"reason"`
	Facts  *pipelineFactsRequest `json:"facts"`
}

func (in *pipelineMoveRequest) move() (*domain.PipelineMove, error) {
	if in == nil {
		return nil, nil
	}
	m := domain.PipelineMove{Move: in.Move, Reason: in.Reason}
	if in.Entry != nil {
		m.Entry = *in.Entry
	}
	if in.Facts != nil {
		f, err := in.Facts.facts("/pipeline/facts")
		if err != nil {
			return nil, err
		}
		m.Facts = &f
	}
	return &m, nil
}

// pipelineMoveView is what a question would do in the pipeline, or did.
type pipelineMoveView struct {
	Move   domain.Direction `json:"move"`
	Ref    string           `json:"ref"`   // of the entry that leaves
	Title  string           `json:"title"` // of the programme
	Reason domain.Leaving   `json:"reason"`
}

func moveOf(q domain.Question) *pipelineMoveView {
	m := q.Move
	if m == nil {
		return nil
	}
	v := pipelineMoveView{Move: m.Move, Reason: m.Reason}
	switch {
	case m.Facts != nil:
		v.Title = m.Facts.Title
	case m.Move == domain.Remove && m.Standing != nil:
		v.Ref, v.Title = m.Standing.Ref, m.Standing.Facts.Title
	}
	return &v
}

// Editions

type editionView struct {
	N           int       `json:"n"`
	PublishedOn string    `json:"published_on"`
	At          time.Time `json:"at"`
	Entries     int       `json:"entries"`
	Hash        string    `json:"content_sha256"`
}

type editionFileView struct {
	editionView
	Content domain.EditionContent `json:"content"`
	Since   differenceView        `json:"since"` // how today's list differs
}

type differenceView struct {
	Added   []namedEntryView      `json:"added"`
	Left    []domain.PipelineGone `json:"left"`
	Changed []changedEntryView    `json:"changed"`
}

type namedEntryView struct {
	Ref      string `json:"ref"`
	Title    string `json:"title"`
	Language string `json:"language"`
}

type changedEntryView struct {
	namedEntryView
	Fields []fieldChangeView `json:"fields"`
}

type fieldChangeView struct {
	Field string `json:"field"`
	Was   string `json:"was"`
	Is    string `json:"is"`
}

func editionOf(e domain.Edition) editionView {
	return editionView{e.N, e.PublishedOn, e.At.UTC(), len(e.Says.Entries), hex.EncodeToString(e.Hash)}
}

func (s *Server) editions(a *asked) (answer, error) {
	list, err := s.Store.Editions(a, a.by)
	if err != nil {
		return answer{}, err
	}
	views := []editionView{}
	for _, e := range list {
		views = append(views, editionOf(e))
	}
	return shown(views)
}

func (s *Server) anEdition(a *asked) (f store.EditionFile, err error) {
	n, err := strconv.Atoi(a.Param("n"))
	if err != nil || n < 1 || n > 1_000_000 {
		return f, domain.ErrMissing
	}
	return s.Store.Edition(a, a.by, n)
}

func (s *Server) edition(a *asked) (answer, error) {
	f, err := s.anEdition(a)
	if err != nil {
		return answer{}, err
	}
	v := editionFileView{editionOf(f.Edition), f.Says, differenceView{[]namedEntryView{}, append([]domain.PipelineGone{}, f.Since.Left...), []changedEntryView{}}}
	for _, l := range f.Since.Added {
		v.Since.Added = append(v.Since.Added, namedEntryView{l.Ref, l.Title, l.Language})
	}
	for _, c := range f.Since.Changed {
		x := changedEntryView{namedEntryView{c.Ref, c.Title, c.Language}, []fieldChangeView{}}
		for _, d := range c.Fields {
			x.Fields = append(x.Fields, fieldChangeView(d))
		}
		v.Since.Changed = append(v.Since.Changed, x)
	}
	return shown(v)
}

// editionContent gives the very bytes that were hashed.
func (s *Server) editionContent(a *asked) (answer, error) {
	f, err := s.anEdition(a)
	return answer{status: 200, raw: f.Content, media: "application/json"}, err
}

type editionRequest struct {
	Foreword string `json:"foreword"`
	Language string `json:"language"`
}

// publishPipeline makes today's list an edition.
func (s *Server) publishPipeline(a *asked) (answer, error) {
	in, err := body[editionRequest](a)
	if err != nil {
		return answer{}, err
	}
	e, err := s.Store.PublishPipeline(a, a.ask, in.Foreword, in.Language)
	if err != nil {
		return answer{}, err
	}
	return made(fmt.Sprintf("/pipeline/editions/%d", e.N), editionOf(e), 0)
}

// pipelineSheet is the list of today as a table of text.
func (s *Server) pipelineSheet(a *asked) (answer, error) {
	list, err := s.Store.Pipeline(a, a.by)
	if err != nil {
		return answer{}, err
	}
	var lines []domain.PipelineLine
	for _, f := range list {
		lines = append(lines, f.Line)
	}
	return sheetOf(a, "pipeline", lines)
}

func (s *Server) editionSheet(a *asked) (answer, error) {
	f, err := s.anEdition(a)
	if err != nil {
		return answer{}, err
	}
	return sheetOf(a, fmt.Sprintf("pipeline-edition-%d", f.N), f.Says.Entries)
}

func sheetOf(a *asked, name string, lines []domain.PipelineLine) (answer, error) {
	var b bytes.Buffer
	b.WriteString("\ufeff") // so that a spreadsheet reads it as UTF-8
	out := csv.NewWriter(&b)
	rows := [][]string{{"ref", "proposal", "title", "purpose", "language", "scope", "region", "states", "area", "objectives", "organisations", "budget", "currency",
		"months", "sdg", "partners", "stage", "entered_on", "entered_by"}}
	for _, l := range lines {
		budget, currency, months := "", "", ""
		if l.Budget != nil {
			budget, currency = l.Budget.Text(), string(l.Budget.Currency)
		}
		if l.Months > 0 {
			months = strconv.Itoa(l.Months)
		}
		rows = append(rows, []string{l.Ref, l.Proposal, l.Title, l.Purpose, l.Language, string(l.Scope), l.Region, namesIn(l.States), l.Area, numbersIn(l.Objectives),
			namesIn(l.Organisations), budget, currency, months, strings.Join(l.SDG, "; "), strings.Join(l.Partners, "; "), string(l.Stage), l.EnteredOn, l.EnteredBy})
	}
	for _, row := range rows {
		for i, cell := range row { // what a spreadsheet would take for a formula is text
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
				row[i] = "'" + cell
			}
		}
	}
	if err := out.WriteAll(rows); err != nil {
		return answer{}, err
	}
	a.Header("Content-Disposition", `attachment; filename="`+name+`.csv"`)
	return answer{status: 200, raw: b.Bytes(), media: "text/csv; charset=utf-8"}, nil
}

func namesIn(list []domain.PipelineName) string {
	names := make([]string, len(list))
	for i, n := range list {
		names[i] = n.Name
	}
	return strings.Join(names, "; ")
}

func numbersIn(list []int) string {
	texts := make([]string, len(list))
	for i, n := range list {
		texts[i] = strconv.Itoa(n)
	}
	return strings.Join(texts, ", ")
}
