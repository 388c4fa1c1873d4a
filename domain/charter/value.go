package charter

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"startupfund/domain/ledger"
)

// Languages are the six official languages of the United Nations, by BCP 47 code.
// Every name stands in all of them.
var Languages = []string{"en", "fr", "es", "ar", "ru", "zh"}

// Names is one name in each of Languages.
type Names map[string]string

func (n Names) String() string { return n["en"] }

// In is the name in a language; English where the language is none of the six.
func (n Names) In(language string) string {
	if name, ok := n[language]; ok {
		return name
	}
	return n["en"]
}

// A texted value has a written form of its own. take reads it and tells which
// rule a text breaks, or "".
type texted interface {
	take(text string) (broken string)
}

// Rate is an exact share of an amount, written as a decimal: "0.07" is seven per
// cent. At least 0 and below 1, at most eight decimals.
type Rate struct{ decimal.Decimal }

var rateForm = regexp.MustCompile(`^0(\.[0-9]{1,8})?$`)

func (r *Rate) take(text string) string {
	if !rateForm.MatchString(text) {
		return "rate-form"
	}
	d, err := decimal.NewFromString(text)
	if err != nil {
		return "rate-form"
	}
	r.Decimal = d
	return ""
}

// Amount is money in the fund's currency, written "250.00 USD", never below zero.
type Amount struct{ ledger.Money }

func (a *Amount) take(text string) string {
	amount, currency, two := strings.Cut(text, " ")
	m, err := ledger.Parse(amount, ledger.Currency(currency))
	if !two || err != nil || m.IsNegative() {
		return "money-form"
	}
	a.Money = m
	return ""
}

// Currency is the code of a currency, ISO 4217.
type Currency struct{ ledger.Currency }

func (c Currency) String() string { return string(c.Currency) }

func (c *Currency) take(text string) string {
	if c.Currency = ledger.Currency(text); !c.Valid() {
		return "currency-form"
	}
	return ""
}

// Zone is a time zone by its IANA name.
type Zone struct{ *time.Location }

func (z *Zone) take(text string) string {
	// LoadLocation takes "" and "Local" too: days must not hang on a server's clock.
	loc, err := time.LoadLocation(text)
	if err != nil || text == "" || text == "Local" {
		return "time-zone"
	}
	z.Location = loc
	return ""
}

// Date is a calendar day.
type Date struct{ time.Time }

func (d Date) String() string { return d.Format(time.DateOnly) }

func (d *Date) take(text string) string {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil || t.Year() < 1900 {
		return "date-form"
	}
	d.Time = t
	return ""
}

// MonthDay is a day of every year, written "04-30". 29 February is refused: it is
// missing in most years.
type MonthDay struct {
	Month time.Month
	Day   int
}

func (d MonthDay) String() string { return fmt.Sprintf("%02d-%02d", int(d.Month), d.Day) }

// In is that day of a year.
func (d MonthDay) In(year int) time.Time {
	return time.Date(year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}

func (d *MonthDay) take(text string) string {
	t, err := time.Parse(time.DateOnly, "2023-"+text)
	if err != nil {
		return "month-day-form"
	}
	d.Month, d.Day = t.Month(), t.Day()
	return ""
}

// Weekday is a day of the week, written "monday".
type Weekday struct{ time.Weekday }

func (w Weekday) String() string { return strings.ToLower(w.Weekday.String()) }

func (w *Weekday) take(text string) string {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if strings.ToLower(d.String()) == text {
			w.Weekday = d
			return ""
		}
	}
	return "weekday"
}

// Fraction is a share of heads: more than 0, at most 1.
type Fraction struct {
	Numerator   int
	Denominator int
}

func (f Fraction) String() string { return fmt.Sprintf("%d/%d", f.Numerator, f.Denominator) }

// Threshold says how a fraction of heads is made a whole number of them.
type Threshold string

const (
	AtLeast  Threshold = "at-least"  // two thirds of 10 is 7
	MoreThan Threshold = "more-than" // more than half of 10 is 6
)

func (Threshold) among() []string { return []string{string(AtLeast), string(MoreThan)} }

// heads is how many of n are needed: one at least, for none can carry nothing.
func (t Threshold) heads(f Fraction, n int) int {
	need := (n*f.Numerator + f.Denominator - 1) / f.Denominator
	if t == MoreThan {
		need = n*f.Numerator/f.Denominator + 1
	}
	return max(need, 1)
}

// Rounding says what becomes of the part of an amount finer than the currency has.
type Rounding string

const (
	HalfUp   Rounding = "half-up"
	HalfEven Rounding = "half-even"
	Down     Rounding = "down"
)

func (Rounding) among() []string { return []string{string(HalfUp), string(HalfEven), string(Down)} }

// quotient is above / below in whole minor units of c, rounded once and exactly;
// below is positive. Rounding is by size, so that a reversed amount is the same
// amount reversed.
func (r Rounding) quotient(above, below decimal.Decimal, c ledger.Currency) ledger.Money {
	q, rest := above.QuoRem(below, c.Places())
	unit := decimal.New(1, -c.Places())
	half := rest.Abs().Mul(decimal.New(2, 0)).Cmp(below.Mul(unit))
	odd := !q.Div(unit).Mod(decimal.New(2, 0)).IsZero()
	if r == HalfUp && half >= 0 || r == HalfEven && (half > 0 || half == 0 && odd) {
		q = q.Add(unit.Mul(decimal.New(int64(above.Sign()), 0)))
	}
	return ledger.New(q, c)
}

// enumerated is a word out of a fixed list, for each of which there is code.
type enumerated interface{ among() []string }

func words[T ~string](all ...T) []string {
	out := make([]string, len(all))
	for i, w := range all {
		out[i] = string(w)
	}
	return out
}

// within tells whether w is one of the words its type knows.
func within(e enumerated, w string) bool { return slices.Contains(e.among(), w) }
