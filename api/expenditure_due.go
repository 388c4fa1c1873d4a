package api

import (
	"time"

	"startupfund/domain/ledger"
	"startupfund/store"
)

// dueExpenditureView is a year's expenditure that an organisation owes, or that waits for the agent.
type dueExpenditureView struct {
	Key          string        `json:"key"`
	Year         int           `json:"year"`
	Programme    reportedView  `json:"programme"`
	Organisation partyView     `json:"organisation"`
	DueOn        string        `json:"due_on"`
	Late         int           `json:"late_days"` // 0 of what waits for the agent
	State        string        `json:"state"`     // "owed", "returned" or "waiting"
	Since        *time.Time    `json:"since"`     // of what waits
	Total        *ledger.Money `json:"total"`     // of what waits
	RemindedAt   *time.Time    `json:"reminded_at"`
}

// dueExpenditures lists whose expenditure is owed, or waits.
func (s *Server) dueExpenditures(a *asked) (answer, error) {
	return whole(func(d store.DueExpenditure) dueExpenditureView {
		v := dueExpenditureView{Key: d.Key, Year: d.From.Year(), Programme: reportedOf(d.Programme), Organisation: partyView{d.Organisation, d.Code},
			DueOn: d.Due.Format(time.DateOnly), State: "owed", Since: d.Waiting, Total: d.Total, RemindedAt: d.Reminded, Late: d.LateDays}
		switch {
		case d.Waiting != nil:
			v.State = "waiting"
		case d.Returned:
			v.State = "returned"
		}
		return v
	})(s.Store.DueExpenditures(a, a.by))
}
