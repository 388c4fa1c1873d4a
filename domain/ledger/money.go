// Package ledger keeps the fund's money: exact amounts, the accounts that hold
// them, and the vouchers of postings that move them. It knows no proposal.
package ledger

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"

	"github.com/shopspring/decimal"

	"startupfund/domain/problem"
)

var (
	ErrAmount   = problem.New(problem.Invalid, "bad-amount")
	ErrDecimals = problem.New(problem.Invalid, "too-many-decimals")
	ErrCurrency = problem.New(problem.Invalid, "unknown-currency")
)

// Currency is an ISO 4217 code.
type Currency string

// USD is the currency of the fund's books.
const USD Currency = "USD"

// places holds the currencies whose minor unit is not a hundredth (ISO 4217).
var places = map[Currency]int32{
	"BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0,
	"RWF": 0, "UGX": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
	"BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
}

var currencyForm = regexp.MustCompile(`^[A-Z]{3}$`)

// Places is how many decimals the currency's money has (its minor units).
func (c Currency) Places() int32 {
	if n, ok := places[c]; ok {
		return n
	}
	return 2
}

// Valid tells whether c has the form of an ISO 4217 code.
func (c Currency) Valid() bool { return currencyForm.MatchString(string(c)) }

// Money is an exact amount in one currency. Its zero value is no amount of any
// currency; make one with Parse, New or Zero.
type Money struct {
	Amount   decimal.Decimal
	Currency Currency
}

// amountForm is all an amount may look like before decimal sees it: at most
// fifteen digits before the point, no sign but a leading minus, no exponent, no
// leading zero. "1e1000000" and a megabyte of digits cost nothing here.
var amountForm = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,3})?$`)

// Parse reads an amount as people write it, "125000.00". It refuses what it would
// have to round, exponents, plus signs, leading zeros, a minus before nothing
// ("-0.00" has no second spelling of zero to be), and more than fifteen digits
// before the point (numeric(20,3) keeps the rest in reserve for sums).
func Parse(amount string, c Currency) (Money, error) {
	if !c.Valid() {
		return Money{}, ErrCurrency.With("currency", clip(string(c)))
	}
	if len(amount) > 20 || !amountForm.MatchString(amount) {
		return Money{}, ErrAmount.With("given", clip(amount))
	}
	if point := bytes.IndexByte([]byte(amount), '.'); point >= 0 && int32(len(amount)-point-1) > c.Places() {
		return Money{}, ErrDecimals.With("given", amount, "decimals", int(c.Places()), "currency", string(c))
	}
	d, err := decimal.NewFromString(amount)
	if err != nil || amount[0] == '-' && d.IsZero() {
		return Money{}, ErrAmount.With("given", clip(amount))
	}
	return Money{d, c}, nil
}

// clip keeps an echo of what was sent short enough to show.
func clip(s string) string {
	if r := []rune(s); len(r) > 24 {
		return string(r[:24]) + "…"
	}
	return s
}

// New is d in currency c, for amounts that are known to be whole minor units:
// those from the database. It panics on a finer one.
func New(d decimal.Decimal, c Currency) Money {
	if !d.Equal(d.Truncate(c.Places())) {
		panic(fmt.Sprintf("ledger: %s is finer than %s allows", d, c))
	}
	return Money{d, c}
}

// Zero is nothing, in currency c.
func Zero(c Currency) Money { return Money{decimal.Zero, c} }

func (m Money) Add(n Money) Money  { m.same(n); return Money{m.Amount.Add(n.Amount), m.Currency} }
func (m Money) Sub(n Money) Money  { m.same(n); return Money{m.Amount.Sub(n.Amount), m.Currency} }
func (m Money) Cmp(n Money) int    { m.same(n); return m.Amount.Cmp(n.Amount) }
func (m Money) Neg() Money         { return Money{m.Amount.Neg(), m.Currency} }
func (m Money) Abs() Money         { return Money{m.Amount.Abs(), m.Currency} }
func (m Money) IsZero() bool       { return m.Amount.IsZero() }
func (m Money) IsPositive() bool   { return m.Amount.IsPositive() }
func (m Money) IsNegative() bool   { return m.Amount.IsNegative() }
func (m Money) Equal(n Money) bool { return m.Currency == n.Currency && m.Amount.Equal(n.Amount) }

// Text is the amount alone, with all the decimals of its currency: "125000.00".
func (m Money) Text() string { return m.Amount.StringFixed(m.Currency.Places()) }

// String is for logs: "125000.00 USD".
func (m Money) String() string { return m.Text() + " " + string(m.Currency) }

// Sum adds amounts of currency c; nothing adds up to zero.
func Sum(c Currency, all ...Money) Money {
	total := Zero(c)
	for _, m := range all {
		total = total.Add(m)
	}
	return total
}

// same stops a sum of dollars and euros. The edges have checked what people
// sent, so a mixture here is our own mistake: stop before anything is written.
func (m Money) same(n Money) {
	if m.Currency != n.Currency {
		panic(fmt.Sprintf("ledger: %s meets %s", m, n))
	}
}

type wireMoney struct {
	Amount   string   `json:"amount"`
	Currency Currency `json:"currency"`
}

// MarshalJSON writes {"amount":"125000.00","currency":"USD"}: never a number,
// which a reader could round.
func (m Money) MarshalJSON() ([]byte, error) {
	return json.Marshal(wireMoney{m.Text(), m.Currency})
}

// UnmarshalJSON takes what MarshalJSON writes and nothing else: encoding/json
// alone would let null pass for nothing, the last of two amounts win, and
// "AMOUNT" stand for "amount".
func (m *Money) UnmarshalJSON(b []byte) error {
	members, err := strictMembers(b)
	if err != nil {
		return ErrAmount.With("given", clip(string(b)))
	}
	amount, hasAmount := members["amount"]
	currency, hasCurrency := members["currency"]
	if !hasAmount || !hasCurrency || len(members) != 2 {
		return ErrAmount.With("given", clip(string(b)))
	}
	parsed, err := Parse(amount, Currency(currency))
	if err != nil {
		return err
	}
	*m = parsed
	return nil
}

var errMembers = errors.New("ledger: not an object of texts, each named once")

// strictMembers reads an object whose members are texts, each named once.
func strictMembers(b []byte) (map[string]string, error) {
	dec := json.NewDecoder(bytes.NewReader(b))
	if open, err := dec.Token(); err != nil || open != json.Delim('{') {
		return nil, errMembers
	}
	members := map[string]string{}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return nil, errMembers
		}
		value, err := dec.Token()
		if err != nil {
			return nil, errMembers
		}
		name := key.(string) // a key is a text, or the token before failed
		text, isText := value.(string)
		if _, twice := members[name]; twice || !isText {
			return nil, errMembers
		}
		members[name] = text
	}
	return members, nil
}
