package bankcsv

import (
	"errors"
	"slices"
	"strings"

	"startupfund/domain/ledger"
	"startupfund/exchange/camt053"
	"startupfund/exchange/intake"
)

// amount is what a row moves, by the mapping's rule of signs.
func (r *reader) amount(record []string) (ledger.Money, error) {
	c := r.m.Columns
	switch r.m.Sign {
	case ByMark:
		m, err := r.bare(c.Amount, r.of(record, c.Amount))
		switch mark := r.of(record, c.Mark); {
		case err != nil:
			return m, err
		case slices.Contains(r.m.Debits, mark):
			return m.Neg(), nil
		case slices.Contains(r.m.Credits, mark):
			return m, nil
		default:
			return m, r.refuse(camt053.ErrValue, c.Mark, "given", intake.Clip(mark))
		}
	case ByColumns:
		return r.sides(r.of(record, c.In), r.of(record, c.Out))
	}
	return r.money(c.Amount, r.of(record, c.Amount))
}

// sides reads the two columns of what came in and what went out: one of them has an
// amount, and a nought in the other says nothing.
func (r *reader) sides(in, out string) (ledger.Money, error) {
	c := r.m.Columns
	came, went := ledger.Zero(r.m.Currency), ledger.Zero(r.m.Currency)
	var err error
	if in != "" {
		if came, err = r.bare(c.In, in); err != nil {
			return came, err
		}
	}
	switch {
	case out == "":
	case r.m.OutNegative:
		if went, err = r.money(c.Out, out); err == nil && went.IsPositive() {
			err = r.refuse(camt053.ErrValue, c.Out, "given", intake.Clip(out))
		}
	default:
		went, err = r.bare(c.Out, out)
		went = went.Neg()
	}
	switch {
	case err != nil:
		return went, err
	case in == "" && out == "":
		return went, r.refuse(camt053.ErrMissing, c.In)
	case !came.IsZero() && !went.IsZero():
		return went, r.refuse(camt053.ErrTwice, c.Out)
	}
	return came.Add(went), nil
}

// bare reads an amount that may have no sign: another column says it.
func (r *reader) bare(column, s string) (ledger.Money, error) {
	m, err := r.money(column, s)
	if err == nil && (m.IsNegative() || strings.HasPrefix(s, "-")) {
		err = r.refuse(camt053.ErrNegative, column, "given", intake.Clip(s))
	}
	return m, err
}

// money makes exact money of an amount in the bank's way of writing. A sign may stand
// before or behind; thousands are grouped by three or not at all, so that a decimal mark
// taken for a grouping one is refused, or is exact all the same.
func (r *reader) money(column, s string) (ledger.Money, error) {
	bad := func() (ledger.Money, error) {
		return ledger.Money{}, r.refuse(camt053.ErrAmount, column, "given", intake.Clip(s))
	}
	if len(s) > 64 {
		return bad()
	}
	plain := strings.ReplaceAll(s, "−", "-")
	negative := false
	switch {
	case strings.HasPrefix(plain, "-"):
		plain, negative = plain[1:], true
	case strings.HasSuffix(plain, "-"):
		plain, negative = plain[:len(plain)-1], true
	default:
		plain = strings.TrimPrefix(plain, "+")
	}
	whole, fraction, pointed := strings.Cut(plain, r.m.Decimal)
	if parts := strings.Split(whole, r.m.Group); r.m.Group != "" && len(parts) > 1 {
		for i, p := range parts {
			if len(p) != 3 && (i > 0 || len(p) > 3 || p == "") {
				return bad()
			}
		}
		whole = strings.Join(parts, "")
	}
	if whole == "" || strings.Trim(whole+fraction, "0123456789") != "" || pointed && fraction == "" {
		return bad()
	}
	whole, fraction = strings.TrimLeft(whole, "0"), strings.TrimRight(fraction, "0")
	if c := r.m.Currency; len(fraction) > int(c.Places()) {
		return ledger.Money{}, r.refuse(camt053.ErrDecimals, column, "given", intake.Clip(s), "currency", string(c), "decimals", int(c.Places()))
	}
	if whole == "" {
		whole = "0"
	}
	if fraction != "" {
		whole += "." + fraction
	}
	m, err := ledger.Parse(whole, r.m.Currency)
	if errors.Is(err, ledger.ErrAmount) { // more than fifteen digits before the mark
		return bad()
	}
	if negative {
		m = m.Neg()
	}
	return m, err
}
