package example

import (
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/ledger"
)

// spentYearly is how much of each budget line, in per cent, an early programme's organisations
// spend in each calendar year from the first on.
var spentYearly = []int64{30, 35, 25}

// booksEnd is how many days ago the ended programme's organisations stated their last year,
// shortly before its books were closed.
const booksEnd = 400

// spend lets the organisations of an early programme state each year that is over, in the spring
// after it, and the agent take it. Of the last year one statement was sent back and one waits.
func (st *story) spend(n note, i int) {
	for k, code := range append([]string{n.lead}, n.partners...) {
		first := st.on(firstPaid-k, 12, 0).Year()
		for year := first; year < st.Now.Year(); year++ {
			comes := time.Date(year+1, 4, 13+i, 9, 10*k, 0, 0, time.UTC)
			if last := st.on(booksEnd, 9, 10*k); i == 0 && comes.After(last) {
				if year > last.Year() {
					break
				}
				comes = last.AddDate(0, 0, year-last.Year())
			}
			st.then(comes, func() { st.state(n, code, year, year-first) })
			switch ends := year == st.Now.Year()-1; {
			case ends && i == 1 && k == 1:
				st.then(comes.AddDate(0, 0, 9), func() {
					st.answer(n, code, year, false, "Travel is larger than in the books of your country office: please look again.")
				})
			case ends && i == 2 && k == 1:
			default:
				st.then(comes.AddDate(0, 0, 3), func() { st.answer(n, code, year, true, "") })
			}
		}
	}
}

// state is an organisation's certified word on one year.
func (st *story) state(n note, code string, year, nth int) {
	by, programme := st.as("finance-"+code), st.programme(early(n.state))
	part := must(st.Expenditures(st, by.Actor, programme))[0].Case
	must(st.ReportExpenditure(st, by, programme, domain.ExpenditureStatement{Year: year, Certified: true, Officer: "Comptroller", Language: "en",
		Lines: spentOf(part, spentYearly[min(nth, len(spentYearly)-1)])}))
}

// used is an organisation's provisional word before its second tranche, and what it has ordered.
func (st *story) used(n note, code string, granted int) {
	by, programme := st.as("finance-"+code), st.programme(early(n.state))
	part := must(st.Expenditures(st, by.Actor, programme))[0].Case
	must(st.ReportExpenditure(st, by, programme, domain.ExpenditureStatement{Year: st.clock.at.Year(), Language: "en", Lines: spentOf(part, 25),
		Committed: usd(granted / 100 * 16)}))
}

// spentOf is so many per cent of each line of an organisation's budget.
func spentOf(part domain.ExpenditureCase, percent int64) map[string]ledger.Money {
	lines := map[string]ledger.Money{}
	base, indirect := usd(0), part.Charter.Budget.Indirect.Line.Value
	share := decimal.NewFromInt(percent).Shift(-2)
	for _, l := range part.Charter.Budget.Lines {
		m, planned := part.Budget[l.Key]
		if !planned || l.Key == indirect {
			m = usd(0)
		}
		lines[l.Key] = ledger.New(m.Amount.Mul(share).Round(2), m.Currency)
		base = base.Add(lines[l.Key])
	}
	lines[indirect] = part.Charter.IndirectCost(base)
	return lines
}

// answer is the agent's word on what an organisation stated of a year.
func (st *story) answer(n note, code string, year int, accept bool, reason string) {
	programme := st.programme(early(n.state))
	for _, p := range must(st.Expenditures(st, st.as("preparer").Actor, programme)) {
		for _, e := range p.Statements {
			if p.Case.Code == code && e.Year == year && e.State == domain.ExpenditureWaiting {
				must(st.FindExpenditure(st, st.as("preparer"), e.ID, accept, reason))
				return
			}
		}
	}
	panic("example: nothing waits of " + code + ", " + strconv.Itoa(year))
}
