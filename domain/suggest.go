package domain

import (
	"slices"

	"github.com/google/uuid"

	"startupfund/domain/ledger"
)

// Candidate is what a line may be, for a person to decide.
type Candidate struct {
	Rule      MatchRule
	Reference string
	Movements []Movement
}

// MostCandidates is how many are shown for one line.
const MostCandidates = 5

// Suggest finds, for lines that stay open, what they may be: equal to the cent,
// and either named or within window calendar days, best first. A voucher of
// several movements counts whole as well, such as a deposit less its fee.
func Suggest(lines []BankLine, open []Movement, window int) map[uuid.UUID][]Candidate {
	byAmount := map[string][][]Movement{}
	for _, group := range vouchersOf(open) {
		if len(group) > 1 {
			total := ledger.Zero(group[0].Amount.Currency)
			for _, m := range group {
				total = total.Add(m.Amount)
			}
			byAmount[total.String()] = append(byAmount[total.String()], group)
		}
		for _, m := range group {
			byAmount[m.Amount.String()] = append(byAmount[m.Amount.String()], []Movement{m})
		}
	}
	named := naming(lines, open, window)
	found := map[uuid.UUID][]Candidate{}
	for i, l := range lines {
		if c := candidates(l, byAmount[l.Amount.String()], named[i], open, window); len(c) > 0 {
			found[l.ID] = c
		}
	}
	return found
}

// vouchersOf groups movements by their voucher, in the order given.
func vouchersOf(open []Movement) [][]Movement {
	at := map[uuid.UUID]int{}
	var groups [][]Movement
	for _, m := range open {
		i, known := at[m.Voucher]
		if !known {
			i = len(groups)
			at[m.Voucher] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], m)
	}
	return groups
}

func candidates(l BankLine, equal [][]Movement, named []mention, open []Movement, window int) []Candidate {
	text := nameWords(l.Counterparty + " " + l.Text)
	payer := nameWords(l.Counterparty)
	by := map[int64]mention{}
	for _, n := range named {
		by[open[n.movement].Posting] = n
	}
	type ranked struct {
		Candidate
		rank, days int
	}
	var all []ranked
	for _, group := range equal {
		r := ranked{Candidate{Rule: ByAmountDate, Movements: group}, 2, apart(l.ValueOn, group[0].ValueOn)}
		if n, ok := by[group[0].Posting]; ok {
			r.Rule, r.Reference, r.rank = n.rule, n.reference, 0
		} else if r.days > window {
			continue
		} else if sameParty(group[0].Parties, payer, text) {
			r.Rule, r.rank = ByAmountParty, 1
		}
		all = append(all, r)
	}
	slices.SortStableFunc(all, func(a, b ranked) int {
		return slices.Compare([]int{a.rank, a.days, int(a.Movements[0].Number)}, []int{b.rank, b.days, int(b.Movements[0].Number)})
	})
	list := make([]Candidate, 0, min(len(all), MostCandidates))
	for _, r := range all[:min(len(all), MostCandidates)] {
		list = append(list, r.Candidate)
	}
	return list
}
