package mt940

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"startupfund/domain/ledger"
	"startupfund/exchange/camt053"
	"startupfund/exchange/intake"
)

// movementForm is field 61: value day, entry day (or four blanks), mark, third letter
// of the currency, amount, type, reference for the owner, bank's reference. A mark
// of E is expected, of R takes back an earlier movement.
var movementForm = regexp.MustCompile(`^([0-9]{6})([0-9]{4}| {4})?([RE]?[CD])([A-Z])? ?([0-9]+,[0-9]*)([A-Z][A-Z0-9 ]{3})(.*)$`)

func (r *reader) movement(f field) error {
	if r.stage != moving {
		return r.refuse(camt053.ErrMisplaced)
	}
	if err := r.flush(); err != nil {
		return err
	}
	r.entry++
	part := movementForm.FindStringSubmatch(f.first())
	if part == nil {
		return r.refuse(camt053.ErrValue, "given", intake.Clip(f.first()))
	}
	e := camt053.Entry{N: r.entry, Status: camt053.Booked, Code: camt053.Code{Proprietary: part[6], Issuer: "SWIFT"}}
	var ok bool
	if e.Value, ok = dayOf(part[1]); !ok {
		return r.refuse(camt053.ErrValue, "given", part[1])
	}
	if e.Booked, ok = entryDay(e.Value, strings.TrimSpace(part[2])); !ok {
		return r.refuse(camt053.ErrValue, "given", part[2])
	}
	if part[4] != "" && part[4] != string(r.h.Currency[2:]) {
		return r.refuse(camt053.ErrOther, "given", part[4], "currency", string(r.h.Currency))
	}
	var err error
	if e.Money, err = r.money(part[5], r.h.Currency); err != nil {
		return err
	}
	switch part[3] {
	case "D", "ED", "RC":
		e.Money = e.Money.Neg()
	}
	e.Reversal = part[3][0] == 'R'
	if part[3][0] == 'E' {
		e.Status = camt053.Future
	}
	if r.h.Version == Interim && e.Counts() {
		e.Status = camt053.Pending // the statement to come books it
	}
	e.Ref, e.BankRef, _ = strings.Cut(part[7], "//")
	e.Ref, e.BankRef = strings.TrimSpace(e.Ref), strings.TrimSpace(e.BankRef)
	e.Info = strings.Join(said(f.lines[1:]), "\n")
	r.last = &e
	return nil
}

// entryDay is the day a movement was booked: month and day, in the year nearest to
// its value day. Where the bank gives none it is the value day.
func entryDay(value time.Time, monthDay string) (time.Time, bool) {
	if monthDay == "" {
		return value, true
	}
	var nearest time.Time
	for year := value.Year() - 1; year <= value.Year()+1; year++ {
		on, err := time.Parse("20060102", strconv.Itoa(year)+monthDay)
		if err == nil && (nearest.IsZero() || on.Sub(value).Abs() < nearest.Sub(value).Abs()) {
			nearest = on
		}
	}
	return nearest, !nearest.IsZero()
}

// told reads field 86: of the movement before it, or behind the closing balance of
// the whole statement, which nobody reads.
func (r *reader) told(f field) error {
	switch {
	case r.stage == closed:
		return nil
	case r.h.Version == Interim && r.last == nil && r.entry > 0:
		return nil
	case r.last == nil:
		return r.refuse(camt053.ErrMisplaced)
	case r.last.Details != nil:
		return r.refuse(camt053.ErrTwice)
	}
	r.last.Details = []camt053.Detail{detail(f.lines, r.last.Money.IsNegative())}
	return nil
}

// flush hands on the movement read last, now that what is said of it is read too.
func (r *reader) flush() error {
	if r.last == nil {
		return nil
	}
	e := *r.last
	r.last = nil
	if own := owners(e.Ref); own != "" {
		if e.Details == nil {
			e.Details = []camt053.Detail{{}}
		}
		if e.Details[0].EndToEndID == "" {
			e.Details[0].EndToEndID = own
		}
	}
	switch {
	case r.h.Version == Interim && e.Status == camt053.Pending && e.Money.IsNegative():
		r.out, r.outs = r.out.Add(e.Money), r.outs+1
	case r.h.Version == Interim && e.Status == camt053.Pending:
		r.in, r.ins = r.in.Add(e.Money), r.ins+1
	case e.Counts():
		r.sum = r.sum.Add(e.Money)
	}
	return r.tells(e)
}

// owners is a reference of ours that came back, "" for the words that say there is
// none or that it stands in field 86.
func owners(reference string) string {
	switch reference {
	case "NONREF", "EREF", "KREF", "KREF+", "EREF+", "NOTPROVIDED":
		return ""
	}
	return reference
}

// interim reads what opens a report of the day under way: its currency stands in the
// floor limit alone, and nowhere else before the entries.
func (r *reader) interim(f field) error {
	if r.stage == closed || r.h.Version == Statement {
		return r.refuse(camt053.ErrMisplaced)
	}
	if f.tag != "34F" {
		return nil // the instant it was made
	}
	if r.stage == moving && r.h.Version == Interim {
		return nil // the second limit: for what comes in
	}
	c := ledger.Currency(f.first()[:min(3, len(f.first()))])
	switch {
	case !c.Valid():
		return r.refuse(camt053.ErrCurrency, "given", intake.Clip(string(c)))
	case r.page:
		return r.refuse(camt053.ErrBalance, "balance", "62F")
	case r.h.Account == "":
		r.at.tag = "25"
		return r.refuse(camt053.ErrMissing)
	}
	r.h.Version, r.h.Currency, r.h.Account, r.stage = Interim, c, number(r.h.Account, c), moving
	r.in, r.out, r.ins, r.outs = ledger.Zero(c), ledger.Zero(c), 0, 0
	return r.opens(r.h)
}

var totalForm = regexp.MustCompile(`^([0-9]{1,9})([A-Za-z]{3})([0-9,]+)$`)

// total holds the entries of a report to what the bank counted.
func (r *reader) total(f field) error {
	if r.stage != moving || r.h.Version != Interim {
		return r.refuse(camt053.ErrMisplaced)
	}
	if err := r.flush(); err != nil {
		return err
	}
	part := totalForm.FindStringSubmatch(f.first())
	if part == nil {
		return r.refuse(camt053.ErrValue, "given", intake.Clip(f.first()))
	}
	stated, err := r.money(part[3], ledger.Currency(part[2]))
	if err != nil {
		return err
	}
	if stated.Currency != r.h.Currency {
		return r.refuse(camt053.ErrOther, "given", string(stated.Currency), "currency", string(r.h.Currency))
	}
	found, n := r.in, r.ins
	if f.tag == "90D" {
		found, n, stated = r.out, r.outs, stated.Neg()
	}
	if d := stated.Sub(found); !d.IsZero() || part[1] != "" && strings.TrimLeft(part[1], "0") != strings.TrimLeft(strconv.Itoa(n), "0") {
		return r.refuse(camt053.ErrSum, "opening", ledger.Zero(r.h.Currency), "entries", found, "closing", stated, "difference", d)
	}
	return nil
}
