package domain

import (
	"cmp"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain/charter"
	"startupfund/domain/ledger"
)

// SeatsBalance is who sits by regional group and group of states in special situations,
// the Chair aside. The latter overlap, and sum to nothing.
func SeatsBalance(sitting []Sitting, groups map[uuid.UUID][]charter.Group) []YearlyBalance {
	sitting = slices.DeleteFunc(slices.Clone(sitting), Sitting.Chair)
	list := []YearlyBalance{}
	line := func(by, key string, is func([]charter.Group) bool) {
		b := YearlyBalance{By: by, Key: key, Share: decimal.Zero.StringFixed(2)}
		for _, s := range sitting {
			if is(groups[s.Organisation]) {
				b.N++
			}
		}
		if b.N > 0 {
			b.Share = decimal.NewFromInt(int64(b.N)*100).DivRound(decimal.NewFromInt(int64(len(sitting))), 2).StringFixed(2)
		}
		list = append(list, b)
	}
	for by, of := range map[string][]charter.Group{ByRegion: charter.RegionalGroups, ByIncome: charter.IncomeGroups} {
		for _, g := range of {
			line(by, string(g), func(in []charter.Group) bool { return slices.Contains(in, g) })
		}
		line(by, "", func(in []charter.Group) bool {
			return !slices.ContainsFunc(of, func(g charter.Group) bool { return slices.Contains(in, g) })
		})
	}
	slices.SortStableFunc(list, func(a, b YearlyBalance) int { return cmp.Compare(b.By, a.By) }) // region first
	return list
}

// GrantsBalance is what the grants of the year are of, by the portfolio's measures.
func GrantsBalance(c charter.Charter, granted []PortfolioEntry) []YearlyBalance {
	list := []YearlyBalance{}
	for _, p := range proportions(nil, granted, c, ledger.Zero(c.Fund.Currency.Value.Currency)) {
		amount := p.After.Amount
		list = append(list, YearlyBalance{By: p.By, Key: p.Key, N: p.After.N, Amount: &amount, Share: p.After.Share.StringFixed(2)})
	}
	return list
}

// MoneyOfYear is what was decided and moved, by the statement's own lines: before are the
// flows until the year began, until those until its end.
func MoneyOfYear(c ledger.Currency, before, until []Flow) []YearlyMoney {
	decided := LineRule{MoneyDecided, "Decided", []Pattern{{From: stemAvailable, To: stemAllocated, Sign: 1}, {From: stemAllocated, To: stemAvailable, Sign: -1}}}
	list := []YearlyMoney{}
	for _, rule := range append([]LineRule{decided}, StatementLines()...) {
		to := rule.sum(c, until)
		list = append(list, YearlyMoney{Line: rule.Code, InYear: to.Sub(rule.sum(c, before)), ToDate: to})
	}
	return list
}

// Changes is the membership of the charter's Executive Committee over a year, until a
// day. Who left and came back the next day neither left nor came; codes are by organisation.
func (y YearlyReview) Changes(list []Belonging, codes map[uuid.UUID]string, until time.Time) CommitteeYear {
	from := time.Date(y.Year, time.January, 1, 0, 0, 0, 0, time.UTC)
	out := CommitteeYear{Constituency: y.Charter.Body.ExecutiveCommittee.Value, Members: []CommitteeMember{}, Joined: []CommitteeMember{}, Left: []CommitteeMember{}}
	on := func(organisation uuid.UUID, day time.Time) bool {
		return slices.ContainsFunc(list, func(b Belonging) bool {
			return b.Organisation == organisation && b.Constituency == out.Constituency && b.On(day)
		})
	}
	within := func(day time.Time) bool { return !day.Before(from) && !day.After(until) }
	for _, b := range list {
		if b.Constituency != out.Constituency {
			continue
		}
		m := func(day time.Time, note string) CommitteeMember {
			return CommitteeMember{codes[b.Organisation], day.Format(time.DateOnly), note}
		}
		if b.On(until) {
			out.Members = append(out.Members, m(b.From, b.Note))
		}
		if within(b.From) && !on(b.Organisation, b.From.AddDate(0, 0, -1)) {
			out.Joined = append(out.Joined, m(b.From, b.Note))
		}
		if !b.Until.IsZero() && within(b.Until) && !on(b.Organisation, b.Until.AddDate(0, 0, 1)) {
			out.Left = append(out.Left, m(b.Until, b.LeftNote))
		}
	}
	for _, of := range [][]CommitteeMember{out.Members, out.Joined, out.Left} {
		slices.SortFunc(of, func(a, b CommitteeMember) int {
			return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(a.Organisation, b.Organisation))
		})
	}
	slices.SortFunc(out.Members, func(a, b CommitteeMember) int { return cmp.Compare(a.Organisation, b.Organisation) })
	return out
}
