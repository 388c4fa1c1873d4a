package budget

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"startupfund/domain/ledger"
	"startupfund/domain/problem"
)

// marks are what a language writes between thousands and before decimals, as the
// pages read them (frontend/src/money).
var marks = map[string]struct{ group, decimal string }{
	"en": {",", "."}, "zh": {",，", "."}, "fr": {".", ","}, "ru": {".", ","}, "es": {".", ","}, "ar": {",٬", ".٫"},
}

var latin = func() *strings.Replacer {
	var pairs []string
	for d := range 10 {
		digit := strconv.Itoa(d)
		pairs = append(pairs, string(rune(0x660+d)), digit, string(rune(0x6f0+d)), digit)
	}
	for _, space := range []string{" ", "\u00a0", "\u202f", "\u2009", "'", "’"} {
		pairs = append(pairs, space, " ")
	}
	for _, unseen := range []string{"\u200e", "\u200f", "\u061c", "US$", "USD", "$"} {
		pairs = append(pairs, unseen, "")
	}
	return strings.NewReplacer(pairs...)
}()

// typed reads an amount as a person writes it in a language, "1 250,5" in French,
// into "1250.50": digits Latin, Arabic-Indic or Persian, a dollar's sign beside them.
// Nothing is rounded, and a mark of thousands out of its place is a fault. A lone
// point before one or two digits is a decimal point in every language.
func typed(text, language string, currency ledger.Currency) (string, problem.Problem) {
	m, known := marks[language]
	if !known {
		m = marks["en"]
	}
	t := strings.TrimSpace(latin.Replace(text))
	whole, fraction, pointed := cutAny(t, m.decimal)
	if !pointed && strings.Contains(m.group, ".") {
		if w, f, ok := strings.Cut(t, "."); ok && len(f) <= 2 {
			whole, fraction, pointed = w, f, true
		}
	}
	whole, ok := ungrouped(whole, m.group+" ")
	if !ok || !digits(whole) || pointed && !digits(fraction) || len(strings.TrimLeft(whole, "0")) > 15 {
		return "", ErrAmount
	}
	places := int(currency.Places())
	if len(fraction) > places {
		return "", ErrTooFine
	}
	return exact(whole, fraction, places), problem.Problem{}
}

// number reads the number of a cell as the file has it, never through a float. The
// programs that write such files keep binary numbers, so that 1.10 may stand there
// as 1.1000000000000001: what lies within a millionth of a whole cent is that cent.
// Anything else that is finer than a cent is refused.
func number(raw string, currency ledger.Currency) (string, problem.Problem) {
	if len(raw) > 40 {
		return "", ErrAmount
	}
	d, err := decimal.NewFromString(strings.TrimSpace(raw))
	if err != nil || d.Exponent() > 15 || d.Exponent() < -340 || d.Abs().Cmp(decimal.New(1, 15)) >= 0 {
		return "", ErrAmount
	}
	cents := d.Round(currency.Places())
	if d.Sub(cents).Abs().Cmp(decimal.New(1, -6)) >= 0 {
		return "", ErrTooFine
	}
	if cents.IsNegative() {
		return "", ErrAmount
	}
	return cents.StringFixed(currency.Places()), problem.Problem{}
}

func cutAny(text, marks string) (before, after string, found bool) {
	if i := strings.IndexAny(text, marks); i >= 0 {
		for _, m := range marks {
			if strings.HasPrefix(text[i:], string(m)) {
				return text[:i], text[i+len(string(m)):], true
			}
		}
	}
	return text, "", false
}

// ungrouped takes the marks out from between thousands, where they stand as they
// should: one kind, three digits after each.
func ungrouped(whole, group string) (string, bool) {
	i := strings.IndexAny(whole, group)
	if i < 0 {
		return whole, true
	}
	for _, m := range group {
		if strings.HasPrefix(whole[i:], string(m)) {
			parts := strings.Split(whole, string(m))
			for n, p := range parts {
				if n == 0 && (p == "" || len(p) > 3) || n > 0 && len(p) != 3 {
					return "", false
				}
			}
			return strings.Join(parts, ""), true
		}
	}
	return "", false
}

func digits(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}

func exact(whole, fraction string, places int) string {
	whole = strings.TrimLeft(whole, "0")
	if whole == "" {
		whole = "0"
	}
	if places == 0 {
		return whole
	}
	return whole + "." + fraction + strings.Repeat("0", places-len(fraction))
}

// smallNumber reads a number such as a year's: one or two digits, of any script.
func smallNumber(text string) (int, bool) {
	t := strings.TrimSpace(latin.Replace(text))
	if len(t) > 2 || !digits(t) {
		return 0, false
	}
	n, err := strconv.Atoi(t)
	return n, err == nil
}
