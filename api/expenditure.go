package api

import (
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/ledger"
	"startupfund/domain/problem"
	"startupfund/store"
)

type expenditureRequest struct {
	Year        int              `json:"year"`
	Certified   bool             `json:"certified"`
	Officer     string           `json:"officer"`
	Committed   *money           `json:"committed"` // ordered and not yet spent; none is nought
	Lines       map[string]money `json:"lines"`
	Explanation string           `json:"explanation"`
	Language    string           `json:"language"`
}

type expenditureView struct {
	ID          uuid.UUID               `json:"id"`
	Year        int                     `json:"year"`
	N           int                     `json:"n"`
	Certified   bool                    `json:"certified"`
	Officer     string                  `json:"officer"`
	State       domain.ExpenditureState `json:"state"`
	Lines       map[string]ledger.Money `json:"lines"`
	Total       ledger.Money            `json:"total"`
	Committed   ledger.Money            `json:"committed"`
	Explanation string                  `json:"explanation"`
	Language    string                  `json:"language"`
	Flags       []flagView              `json:"flags"`
	At          time.Time               `json:"at"`
	Finding     *expenditureFindingView `json:"finding"`
	May         []string                `json:"may"`
}

// flagView is something out of the ordinary: what it has, and what that is held against.
type flagView struct {
	Flag string       `json:"flag"`
	Line string       `json:"line"`
	Has  ledger.Money `json:"has"`
	Most ledger.Money `json:"most"`
}

type expenditureFindingView struct {
	Accepted bool       `json:"accepted"`
	Reason   string     `json:"reason"`
	Voucher  *uuid.UUID `json:"voucher"`
	Number   int64      `json:"number"`
	At       time.Time  `json:"at"`
}

// expenditurePartView is what one organisation spent of a programme: what is in the books, and
// what was stated of each year.
type expenditurePartView struct {
	Organisation partyView               `json:"organisation"`
	Funded       ledger.Money            `json:"net_funded"`
	Spent        ledger.Money            `json:"spent"`
	Rate         string                  `json:"delivery_rate"` // a percentage, not capped; "" where nothing was funded
	Budget       map[string]ledger.Money `json:"budget"`
	ByLine       map[string]ledger.Money `json:"by_line"`
	FirstYear    int                     `json:"first_year"`
	Statements   []expenditureView       `json:"statements"`
	Tranches     tranchesView            `json:"tranches"`
	Owed         []int                   `json:"owed"` // years of which the certified expenditure is owed, the earliest first
	May          []string                `json:"may"`
}

func (s *Server) viewExpenditures(by domain.Actor, p store.ExpenditurePart) expenditurePartView {
	zero := ledger.Zero(p.Case.Funded.Currency)
	spent := p.Case.Spent(nil)
	v := expenditurePartView{Organisation: partyView{p.Case.Organisation, p.Case.Code}, Funded: p.Case.Funded, Spent: zero, Budget: p.Case.Budget, ByLine: spent,
		FirstYear: p.Case.FirstYear, Tranches: tranchesOf(p), Statements: []expenditureView{}, Owed: each(p.Owed, func(d domain.ReportDue) int { return d.From.Year() }), May: s.may(by, p.May)}
	for _, line := range slices.Sorted(maps.Keys(spent)) {
		v.Spent = v.Spent.Add(spent[line])
	}
	v.Rate = domain.DeliveryRate(v.Spent, v.Funded)
	for _, f := range p.Statements {
		e := expenditureView{ID: f.ID, Year: f.Year, N: f.N, Certified: f.Certified, Officer: f.Officer, State: f.State, Lines: f.Lines, Total: f.Total(zero.Currency), Committed: f.Committed,
			Explanation: f.Explanation, Language: f.Language, Flags: []flagView{}, At: f.At, May: s.may(by, f.May)}
		for _, x := range f.Flags {
			e.Flags = append(e.Flags, flagView{x.Code, x.Line, x.Has, x.Most})
		}
		if f.Finding != nil {
			e.Finding = &expenditureFindingView{f.Finding.Accepted, f.Finding.Reason, f.Finding.Voucher, f.Finding.Number, f.Finding.At}
		}
		v.Statements = append(v.Statements, e)
	}
	return v
}

// expenditures are a programme's parts: what each organisation stated that it spent.
func (s *Server) expenditures(a *asked) (answer, error) {
	id, err := a.id("id")
	if err != nil {
		return answer{}, err
	}
	list, err := s.Store.Expenditures(a, a.by, id)
	if err != nil {
		return answer{}, err
	}
	views := make([]expenditurePartView, len(list))
	for i, p := range list {
		views[i] = s.viewExpenditures(a.by, p)
	}
	return answer{status: 200, body: views}, nil
}

// reportExpenditure keeps what an organisation states that it spent.
func (s *Server) reportExpenditure(a *asked) (answer, error) {
	id, in, err := onto[expenditureRequest](a)
	if err != nil {
		return answer{}, err
	}
	e := domain.ExpenditureStatement{Year: in.Year, Certified: in.Certified, Officer: in.Officer, Explanation: in.Explanation, Language: in.Language,
		Lines: map[string]ledger.Money{}}
	var found faults
	if in.Committed != nil {
		e.Committed, err = in.Committed.at("/committed")
		found.add(err)
	}
	for _, line := range slices.Sorted(maps.Keys(in.Lines)) {
		if m, err := in.Lines[line].at("/lines/" + line); err != nil {
			found.add(err)
		} else {
			e.Lines[line] = m
		}
	}
	if err := problem.Join(found); err != nil {
		return answer{}, err
	}
	p, err := s.Store.ReportExpenditure(a, a.ask, id, e)
	if err != nil {
		return answer{}, err
	}
	return made("/programmes/"+id.String()+"/expenditures", s.viewExpenditures(a.by, p), 0)
}

type expenditureFindingRequest struct {
	Accepted bool   `json:"accepted"`
	Reason   string `json:"reason"`
}

// findExpenditure takes a certified statement into the books, or sends it back.
func (s *Server) findExpenditure(a *asked) (answer, error) {
	id, in, err := onto[expenditureFindingRequest](a)
	if err != nil {
		return answer{}, err
	}
	p, err := s.Store.FindExpenditure(a, a.ask, id, in.Accepted, in.Reason)
	if err != nil {
		return answer{}, err
	}
	return answer{status: 200, body: s.viewExpenditures(a.by, p)}, nil
}
