package bankcsv

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"startupfund/domain/ledger"
	"startupfund/domain/problem"
	"startupfund/exchange/camt053"
	"startupfund/exchange/intake"
)

// Limits that no honest table meets.
const (
	DefaultLimit = 5 << 20 // bytes
	maxRows      = 50_000  // movements: they are held, since the newest may stand first
	maxAround    = 30      // lines of a bank's own before the head
	maxValue     = 4 << 10 // bytes in a value
)

// Ends are a table's balances as the bank's own paper has them.
type Ends struct{ Opening, Closing ledger.Money }

// Read reads a table of at most limit bytes, DefaultLimit where limit is 0, by a
// mapping. said is nil where the table has a column of balances; where both are
// given, both must agree. Refusals are camt053's, with the line, the column as "element"
// and the entry; and ErrMapping.
func Read(src io.Reader, m Mapping, said *Ends, limit int64) (camt053.Statement, error) {
	if err := m.Check(); err != nil {
		return camt053.Statement{}, err
	}
	if limit == 0 {
		limit = DefaultLimit
	}
	bounded := &intake.Bound{R: src, Left: limit}
	r := &reader{m: m, src: bounded, limit: limit, s: camt053.Statement{Header: camt053.Header{Version: "CSV", N: 1, Account: m.Account, Currency: m.Currency}}}
	var in io.Reader = bounded
	if table := intake.Charsets[m.Encoding]; table != nil {
		in = table.NewDecoder().Reader(in)
	}
	r.csv = csv.NewReader(in)
	r.csv.Comma, _ = utf8.DecodeRuneInString(m.Comma)
	r.csv.FieldsPerRecord, r.csv.ReuseRecord = -1, true
	if err := r.table(); err != nil {
		return camt053.Statement{}, err
	}
	if err := r.prove(said); err != nil {
		return camt053.Statement{}, err
	}
	return r.s, nil
}

type reader struct {
	m        Mapping
	src      *intake.Bound
	limit    int64
	csv      *csv.Reader
	at       map[string]int // column's place
	width    int
	line     int
	entry    int
	s        camt053.Statement
	balances []ledger.Money // after each entry, where the table has them
}

func (r *reader) refuse(p problem.Problem, column string, particulars ...any) error {
	return p.With("line", max(r.line, 1), "element", intake.Clip(column), "statement", 1, "entry", r.entry).With(particulars...)
}

func (r *reader) next() ([]string, error) {
	record, err := r.csv.Read()
	var fault *csv.ParseError
	switch {
	case errors.Is(r.src.Err, intake.ErrEnough):
		return nil, r.refuse(camt053.ErrTooLarge, "", "limit", r.limit)
	case r.src.Err != nil:
		return nil, fmt.Errorf("a bank's table: read the file: %w", r.src.Err)
	case errors.Is(err, io.EOF):
		return nil, io.EOF
	case errors.As(err, &fault):
		r.line = fault.Line
		return nil, r.refuse(camt053.ErrMalformed, "")
	case err != nil:
		return nil, err
	}
	r.line, _ = r.csv.FieldPos(0)
	for i, v := range record {
		switch {
		case len(v) > maxValue:
			return nil, r.refuse(camt053.ErrTooLong, "", "limit", maxValue)
		case !utf8.ValidString(v) || strings.ContainsRune(v, 0):
			return nil, r.refuse(camt053.ErrEncoding, "", "given", r.m.Encoding)
		}
		record[i] = strings.TrimSpace(strings.TrimPrefix(v, "\ufeff"))
	}
	return record, nil
}

// table finds the head and reads the rows under it.
func (r *reader) table() error {
	for n := 0; r.at == nil; n++ {
		record, err := r.next()
		if errors.Is(err, io.EOF) || n > maxAround {
			return r.refuse(camt053.ErrNotStatement, "", "found", "CSV")
		}
		if err != nil {
			return err
		}
		if err := r.head(record); err != nil {
			return err
		}
	}
	for {
		record, err := r.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(record, func(v string) bool { return v != "" }) {
			continue
		}
		r.entry++
		switch {
		case r.entry > maxRows:
			return r.refuse(camt053.ErrTooMany, "", "limit", maxRows)
		case len(record) != r.width:
			return r.refuse(camt053.ErrMalformed, "")
		}
		if err := r.row(record); err != nil {
			return err
		}
	}
	r.entry = 0
	if len(r.s.Entries) == 0 {
		return r.refuse(camt053.ErrMissing, r.m.Columns.Booked)
	}
	return nil
}

