package camt053

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"startupfund/domain/ledger"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// Whatever statement adds up is written, and read back equal.
func TestWriteRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := statement(t)
		var b bytes.Buffer
		if err := Write(&b, want); err != nil {
			t.Fatal(err)
		}
		got, err := ReadAll(&b)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]Statement{want}, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

// What is written is what the standard's schema takes.
func TestWriteIsValid(t *testing.T) {
	dir := t.TempDir()
	for i := range 20 {
		file := filepath.Join(dir, "statement.xml")
		var b bytes.Buffer
		if err := Write(&b, rapid.Custom(statement).Example(i)); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		if validate(t, file, "08"); t.Failed() {
			t.Fatal(b.String())
		}
	}
}

// Nothing is written of a statement that would be refused.
func TestWriteRefuses(t *testing.T) {
	well := func() Statement {
		all, err := ReadAll(strings.NewReader(good))
		if err != nil {
			t.Fatal(err)
		}
		return all[0]
	}
	cases := []struct {
		name  string
		spoil func(*Statement)
		want  error
	}{
		{"well", func(*Statement) {}, nil},
		{"a cent more, and no reference", func(s *Statement) {
			s.Entries[0].Money = s.Entries[0].Money.Add(ledger.New(decimal.New(1, -2), "USD"))
			s.Entries[0].Details = nil
		}, ErrSum},
		{"no id, does not add up", func(s *Statement) { s.ID, s.Entries = "", nil }, ErrMissing},
		{"no opening balance", func(s *Statement) { s.Opening = Balance{} }, ErrBalance},
		{"another currency, unbooked", func(s *Statement) { s.Entries[0].Money, s.Entries[0].Status = ledger.Zero("EUR"), Pending }, ErrOther},
		{"no status", func(s *Statement) { s.Entries[1].Status, s.Entries[1].Booked = "", time.Time{} }, ErrMissing},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := well()
			c.spoil(&s)
			var b bytes.Buffer
			err := Write(&b, s)
			if !errors.Is(err, c.want) || (b.Len() > 0) != (c.want == nil) {
				t.Errorf("%v after %d bytes, want %v", err, b.Len(), c.want)
			}
		})
	}
}

var (
	name  = rapid.StringMatching(`[A-Za-z0-9<&>"'éж中ع][A-Za-z0-9 <&>"'éж中ع]{0,30}[A-Za-z0-9<&>]`)
	maybe = rapid.OneOf(rapid.Just(""), name)
	iban  = rapid.StringMatching(`[A-Z]{2}[0-9]{2}[A-Z0-9]{1,30}`)
	owned = rapid.OneOf(rapid.Just(""), iban, name)
	dated = rapid.Custom(func(t *rapid.T) time.Time {
		return time.Date(2026, 1, 1+rapid.IntRange(0, 700).Draw(t, "day"), 0, 0, 0, 0, time.UTC)
	})
	timed = rapid.Custom(func(t *rapid.T) time.Time {
		return dated.Draw(t, "on").Add(time.Duration(rapid.Int64Range(0, 86_399_999).Draw(t, "ms")) * time.Millisecond)
	})
	texts = rapid.Custom(func(t *rapid.T) []string { return none(rapid.SliceOfN(name, 0, 3).Draw(t, "texts")) })
)

// none is nil for nothing, as Read leaves it.
func none[T any](all []T) []T {
	if len(all) == 0 {
		return nil
	}
	return all
}

func moneyOf(c ledger.Currency) *rapid.Generator[ledger.Money] {
	return rapid.Custom(func(t *rapid.T) ledger.Money {
		minor := rapid.Int64Range(-9_999_999_999_999, 9_999_999_999_999).Draw(t, "minor")
		return ledger.New(decimal.New(minor, -c.Places()), c)
	})
}

