// Package unore reads the monthly file of the United Nations operational rates of
// exchange, as treasury.un.org publishes it: local currency for one United States
// dollar, in force from a day on. A file of the middle of a month lists only what
// changed. Rates are kept as they are written and never pass a binary number,
// although the file's own schema calls them xs:double.
//
// The file has habits: one row for each country, so a currency stands there many
// times; a day written "01 Oct 2026" where its schema promises an instant; and the
// four characters \r\n as text between its elements. Those are taken. What
// disagrees is refused: of two rates for one currency and day none can be believed.
package unore

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"
	"golang.org/x/text/encoding/charmap"

	"startupfund/domain/ledger"
	"startupfund/domain/problem"
	"startupfund/exchange/intake"
)

// What a file may be refused for. Each carries "line", and "row" from 1, or 0 before
// the first.
var (
	ErrNotRates  = problem.New(problem.Invalid, "not-operational-rates") // found
	ErrTooLarge  = problem.New(problem.TooLarge, "rates-too-large")      // limit, in bytes
	ErrEncoding  = problem.New(problem.Invalid, "rates-encoding")        // given
	ErrMalformed = problem.New(problem.Invalid, "rates-malformed")       // no well-formed XML, or a DOCTYPE or an entity of its own
	ErrMisplaced = problem.New(problem.Invalid, "rates-misplaced")       // element: what does not belong here
	ErrTwice     = problem.New(problem.Invalid, "rates-element-twice")   // element
	ErrMissing   = problem.New(problem.Invalid, "rates-element-missing") // element
	ErrValue     = problem.New(problem.Invalid, "rates-bad-value")       // element, given
	ErrDisagree  = problem.New(problem.Invalid, "rates-disagree")        // currency, on, first, second
	ErrDollar    = problem.New(problem.Invalid, "rates-dollar-not-one")  // given
)

// Limits that no honest file meets: a month has some two hundred rows.
const (
	DefaultLimit = 1 << 20 // bytes
	maxValue     = 200     // bytes in a value
	maxDepth     = 12      // levels; the file's own schema needs seven
)

// Rate is what one dollar buys of a currency, from a day on until a later one.
type Rate struct {
	Currency    ledger.Currency
	Name        string    // of the currency: "Euro"
	EffectiveOn time.Time // midnight UTC of the day
	PerUSD      string    // as the file writes it: "578.394"
	Places      []string  // countries and areas that the file lists it for, in its order
}

const (
	root = "UN_OPERATIONAL_RATES_DATASET"
	row  = "UN_OPERATIONAL_RATES"
)

var parts = []string{"abbrv_name", "name", "f_curr_code", "eff_date", "rate"}

// Read reads a file of at most limit bytes, DefaultLimit where limit is 0, whole: its
// rates, each currency and day once, in the order they first stand there. A refusal is a
// problem.Problem of this package; an error of src comes through.
func Read(src io.Reader, limit int64) ([]Rate, error) {
	if limit == 0 {
		limit = DefaultLimit
	}
	bounded := &intake.Bound{R: src, Left: limit}
	r := &reader{src: bounded, dec: xml.NewDecoder(bounded), limit: limit, at: map[key]int{}}
	r.dec.CharsetReader = r.charset
	if err := r.file(); err != nil {
		return nil, err
	}
	return r.rates, nil
}

type key struct {
	currency ledger.Currency
	on       time.Time
}

type reader struct {
	src     *intake.Bound
	dec     *xml.Decoder
	limit   int64
	depth   int
	row     int
	opened  bool
	foreign error
	rates   []Rate
	at      map[key]int // place in rates
}

func (r *reader) refuse(p problem.Problem, particulars ...any) error {
	line, _ := r.dec.InputPos()
	return p.With("line", line, "row", r.row).With(particulars...)
}

func (r *reader) next() (xml.Token, error) {
	t, err := r.dec.Token()
	if err != nil {
		return nil, r.broken(err)
	}
	switch t := t.(type) {
	case xml.StartElement:
		if r.depth++; r.depth > maxDepth {
			return nil, r.refuse(ErrMalformed)
		}
	case xml.EndElement:
		r.depth--
	case xml.Directive:
		return nil, r.refuse(ErrMalformed)
	case xml.ProcInst:
		if t.Target == "xml" && r.opened { // a second declaration could change the encoding
			return nil, r.refuse(ErrMalformed)
		}
	}
	r.opened = true
	return t, nil
}

func (r *reader) broken(err error) error {
	var syntax *xml.SyntaxError
	switch {
	case r.foreign != nil:
		return r.foreign
	case errors.Is(r.src.Err, intake.ErrEnough):
		return r.refuse(ErrTooLarge, "limit", r.limit)
	case r.src.Err != nil:
		return fmt.Errorf("operational rates: read the file: %w", r.src.Err)
	case errors.Is(err, io.EOF):
		return io.EOF
	case errors.As(err, &syntax) && strings.Contains(syntax.Msg, "invalid UTF-8"):
		return r.refuse(ErrEncoding, "given", "UTF-8")
	case !r.opened:
		return r.refuse(ErrNotRates, "found", "")
	}
	return r.refuse(ErrMalformed)
}

func (r *reader) charset(label string, in io.Reader) (io.Reader, error) {
	switch strings.ToLower(label) {
	case "iso-8859-1":
		return charmap.ISO8859_1.NewDecoder().Reader(in), nil
	case "windows-1252":
		return charmap.Windows1252.NewDecoder().Reader(in), nil
	case "us-ascii":
		return in, nil
	}
	r.foreign = r.refuse(ErrEncoding, "given", intake.Clip(label))
	return nil, r.foreign
}

