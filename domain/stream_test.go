package domain

import (
	"testing"

	"startupfund/domain/ledger"
)

func TestStreamsFollowEveryCent(t *testing.T) {
	bank := BankAccount(ledger.USD)
	to := func(from, to ledger.Account, amount string) Flow { return Flow{from, to, usd(amount)} }
	flows := []Flow{
		to(ContributionsFrom("QM"), bank, "1000.10"), to(ContributionsFrom("QN"), bank, "500.00"), to(bank, ContributionsFrom("QN"), "0.05"),
		to(InterestFrom("IOM"), bank, "3.00"), to(OpeningBalances, bank, "7.00"), to(bank, AgentFee, "15.00"), to(bank, BankCharges, "0.35"),
		to(bank, Held("IOM", "JP-1"), "300.00"), to(bank, Held("IOM", "JP-2"), "200.00"), to(bank, Held("UNHCR", "JP-1"), "100.00"),
		to(Held("IOM", "JP-1"), bank, "40.00"), to(bank, Held("ILO", "OLD"), "9.00"), to(bank, Held("FAO", "JP-2"), "5.00"), to(Held("FAO", "JP-2"), bank, "5.00"),
		to(Held("IOM", "JP-1"), Expenditure("IOM", "JP-1", "1"), "120.00"), to(Cover, Available(""), "77.00"),
	}
	about := func(programme string) Place {
		if programme == "OLD" {
			return Place{PlaceProgramme, programme}
		}
		return Place{PlaceArea, "area-1"} // both joint programmes are in one area
	}
	var got string
	in, out := usd("0.00"), usd("0.00")
	for _, s := range Streams(ledger.USD, flows, about) {
		got += string(s.From.Kind) + " " + s.From.Code + " > " + string(s.To.Kind) + " " + s.To.Code + " " + s.Amount.Text() + "\n"
		if s.To.Kind == PlaceFund {
			in = in.Add(s.Amount)
		}
		if s.From.Kind == PlaceFund {
			out = out.Add(s.Amount)
		}
	}
	want := `contributor QM > fund  1000.10
contributor QN > fund  499.95
other-source  > fund  10.00
fund  > area area-1 560.00
fund  > programme OLD 9.00
fund  > other-use  15.35
fund  > agent-balance  925.70
area area-1 > organisation IOM 460.00
area area-1 > organisation UNHCR 100.00
programme OLD > organisation ILO 9.00
`
	if got != want {
		t.Errorf("the streams are\n%s", got)
	}
	if st := FundingStatus(forever, ledger.USD, flows); in.Text() != out.Text() || in.Text() != st.Line("total_source").Text() {
		t.Errorf("%s went in, %s came out", in.Text(), out.Text())
	}
	if got := Streams(ledger.USD, nil, about); len(got) != 0 {
		t.Errorf("an empty fund has streams: %v", got)
	}
}
