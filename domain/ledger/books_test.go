package ledger

import (
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

func usd(text string) Money {
	m, err := Parse(text, USD)
	if err != nil {
		panic(err)
	}
	return m
}

func TestVoucherCheck(t *testing.T) {
	const bank, held = Account("agent:bank:USD"), Account("organisation:held:IOM:JP-1")
	negative, nothing, euro := usd("-1"), Zero(USD), Zero("EUR").Add(Money{usd("1").Amount, "EUR"})
	for _, c := range []struct {
		name     string
		postings []Posting
		want     error
	}{
		{"nothing", nil, ErrEmpty},
		{"negative, from nowhere, to itself", []Posting{{"", "", negative}}, ErrNotPositive},
		{"zero, to itself", []Posting{{bank, bank, nothing}}, ErrNotPositive},
		{"from nowhere, to nowhere", []Posting{{"Bank", "bank", usd("1")}}, ErrAccount},
		{"to one part", []Posting{{bank, "organisation", usd("1")}}, ErrAccount},
		{"to an empty part", []Posting{{bank, "organisation:held::JP-1", usd("1")}}, ErrAccount},
		{"to a part with a space", []Posting{{bank, "organisation:UN Women", usd("1")}}, ErrAccount},
		{"to itself, in another currency", []Posting{{bank, held, usd("1")}, {held, held, euro}}, ErrSameAccount},
		{"two currencies", []Posting{{bank, held, usd("1")}, {bank, held, euro}}, ErrOtherMoney},
		{"good", []Posting{{bank, held, usd("1")}, {held, bank, usd("0.01")}}, nil},
	} {
		err := Voucher{Postings: c.postings}.Check()
		if c.want == nil && err != nil || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

func TestReversalIsNotReversed(t *testing.T) {
	v := Voucher{ID: uuid.New(), Kind: Transfer, Postings: []Posting{{"agent:bank:USD", "organisation:held:IOM:JP-1", usd("1")}}}
	if err := v.Reversible(); err != nil {
		t.Errorf("a transfer: %v", err)
	}
	if err := v.Reverse(uuid.New(), time.Time{}, "sent twice").Reversible(); !errors.Is(err, ErrOfReversal) {
		t.Errorf("a reversal: %v, want %v", err, ErrOfReversal)
	}
}

// TestBalancesAgreeWithAPlainModel keeps a map of whole cents beside the ledger.
func TestBalancesAgreeWithAPlainModel(t *testing.T) {
	chart := []Account{"agent:bank:USD", "fund:cover:all", "fund:available:area-2", "income:contributions:SE", "cost:agent-fee"}
	rapid.Check(t, func(t *rapid.T) {
		model := map[Account]int64{}
		var posted []Voucher
		for range rapid.IntRange(0, 20).Draw(t, "vouchers") {
			if len(posted) > 0 && rapid.Bool().Draw(t, "reverse") {
				undone := rapid.SampledFrom(posted).Draw(t, "undone")
				for _, p := range undone.Postings {
					cents := p.Money.Amount.Shift(2).IntPart()
					model[p.To] -= cents
					model[p.From] += cents
				}
				posted = append(posted, undone.Reverse(uuid.New(), time.Time{}, "wrong"))
				continue
			}
			v := Voucher{ID: uuid.New(), Kind: History}
			for range rapid.IntRange(1, 4).Draw(t, "postings") {
				ends := rapid.Permutation(chart).Draw(t, "ends")
				cents := rapid.Int64Range(1, 1_000_000_000_000).Draw(t, "cents")
				v.Postings = append(v.Postings, Posting{ends[0], ends[1], New(decimal.New(cents, -2), USD)})
				model[ends[0]] -= cents
				model[ends[1]] += cents
			}
			if err := v.Check(); err != nil {
				t.Fatal(err)
			}
			posted = append(posted, v)
		}
		got, total := Balances(posted), Zero(USD)
		if len(got) != len(model) {
			t.Fatalf("%d accounts, want %d", len(got), len(model))
		}
		for account, held := range got {
			total = total.Add(held)
			if held.Amount.Shift(2).IntPart() != model[account] {
				t.Fatalf("%s holds %v, the model %d cents", account, held, model[account])
			}
		}
		if !total.IsZero() {
			t.Fatalf("the books sum to %v", total)
		}
	})
}
