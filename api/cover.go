package api

import (
	"time"

	"startupfund/domain"
	"startupfund/domain/ledger"
	"startupfund/store"
)

// awaitedView is a part of a grant that waits for money to come in.
type awaitedView struct {
	Decision     string       `json:"decision"`
	Programme    partyView    `json:"programme"`
	Organisation string       `json:"organisation"`
	Earmark      string       `json:"earmark"`
	Amount       ledger.Money `json:"amount"`
	Remaining    ledger.Money `json:"remaining"`
	Since        time.Time    `json:"since"`
	Ready        ledger.Money `json:"ready"` // what the money available today would cover
}

type coverView struct {
	Waiting []awaitedView `json:"waiting"`
	May     []string      `json:"may"`
}

func (s *Server) coverView(by domain.Actor, f store.CoverFile) coverView {
	v := coverView{Waiting: []awaitedView{}, May: []string{}}
	for _, w := range f.Waiting {
		line := awaitedView{w.DecisionNumber, partyView{w.Programme, w.ProgrammeCode}, w.Organisation, w.Earmark, w.Amount, w.Remaining, w.Since, ledger.Zero(w.Amount.Currency)}
		for _, c := range f.Ready {
			if c.Decision == w.Decision && c.N == w.N {
				line.Ready = c.Now
			}
		}
		v.Waiting = append(v.Waiting, line)
	}
	if len(f.Ready) > 0 {
		v.May = s.may(by, []string{"cover.allocate"})
	}
	return v
}

// awaitedCover lists what was granted beyond the cash and waits for it.
func (s *Server) awaitedCover(a *asked) (answer, error) {
	f, err := s.Store.AwaitedCover(a, a.by)
	if err != nil {
		return answer{}, err
	}
	return shown(s.coverView(a.by, f))
}

// allocateAwaited allocates what came in for it.
func (s *Server) allocateAwaited(a *asked) (answer, error) {
	f, err := s.Store.AllocateAwaited(a, a.ask)
	if err != nil {
		return answer{}, err
	}
	return shown(s.coverView(a.by, f))
}
