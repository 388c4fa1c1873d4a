package domain

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// mention is a movement that a line names, and how.
type mention struct {
	movement  int
	rule      MatchRule
	reference string
}

// naming finds, for each line, the movements whose reference it carries.
func naming(lines []BankLine, open []Movement, window int) [][]mention {
	type holder struct {
		movement int
		shared   bool
		text     string
	}
	index, longest := map[string][]holder{}, 1
	enter := func(j int, shared bool, references []string) {
		for _, r := range references {
			words := referenceWords(r)
			if key := strings.Join(words, " "); telling(key) {
				index[key] = append(index[key], holder{j, shared, r})
				longest = max(longest, len(words))
			}
		}
	}
	for j, m := range open {
		enter(j, false, m.References)
		enter(j, true, m.Shared)
	}
	all := make([][]mention, len(lines))
	for i, l := range lines {
		seen := map[int]bool{}
		find := func(rule MatchRule, key string) {
			for _, h := range index[key] {
				if seen[h.movement] || h.shared && apart(l.ValueOn, open[h.movement].ValueOn) > window {
					continue
				}
				seen[h.movement] = true
				all[i] = append(all[i], mention{h.movement, rule, h.text})
			}
		}
		find(ByEndToEnd, strings.Join(referenceWords(l.EndToEnd), " "))
		find(ByBankReference, strings.Join(referenceWords(l.BankRef), " "))
		words := referenceWords(l.Text)
		for at := range words {
			for n := 1; n <= longest && at+n <= len(words); n++ {
				find(ByTextReference, strings.Join(words[at:at+n], " "))
			}
		}
	}
	return all
}

// referenceWords cuts a text at white space and at what ends a word, and makes
// one sign of all that separate its parts: "Ref. FTR-2026/014." is REF and
// FTR-2026-014. Parts are never joined: A-1-11 is not A-11-1.
func referenceWords(text string) []string {
	cut := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;:()|\"'", r) })
	words := cut[:0]
	for _, w := range cut {
		parts := strings.FieldsFunc(strings.ToUpper(w), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		if len(parts) > 0 {
			words = append(words, strings.Join(parts, "-"))
		}
	}
	return words
}

func alphanumeric(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToUpper(r)
		}
		return -1
	}, s)
}

// telling tells whether a reference is long enough to mean one thing: six signs
// with a digit among them. "2026" or "NOTPROVIDED" would name by accident.
func telling(reference string) bool {
	return len([]rune(reference)) >= 6 && strings.ContainsFunc(reference, unicode.IsDigit)
}

// sameParty tells whether one of the names stands in the line: all its words
// among the line's, or all the payer's words, two at least, among its own.
func sameParty(names []string, payer, text map[string]bool) bool {
	for _, name := range names {
		words := nameWords(name)
		if len(words) > 0 && amongst(words, text) || len(payer) > 1 && amongst(payer, words) {
			return true
		}
	}
	return false
}

func amongst(some, all map[string]bool) bool {
	for w := range some {
		if !all[w] {
			return false
		}
	}
	return true
}

// nameWords is a name's words without accents, case and those too short to tell
// anybody apart.
func nameWords(name string) map[string]bool {
	words := map[string]bool{}
	for _, w := range strings.FieldsFunc(norm.NFD.String(name), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r)
	}) {
		if w = alphanumeric(w); len([]rune(w)) > 2 && w != "THE" && w != "AND" && w != "FOR" {
			words[w] = true
		}
	}
	return words
}