func (r *reader) file() error {
	found := false
	for {
		t, err := r.next()
		switch {
		case errors.Is(err, io.EOF) && found:
			return r.some()
		case errors.Is(err, io.EOF):
			return r.refuse(ErrNotRates, "found", "")
		case err != nil:
			return err
		}
		switch t := t.(type) {
		case xml.CharData:
			if !blank(t) && !found {
				return r.refuse(ErrNotRates, "found", "")
			} else if !blank(t) {
				return r.refuse(ErrMisplaced, "element", "")
			}
		case xml.StartElement:
			switch {
			case found:
				return r.refuse(ErrMisplaced, "element", intake.Clip(t.Name.Local))
			case t.Name.Local != root || t.Name.Space != "":
				return r.refuse(ErrNotRates, "found", intake.Clip(t.Name.Local))
			}
			found = true
			if err := r.rows(); err != nil {
				return err
			}
		}
	}
}

func (r *reader) some() error {
	if len(r.rates) == 0 {
		return r.refuse(ErrMissing, "element", row)
	}
	return nil
}

func (r *reader) rows() error {
	for {
		t, err := r.inside()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.CharData:
			if !blank(t) {
				return r.refuse(ErrMisplaced, "element", root)
			}
		case xml.StartElement:
			switch {
			case t.Name.Local == "schema": // of itself; what it says is not what the file does
				err = r.skip()
			case t.Name.Local == row && t.Name.Space == "":
				r.row++
				err = r.one()
			default:
				err = r.refuse(ErrMisplaced, "element", intake.Clip(t.Name.Local))
			}
			if err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		}
	}
}

// inside is the next token of an open element: there is one, or the file is cut off.
func (r *reader) inside() (xml.Token, error) {
	t, err := r.next()
	if errors.Is(err, io.EOF) {
		err = r.refuse(ErrMalformed)
	}
	return t, err
}

func (r *reader) skip() error {
	for open := r.depth; r.depth >= open; {
		if _, err := r.inside(); err != nil {
			return err
		}
	}
	return nil
}

// one reads a row. Each of its parts stands there once.
func (r *reader) one() error {
	given := map[string]string{}
	for {
		t, err := r.inside()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.CharData:
			if !blank(t) {
				return r.refuse(ErrMisplaced, "element", row)
			}
		case xml.StartElement:
			name := t.Name.Local
			if _, twice := given[name]; twice {
				return r.refuse(ErrTwice, "element", name)
			}
			if !slices.Contains(parts, name) || t.Name.Space != "" {
				return r.refuse(ErrMisplaced, "element", intake.Clip(name))
			}
			if given[name], err = r.value(name); err != nil {
				return err
			}
		case xml.EndElement:
			return r.keep(given)
		}
	}
}

// value reads a part's text. A comment within would join its two halves unseen.
func (r *reader) value(name string) (string, error) {
	var text []byte
	for {
		t, err := r.inside()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.CharData:
			if text = append(text, t...); len(text) > maxValue {
				return "", r.refuse(ErrValue, "element", name, "given", intake.Clip(string(text)))
			}
		case xml.EndElement:
			return strings.Trim(string(text), " \t\r\n"), nil
		default:
			return "", r.refuse(ErrMisplaced, "element", name)
		}
	}
}

// rateForm is all a rate may look like: no sign, no exponent, no grouping.
var rateForm = regexp.MustCompile(`^(0|[1-9][0-9]{0,11})(\.[0-9]{1,9})?$`)

// keep adds a row to the rates: once, or where another place has the same.
func (r *reader) keep(given map[string]string) error {
	for _, name := range parts {
		if given[name] == "" {
			return r.refuse(ErrMissing, "element", name)
		}
	}
	c, text := ledger.Currency(given["f_curr_code"]), given["rate"]
	if !c.Valid() {
		return r.refuse(ErrValue, "element", "f_curr_code", "given", intake.Clip(string(c)))
	}
	on, ok := day(given["eff_date"])
	if !ok {
		return r.refuse(ErrValue, "element", "eff_date", "given", intake.Clip(given["eff_date"]))
	}
	if !rateForm.MatchString(text) || strings.Trim(text, "0.") == "" {
		return r.refuse(ErrValue, "element", "rate", "given", intake.Clip(text))
	}
	rate := decimal.RequireFromString(text)
	if c == ledger.USD && !rate.Equal(decimal.NewFromInt(1)) {
		return r.refuse(ErrDollar, "given", text)
	}
	at, known := r.at[key{c, on}]
	if !known {
		r.at[key{c, on}] = len(r.rates)
		r.rates = append(r.rates, Rate{c, given["name"], on, text, []string{given["abbrv_name"]}})
		return nil
	}
	if first := r.rates[at].PerUSD; !decimal.RequireFromString(first).Equal(rate) {
		return r.refuse(ErrDisagree, "currency", string(c), "on", on.Format(time.DateOnly), "first", first, "second", text)
	}
	r.rates[at].Places = append(r.rates[at].Places, given["abbrv_name"])
	return nil
}

// day reads "01 Oct 2026", or the instant that the schema promises: its day as written.
func day(s string) (time.Time, bool) {
	for _, layout := range []string{"02 Jan 2006", "2006-01-02", "2006-01-02T15:04:05", "2006-01-02T15:04:05Z07:00"} {
		if at, err := time.Parse(layout, s); err == nil {
			return time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, time.UTC), at.Year() > 1945 && at.Year() < 9999
		}
	}
	return time.Time{}, false
}

// blank tells whether text between elements says nothing; the file's own four
// characters among it.
func blank(b []byte) bool {
	return strings.Trim(strings.ReplaceAll(string(b), `\r\n`, ""), " \t\r\n") == ""
}
