package domain

import (
	"errors"
	"flag"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"startupfund/domain/ledger"
)

// Laws are tried on more cases than rapid's hundred; a flag still overrides.
func init() { _ = flag.Set("rapid.checks", "400") }

func usd(text string) ledger.Money {
	m, err := ledger.Parse(text, ledger.USD)
	if err != nil {
		panic(err)
	}
	return m
}

func day(text string) time.Time {
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return d
}

func entry(memo string) Entry {
	return Entry{ID: uuid.New(), BookedOn: day("2026-01-15"), ValueOn: day("2026-01-14"), Memo: memo}
}

// transcript writes a voucher as it would be read aloud.
func transcript(v ledger.Voucher) string {
	var b strings.Builder
	for _, p := range v.Postings {
		b.WriteString(string(p.From) + " > " + string(p.To) + " " + p.Money.Text() + "\n")
	}
	return b.String()
}

// TestVouchers has one row for each kind of act: docs/decisions/0002 tells them
// with the same figures.
func TestVouchers(t *testing.T) {
	opening, err := OpeningVoucher(entry("Opening"), Opening{
		Bank:      usd("70.00"),
		Available: []EarmarkBalance{{"", usd("20.00")}, {"area-2", usd("30.00")}},
		Allocated: []Share{{"JP-1", "IOM", usd("20.00")}},
		Held:      []Share{{"JP-1", "IOM", usd("5.00")}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		kind ledger.Kind
		v    ledger.Voucher
		want string
	}{
		{"opening", ledger.Opening, opening, `
opening:balances > agent:bank:USD 75.00
agent:bank:USD > organisation:held:IOM:JP-1 5.00
fund:cover > fund:available:unearmarked 20.00
fund:cover > fund:available:area-2 30.00
fund:cover > fund:allocated:JP-1:IOM 20.00
`},
		{"deposit", ledger.Deposit, DepositVoucher(entry("Deposit"), "SE", "area-2", usd("1000.50"), usd("10.01")), `
income:contributions:SE > agent:bank:USD 1000.50
agent:bank:USD > cost:agent-fee 10.01
fund:cover > fund:available:area-2 990.49
`},
		{"deposit that bears no fee", ledger.Deposit, DepositVoucher(entry("Deposit"), "SE", "", usd("1.00"), usd("0")), `
income:contributions:SE > agent:bank:USD 1.00
fund:cover > fund:available:unearmarked 1.00
`},
		{"receipt nobody can name", ledger.Unknown, SuspenseVoucher(entry("?"), usd("7.00")), `
agent:suspense:USD > agent:bank:USD 7.00
`},
		{"named afterwards", ledger.Deposit, NamedDepositVoucher(entry("!"), "NO", "", usd("7.00"), usd("0.07")), `
income:contributions:NO > agent:suspense:USD 7.00
agent:bank:USD > cost:agent-fee 0.07
fund:cover > fund:available:unearmarked 6.93
`},
		{"allocation", ledger.Allocation, AllocationVoucher(entry("Decision"), "JP-1", []Draw{
			{"area-2", "IOM", usd("300.00")}, {"", "IOM", usd("1.00")}, {"", "UNDP", usd("5.93")}}), `
fund:available:area-2 > fund:allocated:JP-1:IOM 300.00
fund:available:unearmarked > fund:allocated:JP-1:IOM 1.00
fund:available:unearmarked > fund:allocated:JP-1:UNDP 5.93
`},
		{"release", ledger.Release, ReleaseVoucher(entry("FTR 1"), "JP-1", "IOM", usd("210.00")), `
fund:allocated:JP-1:IOM > fund:in-transit:JP-1:IOM 210.00
`},
		{"transfer", ledger.Transfer, TransferVoucher(entry("FTR 1"), "JP-1", "IOM", usd("210.00")), `
agent:bank:USD > organisation:held:IOM:JP-1 210.00
fund:in-transit:JP-1:IOM > fund:cover 210.00
`},
		{"refund", ledger.Refund, RefundVoucher(entry("Unspent"), "JP-1", "IOM", "area-2", usd("9.99")), `
organisation:held:IOM:JP-1 > agent:bank:USD 9.99
fund:cover > fund:available:area-2 9.99
`},
	} {
		if got := transcript(c.v); got != strings.TrimPrefix(c.want, "\n") || c.v.Kind != c.kind {
			t.Errorf("%s (%s):\n%s", c.name, c.v.Kind, got)
		}
		if err := c.v.Check(); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if c.v.ID == uuid.Nil || c.v.Memo == "" || !c.v.BookedOn.Equal(day("2026-01-15")) || !c.v.ValueOn.Equal(day("2026-01-14")) {
			t.Errorf("%s: the entry was lost: %+v", c.name, c.v)
		}
		if off := Untied(ledger.Balances([]ledger.Voucher{c.v}), ledger.USD); !off.IsZero() {
			t.Errorf("%s: the two sides differ by %v", c.name, off)
		}
	}
}

func TestVouchersRefused(t *testing.T) {
	for _, c := range []struct {
		name string
		v    ledger.Voucher
		want error
	}{
		{"a fee above the deposit", DepositVoucher(entry(""), "SE", "", usd("1"), usd("1.01")), ledger.ErrNotPositive},
		{"a negative fee", DepositVoucher(entry(""), "SE", "", usd("1"), usd("-0.01")), ledger.ErrNotPositive},
		{"a deposit of nothing", DepositVoucher(entry(""), "SE", "", usd("0"), usd("0")), ledger.ErrEmpty},
		{"a transfer of less than nothing", TransferVoucher(entry(""), "JP-1", "IOM", usd("-5")), ledger.ErrNotPositive},
		{"an allocation of nothing", AllocationVoucher(entry(""), "JP-1", nil), ledger.ErrEmpty},
		{"a contributor without a code", DepositVoucher(entry(""), "", "", usd("1"), usd("0")), ledger.ErrAccount},
		{"a code that would be another account", ReleaseVoucher(entry(""), "JP-1:IOM", "UNDP", usd("1")), ledger.ErrAccount},
	} {
		if err := c.v.Check(); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	_, err := OpeningVoucher(entry(""), Opening{Bank: usd("70.00"), Available: []EarmarkBalance{{"", usd("69.99")}}})
	if !errors.Is(err, ErrOpening) {
		t.Errorf("a bank balance that nothing covers: %v, want %v", err, ErrOpening)
	}
}

func TestGuarded(t *testing.T) {
	for a, want := range map[ledger.Account]bool{
		Available(""):               true,
		Available("area-2"):         true,
		Allocated("JP-1", "IOM"):    true,
		InTransit("JP-1", "IOM"):    true,
		Cover:                       false,
		BankAccount(ledger.USD):     false,
		SuspenseAccount(ledger.USD): false,
		Held("IOM", "JP-1"):         false,
		"fund:available-once:x":     false,
		"fund:in-transit-elsewhere": false,
		InterestFrom("UNDP"):        false,
	} {
		if Guarded(a) != want {
			t.Errorf("%s: guarded is %t", a, !want)
		}
	}
}
