package main

import (
	"bytes"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"startupfund/domain"
	"startupfund/domain/ledger"
)

func TestTheProofIsATable(t *testing.T) {
	usd := func(cents int64) ledger.Money { return ledger.New(decimal.New(cents, -2), ledger.USD) }
	on := time.Date(2026, 3, 3, 0, 0, 0, 0, time.UTC)
	p := domain.Prove(on, domain.FundAccount{Name: "The fund"}, domain.BankStatement{BankRef: "S1", To: on, Closing: usd(9_098_500)}, usd(8_800_000),
		[]domain.Movement{{Number: 4, Amount: usd(-1_000_000), ValueOn: on, Memo: "FTR-2026-002"}, {Number: 5, Amount: usd(700_000), ValueOn: on, Memo: "A deposit"}},
		[]domain.ReconciledLine{{BankLine: domain.BankLine{Amount: usd(-1_500), ValueOn: on, Text: "COMMISSION\nof the quarter"}, State: domain.LineOnHold}})
	var out bytes.Buffer
	if err := writeProof(&out, p); err != nil {
		t.Fatal(err)
	}
	want := `Proof of 2026-03-03, in USD
Statement S1 of The fund, to 2026-03-03

In the books                                                                    88,000.00
+ payments sent and not yet debited                                             10,000.00
    2026-03-03 voucher 4, FTR-2026-002                                          10,000.00
- receipts booked and not yet credited                                           7,000.00
    2026-03-03 voucher 5, A deposit                                              7,000.00
+ bank lines not yet booked, net                                                   −15.00
    2026-03-03 COMMISSION of the quarter (on-hold)                                 −15.00
On the bank's statement                                                         90,985.00
Difference                                                                           0.00
`
	if got := out.String(); got != want {
		t.Errorf("got\n%s", got)
	}
}
