package mt940

import (
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"startupfund/domain/ledger"
	"startupfund/domain/problem"
	"startupfund/exchange/camt053"
	"startupfund/exchange/intake"
)

// stage is how far a message is read.
type stage int

const (
	outside stage = iota // of any message
	heading              // after :20:
	moving               // after the opening balance, or what stands for it in an interim report
	closed               // after the closing balance
)

// reader walks a file of messages, and knows where it is.
type reader struct {
	limit  int64
	opens  func(camt053.Header) error // a statement begins; its closing balance is not known yet
	tells  func(camt053.Entry) error
	closes func(camt053.Balance) error

	at               field // being read
	stage            stage
	around           int  // lines of the bank's own since the last message
	any              bool // message begun
	statement, entry int  // where we are, from 1
	seen             []string
	h                camt053.Header
	page             bool           // the statement goes on in the next message
	before           camt053.Header // of the message before, whose page this may be
	last             *camt053.Entry
	sum              ledger.Money
	in, out          ledger.Money // credits and debits of an interim report
	ins, outs        int
}

func (r *reader) read(src io.Reader) error {
	var told error // here: it says where by itself
	err := linesOf(src, r.limit).fields(func(f field) error {
		r.at = f
		told = r.field(f)
		return told
	})
	var p problem.Problem
	if told == nil && errors.As(err, &p) {
		err = p.With("statement", r.statement, "entry", r.entry)
	}
	if err != nil {
		return err
	}
	r.at = field{"", []string{""}, r.at.n}
	switch {
	case !r.any:
		return r.refuse(camt053.ErrNotStatement, "found", "")
	case r.stage != outside:
		err = r.end()
	}
	if err == nil && r.page {
		err = r.refuse(camt053.ErrBalance, "balance", "62F")
	}
	return err
}

// refuse adds where the reader stands to a refusal.
func (r *reader) refuse(p problem.Problem, particulars ...any) error {
	element := ""
	if r.at.tag != "" && r.at.tag != "-" {
		element = ":" + r.at.tag + ":"
	}
	return p.With("line", max(r.at.n, 1), "element", element, "statement", r.statement, "entry", r.entry).With(particulars...)
}

// once are the fields that stand once in a message; 86 stands once to an entry.
var once = []string{"21", "25", "25P", "28", "28C", "60F", "60M", "62F", "62M", "64", "13", "13D", "90C", "90D"}

func (r *reader) field(f field) error {
	if r.stage == outside {
		return r.outside(f)
	}
	if f.tag == "20" && (r.stage == closed || r.h.Version == Interim) { // some banks end no message
		if err := r.end(); err != nil {
			return err
		}
		return r.begin(f)
	}
	if slices.Contains(once, f.tag) {
		if slices.Contains(r.seen, f.tag) {
			return r.refuse(camt053.ErrTwice)
		}
		r.seen = append(r.seen, f.tag)
	}
	switch f.tag {
	case "-":
		return r.end()
	case "", "NS", "21": // nothing is booked by them
		return nil
	case "25", "25P", "28", "28C":
		return r.head(f)
	case "13", "13D", "34F":
		return r.interim(f)
	case "60F", "60M":
		return r.opening(f)
	case "61":
		return r.movement(f)
	case "86":
		return r.told(f)
	case "62F", "62M":
		return r.closing(f)
	case "64", "65":
		if r.stage == closed {
			return nil
		}
	case "90C", "90D":
		return r.total(f)
	}
	return r.refuse(camt053.ErrMisplaced)
}

// outside passes what a bank writes around its messages: blocks, its own address,
// nothing. A field there has lost its message.
func (r *reader) outside(f field) error {
	switch {
	case f.tag == "20":
		return r.begin(f)
	case f.tag != "" && f.tag != "-" && r.any:
		return r.refuse(camt053.ErrMisplaced)
	case f.tag != "" && f.tag != "-":
		return r.refuse(camt053.ErrNotStatement, "found", "")
	case strings.TrimSpace(f.lines[0]) == "":
		return nil
	}
	if r.around++; r.around <= maxAround {
		return nil
	}
	if r.any {
		return r.refuse(camt053.ErrTrailing)
	}
	return r.refuse(camt053.ErrNotStatement, "found", "")
}

func (r *reader) begin(f field) error {
	r.stage, r.any, r.around, r.seen = heading, true, 0, r.seen[:0]
	if !r.page {
		r.statement++
		r.entry = 0
	}
	next := camt053.Header{Message: intake.Clip(f.first()), N: r.statement}
	r.before, r.h = r.h, next
	return nil
}

var count = regexp.MustCompile(`^([0-9]{1,9})(?:/([0-9]{1,9}))?$`)

// bank is a BIC before the number it keeps the account under.
var bank = regexp.MustCompile(`^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?/`)

// number is an account's without the currency that some banks write behind it.
func number(account string, c ledger.Currency) string {
	bare, ok := strings.CutSuffix(account, string(c))
	if bare = strings.TrimSpace(bare); ok && strings.TrimRight(bare, "0123456789") != bare {
		return bare
	}
	return account
}

func (r *reader) head(f field) error {
	if r.stage != heading {
		return r.refuse(camt053.ErrMisplaced)
	}
	s := strings.TrimSpace(f.first())
	if f.tag == "25" || f.tag == "25P" {
		if s == "" {
			return r.refuse(camt053.ErrMissing)
		}
		r.h.Account = bank.ReplaceAllString(s, "")
		return nil
	}
	n := count.FindStringSubmatch(s)
	if n == nil {
		return r.refuse(camt053.ErrValue, "given", intake.Clip(s))
	}
	r.h.ID = s
	r.h.Sequence, _ = strconv.ParseInt(n[1], 10, 64)
	return nil
}

