package camt053

import (
	"encoding/xml"
	"errors"
	"strconv"
	"strings"
	"time"

	"startupfund/domain/ledger"
	"startupfund/exchange/intake"
)

// The readers of single values. Each stands after the element's start and reads
// to its end, so that a refusal names the element: it is checked before the path
// is left, by value.

// value reads a text and hands it to check while the path still ends with it.
func (r *reader) value(check func(string) error) error {
	here := len(r.path)
	name := r.path[here-1]
	var s string
	if err := r.text(&s); err != nil {
		return err
	}
	r.path = append(r.path, name)
	err := check(s)
	r.path = r.path[:here-1]
	return err
}

// required reads a text that may not be empty.
func (r *reader) required(into *string) error {
	return r.value(func(s string) error {
		if s == "" {
			return r.refuse(ErrMissing)
		}
		*into = s
		return nil
	})
}

// oneOf reads a code that must be among those given.
func (r *reader) oneOf(into *string, codes ...string) error {
	return r.value(func(s string) error {
		for _, code := range codes {
			if s == code {
				*into = s
				return nil
			}
		}
		return r.refuse(ErrValue, "given", intake.Clip(s))
	})
}

// once reads one of several elements that stand for the same thing.
func (r *reader) once(into *string) error {
	if *into != "" {
		return r.refuse(ErrTwice)
	}
	return r.text(into)
}

// list appends a text, unless it is empty.
func (r *reader) list(into *[]string) error {
	var s string
	if err := r.text(&s); err != nil || s == "" {
		return err
	}
	if len(*into) == maxDetails {
		return r.refuse(ErrTooMany, "limit", maxDetails)
	}
	*into = append(*into, s)
	return nil
}

func (r *reader) flag(into *bool) error {
	var s string
	err := r.oneOf(&s, "true", "false", "1", "0")
	*into = s == "true" || s == "1"
	return err
}

// sequence reads a number without a fraction, up to eighteen digits.
func (r *reader) sequence(into *int64) error {
	return r.value(func(s string) error {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil || n < 0 || s[0] == '+' || len(s) > 18 {
			return r.refuse(ErrValue, "given", intake.Clip(s))
		}
		*into = n
		return nil
	})
}

// amount reads an amount as it stands, never negative: its sign is another element.
func (r *reader) amount(start xml.StartElement, into *ledger.Money) error {
	var currency string
	stated := false
	for _, a := range start.Attr {
		if a.Name.Space != "" || a.Name.Local != "Ccy" {
			continue
		}
		if stated { // encoding/xml does not mind
			return r.refuse(ErrTwice)
		}
		currency, stated = a.Value, true
	}
	return r.value(func(s string) (err error) {
		*into, err = r.money(s, ledger.Currency(currency))
		return err
	})
}

// money makes exact money of an ISO 20022 decimal. Zeros that say nothing may
// stand at either end, "18.150" EUR is 18.15; a digit finer than the currency may not.
func (r *reader) money(s string, c ledger.Currency) (ledger.Money, error) {
	if !c.Valid() {
		return ledger.Money{}, r.refuse(ErrCurrency, "given", intake.Clip(string(c)))
	}
	if strings.HasPrefix(s, "-") {
		return ledger.Money{}, r.refuse(ErrNegative, "given", intake.Clip(s))
	}
	whole, fraction, pointed := strings.Cut(s, ".")
	if len(s) > 64 || !digits(whole) || !digits(fraction) || whole == "" && fraction == "" || pointed && fraction == "" {
		return ledger.Money{}, r.refuse(ErrAmount, "given", intake.Clip(s))
	}
	whole, fraction = strings.TrimLeft(whole, "0"), strings.TrimRight(fraction, "0")
	if len(fraction) > int(c.Places()) {
		return ledger.Money{}, r.refuse(ErrDecimals, "given", intake.Clip(s), "currency", string(c), "decimals", int(c.Places()))
	}
	if whole == "" {
		whole = "0"
	}
	if fraction != "" {
		whole += "." + fraction
	}
	m, err := ledger.Parse(whole, c)
	if errors.Is(err, ledger.ErrAmount) { // more than fifteen digits before the point
		err = r.refuse(ErrAmount, "given", intake.Clip(s))
	}
	return m, err
}

func digits(s string) bool { return strings.Trim(s, "0123456789") == "" }

// sign reads CdtDbtInd. +1 is a credit, −1 a debit.
func (r *reader) sign(into *int) error {
	var s string
	if err := r.oneOf(&s, "CRDT", "DBIT"); err != nil {
		return err
	}
	*into = 1
	if s == "DBIT" {
		*into = -1
	}
	return nil
}

func signed(m ledger.Money, sign int) ledger.Money {
	if sign < 0 {
		return m.Neg()
	}
	return m
}

// day reads the choice of Dt and DtTm: the day as the bank wrote it. An instant
// late in the evening is booked that evening, whatever day it is in Greenwich.
func (r *reader) day(into *time.Time) error {
	set := false
	return r.children(holds(""), func(name string, _ xml.StartElement) error {
		if name != "Dt" && name != "DtTm" {
			return r.skip()
		}
		if set {
			return r.refuse(ErrTwice)
		}
		set = true
		return r.value(func(s string) error {
			on, ok := dayOf(s, name == "DtTm")
			if !ok {
				return r.refuse(ErrValue, "given", intake.Clip(s))
			}
			*into = on
			return nil
		})
	})
}

func dayOf(s string, timed bool) (time.Time, bool) {
	if len(s) < len(time.DateOnly) {
		return time.Time{}, false
	}
	on, err := time.Parse(time.DateOnly, s[:len(time.DateOnly)])
	if err != nil || !sane(on) {
		return time.Time{}, false
	}
	if timed {
		_, ok := instantOf(s)
		return on, ok
	}
	rest := s[len(time.DateOnly):] // a date may carry an offset
	_, err = time.Parse("Z07:00", rest)
	return on, rest == "" || err == nil
}

// instant reads a date and time.
func (r *reader) instant(into *time.Time) error {
	return r.value(func(s string) error {
		at, ok := instantOf(s)
		if !ok {
			return r.refuse(ErrValue, "given", intake.Clip(s))
		}
		*into = at
		return nil
	})
}

// instantOf also knows 24:00:00, the end of a day, which time.Parse does not.
func instantOf(s string) (time.Time, bool) {
	if strings.Contains(s, ",") { // time.Parse takes it for a point
		return time.Time{}, false
	}
	var later time.Duration
	if i := strings.Index(s, "T24:00:00"); i >= 0 {
		s, later = s[:i]+"T00:00:00"+s[i+len("T24:00:00"):], 24*time.Hour
	}
	for _, layout := range []string{"2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05"} {
		if at, err := time.Parse(layout, s); err == nil && sane(at) {
			return at.Add(later).UTC(), true
		}
	}
	return time.Time{}, false
}

// sane keeps out the years that banks send for "unknown": 0001, 1900, 9999.
func sane(at time.Time) bool { return at.Year() > 1900 && at.Year() < 9999 }
