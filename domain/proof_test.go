package domain

import (
	"testing"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"startupfund/domain/ledger"
)

// Books and bank that stem from the same movements prove each other, whichever of
// them each side has seen by the day; and a cent that only one side has shows as
// exactly that cent.
func TestTheProofOfTheDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		opening := cents(t, "opening")
		books, bank := opening, opening
		var open []Movement
		var waiting []ReconciledLine
		for i := range rapid.IntRange(0, 30).Draw(t, "movements") {
			m := Movement{Posting: int64(i), Amount: cents(t, "amount")}
			l := ReconciledLine{BankLine: BankLine{ID: uuid.New(), Amount: m.Amount}}
			switch rapid.SampledFrom([]string{"both", "books", "bank", "both, not matched"}).Draw(t, "seen by") {
			case "both":
				books, bank = books.Add(m.Amount), bank.Add(m.Amount)
			case "books":
				books, open = books.Add(m.Amount), append(open, m)
			case "bank":
				bank, waiting = bank.Add(m.Amount), append(waiting, l)
			case "both, not matched":
				books, bank = books.Add(m.Amount), bank.Add(m.Amount)
				open, waiting = append(open, m), append(waiting, l)
			}
		}
		planted := ledger.Zero(ledger.USD)
		if rapid.Bool().Draw(t, "planted") {
			planted = cents(t, "too much at the bank")
		}
		p := Prove(third, FundAccount{}, BankStatement{Closing: bank.Add(planted)}, books, open, waiting)
		if !p.Difference.Equal(planted) || p.Explained() != planted.IsZero() {
			t.Fatalf("the difference is %s, and %s was planted", p.Difference, planted)
		}
		if len(p.Sent)+len(p.Receipts) != len(open) || len(p.NotBooked) != len(waiting) || p.SentTotal.IsNegative() || p.ReceiptsTotal.IsNegative() {
			t.Fatal("not every item is listed")
		}
	})
}

func cents(t *rapid.T, name string) ledger.Money {
	return ledger.New(decimal.New(rapid.Int64Range(-1_000_000, 1_000_000).Draw(t, name), -2), ledger.USD)
}
