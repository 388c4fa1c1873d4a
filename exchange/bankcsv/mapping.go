// Package bankcsv reads the tables that banks without a standard format give out: one
// row a movement. Which column means what, how days and amounts are written and what
// makes an amount a debit is a Mapping, kept as data for each bank. It says what it
// read in the words of exchange/camt053, and refuses by the same codes.
//
// A table proves itself by its column of balances, row by row. Where the bank writes
// none, whoever imports it says both ends from the bank's own paper.
package bankcsv

import (
	"maps"
	"slices"
	"unicode/utf8"

	"startupfund/domain/ledger"
	"startupfund/domain/problem"
	"startupfund/exchange/intake"
)

// ErrMapping is a mapping by which nothing can be read: its field says where.
var ErrMapping = problem.New(problem.Invalid, "bank-mapping-unusable") // given

// Mapping is how one bank writes its tables.
type Mapping struct {
	Account  string          `json:"account"`  // the IBAN or the bank's own number: tables seldom say it
	Currency ledger.Currency `json:"currency"` // of the account
	Encoding string          `json:"encoding"` // utf-8, windows-1252, iso-8859-1 or iso-8859-15
	Comma    string          `json:"comma"`    // between two fields: one character
	Dates    string          `json:"dates"`    // one of DateForms
	Decimal  string          `json:"decimal"`  // "." or ","
	Group    string          `json:"group"`    // between thousands, "" for none
	Newest   bool            `json:"newest_first"`

	// What makes an amount a debit: its own sign (signed), a word beside it (mark), or
	// the column it stands in (columns).
	Sign Sign `json:"sign"`

	Columns Columns `json:"columns"`

	Debits  []string `json:"debits,omitempty"`  // words of the mark's column: "D", "Soll"
	Credits []string `json:"credits,omitempty"` // "C", "Haben"
	// OutNegative: the bank writes a sign in the column of what goes out as well.
	OutNegative bool `json:"out_negative,omitempty"`
}

// Sign is a rule of signs.
type Sign string

const (
	Signed    Sign = "signed"
	ByMark    Sign = "mark"
	ByColumns Sign = "columns"
)

// Columns are the names in the table's head, as the bank writes them; "" for none.
type Columns struct {
	Booked       string   `json:"booked"`
	Value        string   `json:"value,omitempty"`
	Amount       string   `json:"amount,omitempty"`
	Mark         string   `json:"mark,omitempty"`
	In           string   `json:"in,omitempty"`
	Out          string   `json:"out,omitempty"`
	Currency     string   `json:"currency,omitempty"`
	Balance      string   `json:"balance,omitempty"` // after the movement
	EndToEnd     string   `json:"end_to_end,omitempty"`
	BankRef      string   `json:"bank_ref,omitempty"`
	Counterparty string   `json:"counterparty,omitempty"`
	Number       string   `json:"number,omitempty"` // the other side's account
	Text         []string `json:"text,omitempty"`
}

// named are the columns that must be in the head.
func (c Columns) named() []string {
	all := append([]string{c.Booked, c.Value, c.Amount, c.Mark, c.In, c.Out, c.Currency, c.Balance, c.EndToEnd, c.BankRef, c.Counterparty, c.Number}, c.Text...)
	return slices.DeleteFunc(all, func(name string) bool { return name == "" })
}

// forms of days, and what Go calls them. Each is unlike the others: none is guessed.
var forms = map[string]string{
	"YYYY-MM-DD": "2006-01-02", "YYYYMMDD": "20060102", "YYYY/MM/DD": "2006/01/02",
	"DD.MM.YYYY": "02.01.2006", "DD/MM/YYYY": "02/01/2006", "DD-MM-YYYY": "02-01-2006", "DD.MM.YY": "02.01.06", "DD/MM/YY": "02/01/06",
	"MM/DD/YYYY": "01/02/2006", "MM/DD/YY": "01/02/06", "DD Mon YYYY": "02 Jan 2006", "DD-Mon-YYYY": "02-Jan-2006",
}

// DateForms are the ways of writing a day that a mapping may name.
func DateForms() []string { return slices.Sorted(maps.Keys(forms)) }

// Check refuses a mapping by which nothing could be read, or read in two ways.
func (m Mapping) Check() error {
	c := m.Columns
	comma, _ := utf8.DecodeRuneInString(m.Comma)
	fault := func(field, given string) error { return ErrMapping.With("given", given).At("/" + field) }
	switch {
	case m.Account == "":
		return fault("account", "")
	case !m.Currency.Valid():
		return fault("currency", string(m.Currency))
	case m.Encoding != "utf-8" && intake.Charsets[m.Encoding] == nil:
		return fault("encoding", m.Encoding)
	case utf8.RuneCountInString(m.Comma) != 1 || !slices.Contains([]rune{',', ';', '\t', '|'}, comma):
		return fault("comma", m.Comma)
	case forms[m.Dates] == "":
		return fault("dates", m.Dates)
	case m.Decimal != "." && m.Decimal != ",":
		return fault("decimal", m.Decimal)
	case m.Group == m.Decimal || !slices.Contains([]string{"", ".", ",", "'", "’", " ", "\u00a0", "\u202f"}, m.Group):
		return fault("group", m.Group)
	case c.Booked == "":
		return fault("columns/booked", "")
	}
	switch amount, mark, sides := c.Amount != "", c.Mark != "", c.In != "" && c.Out != ""; {
	case m.Sign == Signed && amount && !mark && c.In == "" && c.Out == "":
	case m.Sign == ByMark && amount && mark && c.In == "" && c.Out == "" && len(m.Debits) > 0 && len(m.Credits) > 0:
	case m.Sign == ByColumns && sides && !amount && !mark:
	default:
		return fault("sign", string(m.Sign))
	}
	for _, word := range m.Debits {
		if word == "" || slices.Contains(m.Credits, word) {
			return fault("debits", word)
		}
	}
	return nil
}
