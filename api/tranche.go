package api

import (
	"time"

	"github.com/google/uuid"

	"startupfund/domain"
	"startupfund/domain/charter"
	"startupfund/domain/ledger"
	"startupfund/store"
)

// tranchesView is how an organisation's part of a programme is paid, and the tranche that a
// payment asked for today would be of.
type tranchesView struct {
	Granted  ledger.Money    `json:"granted"`
	Released ledger.Money    `json:"released"`
	Plan     tranchePlanView `json:"plan"`
	Ceilings []ledger.Money  `json:"ceilings"`
	Next     *trancheView    `json:"next"`
}

type tranchePlanView struct {
	Parts  []int      `json:"parts"` // per cent
	N      int        `json:"n"`     // 0 is the charter's own
	Reason string     `json:"reason"`
	At     *time.Time `json:"at"`
}

// trancheView is one tranche with the numbers of its test.
type trancheView struct {
	N         int                  `json:"n"`
	Of        int                  `json:"of"`
	Ceiling   ledger.Money         `json:"ceiling"` // of what is released in all, with it
	Before    ledger.Money         `json:"before"`  // released for the part before
	Tested    bool                 `json:"tested"`
	Share     string               `json:"share"` // of what was released, to be used
	Released  ledger.Money         `json:"released"`
	Spent     ledger.Money         `json:"spent"`
	Committed ledger.Money         `json:"committed"`
	Counts    charter.TrancheCount `json:"counts"`
	Used      ledger.Money         `json:"used"`
	Needed    ledger.Money         `json:"needed"`
	Owed      []string             `json:"owed"` // keys of what is overdue
}

func tranchesOf(p store.ExpenditurePart) tranchesView {
	plan := p.Paid.Plan
	v := tranchesView{Granted: p.Paid.Granted, Released: p.Paid.Released, Plan: tranchePlanView{Parts: plan.Parts, N: plan.N, Reason: plan.Reason},
		Ceilings: plan.Ceilings(p.Paid.Granted), Next: trancheOf(&p.Next, p.Paid.Released)}
	if plan.N > 0 {
		v.Plan.At = &plan.At
	}
	return v
}

func trancheOf(t *domain.Tranche, before ledger.Money) *trancheView {
	if t == nil {
		return nil
	}
	return &trancheView{N: t.N, Of: t.Of, Ceiling: t.Ceiling, Before: before, Tested: t.Tested, Share: t.Share.String(), Released: t.Released,
		Spent: t.Spent, Committed: t.Committed, Counts: t.Counts, Used: t.Used, Needed: t.Needed, Owed: each(t.Owed, func(d domain.ReportDue) string { return d.Key })}
}

type planRequest struct {
	Organisation uuid.UUID `json:"organisation"`
	Parts        []int     `json:"parts"`
	Reason       string    `json:"reason"`
	After        int       `json:"after"` // the plan that was read; 0 is the charter's own
}

// planTranches says how an organisation's part is paid.
func (s *Server) planTranches(a *asked) (answer, error) {
	id, in, err := onto[planRequest](a)
	if err != nil {
		return answer{}, err
	}
	p, err := s.Store.PlanTranches(a, a.ask, id, in.Organisation, in.Parts, in.Reason, in.After)
	if err != nil {
		return answer{}, err
	}
	return made("/programmes/"+id.String()+"/expenditures", s.viewExpenditures(a.by, p), 0)
}
