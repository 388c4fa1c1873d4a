package domain

import (
	"strings"

	"startupfund/domain/problem"
)

// Bounds of fields, in characters and in number; no rules of the fund.
const (
	longestReason    = 4000
	longestNote      = 2000 // of an indicator, or on the paper that something rests on
	longestCallText  = 40000
	mostStateEntries = 1000
)

// written refuses a text that is empty, longer than limit characters, or holds
// what no text holds.
func written(text, field string, limit int) []problem.Problem {
	switch n := len([]rune(text)); {
	case strings.TrimSpace(text) == "":
		return []problem.Problem{ErrRequired.At(field)}
	case n > limit:
		return []problem.Problem{ErrTooLong.With("limit", limit).At(field)}
	}
	return plain(text, field)
}

// bounded refuses a text that is longer than limit characters or holds what no
// text holds; it may be empty.
func bounded(text, field string, limit int) []problem.Problem {
	if len([]rune(text)) > limit {
		return []problem.Problem{ErrTooLong.With("limit", limit).At(field)}
	}
	return plain(text, field)
}

// plain refuses a NUL, which a database keeps in no text.
func plain(text, field string) []problem.Problem {
	if strings.ContainsRune(text, 0) {
		return []problem.Problem{ErrMalformed.At(field)}
	}
	return nil
}

// clip keeps an echo of what was sent short enough to show.
func clip(s string) string {
	if r := []rune(strings.ReplaceAll(s, "\x00", "")); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// pointer writes a key as a part of a JSON Pointer.
func pointer(key string) string { return strings.NewReplacer("~", "~0", "/", "~1").Replace(key) }
