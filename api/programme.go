package api

import (
	"time"

	"github.com/google/uuid"

	"startupfund/domain/ledger"
	"startupfund/store"
)

type programmeView struct {
	ID        uuid.UUID        `json:"id"`
	Code      string           `json:"code"`
	Title     string           `json:"title"`
	Area      string           `json:"area"`
	State     string           `json:"state"`
	Owner     string           `json:"owner,omitempty"` // the state's official name
	StartsOn  *string          `json:"starts_on"`
	EndsOn    *string          `json:"ends_on"`
	Proposal  string           `json:"proposal,omitempty"`
	Decision  string           `json:"decision,omitempty"`
	Shares    []grantShareView `json:"shares"`
	CreatedAt time.Time        `json:"created_at"`

	Preparation bool `json:"preparation"` // of a joint programme document
}

func programmeOf(f store.ProgrammeFile) programmeView {
	v := programmeView{f.ID, f.Code, f.Title, f.Area, string(f.State), f.OwnerState, dayText(f.StartsOn), dayText(f.EndsOn), f.ProposalRef, f.DecisionNumber, sharesOf(f.Shares), f.CreatedAt, f.Preparation}
	if v.Shares == nil {
		v.Shares = []grantShareView{}
	}
	return v
}

// programmeFileView is a programme with its life so far, and what may be done next.
type programmeFileView struct {
	programmeView
	Convener  string         `json:"convener"`
	Steps     []lifeStepView `json:"steps"`
	StartFrom *string        `json:"start_from"` // the day of the first transfer, of one that has not started
	Budget    []planCellView `json:"budget"`
	Drift     []driftView    `json:"drift"`           // recorded since the body last decided
	Fixed     string         `json:"fixed,omitempty"` // number of that decision
	Askable   []string       `json:"askable"`
	May       []string       `json:"may"`
}

type lifeStepView struct {
	Step     string    `json:"step"`
	State    string    `json:"state"`
	StartsOn *string   `json:"starts_on"`
	EndsOn   *string   `json:"ends_on"`
	Decision string    `json:"decision,omitempty"`
	At       time.Time `json:"at"`
}

func (s *Server) programmeFile(a *asked, l store.ProgrammeLife) programmeFileView {
	v := programmeFileView{programmeView: programmeOf(l.ProgrammeFile), Convener: l.Convener, Steps: []lifeStepView{}, StartFrom: dayText(l.StartFrom),
		Budget: planCells(l.Budget), Drift: driftOf(l.Drift, l.Codes), Fixed: l.Fixed, Askable: []string{}, May: s.may(a.by, l.May)}
	for _, step := range l.Steps {
		v.Steps = append(v.Steps, lifeStepView{step.Name, string(step.State), dayText(step.StartsOn), dayText(step.EndsOn), step.Number, step.At.UTC()})
	}
	for _, k := range l.Askable {
		v.Askable = append(v.Askable, string(k))
	}
	return v
}

// programmeFields narrow the list of programmes.
var programmeFields = narrowed{fields: []string{"state", "area", "owner"},
	days: []string{"starts_from", "starts_until", "ends_from", "ends_until"}, amounts: []string{"least", "most"}}

// programmes lists the joint programmes, by code.
func (s *Server) programmes(a *asked) (answer, error) {
	f, err := a.listAsk(programmeFields)
	if err != nil {
		return answer{}, err
	}
	list, err := s.Store.ProgrammeList(a, a.by, f)
	if err != nil {
		return answer{}, err
	}
	return listed(a, list, programmeOf)
}

// programme shows one.
func (s *Server) programme(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	l, err := s.Store.Programme(a, a.by, id)
	if err != nil {
		return answer{}, err
	}
	return versioned(s.programmeFile(a, l), l.Version)
}

type startRequest struct {
	StartsOn *string `json:"starts_on"`
	EndsOn   *string `json:"ends_on"`
}

// startProgramme says that implementation has started.
func (s *Server) startProgramme(a *asked) (answer, error) {
	id, version, in, err := change[startRequest](a)
	if err != nil {
		return answer{}, err
	}
	on, err := optionalDay(in.StartsOn, "/starts_on")
	if err != nil {
		return answer{}, err
	}
	ends, err := optionalDay(in.EndsOn, "/ends_on")
	if err != nil {
		return answer{}, err
	}
	l, err := s.Store.StartProgramme(a, a.ask, id, version, on, ends)
	if err != nil {
		return answer{}, err
	}
	return versioned(s.programmeFile(a, l), l.Version)
}

// booksView is a programme in the books, with the vouchers that made it so.
type booksView struct {
	Parts   []booksPartView  `json:"parts"`
	Entries []booksEntryView `json:"entries"`
}

type booksPartView struct {
	Organisation string       `json:"organisation"`
	Share        ledger.Money `json:"share"`
	Allocated    ledger.Money `json:"allocated"`
	Transferred  ledger.Money `json:"transferred"`
	Spent        ledger.Money `json:"spent"`
	Awaiting     ledger.Money `json:"awaiting"`
}

type booksEntryView struct {
	Voucher      uuid.UUID    `json:"voucher"`
	Number       int64        `json:"number"`
	BookedOn     string       `json:"booked_on"`
	What         string       `json:"what"`
	Organisation string       `json:"organisation"`
	Amount       ledger.Money `json:"amount"`
}

// programmeBooks shows what the books say of a programme.
func (s *Server) programmeBooks(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	b, err := s.Store.ProgrammeBooks(a, a.by, id)
	if err != nil {
		return answer{}, err
	}
	v := booksView{[]booksPartView{}, []booksEntryView{}}
	for _, x := range b.Parts {
		v.Parts = append(v.Parts, booksPartView(x))
	}
	for _, e := range b.Entries {
		v.Entries = append(v.Entries, booksEntryView{e.Voucher, e.Number, e.BookedOn.Format(time.DateOnly), e.What, e.Organisation, e.Amount})
	}
	return shown(v)
}
