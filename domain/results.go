package domain

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/shopspring/decimal"

	"startupfund/domain/form"
)

// Indicator is what one output of a programme is measured by, as the decided
// document has it.
type Indicator struct {
	Key          string // of its output and its place there: "1.1-2"
	Output       string // its number
	Name         string
	Baseline     string // a decimal figure
	BaselineYear string
	Targets      []string // by year of the programme; "" for a year without one
}

// Output is what a programme delivers itself.
type Output struct{ Code, Title string }

// FrameworkOutcome is what changes because of it.
type FrameworkOutcome struct {
	Code, Title string
	Outputs     []Output
}

// Framework is the results framework of a joint programme document; that of a
// concept note is empty.
type Framework struct {
	Outcomes   []FrameworkOutcome
	Indicators []Indicator
}

// FrameworkOf reads the results framework of a document's answers. What is not of
// the form's shape is left out: the form refused it before it was decided on.
func FrameworkOf(a Answers) Framework {
	var f Framework
	for _, outcome := range recordsOf(a["results"]) {
		o := FrameworkOutcome{Code: textOf(outcome["code"]), Title: textOf(outcome["title"])}
		for _, output := range recordsOf(outcome["outputs"]) {
			code := textOf(output["code"])
			o.Outputs = append(o.Outputs, Output{code, textOf(output["title"])})
			for n, i := range recordsOf(output["indicators"]) {
				f.Indicators = append(f.Indicators, Indicator{Key: fmt.Sprintf("%s-%d", code, n+1), Output: code, Name: textOf(i["name"]),
					Baseline: textOf(i["baseline"]), BaselineYear: textOf(i["baseline_year"]), Targets: textsOf(i["targets"])})
			}
		}
		f.Outcomes = append(f.Outcomes, o)
	}
	return f
}

// Outputs are those of all outcomes, in order.
func (f Framework) Outputs() (all []Output) {
	for _, o := range f.Outcomes {
		all = append(all, o.Outputs...)
	}
	return all
}

// Indicator finds one by its key.
func (f Framework) Indicator(key string) (Indicator, bool) {
	i := slices.IndexFunc(f.Indicators, func(i Indicator) bool { return i.Key == key })
	if i < 0 {
		return Indicator{}, false
	}
	return f.Indicators[i], true
}

// Target is what is to be reached by the end of a year of the programme: that
// year's or, where it has none, the next that stands. The year is whose it is; 0
// where there is none.
func (i Indicator) Target(year int) (target string, of int) {
	for n := max(year, 1); n <= len(i.Targets); n++ {
		if i.Targets[n-1] != "" {
			return i.Targets[n-1], n
		}
	}
	for n := len(i.Targets); n > 0; n-- { // of a programme that runs on after its last target
		if i.Targets[n-1] != "" {
			return i.Targets[n-1], n
		}
	}
	return "", 0
}

// Progress is how much of the way from the baseline to a target a value has come,
// in per cent with one decimal, rounded down: "100.0" is never shown before it is
// reached. "" where the three are no way: a figure is missing, or the target is the
// baseline.
func (i Indicator) Progress(value, target string) string {
	from, to, now := figureOf(i.Baseline), figureOf(target), figureOf(value)
	if from == nil || to == nil || now == nil || to.Equal(*from) {
		return ""
	}
	way, gone := to.Sub(*from), now.Sub(*from).Shift(3)
	tenths, rest := gone.QuoRem(way, 0)
	if !rest.IsZero() && gone.Sign() != way.Sign() {
		tenths = tenths.Sub(decimal.NewFromInt(1)) // downwards below zero too
	}
	return tenths.Shift(-1).StringFixed(1)
}

// Reached tells whether a value is at its target or beyond it, seen from the baseline.
func (i Indicator) Reached(value, target string) bool {
	from, to, now := figureOf(i.Baseline), figureOf(target), figureOf(value)
	switch {
	case to == nil || now == nil:
		return false
	case from != nil && to.LessThan(*from):
		return now.LessThanOrEqual(*to)
	}
	return now.GreaterThanOrEqual(*to)
}

// figureOf reads a figure; nil where a text is none.
func figureOf(text string) *decimal.Decimal {
	if !form.IsFigure(text) {
		return nil
	}
	d, err := decimal.NewFromString(text)
	if err != nil {
		return nil
	}
	return &d
}

func recordsOf(v any) (all []map[string]any) {
	list, _ := v.([]any)
	for _, x := range list {
		if r, ok := x.(map[string]any); ok {
			all = append(all, r)
		}
	}
	return all
}

// textOf is a text, or a number as it is written.
func textOf(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	case fmt.Stringer: // json.Number
		return v.String()
	}
	return ""
}

func textsOf(v any) (all []string) {
	list, _ := v.([]any)
	for _, x := range list {
		all = append(all, textOf(x))
	}
	return all
}
