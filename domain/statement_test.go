package domain

import (
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"startupfund/domain/ledger"
)

var forever = day("9999-12-31")

func status(vouchers ...ledger.Voucher) Statement {
	return FundingStatus(forever, ledger.USD, Flows(vouchers, forever))
}

// other is a voucher of acts that have no builder yet: each moves money and cover.
func other(postings ...ledger.Posting) ledger.Voucher {
	return entry("other").voucher(ledger.History, postings...)
}

func TestStatementCodes(t *testing.T) {
	var codes []string
	for _, l := range status().Lines {
		codes = append(codes, l.Code)
		if l.Label == "" || !l.Amount.IsZero() {
			t.Errorf("%+v of an empty fund", l)
		}
	}
	want := "contributions interest_fund interest_organizations other_income total_source transfers refunds agent_fee direct_cost " +
		"bank_charges transfers_to_funds exchange_differences returned_to_contributors total_use balance_with_agent expenditure " +
		"balance_with_organizations total_balance"
	if got := strings.Join(codes, " "); got != want {
		t.Errorf("codes are part of the API:\n%s", got)
	}
}

func TestStatement(t *testing.T) {
	bank := BankAccount(ledger.USD)
	cover, free := Cover, Available("")
	in := func(from ledger.Account, amount string) ledger.Voucher {
		return other(ledger.Posting{From: from, To: bank, Money: usd(amount)}, ledger.Posting{From: cover, To: free, Money: usd(amount)})
	}
	out := func(to ledger.Account, amount string) ledger.Voucher {
		return other(ledger.Posting{From: bank, To: to, Money: usd(amount)}, ledger.Posting{From: free, To: cover, Money: usd(amount)})
	}
	opening, err := OpeningVoucher(entry("o"), Opening{Bank: usd("100.00"), Available: []EarmarkBalance{{"", usd("100.00")}},
		Held: []Share{{"JP-0", "IOM", usd("11.00")}}})
	if err != nil {
		t.Fatal(err)
	}
	sent, wrong := TransferVoucher(entry("t"), "JP-1", "IOM", usd("200.00")), TransferVoucher(entry("t"), "JP-1", "IOM", usd("77.00"))
	refund, wrongRefund := RefundVoucher(entry("r"), "JP-1", "IOM", "", usd("20.00")), RefundVoucher(entry("r"), "JP-1", "IOM", "", usd("3.00"))
	undo := func(v ledger.Voucher) ledger.Voucher { return v.Reverse(uuid.New(), v.BookedOn, "wrong") }
	s := status(opening,
		DepositVoucher(entry("d"), "SE", "", usd("1000.50"), usd("10.01")),
		SuspenseVoucher(entry("s"), usd("7.00")), SuspenseVoucher(entry("s"), usd("50.00")),
		NamedDepositVoucher(entry("n"), "NO", "", usd("7.00"), usd("0.07")),
		in(InterestFund, "1.11"), in(InterestFrom("IOM"), "2.22"), in(OtherIncome("sale"), "3.33"),
		AllocationVoucher(entry("a"), "JP-1", []Draw{{"", "IOM", usd("500.00")}}),
		ReleaseVoucher(entry("f"), "JP-1", "IOM", usd("277.00")),
		sent, wrong, undo(wrong), refund, wrongRefund, undo(wrongRefund),
		out(DirectCost("IOM"), "4.00"), out(BankCharges, "0.50"), out(TransfersToFund("PBF"), "6.00"), out(ReturnedTo("SE"), "8.00"),
		out(ExchangeDifferences, "1.00"), in(ExchangeDifferences, "0.25"),
		other(ledger.Posting{From: Held("IOM", "JP-1"), To: Expenditure("IOM", "JP-1", "1"), Money: usd("230.00")}),
	)
	for _, want := range strings.Split(strings.TrimSpace(`
contributions 1007.50
interest_fund 1.11
interest_organizations 2.22
other_income 114.33
total_source 1125.16
transfers 211.00
refunds 20.00
agent_fee 10.08
direct_cost 4.00
bank_charges 0.50
transfers_to_funds 6.00
exchange_differences 0.75
returned_to_contributors 8.00
total_use 220.33
balance_with_agent 904.83
expenditure 230.00
balance_with_organizations -39.00
total_balance 865.83`), "\n") {
		code, amount, _ := strings.Cut(want, " ")
		if got := s.Line(code).Text(); got != amount {
			t.Errorf("%s is %s, want %s", code, got, amount)
		}
	}
}

