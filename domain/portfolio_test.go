package domain

import (
	"testing"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"startupfund/domain/charter"
	"startupfund/domain/ledger"
)

// offer is a candidate of an area that asks so much for one organisation.
func offer(area, amount string, states ...uuid.UUID) PortfolioEntry {
	m := usd(amount)
	return PortfolioEntry{Proposal: uuid.New(), Ref: area + " " + amount, Area: area, States: states, Requested: m, Amount: m, Shares: []GrantShare{{Code: "ILO", Amount: m}}}
}

func TestAChoiceIsDrawnInItsOrder(t *testing.T) {
	ch := ruled()
	money := map[string]ledger.Money{"area-2": usd("100.00"), Unearmarked: usd("50.00"), "area-5": usd("0.00")}
	p := Weigh([]PortfolioEntry{offer("area-2", "120.00"), offer("area-2", "40.00"), offer("area-3", "25.00"), offer("area-3", "30.00")}, nil, Pots{Cash: money}, ch)
	for i, want := range []struct {
		fits  bool
		short string
	}{{true, "0.00"}, {false, "10.00"}, {true, "0.00"}, {false, "25.00"}} {
		if c := p.Chosen[i]; c.Fits != want.fits || c.Short.Text() != want.short {
			t.Errorf("%s: fits %t, %s short", c.Ref, c.Fits, c.Short)
		}
	}
	if p.Asked.Text() != "215.00" || p.Fitting.Text() != "145.00" {
		t.Errorf("%s asked, %s fit", p.Asked, p.Fitting)
	}
	for i, want := range []PotLine{
		{Earmark: "area-2", Drawn: usd("100.00"), Left: usd("0.00")},
		{Earmark: "area-3", Drawn: usd("0.00"), Left: usd("0.00")},
		{Earmark: Unearmarked, Drawn: usd("45.00"), Left: usd("5.00")},
	} {
		if len(p.Pots) != 3 || p.Pots[i].Earmark != want.Earmark || p.Pots[i].Drawn.Cmp(want.Drawn) != 0 || p.Pots[i].Left.Cmp(want.Left) != 0 {
			t.Fatalf("the money: %+v", p.Pots)
		}
	}
}

// What was given to prepare a document is no part of what a grant can give.
func TestAnOfferIsTheRequestLessItsPreparation(t *testing.T) {
	m := usd("100.00")
	p := Proposal{Content: Content{Shares: []Asked{{Organisation: uuid.New(), Amount: &m}}}}
	e := p.Offer([]GrantShare{{Amount: m}}, usd("10.00"), nil)
	if e.Amount.Text() != "90.00" || e.Requested.Text() != "100.00" || e.Shares[0].Amount.Text() != "90.00" {
		t.Errorf("%+v", e)
	}
}

func TestProportionsBeforeAndAfter(t *testing.T) {
	ch := ruled()
	malawi, mali, samoa := uuid.New(), uuid.New(), uuid.New()
	groups := map[uuid.UUID][]charter.Group{malawi: {charter.African, charter.LeastDeveloped, charter.Landlocked}, mali: {charter.African, charter.LeastDeveloped, charter.Landlocked}, samoa: {charter.AsiaPacific, charter.SmallIsland}}
	in := func(e PortfolioEntry) PortfolioEntry { e.Groups = groups; return e }
	granted := []PortfolioEntry{in(offer("area-1", "60.00", malawi, mali)), in(offer("area-2", "30.00"))}
	p := Weigh([]PortfolioEntry{in(offer("area-2", "90.00", samoa)), in(offer("area-2", "20.00", samoa, mali)), in(offer("area-2", "999.00", samoa))}, granted, Pots{Cash: map[string]ledger.Money{Unearmarked: usd("110.00")}}, ch)
	got := map[string]Proportion{}
	for _, x := range p.Proportions {
		got[x.By+" "+x.Key] = x
	}
	for line, want := range map[string][2]string{
		"region " + string(charter.African):        {"1 66.67", "1 30.00"},
		"region " + string(charter.AsiaPacific):    {"0 0.00", "1 45.00"},
		"region several":                           {"0 0.00", "1 10.00"},
		"region ":                                  {"1 33.33", "1 15.00"},
		"income " + string(charter.LeastDeveloped): {"1 66.67", "2 40.00"},
		"income " + string(charter.SmallIsland):    {"0 0.00", "2 55.00"},
		"income ":                                  {"1 33.33", "1 15.00"},
		"area area-1":                              {"1 66.67", "1 30.00"},
		"area area-2":                              {"1 33.33", "3 70.00"},
		"area area-3":                              {"0 0.00", "0 0.00"},
	} {
		x, there := got[line]
		for i, tally := range []Tally{x.Before, x.After} {
			if said := decimal.NewFromInt(int64(tally.N)).String() + " " + tally.Share.StringFixed(2); !there || said != want[i] {
				t.Errorf("%s: %s, want %s", line, said, want[i])
			}
		}
	}
}

// Whatever is chosen: nothing is drawn that is not there, what is drawn is what fits, and
// regions and areas add up to the whole.
func TestAPortfolioAddsUp(t *testing.T) {
	ch, state := ruled(), uuid.New()
	groups := map[uuid.UUID][]charter.Group{state: {charter.African}}
	rapid.Check(t, func(t *rapid.T) {
		amount := rapid.Custom(func(t *rapid.T) ledger.Money {
			return ledger.New(decimal.New(int64(rapid.IntRange(0, 5000).Draw(t, "cents")), -2), "USD")
		})
		entry := rapid.Custom(func(t *rapid.T) PortfolioEntry {
			m := amount.Draw(t, "amount")
			e := PortfolioEntry{Area: rapid.SampledFrom([]string{"area-1", "area-2", "", "elsewhere"}).Draw(t, "area"), Amount: m, Shares: []GrantShare{{Amount: m}}, Groups: groups}
			if rapid.Bool().Draw(t, "of the state") {
				e.States = []uuid.UUID{state}
			}
			return e
		})
		held := rapid.MapOf(rapid.SampledFrom([]string{"area-1", "area-2", Unearmarked}), amount)
		money := Pots{Cash: held.Draw(t, "money"), Signed: held.Draw(t, "signed")}
		chosen, granted := rapid.SliceOfN(entry, 0, 8).Draw(t, "chosen"), rapid.SliceOfN(entry, 0, 5).Draw(t, "granted")
		p := Weigh(chosen, granted, money, ch)
		drawn, whole := usd("0.00"), p.Fitting
		for _, l := range p.Pots {
			if l.Left.Cmp(usd("0.00")) < 0 || l.Drawn.Add(l.Left).Cmp(l.Available) != 0 || l.Awaited.IsNegative() || l.Awaited.Cmp(l.Signed) > 0 {
				t.Fatalf("%+v", l)
			}
			drawn = drawn.Add(l.Drawn).Add(l.Awaited)
		}
		if drawn.Cmp(p.Fitting) != 0 {
			t.Fatalf("%s is drawn of %s that fits", drawn, p.Fitting)
		}
		for _, e := range granted {
			whole = whole.Add(e.Amount)
		}
		sums := map[string]ledger.Money{ByRegion: usd("0.00"), ByArea: usd("0.00")}
		for _, x := range p.Proportions {
			if sum, ok := sums[x.By]; ok {
				sums[x.By] = sum.Add(x.After.Amount)
			}
		}
		for by, sum := range sums {
			if sum.Cmp(whole) != 0 {
				t.Fatalf("by %s the parts come to %s of %s", by, sum, whole)
			}
		}
	})
}