// head takes a record for the table's head if it names every column.
func (r *reader) head(record []string) error {
	at := map[string]int{}
	for _, name := range r.m.Columns.named() {
		i := slices.Index(record, name)
		if i < 0 {
			return nil
		}
		if slices.Contains(record[i+1:], name) {
			return r.refuse(camt053.ErrTwice, name)
		}
		at[name] = i
	}
	r.at, r.width = at, len(record)
	return nil
}

// of is a row's value in a column, "" where the bank has no such column.
func (r *reader) of(record []string, column string) string {
	if column == "" {
		return ""
	}
	return record[r.at[column]]
}

func (r *reader) row(record []string) error {
	c := r.m.Columns
	e := camt053.Entry{N: r.entry, Status: camt053.Booked, BankRef: r.of(record, c.BankRef)}
	var err error
	if e.Booked, err = r.day(record, c.Booked); err != nil {
		return err
	}
	if e.Value = e.Booked; r.of(record, c.Value) != "" {
		if e.Value, err = r.day(record, c.Value); err != nil {
			return err
		}
	}
	if given := r.of(record, c.Currency); c.Currency != "" && given != string(r.m.Currency) {
		return r.refuse(camt053.ErrOther, c.Currency, "given", intake.Clip(given), "currency", string(r.m.Currency))
	}
	if e.Money, err = r.amount(record); err != nil {
		return err
	}
	if c.Balance != "" {
		balance, err := r.money(c.Balance, r.of(record, c.Balance))
		if err != nil {
			return err
		}
		r.balances = append(r.balances, balance)
	}
	d := camt053.Detail{EndToEndID: r.of(record, c.EndToEnd)}
	other := camt053.Party{Name: r.of(record, c.Counterparty), Account: r.of(record, c.Number)}
	if e.Money.IsNegative() {
		d.Creditor = other
	} else {
		d.Debtor = other
	}
	for _, name := range c.Text {
		if v := r.of(record, name); v != "" {
			d.Text = append(d.Text, v)
		}
	}
	e.Details = []camt053.Detail{d}
	r.s.Entries = append(r.s.Entries, e)
	return nil
}

func (r *reader) day(record []string, column string) (time.Time, error) {
	s := r.of(record, column)
	on, err := time.Parse(forms[r.m.Dates], s)
	if err != nil || on.Year() <= 1900 || on.Year() >= 9999 {
		return time.Time{}, r.refuse(camt053.ErrValue, column, "given", intake.Clip(s))
	}
	return on, nil
}

// prove puts the oldest first, and holds the entries to the balances.
func (r *reader) prove(said *Ends) error {
	all := r.s.Entries
	if r.m.Newest {
		slices.Reverse(all)
		slices.Reverse(r.balances)
	}
	for i := range all {
		all[i].N = i + 1
	}
	sum := r.s.Booked()
	switch {
	case len(r.balances) > 0:
		before := r.balances[0].Sub(all[0].Money)
		r.s.Opening.Money, r.s.Closing.Money = before, r.balances[len(all)-1]
		for i, e := range all {
			if after := before.Add(e.Money); !after.Equal(r.balances[i]) {
				r.entry = i + 1
				return r.refuse(camt053.ErrSum, r.m.Columns.Balance, "opening", before, "entries", e.Money, "closing", r.balances[i], "difference", r.balances[i].Sub(after))
			}
			before = r.balances[i]
		}
	case said == nil:
		return r.refuse(camt053.ErrBalance, "", "balance", "OPBD")
	default:
		r.s.Opening.Money, r.s.Closing.Money = said.Opening, said.Closing
	}
	if said != nil {
		for _, m := range []ledger.Money{said.Opening, said.Closing} {
			if m.Currency != r.m.Currency {
				return r.refuse(camt053.ErrOther, "", "given", string(m.Currency), "currency", string(r.m.Currency))
			}
		}
		if d := said.Closing.Sub(r.s.Opening.Money.Add(sum)); !d.IsZero() || !said.Opening.Equal(r.s.Opening.Money) {
			return r.refuse(camt053.ErrSum, "", "opening", said.Opening, "entries", sum, "closing", said.Closing, "difference", d)
		}
	}
	first, last := all[0].Booked, all[0].Booked
	for _, e := range all {
		if e.Booked.Before(first) {
			first = e.Booked
		}
		if e.Booked.After(last) {
			last = e.Booked
		}
	}
	r.s.Opening.Type, r.s.Opening.On, r.s.Closing.Type, r.s.Closing.On = "OPBD", first, "CLBD", last
	// A table has no name of its own: its days, its length and what it comes to are one.
	r.s.ID = fmt.Sprintf("%s/%s %d %s", first.Format(time.DateOnly), last.Format(time.DateOnly), len(all), r.s.Closing.Money.Text())
	return nil
}
