package store_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"startupfund/domain"
	"startupfund/domain/ledger"
	"startupfund/store"
	"startupfund/store/storetest"
)

// Whatever was posted and reversed, on any day each figure is what a plain model
// makes of the vouchers, and the parts it opens to sum to it, page by page.
func TestEachFigureOpensToPartsThatSumToIt(t *testing.T) {
	f := storetest.New(t)
	by := store.As(person(t, f))
	ctx := context.Background()
	var posted []ledger.Voucher
	rapid.Check(t, func(t *rapid.T) {
		v := anyVoucher(t)
		batch := []ledger.Voucher{v}
		if rapid.IntRange(0, 3).Draw(t, "reversed") == 0 {
			batch = append(batch, v.Reverse(uuid.New(), v.BookedOn.AddDate(0, 0, rapid.IntRange(0, 5).Draw(t, "later")), "entered twice"))
		}
		if _, err := f.Post(ctx, by, batch...); err != nil {
			t.Fatal(err)
		}
		posted = append(posted, batch...)

		asOf := day.AddDate(0, 0, rapid.IntRange(-1, 40).Draw(t, "as of"))
		model := domain.FundingStatus(asOf, ledger.USD, domain.Flows(posted, asOf))
		st, err := f.Statement(ctx, by.Actor, asOf)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range model.Lines {
			if !st.Line(l.Code).Equal(l.Amount) {
				t.Fatalf("%s is %v, the model says %v", l.Code, st.Line(l.Code), l.Amount)
			}
		}
		line := rapid.SampledFrom(model.Lines).Draw(t, "line")
		limit := rapid.IntRange(1, 30).Draw(t, "limit")
		sum, count, after := ledger.Zero(ledger.USD), 0, int64(0)
		for {
			fig, err := f.Opened(ctx, by.Actor, line.Code, asOf, after, limit)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range fig.Parts {
				sum, count, after = sum.Add(p.Part), count+1, p.Number
			}
			if len(fig.Parts) == limit {
				continue
			}
			if !sum.Equal(line.Amount) || !fig.Amount.Equal(line.Amount) || fig.Count != count {
				t.Fatalf("%s is %v: its %d parts sum to %v, and it says %d and %v", line.Code, line.Amount, count, sum, fig.Count, fig.Amount)
			}
			break
		}
	})
}

// anyVoucher is one of the kinds that the domain makes, both sides of the books tied.
func anyVoucher(t *rapid.T) ledger.Voucher {
	e := domain.Entry{ID: uuid.New(), BookedOn: day.AddDate(0, 0, rapid.IntRange(0, 30).Draw(t, "day")), Memo: "a test"}
	e.ValueOn = e.BookedOn
	amount := func(name string) ledger.Money {
		return ledger.New(decimal.New(rapid.Int64Range(1, 1_000_000).Draw(t, name), -2), ledger.USD)
	}
	m := amount("amount")
	org := rapid.SampledFrom([]string{"IOM", "UNDP"}).Draw(t, "organisation")
	switch rapid.IntRange(0, 4).Draw(t, "kind") {
	case 0:
		return domain.DepositVoucher(e, "QMR", "", m.Add(m), m)
	case 1:
		return domain.RefundVoucher(e, "JP-1", org, "", m)
	case 2:
		v := domain.DepositVoucher(e, "QMR", "", m, ledger.Zero(ledger.USD))
		v.Postings[0].From = domain.InterestFund
		return v
	case 3:
		return whole(e, org, m)
	}
	v := domain.DepositVoucher(e, "QNA", "area-2", m, ledger.Zero(ledger.USD))
	v.ValueOn = v.ValueOn.Add(-48 * time.Hour)
	return v
}

// whole is a contribution allocated, released and sent in one voucher: no story
// posts it, but no account goes below zero by it.
func whole(e domain.Entry, org string, m ledger.Money) ledger.Voucher {
	v := domain.DepositVoucher(e, "QMR", "", m, ledger.Zero(ledger.USD))
	v.Postings = append(v.Postings, domain.AllocationVoucher(e, "JP-1", []domain.Draw{{Organisation: org, Amount: m}}).Postings...)
	v.Postings = append(v.Postings, domain.ReleaseVoucher(e, "JP-1", org, m).Postings...)
	v.Postings = append(v.Postings, domain.TransferVoucher(e, "JP-1", org, m).Postings...)
	v.Postings = append(v.Postings, ledger.Posting{From: domain.Held(org, "JP-1"), To: domain.Expenditure(org, "JP-1", "travel"), Money: m})
	return v
}
