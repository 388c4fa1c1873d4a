package domain

import (
	"cmp"
	"slices"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"startupfund/domain/charter"
	"startupfund/domain/ledger"
)

// PortfolioEntry is what a portfolio counts: a document before the body, or what the
// body has granted.
type PortfolioEntry struct {
	Proposal  uuid.UUID
	Ref       string // of a proposal, or a programme's code
	Title     string
	Language  string
	Area      string
	States    []uuid.UUID
	Requested ledger.Money
	Prepared  ledger.Money // given before, to write the document with
	Amount    ledger.Money // what a grant would give: the request less that
	Shares    []GrantShare
	Groups    map[uuid.UUID][]charter.Group // of its states, on the day
}

// Offer is a proposal as a candidate of approval, at its request less what was given to
// prepare it, which is what a grant can give at the most.
func (p Proposal) Offer(shares []GrantShare, prepared ledger.Money, groups map[uuid.UUID][]charter.Group) PortfolioEntry {
	e := PortfolioEntry{Proposal: p.ID, Ref: p.Ref, Title: p.Title, Language: p.Language, Area: p.Area, States: p.States(), Requested: p.Amount(), Prepared: prepared, Groups: groups}
	e.Amount, e.Shares = GrantCase{Amount: e.Requested, Prepared: prepared, Shares: shares}.left()
	return e
}

// ChosenEntry is a candidate that somebody chose, and what adopting it would draw after
// those chosen before it.
type ChosenEntry struct {
	PortfolioEntry
	Fits  bool
	Drawn              // by earmark and organisation, where it fits
	Short ledger.Money // what is lacking, where it does not
}

// PotLine is what a choice does to the money of one earmark.
type PotLine struct {
	Earmark                string
	Available, Drawn, Left ledger.Money // in the bank, and free of what older decisions await
	Signed, Awaited        ledger.Money // what signed instalments will bring beyond that, and what of it the choice would wait for
}

// Tally is what of a portfolio is of one kind.
type Tally struct {
	N      int
	Amount ledger.Money
	Share  decimal.Decimal // of the whole amount, 0 to 100, two decimals, half up; 0 of nothing
}

// Dimensions of a portfolio.
const (
	ByRegion = "region" // the regional groups of the United Nations
	ByIncome = "income" // the groups of states in special situations, which overlap
	ByArea   = "area"
)

// SeveralRegions is where a programme's states are of more than one regional group.
const SeveralRegions = "several"

// Proportion is one line of a dimension, before a choice and after it. A Key of "" is
// what is in none.
type Proportion struct {
	By, Key       string
	Before, After Tally
}

// Portfolio is what a set of approvals would do: to the money, by earmark, and to the
// shares of what the fund has granted. It decides nothing.
type Portfolio struct {
	Chosen      []ChosenEntry // in the order in which they were chosen
	Pots        []PotLine
	Asked       ledger.Money // by all chosen
	Fitting     ledger.Money // by those that fit
	Proportions []Proportion
}

// Weigh draws the chosen one after another, in their order, out of the pots, as
// adopting them would by the charter; what does not fit is left out whole, and those
// after it are tried still. Shares are of what was granted before, and after it of what
// fits as well.
func Weigh(chosen, granted []PortfolioEntry, available Pots, ch charter.Charter) Portfolio {
	nothing := ledger.Zero(ch.Fund.Currency.Value.Currency)
	p := Portfolio{Asked: nothing, Fitting: nothing}
	left := FreePots(available.Cash, available.Signed, nil)
	after := slices.Clone(granted)
	for _, e := range chosen {
		c := e.drawn(left, ch, nothing)
		p.Asked = p.Asked.Add(e.Amount)
		if c.Fits {
			p.Fitting = p.Fitting.Add(e.Amount)
			after = append(after, e)
		}
		p.Chosen = append(p.Chosen, c)
	}
	for _, e := range pots(available, chosen, ch) {
		l := PotLine{Earmark: e, Available: nothing, Left: nothing, Signed: nothing, Awaited: nothing}
		if m, there := available.Cash[e]; there {
			l.Available, l.Left = m, left.Cash[e]
		}
		if m, there := available.Signed[e]; there {
			l.Signed, l.Awaited = m, m.Sub(left.Signed[e])
		}
		l.Drawn = l.Available.Sub(l.Left)
		p.Pots = append(p.Pots, l)
	}
	p.Proportions = proportions(granted, after, ch, nothing)
	return p
}