func statement(t *rapid.T) Statement {
	c := rapid.SampledFrom([]ledger.Currency{"USD", "JPY", "KWD"}).Draw(t, "currency")
	s := Statement{Header: Header{
		Version: version, N: 1,
		Message: name.Draw(t, "message"), MessageCreated: timed.Draw(t, "created"),
		ID: name.Draw(t, "id"), Sequence: rapid.Int64Range(0, 1e17).Draw(t, "sequence"), LegalSequence: rapid.Int64Range(0, 99).Draw(t, "legal"),
		Copy:    rapid.SampledFrom([]string{"", "COPY", "DUPL", "CODU"}).Draw(t, "copy"),
		Account: rapid.OneOf(iban, name).Draw(t, "account"), Currency: c, Owner: maybe.Draw(t, "owner"),
		Opening: Balance{"OPBD", moneyOf(c).Draw(t, "opening"), dated.Draw(t, "on")},
	}}
	if rapid.Bool().Draw(t, "period") {
		s.Created, s.From, s.To = timed.Draw(t, "created"), timed.Draw(t, "from"), timed.Draw(t, "to")
	}
	for i := range rapid.IntRange(0, 4).Draw(t, "entries") {
		s.Entries = append(s.Entries, entryOf(t, i+1, c))
	}
	s.Closing = Balance{"CLBD", s.Opening.Money.Add(s.Booked()), dated.Draw(t, "on")}
	return s
}

func entryOf(t *rapid.T, n int, c ledger.Currency) Entry {
	e := Entry{
		N: n, Money: moneyOf(c).Draw(t, "money"), Reversal: rapid.Bool().Draw(t, "reversal"),
		Status: rapid.SampledFrom([]Status{Booked, Booked, Booked, Pending, Information, Future}).Draw(t, "status"),
		Booked: dated.Draw(t, "booked"), Ref: maybe.Draw(t, "ref"), BankRef: maybe.Draw(t, "bank"), Info: maybe.Draw(t, "info"),
		Code: rapid.SampledFrom([]Code{{}, {"PMNT", "ICDT", "XBCT", "", ""}, {Proprietary: "FEE"},
			{"PMNT", "RCDT", "ESCT", "100", "BANK"}}).Draw(t, "code"),
		Charges: none(rapid.SliceOfN(rapid.Custom(chargeOf), 0, 2).Draw(t, "charges")),
		Details: none(rapid.SliceOfN(rapid.Custom(detailOf), 0, 3).Draw(t, "details")),
	}
	if rapid.Bool().Draw(t, "valued") {
		e.Value = dated.Draw(t, "value")
	}
	return e
}

func chargeOf(t *rapid.T) Charge {
	return Charge{moneyOf("EUR").Draw(t, "money"), rapid.Bool().Draw(t, "included"),
		rapid.SampledFrom([]string{"", "DEBT", "CRED", "SHAR", "SLEV"}).Draw(t, "bearer")}
}

func detailOf(t *rapid.T) Detail {
	party := func() Party { return Party{maybe.Draw(t, "name"), maybe.Draw(t, "ultimate"), owned.Draw(t, "account")} }
	d := Detail{
		MessageID: maybe.Draw(t, "message"), PaymentID: maybe.Draw(t, "payment"), InstrID: maybe.Draw(t, "instr"),
		EndToEndID: maybe.Draw(t, "e2e"), TxID: maybe.Draw(t, "tx"), BankRef: maybe.Draw(t, "bank"),
		UETR:   rapid.SampledFrom([]string{"", "8a562c67-ca16-48ba-b074-65581be6f011"}).Draw(t, "uetr"),
		Debtor: party(), Creditor: party(),
		Text: texts.Draw(t, "text"), References: texts.Draw(t, "references"), Documents: texts.Draw(t, "documents"),
		Charges:     none(rapid.SliceOfN(rapid.Custom(chargeOf), 0, 2).Draw(t, "charges")),
		ReturnedFor: rapid.SampledFrom([]string{"", "AC04", "BANKCODE"}).Draw(t, "returned"),
		Info:        maybe.Draw(t, "info"),
	}
	if rapid.Bool().Draw(t, "stated") {
		d.Money = moneyOf("CHF").Draw(t, "money")
	}
	return d
}
