package domain

import (
	"slices"
	"strings"
	"time"

	"startupfund/domain/ledger"
)

// PlaceKind is what stands at an end of a stream of money.
type PlaceKind string

// The kinds of places, part of the API.
const (
	PlaceContributor  PlaceKind = "contributor"   // Code: the contributor's
	PlaceOtherSource  PlaceKind = "other-source"  // interest, other income and opening balances
	PlaceFund         PlaceKind = "fund"          // the fund itself
	PlaceArea         PlaceKind = "area"          // Code: a thematic area's key in the charter
	PlaceProgramme    PlaceKind = "programme"     // Code: that of a programme without an area
	PlaceOrganisation PlaceKind = "organisation"  // Code: a participating organisation's
	PlaceOtherUse     PlaceKind = "other-use"     // fees, costs, charges and what left the fund otherwise
	PlaceBalance      PlaceKind = "agent-balance" // what is still with the Administrative Agent
)

// Place is an end of a stream.
type Place struct {
	Kind PlaceKind
	Code string // "" for a place of which there is one
}

// Stream is what went from one place to another, net: reversals, and refunds of
// transfers, are taken off. It is below zero where more came back than went.
type Stream struct {
	From, To Place
	Amount   ledger.Money
}

// Streams is the way of the money: from contributors into the fund, and from there
// by what about tells of a programme to the organisations. What goes into the fund
// and what comes out of it, the balance with the agent included, are both the
// Funding Status' total source. Streams of zero are left out.
func Streams(c ledger.Currency, flows []Flow, about func(programme string) Place) []Stream {
	sum := map[[2]Place]ledger.Money{}
	add := func(from, to Place, m ledger.Money) {
		ends := [2]Place{from, to}
		if was, ok := sum[ends]; ok {
			m = was.Add(m)
		}
		sum[ends] = m
	}
	fund := Place{Kind: PlaceFund}
	for _, f := range flows {
		switch {
		case within(stemContributions, f.From):
			add(Place{PlaceContributor, last(f.From)}, fund, f.Total)
		case within(stemContributions, f.To):
			add(Place{PlaceContributor, last(f.To)}, fund, f.Total.Neg())
		case within(stemAgent, f.From) && within(stemHeld, f.To):
			organisation, programme := holder(f.To)
			add(fund, about(programme), f.Total)
			add(about(programme), organisation, f.Total)
		case within(stemHeld, f.From) && within(stemAgent, f.To):
			organisation, programme := holder(f.From)
			add(fund, about(programme), f.Total.Neg())
			add(about(programme), organisation, f.Total.Neg())
		}
	}
	st := FundingStatus(time.Time{}, c, flows)
	add(Place{Kind: PlaceOtherSource}, fund, st.Line("total_source").Sub(st.Line("contributions")))
	add(fund, Place{Kind: PlaceOtherUse}, st.Line("total_use").Sub(st.Line("transfers")).Add(st.Line("refunds")))
	add(fund, Place{Kind: PlaceBalance}, st.Line("balance_with_agent"))

	var all []Stream
	for ends, m := range sum {
		if !m.IsZero() {
			all = append(all, Stream{ends[0], ends[1], m})
		}
	}
	slices.SortFunc(all, func(a, b Stream) int { return strings.Compare(a.order(), b.order()) })
	return all
}

// course is the order in which the kinds of places follow the money.
var course = []PlaceKind{PlaceContributor, PlaceOtherSource, PlaceFund, PlaceArea, PlaceProgramme, PlaceOtherUse, PlaceBalance, PlaceOrganisation}

func (s Stream) order() string {
	at := func(p Place) string { return string(rune('a'+slices.Index(course, p.Kind))) + p.Code }
	return at(s.From) + "\x00" + at(s.To)
}

func last(a ledger.Account) string { return string(a[strings.LastIndexByte(string(a), ':')+1:]) }

// holder takes an account of Held apart.
func holder(a ledger.Account) (organisation Place, programme string) {
	code, programme, _ := strings.Cut(strings.TrimPrefix(string(a), string(stemHeld)+":"), ":")
	return Place{PlaceOrganisation, code}, programme
}
