package domain

import (
	"fmt"
	"time"
)

// ExpenditureReport is a year's certified expenditure, as a line of what is due.
const ExpenditureReport ReportKind = "expenditure"

// What is told of statements of expenditure.
const (
	ExpenditureIsDue   Notice = "expenditure-due"
	ExpenditureOverdue Notice = "expenditure-overdue"
	ExpenditureCame    Notice = "expenditure-certified"
	ExpenditureBooked  Notice = "expenditure-taken"
	ExpenditureRefused Notice = "expenditure-returned"
)

func init() {
	Notices = append(Notices, ExpenditureIsDue, ExpenditureOverdue, ExpenditureCame, ExpenditureBooked, ExpenditureRefused)
}

// Stages of a statement of expenditure as far as somebody is told.
const (
	StageExpenditureDue     = "due"
	StageExpenditureOverdue = "overdue"
)

// expenditureDuty is the organisation's: the agent's is to take what it states.
var expenditureDuty = duty{"expenditure.state", []string{"expenditure.report"}}

// expenditureTaking is the agent's.
var expenditureTaking = duty{"expenditure.take", []string{"expenditure.find"}}

// toldOfExpenditure lists who is told of an act on what an organisation spent; nobody, of
// another, and nobody of a figure that is provisional.
func toldOfExpenditure(act, stage string) []Audience {
	spender := func(n Notice) Audience { return Audience{n, PUNO, Recipient, false} }
	agent := func(n Notice) Audience { return Audience{n, AgentPreparer, Everybody, false} }
	switch act {
	case "expenditure.report":
		if ExpenditureState(stage) != ExpenditureProvisional {
			return []Audience{agent(ExpenditureCame)}
		}
	case "expenditure.find":
		if ExpenditureState(stage) == ExpenditureReturned {
			return []Audience{spender(ExpenditureRefused)}
		}
		return []Audience{spender(ExpenditureBooked)}
	case "expenditure.remind":
		if stage == StageExpenditureOverdue {
			return []Audience{spender(ExpenditureOverdue), agent(ExpenditureOverdue)}
		}
		return []Audience{spender(ExpenditureIsDue)}
	}
	return nil
}

// Owed are the years of which an organisation owes its certified expenditure on a day, the
// earliest first: each that is over since the first transfer, until the books are closed, and
// by the charter's day of the next year (charter /reporting/expenditure_due; domain.md 3.5).
// One that nothing was spent in is owed too, as nought: what is not said is not known.
func (g ExpenditureCase) Owed(today time.Time) (list []ReportDue) {
	if !g.Shares || g.FirstYear == 0 || g.Programme.State == ProgrammeClosed || g.Programme.State == ProgrammePast {
		return nil
	}
	for year := g.FirstYear; year < today.Year(); year++ {
		if g.stated(year) {
			continue
		}
		list = append(list, g.DueIn(year))
	}
	return list
}

// DueIn is a year's expenditure as a line of what is due.
func (g ExpenditureCase) DueIn(year int) ReportDue {
	return ReportDue{Key: fmt.Sprintf("expenditure-%d-%s", year, g.Code), Kind: ExpenditureReport,
		From: time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC), To: time.Date(year, 12, 31, 0, 0, 0, 0, time.UTC),
		Due: g.Charter.Reporting.ExpenditureDue.Value.In(year + 1)}
}

// stated tells whether a certified statement of a year stands in the books, or waits for the agent.
func (g ExpenditureCase) stated(year int) bool {
	for _, e := range g.Statements {
		if s := g.State(e); e.Year == year && (s == ExpenditureWaiting || s == ExpenditureTaken) {
			return true
		}
	}
	return false
}
