package api

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/ledger"
	"startupfund/store"
)

type changeRequest struct {
	Kind     domain.ChangeKind   `json:"kind"`
	Reason   string              `json:"reason"`
	Language string              `json:"language"`
	EndsOn   *string             `json:"ends_on"`
	Shares   []grantShareRequest `json:"shares"`
	Budget   []cellRequest       `json:"budget"`
}

func (in changeRequest) change() (x domain.ChangeRequest, err error) {
	x = domain.ChangeRequest{Kind: in.Kind, Reason: in.Reason, Language: in.Language}
	if x.EndsOn, err = optionalDay(in.EndsOn, "/ends_on"); err != nil {
		return x, err
	}
	for n, s := range in.Shares {
		m, err := s.Amount.at(fmt.Sprintf("/shares/%d/amount", n))
		if err != nil {
			return x, err
		}
		x.After.Shares = append(x.After.Shares, domain.GrantShare{Organisation: s.Organisation, Amount: m})
	}
	for n, c := range in.Budget {
		at := fmt.Sprintf("/budget/%d", n)
		m, err := c.Amount.at(at + "/amount")
		if err != nil {
			return x, err
		}
		cell := domain.BudgetCell{Line: c.Line, Year: c.Year, Amount: m}
		if c.Organisation != nil {
			if cell.Organisation, err = uuid.Parse(*c.Organisation); err != nil {
				return x, errType.With("wanted", "id").At(at + "/organisation")
			}
		}
		x.After.Budget = append(x.After.Budget, cell)
	}
	return x, nil
}

// changeView is a request for a change of a programme, with what it waits for.
type changeView struct {
	ID             uuid.UUID    `json:"id"`
	Ref            string       `json:"ref"`
	Programme      partyView    `json:"programme"`
	Title          string       `json:"title"` // the programme's
	Kind           string       `json:"kind"`
	State          string       `json:"state"`
	WaitsFor       string       `json:"waits_for,omitempty"`
	Reason         string       `json:"reason"`
	Language       string       `json:"language"`
	EndsOn         *string      `json:"ends_on"`
	Before         *planView    `json:"before,omitempty"`
	After          *planView    `json:"after,omitempty"`
	Moved          []movedView  `json:"moved,omitempty"`
	Drift          []driftView  `json:"drift,omitempty"`
	Beyond         bool         `json:"beyond"`
	Late           bool         `json:"late"`
	By             string       `json:"by"`
	Organisation   string       `json:"organisation"`
	At             time.Time    `json:"at"`
	SettledAt      *time.Time   `json:"settled_at"`
	Agenda         *agendumView `json:"agenda,omitempty"`
	Decision       string       `json:"decision,omitempty"`
	CharterVersion int          `json:"charter_version"`
	Version        int          `json:"version"`
	May            []string     `json:"may"`
}

type planView struct {
	Shares []grantShareView `json:"shares"`
	Budget []planCellView   `json:"budget"`
}

type planCellView struct {
	Organisation uuid.UUID    `json:"organisation"`
	Line         string       `json:"line"`
	Year         int          `json:"year"`
	Amount       ledger.Money `json:"amount"`
}

// movedView is what a line of the budget had and gets.
type movedView struct {
	Line   string       `json:"line"`
	Before ledger.Money `json:"before"`
	After  ledger.Money `json:"after"`
	Share  string       `json:"share"`
	Beyond bool         `json:"beyond"`
}

// driftView is what a share or a line was when the body last decided, and comes to.
type driftView struct {
	Organisation string       `json:"organisation,omitempty"` // code; of a share
	Line         string       `json:"line,omitempty"`
	Decided      ledger.Money `json:"decided"`
	Amount       ledger.Money `json:"amount"`
	Share        string       `json:"share"`
	Beyond       bool         `json:"beyond"`
}

func driftOf(moves []domain.Moved, codes map[uuid.UUID]string) []driftView {
	drift := []driftView{}
	for _, m := range moves {
		drift = append(drift, driftView{codes[m.Organisation], m.Line, m.Before, m.After, m.Share, m.Beyond})
	}
	return drift
}