func TestStatementAsOfTheBookingDate(t *testing.T) {
	deposit := DepositVoucher(Entry{BookedOn: day("2026-01-15"), ValueOn: day("2025-12-31")}, "SE", "", usd("100"), usd("1"))
	back := deposit.Reverse(uuid.New(), day("2026-02-01"), "returned by the bank")
	for asOf, want := range map[string]string{"2025-12-31": "0.00", "2026-01-14": "0.00", "2026-01-15": "99.00", "2026-01-31": "99.00", "2026-02-01": "0.00"} {
		s := FundingStatus(day(asOf), ledger.USD, Flows([]ledger.Voucher{deposit, back}, day(asOf)))
		if got := s.Line("balance_with_agent").Text(); got != want {
			t.Errorf("on %s: %s, want %s", asOf, got, want)
		}
	}
}

// TestStatementAgreesWithTheBooks posts acts at random, takes some back, and asks
// the accounts what the statement should have said.
func TestStatementAgreesWithTheBooks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var posted []ledger.Voucher
		undone := map[uuid.UUID]bool{}
		counted := map[string]int64{} // cents of deposits, transfers and refunds that stand
		post := func(v ledger.Voucher, line string, cents int64) {
			counted[line] += cents
			v.Subject = line
			posted = append(posted, v)
		}
		for range rapid.IntRange(1, 30).Draw(t, "acts") {
			cents := rapid.Int64Range(100, 1_000_000_00).Draw(t, "cents")
			amount := ledger.New(decimal.New(cents, -2), ledger.USD)
			fee := ledger.New(decimal.New(cents/100, -2), ledger.USD)
			org := rapid.SampledFrom([]string{"IOM", "UNDP"}).Draw(t, "organisation")
			switch rapid.IntRange(0, 8).Draw(t, "act") {
			case 0:
				post(DepositVoucher(entry(""), org, "", amount, fee), "contributions", cents)
			case 1:
				post(SuspenseVoucher(entry(""), amount), "", 0)
			case 2:
				post(NamedDepositVoucher(entry(""), org, "area-1", amount, fee), "contributions", cents)
			case 3:
				post(AllocationVoucher(entry(""), "JP-1", []Draw{{"", org, amount}}), "", 0)
			case 4:
				post(ReleaseVoucher(entry(""), "JP-1", org, amount), "", 0)
			case 5:
				post(TransferVoucher(entry(""), "JP-1", org, amount), "transfers", cents)
			case 6:
				post(RefundVoucher(entry(""), "JP-1", org, "", amount), "refunds", cents)
			case 7:
				post(other(ledger.Posting{From: Held(org, "JP-1"), To: Expenditure(org, "JP-1", "5"), Money: amount}), "expenditure", cents)
			case 8:
				if v := posted[rapid.IntRange(0, max(0, len(posted)-1)).Draw(t, "which"):]; len(v) > 0 && v[0].Reversible() == nil && !undone[v[0].ID] {
					undone[v[0].ID] = true
					value := v[0].Postings[0].Money.Amount.Shift(2).IntPart()
					post(v[0].Reverse(uuid.New(), v[0].BookedOn, "wrong"), v[0].Subject, -value)
				}
			}
		}
		held := ledger.Balances(posted)
		sum := func(stem ledger.Account) ledger.Money {
			total := ledger.Zero(ledger.USD)
			for a, m := range held {
				if within(stem, a) {
					total = total.Add(m)
				}
			}
			return total
		}
		s := status(posted...)
		for line, cents := range counted {
			if line != "" && s.Line(line).Amount.Shift(2).IntPart() != cents {
				t.Fatalf("%s is %v, counted %d cents", line, s.Line(line), cents)
			}
		}
		for law, differ := range map[string]ledger.Money{
			"with the agent is the bank less suspense": s.Line("balance_with_agent").Sub(sum(stemBank)).Sub(sum(stemSuspense)),
			"with organisations is what they hold":     s.Line("balance_with_organizations").Sub(sum(stemHeld)),
			"the whole is both":                        s.Line("total_balance").Sub(s.Line("balance_with_agent")).Sub(s.Line("balance_with_organizations")),
			"source less use":                          s.Line("total_source").Sub(s.Line("total_use")).Sub(s.Line("balance_with_agent")),
			"the two sides are tied":                   Untied(held, ledger.USD),
		} {
			if !differ.IsZero() {
				t.Fatalf("%s: off by %v", law, differ)
			}
		}
	})
}

func TestPatternsPickWholeParts(t *testing.T) {
	p := Pattern{From: stemInterest}
	for from, want := range map[ledger.Account]bool{
		InterestFund:                 true,
		InterestFrom("UNDP"):         false,
		"income:interest":            true,
		"income:interesting:x":       false,
		ContributionsFrom("SE"):      false,
		"income:interest:fund:extra": true,
	} {
		if p.Matches(from, "agent:bank:USD") != want {
			t.Errorf("%s: picked is %t", from, !want)
		}
	}
}
