package domain

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/charter"
	"startupfund/domain/ledger"
)

// How many owner states must have endorsed is the charter's to say.
func TestHowManyOwnerStatesEndorse(t *testing.T) {
	p := Proposal{Ref: "P-1", Content: Content{State: uuid.New(), OtherStates: []uuid.UUID{uuid.New(), uuid.New()}}}
	_, hash := p.ContentNow()
	for _, c := range []struct {
		by   charter.Endorsers
		n    int
		want [4]bool // with none, one, two, three
	}{
		{charter.EveryState, 1, [4]bool{false, false, false, true}},
		{charter.OneState, 3, [4]bool{false, true, true, true}},
		{charter.SomeStates, 2, [4]bool{false, false, true, true}},
		{charter.SomeStates, 9, [4]bool{false, false, false, true}},
	} {
		rules := charter.MustDefault().Proposals
		rules.EndorsedBy.Value, rules.EndorsingStates.Value = c.by, c.n
		var given []Endorsement
		for n, want := range c.want {
			if got := p.EndorsedBy(rules, given); got != want {
				t.Errorf("%s %d with %d: %t", c.by, c.n, n, got)
			}
			if n < 3 {
				given = append(given, Endorsement{State: p.States()[n], Hash: hash}, Endorsement{State: uuid.New(), Hash: hash})
			}
		}
	}
}

// Where the charter asks for a sign-off and for parts to be confirmed, a submission
// waits for both.
func TestWhatTheCharterAsksBesideEndorsements(t *testing.T) {
	submitter, partner := uuid.New(), uuid.New()
	usd := func(text string) *ledger.Money {
		m, err := ledger.Parse(text, ledger.USD)
		if err != nil {
			t.Fatal(err)
		}
		return &m
	}
	p := Proposal{Organisation: submitter, Content: Content{Shares: []Asked{{submitter, usd("1.00")}, {partner, usd("2.00")}}}}
	g := Case{Charter: charter.MustDefault()}
	has := func(code string) bool {
		for _, f := range p.lacks(g, time.Time{}) {
			if f.Code == code {
				return true
			}
		}
		return false
	}
	if has("not-signed-off") || has("part-not-confirmed") {
		t.Error("asked though the charter does not")
	}
	g.Charter.Proposals.SignedOff.Value, g.Charter.Proposals.PartsConfirmed.Value = true, true
	if !has("not-signed-off") || !has("part-not-confirmed") {
		t.Error("not asked though the charter does")
	}
	_, hash := p.ContentNow()
	g.SignOffs, g.Confirmations = []SignOff{{Hash: hash}}, []Confirmation{{Organisation: partner, Amount: "2.00"}}
	if has("not-signed-off") || has("part-not-confirmed") {
		t.Error("there, and missed")
	}
	g.Confirmations[0].Amount, g.SignOffs[0].Hash = "3.00", []byte("other")
	if !has("not-signed-off") || !has("part-not-confirmed") {
		t.Error("of something else, and taken")
	}
}