// opening reads 60F, or 60M of a page that carries on from the last.
func (r *reader) opening(f field) error {
	if r.stage != heading || r.h.Version == Interim {
		return r.refuse(camt053.ErrMisplaced)
	}
	b, err := r.balance(f)
	if err != nil {
		return err
	}
	for _, need := range []struct{ tag, value string }{{"25", r.h.Account}, {"28C", r.h.ID}} {
		if need.value == "" {
			r.at.tag = need.tag
			return r.refuse(camt053.ErrMissing)
		}
	}
	r.stage, r.h.Account = moving, number(r.h.Account, b.Money.Currency)
	switch carries := f.tag == "60M" && r.before.Account == r.h.Account && r.before.Sequence == r.h.Sequence; {
	case r.page && carries && r.before.Closing.Money.Currency == b.Money.Currency && r.before.Closing.Money.Equal(b.Money):
		r.h = r.before
		return nil
	case r.page:
		return r.refuse(camt053.ErrBalance, "balance", "62F")
	case f.tag == "60M":
		return r.refuse(camt053.ErrBalance, "balance", "60F")
	}
	b.Type = "OPBD"
	r.h.Version, r.h.Opening, r.h.Currency, r.sum = Statement, b, b.Money.Currency, ledger.Zero(b.Money.Currency)
	return r.opens(r.h)
}

func (r *reader) closing(f field) error {
	if r.stage != moving || r.h.Version == Interim {
		return r.refuse(camt053.ErrMisplaced)
	}
	if err := r.flush(); err != nil {
		return err
	}
	b, err := r.balance(f)
	if err != nil {
		return err
	}
	if b.Money.Currency != r.h.Currency {
		return r.refuse(camt053.ErrOther, "given", string(b.Money.Currency), "currency", string(r.h.Currency))
	}
	if d := b.Money.Sub(r.h.Opening.Money.Add(r.sum)); !d.IsZero() {
		return r.refuse(camt053.ErrSum, "opening", r.h.Opening.Money, "entries", r.sum, "closing", b.Money, "difference", d, "entry", 0)
	}
	b.Type, r.h.Closing, r.stage, r.page = "CLBD", b, closed, f.tag == "62M"
	if r.page {
		return nil
	}
	return r.closes(b)
}

var balanceForm = regexp.MustCompile(`^([CD])([0-9]{6})([A-Za-z]{3})([0-9,]+)$`)

func (r *reader) balance(f field) (camt053.Balance, error) {
	part := balanceForm.FindStringSubmatch(f.first())
	if part == nil {
		return camt053.Balance{}, r.refuse(camt053.ErrValue, "given", intake.Clip(f.first()))
	}
	on, ok := dayOf(part[2])
	if !ok {
		return camt053.Balance{}, r.refuse(camt053.ErrValue, "given", part[2])
	}
	m, err := r.money(part[4], ledger.Currency(part[3]))
	if part[1] == "D" {
		m = m.Neg()
	}
	return camt053.Balance{Money: m, On: on}, err
}

// end closes a message. One without its closing balance is no statement.
func (r *reader) end() error {
	switch {
	case r.h.Version == Interim:
		if err := r.flush(); err != nil {
			return err
		}
		if err := r.closes(camt053.Balance{}); err != nil {
			return err
		}
	case r.stage == heading:
		return r.refuse(camt053.ErrBalance, "balance", "60F")
	case r.stage == moving:
		return r.refuse(camt053.ErrBalance, "balance", "62F")
	}
	r.stage = outside
	return nil
}

// dayOf reads YYMMDD; the century is this one. Banks that count a month as thirty
// days write 30 February for its last.
func dayOf(s string) (time.Time, bool) {
	on, err := time.Parse("20060102", "20"+s)
	if err != nil && (s[2:] == "0229" || s[2:] == "0230") {
		on, err = time.Parse("20060102", "20"+s[:2]+"0301")
		on = on.AddDate(0, 0, -1)
	}
	return on, err == nil
}

// money makes exact money of an amount, whose comma always stands: "9," is 9.00.
// It has no sign, and no digit finer than its currency.
func (r *reader) money(s string, c ledger.Currency) (ledger.Money, error) {
	if !c.Valid() {
		return ledger.Money{}, r.refuse(camt053.ErrCurrency, "given", intake.Clip(string(c)))
	}
	whole, fraction, pointed := strings.Cut(s, ",")
	if !pointed || whole == "" || len(s) > 64 || strings.Trim(whole+fraction, "0123456789") != "" {
		return ledger.Money{}, r.refuse(camt053.ErrAmount, "given", intake.Clip(s))
	}
	whole, fraction = strings.TrimLeft(whole, "0"), strings.TrimRight(fraction, "0")
	if len(fraction) > int(c.Places()) {
		return ledger.Money{}, r.refuse(camt053.ErrDecimals, "given", intake.Clip(s), "currency", string(c), "decimals", int(c.Places()))
	}
	if whole == "" {
		whole = "0"
	}
	if fraction != "" {
		whole += "." + fraction
	}
	m, err := ledger.Parse(whole, c)
	if errors.Is(err, ledger.ErrAmount) { // more than fifteen digits before the comma
		err = r.refuse(camt053.ErrAmount, "given", intake.Clip(s))
	}
	return m, err
}