// drawn tries an entry on what is left, by the same rule by which a grant is drawn.
func (e PortfolioEntry) drawn(left Pots, ch charter.Charter, nothing ledger.Money) ChosenEntry {
	c := ChosenEntry{PortfolioEntry: e, Short: nothing}
	earmarks := Question{}.Earmarks(ch.Allocation, e.Area)
	var err error
	if c.Drawn, err = left.Take(earmarks, e.Amount, e.Shares); err == nil {
		c.Fits = true
		return c
	}
	there := nothing
	for _, earmark := range earmarks {
		for _, pots := range []map[string]ledger.Money{left.Cash, left.Signed} {
			if m, ok := pots[earmark]; ok {
				there = there.Add(m)
			}
		}
	}
	c.Short = e.Amount.Sub(there)
	return c
}

// pots are the earmarks that hold money or that a chosen entry may draw on: the charter's
// areas in their order, then others, and last what may go anywhere.
func pots(available Pots, chosen []PortfolioEntry, ch charter.Charter) (list []string) {
	known := map[string]bool{Unearmarked: true}
	for _, held := range []map[string]ledger.Money{available.Cash, available.Signed} {
		for e, m := range held {
			known[e] = known[e] || !m.IsZero()
		}
	}
	for _, c := range chosen {
		for _, e := range (Question{}).Earmarks(ch.Allocation, c.Area) {
			known[e] = true
		}
	}
	order := func(e string) int {
		if e == Unearmarked {
			return len(ch.Proposals.Areas) + 1
		}
		if i := slices.IndexFunc(ch.Proposals.Areas, func(a charter.Area) bool { return a.Key == e }); i >= 0 {
			return i
		}
		return len(ch.Proposals.Areas)
	}
	for e, is := range known {
		if is {
			list = append(list, e)
		}
	}
	slices.SortFunc(list, func(a, b string) int { return cmp.Or(cmp.Compare(order(a), order(b)), cmp.Compare(a, b)) })
	return list
}

// region is the regional group of an entry's states; SeveralRegions of more than one.
func (e PortfolioEntry) region() string {
	found := ""
	for _, state := range e.States {
		for _, g := range e.Groups[state] {
			if slices.Contains(charter.RegionalGroups, g) && found != string(g) {
				if found != "" {
					return SeveralRegions
				}
				found = string(g)
			}
		}
	}
	return found
}

// in tells whether one of an entry's states is in a group.
func (e PortfolioEntry) in(group charter.Group) bool {
	return slices.ContainsFunc(e.States, func(s uuid.UUID) bool { return slices.Contains(e.Groups[s], group) })
}

// proportions are all dimensions, line by line. A programme of several states counts in
// each special group in which one of them is: those lines overlap, and sum to nothing.
func proportions(before, after []PortfolioEntry, ch charter.Charter, nothing ledger.Money) (list []Proportion) {
	line := func(by, key string, is func(PortfolioEntry) bool) {
		x := Proportion{by, key, tally(before, is, nothing), tally(after, is, nothing)}
		if x.After.N > 0 || key != "" && key != SeveralRegions {
			list = append(list, x)
		}
	}
	for _, key := range regionsOf() {
		line(ByRegion, key, func(e PortfolioEntry) bool { return e.region() == key })
	}
	for _, g := range charter.IncomeGroups {
		line(ByIncome, string(g), func(e PortfolioEntry) bool { return e.in(g) })
	}
	none := func(e PortfolioEntry) bool { return !slices.ContainsFunc(charter.IncomeGroups, e.in) }
	line(ByIncome, "", none)
	areas := []string{}
	for _, a := range ch.Proposals.Areas {
		areas = append(areas, a.Key)
		line(ByArea, a.Key, func(e PortfolioEntry) bool { return e.Area == a.Key })
	}
	line(ByArea, "", func(e PortfolioEntry) bool { return !slices.Contains(areas, e.Area) })
	return list
}

func regionsOf() (keys []string) {
	for _, g := range charter.RegionalGroups {
		keys = append(keys, string(g))
	}
	return append(keys, SeveralRegions, "")
}

func tally(all []PortfolioEntry, is func(PortfolioEntry) bool, nothing ledger.Money) Tally {
	t, whole := Tally{Amount: nothing}, nothing
	for _, e := range all {
		if whole = whole.Add(e.Amount); is(e) {
			t.N++
			t.Amount = t.Amount.Add(e.Amount)
		}
	}
	if whole.IsPositive() {
		t.Share = t.Amount.Amount.Mul(decimal.NewFromInt(100)).DivRound(whole.Amount, 2)
	}
	return t
}