type agendumView struct {
	Question uuid.UUID  `json:"question"`
	Meeting  *uuid.UUID `json:"meeting,omitempty"` // none in writing
	Ref      string     `json:"ref"`
	State    string     `json:"state"`
}

func planOf(p domain.Plan) *planView {
	if len(p.Shares) == 0 {
		return nil
	}
	return &planView{sharesOf(p.Shares), planCells(p.Budget)}
}

func planCells(b domain.Budget) []planCellView {
	cells := []planCellView{}
	for _, c := range b {
		cells = append(cells, planCellView{c.Organisation, c.Line, c.Year, c.Amount})
	}
	return cells
}

func (s *Server) changeView(by domain.Actor, f store.ChangeFile) changeView {
	v := changeView{ID: f.ID, Ref: f.Ref, Programme: partyView{f.Programme, f.Code}, Title: f.Title, Kind: string(f.Kind), State: string(f.State),
		WaitsFor: f.WaitsFor(f.Listed), Reason: f.Reason, Language: f.Language, EndsOn: dayText(f.EndsOn), Before: planOf(f.Before), After: planOf(f.After),
		Beyond: f.Beyond, Late: f.Late, By: f.By, Organisation: f.For, At: f.At.UTC(), Decision: f.Decision, CharterVersion: f.CharterVersion, Version: f.Version,
		May: s.may(by, f.May)}
	if v.After != nil && len(v.After.Budget) > 0 {
		for _, m := range f.Moved {
			v.Moved = append(v.Moved, movedView{m.Line, m.Before, m.After, m.Share, m.Beyond})
		}
	}
	codes := map[uuid.UUID]string{}
	for _, share := range f.After.Shares {
		codes[share.Organisation] = share.Code
	}
	v.Drift = driftOf(f.Drift, codes)
	if !f.SettledAt.IsZero() {
		at := f.SettledAt.UTC()
		v.SettledAt = &at
	}
	v.Agenda = agendumOf(f.Agenda)
	return v
}

// askChange asks for a change of a programme.
func (s *Server) askChange(a *asked) (answer, error) {
	programme, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	in, err := body[changeRequest](a)
	if err != nil {
		return answer{}, err
	}
	x, err := in.change()
	if err != nil {
		return answer{}, err
	}
	f, err := s.Store.AskChange(a, a.ask, programme, x)
	if err != nil {
		return answer{}, err
	}
	return made("/change-requests/"+f.ID.String(), s.changeView(a.by, f), f.Version)
}

// changes lists what was asked for of a programme.
func (s *Server) changes(a *asked) (answer, error) {
	programme, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	list, err := s.Store.Changes(a, a.by, programme)
	return s.shownChanges(a, list, err)
}

// openChanges lists what waits, of all programmes within reach.
func (s *Server) openChanges(a *asked) (answer, error) {
	list, err := s.Store.OpenChanges(a, a.by)
	return s.shownChanges(a, list, err)
}

func (s *Server) shownChanges(a *asked, list []store.ChangeFile, err error) (answer, error) {
	if err != nil {
		return answer{}, err
	}
	views := make([]changeView, len(list))
	for i, f := range list {
		views[i] = s.changeView(a.by, f)
	}
	return shown(views)
}

func (s *Server) withdrawChange(a *asked) (answer, error) {
	return s.onChange(a, s.Store.WithdrawChange)
}
func (s *Server) recordChange(a *asked) (answer, error) { return s.onChange(a, s.Store.RecordChange) }

func (s *Server) onChange(a *asked, do func(context.Context, store.Ask, uuid.UUID, int) (store.ChangeFile, error)) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	version, err := a.version()
	if err != nil {
		return answer{}, err
	}
	f, err := do(a, a.ask, id, version)
	if err != nil {
		return answer{}, err
	}
	return versioned(s.changeView(a.by, f), f.Version)
}
