package domain

import (
	_ "embed"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"startupfund/domain/problem"
)

// What a password must be (reliability.md S27, after NIST SP 800-63B): long
// enough, of any characters, and not one that everybody tries.
const (
	ShortestPassword = 12
	LongestPassword  = 128
)

var (
	ErrPasswordShort  = problem.New(problem.Invalid, "password-too-short")
	ErrPasswordLong   = problem.New(problem.Invalid, "password-too-long")
	ErrPasswordCommon = problem.New(problem.Invalid, "password-too-common")
)

//go:embed passwords.txt
var commonList string

var common = func() map[string]bool {
	m := map[string]bool{}
	for line := range strings.Lines(commonList) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			m[line] = true
		}
	}
	return m
}()

// Password is what was typed as it is hashed: the same characters however the
// keyboard composed them.
func Password(typed string) string { return norm.NFC.String(typed) }

// CheckPassword refuses a new password that is too short, too long (in
// characters) or easily guessed, also from the person's own name and address.
func CheckPassword(typed string, p Person) error {
	password := Password(typed)
	switch n := len([]rune(password)); {
	case n < ShortestPassword:
		return ErrPasswordShort.With("limit", ShortestPassword).At("password")
	case n > LongestPassword:
		return ErrPasswordLong.With("limit", LongestPassword).At("password")
	}
	if easy(password, p) {
		return ErrPasswordCommon.At("password")
	}
	return nil
}

// easy tells a password of the list, one of few characters or of characters in
// a row, and one made of nothing but the person's name or address and figures.
func easy(password string, p Person) bool {
	folded := strings.ToLower(password)
	bare := strings.TrimFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) })
	if common[folded] || common[bare] || common[unspaced(folded)] {
		return true
	}
	distinct := map[rune]bool{}
	var before rune
	steps := map[rune]bool{}
	for i, r := range folded {
		distinct[r] = true
		if i > 0 {
			steps[r-before] = true
		}
		before = r
	}
	if len(distinct) < 5 || len(steps) <= 2 {
		return true
	}
	account, _, _ := strings.Cut(p.Email, "@")
	for _, own := range []string{p.Email, account, unspaced(strings.ToLower(p.Name))} {
		if own != "" && (unspaced(folded) == own || bare == own) {
			return true
		}
	}
	return false
}

func unspaced(s string) string { return strings.Join(strings.Fields(s), "") }
